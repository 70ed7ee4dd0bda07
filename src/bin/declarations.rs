//! Writes `operations.js` and `operations.d.ts` into the folder that is its argument.

use std::path::PathBuf;
use std::{env, fs, io};

use carewire::declarations::{namespace, table_module};
use carewire::operation::Api;

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args().nth(1).unwrap_or_else(|| "target/declarations".into()));
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("operations.js"), table_module())?;
    let declarations = [Api::Welkin, Api::InboxHealth].map(namespace).join("\n");
    fs::write(folder.join("operations.d.ts"), declarations)
}
