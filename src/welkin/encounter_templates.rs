//! Encounter template definitions.

use super::calendar_events::CalendarEventMode;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Encounter template definitions.
    encounterTemplates EncounterTemplatesResource;

    /// List encounter template definitions.
    ///
    /// There are no pages: the answer holds all.
    list "encounterTemplatesList": GET "/{tenantName}/{instanceName}/formations/{version}/encounters"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
        )
        reply(List<EncounterTemplate>)
        pages PlainArray;

    /// Read one encounter template definition.
    get "encounterTemplatesGet": GET "/{tenantName}/{instanceName}/formations/{version}/encounters/{encounterTemplateName}"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
            /// Encounter template name.
            encounterTemplateName: Text,
        )
        reply(EncounterTemplate);

    /// Add an encounter template to the draft.
    create_draft "encounterTemplatesCreateDraft": POST "/{tenantName}/{instanceName}/formations/draft/encounters"
        body(EncounterTemplateInput)
        reply(EncounterTemplate);

    /// Replace an encounter template in the draft.
    replace_draft "encounterTemplatesReplaceDraft": PUT "/{tenantName}/{instanceName}/formations/draft/encounters/{encounterTemplateName}"
        path(
            /// Encounter template name.
            encounterTemplateName: Text,
        )
        body(EncounterTemplateInput)
        reply(EncounterTemplate);

    /// Delete an encounter template from the draft.
    delete_draft "encounterTemplatesDeleteDraft": DELETE "/{tenantName}/{instanceName}/formations/draft/encounters/{encounterTemplateName}"
        path(
            /// Encounter template name.
            encounterTemplateName: Text,
        );
}

records! {
    /// Encounter template.
    EncounterTemplate {
        id: Uuid,
        name: Text,
        title: Text,
        encounterDescription: Text | absent,
        /// As HTML.
        encounterInstruction: Text | absent,
        /// Hex colour.
        encounterColor: Text | absent,
        /// Free text, for example Async.
        r#type: Text | absent,
        deliveryMethod: CalendarEventMode | absent,
        /// In minutes.
        defaultDuration: Integer | absent,
        assessmentNames: List<Text>,
    }

    /// Template to store.
    EncounterTemplateInput {
        name: Text,
        title: Text,
        assessmentNames: List<Text>,
    }
}
