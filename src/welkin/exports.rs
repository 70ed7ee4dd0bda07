//! Bulk exports.

use crate::schema::*;
use crate::{enumerations, records, resource};

resource! {
    /// Bulk exports.
    exports ExportsResource;

    /// Read one page of an export.
    ///
    /// The pages follow a cursor. No answer of this call was seen: its shape is what a client in
    /// use expects.
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
    /// The rows are in `data` or in `content`, and their shape depends on the export (those of
    /// CDT_RECORD presumably are CDT records): name their type.
    ExportPage {
        /// Rows, in one of `data` and `content`.
        data: List<Shaped<Anything>> | absent,
        /// Rows, in one of `data` and `content`.
        content: List<Shaped<Anything>> | absent,
        cursor: ExportCursor,
        hasNext: Boolean | absent,
    }

    /// Cursor block.
    ///
    /// `hasNext` may be here or beside the cursor.
    ExportCursor {
        /// Cursor of this page.
        start: Anything,
        /// The `start` of the next request.
        end: Anything,
        pageSize: Integer,
        /// Continue while true.
        hasNext: Boolean | absent,
    }
}

enumerations! {
    /// Kind of export. Only CDT_RECORD is certain: any other text may be given.
    ///
    /// Welkin's help lists further exports without their names: care plans, tasks, assessments,
    /// programs, encounters with comments and dispositions, chat and WhatsApp messages, patient
    /// contacts.
    ExportResourceName { CDT_RECORD = "CDT_RECORD" }
}
