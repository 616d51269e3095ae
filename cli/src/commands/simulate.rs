//! `simulate`: the history as it would be after a command.

use std::process::ExitCode;

use flightcheck_core::history::to_json;
use flightcheck_core::status::{Command, simulate};
use flightcheck_core::version::Version;

use crate::args::{Simulate, SimulatedCommand};
use crate::load::{check, load_flyway};
use crate::{Failure, commands, say};

pub(crate) fn run(arguments: &Simulate) -> Result<ExitCode, Failure> {
    let command = match arguments.command {
        SimulatedCommand::Migrate => Command::Migrate,
        SimulatedCommand::Repair => Command::Repair,
        SimulatedCommand::Baseline => Command::Baseline,
        SimulatedCommand::Undo => Command::Undo(arguments.to.as_deref().map(version).transpose()?),
    };
    let project = load_flyway(&arguments.project)?.project;
    let checked = check(&project)?;
    match simulate(&project.input(&checked.layout, checked.snapshot.as_ref()), &command) {
        Ok(rows) => {
            if matches!(command, Command::Undo(_)) {
                say("note: what undo writes follows Flyway's documentation; it was not observed");
            }
            let assumed = checked.status.plan.as_ref().is_ok_and(|plan| plan.otherwise.is_some());
            if command == Command::Migrate && assumed {
                say("note: the schema was taken to be empty; give `--schema-empty=false` if it is not");
            }
            commands::print(to_json(rows.as_deref()))?;
            Ok(commands::exit(false))
        }
        Err(refusal) => {
            let code = refusal.code.map_or_else(String::new, |code| format!(" [{code}]"));
            say(&format!("{} refuses{code}: {}", command.name(), refusal.message));
            Ok(commands::exit(true))
        }
    }
}

fn version(text: &str) -> Result<Version, Failure> {
    Version::parse(text).map_err(|_| format!("`{text}` is no version; give one such as 4.2"))
}
