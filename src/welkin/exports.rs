//! Bulk exports.

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Bulk exports.
    exports ExportsResource;

    /// Read one page of an export.
    ///
    /// start and pageSize confirmed by Welkin help. The Python client sends size together with
    /// pageSize when a size is chosen (1000 used). Answer never recorded.
    read "exportsRead": GET "/{tenantName}/{instanceName}/export/{resourceName}"
        path(
            /// Export kind.
            resourceName: ExportResourceName,
        )
        query {
            /// Cursor; omit on the first call, then send the previous end.
            start: Text,
            /// Rows per page.
            pageSize: Integer,
        }
        reply(ExportPage)
        pages Cursor;
}

records! {
    /// Export page.
    ///
    /// Never recorded. The Python client takes rows from content, else data; row shape depends on
    /// the export kind (CDT_RECORD rows presumably look like CdtRecord).
    ExportPage {
        /// Rows (one of data or content is used).
        data: List<Shaped<Anything>> | absent,
        /// Rows (one of data or content is used).
        content: List<Shaped<Anything>> | absent,
        cursor: ExportCursor,
        hasNext: Boolean | absent,
    }

    /// Cursor block.
    ///
    /// Field names from the Python client; hasNext is read there from the cursor block merged with
    /// the top level, so it may sit in either place. Type of start/end unseen.
    ExportCursor {
        /// Cursor of this page.
        start: Anything,
        /// Send as start of the next request.
        end: Anything,
        pageSize: Integer,
        /// Continue while true.
        hasNext: Boolean | absent,
    }
}

enumerations! {
    /// Export kind. Only CDT_RECORD is certain (Python client).
    ///
    /// Inferred names are the upper-cased export permissions of the sample-app security policy.
    /// Welkin help lists further exports without identifiers: care plans, tasks, assessments, PFAs,
    /// programs, encounters, encounter comments, encounter dispositions, chat and WhatsApp
    /// messages, patient contacts. Let callers pass any string.
    ///
    /// Inferred: no source confirms these values.
    ExportResourceName { CDT_RECORD = "CDT_RECORD" }
}

aliases! {}
