//! Patient chat.

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Patient chat.
    chatMessages ChatMessagesResource;

    /// List chat messages.
    ///
    /// Docs write the singular /patient/{id}/chat; every recording uses /patients/. Also accepts
    /// the tokens found inside search hits.
    list "chatMessagesList": GET "/{tenantName}/{instanceName}/patients/{patientId}/chat"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        query {
            /// Include archived messages.
            includeArchived: Boolean,
            /// Page size; not together with pageToken.
            pageSize: Integer,
            /// Opaque token from a previous answer; not together with pageSize.
            pageToken: Text,
        }
        reply(ChatMessagePage)
        pages PageToken;

    /// Send a message from the patient to the care team.
    ///
    /// Docs write the singular /patient/{id}/chat; every recording uses /patients/. Answers 200,
    /// not 201. There is no documented call for the opposite direction; that arrives by webhook.
    send_inbound "chatMessagesSendInbound": POST "/{tenantName}/{instanceName}/patients/{patientId}/chat/inbound"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        body(ChatMessageSend)
        reply(ChatMessage);

    /// Search chat messages.
    ///
    /// Docs write the singular /patient/{id}/chat; every recording uses /patients/.
    search "chatMessagesSearch": GET "/{tenantName}/{instanceName}/patients/{patientId}/chat/search"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        query {
            /// Search text; send it on the first call.
            query: Text,
            /// Hits per page.
            pageSize: Integer,
            /// Messages per page when a hit token is used on the message list.
            contentPageSize: Integer,
            /// Include archived messages.
            includeArchived: Boolean,
            /// Token from a previous answer; send it alone.
            pageToken: Text,
        }
        reply(ChatSearchPage)
        pages PageToken;

    /// Archive older chat messages (not for API clients).
    ///
    /// Docs mark it as closed to API clients: expect 403. Docs write the singular
    /// /patient/{id}/chat; recorded siblings use /patients/.
    ///
    /// Closed to API clients: the API answers 403 (documented).
    archive "chatMessagesArchive": POST "/{tenantName}/{instanceName}/patients/{patientId}/chat/archive"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        query {
            /// Messages before this moment are archived.
            archiveDate: DateTime,
        };

    /// Restore archived chat messages (not for API clients).
    ///
    /// Docs mark it as closed to API clients: expect 403. Docs write the singular
    /// /patient/{id}/chat; recorded siblings use /patients/.
    ///
    /// Closed to API clients: the API answers 403 (documented).
    restore "chatMessagesRestore": POST "/{tenantName}/{instanceName}/patients/{patientId}/chat/restore"
        path(
            /// Patient id.
            patientId: Uuid,
        );
}

records! {
    /// Page of messages, newest first.
    ChatMessagePage {
        meta: ChatPageMeta,
        content: List<ChatMessage>,
    }

    /// Token paging block.
    ChatPageMeta {
        /// Null on the last page.
        nextPageToken: Text | null,
        /// Null on the first page.
        prevPageToken: Text | null,
        pageSize: Integer,
        found: Boolean,
    }

    /// Chat message.
    ChatMessage {
        sender: ChatParty,
        receiver: ChatParty | absent,
        message: Text,
        /// Unique message id of the transport.
        externalId: Text,
        createdAt: DateTime,
    }

    /// Chat participant.
    ChatParty {
        clientType: ChatClientType,
        id: Uuid,
        /// First and last name; only for USER.
        titleName: Text | null,
        /// Filled on send, null in lists.
        patientFullName: Text | null | absent,
    }

    /// Inbound message text.
    ChatMessageSend {
        message: Text,
    }

    /// Page of hits.
    ChatSearchPage {
        meta: ChatPageMeta,
        content: List<ChatSearchHit>,
    }

    /// Search hit.
    ChatSearchHit {
        meta: ChatSearchHitMeta,
        message: ChatMessage,
    }

    /// Where a hit lies in the list of messages.
    ChatSearchHitMeta {
        /// Pass to the message list as pageToken to page forward from the hit.
        nextPageToken: Text,
        /// Pass to the message list as pageToken to page backward from the hit.
        prevPageToken: Text,
    }
}

enumerations! {
    ChatClientType { PATIENT = "PATIENT", USER = "USER" }
}

aliases! {}
