//! Files on their way: a form in place of the JSON, and a body that is read by somebody else.

use serde_json::{Value, json};

use super::stage::{Act, Given, Network, SECOND, Stage, Tokens, operation};
use crate::engine::{Error, Failure, Options, Outcome, Reply, Runtime};
use crate::operation::Api;
use crate::welkin::Welkin;

const UPLOAD: &str = "documentFilesUpload";
const DOWNLOAD: &str = "documentFilesDownload";
const EMAIL: &str = "emailsSend";

/// Calls an operation with a form, or without.
async fn send(
    welkin: &Welkin<Network, Tokens>,
    id: &str,
    body: Value,
    form: Option<bool>,
    options: Options,
) -> Result<Reply, Error> {
    let path = if id == EMAIL { json!(["p"]) } else { json!(["p", "d"]) };
    let arguments = Given::path(path).body(body).arguments();
    let (engine, operation) = (welkin.engine(), operation(Api::Welkin, id));
    match form {
        Some(form) => engine.call_with(operation, &arguments, form, options).await,
        None => engine.call(operation, &arguments, options).await,
    }
}

/// The parameter that is refused; nothing was sent.
fn refused(id: &str, body: Value, form: Option<bool>) -> (String, String) {
    let stage = Stage::new();
    let error = stage.run(send(&stage.welkin(), id, body, form, Options::default())).unwrap_err();
    let Failure::Config(argument) = error.failure else { panic!("{error:?}") };
    assert_eq!((stage.network.count(), stage.tokens.count()), (0, 0));
    assert_eq!((error.operation, error.outcome), (id, Outcome::NotSent));
    (argument.parameter, argument.expected)
}

/// A download whose bytes the transport takes to a place of its own.
async fn download(stage: &Stage, options: Options) -> Result<Reply, Error> {
    let welkin = stage.welkin();
    let arguments = Given::path(json!(["p", "d", "f"])).arguments();
    welkin.engine().call_with(operation(Api::Welkin, DOWNLOAD), &arguments, true, options).await
}

#[test]
fn a_form_goes_as_it_is_and_brings_its_own_content_type() {
    let stage = Stage::new();
    stage.network.script([Act::json(json!([]))]);
    let body = json!({ "files": [{}, {}] });
    stage.run(send(&stage.welkin(), UPLOAD, body, Some(true), Options::default())).unwrap();
    let sent = stage.network.only();
    assert_eq!(sent.target(), "gh/sb-demo/patients/p/document-summary/d/files");
    assert_eq!((sent.method.as_str(), sent.body.as_deref()), ("POST", Some("opaque")));
    assert_eq!(sent.header("content-type"), None);
}

#[test]
fn a_part_that_may_be_repeated_may_come_once() {
    let stage = Stage::new();
    stage.network.script([Act::json(json!([]))]);
    let body = json!({ "files": {} });
    stage.run(send(&stage.welkin(), UPLOAD, body, Some(true), Options::default())).unwrap();
}

#[test]
fn a_form_that_is_not_as_declared_is_refused_by_the_name_of_its_part() {
    for (id, body, parameter, expected) in [
        (UPLOAD, json!({}), "body.files", "file"),
        (UPLOAD, json!({ "files": null }), "body.files", "file"),
        (UPLOAD, json!({ "files": [] }), "body.files[]", "file"),
        (UPLOAD, json!({ "files": "text" }), "body.files", "file"),
        (UPLOAD, json!({ "files": [{}, "text"] }), "body.files[]", "file"),
        (UPLOAD, json!({ "files": [{}], "file": {} }), "body.file", "a part of this form"),
        (UPLOAD, json!({ "files": [{}], "no name": 1 }), "body.…", "a part of this form"),
        (UPLOAD, json!([{}]), "body", "an object"),
        (EMAIL, json!({ "subject": {}, "attachmentsAsFiles": {} }), "body.subject", "string"),
    ] {
        let found = refused(id, body.clone(), Some(true));
        assert_eq!(found, (parameter.into(), expected.into()), "{body}");
    }
}

#[test]
fn a_file_is_refused_where_no_file_goes() {
    let refused = |id, body| refused(id, body, Some(true));
    assert_eq!(
        refused("emailsUpdate", json!({ "subject": {} })),
        ("body".into(), "no file".into())
    );
}

#[test]
fn without_its_form_a_body_holds_no_file() {
    let refused = |id, body| refused(id, body, None).0;
    assert_eq!(refused(UPLOAD, json!({ "files": [{}] })), "body.files");
    let files = "body.attachmentsAsFiles";
    for value in [json!([]), json!([{}]), json!("text"), json!({})] {
        assert_eq!(refused(EMAIL, json!({ "subject": "s", "attachmentsAsFiles": value })), files);
    }
    let stage = Stage::new();
    let given = Given::path(json!(["p", "d"])).arguments();
    let upload = stage.welkin();
    let upload = upload.engine().call(operation(Api::Welkin, UPLOAD), &given, Options::default());
    assert!(matches!(stage.run(upload).unwrap_err().failure, Failure::Config(_)));
    assert_eq!(stage.network.count(), 0);
}

#[test]
fn an_operation_that_takes_both_sends_json_where_there_is_no_file() {
    let stage = Stage::new();
    stage.network.script([Act::json(json!({}))]);
    let body = json!({ "subject": "s", "sendNow": true });
    stage.run(send(&stage.welkin(), EMAIL, body.clone(), None, Options::default())).unwrap();
    let sent = stage.network.only();
    assert_eq!(sent.header("content-type"), Some("application/json"));
    assert_eq!(serde_json::from_str::<Value>(sent.body.as_deref().unwrap()).unwrap(), body);
}

#[test]
fn only_a_form_that_can_be_made_again_is_sent_again_with_a_new_token() {
    for (again, requests) in [(true, 2), (false, 1)] {
        let stage = Stage::new();
        stage.network.script([Act::status(401)]);
        stage.network.always(|_| Act::json(json!([])));
        let body = json!({ "files": [{}] });
        let sent = stage.run(send(&stage.welkin(), UPLOAD, body, Some(again), Options::default()));
        assert_eq!(stage.network.count(), requests);
        match sent {
            Ok(reply) => assert_eq!(reply.attempts, 2),
            Err(error) => assert_eq!(error.outcome, Outcome::Rejected),
        }
    }
}

#[test]
fn an_upload_whose_answer_was_lost_is_not_sent_again() {
    let stage = Stage::new();
    stage.network.script([Act::lost()]);
    let body = json!({ "files": [{}] });
    let sent = stage.run(send(&stage.welkin(), UPLOAD, body, Some(true), Options::default()));
    assert_eq!(sent.unwrap_err().outcome, Outcome::Unknown);
    assert_eq!(stage.network.count(), 1);
}

#[test]
fn a_file_comes_back_to_the_byte() {
    let bytes = b"\xef\xbb\xbf{ no JSON \x00\xff";
    let stage = Stage::new();
    stage.network.script([Act::bytes(200, bytes)]);
    assert_eq!(stage.run(download(&stage, Options::default())).unwrap().body(), bytes);
    assert_eq!(stage.network.only().header("accept"), Some("*/*"));
}

#[test]
fn a_typed_download_gives_the_bytes_and_a_typed_upload_takes_a_form() {
    let stage = Stage::new();
    let welkin = stage.welkin();
    stage.network.script([Act::bytes(200, b"\xff\xd8"), Act::json(json!([{ "size": 2 }]))]);
    let file = stage.run(async { welkin.document_files().download("p", "d", "f").await }).unwrap();
    assert_eq!(file.bytes, b"\xff\xd8");
    let sent =
        stage.run(async { welkin.document_files().upload("p", "d").form(true).await }).unwrap();
    assert_eq!(sent[0].size.get(), Some(&2));
    assert_eq!(stage.network.sent()[1].body.as_deref(), Some("opaque"));
}

#[test]
fn a_refused_download_is_read_as_every_refusal() {
    let stage = Stage::new();
    stage.network.script([Act::bytes(404, b"[]")]);
    let error = stage.run(download(&stage, Options::default())).unwrap_err();
    let Failure::Api(rejection) = error.failure else { panic!("{error:?}") };
    assert_eq!((rejection.status, rejection.body.as_slice()), (404, &b"[]"[..]));
}

#[test]
fn a_file_is_asked_for_again_only_before_its_bytes_began_to_come() {
    let stage = Stage::new();
    stage.network.script([Act::status(503), Act::body_lost(503), Act::body_lost(200)]);
    let options = Options { retries: Some(5), ..Options::default() };
    let error = stage.run(download(&stage, options)).unwrap_err();
    assert!(matches!(error.failure, Failure::Network));
    assert_eq!((error.outcome, stage.network.count()), (Outcome::Unknown, 3));
}

#[test]
fn deadline_and_caller_end_a_body_that_is_still_read() {
    for (timeout, abort) in [(Some(3 * SECOND), None), (None, Some(3 * SECOND))] {
        let stage = Stage::new();
        stage.network.script([Act::body_hangs(200).after(SECOND)]);
        let begun = stage.clock.monotonic();
        let given_up = abort.map(|after| stage.clock.sleep(after));
        let options = Options { timeout, abort: given_up, ..Options::default() };
        let error = stage.run(download(&stage, options)).unwrap_err();
        match timeout {
            Some(_) => assert!(matches!(error.failure, Failure::Timeout { milliseconds: 3_000 })),
            None => assert!(matches!(error.failure, Failure::Abort)),
        }
        assert_eq!(stage.clock.monotonic() - begun, 3 * SECOND);
        assert_eq!((stage.network.given_up(), stage.network.count()), (1, 1));
    }
}
