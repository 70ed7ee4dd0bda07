//! Files: up as a form, down as bytes.

use serde_json::{Value, json};

use super::Bench;
use crate::sandbox::{Outgoing, Part};

/// The path of a new document of the first patient.
fn document(bench: &mut Bench) -> String {
    let patients = bench.get("/t/i/patients?size=1");
    let path = format!("/t/i/patients/{}/document-summary", patients.text("/content/0/id"));
    let made = bench.send("POST", &path, json!({ "type": "doc-type-others" }));
    format!("{path}/{}", made.text("/id"))
}

fn file(name: &str, content_type: &str, size: usize) -> Value {
    json!({ "name": "files", "file": { "name": name, "type": content_type, "size": size } })
}

fn parts(parts: Value) -> Vec<Part> {
    serde_json::from_value(parts).unwrap()
}

#[test]
fn what_was_uploaded_comes_back_to_the_byte_with_name_and_type() {
    let mut bench = Bench::new();
    let path = document(&mut bench) + "/files";
    let form = [file("a \"b\".pdf", "application/pdf", 3), file("résumé.jpg", "image/jpeg", 2)];
    let stored = bench.send_form(&path, &parts(json!(form)), b"one\xff\xd8");
    assert_eq!(stored.status, 201);
    assert_eq!(stored.text("/0/originalName"), "a \"b\".pdf");
    assert_eq!((stored.at("/1/size"), stored.text("/1/contentType")), (&json!(2), "image/jpeg"));
    for (at, bytes, disposition) in [
        (0, &b"one"[..], "attachment; filename=\"a _b_.pdf\"; filename*=UTF-8''a%20%22b%22.pdf"),
        (
            1,
            b"\xff\xd8",
            "attachment; filename=\"r_sum_.jpg\"; filename*=UTF-8''r%C3%A9sum%C3%A9.jpg",
        ),
    ] {
        let found = bench.get(&format!("{path}/{}", stored.text(&format!("/{at}/id"))));
        assert_eq!((found.status, found.outgoing.body.as_slice()), (200, bytes));
        let header = |name| found.outgoing.headers.iter().find(|(of, _)| of == name).unwrap();
        assert_eq!(header("content-disposition").1, disposition);
        assert_eq!(header("content-type").1, stored.text(&format!("/{at}/contentType")));
        assert_eq!(header("content-length").1, bytes.len().to_string());
    }
}

#[test]
fn a_file_that_is_cut_off_keeps_its_length_and_a_body_in_its_place_does_not() {
    let mut bench = Bench::new();
    let path = document(&mut bench) + "/files";
    let form = parts(json!([file("a.pdf", "application/pdf", 3)]));
    let id = bench.send_form(&path, &form, b"one").text("/0/id").to_owned();
    let mut spoiled = |rule: Value| {
        bench.sandbox.fault(serde_json::from_value(rule).unwrap()).unwrap();
        let Outgoing { body, headers, .. } = bench.get(&format!("{path}/{id}")).outgoing;
        let length = headers.into_iter().find(|(of, _)| of == "content-length");
        (body, length.map(|(_, length)| length))
    };
    assert_eq!(spoiled(json!({ "truncate": 2 })), (b"on".to_vec(), Some("3".to_owned())));
    assert_eq!(spoiled(json!({ "body": "other" })), (b"other".to_vec(), None));
}

#[test]
fn a_file_belongs_to_its_document() {
    let mut bench = Bench::new();
    let path = document(&mut bench) + "/files";
    let form = parts(json!([file("a.pdf", "application/pdf", 1)]));
    let id = bench.send_form(&path, &form, b"a").text("/0/id").to_owned();
    let other = document(&mut bench) + "/files";
    assert_eq!(bench.get(&format!("{other}/{id}")).status, 404);
    assert_eq!(bench.get(&format!("{path}/unknown")).status, 404);
}

#[test]
fn an_upload_without_a_file_or_with_one_of_another_type_is_refused() {
    let mut bench = Bench::new();
    let path = document(&mut bench) + "/files";
    for form in [
        json!([]),
        json!([{ "name": "files", "text": "a.pdf" }]),
        json!([file("a.txt", "text/plain", 0)]),
    ] {
        let refused = bench.send_form(&path, &parts(form), b"");
        assert_eq!((refused.status, refused.text("/0/errorCode")), (400, "VALIDATION_ERROR"));
    }
    assert_eq!(bench.send("POST", &path, json!({ "files": [] })).status, 400);
}

#[test]
fn a_document_lists_its_files_and_takes_them_along_when_it_goes() {
    let mut bench = Bench::new();
    let path = document(&mut bench);
    let form = parts(json!([file("a.pdf", "application/pdf", 1)]));
    let id = bench.send_form(&format!("{path}/files"), &form, b"a").text("/0/id").to_owned();
    assert_eq!(bench.get(&path).text("/jsonBody/files/0/id"), id);
    bench.send("DELETE", &path, Value::Null);
    assert!(bench.sandbox.state.welkin.files.is_empty());
}
