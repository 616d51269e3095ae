//! One file for each command.

pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod fix;
pub(crate) mod impact;
pub(crate) mod info;
pub(crate) mod man;
pub(crate) mod parse;
pub(crate) mod plan;
pub(crate) mod rules;
pub(crate) mod schema;
pub(crate) mod seal;
pub(crate) mod simulate;

use std::fmt::Display;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use crate::Failure;

/// 1 where something was found or refused.
fn exit(found: bool) -> ExitCode {
    ExitCode::from(u8::from(found))
}

/// Prints to standard output. A reader that has gone away, such as `head`, is no failure; a full disk is.
fn print(text: impl Display) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    match write!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("the output cannot be written: {error}")),
        _ => Ok(()),
    }
}
