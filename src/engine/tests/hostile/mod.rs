//! What was tried to make a client hang, leak, double an effect or lie. Each subject counts its cases,
//! and `tests/HOSTILE.md` is written from the run: `HOSTILE=write cargo test --lib hostile`.

/// Declares the subjects of a file: for each the function that runs it and counts its cases, what is
/// tried, and what holds. Each becomes a test.
macro_rules! subjects {
    ($($run:ident: $tried:literal, $holds:literal;)*) => {
        pub static SUBJECTS: [super::Subject; [$(stringify!($run)),*].len()] =
            [$(super::Subject::new(file!(), $tried, $holds, $run)),*];

        mod subject {
            $(
                #[test]
                fn $run() {
                    let run: fn() -> usize = super::$run;
                    let subject = super::SUBJECTS.iter().find(|subject| subject.is(run));
                    assert!(subject.unwrap().cases() > 0);
                }
            )*
        }
    };
}

mod abort;
mod decoding;
mod instances;
mod network;
mod operations;
mod tokens;

use std::fmt::Debug;
use std::path::Path;
use std::sync::OnceLock;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

/// One thing that was tried. It is run once, whoever asks first.
pub struct Subject {
    file: &'static str,
    tried: &'static str,
    holds: &'static str,
    run: fn() -> usize,
    cases: OnceLock<usize>,
}

impl Subject {
    const fn new(
        file: &'static str,
        tried: &'static str,
        holds: &'static str,
        run: fn() -> usize,
    ) -> Self {
        Subject { file, tried, holds, run, cases: OnceLock::new() }
    }

    fn is(&self, run: fn() -> usize) -> bool {
        std::ptr::fn_addr_eq(self.run, run)
    }

    /// How many cases there were.
    fn cases(&self) -> usize {
        *self.cases.get_or_init(self.run)
    }
}

/// Tries so many generated values.
fn generated<S: Strategy>(values: u32, strategy: S, property: impl Fn(S::Value)) -> usize
where
    S::Value: Debug,
{
    let config = Config { cases: values, failure_persistence: None, ..Config::default() };
    let run = TestRunner::new(config).run(&strategy, |value| {
        property(value);
        Ok::<_, TestCaseError>(())
    });
    if let Err(failure) = run {
        panic!("{failure}");
    }
    values as usize
}

const NATIVE: &str = "## The core, natively\n";
const JAVASCRIPT: &str = "## In JavaScript: Node.js, Chromium and workerd\n";

#[test]
fn hostile_md_says_what_was_tried() {
    let files = [
        &tokens::SUBJECTS[..],
        &network::SUBJECTS,
        &operations::SUBJECTS,
        &abort::SUBJECTS,
        &decoding::SUBJECTS,
    ];
    let mut section = format!(
        "{NATIVE}\n\
         Written by the suite itself, with the numbers of its run: `HOSTILE=write cargo test --lib hostile`. The engine\n\
         stands on a stage (`src/engine/tests/stage`) where clocks, transport and token source are the test's. The stage\n\
         counts what is begun and what ends, and the fake API knows what it did.\n\n\
         | what was run | cases | what holds | where |\n| --- | --- | --- | --- |\n"
    );
    let mut all = 0;
    for subject in files.into_iter().flatten() {
        let cases = subject.cases();
        all += cases;
        let Subject { tried, holds, file, .. } = subject;
        let file = Path::new(file).file_name().unwrap().to_str().unwrap();
        section += &format!("| {tried} | {cases} | {holds} | `hostile/{file}` |\n");
    }
    section += &format!("| all | {all} | | |\n\n");

    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/HOSTILE.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (before, rest) = text.split_once(NATIVE).unwrap();
    let (_, after) = rest.split_once(JAVASCRIPT).unwrap();
    let text_now = [before, &section, JAVASCRIPT, after].concat();
    if std::env::var("HOSTILE").is_ok_and(|word| word == "write") {
        std::fs::write(path, &text_now).unwrap();
    } else {
        assert_eq!(text, text_now);
    }
}
