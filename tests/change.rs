//! What statements ask for: marked fixtures, the statements that real servers ran, and hostile texts.
//!
//! `UPDATE=1 cargo test -p flightcheck-core --test change` writes the marks of the fixtures anew: read the difference.

mod marks;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use flightcheck_core::change::{Change, Request, Role, Understood, read_all};
use flightcheck_core::sql::{Dialect, Options, read};
use proptest::prelude::*;

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests")
}

fn requests(dialect: Dialect, text: &str) -> Vec<Request> {
    let options = Options::new(dialect);
    read_all(text, &read(text, &options), &options)
}

/// What begins the line under a statement that says what it asks for.
const MARK: &str = "--> ";

/// The text with the marks of each statement under it, old marks gone.
fn marked(dialect: Dialect, text: &str) -> String {
    let plain: String = text.split_inclusive('\n').filter(|line| !line.starts_with(MARK)).collect();
    let options = Options::new(dialect);
    let script = read(&plain, &options);
    let requests = read_all(&plain, &script, &options);
    let marks = requests.iter().zip(&script.statements).map(|(request, statement)| {
        let understood = match request.understood() {
            Understood::Understood => "",
            Understood::Partly => " [partly]",
            Understood::Opaque => " [opaque]",
        };
        (statement.end, format!("{MARK}{request}{understood}\n"))
    });
    marks::under(&plain, marks)
}

#[test]
fn fixtures_ask_for_what_their_marks_say() {
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in fs::read_dir(tests().join("change")).unwrap() {
        files.extend(fs::read_dir(folder.unwrap().path()).unwrap().map(|file| file.unwrap().path()));
    }
    files.sort();
    marks::hold(&files, |path, text| {
        let name = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
        marked(Dialect::from_name(name).unwrap(), text)
    });
}

/// One statement that a server ran: what it locked, rebuilt or redefined.
struct Case {
    id: String,
    sql: String,
    locked: Vec<String>,
}

/// Each statement once, as the first server that ran it saw it.
fn cases(server: &str) -> Vec<Case> {
    let text = fs::read_to_string(tests().join(format!("oracle/{server}.jsonl"))).unwrap();
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut seen = BTreeSet::new();
    let (ran, refused): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line["error"].is_null());
    let first = ran.into_iter().chain(refused).filter(|line| seen.insert(line["id"].as_str().unwrap()));
    first
        .map(|line| Case {
            id: line["id"].as_str().unwrap().into(),
            sql: line["sql"].as_str().unwrap().into(),
            locked: locked(line),
        })
        .collect()
}

/// What a server locked more strongly than for a plain read, the table it was measured on, or what it rewrote.
fn locked(line: &serde_json::Value) -> Vec<String> {
    let weak = |mode: &serde_json::Value| mode == "AccessShareLock";
    let locks = line["locks"].as_object().into_iter().flatten().filter(|(_, mode)| !weak(mode));
    let mut locked: Vec<String> = locks.map(|(name, _)| name.clone()).collect();
    locked.extend(line["table"].as_str().map(str::to_owned));
    if line["supported"].is_boolean() {
        locked.extend(
            line["rewrites"].as_array().into_iter().flatten().filter_map(|name| name.as_str()).map(str::to_owned),
        );
    }
    locked
}

/// The first words of a statement as a kind, told without the reader under test.
fn kind_by_words(sql: &str) -> Option<String> {
    let skipped = [
        "OR",
        "REPLACE",
        "UNIQUE",
        "TEMP",
        "TEMPORARY",
        "UNLOGGED",
        "GLOBAL",
        "LOCAL",
        "FULLTEXT",
        "SPATIAL",
        "CONSTRAINT",
        "RECURSIVE",
        "ONLINE",
        "IGNORE",
        "VIRTUAL",
    ];
    let upper = sql.to_ascii_uppercase();
    let mut words = upper.split(|char: char| !char.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let verb = words.next()?;
    let mut objects = words.skip_while(|word| skipped.contains(word));
    let (first, second) = (objects.next().unwrap_or_default(), objects.next().unwrap_or_default());
    let object = match (first, second) {
        ("MATERIALIZED", "VIEW") => "materialized-view",
        ("FOREIGN", "TABLE") => "foreign-table",
        ("DEFAULT", "PRIVILEGES") => return Some("alter-default-privileges".into()),
        (
            "TABLE" | "INDEX" | "VIEW" | "SEQUENCE" | "TYPE" | "DOMAIN" | "SCHEMA" | "FUNCTION" | "PROCEDURE"
            | "TRIGGER" | "POLICY" | "RULE" | "EXTENSION" | "PUBLICATION" | "STATISTICS" | "ROLE" | "USER" | "DATABASE",
            _,
        ) => first,
        _ => "",
    };
    match verb {
        "CREATE" | "ALTER" | "DROP" if !object.is_empty() => {
            Some(format!("{}-{}", verb.to_ascii_lowercase(), object.to_ascii_lowercase()))
        }
        "INSERT" | "UPDATE" | "DELETE" | "MERGE" | "TRUNCATE" | "COPY" | "GRANT" | "REVOKE" | "VACUUM" | "REINDEX"
        | "COMMENT" | "SAVEPOINT" | "PRAGMA" => Some(verb.to_ascii_lowercase()),
        _ => None,
    }
}

/// Every statement that the servers ran: understood, of the kind that its first words say, and its objects are among
/// what the server locked. Which relation has which name the catalog knows, so the last part of a name counts; a
/// statement about an index or a trigger locks its table, which only the catalog knows: those are not compared.
#[test]
fn what_servers_ran_is_understood() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (server, dialect) in
        [("postgres", Dialect::Postgres), ("mariadb", Dialect::Mariadb), ("sqlite", Dialect::Sqlite)]
    {
        for case in cases(server) {
            count += 1;
            let found = requests(dialect, &case.sql);
            let [request] = &found[..] else {
                wrong.push(format!("{}: {} statements", case.id, found.len()));
                continue;
            };
            let kind = request.kind();
            if request.understood() != Understood::Understood {
                wrong.push(format!("{}: {:?} {}", case.id, request.understood(), case.sql));
            }
            if kind_by_words(&case.sql).is_some_and(|words| words != kind) {
                wrong.push(format!("{}: {kind}: {}", case.id, case.sql));
            }
            let last = |name: &str| name.rsplit('.').next().unwrap_or_default().trim_matches('"').to_ascii_lowercase();
            let named: BTreeSet<String> =
                request.objects().iter().map(|object| last(&object.name.to_string())).collect();
            let locked: BTreeSet<String> = case.locked.iter().map(|name| last(name)).collect();
            let is_table =
                kind.ends_with("-table") || ["truncate", "insert", "update", "delete", "vacuum"].contains(&&*kind);
            if is_table && !locked.is_empty() && !named.is_empty() && named.is_disjoint(&locked) {
                wrong.push(format!("{}: names {named:?}, the server locked {locked:?}: {}", case.id, case.sql));
            }
        }
    }
    assert!(count > 700, "{count}");
    assert!(wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n"));
}

/// What must hold of any text in any dialect.
fn hold(dialect: Dialect, text: &str) {
    for request in requests(dialect, text) {
        let inside = |span: flightcheck_core::text::Span| span.start <= span.end && span.end <= text.len();
        assert!(inside(request.span), "{dialect:?} {text:?}");
        assert!(request.opaque_spans().into_iter().all(inside), "{dialect:?} {text:?}");
        for object in request.objects() {
            assert!(inside(object.name.span) && !object.name.parts.is_empty(), "{dialect:?} {text:?}");
            assert!(text.get(object.name.span.start..object.name.span.end).is_some(), "{dialect:?} {text:?}");
        }
        assert!(!request.to_string().is_empty());
    }
}

/// The words and signs of which statements are made.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "CREATE",
        "TABLE",
        "ALTER",
        "ADD",
        "COLUMN",
        "DROP",
        "CONSTRAINT",
        "PRIMARY",
        "KEY",
        "FOREIGN",
        "REFERENCES",
        "CHECK",
        "INDEX",
        "UNIQUE",
        "ON",
        "USING",
        "WHERE",
        "IF",
        "EXISTS",
        "NOT",
        "NULL",
        "DEFAULT",
        "(",
        ")",
        ",",
        ";",
        ".",
        "a",
        "\"B c\"",
        "[d]",
        "`e`",
        "'f'",
        "''",
        "$$",
        "1",
        "INSERT",
        "INTO",
        "VALUES",
        "SELECT",
        "FROM",
        "UPDATE",
        "SET",
        "DELETE",
        "BEGIN",
        "END",
        "DO",
        "EXECUTE",
        "IMMEDIATE",
        "'ALTER TABLE x ADD ''y'' int'",
        "THEN",
        "ELSE",
        "LOOP",
        "CASE",
        "WHEN",
        "TYPE",
        "RENAME",
        "TO",
        "PARTITION",
        "OF",
        "FOR",
        "BY",
        "GRANT",
        "COMMENT",
        "IS",
        "VIEW",
        "AS",
        "WITH",
        "TRIGGER",
        "FUNCTION",
        "RETURNS",
        "LANGUAGE",
        "${p}",
        "{{ t }}",
        "=",
        "::",
        "[",
        "]",
        "@v",
        "EXEC",
        "sp_rename",
        "MODIFY",
        "CHANGE",
        "PRAGMA",
        "DECLARE",
        "EXPLAIN",
        "PREPARE",
        "GO\n",
        "\n/\n",
        "/*!",
        "*/",
        "é",
        "MERGE",
        "COPY",
        "\\x",
        ":n",
        "#t",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn anything_can_be_read(pieces in prop::collection::vec(piece(), 0..40), dialect in 0..8_usize) {
        let dialect = Dialect::all().nth(dialect).unwrap();
        hold(dialect, &pieces.join(" "));
        hold(dialect, &pieces.concat());
    }

    #[test]
    fn any_characters_can_be_read(text in "\\PC{0,80}", dialect in 0..8_usize) {
        hold(Dialect::all().nth(dialect).unwrap(), &format!("ALTER TABLE {text}"));
        hold(Dialect::all().nth(dialect).unwrap(), &text);
    }
}

/// What repeats in texts that are hard on a careless reader, after what begins them.
const HOSTILE: [(&str, &str, usize); 16] = [
    ("SELECT ", "(", 100_000),
    ("CREATE TABLE t ", "(", 100_000),
    ("CREATE TABLE t (a int DEFAULT ", "(", 100_000),
    ("", "BEGIN ", 100_000),
    ("", "BEGIN IF 1=1 ", 100_000),
    ("DO $$ BEGIN ", "IF a THEN BEGIN ", 100_000),
    ("", "EXPLAIN ", 100_000),
    ("", "CREATE TRIGGER a ON t BEGIN ", 20_000),
    ("", "IF EXISTS (SELECT 1) BEGIN ", 20_000),
    ("ALTER TABLE t ", "ADD ", 20_000),
    ("ALTER TABLE t ADD ", "a int, ", 10_000),
    ("CREATE TABLE t (", "a int, ", 10_000),
    ("CREATE SCHEMA s ", "CREATE TABLE t (a int) ", 10_000),
    ("SELECT 1 FROM ", "a, ", 10_000),
    ("EXECUTE ", "'", 100_000),
    ("SET a = ", "1, ", 10_000),
];

/// Depth costs no stack: the reading happens on a thread that has little.
#[test]
fn deep_and_long_texts_are_read() {
    let read_them = || {
        for (start, piece, times) in HOSTILE {
            let text = start.to_owned() + &piece.repeat(times);
            for dialect in Dialect::all() {
                let spans = requests(dialect, &text).iter().flat_map(Request::opaque_spans).collect::<Vec<_>>();
                assert!(spans.iter().all(|span| span.end <= text.len()), "{dialect:?} {start} {piece}");
            }
        }
    };
    std::thread::Builder::new().stack_size(512 * 1024).spawn(read_them).unwrap().join().unwrap();
}

/// The spans of what stands in bodies and literals are places in the script.
#[test]
fn nested_statements_are_where_they_stand() {
    let text = "DO $x$ BEGIN IF NOT EXISTS (SELECT 1) THEN EXECUTE 'ALTER TABLE users ADD n text DEFAULT ''a'''; END IF; END $x$;";
    let [request] = &requests(Dialect::Postgres, text)[..] else { panic!() };
    let Change::Block(block) = &request.change else { panic!("{request}") };
    let step = &block.steps[0];
    assert_eq!(step.request.to_string(), "alter-table users | add-column n");
    assert!(text[step.request.span.start..].starts_with("ALTER TABLE users"));
    let table = step.request.objects().into_iter().find(|object| object.role == Role::Target).unwrap();
    assert_eq!(&text[table.name.span.start..table.name.span.end], "users");
    let guard = step.guard.unwrap();
    assert_eq!(&text[guard.span.start..guard.span.end], "NOT EXISTS (SELECT 1)");
}
