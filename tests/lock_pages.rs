//! The pages of the lock rules on a real PostgreSQL: their examples run, with and without the fixes, and the locks that
//! the findings name are there.
//! `tests/lock-pages.sh` starts the server; without it this test says that it is skipped.

#[allow(dead_code, reason = "folders are read by others")]
mod projects;
#[allow(dead_code, reason = "carets are looked at by rule_pages")]
#[path = "rule_pages/sql.rs"]
mod sql;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::{Command, Stdio};

use flightcheck_core::finding::{Edit, Finding};
use flightcheck_core::rules::{Group, RULES};
use flightcheck_core::sql::{Dialect, Options, read};
use flightcheck_core::text::Span;

/// Modes, the weakest first.
const MODES: [&str; 8] = [
    "AccessShareLock",
    "RowShareLock",
    "RowExclusiveLock",
    "ShareUpdateExclusiveLock",
    "ShareLock",
    "ShareRowExclusiveLock",
    "ExclusiveLock",
    "AccessExclusiveLock",
];

/// Rules whose messages name no lock of their own.
const WITHOUT_LOCK: [&str; 1] = ["repeated-rewrite"];

/// Relation and mode.
type Locks = BTreeSet<(String, String)>;

/// The names that relations have before a script renames them.
const NAMES: &str = "CREATE TEMP TABLE page_names AS SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'";
/// The locks that are held now.
const QUERY: &str = "SELECT '@' || :at || '|' || coalesce(p.name, format('%I.%I', n.nspname, c.relname)) || '|' || l.mode FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN page_names p ON p.oid = c.oid WHERE l.pid = pg_backend_pid() AND l.granted AND n.nspname = 'public'";

/// A private server.
struct Server {
    programs: String,
}

impl Server {
    fn run(&self, database: &str, script: &str) -> Result<String, String> {
        let mut psql = Command::new(format!("{}/psql", self.programs));
        psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", "-"]);
        let mut child = psql.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
    }

    /// Runs a script in one transaction. What is held after each of its statements; nothing where it refuses one.
    fn play(&self, database: &str, text: &str, statements: &[Span]) -> Result<Option<Vec<Locks>>, String> {
        let mut whole = format!("{NAMES};\nBEGIN;\n");
        for (at, span) in statements.iter().enumerate() {
            whole += &format!("{};\n{};\n", &text[span.start..span.end], QUERY.replace(":at", &at.to_string()));
        }
        match self.run(database, &format!("{whole}COMMIT;\n")) {
            Ok(output) => {
                let mut held = vec![Locks::new(); statements.len()];
                for line in output.lines().filter_map(|line| line.strip_prefix('@')) {
                    let mut parts = line.split('|').map(str::to_owned);
                    let mut next = || parts.next().unwrap();
                    let at: usize = next().parse().unwrap();
                    held[at].insert((next(), next()));
                }
                Ok(Some(held))
            }
            Err(error) if error.contains("cannot run inside a transaction block") => {
                self.run(database, text).map(|_| None)
            }
            Err(error) => Err(error),
        }
    }
}

/// The locks that a message names: `` AccessExclusiveLock on `public.orders` ``.
fn named(message: &str) -> Locks {
    let pieces = message.split("Lock on `").collect::<Vec<_>>();
    let pairs = pieces.windows(2).filter_map(|pair| {
        let mode = pair[0].rsplit(' ').next()?;
        Some((pair[1].split('`').next()?.to_owned(), format!("{mode}Lock")))
    });
    pairs.collect()
}

fn rank(mode: &str) -> Option<usize> {
    MODES.iter().position(|known| *known == mode)
}

/// What is wrong with the locks that a finding names, and how many were seen.
fn compare(finding: &Finding, before: &Locks, after: &Locks) -> (usize, Vec<String>) {
    let (mut seen, mut wrong) = (0, Vec::new());
    for (relation, mode) in named(&finding.message) {
        let own = |locks: &Locks| locks.iter().filter(|lock| lock.0 == relation).filter_map(|lock| rank(&lock.1)).max();
        let named = rank(&mode);
        // One that was taken before may be stronger.
        let stronger = own(after) > named && own(before) < own(after);
        if after.contains(&(relation.clone(), mode.clone())) && !stronger {
            seen += 1;
        } else {
            wrong.push(format!("{}: {} — but there was {after:?}", finding.rule, finding.message));
        }
    }
    (seen, wrong)
}

/// Applies each fix of an example by itself and runs all scripts. How many that were, and what was refused.
fn fixed(server: &Server, database: &str, block: &str) -> (usize, Vec<String>) {
    let sources = sql::scripts(block);
    let findings = sources.findings();
    let fixes: Vec<_> = findings.iter().flat_map(|finding| &finding.fixes).collect();
    let mut wrong = Vec::new();
    for (number, fix) in fixes.iter().enumerate() {
        let mut paths: Vec<String> = sql::sections(block).into_iter().map(|(path, _)| path).collect();
        paths.extend(fix.edits.iter().filter_map(|edit| match edit {
            Edit::Create { file, .. } => Some(file.clone()),
            _ => None,
        }));
        // A server runs scripts, and not the settings beside them.
        paths.retain(|path| std::path::Path::new(path).extension().is_some_and(|ending| ending == "sql"));
        paths.sort();
        let after = sources.fixed(fix);
        let database = format!("{database}_{number}");
        server.run("postgres", &format!("CREATE DATABASE {database}")).unwrap();
        for path in &paths {
            let text = after.text(path);
            if let Err(error) = server.play(&database, &text, &spans(&text)) {
                wrong.push(format!("`{}`: {path}: {error}", fix.title));
            }
        }
    }
    (fixes.len(), wrong)
}

/// Where the statements of a script are.
fn spans(text: &str) -> Vec<Span> {
    read(text, &Options::new(Dialect::Postgres)).statements.iter().map(|statement| statement.span).collect()
}

/// Runs an example. How many locks were seen, by rule.
fn example(server: &Server, database: &str, block: &str, seen: &mut BTreeMap<&'static str, usize>) -> Vec<String> {
    let sources = sql::scripts(block);
    let findings = sources.findings();
    let mut wrong = Vec::new();
    server.run("postgres", &format!("CREATE DATABASE {database}")).unwrap();
    for (path, _) in sql::sections(block) {
        let text = sources.text(&path);
        let statements = spans(&text);
        let held = match server.play(database, &text, &statements) {
            Ok(Some(held)) => held,
            Ok(None) => continue,
            Err(error) => {
                wrong.push(format!("{path} of {block}: {error}"));
                break;
            }
        };
        for finding in findings.iter().filter(|finding| finding.primary.file == path) {
            let place = finding.primary.span.unwrap().start;
            let Some(at) = statements.iter().position(|span| span.start <= place && place < span.end) else { continue };
            let before = at.checked_sub(1).map_or_else(Locks::new, |before| held[before].clone());
            let (count, found) = compare(finding, &before, &held[at]);
            *seen.entry(finding.rule).or_default() += count;
            wrong.extend(found);
        }
    }
    wrong
}

#[test]
fn locks_on_pages_are_those_that_the_server_takes() {
    let Ok(programs) = std::env::var("LOCK_PAGES") else {
        println!("SKIPPED: tests/lock-pages.sh starts the server that this needs");
        return;
    };
    let server = Server { programs };
    let version = server.run("postgres", "SHOW server_version_num").unwrap();
    let major = version.trim().parse::<u32>().unwrap() / 10_000;
    let (mut seen, mut wrong, mut ran, mut others, mut fixes) = (BTreeMap::new(), Vec::new(), 0, 0, 0);
    for rule in RULES.iter().filter(|rule| rule.group == Group::Locks) {
        let blocks = rule.page.split("```sql\n").skip(1).filter_map(|part| part.split("```").next());
        for block in blocks.filter(|block| block.contains("-- server: postgres-")) {
            if block.lines().any(|line| line == format!("-- server: postgres-{major}")) {
                wrong.extend(example(&server, &format!("page{ran}"), block, &mut seen));
                let (count, refused) = fixed(&server, &format!("fixed{ran}"), block);
                fixes += count;
                wrong.extend(refused);
                ran += 1;
            } else {
                others += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    println!(
        "PostgreSQL {major}: {ran} examples and {fixes} fixes ran, {others} are for other versions; locks seen: {seen:?}"
    );
    if major == 15 {
        let unseen = |rule: &str| !seen.contains_key(rule) && !WITHOUT_LOCK.contains(&rule);
        let speak = RULES.iter().filter(|rule| rule.group == Group::Locks && rule.page.contains("server: postgres-15"));
        let unseen: Vec<&str> = speak.map(|rule| rule.name).filter(|rule| unseen(rule)).collect();
        assert!(unseen.is_empty(), "no lock was seen for {unseen:?}");
    }
}
