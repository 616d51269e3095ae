//! One page for a reviewer: verdict, what would run with the lock picture of each script, findings, and what was checked.
//!
//! It loads nothing and runs nothing; a policy in its head says so to the browser.

mod element;
mod finding;
mod picture;
mod script;

pub use picture::lock_picture;

use super::View;
use super::verdict::{Tone, coverage, errors, headline, of_tool};
use super::words::counted;
use element::{element, text};

const STYLE: &str = include_str!("style.css");

/// The page.
#[must_use]
pub fn html(view: &View<'_>) -> String {
    let body =
        [header(view), verdict(view), script::scripts(view), finding::findings(view), migrations(view), checked(view)];
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>flightcheck report</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{}</main>\n</body>\n</html>\n",
        body.concat()
    )
}

fn header(view: &View<'_>) -> String {
    let report = view.report;
    let headline = headline(view);
    let tone = if headline.tone == Tone::Bad { "bad" } else { "good" };
    let mut facts = vec![("Migrations", report.locations.join(", "))];
    if !report.configuration.is_empty() {
        facts.push(("Settings", report.configuration.join(", ")));
    }
    facts.push(match &report.history {
        Some(history) => {
            let rows = history.rows.map_or_else(String::new, |rows| format!(", {}", counted(rows, "row")));
            ("History", format!("{}: {}{rows}", history.name, history.form))
        }
        None => ("History", "none given: every migration counts as not applied".to_owned()),
    });
    if let Some(sql) = &report.sql {
        let assumed = if sql.assumed_version { ", assumed: the oldest that is supported" } else { "" };
        facts.push(("Server", format!("{} {}{assumed}", sql.dialect, sql.server_version)));
    }
    let facts: String =
        facts.iter().map(|(name, value)| format!("<dt>{name}</dt><dd>{}</dd>\n", text(value))).collect();
    format!(
        "<header>\n<p class=\"brand\">flightcheck</p>\n<h1 class=\"{tone}\">{}<span>{}</span></h1>\n<dl>\n{facts}</dl>\n</header>\n",
        if headline.tone == Tone::Bad { "Fails" } else { "Passes" },
        text(&headline.rest),
    )
}

fn verdict(view: &View<'_>) -> String {
    let mut lines = String::new();
    for line in of_tool(view.report) {
        let tone = match line.tone {
            Tone::Good => "good",
            Tone::Bad => "bad",
            Tone::Plain => "plain",
        };
        lines += &format!("<p class=\"{tone}\"><strong>{}</strong>{}</p>\n", text(&line.title), text(&line.rest));
    }
    let (_, errors) = errors(view.report);
    let refused = view.report.refused.iter().any(|refused| refused.command == "validate");
    let items = errors.iter().filter(|_| !refused);
    let items: String =
        items.map(|error| format!("<li><code>{}</code> {}</li>\n", error.code, text(&error.message))).collect();
    let list = if items.is_empty() { String::new() } else { element("ul", "errors", &items) };
    element("section", "verdict", &(lines + &list))
}

/// The lines of `info`, folded: a reviewer looks at what would run first.
fn migrations(view: &View<'_>) -> String {
    let report = view.report;
    if report.migrations.is_empty() {
        return String::new();
    }
    let row = |migration: &crate::report::Migration| {
        format!(
            "<tr><td>{}</td><td>{}</td><td class=\"state\">{}</td><td>{}</td></tr>\n",
            text(migration.version.as_deref().unwrap_or("repeatable")),
            text(&migration.description),
            text(migration.state),
            text(&migration.why),
        )
    };
    let rows: String = report.migrations.iter().map(row).collect();
    format!(
        "<section>\n<h2>All migrations</h2>\n<details>\n<summary>{}</summary>\n<div class=\"wide\"><table>\n\
         <thead><tr><th scope=\"col\">Version</th><th scope=\"col\">Description</th><th scope=\"col\">State</th>\
         <th scope=\"col\">Why</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n</details>\n</section>\n",
        counted(report.migrations.len(), "migration")
    )
}

fn checked(view: &View<'_>) -> String {
    let report = view.report;
    let lines = coverage(report).iter().map(|line| format!("<li>{}</li>\n", text(line))).collect::<String>();
    let mut body = element("ul", "", &lines);
    let suppressed = report.suppressed.iter().flatten().map(|suppressed| {
        let finding = &suppressed.finding;
        let reason = if suppressed.reason.is_empty() { "no reason given" } else { &suppressed.reason };
        format!("<li><code>{}</code> {}: {}</li>\n", finding.rule, text(&finding.message), text(reason))
    });
    let suppressed: String = suppressed.collect();
    if !suppressed.is_empty() {
        body += &format!("<h3>Suppressed</h3>\n{}", element("ul", "", &suppressed));
    }
    let off = report.rules.iter().flat_map(|rules| &rules.off);
    let off: String = off.map(|rule| format!("<li><code>{}</code>: {}</li>\n", rule.rule, text(&rule.why))).collect();
    if !off.is_empty() {
        body += &format!("<details>\n<summary>Rules that are off</summary>\n{}</details>\n", element("ul", "", &off));
    }
    format!(
        "<section>\n<h2>What was checked</h2>\n{body}</section>\n<footer>flightcheck {}</footer>\n",
        report.flightcheck
    )
}
