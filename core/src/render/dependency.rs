//! What `merge-check` and `equal` say, and the safety of a release's prefixes, for a terminal.

use std::fmt::Write;

use crate::report::{EqualReport, MergeReport, ReleasePrefix, ScriptPair};

use super::terminal::{bold, faint, styled};
use super::words::harmless;

/// The verdict on two sets, and every pair that may not change places.
#[must_use]
pub fn merge(report: &MergeReport) -> String {
    let (a, b) = (&report.a, &report.b);
    let mut text = format!("{} and {}: {}\n", harmless(&a.name), harmless(&b.name), styled(report.verdict, bold()));
    let _ = writeln!(
        text,
        "{}",
        styled(
            &format!(
                "{} and {} scripts over {} in common",
                a.scripts.len(),
                b.scripts.len(),
                report.base.scripts.len()
            ),
            faint()
        )
    );
    for pair in report.pairs.iter().filter(|pair| pair.verdict != "independent") {
        text += &one(pair);
    }
    text += &notes(&report.notes);
    text
}

fn one(pair: &ScriptPair) -> String {
    let names = format!("{} and {}", harmless(&pair.a), harmless(&pair.b));
    let mut text = format!("\n{names}: {}\n  {}\n", styled(pair.verdict, bold()), harmless(&pair.reason));
    if let Some(first) = &pair.first {
        let _ = writeln!(text, "  {} has to run first", harmless(first));
    }
    text
}

fn notes(notes: &[String]) -> String {
    notes.iter().map(|note| format!("{}\n", styled(&harmless(note), faint()))).collect()
}

/// Whether two sets make the same schema, and what differs.
#[must_use]
pub fn equal(report: &EqualReport) -> String {
    let (a, b) = (harmless(&report.a.name), harmless(&report.b.name));
    let mut text = match (report.equal, &report.reason) {
        (Some(true), _) => format!("{a} and {b} make the same schema\n"),
        (Some(false), _) => format!("{a} and {b} make different schemas\n"),
        (None, reason) => {
            let why = reason.as_deref().map_or_else(String::new, |why| format!(": {}", harmless(why)));
            format!("whether {a} and {b} make the same schema cannot be told{why}\n")
        }
    };
    for difference in &report.differences {
        let object = format!("{} {}", difference.object.kind.replace('-', " "), harmless(&difference.object.name));
        let _ = writeln!(text, "\n{}", styled(&object, bold()));
        for (name, definition) in [(&a, &difference.a), (&b, &difference.b)] {
            let said = match definition.as_deref() {
                None => "is not there".to_owned(),
                Some("") => "is there".to_owned(),
                Some(text) => harmless(text),
            };
            let _ = writeln!(text, "  {name}: {said}");
        }
    }
    text += &notes(&report.notes);
    text
}

/// What `check` adds where it is asked for pairs or prefixes.
pub(super) fn dependency(pairs: Option<&[ScriptPair]>, safe: Option<&[ReleasePrefix]>) -> String {
    let mut text = String::new();
    if let Some(pairs) = pairs {
        let bound: Vec<&ScriptPair> = pairs.iter().filter(|pair| pair.verdict != "independent").collect();
        if bound.is_empty() {
            text += "\nWhat runs needs nothing of what is passed over, and leaves the same\n";
        }
        text.extend(bound.into_iter().map(one));
    }
    if let Some(safe) = safe {
        let _ = write!(text, "\n{}", prefixes(safe));
    }
    text
}

/// After which scripts of a release the previous version of the application can still run.
#[must_use]
fn prefixes(prefixes: &[ReleasePrefix]) -> String {
    let mut text = format!("{}\n", styled("The previous version of the application can run", bold()));
    for prefix in prefixes {
        let verdict = match prefix.safe {
            Some(true) => "yes",
            Some(false) => "no",
            None => "unknown",
        };
        let _ = writeln!(text, "  after {}: {}", harmless(&prefix.after), styled(verdict, bold()));
        for reason in &prefix.reasons {
            let _ = writeln!(text, "    {}", styled(&harmless(reason), faint()));
        }
    }
    text
}
