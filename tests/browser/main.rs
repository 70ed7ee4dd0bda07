//! What only a browser can show of the binding: its fetch, its promises, its abort signals, its JSON
//! parser. The engine under it is tested natively (`src/engine/tests`).
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used)]

use carewire::Client;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::AbortController;

wasm_bindgen_test_configure!(run_in_browser);

/// One record of two fields, and the operation that reads it.
const TABLE: &str =
    "patients.get|G/{tenantName}/{instanceName}/patients/{patientId}|||(id Ivisits)|1";

/// A function of JavaScript.
fn function(arguments: &str, body: &str) -> Function {
    Function::new_with_args(arguments, body)
}

/// A fetch function; `log` in its body is an array that the test reads.
fn fetch(log: &Array, body: &str) -> Function {
    let make = format!("return async (url, init) => {{ {body} }};");
    let made = function("log", &make).call1(&JsValue::UNDEFINED, log);
    made.unwrap().unchecked_into()
}

/// Notes each request and answers it.
fn answering(log: &Array, answer: &str) -> Function {
    fetch(log, &format!("log.push({{ url, init }}); return {answer};"))
}

fn object(properties: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in properties {
        Reflect::set(&object, &(*name).into(), value).unwrap();
    }
    object.into()
}

fn get(of: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(of.clone(), |of, name| Reflect::get(&of, &name.into()).unwrap())
}

fn text(of: &JsValue, path: &str) -> Option<String> {
    get(of, path).as_string()
}

/// JSON text of an object, with further properties.
fn json(of: &[(&str, JsValue)], more: &[(&str, JsValue)]) -> String {
    let all: Vec<_> = of.iter().chain(more).cloned().collect();
    js_sys::JSON::stringify(&object(&all)).unwrap().into()
}

/// A client over this fetch function, with further settings; functions are handed over beside them.
fn client(fetch: Function, more: &[(&str, JsValue)]) -> Client {
    let own = [("api", "welkin".into()), ("baseUrl", "https://api.example.test".into())];
    let named = |name: &str| {
        let found = more.iter().find(|(of, value)| *of == name && value.is_function());
        found.map_or(JsValue::UNDEFINED, |(_, function)| function.clone())
    };
    Client::new(TABLE, &json(&own, more), fetch, named("auth"), named("onEvent")).unwrap()
}

/// A promise that the signal is aborted, as the façade makes one.
fn aborted(signal: &JsValue) -> Promise {
    let made = function(
        "signal",
        "return new Promise((resolve) => signal.aborted ? resolve() : signal.addEventListener('abort', resolve))",
    );
    made.call1(&JsValue::UNDEFINED, signal).unwrap().unchecked_into()
}

fn call_of(id: &str, more: &[(&str, JsValue)]) -> String {
    let path = Array::of1(&id.into()).into();
    let own = [("form", "record".into()), ("operation", "patientsGet".into()), ("path", path)];
    json(&own, more)
}

/// The promise that the façade makes of a call.
fn promise(client: &Client, call: &str, aborted: &JsValue) -> Promise {
    Promise::new(&mut |resolve, reject| {
        client.call(call.to_owned(), JsValue::UNDEFINED, aborted.clone(), resolve, reject);
    })
}

async fn read(client: &Client, more: &[(&str, JsValue)]) -> Result<JsValue, JsValue> {
    JsFuture::from(promise(client, &call_of("p", more), &JsValue::UNDEFINED)).await
}

async fn read_until(client: &Client, signal: &JsValue) -> Result<JsValue, JsValue> {
    JsFuture::from(promise(client, &call_of("p", &[]), &aborted(signal))).await
}

async fn read_plainly(client: &Client) -> Result<JsValue, JsValue> {
    read(client, &[]).await
}

/// The header that the first noted request carried.
fn authorization(log: &Array) -> Option<String> {
    let headers = get(&log.get(0), "init.headers");
    let read = function("headers", "return headers.get('authorization')");
    read.call1(&JsValue::UNDEFINED, &headers).unwrap().as_string()
}

mod fetching {
    use super::*;

    #[wasm_bindgen_test]
    async fn the_fetch_of_the_browser_brings_a_reply() {
        let body = r#"{"id":"p","visits":3}"#;
        let url = function("body", "return URL.createObjectURL(new Blob([body]))");
        let url = url.call1(&JsValue::UNDEFINED, &body.into()).unwrap().as_string().unwrap();
        // What a client puts behind the address of a blob is its fragment.
        let real = function("url, init", "return fetch(url, init)");
        let client = client(real, &[("baseUrl", format!("{url}#").into())]);
        let patient = read_plainly(&client).await.unwrap();
        assert_eq!(get(&patient, "visits").as_f64(), Some(3.0));
    }

    #[wasm_bindgen_test]
    async fn a_fetch_of_the_browser_that_fails_is_a_lost_connection() {
        let real = function("url, init", "return fetch(url, init)");
        let gone = "blob:https://api.example.test/00000000-0000-4000-8000-000000000000#";
        let client = client(real, &[("baseUrl", gone.into()), ("retries", 0.into())]);
        let error = read_plainly(&client).await.unwrap_err();
        assert_eq!(text(&error, "kind").as_deref(), Some("network"));
        let message = "patientsGet: the connection failed or was lost";
        assert_eq!(text(&error, "message").as_deref(), Some(message));
    }

    #[wasm_bindgen_test]
    async fn a_body_that_breaks_off_is_a_lost_connection() {
        let log = Array::new();
        let broken = "new Response(new ReadableStream({ pull: (to) => to.error(new Error('p')) }))";
        let client = client(answering(&log, broken), &[("retries", 0.into())]);
        let error = read_plainly(&client).await.unwrap_err();
        assert_eq!(text(&error, "kind").as_deref(), Some("network"));
        assert_eq!(text(&error, "outcome").as_deref(), Some("unknown"));
    }

    #[wasm_bindgen_test]
    async fn what_is_no_response_is_a_lost_connection_and_no_panic() {
        for answer in ["undefined", "null", "{}", "{ status: 200 }", "'text'"] {
            let log = Array::new();
            let client = client(answering(&log, answer), &[("retries", 0.into())]);
            let error = read_plainly(&client).await.unwrap_err();
            assert_eq!(text(&error, "kind").as_deref(), Some("network"), "{answer}");
        }
    }

    #[wasm_bindgen_test]
    async fn redirects_are_not_followed_and_no_mode_is_chosen() {
        let log = Array::new();
        let client = client(answering(&log, "Response.json({ id: 'p' })"), &[]);
        read_plainly(&client).await.unwrap();
        let request = log.get(0);
        assert_eq!(
            text(&request, "url").as_deref(),
            Some("https://api.example.test/-/-/patients/p")
        );
        assert_eq!(text(&request, "init.redirect").as_deref(), Some("manual"));
        assert!(get(&request, "init.mode").is_undefined());
        assert!(get(&request, "init.credentials").is_undefined());
    }
}

mod providers {
    use super::*;

    async fn sent_with(provider: &str) -> Option<String> {
        let log = Array::new();
        let fetch = answering(&log, "Response.json({ id: 'p' })");
        let client = client(fetch, &[("auth", function("request", provider).into())]);
        read_plainly(&client).await.unwrap();
        authorization(&log)
    }

    #[wasm_bindgen_test]
    async fn a_provider_may_answer_at_once_or_later_and_with_or_without_an_end() {
        for provider in [
            "return 't'",
            "return Promise.resolve('t')",
            "return { token: 't' }",
            "return { token: 't', expiresAt: new Date(Date.now() + 60_000) }",
            "return { token: 't', expiresAt: Date.now() + 60_000 }",
            "return { token: 't', expiresAt: new Date(Date.now() + 60_000).toISOString() }",
            "return { then: (resolve) => setTimeout(resolve, 0, 't') }",
        ] {
            assert_eq!(sent_with(provider).await.as_deref(), Some("Bearer t"), "{provider}");
        }
    }

    #[wasm_bindgen_test]
    async fn a_provider_is_told_what_is_asked_of_it() {
        let provider =
            "return request.signal instanceof AbortSignal ? `force-${request.forceRefresh}` : ''";
        assert_eq!(sent_with(provider).await.as_deref(), Some("Bearer force-false"));
    }

    #[wasm_bindgen_test]
    async fn a_provider_that_throws_or_rejects_is_the_cause_of_a_token_error() {
        for provider in ["throw new Error('x')", "return Promise.reject(new Error('x'))"] {
            let log = Array::new();
            let fetch = answering(&log, "Response.json({})");
            let client = client(fetch, &[("auth", function("", provider).into())]);
            let error = read_plainly(&client).await.unwrap_err();
            assert_eq!(text(&error, "kind").as_deref(), Some("token"));
            assert_eq!(text(&error, "reason").as_deref(), Some("provider_failed"));
            assert_eq!(text(&error, "cause.message").as_deref(), Some("x"));
            assert_eq!(log.length(), 0);
        }
    }

    #[wasm_bindgen_test]
    async fn what_is_no_token_is_a_token_error() {
        for provider in
            ["", "return null", "return 5", "return {}", "return { token: 't', expiresAt: {} }"]
        {
            let log = Array::new();
            let fetch = answering(&log, "Response.json({})");
            let client = client(fetch, &[("auth", function("", provider).into())]);
            let error = read_plainly(&client).await.unwrap_err();
            assert_eq!(text(&error, "reason").as_deref(), Some("malformed"), "{provider}");
            assert_eq!(log.length(), 0);
        }
    }
}

mod endings {
    use super::*;

    /// Notes the request, gives the caller's signal up, and never answers.
    const ABORTED: &str = "
        log.push({ url, init });
        queueMicrotask(() => log.caller.abort());
        return new Promise(() => {});";

    #[wasm_bindgen_test]
    async fn an_abort_signal_ends_the_call_and_the_fetch_under_it() {
        let (log, caller) = (Array::new(), AbortController::new().unwrap());
        Reflect::set(&log, &"caller".into(), &caller).unwrap();
        let client = client(fetch(&log, ABORTED), &[]);
        let error = read_until(&client, &caller.signal()).await.unwrap_err();
        assert_eq!(text(&error, "kind").as_deref(), Some("abort"));
        assert_eq!(text(&error, "outcome").as_deref(), Some("unknown"));
        assert_eq!(get(&log.get(0), "init.signal.aborted"), JsValue::TRUE);
    }

    #[wasm_bindgen_test]
    async fn a_signal_that_is_not_aborted_lets_calls_succeed() {
        let (log, caller) = (Array::new(), AbortController::new().unwrap());
        let client = client(answering(&log, "Response.json({ id: 'p' })"), &[]);
        for _ in 0..3 {
            read_until(&client, &caller.signal()).await.unwrap();
        }
        assert_eq!(log.length(), 3);
        // What is done is not aborted afterwards either.
        assert_eq!(get(&log.get(0), "init.signal.aborted"), JsValue::FALSE);
    }

    #[wasm_bindgen_test]
    async fn the_deadline_is_kept_by_a_timer_of_the_browser() {
        let log = Array::new();
        let client =
            client(fetch(&log, "log.push({ url, init }); return new Promise(() => {});"), &[]);
        let error = read(&client, &[("timeoutMs", 20.into())]).await.unwrap_err();
        assert_eq!(text(&error, "kind").as_deref(), Some("timeout"));
        assert_eq!(get(&log.get(0), "init.signal.aborted"), JsValue::TRUE);
    }

    #[wasm_bindgen_test]
    async fn the_provider_of_a_call_that_ended_early_still_serves_the_next() {
        let log = Array::new();
        let provider = "return new Promise((resolve) => setTimeout(resolve, 50, 't'))";
        let fetch = answering(&log, "Response.json({ id: 'p' })");
        let client = client(fetch, &[("auth", function("", provider).into())]);
        read(&client, &[("timeoutMs", 5.into())]).await.unwrap_err();
        read_plainly(&client).await.unwrap();
        assert_eq!(log.length(), 1);
    }
}

mod replies {
    use super::*;

    async fn reply(body: &str, events: &Array) -> Result<JsValue, JsValue> {
        let log = Array::new();
        Reflect::set(&log, &"body".into(), &body.into()).unwrap();
        let observer =
            function("events", "return (event) => { events.push(event); throw new Error('x'); }");
        let observer = observer.call1(&JsValue::UNDEFINED, events).unwrap();
        let client = client(answering(&log, "new Response(log.body)"), &[("onEvent", observer)]);
        read_plainly(&client).await
    }

    #[wasm_bindgen_test]
    async fn the_parser_of_the_browser_keeps_unknown_fields_and_their_order() {
        let body =
            r#"{"zeta":1,"id":"p","added":{"deep":[null,{"é":"\u00e9"}]},"__proto__":{"x":1}}"#;
        let patient = reply(body, &Array::new()).await.unwrap();
        let again = js_sys::JSON::stringify(&patient).unwrap().as_string().unwrap();
        assert_eq!(again, body.replace("\\u00e9", "é"));
        assert!(!Array::is_array(&patient) && patient.is_object());
    }

    #[wasm_bindgen_test]
    async fn drift_reaches_an_observer_that_throws_and_harms_no_call() {
        let events = Array::new();
        let patient = reply(r#"{"id":5,"visits":9007199254740993}"#, &events).await.unwrap();
        assert_eq!(get(&patient, "id").as_f64(), Some(5.0));
        let drift: Vec<_> = events
            .iter()
            .filter(|event| text(event, "type").as_deref() == Some("drift"))
            .map(|event| (text(&event, "path").unwrap(), text(&event, "found").unwrap()))
            .collect();
        assert_eq!(drift, [("id".into(), "number".into()), ("visits".into(), "number".into())]);
    }

    #[wasm_bindgen_test]
    async fn what_the_parser_refuses_is_a_decode_error_that_quotes_nothing() {
        for body in ["<html>Ada</html>", "{\"id\":\"Ada\n\"}", "{\"id\":\"Ada\",}", "[1 2]"] {
            let error = reply(body, &Array::new()).await.unwrap_err();
            assert_eq!(text(&error, "kind").as_deref(), Some("decode"), "{body}");
            assert!(!text(&error, "message").unwrap().contains("Ada"));
        }
    }

    #[wasm_bindgen_test]
    async fn overlapping_calls_of_one_client_end_each_with_its_own_reply() {
        let log = Array::new();
        let later = "
            log.push(url);
            await new Promise((resolve) => setTimeout(resolve, 20 - 5 * log.length));
            return Response.json({ id: url.split('/').at(-1) });";
        let client = client(fetch(&log, later), &[]);
        let calls: Array = ["a", "b", "c"]
            .iter()
            .map(|id| promise(&client, &call_of(id, &[]), &JsValue::UNDEFINED))
            .collect();
        // Freed while its calls are under way.
        drop(client);
        let replies = JsFuture::from(js_sys::Promise::all(&calls)).await.unwrap();
        let ids: Vec<_> =
            Array::from(&replies).iter().map(|reply| text(&reply, "id").unwrap()).collect();
        assert_eq!(ids, ["a", "b", "c"]);
    }
}

/// A front end in Rust, without the package.
mod rust {
    use std::rc::Rc;

    use carewire::engine::{Settings, Token, TokenError, TokenRequest, TokenSource};
    use carewire::welkin::Welkin;
    use carewire::{GlooTransport, JavaScriptRuntime};
    use futures_util::future::{LocalBoxFuture, ready};

    use super::*;

    struct OneToken;

    impl TokenSource for OneToken {
        fn token(&self, _: TokenRequest) -> LocalBoxFuture<'static, Result<Token, TokenError>> {
            Box::pin(ready(Ok(Token { secret: "t".into(), expires_at: None })))
        }
    }

    #[wasm_bindgen_test]
    async fn a_front_end_in_rust_calls_through_the_fetch_of_the_browser() {
        let (log, window) = (Array::new(), js_sys::global());
        let own = get(&window, "fetch");
        let answer = "Response.json({ id: 'p', firstName: 'Ada' })";
        let made = fetch(&log, &format!("log.push(url); return {answer};"));
        Reflect::set(&window, &"fetch".into(), &made).unwrap();
        let settings = Settings::welkin("gh", "sb-demo");
        let runtime = Rc::new(JavaScriptRuntime { isolates_callers: false });
        let welkin = Welkin::new(settings, GlooTransport, Some(OneToken), runtime);
        let patient = welkin.patients().get("p").await;
        Reflect::set(&window, &"fetch".into(), &own).unwrap();
        assert_eq!(patient.unwrap().firstName.get().map(String::as_str), Some("Ada"));
        let request = log.get(0);
        let sent = get(&request, "url").as_string().unwrap();
        assert!(sent.ends_with("/gh/sb-demo/patients/p"));
        let headers = get(&request, "headers");
        let get_header: Function = get(&headers, "get").unchecked_into();
        let given = get_header.call1(&headers, &"authorization".into()).unwrap();
        assert_eq!(given.as_string().as_deref(), Some("Bearer t"));
        assert_eq!(text(&request, "redirect").as_deref(), Some("manual"));
    }
}
