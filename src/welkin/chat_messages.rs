//! Chat of patients with their care team.

use crate::schema::*;
use crate::{enumerations, records, resource};

resource! {
    /// Chat of patients with their care team.
    chatMessages ChatMessagesResource;

    /// List chat messages.
    ///
    /// The token of a search hit is accepted too.
    list "chatMessagesList": GET "/{tenantName}/{instanceName}/patients/{patientId}/chat"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        query {
            /// Include archived messages.
            includeArchived: Boolean,
            /// Records per page; not together with `pageToken`.
            pageSize: Integer,
            /// Token from an answer before; not together with `pageSize`.
            pageToken: Text,
        }
        reply(ChatMessagePage)
        pages PageToken;

    /// Send a message from the patient to the care team.
    ///
    /// There is no call for the opposite direction: what a user writes to a patient arrives by
    /// webhook.
    send_inbound "chatMessagesSendInbound": POST "/{tenantName}/{instanceName}/patients/{patientId}/chat/inbound"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        body(ChatMessageSend)
        reply(ChatMessage);

    /// Search chat messages.
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
            /// Token from an answer before, on its own.
            pageToken: Text,
        }
        reply(ChatSearchPage)
        pages PageToken;

    /// Archive older chat messages.
    ///
    /// Closed to API clients: Welkin's documentation says so, expect a 403.
    archive "chatMessagesArchive": POST "/{tenantName}/{instanceName}/patients/{patientId}/chat/archive"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        query {
            /// Messages before this moment are archived.
            archiveDate: DateTime,
        };

    /// Restore archived chat messages.
    ///
    /// Closed to API clients: Welkin's documentation says so, expect a 403.
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
        /// As `pageToken` of `list`, it pages forward from the hit.
        nextPageToken: Text,
        /// As `pageToken` of `list`, it pages backward from the hit.
        prevPageToken: Text,
    }
}

enumerations! {
    /// Who takes part in a chat.
    ChatClientType { PATIENT = "PATIENT", USER = "USER" }
}
