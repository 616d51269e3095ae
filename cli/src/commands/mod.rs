//! One file for each command.

pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod info;
pub(crate) mod parse;
pub(crate) mod plan;
pub(crate) mod rules;
pub(crate) mod seal;
pub(crate) mod simulate;

use std::process::ExitCode;

/// 1 where something was found or refused.
fn exit(found: bool) -> ExitCode {
    ExitCode::from(u8::from(found))
}
