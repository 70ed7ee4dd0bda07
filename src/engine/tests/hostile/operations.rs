//! Every operation of both tables under every fault: what arrives upstream, and whether `outcome` says
//! what the API did. The fake API keeps its own book of what arrived and what it carried out.

use std::cell::RefCell;
use std::rc::Rc;

use proptest::collection::vec;
use proptest::sample::select;
use serde_json::Value;

use super::super::stage::{Act, HOUR, Network, SECOND, Stage, Tokens};
use super::generated;
use super::instances::{Extent, arguments, operations, reply, send};
use crate::engine::{Arguments, Drift, Engine, Error, Failure, Options, Outcome, Reply, Settings};
use crate::operation::{Api, Operation, Repeat};

subjects! {
    every_operation_under_every_fault:
        "every operation of both APIs with the connection cut before, during and after the request, after the head, inside the body, with silence, endless, compressed, oversized and foreign bodies; the fault stays or passes",
        "an unsafe request never reaches the API a second time unless the first was turned away; `outcome` never says less or more than the fake API did; every call ends by its deadline, and nothing is left behind";
    every_operation_under_every_status:
        "every operation with every status from 100 to 599, carried out or not where the status leaves it open",
        "the same; a refusal is told as `rejected`, and what leaves it open as `unknown`";
    sequences_of_faults:
        "random sequences of up to six faults for random operations, numbers of repeats and deadlines",
        "the same, whatever came before";
}

/// What the API does with a request, and what of its answer comes back.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    None,
    /// The connection is not made.
    Unreachable,
    /// It is lost while the request is sent, or after the API carried it out.
    Lost {
        done: bool,
    },
    Silent {
        done: bool,
    },
    /// An answer of this status.
    Status {
        status: u16,
        done: bool,
    },
    /// The same, and the connection is lost inside the body.
    BodyLost {
        status: u16,
        done: bool,
    },
    BodyHangs {
        status: u16,
        done: bool,
    },
    /// The body is longer than any reply may be, 16 MiB each millisecond.
    BodyTooLong {
        status: u16,
        done: bool,
    },
    /// The body comes in small pieces for ever.
    BodyTrickles {
        status: u16,
        done: bool,
    },
    /// A success that holds something else.
    Foreign(&'static [u8]),
}

use Fault::*;

const GZIP: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03garbage\xff\xfe\x00";

/// The phases in which an exchange can be cut; each where the API has carried the request out, and
/// where it has not.
fn phases() -> Vec<Fault> {
    let mut faults = vec![
        Unreachable,
        Foreign(GZIP),
        Foreign(b"<!doctype html><title>Sign in</title>"),
        Foreign(b""),
        Foreign(b"{\"id\":"),
    ];
    for done in [false, true] {
        faults.extend([Lost { done }, Silent { done }]);
        for status in [500, 503] {
            faults.extend([
                Status { status, done },
                BodyLost { status, done },
                BodyHangs { status, done },
                BodyTooLong { status, done },
            ]);
        }
    }
    faults.extend([
        BodyLost { status: 200, done: true },
        BodyHangs { status: 200, done: true },
        BodyTooLong { status: 200, done: true },
        BodyTrickles { status: 200, done: true },
        BodyLost { status: 404, done: false },
        BodyHangs { status: 404, done: false },
        BodyTooLong { status: 404, done: false },
        BodyTrickles { status: 429, done: false },
        BodyLost { status: 401, done: false },
    ]);
    faults
}

/// A status, carried out or not where it can be either.
fn statuses(status: u16) -> Vec<Fault> {
    match status {
        200..300 => vec![Status { status, done: true }],
        // The API said that it did not.
        408 => [false, true].map(|done| Status { status, done }).into(),
        400..500 => vec![Status { status, done: false }],
        _ => [false, true].map(|done| Status { status, done }).into(),
    }
}

impl Fault {
    fn act(self, operation: &Operation) -> Act {
        match self {
            None => Act::bytes(200, &reply(operation, Extent::Required)),
            Unreachable | Lost { .. } => Act::lost(),
            Silent { .. } => Act::silence(),
            Status { status: status @ 200..300, .. } => {
                Act::bytes(status, &reply(operation, Extent::Required))
            }
            Status { status, .. } => Act::bytes(status, b"[]"),
            BodyLost { status, .. } => Act::body_lost(status),
            BodyHangs { status, .. } => Act::body_hangs(status),
            BodyTooLong { status, .. } => Act::body_endless(status, 1 << 24, 1),
            BodyTrickles { status, .. } => Act::body_endless(status, 1 << 10, SECOND),
            Foreign(bytes) => Act::bytes(200, bytes),
        }
    }

    /// Whether the API carried the request out.
    fn done(self) -> bool {
        match self {
            None | Foreign(_) => true,
            Unreachable => false,
            Lost { done }
            | Silent { done }
            | Status { done, .. }
            | BodyLost { done, .. }
            | BodyHangs { done, .. }
            | BodyTooLong { done, .. }
            | BodyTrickles { done, .. } => done,
        }
    }

    /// Whether the API told that it did not carry the request out.
    fn refused(self) -> bool {
        match self {
            Status { status, .. }
            | BodyLost { status, .. }
            | BodyHangs { status, .. }
            | BodyTooLong { status, .. }
            | BodyTrickles { status, .. } => (400..500).contains(&status) && status != 408,
            _ => false,
        }
    }

    /// Whether an unsafe request may be sent again after it, for it surely was not processed.
    fn turned_away(self, api: Api) -> bool {
        let status = match self {
            Status { status, .. }
            | BodyLost { status, .. }
            | BodyHangs { status, .. }
            | BodyTooLong { status, .. }
            | BodyTrickles { status, .. } => status,
            _ => return false,
        };
        status == 401 || (status == 429 && api == Api::InboxHealth)
    }
}

/// A client of each API, and the book of the fake API behind both.
struct World {
    stage: Stage,
    welkin: Engine<Network, Tokens>,
    inbox_health: Engine<Network, Tokens>,
    plan: Rc<RefCell<Vec<Fault>>>,
    book: Rc<RefCell<Vec<Fault>>>,
    operation: Rc<RefCell<Option<&'static Operation>>>,
}

impl World {
    fn new() -> Self {
        let stage = Stage::new();
        let calm = |mut settings: Settings| {
            settings.limit = Option::None;
            settings.drift = Drift::Strict;
            settings
        };
        let of = |settings| {
            let tokens = stage.source();
            stage.engine(calm(settings), Some(&tokens))
        };
        let welkin = of(Settings::welkin("gh", "sb-demo"));
        let inbox_health = of(Settings::inbox_health("https://inbox.example.test"));
        let (plan, book) = <(Rc<RefCell<Vec<Fault>>>, Rc<RefCell<Vec<Fault>>>)>::default();
        let operation = Rc::<RefCell<Option<&'static Operation>>>::default();
        let (faults, entries, of) = (plan.clone(), book.clone(), operation.clone());
        stage.network.always(move |_| {
            let mut faults = faults.borrow_mut();
            // The last one stays.
            let fault = if faults.len() > 1 { faults.remove(0) } else { faults[0] };
            entries.borrow_mut().push(fault);
            fault.act(of.borrow().unwrap())
        });
        World { stage, welkin, inbox_health, plan, book, operation }
    }

    /// Calls an operation while the API does by the plan, and compares what is told with its book.
    fn call(
        &self,
        api: Api,
        operation: &'static Operation,
        arguments: &Arguments,
        plan: Vec<Fault>,
        options: Options,
    ) {
        let engine = if api == Api::Welkin { &self.welkin } else { &self.inbox_health };
        let (timeout, repeats) = (options.timeout, options.retries.unwrap_or(Settings::RETRIES));
        let context = format!("{} {plan:?}", operation.id);
        self.book.borrow_mut().clear();
        *self.plan.borrow_mut() = plan;
        *self.operation.borrow_mut() = Some(operation);
        let begun = self.stage.clock.now();
        let result = self.stage.run(send(engine, operation, arguments, options));
        let took = self.stage.clock.now() - begun;
        assert!(took <= timeout.unwrap_or(Settings::TIMEOUT), "{context}: {took} ms");
        let sends = self.book.borrow().len();
        self.stage.pass(HOUR);
        let book = self.book.borrow();
        assert_eq!(book.len(), sends, "{context}: sent after the end");
        assert_eq!(self.stage.left(), (0, 0, 0), "{context}");
        check(api, operation, arguments, &book, &result, repeats, &context);
    }
}

fn check(
    api: Api,
    operation: &Operation,
    arguments: &Arguments,
    book: &[Fault],
    result: &Result<Reply, Error>,
    repeats: u32,
    context: &str,
) {
    let done = book.iter().filter(|fault| fault.done()).count();
    let doubtful = book.iter().filter(|fault| !fault.turned_away(api)).count();
    assert!((1..=2 + repeats as usize).contains(&book.len()), "{context}: {result:?}");
    if !may_be_repeated(operation, arguments) {
        assert!(doubtful <= 1, "{context}: reached the API {doubtful} times");
        assert!(done <= 1, "{context}: done {done} times");
    }
    match result {
        Ok(_) => assert!(book.last().unwrap().done(), "{context}: told of a success"),
        Err(error) => match error.outcome {
            Outcome::NotSent => panic!("{context}: {error} is told as not sent"),
            Outcome::Rejected => assert!(done == 0, "{context}: {error} is told as rejected"),
            Outcome::Unknown => {
                let clear = book.iter().all(|fault| fault.refused());
                assert!(!clear, "{context}: {error} is told as unknown");
            }
        },
    }
}

/// From the reference: `x-repeat`, and `x-repeat-adds` for bodies whose elements have no id.
fn may_be_repeated(operation: &Operation, arguments: &Arguments) -> bool {
    let text = arguments.body.as_deref().unwrap_or("null");
    let mut body: Value = serde_json::from_str(text).unwrap();
    operation.repeat == Repeat::Safe && nested(&mut body).next().is_none()
}

fn every_operation_under_every_fault() -> usize {
    let mut cases = 0;
    for (api, operation) in operations() {
        let world = World::new();
        for extent in [Extent::Required, Extent::Full] {
            let arguments = without_ids(operation, extent);
            for fault in phases() {
                for plan in [vec![fault], vec![fault, None]] {
                    world.call(api, operation, &arguments, plan, Options::default());
                    cases += 1;
                }
            }
        }
    }
    cases
}

/// Arguments whose nested records have no id where that creates one each time.
fn without_ids(operation: &Operation, extent: Extent) -> Arguments {
    let mut arguments = arguments(operation, extent);
    arguments.body = arguments.body.map(|body| {
        let mut body: Value = serde_json::from_str(&body).unwrap();
        for element in nested(&mut body) {
            element.as_object_mut().unwrap().remove("id");
        }
        body.to_string()
    });
    arguments
}

/// The nested records of a body.
fn nested(body: &mut Value) -> impl Iterator<Item = &mut Value> {
    let members = body.as_object_mut().into_iter().flatten();
    let arrays = members.filter(|(name, _)| name.ends_with("_attributes"));
    arrays.filter_map(|(_, array)| array.as_array_mut()).flatten()
}

fn every_operation_under_every_status() -> usize {
    let mut cases = 0;
    for (turn, (api, operation)) in operations().enumerate() {
        let world = World::new();
        let arguments = arguments(operation, Extent::Required);
        for status in 100..600 {
            // Carried out or not in turn, where it can be either.
            let faults = statuses(status);
            let fault = faults[turn % faults.len()];
            let options = Options { retries: Some(1), ..Options::default() };
            world.call(api, operation, &arguments, vec![fault], options);
            cases += 1;
        }
    }
    cases
}

fn sequences_of_faults() -> usize {
    let faults: Vec<Fault> =
        phases().into_iter().chain((100..600).flat_map(statuses)).chain([None]).collect();
    let strategy = (0..265_usize, vec(select(faults), 1..=6), 0..=4_u32, 1..60_000_u64);
    generated(5_000, strategy, |(at, plan, retries, timeout)| {
        let (api, operation) = operations().nth(at).unwrap();
        let options =
            Options { retries: Some(retries), timeout: Some(timeout), ..Options::default() };
        let arguments = without_ids(operation, Extent::Full);
        World::new().call(api, operation, &arguments, plan, options);
    })
}

#[test]
fn both_tables_are_whole() {
    assert_eq!(operations().count(), 265);
    // What the full arguments hold is taken by the check.
    for (api, operation) in operations() {
        let world = World::new();
        for extent in [Extent::Required, Extent::Full] {
            let engine = if api == Api::Welkin { &world.welkin } else { &world.inbox_health };
            *world.plan.borrow_mut() = vec![None];
            *world.operation.borrow_mut() = Some(operation);
            let arguments = without_ids(operation, extent);
            let result = world.stage.run(send(engine, operation, &arguments, Options::default()));
            let failure = result.err().map(|error| match error.failure {
                Failure::Config(argument) => argument.parameter,
                other => format!("{other:?}"),
            });
            assert_eq!(failure, Option::None, "{}", operation.id);
        }
    }
}
