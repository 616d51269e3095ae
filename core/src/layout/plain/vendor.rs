//! Scripts for several servers in one folder: each server gets its own, and what is for no server in particular.

use std::collections::{BTreeMap, BTreeSet};

use crate::layout::base_name;
use crate::sql::Dialect;

use super::{Direction, Script};

/// The server that a name of a file or folder is for, where it says so: `postgres` of `1_a.postgres.up.sql`.
fn vendor(part: &str) -> Option<Dialect> {
    match part {
        // A server of its own, which is not known here.
        "cockroach" | "cockroachdb" => Some(Dialect::Generic),
        _ => Dialect::from_name(part),
    }
}

/// The server that a script's name is for.
fn of_script(script: &Script) -> Option<Dialect> {
    base_name(&script.path).split('.').skip(1).find_map(vendor)
}

/// The server that a folder is for: the last of its parts that is the name of one.
pub(super) fn of_folder(folder: &str) -> Option<Dialect> {
    folder.rsplit('/').find_map(vendor)
}

/// Where names say which server a script is for, leaves the scripts of one: the wanted one, else the one with the most.
pub(super) fn keep_one(scripts: &mut Vec<Script>, wanted: Option<Dialect>) -> Option<Dialect> {
    let mut counts: BTreeMap<Dialect, usize> = BTreeMap::new();
    for dialect in scripts.iter().filter_map(of_script).filter(|dialect| *dialect != Dialect::Generic) {
        *counts.entry(dialect).or_default() += 1;
    }
    let most = counts.iter().max_by_key(|(dialect, count)| (**count, std::cmp::Reverse(**dialect)));
    let kept = wanted.filter(|wanted| counts.contains_key(wanted)).or(most.map(|(dialect, _)| *dialect))?;
    let own: BTreeSet<(String, Option<Direction>)> = scripts
        .iter()
        .filter(|script| of_script(script) == Some(kept))
        .map(|script| (script.version.clone(), script.first_direction()))
        .collect();
    scripts.retain(|script| match of_script(script) {
        Some(dialect) => dialect == kept,
        None => !own.contains(&(script.version.clone(), script.first_direction())),
    });
    Some(kept)
}
