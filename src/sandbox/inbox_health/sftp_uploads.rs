//! Files for bulk imports. The answers of both calls are unknown: these are the plainest ones.

use serde_json::json;

use super::pages::listed;
use super::{invalid, not_found};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::Fields;
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers =
    &[("sftpUploadsList", list), ("sftpUploadsCreateImportBatch", create_import_batch)];

fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let enterprises: Vec<&str> = call.queries("enterprise_ids[]").collect();
    let uploads = state.inbox_health.sftp_uploads.rows().filter(|upload| {
        enterprises.is_empty()
            || enterprises.contains(&upload.whole("enterprise_id").to_string().as_str())
    });
    Ok(listed("sftp_uploads", uploads.cloned().collect()))
}

/// Nothing is imported: the sandbox knows no format of a file.
fn create_import_batch(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (store, batch) = (&mut state.inbox_health, call.attributes());
    store.enterprises.find(batch.whole("enterprise_id")).ok_or_else(not_found)?;
    let uploads = store.sftp_uploads.ids(|upload| {
        upload.get("filename") == batch.get("filename")
            && upload.get("enterprise_id") == batch.get("enterprise_id")
    });
    let Some(upload) = uploads.first() else {
        return Err(invalid("filename", "must exist"));
    };
    if batch.flag("delete_file") {
        store.sftp_uploads.remove(*upload);
    }
    let mut answer = batch;
    answer.insert("sftp_upload_id".to_owned(), json!(upload));
    Ok(Reply::json(201, answer))
}
