//! Scripts replayed: what each leaves behind, what does not fit, and hostile texts.
//!
//! `tests/catalog/<dialect>-<subject>.sql` is a script. A line `--! …` under a statement says what in it does not fit;
//! the lines `--= …` at the end are the catalog it leaves. `UPDATE=1 cargo test -p flightcheck-core --test catalog` writes
//! both anew: read the difference. A first line `-- open` begins with a database of which nothing is known, and
//! `-- after FILE` with what that script, which fits without exception, leaves behind.

mod marks;

use std::fs;
use std::path::{Path, PathBuf};

use flightcheck_core::catalog::{Catalog, Conflict, ConflictKind, Difference, Origin, diff};
use flightcheck_core::change::{Change, read_all};
use flightcheck_core::sql::{Dialect, Options, read};
use proptest::prelude::*;

const CONFLICT: &str = "--! ";
const LISTING: &str = "--= ";
const AFTER: &str = "-- after ";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/catalog")
}

/// Replays a script; gives what does not fit in each statement, with where the statement ends.
fn replay(catalog: &mut Catalog, text: &str, script: u32) -> Vec<(usize, Vec<Conflict>)> {
    let options = Options::new(catalog.dialect());
    let parsed = read(text, &options);
    let requests = read_all(text, &parsed, &options);
    let mut statements = 0..;
    let apply = |(request, end)| {
        let request: &flightcheck_core::change::Request = request;
        let statement = statements.next().unwrap_or(u32::MAX);
        (end, catalog.apply(request, text, Origin { script, statement }))
    };
    requests.iter().zip(parsed.statements.iter().map(|statement| statement.end)).map(apply).collect()
}

fn replayed(dialect: Dialect, text: &str) -> Catalog {
    let mut catalog = Catalog::new(dialect);
    replay(&mut catalog, text, 0);
    catalog
}

fn said(conflict: &Conflict) -> String {
    let others = match &conflict.kind {
        ConflictKind::NeededBy(others) => {
            format!(" {}", others.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
        }
        _ => String::new(),
    };
    format!("{CONFLICT}{} {}{others}\n", conflict.object, conflict.kind.as_str())
}

/// The text of the script that a script comes after.
fn before(text: &str) -> String {
    let name = text.lines().next().and_then(|line| line.strip_prefix(AFTER));
    name.map(|name| fs::read_to_string(folder().join(name)).unwrap()).unwrap_or_default()
}

/// The script with its marks and its listing, old ones gone.
fn marked(dialect: Dialect, text: &str) -> String {
    let old = |line: &&str| line.starts_with(CONFLICT.trim_end()) || line.starts_with(LISTING.trim_end());
    let plain: String = text.split_inclusive('\n').filter(|line| !old(line)).collect();
    let mut catalog = if plain.starts_with("-- open") { Catalog::open(dialect) } else { Catalog::new(dialect) };
    let before = replay(&mut catalog, &before(&plain), 0);
    assert!(before.iter().all(|(_, conflicts)| conflicts.is_empty()));
    let found = replay(&mut catalog, &plain, 1);
    let conflicts = found.iter().map(|(end, conflicts)| (*end, conflicts.iter().map(said).collect::<String>()));
    let mut out = marks::under(&plain, conflicts);
    for line in catalog.listing().lines() {
        out.push_str(&format!("{LISTING}{line}\n"));
    }
    out
}

fn fixtures() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

/// The dialect in the name of a script.
fn dialect(path: &Path) -> Dialect {
    let name = path.file_stem().unwrap().to_str().unwrap();
    Dialect::from_name(name.split('-').next().unwrap()).unwrap()
}

#[test]
fn scripts_leave_the_catalog_listed_below_them() {
    marks::hold(&fixtures(), |path, text| marked(dialect(path), text));
}

#[test]
fn a_rollback_restores_and_a_snapshot_stays() {
    let mut catalog = replayed(Dialect::Postgres, "CREATE TABLE t (a int);");
    let snapshot = catalog.clone();
    replay(&mut catalog, "BEGIN; DROP TABLE t; CREATE TABLE u (b int); ROLLBACK;", 1);
    assert_eq!(diff(&snapshot, &catalog), []);
    assert_eq!(snapshot.listing(), catalog.listing());
    replay(&mut catalog, "ALTER TABLE t ADD COLUMN b text;", 2);
    assert_ne!(snapshot.listing(), catalog.listing());
    let found: Vec<String> = diff(&snapshot, &catalog).iter().map(|found| found.object.to_string()).collect();
    assert_eq!(found, ["column public.t.b"]);
}

#[test]
fn undoing_what_was_done_leaves_no_difference() {
    let base = "CREATE TABLE t (a int PRIMARY KEY, b varchar(10)); CREATE TABLE u (t_a int REFERENCES t);";
    let pairs = [
        ("ALTER TABLE t ADD COLUMN c int;", "ALTER TABLE t DROP COLUMN c;"),
        ("ALTER TABLE t RENAME COLUMN b TO z;", "ALTER TABLE t RENAME COLUMN z TO b;"),
        ("ALTER TABLE t RENAME TO x;", "ALTER TABLE x RENAME TO t;"),
        ("CREATE INDEX i ON t (b);", "DROP INDEX i;"),
        ("ALTER TABLE t DROP COLUMN b;", "ALTER TABLE t ADD COLUMN b character varying(10);"),
        ("INSERT INTO t VALUES (1, 'x');", ""),
        ("CREATE VIEW v AS SELECT a FROM t;", "DROP VIEW v;"),
        ("ALTER TABLE t ALTER COLUMN b SET NOT NULL;", "ALTER TABLE t ALTER COLUMN b DROP NOT NULL;"),
    ];
    let before = replayed(Dialect::Postgres, base);
    for (up, down) in pairs {
        let after = replayed(Dialect::Postgres, &format!("{base}\n{up}\n{down}"));
        let found: Vec<Difference> = diff(&before, &after);
        assert_eq!(found, [], "{up} {down}");
    }
}

#[test]
fn the_statements_of_fixtures_replay_twice_to_the_same() {
    for path in fixtures() {
        let text = fs::read_to_string(&path).unwrap();
        let (dialect, text) = (dialect(&path), before(&text) + &text);
        assert_eq!(replayed(dialect, &text), replayed(dialect, &text), "{}", path.display());
    }
}

#[test]
fn an_opaque_statement_opens_the_catalog() {
    let mut catalog = Catalog::new(Dialect::Postgres);
    replay(&mut catalog, "FROBNICATE EVERYTHING;", 0);
    assert!(catalog.is_open());
    let text = "ALTER TABLE t ADD COLUMN a int;";
    assert!(replay(&mut catalog, text, 1).iter().all(|(_, conflicts)| conflicts.is_empty()));
    let options = Options::new(Dialect::Postgres);
    let Change::Alter(alter) = &read_all(text, &read(text, &options), &options)[0].change else { panic!() };
    let table = catalog.table(alter.name.as_ref().unwrap()).present().unwrap();
    assert!(!table.complete && table.column("a").is_present());
    assert!(!table.column("b").is_absent() && !table.column("b").is_present());
}

/// Words that together make many statements, some of them whole.
fn statements() -> impl Strategy<Value = String> {
    let words = "CREATE TABLE INDEX VIEW TYPE ENUM AS SELECT FROM ALTER DROP ADD COLUMN RENAME TO t u a b int text PRIMARY \
                 KEY REFERENCES UNIQUE CHECK NOT NULL DEFAULT IF EXISTS CASCADE PARTITION OF BY RANGE ATTACH DETACH \
                 INHERIT CONSTRAINT ON ONLY USING BEGIN ROLLBACK COMMIT INSERT INTO VALUES TRUNCATE SET SCHEMA \
                 search_path DO $$ EXECUTE CALL ( ) ( ) , ; ; ; 'x' 1 = . \" # @ \n";
    let words: Vec<String> = words.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    prop::collection::vec(prop::sample::select(words), 0..60).prop_map(|words| words.join(" "))
}

/// Whole statements in any order, over few names, so that they get in each other's way.
fn collisions() -> impl Strategy<Value = String> {
    let all = fs::read_dir(folder()).unwrap().flat_map(|file| {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        (before(&text) + &text).split_inclusive(";\n").map(str::to_owned).collect::<Vec<_>>()
    });
    let mut all: Vec<String> = all.collect();
    all.sort();
    prop::collection::vec(prop::sample::select(all), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nothing_panics_and_nothing_is_random(text in prop_oneof![any::<String>(), statements(), collisions()]) {
        for dialect in Dialect::all() {
            let once = replayed(dialect, &text);
            prop_assert_eq!(&once, &replayed(dialect, &text));
            prop_assert_eq!(diff(&once, &once), []);
            prop_assert_eq!(once.listing(), once.clone().listing());
            let mut open = Catalog::open(dialect);
            replay(&mut open, &text, 0);
            for relation in open.relations().chain(once.relations()) {
                let _ = once.dependents_of(&relation.reference());
                let _ = once.children_of(&relation.name);
                let _ = once.made(&relation.reference());
            }
            open.end_session();
        }
    }
}
