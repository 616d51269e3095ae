//! `draft-undo`: the undo script of a migration, written so that the proof accepts it.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use flightcheck_core::layout::plain::Place;
use flightcheck_core::render;
use flightcheck_core::report::DraftReport;

use crate::args::{DraftUndo, Format};
use crate::load::{Loaded, check, load};
use crate::{Failure, commands, say};

pub(crate) fn run(arguments: &DraftUndo) -> Result<ExitCode, Failure> {
    let Loaded { project, folder, .. } = load(&arguments.shown.project)?;
    let checked = check(&project)?;
    let draft = project
        .draft_undo(&checked, &arguments.migration)
        .map_err(|problem| format!("{}\n  help: {}", problem.message, problem.help))?;
    if arguments.write {
        write(&folder, &draft.place, &draft.text)?;
        say(&format!("wrote {}", render::harmless(draft.place.path())));
    }
    let report = DraftReport::new(&draft, arguments.write);
    match arguments.shown.format {
        Format::Json => commands::print(render::json(&report))?,
        Format::Human if arguments.write => {}
        Format::Human => commands::print(render::draft(&report))?,
    }
    Ok(commands::exit(!report.proved && report.class == "unproved"))
}

/// Writes the draft where it belongs. What is there stays.
fn write(folder: &Path, place: &Place, text: &str) -> Result<(), Failure> {
    let path = folder.join(place.path());
    let refuse = |why: &str| Err(format!("`{}` is not written: {why}", path.display()));
    let text = match place {
        Place::File { .. } if path.exists() => {
            return refuse("it is there already; without --write the draft is shown");
        }
        Place::File { .. } => text.to_owned(),
        Place::Section { there: true, .. } => {
            return refuse("it has an undo part already; without --write the draft is shown");
        }
        Place::Section { marker, .. } => {
            let old =
                fs::read_to_string(&path).map_err(|error| format!("`{}` cannot be read: {error}", path.display()))?;
            let end = if old.ends_with('\n') { "" } else { "\n" };
            format!("{old}{end}\n{marker}\n{text}")
        }
        Place::Nowhere { .. } => return refuse("the tool knows no undo scripts; without --write the draft is shown"),
    };
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|error| format!("`{}` cannot be made: {error}", parent.display()))?;
    }
    fs::write(&path, text).map_err(|error| format!("`{}` cannot be written: {error}", path.display()))
}
