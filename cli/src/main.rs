//! The terminal face of flightcheck: arguments, files, exit codes.

mod args;
mod base;
mod commands;
mod configuration;
mod environments;
mod git;
mod judging;
mod load;
mod progress;
mod sides;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};

/// Exit code for input that cannot be worked with.
const UNUSABLE: u8 = 2;

/// Why a command could not do its work: what to print.
type Failure = String;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    arguments.color.write_global();
    let outcome = match &arguments.command {
        Command::Check(check) => commands::check::run(check),
        Command::Info(info) => commands::info::run(info),
        Command::Plan(plan) => commands::plan::run(plan),
        Command::DraftUndo(draft) => commands::draft_undo::run(draft),
        Command::Simulate(simulate) => commands::simulate::run(simulate),
        Command::Seal(seal) => commands::seal::run(seal),
        Command::Fix(fix) => commands::fix::run(fix),
        Command::MergeCheck(compared) => commands::merge_check::run(compared),
        Command::Equal(compared) => commands::equal::run(compared),
        Command::Ratchet(ratchet) => commands::ratchet::run(ratchet),
        Command::Init(init) => commands::init::run(init),
        Command::Parse(parse) => commands::parse::run(parse),
        Command::Impact(impact) => commands::impact::run(impact),
        Command::Explain(explain) => commands::explain::run(explain),
        Command::Rules(rules) => commands::rules::run(rules),
        Command::Schema(schema) => commands::schema::run(schema),
        Command::Completions(completions) => commands::completions::run(completions),
        Command::Man => commands::man::run(),
    };
    match outcome {
        Ok(code) => code,
        Err(failure) => {
            say(&failure);
            ExitCode::from(UNUSABLE)
        }
    }
}

/// Says something on standard error. Names of files and columns come from strangers, and nobody may be listening.
fn say(text: &str) {
    let lines: Vec<String> = text.split('\n').map(flightcheck_core::render::harmless).collect();
    let _ = writeln!(anstream::stderr(), "{}", lines.join("\n"));
}
