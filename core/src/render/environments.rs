//! `info` of several environments: each migration with its state everywhere, what a promotion would run, and the drift.

use anstyle::AnsiColor;

use crate::report::{EnvironmentState, Environments, Promoted, Report};

use super::table::{of_state, shortened};
use super::terminal::{bold, colour, faint, styled, width};
use super::words::{counted, harmless};

/// The table, and below it what each environment would run.
fn environments(all: &Environments) -> String {
    let names = all.environments.iter().map(|environment| harmless(&environment.name));
    let mut rows: Vec<Vec<(String, anstyle::Style)>> = vec![
        ["Version".to_owned(), "Description".to_owned()]
            .into_iter()
            .chain(names)
            .map(|title| (title, bold().underline()))
            .collect(),
    ];
    rows.extend(all.migrations.iter().map(cells));
    let columns = rows.first().map_or(0, Vec::len);
    let widest = |column: usize| rows.iter().map(|row| width(&row[column].0)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for (column, (cell, style)) in row.iter().enumerate() {
            line += &styled(cell, *style);
            let last = column + 1 == columns;
            line.extend(std::iter::repeat_n(' ', if last { 0 } else { widths[column] - width(cell) + 2 }));
        }
        text += line.trim_end();
        text.push('\n');
    }
    text.push('\n');
    for environment in &all.environments {
        let name = styled(&harmless(&environment.name), bold());
        text += &match (&environment.would_run, &environment.refused) {
            (Some(scripts), _) if scripts.is_empty() => format!("{name} would run nothing\n"),
            (Some(scripts), _) => {
                let scripts: Vec<String> = scripts.iter().map(|script| harmless(script)).collect();
                format!("{name} would run {}: {}\n", counted(scripts.len(), "script"), scripts.join(", "))
            }
            (None, refused) => {
                let why = harmless(refused.as_deref().unwrap_or_default());
                format!("{name} {}: {why}\n", styled("refuses", colour(AnsiColor::Red).bold()))
            }
        };
    }
    for drift in &all.drift {
        text += &format!("{} {}\n", styled("drift:", colour(AnsiColor::Red).bold()), harmless(&drift.message));
    }
    text
}

fn cells(migration: &Promoted) -> Vec<(String, anstyle::Style)> {
    let version = migration.version.as_deref().map_or_else(|| "R".to_owned(), harmless);
    let mut cells =
        vec![(version, anstyle::Style::new()), (shortened(&harmless(&migration.description)), anstyle::Style::new())];
    let differs = |state: &EnvironmentState| {
        let ran = migration.checksums_differ && state.installed_rank.is_some();
        if ran { format!("{} ({})", state.state, state.checksum.unwrap_or_default()) } else { state.state.to_owned() }
    };
    cells.extend(migration.states.iter().map(|state| match state {
        Some(state) => (differs(state), of_state(state.state)),
        None => ("-".to_owned(), faint()),
    }));
    cells
}

/// The environments of a report, where it has some.
pub(super) fn of_report(report: &Report) -> Option<String> {
    report.environments.as_ref().map(environments)
}
