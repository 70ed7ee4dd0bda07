//! Saved payment methods.

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Saved payment methods.
    patientPaymentInfos PatientPaymentInfosResource;

    /// List saved payment methods of a patient.
    list_by_patient "patientPaymentInfosListByPatient": GET "/partner/v2/patients/{id}/patient_payment_infos"
        path(
            /// Record id.
            id: Integer,
        )
        query {
            /// Page number; not shown for this list.
            page: Integer,
            /// Records per page; not shown for this list.
            per_page: Integer,
            /// Sort field; not shown for this list.
            sort: Text,
            /// Sent as filter[field]=value; no field is shown for this list.
            filter: Map<Text>,
        }
        reply(PatientPaymentInfoListResponse)
        pages PageNumber("patient_payment_infos");
}

records! {
    /// Array under "patient_payment_infos"; paging metadata, if any, is undocumented and must be
    /// kept.
    PatientPaymentInfoListResponse {
        patient_payment_infos: List<PatientPaymentInfo>,
    }

    /// A saved payment method of a patient. Fields unknown.
    PatientPaymentInfo {
        id: Integer,
    }
}

enumerations! {
}

aliases! {
}
