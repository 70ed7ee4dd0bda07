use super::own;
use crate::engine::Arguments;
use crate::engine::check::{Rule, check};
use crate::engine::request::prepare;
use crate::table::read;

/// The text of a table. The build writes it, so it need not be defended against; but a table that is cut
/// off or spoilt on its way must be refused, or at least do no worse than name other operations: calls of
/// whatever was read must not panic.
pub fn tables(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Some(operations) = read(&text) else { return };
    assert!(operations.len() <= text.lines().count());
    for operation in operations {
        let values = vec!["7"; operation.segments.len()].join(",");
        let path = ["[", &values, "]"].concat();
        let body = Some(r#"{"id":1,"a":[{"b":null}]}"#.to_string());
        let arguments =
            Arguments { path, query: Some("{}".to_string()), body, ..Arguments::default() };
        if let Ok(prepared) = prepare(operation, &own(), &arguments, None, false) {
            assert_eq!(prepared.target.split('/').count(), operation.path.split('/').count());
        }
        if let Some(reply) = operation.reply {
            let rule = Rule::Reply { lenient: false };
            let text = br#"{"id":1,"a":[{"b":null}]}"#;
            assert!(check(text, &reply.of, reply.envelope, rule, &mut |_| ()).is_ok());
        }
    }
}
