//! The verdict in words, the same for every format that people read.

use std::collections::BTreeSet;

use crate::environment::PENDING_CODES;
use crate::finding::Severity;
use crate::impact::Stops;
use crate::report::{Refused, Report, Rollback, ScriptImpact, SuppressedBy, ValidateError};
use crate::settings::Percent;

use super::View;
use super::words::{counted, joined};

/// How good a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Good,
    Bad,
    Plain,
}

/// One line of a verdict: what it is about, and what there is to say.
pub(super) struct Line {
    pub(super) tone: Tone,
    pub(super) title: String,
    pub(super) rest: String,
}

impl Line {
    fn new(tone: Tone, title: impl Into<String>, rest: impl Into<String>) -> Self {
        Self { tone, title: title.into(), rest: rest.into() }
    }
}

/// `1 error, 2 warnings`; empty where nothing was found.
pub(super) fn counts(view: &View<'_>) -> Vec<(Severity, String)> {
    let count = |severity| view.findings().iter().filter(|finding| finding.severity == severity).count();
    [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .filter(|severity| count(*severity) > 0)
        .map(|severity| (severity, counted(count(severity), severity_in_words(severity))))
        .collect()
}

/// What a finding of that severity is called.
pub(super) fn severity_in_words(severity: Severity) -> &'static str {
    if severity == Severity::Info { "note" } else { severity.as_str() }
}

/// Whether the check fails, and what was found.
pub(super) fn headline(view: &View<'_>) -> Line {
    let counts: Vec<String> = counts(view).into_iter().map(|(_, count)| count).collect();
    match (view.findings().iter().any(|finding| view.fails(finding)), counts.is_empty()) {
        (true, _) => Line::new(Tone::Bad, "fails", counts.join(", ")),
        (false, true) => Line::new(Tone::Good, "passes", "nothing found"),
        (false, false) => Line::new(Tone::Good, "passes", counts.join(", ")),
    }
}

/// What the tool itself would say and do.
pub(super) fn of_tool(report: &Report) -> Vec<Line> {
    if report.tool.is_flyway() {
        return vec![validate(report), migrate(report)];
    }
    let scripts = counted(report.checked.migrations, "migration");
    vec![Line::new(Tone::Plain, report.tool.name, format!(": {scripts}"))]
}

/// What `validate` would say.
pub(super) fn validate(report: &Report) -> Line {
    if let Some(refused) = report.refused.iter().find(|refused| refused.command == "validate") {
        return refusal("validate refuses", refused);
    }
    if report.validate.ok {
        return Line::new(Tone::Good, "validate passes", "");
    }
    let (pending, others) = errors(report);
    match (pending, others.len()) {
        (pending, 0) => {
            let count = counted(pending, "migration");
            Line::new(Tone::Plain, format!("validate fails only for what is pending: {count}"), "")
        }
        (0, others) => Line::new(Tone::Bad, format!("validate fails: {}", counted(others, "error")), ""),
        (pending, others) => {
            let rest = format!(", and {pending} pending");
            Line::new(Tone::Bad, format!("validate fails: {}", counted(others, "error")), rest)
        }
    }
}

/// What `migrate` would do.
pub(super) fn migrate(report: &Report) -> Line {
    let refused = report.refused.iter().find(|refused| refused.command == "migrate");
    match (&report.plan, refused) {
        (None, Some(refused)) => refusal("migrate refuses", refused),
        (Some(plan), _) if plan.is_empty() => Line::new(Tone::Plain, "migrate would apply", " nothing"),
        (plan, _) => {
            let count = plan.as_ref().map_or(0, Vec::len);
            Line::new(Tone::Plain, "migrate would apply", format!(" {}", counted(count, "script")))
        }
    }
}

fn refusal(title: &str, refused: &Refused) -> Line {
    let code = refused.code.map_or_else(String::new, |code| format!(" [{code}]"));
    Line::new(Tone::Bad, title, format!("{code}: {}", refused.message))
}

/// What `validate` objects to: how often only to what is pending, and everything else.
pub(super) fn errors(report: &Report) -> (usize, Vec<&ValidateError>) {
    let ignored: BTreeSet<&Option<String>> =
        report.migrations.iter().filter(|line| line.state == "Ignored").map(|line| &line.version).collect();
    let is_pending = |error: &&ValidateError| PENDING_CODES.contains(&error.code) && !ignored.contains(&error.version);
    let (pending, others): (Vec<_>, Vec<_>) = report.validate.errors.iter().partition(is_pending);
    (pending.len(), others)
}

/// Who waits, in words.
pub(super) fn waits(stops: Stops) -> &'static str {
    match (stops.reads, stops.writes) {
        (true, true) => "reads and writes wait",
        (true, false) => "reads wait",
        (false, true) => "writes wait",
        (false, false) => "nobody waits",
    }
}

/// What others notice of a script.
pub(super) struct Noticed<'a> {
    /// Who waits; both false where nobody does.
    pub(super) stops: Stops,
    /// The same in words, or why nothing can be said.
    pub(super) says: String,
    /// The relations for which they wait.
    pub(super) relations: Vec<&'a str>,
}

/// What others notice of a script: the worst that they have to wait for.
pub(super) fn noticed(script: &ScriptImpact) -> Noticed<'_> {
    let nobody = |says: String| Noticed { stops: Stops::NOBODY, says, relations: Vec::new() };
    if script.unknown {
        return nobody("unknown: it is no SQL".to_owned());
    }
    if let Some(strongest) = script.strongest() {
        let stops = strongest.stops();
        let locks = script.locks.iter().filter(|lock| lock.stops() == stops);
        let relations = distinct(locks.map(|lock| lock.relation.as_str()));
        return Noticed { stops, says: waits(stops).to_owned(), relations };
    }
    let rows = distinct(script.statements.iter().flat_map(|statement| &statement.locks_rows).map(String::as_str));
    if rows.is_empty() {
        return nobody(waits(Stops::NOBODY).to_owned());
    }
    Noticed { stops: Stops::WRITERS, says: "writes to the same rows wait".to_owned(), relations: rows }
}

/// The lines of the statements of a script that the server refuses.
pub(super) fn failing(script: &ScriptImpact) -> Vec<usize> {
    let failing = script.statements.iter().filter(|statement| statement.fails.is_some());
    failing.map(|statement| statement.line).collect()
}

/// Each name once, in the order in which they come.
fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    names.filter(|name| seen.insert(*name)).collect()
}

/// What was checked and what was not, one sentence each.
pub(super) fn coverage(report: &Report) -> Vec<String> {
    let checked = &report.checked;
    let mut lines = vec![format!(
        "{}, {} and {} among {}",
        counted(checked.migrations, "migration"),
        counted(checked.undo, "undo script"),
        counted(checked.callbacks, "callback"),
        counted(checked.files, "file"),
    )];
    if !checked.unread.is_empty() {
        let files = checked.unread.iter().map(|unread| format!("`{}`: {}", unread.file, unread.why));
        lines.push(format!("{} could not be read: {}", counted(checked.unread.len(), "file"), joined(files, 5)));
    }
    lines.extend(report.sql.iter().flat_map(sql));
    lines.extend(report.rollback.as_ref().and_then(rollback));
    if let Some(rules) = &report.rules {
        let mut why: Vec<&str> = rules.off.iter().map(|rule| rule.why.as_str()).collect();
        why.sort_unstable();
        why.dedup();
        let why = if why.is_empty() { String::new() } else { format!(" ({})", why.join(", ")) };
        lines.push(format!("{} on, {} off{why}", counted(rules.on.len(), "rule"), rules.off.len()));
    }
    lines.extend(suppressed(report));
    lines.extend(elsewhere(report));
    lines
}

/// How many migrations can be taken back, in projects that write undo scripts.
fn rollback(rollback: &Rollback) -> Option<String> {
    let share = rollback.coverage.all;
    let percent = Percent::of(share.covered, share.of)?;
    if rollback.scripts.iter().all(|script| script.undo.is_none()) {
        return None;
    }
    let classes = ["proved", "unproved", "irreversible", "uncovered"].into_iter().filter_map(|class| {
        let count = rollback.scripts.iter().filter(|script| script.class == class).count();
        (count > 0).then(|| format!("{count} {class}"))
    });
    let classes = classes.collect::<Vec<_>>().join(", ");
    Some(format!(
        "{} of {} can be taken back for sure ({percent}): {classes}",
        share.covered,
        counted(share.of, "migration")
    ))
}

/// What is not reported because the branch has nothing to do with it.
fn elsewhere(report: &Report) -> Option<String> {
    let base = report.base.as_ref()?;
    let count = base.elsewhere.filter(|count| *count > 0)?;
    Some(format!(
        "not reported: {} in what the branch does not change against {}",
        counted(count, "finding"),
        base.name
    ))
}

/// How much was found and does not count.
fn suppressed(report: &Report) -> Vec<String> {
    let count = |by| report.suppressed.iter().flatten().filter(|suppressed| suppressed.by == by).count();
    let (comment, configuration) = (count(SuppressedBy::Comment), count(SuppressedBy::Configuration));
    let mut lines = Vec::new();
    if comment + configuration > 0 {
        let all = counted(comment + configuration, "finding");
        lines.push(format!("{all} ignored: {comment} in comments, {configuration} in flightcheck.toml"));
    }
    let recorded = count(SuppressedBy::Ratchet);
    if recorded > 0 {
        lines.push(format!("{} recorded before, and not shown", counted(recorded, "finding")));
    }
    let gone = report.gone.as_deref().unwrap_or_default();
    if !gone.is_empty() {
        let places = joined(gone.iter().map(|gone| format!("{}: {}", gone.file, gone.rule)), 5);
        let help = "`flightcheck ratchet --prune` forgets them";
        lines.push(format!("{} recorded before, and found no more; {help}: {places}", counted(gone.len(), "finding")));
    }
    lines
}

fn sql(sql: &crate::report::Sql) -> Vec<String> {
    let evidence = match sql.evidence.first() {
        Some(evidence) => format!(" because of {evidence}"),
        None => " for want of evidence".to_owned(),
    };
    let all = counted(sql.understood + sql.partly + sql.opaque, "statement");
    let missed = match (sql.partly, sql.opaque) {
        (0, 0) => "all understood".to_owned(),
        (partly, opaque) => format!("{partly} understood in part, {opaque} not at all"),
    };
    let places = sql.missed.iter().map(|missed| match missed.place.line {
        Some(line) => format!("{}:{line}", missed.place.file),
        None => missed.place.file.clone(),
    });
    let places = if sql.missed.is_empty() { String::new() } else { format!(": {}", joined(places, 5)) };
    if sql.dialect == crate::sql::Dialect::Generic.as_str() {
        let help = "say whose SQL it is with --dialect or `dialect` in flightcheck.toml, so that its risks can be told";
        return vec![format!("{all} read as {}{evidence}: {missed}{places}", sql.dialect), format!("help: {help}")];
    }
    let assumed = if sql.assumed_version { " (assumed)" } else { "" };
    let server = format!("for version {}{assumed}", sql.server_version);
    vec![format!("{all} read as {}{evidence}, {server}: {missed}{places}", sql.dialect)]
}
