//! Comments on encounters.

use super::encounters::EncounterComment;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Comments on encounters.
    encounterComments EncounterCommentsResource;

    /// List comments of an encounter.
    ///
    /// Comments may be closed to API clients as a whole: creating one is.
    list "encounterCommentsList": GET "/{tenantName}/{instanceName}/patients/{patientId}/encounters/{encounterId}/comments"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Encounter id.
            encounterId: Uuid,
        )
        reply(List<EncounterComment>)
        pages PlainArray;

    /// Add a comment to an encounter.
    ///
    /// Comments may be closed to API clients as a whole: creating one is.
    ///
    /// Closed to API clients: the API answers 403 (ACCESS_FOR_API_CLIENT_RESTRICTED).
    create "encounterCommentsCreate": POST "/{tenantName}/{instanceName}/patients/{patientId}/encounters/{encounterId}/comments"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Encounter id.
            encounterId: Uuid,
        )
        body(TextBody)
        reply(EncounterComment);

    /// Read a comment.
    ///
    /// Comments may be closed to API clients as a whole: creating one is.
    get "encounterCommentsGet": GET "/{tenantName}/{instanceName}/patients/{patientId}/encounters/{encounterId}/comments/{commentId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Encounter id.
            encounterId: Uuid,
            /// Comment id.
            commentId: Uuid,
        )
        reply(EncounterComment);

    /// Replace a comment.
    ///
    /// Comments may be closed to API clients as a whole: creating one is.
    replace "encounterCommentsReplace": PUT "/{tenantName}/{instanceName}/patients/{patientId}/encounters/{encounterId}/comments/{commentId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Encounter id.
            encounterId: Uuid,
            /// Comment id.
            commentId: Uuid,
        )
        body(TextBody)
        reply(EncounterComment);

    /// Delete a comment.
    ///
    /// Comments may be closed to API clients as a whole: creating one is.
    delete "encounterCommentsDelete": DELETE "/{tenantName}/{instanceName}/patients/{patientId}/encounters/{encounterId}/comments/{commentId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Encounter id.
            encounterId: Uuid,
            /// Comment id.
            commentId: Uuid,
        );
}

records! {
    /// Comment payload.
    TextBody {
        /// Comment text.
        text: Text,
    }
}
