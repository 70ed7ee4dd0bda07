//! Dispositions of encounters.

use super::cdt_records::CdtRecord;
use crate::schema::*;
use crate::{aliases, resource};

resource! {
    /// Dispositions of encounters.
    encounterDispositions EncounterDispositionsResource;

    /// Read the disposition of an encounter.
    get "encounterDispositionsGet": GET "/{tenantName}/{instanceName}/patients/{patientId}/encounters/{encounterId}/disposition"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Encounter id.
            encounterId: Uuid,
        )
        reply(CdtRecord);

    /// Change the disposition of an encounter.
    update "encounterDispositionsUpdate": PATCH "/{tenantName}/{instanceName}/patients/{patientId}/encounters/{encounterId}/disposition"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Encounter id.
            encounterId: Uuid,
        )
        body(Changes<DispositionUpdate>)
        reply(CdtRecord);
}

aliases! {
    /// Disposition fields at top level, under their names: for example `cpt`, `icd-10` or
    /// `uicedf-review`.
    DispositionUpdate = Shaped<OpenObject>;
}
