//! The envelopes of lists that many resources share.

use crate::records;
use crate::schema::*;

records! {
    /// Sort flags of a page.
    SpringSort {
        sorted: Boolean,
        unsorted: Boolean,
        empty: Boolean,
    }

    /// Echo of the page request.
    SpringPageable {
        sort: SpringSort,
        /// Zero-based page index.
        pageNumber: Integer,
        pageSize: Integer,
        offset: Integer,
        paged: Boolean,
        unpaged: Boolean,
    }

    /// Spring Data page wrapper without its content array.
    SpringPageBase {
        pageable: SpringPageable,
        /// True on the final page; stop here.
        last: Boolean,
        first: Boolean,
        totalElements: Integer,
        /// 0 when nothing matches.
        totalPages: Integer,
        /// Zero-based page index of this page.
        number: Integer,
        numberOfElements: Integer,
        /// Requested page size, default 20.
        size: Integer,
        sort: SpringSort,
        empty: Boolean,
    }

    /// Page descriptor used next to a data array.
    MetaInfo {
        /// Zero-based page index.
        page: Integer,
        /// Default 20.
        pageSize: Integer,
        totalElements: Integer,
        numberOfElements: Integer,
        totalPages: Integer,
        firstPage: Boolean,
        /// True on the final page; stop here.
        lastPage: Boolean,
    }
}
