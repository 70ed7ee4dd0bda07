//! What the lists of many resources share: their parameters and their envelopes.

use crate::records;
use crate::schema::*;

/// The parameters of a list in pages, after those of its own. A part of
/// [`resource!`](crate::resource).
macro_rules! spring_paging {
    ({ $($own:tt)* } $beside:tt) => {
        $crate::query! {
            {
                $($own)*
                /// Zero-based page number, default 0.
                page: Integer,
                /// Records per page, default 20.
                size: Integer,
                /// Field and direction, as in `firstName,desc`.
                sort: Text,
            }
            $beside
        }
    };
}
pub(crate) use spring_paging;

records! {
    /// Sort flags of a page.
    SpringSort {
        sorted: Boolean,
        unsorted: Boolean,
        empty: Boolean,
    }

    /// The page that was asked for.
    SpringPageable {
        sort: SpringSort,
        /// Zero-based page index.
        pageNumber: Integer,
        pageSize: Integer,
        offset: Integer,
        paged: Boolean,
        unpaged: Boolean,
    }

    /// What every page says of itself.
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
        /// Records per page, default 20.
        size: Integer,
        sort: SpringSort,
        empty: Boolean,
    }

    /// What every page says of itself.
    MetaInfo {
        /// Zero-based page index.
        page: Integer,
        /// Records per page, default 20.
        pageSize: Integer,
        totalElements: Integer,
        numberOfElements: Integer,
        totalPages: Integer,
        firstPage: Boolean,
        /// True on the final page; stop here.
        lastPage: Boolean,
    }
}
