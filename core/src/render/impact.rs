//! `impact`: the locks of a session as they pile up, for a terminal.
//!
//! Statements go down the page. Each lock that somebody waits for is a lane on the left: it begins at the statement that
//! takes it, goes on past those that run while it is held, and ends with the transaction.

use std::collections::BTreeSet;

use anstyle::{AnsiColor, Style};

use crate::deployment::Opener;
use crate::impact::Stops;
use crate::report::{ImpactReport, Lock, StatementImpact};

use super::terminal::{bold, colour, faint, styled, width};
use super::words::{counted, harmless};

/// How many indexes and sequences are named that are locked with their table.
const MOST_PARTS: usize = 3;
/// How many lanes are drawn; further locks are only counted.
const MOST_LANES: usize = 8;
/// The columns of the number of the others.
const COUNT: usize = 5;
/// The widest that a statement may be.
const WIDEST: usize = 96;

/// The picture, and below it the totals.
#[must_use]
pub fn impact(report: &ImpactReport) -> String {
    let mut text = format!("{} {}{}\n", styled("Server", bold()), server(report), assumption(report));
    let mut drawing = Drawing { lanes: Vec::new(), room: room(report), text: String::new() };
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

/// How many columns the lanes of a session take.
fn room(report: &ImpactReport) -> usize {
    let parts: BTreeSet<&String> = report.statements.iter().flat_map(|statement| &statement.parts).collect();
    let lanes = |statement: &StatementImpact| {
        let mut waited: Vec<&String> = Vec::new();
        let locks = statement.held.iter().chain(&statement.locks);
        let has_lane = |name: &String, lock: &Lock| lock.stops() != Stops::NOBODY && !parts.contains(name);
        waited.extend(locks.filter(|(name, lock)| has_lane(name, lock)).map(|(name, _)| name));
        waited.sort_unstable();
        waited.dedup();
        waited.len()
    };
    match report.statements.iter().map(lanes).max() {
        Some(most) if most > MOST_LANES => 2 * MOST_LANES + COUNT,
        most => 2 * most.unwrap_or(0),
    }
}

/// A lock with a lane of its own.
struct Lane {
    relation: String,
    stops: Stops,
}

struct Drawing {
    lanes: Vec<Lane>,
    /// How many columns the lanes take.
    room: usize,
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
        self.draw(|_| '│', &line);
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
        let is_part = |relation: &String| statement.parts.contains(relation);
        for (relation, lock) in statement.locks.iter().filter(|(relation, _)| !is_part(relation)) {
            let (name, mode, stops) = (harmless(relation), lock.0.as_str(), lock.stops());
            if stops == Stops::NOBODY {
                quiet.push(format!("{name} {mode}"));
                continue;
            }
            let says = format!("{name} {}  {}", styled(mode, of_stops(stops)), styled(waits(stops), faint()));
            let known = self.lanes.iter().position(|lane| lane.relation == *relation);
            match known {
                Some(at) if self.lanes[at].stops.or(stops) == self.lanes[at].stops => {
                    self.note(&format!("{name} {mode}, held already"), faint());
                }
                Some(at) => {
                    self.lanes[at].stops = self.lanes[at].stops.or(stops);
                    self.draw(|lane| if lane == at { '┝' } else { '│' }, &format!("       + {says}"));
                }
                None => {
                    self.lanes.push(Lane { relation: relation.clone(), stops });
                    let at = self.lanes.len() - 1;
                    self.draw(|lane| if lane == at { '┌' } else { '│' }, &format!("       + {says}"));
                }
            }
        }
        let parts: Vec<String> = statement.parts.iter().map(|part| harmless(part)).collect();
        if !parts.is_empty() {
            let shown = parts.iter().take(MOST_PARTS).cloned().collect::<Vec<_>>().join(", ");
            let more = parts.len().saturating_sub(MOST_PARTS);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            self.note(&format!("and with it {shown}{more}"), faint());
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
        let says = if statement.opener.is_some() && ends {
            format!("         the transaction ends: {} released", counted(count, "lock"))
        } else {
            format!("         {} released", counted(count, "lock"))
        };
        let glyph = |at: usize| if gone[at] { '┘' } else { '│' };
        self.draw(glyph, &styled(&says, faint()));
        let mut gone = gone.into_iter();
        self.lanes.retain(|_| !gone.next().unwrap_or(false));
    }

    fn note(&mut self, says: &str, style: Style) {
        self.draw(|_| '│', &format!("         {}", styled(says, style)));
    }

    /// One line behind the lanes; `glyph` is what is drawn for each.
    fn draw(&mut self, glyph: impl Fn(usize) -> char, says: &str) {
        let mut drawn = String::new();
        for (at, lane) in self.lanes.iter().enumerate().take(MOST_LANES) {
            drawn += &styled(&format!(" {}", glyph(at)), of_stops(lane.stops));
        }
        let mut taken = 2 * self.lanes.len().min(MOST_LANES);
        if self.lanes.len() > MOST_LANES {
            let more = format!(" +{}", self.lanes.len() - MOST_LANES);
            taken += more.len();
            drawn += &styled(&more, faint());
        }
        let blanks = " ".repeat(self.room.saturating_sub(taken));
        self.text += &format!("{drawn}{blanks}{says}\n");
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::impact::LockMode;
    use crate::impact::Server;
    use crate::report::{Lock, Session};
    use crate::sql::Dialect;

    const EXCLUSIVE: Lock = Lock(LockMode::new("AccessExclusiveLock", 8, Stops::EVERYBODY));
    const SHARE: Lock = Lock(LockMode::new("ShareLock", 5, Stops::WRITERS));
    const READ: Lock = Lock(LockMode::new("AccessShareLock", 1, Stops::NOBODY));

    /// Four statements of a transaction with locks that are told them.
    fn report() -> ImpactReport {
        let text = "alter table a add b int;\ncreate index i on c (d);\nalter table c drop d;\ncommit;\nselect 1;";
        let files = [("a.sql".to_owned(), text.to_owned())];
        let mut report = ImpactReport::new(&Session {
            server: Server::oldest(Dialect::Postgres),
            assumed: true,
            schema: &[],
            applied: &[],
            files: &files,
            model: crate::change::TransactionModel::Script,
        });
        let locks = |locks: &[(&str, Lock)]| locks.iter().map(|(name, lock)| ((*name).to_owned(), *lock)).collect();
        let (a, c) = ("public.a", "public.c\u{1b}");
        report.statements[0].locks = locks(&[(a, EXCLUSIVE), ("public.b", READ)]);
        report.statements[0].held = locks(&[(a, EXCLUSIVE), ("public.b", READ)]);
        report.statements[1].locks = locks(&[(c, SHARE)]);
        report.statements[1].held = locks(&[(a, EXCLUSIVE), (c, SHARE)]);
        report.statements[2].locks = locks(&[(c, EXCLUSIVE)]);
        report.statements[2].held = locks(&[(a, EXCLUSIVE), (c, EXCLUSIVE)]);
        report
    }

    /// A text without colours.
    fn plain(text: &str) -> String {
        let mut parts = text.split('\u{1b}');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |plain, part| plain + part.split_once('m').map_or("", |(_, rest)| rest))
    }

    #[test]
    fn locks_pile_up_until_the_transaction_ends() {
        let text = plain(&impact(&report()));
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        let expected = [
            "a.sql (one transaction)",
            "        1  alter-table a | add-column b",
            " ┌         + public.a AccessExclusiveLock  readers and writers wait",
            " │           nobody waits: public.b AccessShareLock",
            " │      2  create-index i owner c",
            " │ ┌       + public.c\\u{1b} ShareLock  writers wait",
            " │ │         reads all of public.c",
            " │ │    3  alter-table c | drop-column d",
            " │ ┝       + public.c\\u{1b} AccessExclusiveLock  readers and writers wait",
            " │ │    4  commit",
            " ┘ ┘         the transaction ends: 2 locks released",
            "",
            "a.sql (each statement alone)",
            "        5  select",
        ];
        assert_eq!(lines[2..16], expected);
    }
}
