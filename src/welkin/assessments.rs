//! Assessment definitions.

use super::cdt_formations::CdtFormation;
use crate::schema::*;
use crate::{enumerations, records, resource};

resource! {
    /// Assessment definitions.
    assessments AssessmentsResource;

    /// List assessment definitions.
    ///
    /// There are no pages: the answer holds all.
    list "assessmentsList": GET "/{tenantName}/{instanceName}/formations/{version}/assessments"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
        )
        reply(List<Assessment>)
        pages PlainArray;

    /// Read one assessment definition.
    get "assessmentsGet": GET "/{tenantName}/{instanceName}/formations/{version}/assessments/{assessmentName}"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
            /// Assessment name.
            assessmentName: Text,
        )
        reply(Assessment);

    /// Read the internal CDT of an assessment.
    ///
    /// The names are `_<assessment>` for answers and `_<assessment>_scoring` for scores. No answer
    /// of this call was seen.
    get_cdt "assessmentsGetCdt": GET "/{tenantName}/{instanceName}/formations/{version}/assessments/cdt/{cdtName}"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
            /// CDT name from Designer.
            cdtName: Text,
        )
        reply(CdtFormation);

    /// Add an assessment to the draft.
    create_draft "assessmentsCreateDraft": POST "/{tenantName}/{instanceName}/formations/draft/assessments"
        body(AssessmentInput)
        reply(Assessment);

    /// Replace an assessment in the draft.
    ///
    /// The name cannot change.
    replace_draft "assessmentsReplaceDraft": PUT "/{tenantName}/{instanceName}/formations/draft/assessments/{assessmentName}"
        path(
            /// Assessment name.
            assessmentName: Text,
        )
        body(AssessmentInput)
        reply(Assessment);

    /// Delete an assessment from the draft.
    delete_draft "assessmentsDeleteDraft": DELETE "/{tenantName}/{instanceName}/formations/draft/assessments/{assessmentName}"
        path(
            /// Assessment name.
            assessmentName: Text,
        );
}

records! {
    /// Assessment definition.
    Assessment {
        id: Uuid,
        title: Text,
        /// Cannot be changed by update.
        name: Text,
        version: Integer,
        sections: List<AssessmentSection>,
        scoring: AssessmentScoring,
        programs: List<AssessmentProgram>,
        /// Always null so far.
        template: Anything,
        conditionSettings: AssessmentConditionSettings | null,
        /// SECTIONS is the only value seen.
        displayType: Text | absent,
        autoCompleted: Boolean | absent,
        _containsPHI: Boolean,
    }

    /// Program phases in which the assessment is used.
    AssessmentProgram {
        program: Text,
        phases: List<Text>,
    }

    /// Section of an assessment.
    AssessmentSection {
        title: Text,
        name: Text,
        order: Integer,
        fields: List<AssessmentField>,
    }

    /// Question or read-only text.
    AssessmentField {
        label: Text,
        /// May be empty.
        name: Text | absent,
        /// Target CDT; required when `viewType` is question.
        refCdtName: Text,
        /// Target field; required when `viewType` is question. Together with `refCdtName` it is
        /// unique in the assessment.
        refCdtFieldName: Text,
        order: Integer,
        viewType: AssessmentViewType,
        /// Required when `viewType` is question.
        meta: AssessmentFieldMeta,
        prePopulatedValue: PrePopulatedValue | null,
        /// An empty array or null so far.
        attachments: List<Anything> | null | absent,
    }

    /// How a question is asked.
    AssessmentFieldMeta {
        /// Seen: text, textarea, select, checkbox, integer, phone or an empty string.
        r#type: Text,
        required: Boolean,
    }

    /// What a question is answered with beforehand.
    PrePopulatedValue {
        r#type: PrePopulatedValueType,
        defaultValue: Text | absent,
    }

    /// Scoring rules.
    AssessmentScoring {
        formula: ScoringFormula,
        groups: List<AssessmentScoringGroup>,
    }

    /// Fields that are scored together.
    AssessmentScoringGroup {
        name: Text,
        title: Text,
        formula: ScoringFormula,
        fields: List<AssessmentScoringField>,
    }

    /// Score table of one field.
    AssessmentScoringField {
        refCdtName: Text,
        refCdtFieldName: Text,
        r#type: Text,
        scores: List<AssessmentScore>,
    }

    /// What one answer scores.
    AssessmentScore {
        score: Number,
        answer: Text,
    }

    /// Conditional logic.
    AssessmentConditionSettings {
        elements: List<AssessmentConditionElement>,
        /// Custom events that answers trigger. Always empty so far.
        events: List<Anything>,
    }

    /// Display rule.
    AssessmentConditionElement {
        /// READ_ONLY is the only value seen.
        r#type: Text,
        /// SHOW is the only value seen.
        action: Text,
        /// AND is the only value seen.
        operation: Text,
        conditions: List<AssessmentCondition>,
        /// Field the rule acts on.
        name: Text,
    }

    /// One comparison of a display rule.
    AssessmentCondition {
        /// EQUAL is the only value seen.
        r#type: Text,
        refCdtName: Text,
        refCdtFieldName: Text,
        value: Text,
    }

    /// Assessment definition to store. No request body is documented: this mirrors the answer.
    AssessmentInput {
        title: Text,
        /// Cannot be changed by update.
        name: Text,
        sections: List<AssessmentSection>,
        scoring: AssessmentScoring,
        programs: List<AssessmentProgram>,
        /// Always null so far.
        template: Anything,
        conditionSettings: AssessmentConditionSettings | null,
    }
}

enumerations! {
    /// Whether a field asks or only shows text.
    AssessmentViewType { QUESTION = "question", READONLY = "readOnly" }

    /// Where an answer that is there beforehand comes from.
    PrePopulatedValueType {
        DEFAULT_VALUE = "DEFAULT_VALUE",
        PREVIOUS_ASSESSMENT = "PREVIOUS_ASSESSMENT",
    }

    /// How scores become one.
    ScoringFormula { SUM = "SUM", AVG = "AVG" }
}
