//! `seal`: the SHA-256 of every applied script, or of all versioned ones where there is no history.

use std::fs;
use std::process::ExitCode;

use flightcheck_core::layout::Kind;
use flightcheck_core::project::Checked;
use flightcheck_core::seal::{FILE_NAME, Seal};

use crate::load::{Loaded, check, load_flyway};
use crate::{Failure, args, commands};

pub(crate) fn run(arguments: &args::Seal) -> Result<ExitCode, Failure> {
    let Loaded { project, folder, .. } = load_flyway(&arguments.project)?;
    let checked = check(&project)?;
    if let Some(refusal) = &checked.status.info_refused {
        return Err(format!("nothing is sealed, because Flyway refuses every command: {}", refusal.message));
    }
    let seal = seal(&checked);
    if arguments.stdout {
        commands::print(&seal)?;
    } else {
        let path = folder.join(FILE_NAME);
        fs::write(&path, seal.to_string())
            .map_err(|error| format!("`{}` cannot be written: {error}", path.display()))?;
        commands::print(format_args!("sealed {} scripts in {}\n", seal.paths().count(), path.display()))?;
    }
    Ok(commands::exit(false))
}

fn seal(checked: &Checked) -> Seal {
    let mut seal = Seal::default();
    let all = checked.snapshot.is_none();
    for info in &checked.status.infos {
        let Some(migration) = info.migration.map(|at| &checked.layout.migrations[at]) else { continue };
        let wanted = if all { migration.kind == Kind::Versioned } else { info.row.is_some() };
        if let Some(hash) = migration.sha256.filter(|_| wanted) {
            seal.insert(&migration.path, hash);
        }
    }
    seal
}
