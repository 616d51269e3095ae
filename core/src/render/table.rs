//! `info`: the migrations as a table for a terminal.

use anstyle::{AnsiColor, Style};

use crate::report::{Migration, Place, Refused, Report};

use super::environments;
use super::terminal::{bold, colour, faint, styled, width};
use super::verdict::{self, Line, Tone};
use super::words::{counted, harmless};

/// The widest that a description or script may make the table.
const WIDEST: usize = 48;

/// How many folders that were not read are named.
const MOST_OTHERS: usize = 4;

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
    if let Some(environments) = environments::of_report(report) {
        return text + &environments;
    }
    text += &rows(report);
    text.push('\n');
    text += &verdict(report);
    text
}

/// Where migrations and history were taken from.
pub(super) fn header(report: &Report) -> String {
    let line = |title: &str, name: &Option<String>| match name {
        Some(name) => format!("{} {}\n", styled(title, bold()), harmless(name)),
        None => String::new(),
    };
    let of_what = line("Project   ", &report.project) + &line("Environment", &report.environment);
    of_what + &report.tool.folder.as_ref().map_or_else(|| of_flyway(report), |folder| of_other_tool(report, folder))
}

fn of_flyway(report: &Report) -> String {
    let missing = |location| if report.locations_missing.contains(location) { " (not found)" } else { "" };
    let locations = report.locations.iter().map(|location| harmless(location) + missing(location));
    let locations = locations.collect::<Vec<_>>().join(", ");
    let how = match report.locations.as_slice() {
        [only] if only.is_empty() => "none: `locations` is empty",
        _ if report.locations_configured => "",
        [whole] if whole == "filesystem:." => " (not configured; none of the usual folders is here)",
        _ => " (not configured; the usual folder)",
    };
    let mut text = format!("{} {locations}{how}\n", styled("Migrations", bold()));
    if !report.configuration.is_empty() {
        let files = report.configuration.iter().map(|file| harmless(file)).collect::<Vec<_>>().join(", ");
        text += &format!("{}   {files}\n", styled("Settings", bold()));
    }
    text += &match &report.history {
        Some(history) => {
            let rows = history.rows.map_or_else(String::new, |rows| format!(", {}", counted(rows, "row")));
            format!("{}    {}: {}{rows}\n", styled("History", bold()), harmless(&history.name), history.form)
        }
        None => format!("{}    none given: every migration counts as not applied\n", styled("History", bold())),
    };
    if let Some(base) = &report.base {
        let count = counted(base.changed.len(), "file");
        let added = match base.added.len() {
            0 => String::new(),
            added => format!(", {} of them new", counted(added, "script")),
        };
        text +=
            &format!("{}       {}: the branch changes {count}{added}\n", styled("Base", bold()), harmless(&base.name));
    }
    for gap in report.history.iter().flat_map(|history| &history.gaps) {
        text += &format!("           {}\n", styled(&harmless(gap), faint()));
    }
    text.push('\n');
    text
}

/// Where the migrations of another tool were found, and why they are taken for its.
fn of_other_tool(report: &Report, folder: &str) -> String {
    let tool = &report.tool;
    let evidence = harmless(tool.evidence.as_deref().unwrap_or_default());
    let title = styled("Migrations", bold());
    let mut text = format!("{title} {}: {} because of {evidence}\n", harmless(folder), tool.name);
    for other in tool.others.iter().take(MOST_OTHERS) {
        text += &format!("           {} looks like migrations too: check it by itself\n", harmless(other));
    }
    if tool.others.len() > MOST_OTHERS {
        text += &format!("           and {} more folders\n", tool.others.len() - MOST_OTHERS);
    }
    for path in &tool.unreadable {
        text += &format!("           {} is no UTF-8 and was not read\n", harmless(path));
    }
    text + "\n"
}

fn rows(report: &Report) -> String {
    let titles = ["Version", "Description", "Type", "State", "Rank", "Undo"];
    let mut lines: Vec<[Cell; 6]> = vec![titles.map(|title| (title.to_owned(), bold().underline()))];
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
    text + &reasons(report)
}

/// Why lines have a state that a reader would stop at, below the table so that it stays narrow.
fn reasons(report: &Report) -> String {
    let plain = |state| matches!(state, "Success" | "Pending" | "Superseded" | "Baseline");
    let odd = |line: &&Migration| !plain(line.state) || line.why.contains("cannot be decided");
    let mut text = String::new();
    for line in report.migrations.iter().filter(odd) {
        let name = line.version.as_deref().unwrap_or(&line.description);
        let state = styled(line.state, of_state(line.state));
        text += &format!(
            "{}{} {state}: {}\n",
            if text.is_empty() { "\n" } else { "" },
            harmless(name),
            harmless(&line.why)
        );
    }
    text
}

fn cells(migration: &Migration) -> [Cell; 6] {
    let plain = Style::new();
    let version = match (&migration.version, migration.category) {
        (Some(version), _) => harmless(version),
        (None, "") => String::new(),
        (None, _) => "R".to_owned(),
    };
    let undo = if migration.undo.is_some() { "yes" } else { "" };
    [
        (version, plain),
        (shortened(&harmless(&migration.description)), plain),
        (harmless(&migration.row_type), faint()),
        (migration.state.to_owned(), of_state(migration.state)),
        (migration.installed_rank.map(|rank| rank.to_string()).unwrap_or_default(), faint()),
        (undo.to_owned(), faint()),
    ]
}

pub(super) fn shortened(text: &str) -> String {
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

pub(super) fn of_state(state: &str) -> Style {
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
    if !report.tool.is_flyway() {
        return String::new();
    }
    let mut text = line(&verdict::validate(report));
    let (_, errors) = verdict::errors(report);
    for error in errors.iter().filter(|_| !report.refused.iter().any(|refused| refused.command == "validate")) {
        text += &format!("  {} {}\n", styled(error.code, faint()), harmless(&error.message));
    }
    text + &line(&verdict::migrate(report))
}

fn line(line: &Line) -> String {
    let style = match line.tone {
        Tone::Good => colour(AnsiColor::Green).bold(),
        Tone::Bad => colour(AnsiColor::Red).bold(),
        Tone::Plain => bold(),
    };
    format!("{}{}\n", styled(&line.title, style), harmless(&line.rest))
}
