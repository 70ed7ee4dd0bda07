//! Program definitions.

use crate::schema::*;
use crate::{enumerations, records, resource};

resource! {
    /// Program definitions.
    programs ProgramsResource;

    /// List program definitions.
    ///
    /// There are no pages: the answer holds all.
    list "programsList": GET "/{tenantName}/{instanceName}/formations/{version}/programs"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
        )
        reply(List<Program>)
        pages PlainArray;

    /// Read one program definition.
    get "programsGet": GET "/{tenantName}/{instanceName}/formations/{version}/programs/{programName}"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
            /// Program name from Designer.
            programName: Text,
        )
        reply(Program);

    /// Add a program to the draft.
    create_draft "programsCreateDraft": POST "/{tenantName}/{instanceName}/formations/draft/programs"
        body(ProgramInput)
        reply(Program);

    /// Replace a program in the draft.
    replace_draft "programsReplaceDraft": PUT "/{tenantName}/{instanceName}/formations/draft/programs/{programName}"
        path(
            /// Program name from Designer.
            programName: Text,
        )
        body(ProgramInput)
        reply(Program);

    /// Delete a program from the draft.
    delete_draft "programsDeleteDraft": DELETE "/{tenantName}/{instanceName}/formations/draft/programs/{programName}"
        path(
            /// Program name from Designer.
            programName: Text,
        );
}

records! {
    /// Program definition.
    Program {
        name: Text,
        title: Text,
        description: Text,
        phases: List<ProgramPhase>,
        nodes: List<ProgramNode> | null,
    }

    /// Phase definition.
    ProgramPhase {
        name: Text,
        title: Text,
        r#type: ProgramPhaseType | absent,
        description: Text,
        autoFinishProgram: Boolean | absent,
        navigateTo: List<ProgramNavigation> | null,
    }

    /// Edge to another phase.
    ProgramNavigation {
        /// Target phase name.
        name: Text,
    }

    /// Drawing element of the Designer graph (node or edge).
    ProgramNode {
        id: Text,
        data: ProgramNodeData | absent,
        /// Seen: graphNode, smoothstep, input.
        r#type: Text,
        position: ProgramNodePosition | absent,
        sourcePosition: Text | absent,
        targetPosition: Text | absent,
        source: Text | absent,
        target: Text | absent,
        animated: Boolean | absent,
        sourceHandle: Text | absent,
        targetHandle: Text | absent,
        arrowHeadType: Text | absent,
    }

    /// What a drawing element shows.
    ProgramNodeData {
        r#type: Text | absent,
        label: Text,
    }

    /// Where a drawing element lies.
    ProgramNodePosition {
        x: Number,
        y: Number,
    }

    /// Program definition to store in the draft.
    ProgramInput {
        name: Text,
        title: Text,
        description: Text,
        phases: List<ProgramPhase>,
    }
}

enumerations! {
    /// Role of a phase in the graph.
    ProgramPhaseType { START = "START", DEFAULT = "DEFAULT", FINISH = "FINISH" }
}
