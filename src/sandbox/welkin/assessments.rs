//! Assessment definitions.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Value, json};

use super::cdt_definition::{Purpose, definition, field};
use super::definitions::{self, Kind};
use super::{Collection, errors};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers = &[
    ("assessmentsList", |state, call| ASSESSMENT.list(state, call, definitions::all)),
    ("assessmentsGet", |state, call| ASSESSMENT.get(state, call)),
    ("assessmentsGetCdt", get_cdt),
    ("assessmentsCreateDraft", create_draft),
    ("assessmentsReplaceDraft", |state, call| ASSESSMENT.replace(state, call, build)),
    ("assessmentsDeleteDraft", |state, call| ASSESSMENT.delete(state, call)),
];

/// What is kept beside the definitions.
#[derive(Default)]
pub struct Assessments {
    pub records: Collection,
    /// The ids of the internal CDTs that were asked for, by name.
    pub cdt_ids: HashMap<String, String>,
}

/// The code is made like those that were recorded for records.
pub const ASSESSMENT: Kind = Kind {
    component: "ASSESSMENT",
    code: "ASSESSMENT_NOT_FOUND",
    parameter: "assessmentName",
    all: |formation| &formation.assessments,
    all_mut: |formation| &mut formation.assessments,
};

/// 200 is the documented status, unlike those of its siblings.
fn create_draft(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let reply = ASSESSMENT.create(state, call, build)?;
    Ok(Reply { status: 200, ..reply })
}

fn build(
    state: &mut State,
    name: &str,
    input: &Record,
    old: Option<&Record>,
    call: &Call,
) -> Result<Record, Reply> {
    let id = definitions::id(state, old);
    let mut assessment = blank(&id, name, state.welkin.definitions.version() + 1);
    assessment.extend(definitions::kept(old, call));
    definitions::fill(&mut assessment, input, &["name"]);
    let mut keys = BTreeSet::new();
    for question in questions(&assessment) {
        let mistake = match key(question).map(|key| keys.insert(key)) {
            Some(true) => continue,
            Some(false) => "ask for a field twice",
            None => "hold a question without a field",
        };
        return Err(errors::wrong(ASSESSMENT.component, "sections", mistake, call.now));
    }
    Ok(assessment)
}

/// An assessment that asks nothing yet.
pub fn blank(id: &str, name: &str, version: usize) -> Record {
    record! {
        "id": id,
        "title": name,
        "name": name,
        "version": version,
        "sections": [],
        "scoring": { "formula": "SUM", "groups": [] },
        "programs": [],
        "template": null,
        "conditionSettings": null,
        "displayType": "SECTIONS",
        "autoCompleted": false,
        "_containsPHI": false,
    }
}

/// The questions of all sections; texts that are only read are none.
pub fn questions(assessment: &Record) -> impl Iterator<Item = &Record> {
    let fields = assessment.list("sections").iter().filter_map(|section| section.get("fields"));
    fields
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(Value::as_object)
        .filter(|field| field.text("viewType") == Some("question"))
}

/// The key of a question's answer: target CDT and field.
pub fn key(question: &Record) -> Option<String> {
    let part = |name| question.text(name).filter(|part| !part.is_empty());
    Some(format!("{}__{}", part("refCdtName")?, part("refCdtFieldName")?))
}

/// The name of the internal CDT with the answers to an assessment.
pub fn cdt_name(assessment: &str) -> String {
    format!("_{assessment}")
}

const ANSWERS: Purpose =
    Purpose { r#type: "MULTI_RECORD", relation: "ASSESSMENT", internal: true, updatable: false };

/// The internal CDT with the answers, or that with the scores.
fn get_cdt(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let name = call.segment("cdtName");
    let assessments = ASSESSMENT.asked(state, call)?;
    let of = |name: Option<&str>| name.and_then(|name| assessments.get(name));
    let plain = name.strip_prefix('_');
    let answers = of(plain).map(|assessment| (assessment, answer_fields(assessment)));
    let scores = of(plain.and_then(|name| name.strip_suffix("_scoring")));
    let scores = scores.map(|assessment| (assessment, score_fields(assessment)));
    let Some((assessment, fields)) = answers.or(scores) else {
        return Err(errors::not_found("CDT", "CDT_NOT_FOUND", name, call.now));
    };
    let version = assessment.whole("version") as usize;
    let phi = assessment.flag("_containsPHI");
    let ids = &mut state.welkin.assessments.cdt_ids;
    let id = ids.entry(name.to_owned()).or_insert_with(|| uuid(&mut state.chance));
    let mut cdt = definition(id, name, version, &ANSWERS, &Record::new(), fields);
    cdt.insert("_containsPHI".to_owned(), json!(phi));
    Ok(Reply::json(200, cdt))
}

/// The fields of the internal CDT with the answers.
pub fn answer_fields(assessment: &Record) -> Vec<Record> {
    let fields = questions(assessment).filter_map(|question| {
        let meta = question.get("meta").and_then(Value::as_object);
        let kind = meta.and_then(|meta| meta.text("type")).filter(|kind| !kind.is_empty());
        let required = meta.is_some_and(|meta| meta.flag("required"));
        field(&json!({
            "name": key(question)?,
            "type": kind.unwrap_or("text"),
            "meta": { "label": question.text("label").unwrap_or_default(), "required": required },
        }))
    });
    fields.collect()
}

fn score_fields(assessment: &Record) -> Vec<Record> {
    let groups = assessment.get("scoring").and_then(|scoring| scoring.get("groups"));
    let groups = groups.and_then(Value::as_array).into_iter().flatten();
    groups
        .filter_map(|group| field(&json!({ "name": group.get("name")?, "type": "float" })))
        .collect()
}
