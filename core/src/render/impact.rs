//! `impact`: the locks of a session as they pile up, for a terminal.
//!
//! Statements go down the page. Each lock that somebody waits for is a lane on the left: it begins at the statement that
//! takes it, goes on past those that run while it is held, and ends with the transaction.

use anstyle::{AnsiColor, Style};

use crate::deployment::Opener;
use crate::impact::Stops;
use crate::report::{ImpactReport, StatementImpact};

use super::terminal::{bold, colour, counted, faint, harmless, styled, width};

/// How many lanes are drawn; further locks are only counted.
const MOST_LANES: usize = 8;
/// The widest that a statement may be.
const WIDEST: usize = 96;

/// The picture, and below it the totals.
#[must_use]
pub fn impact(report: &ImpactReport) -> String {
    let mut text = format!("{} {}{}\n", styled("Server", bold()), server(report), assumption(report));
    let mut drawing = Drawing { lanes: Vec::new(), text: String::new() };
    let mut before: Option<&StatementImpact> = None;
    for statement in &report.statements {
        if before.is_none_or(|before| before.file != statement.file || before.last && before.opener.is_some()) {
            drawing.heading(statement);
        }
        drawing.statement(statement);
        before = Some(statement);
    }
    text += &drawing.text;
    text + "\n" + &totals(report)
}

fn server(report: &ImpactReport) -> String {
    format!("{} {}", report.dialect.as_str(), report.server_version)
}

fn assumption(report: &ImpactReport) -> String {
    let words = " (assumed: the oldest that is supported; --server-version says which it is)";
    if report.assumed { styled(words, faint()) } else { String::new() }
}

/// A lock with a lane of its own.
struct Lane {
    relation: String,
    stops: Stops,
}

struct Drawing {
    lanes: Vec<Lane>,
    text: String,
}

impl Drawing {
    fn heading(&mut self, statement: &StatementImpact) {
        let around = match statement.opener {
            Some(Opener::Runner) => "one transaction",
            Some(Opener::Script) => "a transaction that the script opens",
            Some(Opener::Server) => "one string, one implicit transaction",
            None => "each statement alone",
        };
        let around = styled(&format!("({around})"), faint());
        self.text += &format!("\n{} {around}\n", styled(&harmless(&statement.file), bold()));
    }

    fn statement(&mut self, statement: &StatementImpact) {
        let line = format!("{:>5}  {}", statement.line, shortened(&harmless(&statement.summary)));
        self.draw(None, &line);
        if let Some(reason) = &statement.fails {
            self.note(&format!("fails: {}", harmless(reason)), colour(AnsiColor::Red).bold());
        }
        self.locks(statement);
        let list = |names: &[String]| names.iter().map(|name| harmless(name)).collect::<Vec<_>>().join(", ");
        for (says, names, style) in [
            ("empties", &statement.truncated, colour(AnsiColor::Magenta)),
            ("rewrites", &statement.rewrites, colour(AnsiColor::Magenta)),
            ("builds anew", &statement.index_rebuilds, colour(AnsiColor::Magenta)),
            ("reads all of", &statement.scans, colour(AnsiColor::Cyan)),
        ] {
            if !names.is_empty() {
                self.note(&format!("{says} {}", list(names)), style);
            }
        }
        if let Some(algorithm) = statement.algorithm {
            let lock = statement.lock.map_or_else(String::new, |lock| format!(", LOCK={lock}"));
            self.note(&format!("ALGORITHM={algorithm}{lock}"), faint());
        }
        if statement.understood != "understood" {
            self.note(&format!("understood: {}", statement.understood), faint());
        }
        self.release(statement);
    }

    /// What the statement takes newly, each that somebody waits for with a lane.
    fn locks(&mut self, statement: &StatementImpact) {
        let mut quiet = Vec::new();
        for (relation, lock) in &statement.locks {
            let (name, mode, stops) = (harmless(relation), lock.0.as_str(), lock.stops());
            if stops == Stops::NOBODY {
                quiet.push(format!("{name} {mode}"));
                continue;
            }
            let says = format!("{name} {}  {}", styled(mode, of_stops(stops)), styled(waits(stops), faint()));
            let known = self.lanes.iter().position(|lane| lane.relation == *relation);
            match known {
                Some(at) if self.lanes[at].stops.or(stops) == self.lanes[at].stops => {
                    self.draw(None, &format!("         {}", styled(&format!("{name} {mode}, held already"), faint())));
                }
                Some(at) => {
                    self.lanes[at].stops = self.lanes[at].stops.or(stops);
                    self.draw(Some((at, '┝')), &format!("       + {says}"));
                }
                None => {
                    self.lanes.push(Lane { relation: relation.clone(), stops });
                    self.draw(Some((self.lanes.len() - 1, '┌')), &format!("       + {says}"));
                }
            }
        }
        if !quiet.is_empty() {
            self.note(&format!("nobody waits: {}", quiet.join(", ")), faint());
        }
    }

    /// Ends the lanes of what is not held any more.
    fn release(&mut self, statement: &StatementImpact) {
        let ends = statement.last || statement.opener.is_none();
        let goes = |lane: &Lane| ends || !statement.held.contains_key(&lane.relation);
        let gone: Vec<bool> = self.lanes.iter().map(goes).collect();
        let count = gone.iter().filter(|gone| **gone).count();
        if count == 0 {
            return;
        }
        let mut drawn = String::from(" ");
        for (lane, gone) in self.lanes.iter().zip(&gone).take(MOST_LANES) {
            drawn += &styled(if *gone { "┘ " } else { "│ " }, of_stops(lane.stops));
        }
        let left = MOST_LANES.saturating_sub(gone.len());
        let says = if statement.opener.is_some() && ends {
            format!("         the transaction ends: {} released", counted(count, "lock"))
        } else {
            format!("         {} released", counted(count, "lock"))
        };
        self.text += &format!("{drawn}{}{}\n", "  ".repeat(left), styled(&says, faint()));
        let mut gone = gone.into_iter();
        self.lanes.retain(|_| !gone.next().unwrap_or(false));
    }

    fn note(&mut self, says: &str, style: Style) {
        self.draw(None, &format!("         {}", styled(says, style)));
    }

    /// One line behind the lanes; `mark` is the lane that something happens to, and what is drawn there.
    fn draw(&mut self, mark: Option<(usize, char)>, says: &str) {
        let mut drawn = String::from(" ");
        for (at, lane) in self.lanes.iter().enumerate().take(MOST_LANES) {
            let glyph = mark.filter(|(marked, _)| *marked == at).map_or('│', |(_, glyph)| glyph);
            drawn += &styled(&format!("{glyph} "), of_stops(lane.stops));
        }
        let more = self.lanes.len().saturating_sub(MOST_LANES);
        let left = MOST_LANES.saturating_sub(self.lanes.len());
        let blanks = "  ".repeat(left);
        let more = if more == 0 { String::new() } else { styled(&format!("+{more}"), faint()) };
        self.text += &format!("{drawn}{more}{blanks}{says}\n");
    }
}

fn waits(stops: Stops) -> &'static str {
    match (stops.reads, stops.writes) {
        (true, true) => "readers and writers wait",
        (true, false) => "readers wait",
        (false, true) => "writers wait",
        (false, false) => "nobody waits",
    }
}

fn of_stops(stops: Stops) -> Style {
    match (stops.reads, stops.writes) {
        (true, _) => colour(AnsiColor::Red),
        (false, true) => colour(AnsiColor::Yellow),
        (false, false) => faint(),
    }
}

fn shortened(text: &str) -> String {
    if width(text) <= WIDEST {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut taken = 0;
    for char in text.chars() {
        taken += width(char.encode_utf8(&mut [0; 4]));
        if taken >= WIDEST {
            break;
        }
        short.push(char);
    }
    short + "…"
}

fn totals(report: &ImpactReport) -> String {
    let totals = report.totals;
    let mut parts = vec![counted(totals.statements, "statement")];
    let mut add = |count: usize, says: &str| {
        if count > 0 {
            parts.push(format!("{count} {says}"));
        }
    };
    add(totals.fail, "fail");
    add(totals.block_reads, "make readers wait");
    add(totals.block_writes, "make writers wait");
    add(totals.rewrite, "rewrite");
    add(totals.understood.partly, "partly understood");
    add(totals.understood.opaque, "not understood");
    parts.join(", ") + "\n"
}
