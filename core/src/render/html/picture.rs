//! The lock picture of a script as SVG: statements go down, each lock that others wait for is a bar on the left.
//!
//! Colours are classes of the page's style sheet, so that it fits light and dark.

use std::collections::{BTreeMap, BTreeSet};

use crate::report::{ScriptImpact, ScriptLock, ScriptStatement};

use super::super::verdict::waits;
use super::super::words::{counted, harmless, joined};
use super::super::xml::escaped;

/// The distance of two bars.
const LANE: usize = 14;
/// The height of a line.
const LINE: usize = 20;
/// How many bars are drawn; further locks are only named.
const MOST_LANES: usize = 16;
/// The most characters of a line.
const WIDEST: usize = 110;
/// The most lines of a picture.
const MOST_LINES: usize = 240;
/// How many locks are named to those who do not see the picture.
const MOST_DESCRIBED: usize = 12;
/// More quiet statements than that in a row become one line.
const MOST_QUIET: usize = 3;
/// The width of a character of the fixed font at its size.
const CHARACTER: usize = 8;

/// One line of the picture: which statements it stands for, and what it says.
struct Line {
    statement: usize,
    class: &'static str,
    says: String,
}

/// The picture. `text` is the script as it may be shown; without it statements are named by what they ask for.
#[must_use]
pub fn lock_picture(script: &ScriptImpact, text: Option<&str>) -> String {
    let lines = lines(script, text);
    let bars = lanes(script);
    let left = bars.len().min(MOST_LANES) * LANE + 12;
    let longest = lines.iter().map(|line| line.says.chars().count()).max().unwrap_or(0);
    let (width, height) = (left + longest * CHARACTER + 8, lines.len() * LINE + 8);
    let mut svg = format!(
        "<svg role=\"img\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         xmlns=\"http://www.w3.org/2000/svg\"><title>{}</title>\n",
        escaped(&describe(script))
    );
    for (at, locks) in bars.iter().take(MOST_LANES).enumerate() {
        for (nth, lock) in locks.iter().enumerate() {
            svg += &bar(lock, nth > 0, at * LANE + 6, &lines);
        }
    }
    for (at, line) in lines.iter().enumerate() {
        let y = at * LINE + LINE - 4;
        svg += &format!("<text class=\"{}\" x=\"{left}\" y=\"{y}\">{}</text>\n", line.class, escaped(&line.says));
    }
    svg + "</svg>"
}

/// The locks on one relation each, in the order in which the first is taken.
fn lanes(script: &ScriptImpact) -> Vec<Vec<&ScriptLock>> {
    let mut lanes: Vec<Vec<&ScriptLock>> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for lock in &script.locks {
        let at = *known.entry(&lock.relation).or_insert(lanes.len());
        if at == lanes.len() {
            lanes.push(Vec::new());
        }
        lanes[at].push(lock);
    }
    lanes
}

/// A bar from the line of the statement that takes the lock to the last line under which it is held.
fn bar(lock: &ScriptLock, again: bool, x: usize, lines: &[Line]) -> String {
    let from = lock.taken.map_or(0, |taken| lines.iter().position(|line| line.statement >= taken).unwrap_or(0));
    let to = match lock.released {
        Some(released) => lines.iter().rposition(|line| line.statement <= released).unwrap_or(0),
        None => lines.len().saturating_sub(1),
    };
    let (top, bottom) = (from * LINE + 4, (to + 1) * LINE);
    let class = if lock.blocks_reads { "all" } else { "some" };
    let width = if again { 10 } else { 8 };
    format!(
        "<rect class=\"{class}\" x=\"{}\" y=\"{top}\" width=\"{width}\" height=\"{}\" rx=\"3\"><title>{}</title></rect>\n",
        x - width / 2,
        bottom.saturating_sub(top).max(4),
        escaped(&says(lock))
    )
}

fn says(lock: &ScriptLock) -> String {
    format!("{} on {}: {}", lock.mode.0.as_str(), lock.relation, waits(lock.stops()))
}

fn describe(script: &ScriptImpact) -> String {
    let locks = joined(script.locks.iter().map(says), MOST_DESCRIBED);
    if locks.is_empty() { "Nobody waits.".to_owned() } else { format!("Locks: {locks}.") }
}

/// The lines of the picture: each statement, below it what others notice of it; many quiet ones in a row as one line.
fn lines(script: &ScriptImpact, text: Option<&str>) -> Vec<Line> {
    let all = &script.statements;
    let digits = all.iter().map(|statement| statement.line.to_string().len()).max().unwrap_or(1);
    let taken = Taken::new(script);
    let mut lines = Vec::new();
    let mut at = 0;
    while at < all.len() {
        if lines.len() >= MOST_LINES {
            let says = format!("{:digits$}  … {} more", "", counted(all.len() - at, "statement"));
            lines.push(Line { statement: all.len() - 1, class: "quiet", says });
            break;
        }
        let quiet = (at..all.len()).take_while(|at| taken.is_quiet(*at, &all[*at])).count();
        if quiet > MOST_QUIET {
            let says = format!("{:digits$}  … {quiet} statements for which nobody waits", "");
            lines.push(Line { statement: at + quiet - 1, class: "quiet", says });
            at += quiet;
            continue;
        }
        let head = format!("{:>digits$}  {}", all[at].line, words(&all[at], text));
        let line = |class, says: &str| Line { statement: at, class, says: shortened(says) };
        lines.push(line("statement", &head));
        let notes = notes(&all[at], taken.by(at)).into_iter();
        lines.extend(notes.map(|(class, says)| line(class, &format!("{:digits$}    {says}", ""))));
        at += 1;
    }
    lines
}

/// The locks of a script by the statements that take them, and the statements after which one is released.
struct Taken<'a> {
    taken: BTreeMap<usize, Vec<&'a ScriptLock>>,
    released: BTreeSet<usize>,
}

impl<'a> Taken<'a> {
    fn new(script: &'a ScriptImpact) -> Self {
        let mut taken: BTreeMap<usize, Vec<&ScriptLock>> = BTreeMap::new();
        for lock in &script.locks {
            taken.entry(lock.taken.unwrap_or(0)).or_default().push(lock);
        }
        Self { taken, released: script.locks.iter().filter_map(|lock| lock.released).collect() }
    }

    /// The locks that a statement takes, or finds taken if it is the first.
    fn by(&self, at: usize) -> &[&'a ScriptLock] {
        self.taken.get(&at).map_or(&[], Vec::as_slice)
    }

    fn is_quiet(&self, at: usize, statement: &ScriptStatement) -> bool {
        let ScriptStatement { locks_rows, rewrites, index_rebuilds, scans, truncated, .. } = statement;
        let works = [locks_rows, rewrites, index_rebuilds, scans, truncated];
        let is_silent = statement.fails.is_none() && works.iter().all(|work| work.is_empty());
        is_silent && self.by(at).is_empty() && !self.released.contains(&at)
    }
}

/// The statement as it is written, in one line.
fn words(statement: &ScriptStatement, text: Option<&str>) -> String {
    let written = text.and_then(|text| text.get(statement.span.start..statement.span.end));
    // Of a long statement the beginning is enough, and cheaper.
    let start: Option<String> = written.map(|written| written.chars().take(WIDEST * 4).collect());
    start.map_or_else(|| statement.summary.clone(), |start| start.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What others notice of a statement.
fn notes(statement: &ScriptStatement, taken: &[&ScriptLock]) -> Vec<(&'static str, String)> {
    let class = |lock: &ScriptLock| if lock.blocks_reads { "lock-all" } else { "lock-some" };
    let held = |lock: &ScriptLock| if lock.taken.is_none() { " (held already)" } else { "" };
    let mut notes: Vec<_> = taken.iter().map(|lock| (class(lock), format!("+ {}{}", says(lock), held(lock)))).collect();
    let work = [
        ("locks rows of", &statement.locks_rows),
        ("empties", &statement.truncated),
        ("rewrites", &statement.rewrites),
        ("builds anew", &statement.index_rebuilds),
        ("reads all of", &statement.scans),
    ];
    let work = work.into_iter().filter(|(_, names)| !names.is_empty());
    notes.extend(work.map(|(what, names)| ("work", format!("{what} {}", names.join(", ")))));
    notes.extend(statement.fails.iter().map(|reason| ("fails", format!("fails: {reason}"))));
    notes
}

fn shortened(text: &str) -> String {
    let text = harmless(text);
    match text.char_indices().nth(WIDEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}
