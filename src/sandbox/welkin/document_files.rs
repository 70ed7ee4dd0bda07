//! Files of documents.

use percent_encoding::utf8_percent_encode;
use serde_json::{Value, json};

use super::{Store, document_summaries, errors};
use crate::engine::text::ENCODED;
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers =
    &[("documentFilesUpload", upload), ("documentFilesDownload", download)];

const COMPONENT: &str = "CDT";

/// What may be uploaded (reference).
const ALLOWED: [&str; 3] = ["image/jpeg", "image/png", "application/pdf"];

/// A file with the document that it belongs to.
pub struct StoredFile {
    /// The id of the document's head.
    pub document: String,
    pub name: String,
    pub content_type: String,
    pub bytes: Vec<u8>,
}

/// What is told of a file: `FileInfo` of the reference.
fn info(id: &str, file: &StoredFile) -> Record {
    record! {
        "id": id,
        "originalName": file.name,
        "size": file.bytes.len(),
        "contentType": file.content_type,
        "storageKey": format!("sandbox/{}/{id}", file.document),
    }
}

/// The files of a document as its head lists them; `null` until one is uploaded.
pub fn of(store: &Store, document: &str) -> Value {
    let files = store.files.iter().filter(|(_, file)| file.document == document);
    let files: Vec<Record> = files.map(|(id, file)| info(id, file)).collect();
    if files.is_empty() { Value::Null } else { json!(files) }
}

fn upload(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let document = document_summaries::find(state, call)?.id().to_owned();
    let files = || call.files.iter().filter(|file| file.part == "files");
    if files().count() == 0 {
        return Err(errors::wrong(COMPONENT, "files", "is required", call.now));
    }
    if files().any(|file| !ALLOWED.contains(&file.content_type)) {
        let mistake = "is not a jpg, jpeg, png or pdf";
        return Err(errors::wrong(COMPONENT, "files", mistake, call.now));
    }
    let mut stored = Vec::new();
    for file in files() {
        let id = uuid(&mut state.chance);
        let file = StoredFile {
            document: document.clone(),
            name: file.name.to_owned(),
            content_type: file.content_type.to_owned(),
            bytes: file.bytes.to_vec(),
        };
        stored.push(Value::Object(info(&id, &file)));
        state.welkin.files.insert(id, file);
    }
    Ok(Reply::json(201, stored))
}

fn download(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let document = document_summaries::find(state, call)?;
    let id = call.segment("fileId");
    let file = state.welkin.files.get(id).filter(|file| file.document == document.id());
    let not_found = || errors::not_found(COMPONENT, "DOCUMENT_FILE_NOT_FOUND", id, call.now);
    let file = file.ok_or_else(not_found)?;
    Ok(Reply::file(&file.content_type, &disposition(&file.name), &file.bytes))
}

/// Names the file twice, for readers that know no other letters than those of ASCII (RFC 6266,
/// appendix D). The header itself was never recorded; newer answers list it as exposed to browsers.
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|letter| match letter {
            ' '..='~' if !matches!(letter, '"' | '\\' | '%') => letter,
            _ => '_',
        })
        .collect();
    let extended = utf8_percent_encode(name, ENCODED);
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{extended}")
}
