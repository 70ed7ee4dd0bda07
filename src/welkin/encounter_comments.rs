//! Encounters, comments, assessment links, dispositions, templates.

use super::encounters::EncounterComment;
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Encounters, comments, assessment links, dispositions, templates.
    encounterComments EncounterCommentsResource;

    /// List comments of an encounter.
    ///
    /// Creating a comment as API client was recorded in 2022 as 403
    /// ACCESS_FOR_API_CLIENT_RESTRICTED; the whole comment resource may be closed to API clients.
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
    /// Creating a comment as API client was recorded in 2022 as 403
    /// ACCESS_FOR_API_CLIENT_RESTRICTED; the whole comment resource may be closed to API clients.
    ///
    /// Closed to API clients: the API answers 403 (recorded).
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
    /// Creating a comment as API client was recorded in 2022 as 403
    /// ACCESS_FOR_API_CLIENT_RESTRICTED; the whole comment resource may be closed to API clients.
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
    /// Creating a comment as API client was recorded in 2022 as 403
    /// ACCESS_FOR_API_CLIENT_RESTRICTED; the whole comment resource may be closed to API clients.
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
    /// Creating a comment as API client was recorded in 2022 as 403
    /// ACCESS_FOR_API_CLIENT_RESTRICTED; the whole comment resource may be closed to API clients.
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

enumerations! {}

aliases! {}
