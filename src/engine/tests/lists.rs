//! Lists over their pages, in every style of the references.

use serde_json::{Value, json};

use super::stage::{Act, Given, Network, SECOND, Stage, Tokens, operation};
use crate::engine::{
    Drift, Engine, Failure, Happening, Mismatch, Options, Outcome, Page, Position, Runtime,
};
use crate::inbox_health::invoices;
use crate::operation::{Api, Operation};
use crate::table;
use crate::welkin::patients;

/// Goes through all pages of a list.
fn walk(
    stage: &Stage,
    engine: &Engine<Network, Tokens>,
    operation: &'static Operation,
    given: Given,
) -> Vec<Page> {
    let arguments = given.arguments();
    stage.run(async {
        let mut pages = Vec::new();
        let mut position: Option<Position> = None;
        loop {
            let options = Options::default();
            let page = engine.page(operation, &arguments, options, position.as_ref()).await;
            let (_, page) = page.unwrap();
            position = page.next.clone();
            pages.push(page);
            if position.is_none() {
                return pages;
            }
        }
    })
}

/// The query of each request that was sent.
fn queries(stage: &Stage) -> Vec<String> {
    let sent = stage.network.sent();
    sent.iter().map(|sent| sent.url.split_once('?').map_or("", |(_, query)| query).into()).collect()
}

fn script(stage: &Stage, pages: impl IntoIterator<Item = Value>) {
    stage.network.script(pages.into_iter().map(Act::json));
}

fn records(pages: &[Page]) -> Vec<usize> {
    pages.iter().map(|page| page.records).collect()
}

/// An operation that no resource has yet, written as the line of a table.
fn declared(line: &str) -> &'static Operation {
    table::read(line).unwrap()[0]
}

#[test]
fn a_spring_list_counts_from_zero_and_keeps_its_filters() {
    let stage = Stage::new();
    script(
        &stage,
        [
            json!({ "content": [{}, {}], "last": false }),
            json!({ "content": [], "last": false }),
            json!({ "content": [{}], "last": true }),
        ],
    );
    let given = Given::nothing().query(json!({ "email": "ada@example.test", "size": 2 }));
    let welkin = stage.welkin();
    let list = operation(Api::Welkin, "patientsList");
    assert_eq!(records(&walk(&stage, welkin.engine(), list, given)), [2, 0, 1]);
    let filters = "email=ada%40example.test&size=2";
    let expected = [filters.into(), format!("{filters}&page=1"), format!("{filters}&page=2")];
    assert_eq!(queries(&stage), expected);
}

#[test]
fn a_list_that_is_a_post_repeats_its_body_on_every_page() {
    let stage = Stage::new();
    script(
        &stage,
        [json!({ "content": [{}], "last": false }), json!({ "content": [], "last": true })],
    );
    let filter = json!({ "key": "value" });
    let given = Given::nothing().body(filter.clone());
    let find = operation(Api::Welkin, "patientsFindByFilter");
    walk(&stage, stage.welkin().engine(), find, given);
    for sent in stage.network.sent() {
        assert_eq!(serde_json::from_str::<Value>(&sent.body.unwrap()).unwrap(), filter);
    }
}

#[test]
fn a_list_goes_on_from_the_page_that_was_asked_for() {
    let stage = Stage::new();
    script(
        &stage,
        [json!({ "content": [{}], "last": false }), json!({ "content": [], "last": true })],
    );
    let given = Given::nothing().query(json!({ "page": 4, "size": 1 }));
    let list = operation(Api::Welkin, "patientsList");
    walk(&stage, stage.welkin().engine(), list, given);
    assert_eq!(queries(&stage), ["page=4&size=1", "size=1&page=5"]);
}

#[test]
fn a_meta_info_list_ends_with_its_flag() {
    let stage = Stage::new();
    script(
        &stage,
        [
            json!({ "data": [{}], "metaInfo": { "lastPage": false } }),
            json!({ "data": [{}], "metaInfo": { "lastPage": true } }),
        ],
    );
    let given = Given::nothing().query(json!({ "ids": ["a", "b"] }));
    let list = operation(Api::Welkin, "usersList");
    let pages = walk(&stage, stage.welkin().engine(), list, given);
    assert_eq!((records(&pages), pages[0].items), (vec![1, 1], "data"));
    assert_eq!(queries(&stage), ["ids=a,b", "ids=a,b&page=1"]);
}

#[test]
fn a_numbered_list_counts_from_one_and_keeps_its_filters() {
    let stage = Stage::new();
    script(
        &stage,
        [
            json!({ "invoices": [{ "id": 1 }, { "id": 2 }] }),
            json!({ "invoices": [{ "id": 3 }] }),
            json!({ "invoices": [] }),
        ],
    );
    let given = Given::nothing().query(json!({ "filter": { "first_name": "Ada" }, "per_page": 2 }));
    let list = operation(Api::InboxHealth, "invoicesList");
    let pages = walk(&stage, stage.inbox_health().engine(), list, given);
    assert_eq!(records(&pages), [2, 1, 0]);
    let filters = "filter%5Bfirst_name%5D=Ada&per_page=2";
    let expected = [filters.into(), format!("{filters}&page=2"), format!("{filters}&page=3")];
    assert_eq!(queries(&stage), expected);
}

#[test]
fn a_server_that_does_not_count_is_told_by_a_page_that_repeats() {
    let stage = Stage::new();
    stage.network.always(|_| Act::json(json!({ "invoices": [{ "id": 1 }] })));
    let list = operation(Api::InboxHealth, "invoicesList");
    let pages = walk(&stage, stage.inbox_health().engine(), list, Given::nothing());
    let repeated: Vec<_> = pages.iter().map(|page| page.repeated).collect();
    assert_eq!(repeated, [false, true]);
}

#[test]
fn a_server_that_begins_again_is_told_by_a_page_that_was_there_before() {
    let stage = Stage::new();
    let page = |id: u64| Act::json(json!({ "invoices": [{ "id": id }] }));
    stage.network.always(move |sent| {
        let number = sent.url.split_once("page=").map_or("1", |(_, number)| number);
        page(number.parse::<u64>().unwrap() % 3)
    });
    let list = operation(Api::InboxHealth, "invoicesList");
    let pages = walk(&stage, stage.inbox_health().engine(), list, Given::nothing());
    let repeated: Vec<_> = pages.iter().map(|page| page.repeated).collect();
    assert_eq!(repeated, [false, false, false, true]);
}

#[test]
fn a_page_shorter_than_was_asked_for_does_not_end_a_numbered_list() {
    let stage = Stage::new();
    let page = |ids: &[u64]| {
        let invoices: Vec<Value> = ids.iter().map(|id| json!({ "id": id })).collect();
        json!({ "invoices": invoices })
    };
    // The server gives no more than two at once, whatever was asked for.
    script(&stage, [page(&[1, 2]), page(&[3, 4]), page(&[5]), page(&[])]);
    let given = Given::nothing().query(json!({ "per_page": 100 }));
    let list = operation(Api::InboxHealth, "invoicesList");
    let pages = walk(&stage, stage.inbox_health().engine(), list, given);
    assert_eq!(records(&pages), [2, 2, 1, 0]);
}

#[test]
fn a_page_token_stands_alone_for_it_holds_the_filters() {
    let stage = Stage::new();
    let page = |token: Value| json!({ "content": [{}], "meta": { "nextPageToken": token } });
    script(&stage, [page(json!("a b")), page(json!("c")), page(json!("a b"))]);
    let list =
        declared("chat.search|G/{tenantName}/{instanceName}/chat|query Isize TpageToken||{A|4");
    let given = Given::nothing().query(json!({ "query": "q", "size": 1 }));
    walk(&stage, stage.welkin().engine(), list, given);
    // The third page repeats the first token: that is the end.
    assert_eq!(queries(&stage), ["query=q&size=1", "pageToken=a%20b", "pageToken=c"]);
}

#[test]
fn a_cursor_replaces_the_start_and_keeps_the_filters() {
    let stage = Stage::new();
    script(
        &stage,
        [
            json!({ "data": [{}], "cursor": { "end": "x", "hasNext": true } }),
            json!({ "data": [], "cursor": { "end": "y" }, "hasNext": true }),
            json!({ "data": [{}], "cursor": { "end": "z", "hasNext": false } }),
        ],
    );
    let list = declared("exports.list|G/{tenantName}/{instanceName}/export|start kind||{A|5");
    let given = Given::nothing().query(json!({ "kind": "k", "start": "w" }));
    walk(&stage, stage.welkin().engine(), list, given);
    assert_eq!(queries(&stage), ["kind=k&start=w", "kind=k&start=x", "kind=k&start=y"]);
}

#[test]
fn lists_without_pages_are_one_page() {
    for (style, reply, items) in
        [(6, json!([1, 2]), ""), (7, json!({ "records": [1, 2] }), "records")]
    {
        let stage = Stage::new();
        script(&stage, [reply]);
        let list = declared(&format!("things.list|G/{{tenantName}}/things|||A|{style}"));
        let pages = walk(&stage, stage.welkin().engine(), list, Given::nothing());
        assert_eq!((records(&pages), pages[0].items), (vec![2], items));
    }
}

#[test]
fn a_reply_without_a_list_is_no_empty_list() {
    let records = Given::path(json!(["p", "cdt-vitals"]));
    let error = json!({ "error": "not configured" });
    for (api, id, given, reply, place) in [
        (Api::InboxHealth, "paymentsList", Given::nothing(), json!({ "payment": [] }), "payments"),
        (Api::InboxHealth, "invoicesList", Given::nothing(), error.clone(), "invoices"),
        (Api::Welkin, "patientsList", Given::nothing(), json!({}), "content"),
        (Api::Welkin, "usersList", Given::nothing(), error, "data"),
        (Api::Welkin, "cdtRecordsList", records, json!({ "data": {} }), "data.content"),
    ] {
        let arguments = given.arguments();
        for drift in [Drift::Report, Drift::Strict, Drift::Off] {
            let stage = Stage::new();
            script(&stage, [reply.clone()]);
            let welkin = stage.welkin_with(|settings| settings.drift = drift);
            let inbox = stage.inbox_health_with(|settings| settings.drift = drift);
            let engine = if api == Api::Welkin { welkin.engine() } else { inbox.engine() };
            let page = engine.page(operation(api, id), &arguments, Options::default(), None);
            let error = stage.run(page).map(drop).unwrap_err();
            let Failure::Decode(mismatch) = error.failure else { panic!("{id}") };
            assert_eq!((mismatch.place.as_str(), mismatch.expected), (place, "array"), "{id}");
            let failed = Happening::Failed { outcome: Outcome::Unknown };
            assert_eq!(stage.happenings().last(), Some(&failed), "{id}");
        }
    }
}

#[test]
fn null_in_place_of_a_list_that_is_always_there_is_drift() {
    let stage = Stage::new();
    script(&stage, [json!({ "patients": null })]);
    let inbox = stage.inbox_health();
    let list = operation(Api::InboxHealth, "patientsList");
    assert_eq!(records(&walk(&stage, inbox.engine(), list, Given::nothing())), [0]);
    let place = "patients".to_owned();
    let drift = Happening::Drift(Mismatch { place, expected: "array", found: "null" });
    assert!(stage.happenings().contains(&drift));
}

#[test]
fn observers_are_told_of_every_page() {
    let stage = Stage::new();
    script(
        &stage,
        [json!({ "content": [{}, {}], "last": false }), json!({ "content": [], "last": true })],
    );
    let list = operation(Api::Welkin, "patientsList");
    walk(&stage, stage.welkin().engine(), list, Given::nothing());
    let told: Vec<_> = stage
        .happenings()
        .into_iter()
        .filter(|happening| matches!(happening, Happening::Page { .. }))
        .collect();
    let expected =
        [Happening::Page { records: 2, last: false }, Happening::Page { records: 0, last: true }];
    assert_eq!(told, expected);
}

#[test]
fn nothing_is_sent_before_a_page_is_asked_for() {
    let stage = Stage::new();
    let welkin = stage.welkin();
    let pages = welkin.patients().list().pages().unwrap();
    stage.pass(SECOND);
    drop(pages);
    assert_eq!((stage.network.count(), stage.tokens.count()), (0, 0));
}

#[test]
fn a_page_that_failed_can_be_asked_for_again() {
    let stage = Stage::new();
    let page = |id: &str, last: bool| Act::json(json!({ "content": [{ "id": id }], "last": last }));
    stage.network.script([page("a", false), Act::status(404), page("b", true)]);
    let welkin = stage.welkin();
    let query = patients::list::Query { size: Some(1), ..Default::default() };
    let mut pages = welkin.patients().list().query(query).pages().unwrap();
    stage.run(async {
        let id = |page: Option<patients::PatientPage>| {
            page.map(|page| page.content.get().unwrap()[0].id.get().unwrap().clone())
        };
        assert_eq!(id(pages.next().await.unwrap()).as_deref(), Some("a"));
        assert!(matches!(pages.next().await.unwrap_err().failure, Failure::Api(_)));
        assert_eq!(id(pages.next().await.unwrap()).as_deref(), Some("b"));
        assert_eq!(id(pages.next().await.unwrap()), None);
        assert_eq!(id(pages.next().await.unwrap()), None);
    });
    assert_eq!(queries(&stage), ["size=1", "size=1&page=1", "size=1&page=1"]);
}

#[test]
fn a_page_that_repeats_is_not_given_twice() {
    let stage = Stage::new();
    stage.network.always(|_| Act::json(json!({ "invoices": [{ "id": 1 }] })));
    let inbox = stage.inbox_health();
    let mut pages = inbox.invoices().list().pages().unwrap();
    let count = stage.run(async {
        let mut count = 0;
        while let Some(invoices::InvoiceListResponse { .. }) = pages.next().await.unwrap() {
            count += 1;
        }
        count
    });
    assert_eq!((count, stage.network.count()), (1, 2));
}

#[test]
fn options_hold_for_every_page() {
    let stage = Stage::new();
    stage.network.script([
        Act::json(json!({ "content": [], "last": false })),
        Act::status(503),
        Act::silence(),
        Act::silence(),
    ]);
    let welkin = stage.welkin();
    let options = Options {
        retries: Some(0),
        timeout: Some(2 * SECOND),
        headers: vec![("x-one".into(), "1".into())],
        abort: Some(stage.clock.sleep(3 * SECOND)),
    };
    let mut pages = welkin.patients().list().options(options).pages().unwrap();
    stage.run(async {
        pages.next().await.unwrap();
        assert!(matches!(pages.next().await.unwrap_err().failure, Failure::Api(_)));
        assert!(matches!(pages.next().await.unwrap_err().failure, Failure::Timeout { .. }));
        assert!(matches!(pages.next().await.unwrap_err().failure, Failure::Abort));
        assert!(matches!(pages.next().await.unwrap_err().failure, Failure::Abort));
    });
    let sent = stage.network.sent();
    assert_eq!(sent.len(), 4);
    assert!(sent.iter().all(|sent| sent.header("x-one") == Some("1")));
}
