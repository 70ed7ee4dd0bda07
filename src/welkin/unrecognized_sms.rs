//! SMS without a known patient.

use super::emails::MessageDirection;
use super::pages::spring_paging;
use super::sms::{Sms, SmsPage, SmsStatus, SmsUpdate, sms_filters};
use crate::resource;
use crate::schema::*;

resource! {
    /// SMS without a known patient.
    unrecognizedSms UnrecognizedSmsResource;

    /// List SMS without a known patient.
    list "unrecognizedSmsList": GET "/{tenantName}/{instanceName}/unrecognized-patients/sms"
        query { ..sms_filters }
        reply(SmsPage)
        pages SpringPage;

    /// Read one unrecognized SMS.
    get "unrecognizedSmsGet": GET "/{tenantName}/{instanceName}/unrecognized-patients/sms/{smsId}"
        path(
            /// SMS id.
            smsId: Uuid,
        )
        reply(Sms);

    /// Star or assign one unrecognized SMS.
    ///
    /// Set `sender` to the id of a patient to assign it.
    update "unrecognizedSmsUpdate": PUT "/{tenantName}/{instanceName}/unrecognized-patients/sms/{smsId}"
        path(
            /// SMS id.
            smsId: Uuid,
        )
        body(SmsUpdate)
        reply(Sms);

    /// Delete one unrecognized SMS.
    delete "unrecognizedSmsDelete": DELETE "/{tenantName}/{instanceName}/unrecognized-patients/sms/{smsId}"
        path(
            /// SMS id.
            smsId: Uuid,
        );
}
