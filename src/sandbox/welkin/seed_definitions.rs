//! What the Designer has published at the beginning: two versions, of which the second is current.

use fastrand::Rng;
use serde_json::{Value, json};

use super::Collection;
use super::definitions::{Definitions, Formation};
use super::document_summaries::SUMMARY;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::state::uuid;

/// The program that lost a phase between the versions, and that phase.
pub const CHANGED_PROGRAM: &str = "prog-transitional-care";
pub const LOST_PHASE: &str = "phone-screening";

/// Both versions.
pub fn definitions(chance: &mut Rng) -> Definitions {
    let first = Formation {
        programs: by_name([transitional_care(true), wellness()]),
        cdts: by_name([vitals(1, chance), social_history(1, chance), document_summary(chance)]),
        goal_templates: by_name([walk()]),
        document_types: document_types(1, chance),
        dictionaries: by_name(built_in_dictionaries()),
        ..Formation::default()
    };
    let mut second = first.clone();
    second.programs = by_name([transitional_care(false), coaching(), wellness()]);
    second.cdts = by_name([
        again(&first.cdts, vitals(2, chance)),
        again(&first.cdts, social_history(2, chance)),
        diagnoses(chance),
        again(&first.cdts, document_summary(chance)),
    ]);
    second.goal_templates = by_name([walk(), blood_pressure()]);
    second.document_types.extend(by_name([referral(chance)]));
    second.dictionaries.extend(by_name([drug_classes()]));
    Definitions::new(vec![first], second)
}

fn by_name(definitions: impl IntoIterator<Item = Record>) -> Collection {
    let name = |definition: &Record| definition.text("name").unwrap_or_default().to_owned();
    definitions.into_iter().map(|definition| (name(&definition), definition)).collect()
}

/// A definition keeps its id through the versions.
fn again(before: &Collection, mut definition: Record) -> Record {
    let old = definition.text("name").and_then(|name| before.get(name)?.get("id"));
    if let Some(id) = old.cloned() {
        definition.insert("id".to_owned(), id);
    }
    definition
}

fn transitional_care(with_lost_phase: bool) -> Record {
    let to = |names: &[&str]| names.iter().map(|name| json!({ "name": name })).collect::<Value>();
    let lost = with_lost_phase.then(|| {
        json!({
            "name": LOST_PHASE,
            "title": "Phone screening",
            "type": "DEFAULT",
            "description": "",
            "autoFinishProgram": false,
            "navigateTo": to(&["monitoring"]),
        })
    });
    let mut phases = vec![
        json!({
            "name": "intake",
            "title": "Intake",
            "type": "START",
            "description": "First contact after discharge",
            "autoFinishProgram": false,
            "navigateTo": to(&[if with_lost_phase { LOST_PHASE } else { "monitoring" }]),
        }),
        json!({
            "name": "monitoring",
            "title": "Monitoring",
            "type": "DEFAULT",
            "description": "",
            "autoFinishProgram": false,
            "navigateTo": to(&["discharged"]),
        }),
        json!({
            "name": "discharged",
            "title": "Discharged",
            "type": "FINISH",
            "description": "",
            "autoFinishProgram": true,
            "navigateTo": null,
        }),
    ];
    phases.extend(lost);
    record! {
        "name": CHANGED_PROGRAM,
        "title": "Transitional care",
        "description": "Thirty days after a hospital stay",
        "phases": phases,
        "nodes": [
            {
                "id": "intake",
                "data": { "type": "START", "label": "Intake" },
                "type": "graphNode",
                "position": { "x": 40, "y": 80.5 },
                "sourcePosition": "right",
                "targetPosition": "left",
            },
            {
                "id": "intake-monitoring",
                "type": "smoothstep",
                "source": "intake",
                "target": "monitoring",
                "animated": false,
                "arrowHeadType": "arrowclosed",
            },
        ],
    }
}

fn coaching() -> Record {
    let phase = |name: &str, title: &str, kind: &str, next: Value| {
        json!({
            "name": name,
            "title": title,
            "type": kind,
            "description": "",
            "autoFinishProgram": false,
            "navigateTo": next,
        })
    };
    record! {
        "name": "prog-diabetes-coaching",
        "title": "Diabetes coaching",
        "description": "",
        "phases": [
            phase("enrolled", "Enrolled", "START", json!([{ "name": "coaching" }])),
            phase("coaching", "Coaching", "DEFAULT", json!([{ "name": "graduated" }])),
            phase("graduated", "Graduated", "FINISH", Value::Null),
        ],
        "nodes": null,
    }
}

/// Drawn before phases had types.
fn wellness() -> Record {
    record! {
        "name": "prog-wellness",
        "title": "Wellness",
        "description": "",
        "phases": [
            { "name": "welcome", "title": "Welcome", "description": "", "navigateTo": null },
            { "name": "check-ins", "title": "Check-ins", "description": "", "navigateTo": null },
        ],
        "nodes": null,
    }
}

/// A definition of a CDT or of a document type.
fn cdt(
    name: &str,
    (kind, relation): (&str, &str),
    version: usize,
    fields: Vec<Value>,
    chance: &mut Rng,
) -> Record {
    record! {
        "id": uuid(chance),
        "name": name,
        "title": null,
        "label": null,
        "version": version,
        "internal": false,
        "readable": true,
        "updatable": true,
        "type": kind,
        "relation": relation,
        "fields": fields,
        "_containsPHI": false,
    }
}

fn field(name: &str, kind: &str, meta: Value) -> Value {
    json!({
        "name": name,
        "type": kind,
        "formula": null,
        "dictionary": null,
        "profileDataType": null,
        "editable": true,
        "searchable": false,
        "bulkEdit": meta.get("options").is_some(),
        "phi": false,
        "disable": false,
        "injectedSource": false,
        "displayType": meta.get("options").map(|_| "SELECT"),
        "valueType": null,
        "meta": meta,
    })
}

fn options(values: &[Value]) -> Value {
    let option = |value: &Value| {
        let label = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        json!({ "label": label, "value": value, "refCdtName": null })
    };
    values.iter().map(option).collect()
}

fn vitals(version: usize, chance: &mut Rng) -> Record {
    let levels = options(&[json!("low"), json!("normal"), json!("high")]);
    let mut fields = vec![
        field(
            "cdtf-heart-rate",
            "integer",
            json!({ "label": "Heart rate", "required": true, "minValue": "20", "maxValue": "250" }),
        ),
        field("cdtf-level", "select", json!({ "label": "Level", "options": levels })),
        field("cdtf-taken-at", "datetime", json!({ "label": "Taken at" })),
        field("cdtf-note", "textarea", json!({ "label": "Note", "required": false })),
    ];
    if version > 1 {
        fields.push(field("cdtf-temperature", "float", json!({ "label": "Temperature" })));
    }
    cdt("cdt-vitals", ("MULTI_RECORD", "COMMON"), version, fields, chance)
}

fn social_history(version: usize, chance: &mut Rng) -> Record {
    let packs = options(&[json!(0), json!(1), json!(2)]);
    let support = options(&[json!("family"), json!("friends"), json!("neighbours")]);
    let fields = vec![
        field("cdtf-packs-a-day", "select", json!({ "options": packs, "required": false })),
        field("cdtf-support", "select", json!({ "options": support, "multiple": true })),
        field("cdtf-lives-alone", "checkbox", json!({})),
    ];
    cdt("cdt-social-history", ("SINGLE_RECORD", "COMMON"), version, fields, chance)
}

fn diagnoses(chance: &mut Rng) -> Record {
    let mut code = field("cdtf-code", "select", json!({ "label": "Code", "required": true }));
    if let Some(code) = code.as_object_mut() {
        code.insert("dictionary".to_owned(), json!({ "name": "icd-10", "field": "value" }));
        code.insert("searchable".to_owned(), json!(true));
    }
    let fields = vec![code, field("cdtf-since", "date", json!({ "label": "Since" }))];
    cdt("cdt-diagnoses", ("MULTI_RECORD", "COMMON"), 2, fields, chance)
}

/// The CDT of the heads of documents.
fn document_summary(chance: &mut Rng) -> Record {
    let extensions = json!(["jpg", "jpeg", "png", "pdf"]);
    let fields = vec![
        field("type", "text", json!({ "required": true })),
        field("files", "file", json!({ "multiple": true, "fileTypes": extensions })),
    ];
    let mut summary = cdt(SUMMARY, ("MULTI_RECORD", "DOCUMENT_SUMMARY"), 1, fields, chance);
    summary.insert("internal".to_owned(), json!(true));
    summary
}

/// The document types that every tenant has.
fn document_types(version: usize, chance: &mut Rng) -> Collection {
    by_name(["doc-type-assessment", "doc-type-docusign", "doc-type-others"].map(|name| {
        let fields = vec![field("notes", "textarea", json!({ "label": "Notes" }))];
        let mut kind = cdt(name, ("MULTI_RECORD", "DOCUMENT_TYPE"), version, fields, chance);
        kind.insert("internal".to_owned(), json!(true));
        kind
    }))
}

fn referral(chance: &mut Rng) -> Record {
    let fields = vec![
        field("notes", "textarea", json!({ "label": "Notes" })),
        field("specialty", "text", json!({ "label": "Specialty", "required": true })),
    ];
    cdt("doc-type-referral", ("MULTI_RECORD", "DOCUMENT_TYPE"), 2, fields, chance)
}

fn walk() -> Record {
    record! {
        "name": "gtmp-walk",
        "goalName": "Walk daily",
        "type": "exercise",
        "priority": "LOW",
        "taskTemplates": [],
    }
}

fn blood_pressure() -> Record {
    record! {
        "name": "gtmp-blood-pressure",
        "goalName": "Bring blood pressure down",
        "type": "vitals",
        "priority": "HIGH",
        "taskTemplates": [
            { "name": "ttmp-measure", "subjectConfig": { "type": "POINT_OF_CONTACT" } },
            {
                "name": "ttmp-review",
                "subjectConfig": { "type": "ROLE", "roleName": "care-manager" },
            },
        ],
    }
}

fn built_in_dictionaries() -> [Record; 3] {
    [("timezone", "Time zone"), ("cpt", "CPT"), ("icd-10", "ICD-10")]
        .map(|(name, title)| dictionary(name, title, true, &["value"]))
}

fn drug_classes() -> Record {
    dictionary("drug-classes", "Drug classes", false, &["code", "title"])
}

fn dictionary(name: &str, title: &str, internal: bool, fields: &[&str]) -> Record {
    let fields: Value = fields.iter().map(|name| json!({ "name": name, "type": "text" })).collect();
    record! { "name": name, "title": title, "internal": internal, "fields": fields }
}
