//! What would run: a table of the scripts, and the lock picture of each that others notice.

use crate::report::{ReportedFinding, ScriptImpact};

use super::super::View;
use super::super::verdict::{failing, noticed};
use super::super::words::joined;
use super::super::xml::escaped;
use super::picture::lock_picture;

/// How many pictures a page holds: those of a first deployment would be thousands.
const MOST_PICTURES: usize = 60;
/// How many relations are named in a row.
const MOST_RELATIONS: usize = 4;

/// The table and the pictures.
pub(super) fn scripts(view: &View<'_>) -> String {
    let scripts = view.scripts();
    if scripts.is_empty() {
        return String::new();
    }
    let files = view.by_file();
    let rows: String =
        scripts.iter().filter(|script| script.event.is_none()).map(|script| row(view, script, &files)).collect();
    let loud = scripts
        .iter()
        .filter(|script| !script.locks.is_empty() || script.statements.iter().any(|one| one.fails.is_some()));
    let pictures: String = loud.take(MOST_PICTURES).map(|script| figure(view, script)).collect();
    let legend = "<p class=\"legend\"><span class=\"all\">reads and writes wait</span><span class=\"some\">writes wait</span>\
                  Time runs down; a bar is a lock, from the statement that takes it to the end of its transaction.</p>\n";
    let pictures = if pictures.is_empty() { String::new() } else { format!("<h2>Locks</h2>\n{legend}{pictures}") };
    format!(
        "<section>\n<h2>What would run</h2>\n<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">Script</th>\
         <th scope=\"col\">State</th><th scope=\"col\">Who waits</th><th scope=\"col\">For</th>\
         <th scope=\"col\">Findings</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n</section>\n\
         <section>\n{pictures}</section>\n"
    )
}

fn row(view: &View<'_>, script: &ScriptImpact, files: &[(&str, Vec<&ReportedFinding>)]) -> String {
    let state = view.migration(&script.file).map_or("", |migration| migration.state);
    let found = files.iter().enumerate().find(|(_, (file, _))| *file == script.file);
    let found =
        found.map_or_else(String::new, |(at, (_, findings))| format!("<a href=\"#file-{at}\">{}</a>", findings.len()));
    let noticed = noticed(script);
    let relations = joined(noticed.relations.into_iter().map(escaped), MOST_RELATIONS);
    let class = match (noticed.stops.reads, noticed.stops.writes) {
        (true, _) => "who all",
        (false, true) => "who some",
        (false, false) => "who",
    };
    let name = script.file.rsplit('/').next().unwrap_or_default();
    let fails = match failing(script).first() {
        Some(line) => format!("<span class=\"who all\">fails in line {line}</span><br>"),
        None => String::new(),
    };
    format!(
        "<tr><td><code>{}</code></td><td class=\"state\">{}</td><td>{fails}<span class=\"{class}\">{}</span></td>\
         <td>{relations}</td><td class=\"number\">{found}</td></tr>\n",
        escaped(name),
        escaped(state),
        escaped(&noticed.says),
    )
}

fn figure(view: &View<'_>, script: &ScriptImpact) -> String {
    let around = match (script.event, script.one_transaction) {
        (Some(event), _) => format!("callback, {event}"),
        (None, true) => "one transaction".to_owned(),
        (None, false) => "several transactions, or none".to_owned(),
    };
    let text = view.text(&script.file);
    format!(
        "<figure>\n<figcaption><code>{}</code><span>{around}</span></figcaption>\n<div class=\"wide\">{}</div>\n</figure>\n",
        escaped(&view.path(&script.file)),
        lock_picture(script, text.as_deref())
    )
}
