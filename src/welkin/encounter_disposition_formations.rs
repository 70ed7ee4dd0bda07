//! The definition of dispositions.

use super::cdt_formations::CdtFormation;
use super::document_types::CdtFormationInput;
use crate::resource;
use crate::schema::*;

resource! {
    /// The definition of dispositions.
    encounterDispositionFormations EncounterDispositionFormationsResource;

    /// Read the disposition definition.
    ///
    /// A single object, unlike the sibling definition lists.
    get "encounterDispositionFormationsGet": GET "/{tenantName}/{instanceName}/formations/{version}/encounter-disposition"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
        )
        reply(CdtFormation);

    /// Replace the disposition definition in the draft.
    replace_draft "encounterDispositionFormationsReplaceDraft": PUT "/{tenantName}/{instanceName}/formations/draft/encounter-disposition"
        body(CdtFormationInput)
        reply(CdtFormation);
}
