//! `fix`: the fixes that findings offer, shown as a diff and applied.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use flightcheck_core::project::{Fixed, Project};
use flightcheck_core::render::harmless;
use similar::TextDiff;

use crate::args::Fix;
use crate::load::{Loaded, check, load};
use crate::{Failure, base, commands, environments};

pub(crate) fn run(arguments: &Fix) -> Result<ExitCode, Failure> {
    let mut loaded = load(&arguments.project)?;
    environments::compare(&mut loaded, &arguments.project, &arguments.compared)?;
    base::compare(&mut loaded, &arguments.compared, &arguments.project)?;
    let Loaded { project, folder, .. } = loaded;
    check(&project)?;
    let fixed = project.fixed(arguments.review).map_err(|_| "the project cannot be read any more".to_owned())?;
    let (before, after) = (texts(&project), texts(&fixed.project));
    let changed: BTreeSet<&String> =
        before.keys().chain(after.keys()).filter(|name| before.get(*name) != after.get(*name)).collect();
    for name in &changed {
        commands::print(diff(name, before.get(*name), after.get(*name)))?;
    }
    if !arguments.dry_run {
        for name in &changed {
            write(&folder.join(name), after.get(*name))?;
        }
    }
    commands::print(summary(&fixed, arguments.dry_run))?;
    Ok(commands::exit(false))
}

/// Every text that a fix may change, by its name.
fn texts(project: &Project) -> BTreeMap<String, String> {
    let scripts = project.files().iter().filter_map(|(path, file)| {
        let text = String::from_utf8(file.bytes().to_vec()).ok()?;
        Some((path.clone(), text))
    });
    let configuration = project.configuration_files().map(|(name, text)| (name.to_owned(), text.to_owned()));
    scripts.chain(configuration).collect()
}

fn diff(name: &str, before: Option<&String>, after: Option<&String>) -> String {
    let (old, new) = (before.map_or("", String::as_str), after.map_or("", String::as_str));
    let side = |text: Option<&String>, letter: char| match text {
        Some(_) => format!("{letter}/{}", harmless(name)),
        None => "/dev/null".to_owned(),
    };
    let diff = TextDiff::from_lines(old, new);
    let unified = diff.unified_diff().header(&side(before, 'a'), &side(after, 'b')).to_string();
    // Tabs stay: a diff is to be applied by others, too.
    let line = |line: &str| line.split('\t').map(harmless).collect::<Vec<_>>().join("\t") + "\n";
    unified.lines().map(line).collect()
}

fn write(path: &Path, text: Option<&String>) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(path);
    let done = match text {
        Some(text) => fs::create_dir_all(folder).and_then(|()| fs::write(path, text)),
        // Git keeps no empty folder, and tools that name migrations by folders would stumble over one.
        None => fs::remove_file(path).map(|()| drop(fs::remove_dir(folder))),
    };
    done.map_err(|error| format!("`{}` cannot be written: {error}", path.display()))
}

fn summary(fixed: &Fixed, dry_run: bool) -> String {
    let mut text = String::new();
    for fix in &fixed.applied {
        text += &format!("{}: {}\n", fix.rule, harmless(&fix.title));
    }
    let verb = if dry_run { "would be applied" } else { "applied" };
    let noun = if fixed.applied.len() == 1 { "fix" } else { "fixes" };
    text += &format!("{} {noun} {verb}", fixed.applied.len());
    if fixed.left_for_review > 0 {
        text += &format!("; --review applies {} more, which a person has to look at", fixed.left_for_review);
    }
    text + "\n"
}
