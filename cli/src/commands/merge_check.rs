//! `merge-check`: whether two sets of migrations work in either order and leave the same schema.

use std::collections::BTreeMap;
use std::process::ExitCode;

use flightcheck_core::dependency::Script;
use flightcheck_core::render;
use flightcheck_core::report::{MergeReport, Named};

use crate::args::{Format, TwoSets};
use crate::sides::{ancestor, schema_of, sides};
use crate::{Failure, commands};

pub(crate) fn run(arguments: &TwoSets) -> Result<ExitCode, Failure> {
    let (mut a, mut b) = sides(arguments)?;
    let dialect = a.dialect;
    let before = ancestor(arguments, dialect)?;
    let name = if before.is_some() { "their common ancestor" } else { "what both have" };
    let (base, notes) = part(&mut a.named.scripts, &mut b.named.scripts, before.as_deref());
    let sets = [a.named.scripts.as_slice(), b.named.scripts.as_slice()];
    let schema = schema_of(arguments, &base, dialect, sets)?;
    let base = Named { name: name.to_owned(), scripts: base };
    let report = MergeReport::new(&base, &schema, &a.named, &b.named, notes);
    match arguments.format {
        Format::Human => commands::print(render::merge(&report))?,
        Format::Json => commands::print(render::json(&report))?,
    }
    Ok(commands::exit(report.verdict != "independent"))
}

/// Takes what both sets have out of them. What was there before and one side has edited is taken as that side has it; what
/// both have edited stays in both sets.
fn part(a: &mut Vec<Script>, b: &mut Vec<Script>, before: Option<&[Script]>) -> (Vec<Script>, Vec<String>) {
    let texts = |scripts: &[Script]| -> BTreeMap<String, String> {
        scripts.iter().map(|script| (script.name.clone(), text(script))).collect()
    };
    let (in_a, in_b) = (texts(a), texts(b));
    let in_base = before.map(texts);
    let (mut base, mut notes) = (Vec::new(), Vec::new());
    let mut shared = Vec::new();
    for script in before.unwrap_or(a) {
        let name = &script.name;
        let (one, other) = (in_a.get(name), in_b.get(name));
        let old = in_base.as_ref().and_then(|base| base.get(name));
        let taken = match (one, other) {
            (Some(one), Some(other)) if one == other || old == Some(other) => find(a, name),
            (Some(one), Some(_)) if old == Some(one) => find(b, name),
            (Some(_), Some(_)) => {
                notes.push(format!("both change {name}"));
                None
            }
            _ if old.is_some() => {
                notes.push(format!("{name} is gone from one of them"));
                Some(script.clone())
            }
            _ => None,
        };
        if let Some(taken) = taken {
            shared.push(name.clone());
            base.push(taken);
        }
    }
    // What both made since is there for both.
    for (name, text) in &in_a {
        if in_b.get(name) == Some(text) && !shared.contains(name) {
            shared.push(name.clone());
            base.extend(find(a, name));
        }
    }
    a.retain(|script| !shared.contains(&script.name));
    b.retain(|script| !shared.contains(&script.name));
    (base, notes)
}

fn find(scripts: &[Script], name: &str) -> Option<Script> {
    scripts.iter().find(|script| script.name == name).cloned()
}

fn text(script: &Script) -> String {
    script.reading.as_ref().map_or_else(String::new, |reading| reading.text.clone())
}
