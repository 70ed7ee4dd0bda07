//! Saved payment methods of patients.

use super::pages::filtered_paging;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Saved payment methods of patients.
    patientPaymentInfos PatientPaymentInfosResource;

    /// List saved payment methods of a patient.
    list_by_patient "patientPaymentInfosListByPatient": GET "/partner/v2/patients/{id}/patient_payment_infos"
        path(
            /// Id of the patient.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(PatientPaymentInfoListResponse)
        pages PageNumber("patient_payment_infos");
}

records! {
    /// A page of patient payment infos; no source shows what else it holds.
    PatientPaymentInfoListResponse {
        patient_payment_infos: List<PatientPaymentInfo>,
    }

    /// A saved payment method of a patient. No source shows its fields.
    PatientPaymentInfo {
        id: Integer,
    }
}
