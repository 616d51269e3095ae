//! `info`: the migrations as a table for a terminal.

use anstyle::{AnsiColor, Style};

use crate::report::{Migration, Place, Refused, Report, ValidateError};

use super::terminal::{bold, colour, counted, faint, harmless, styled, width};

/// The widest that a description or script may make the table.
const WIDEST: usize = 48;

/// One cell: its text, and the style to print it in.
type Cell = (String, Style);

/// The table, and below it what `validate` and `migrate` would say.
#[must_use]
pub fn table(report: &Report) -> String {
    let mut text = header(report);
    if let Some(refused) = report.refused.iter().find(|refused| refused.command == "info") {
        return text + &refusal("Flyway refuses every command", refused);
    }
    if report.migrations.is_empty() {
        return text + "No migrations, and no history.\n";
    }
    text += &rows(report);
    text.push('\n');
    text += &verdict(report);
    text
}

/// Where migrations and history were taken from.
pub(super) fn header(report: &Report) -> String {
    let locations = report.locations.iter().map(|location| harmless(location)).collect::<Vec<_>>().join(", ");
    let how = if report.locations_configured { "" } else { " (not configured, taken because it is usual)" };
    let mut text = format!("{} {locations}{how}\n", styled("Migrations", bold()));
    if !report.configuration.is_empty() {
        let files = report.configuration.iter().map(|file| harmless(file)).collect::<Vec<_>>().join(", ");
        text += &format!("{}   {files}\n", styled("Settings", bold()));
    }
    text += &match &report.history {
        Some(history) => {
            let rows = history.rows.map_or_else(|| "no history table".to_owned(), |rows| counted(rows, "row"));
            format!("{}    {}: {}, {rows}\n", styled("History", bold()), harmless(&history.name), history.form)
        }
        None => format!("{}    none given: every migration counts as not applied\n", styled("History", bold())),
    };
    for gap in report.history.iter().flat_map(|history| &history.gaps) {
        text += &format!("           {}\n", styled(&harmless(gap), faint()));
    }
    text.push('\n');
    text
}

fn rows(report: &Report) -> String {
    let titles = ["Version", "Description", "Type", "State", "Rank", "Undo", "Why"];
    let mut lines: Vec<[Cell; 7]> = vec![titles.map(|title| (title.to_owned(), bold().underline()))];
    lines.extend(report.migrations.iter().map(cells));
    let widest = |column: usize| lines.iter().map(|line| width(&line[column].0)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..titles.len()).map(widest).collect();
    let mut text = String::new();
    for line in &lines {
        let mut row = String::new();
        for (column, (cell, style)) in line.iter().enumerate() {
            let last = column + 1 == titles.len();
            let blanks = if last { 0 } else { widths[column] - width(cell) + 2 };
            row += &styled(cell, *style);
            row.extend(std::iter::repeat_n(' ', blanks));
        }
        text += row.trim_end();
        text.push('\n');
    }
    text
}

fn cells(migration: &Migration) -> [Cell; 7] {
    let plain = Style::new();
    let version = match (&migration.version, migration.category) {
        (Some(version), _) => harmless(version),
        (None, "") => String::new(),
        (None, _) => "R".to_owned(),
    };
    let undo = if migration.undo.is_some() { "yes" } else { "" };
    let unremarkable = matches!(migration.state, "Success" | "Pending" | "Superseded" | "Baseline");
    let why = if unremarkable && !migration.why.contains("cannot be decided") { "" } else { migration.why.as_str() };
    [
        (version, plain),
        (shortened(&harmless(&migration.description)), plain),
        (migration.row_type.clone(), faint()),
        (migration.state.to_owned(), of_state(migration.state)),
        (migration.installed_rank.map(|rank| rank.to_string()).unwrap_or_default(), faint()),
        (undo.to_owned(), faint()),
        (harmless(why), faint()),
    ]
}

fn shortened(text: &str) -> String {
    if width(text) <= WIDEST {
        return text.to_owned();
    }
    let mut short = String::new();
    for char in text.chars() {
        if width(&short) + 2 > WIDEST {
            break;
        }
        short.push(char);
    }
    short + "…"
}

fn of_state(state: &str) -> Style {
    match state {
        "Success" | "Baseline" | "Available" => colour(AnsiColor::Green),
        "Pending" | "Outdated" => colour(AnsiColor::Cyan),
        "Failed" | "Failed (Missing)" | "Failed (Future)" | "Missing" | "Ignored" => colour(AnsiColor::Red),
        "Out of Order" | "Future" | "Above Target" => colour(AnsiColor::Yellow),
        _ => faint(),
    }
}

/// One refusal: what refuses, with which code, why and where.
pub(super) fn refusal(title: &str, refused: &Refused) -> String {
    let code = refused.code.map_or_else(String::new, |code| format!(" [{code}]"));
    let place = match &refused.place {
        Some(Place { file, line: Some(line), .. }) => format!(" ({}:{line})", harmless(file)),
        _ => String::new(),
    };
    format!("{}{code}: {}{place}\n", styled(title, colour(AnsiColor::Red).bold()), harmless(&refused.message))
}

/// What `validate` and `migrate` would say, in a few lines.
pub(super) fn verdict(report: &Report) -> String {
    let good = colour(AnsiColor::Green).bold();
    let mut text = String::new();
    let refused = |command: &str| report.refused.iter().find(|refused| refused.command == command);
    text += &match refused("validate") {
        Some(refused) => refusal("validate refuses", refused),
        None if report.validate.ok => format!("{}\n", styled("validate passes", good)),
        None => failures(report),
    };
    text += &match (&report.plan, refused("migrate")) {
        (None, Some(refused)) => refusal("migrate refuses", refused),
        (Some(plan), _) if plan.is_empty() => format!("{} nothing\n", styled("migrate would apply", bold())),
        (plan, _) => {
            let count = plan.as_ref().map_or(0, Vec::len);
            format!("{} {}\n", styled("migrate would apply", bold()), counted(count, "script"))
        }
    };
    text
}

/// The codes that only say that the next run has something to do.
const PENDING_CODES: [&str; 3] = [
    "RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED",
    "RESOLVED_REPEATABLE_MIGRATION_NOT_APPLIED",
    "OUTDATED_REPEATABLE_MIGRATION",
];

/// What `validate` objects to; of what is merely pending, only the number.
fn failures(report: &Report) -> String {
    let ignored = |error: &ValidateError| {
        report.migrations.iter().any(|line| line.state == "Ignored" && line.version == error.version)
    };
    let is_pending = |error: &&ValidateError| PENDING_CODES.contains(&error.code) && !ignored(error);
    let (pending, others): (Vec<_>, Vec<_>) = report.validate.errors.iter().partition(is_pending);
    let bad = colour(AnsiColor::Red).bold();
    if others.is_empty() {
        return format!("{}, nothing else\n", styled(&format!("validate fails: {} pending", pending.len()), bad));
    }
    let more = if pending.is_empty() { String::new() } else { format!(", and {} pending", pending.len()) };
    let mut text = format!("{}{more}\n", styled(&format!("validate fails: {}", counted(others.len(), "error")), bad));
    for error in others {
        text += &format!("  {} {}\n", styled(error.code, faint()), harmless(&error.message));
    }
    text
}
