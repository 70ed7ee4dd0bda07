//! Dictionary definitions.

use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Dictionary definitions.
    dictionaryFormations DictionaryFormationsResource;

    /// List dictionary definitions.
    list "dictionaryFormationsList": GET "/{tenantName}/{instanceName}/formations/{version}/dictionaries"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
        )
        reply(List<DictionaryFormation>)
        pages PlainArray;

    /// Read one dictionary definition.
    get "dictionaryFormationsGet": GET "/{tenantName}/{instanceName}/formations/{version}/dictionaries/{dictionaryName}"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
            /// Dictionary name, for example cpt, icd-10, timezone.
            dictionaryName: Text,
        )
        reply(DictionaryFormation);

    /// Add a dictionary to the draft.
    create_draft "dictionaryFormationsCreateDraft": POST "/{tenantName}/{instanceName}/formations/draft/dictionaries"
        body(DictionaryFormationInput)
        reply(DictionaryFormation);

    /// Replace a dictionary in the draft.
    ///
    /// The definitions of the built-in dictionaries (timezone, cpt, icd-10) cannot be changed.
    replace_draft "dictionaryFormationsReplaceDraft": PUT "/{tenantName}/{instanceName}/formations/draft/dictionaries/{dictionaryName}"
        path(
            /// Dictionary name, for example cpt, icd-10, timezone.
            dictionaryName: Text,
        )
        body(DictionaryFormationInput)
        reply(DictionaryFormation);

    /// Delete a dictionary from the draft.
    delete_draft "dictionaryFormationsDeleteDraft": DELETE "/{tenantName}/{instanceName}/formations/draft/dictionaries/{dictionaryName}"
        path(
            /// Dictionary name, for example cpt, icd-10, timezone.
            dictionaryName: Text,
        );
}

records! {
    /// Dictionary definition.
    DictionaryFormation {
        name: Text,
        title: Text,
        internal: Boolean,
        fields: List<DictionaryField>,
    }

    /// Dictionary column.
    DictionaryField {
        name: Text,
        /// text is the only value known.
        r#type: Text,
    }

    /// Dictionary definition to store.
    DictionaryFormationInput {
        name: Text,
        title: Text,
        fields: List<DictionaryField>,
    }
}
