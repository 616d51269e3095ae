//! The replayed catalog beside that of a real server. `tests/catalog-proof.sh` prepares what is compared here; without it
//! this test says that it is skipped.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use flightcheck_core::catalog::{Catalog, Constraint, ConstraintKind, IdentityKind, Origin, Relation, RelationKind};
use flightcheck_core::change::{Session, read_all};
use flightcheck_core::impact::{Server, Situation, impact};
use flightcheck_core::sql::{Dialect, Options, read};

/// What is said, by kind, table and part.
type Facts = BTreeMap<(String, String, String), String>;

/// Replays scripts; also gives the conflicts, of which there must be none in what a server accepted.
fn replayed(files: &str, dialect: Dialect) -> (Catalog, Vec<String>) {
    let options = Options::new(dialect);
    let mut catalog = Catalog::new(dialect);
    let mut conflicts = Vec::new();
    // The servers that are installed are no older.
    let server = Server::oldest(dialect);
    // Of a lone file the server took what it could.
    let whole = files.lines().count() > 1;
    for (script, file) in (0..).zip(files.lines()) {
        let text = String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned();
        let mut session = Session::default();
        // Only PostgreSQL takes a whole script in one transaction.
        if dialect == Dialect::Postgres {
            catalog.begin();
        }
        for (statement, request) in (0..).zip(read_all(&text, &read(&text, &options), &options)) {
            let situation =
                Situation { catalog: &catalog, text: &text, session: &session, server, begin: None, since: None };
            if let Some(refusal) = impact(&request, &situation).fails.filter(|_| whole) {
                let line = text[..refusal.span.start].lines().count();
                conflicts.push(format!("{file}:{line}: the server took what is said to fail: {}", refusal.reason));
            }
            session.apply(&request.change, dialect == Dialect::Postgres);
            for conflict in catalog.apply(&request, &text, Origin { script, statement }) {
                let line = text[..conflict.span.start].lines().count();
                conflicts.push(format!("{file}:{line}: {} {}", conflict.object, conflict.kind.as_str()));
            }
        }
        catalog.commit();
        catalog.end_session();
    }
    (catalog, conflicts)
}

fn facts(catalog: &Catalog) -> Facts {
    let mut facts = Facts::new();
    for relation in catalog.relations() {
        let name = relation.name.to_string();
        let mut add = |kind: &str, part: &str, said: String| {
            facts.insert((kind.to_owned(), name.clone(), part.to_owned()), said);
        };
        let kind = match relation.kind {
            RelationKind::Table if relation.partition_key.is_some() => "p",
            RelationKind::Table => "r",
            RelationKind::ForeignTable => "f",
            RelationKind::View => "v",
            RelationKind::MaterializedView => "m",
            RelationKind::Sequence => "S",
            RelationKind::Synonym => "?",
        };
        // The tables that SQLite or a virtual table keeps for itself are not asked for.
        let within = |table: &Relation| {
            let kept = relation.name.name.strip_prefix(&*table.name.name).is_some_and(|rest| rest.starts_with('_'));
            table.kind == RelationKind::ForeignTable && kept
        };
        let sqlite = catalog.dialect() == Dialect::Sqlite;
        if sqlite && (relation.name.name.starts_with("sqlite_") || catalog.relations().any(within)) {
            continue;
        }
        add("relation", "", kind.to_owned());
        parts(relation, catalog.dialect(), &mut add);
    }
    facts
}

fn parts(relation: &Relation, dialect: Dialect, add: &mut impl FnMut(&str, &str, String)) {
    if matches!(relation.kind, RelationKind::ForeignTable) && dialect == Dialect::Sqlite {
        return;
    }
    let sqlite = dialect == Dialect::Sqlite;
    for column in relation
        .columns
        .iter()
        .filter(|_| !matches!(relation.kind, RelationKind::View | RelationKind::MaterializedView))
    {
        let mut said = column.data_type.as_ref().map_or_else(String::new, ToString::to_string);
        let identity = match column.identity {
            Some(IdentityKind::Always | IdentityKind::ByDefault) => true,
            Some(IdentityKind::AutoIncrement) => !sqlite,
            _ => false,
        };
        for (word, holds) in [
            (" not null", column.nullable == Some(false)),
            (" default", column.default.as_ref().is_some_and(|default| !default.text.eq_ignore_ascii_case("null"))),
            (" generated", column.generated.is_some()),
            (" identity", identity),
        ] {
            said.push_str(if holds { word } else { "" });
        }
        add("column", &column.name, said);
    }
    for constraint in &relation.constraints {
        let kind = match constraint.kind {
            ConstraintKind::PrimaryKey => "p",
            ConstraintKind::ForeignKey { .. } => "f",
            // What MariaDB calls an unnamed check depends on where it stands; SQLite does not list checks.
            ConstraintKind::Check { .. } if dialect != Dialect::Postgres => continue,
            // A unique index is a constraint there, and the other way round.
            ConstraintKind::Unique { .. } if dialect == Dialect::Mariadb => continue,
            ConstraintKind::Unique { .. } => "u",
            ConstraintKind::Check { .. } => "c",
            ConstraintKind::Exclude { .. } => "x",
            ConstraintKind::NotNull | ConstraintKind::Default => continue,
        };
        let valid = if constraint.validated { "" } else { " not valid" };
        let by_columns = |kind: &str, constraint: &Constraint| format!("{kind}({})", constraint.columns.join(","));
        let name = constraint.name.clone().unwrap_or_else(|| "?".to_owned());
        let name = if dialect == Dialect::Postgres { name } else { name.to_lowercase() };
        let name = if sqlite { by_columns(kind, constraint) } else { name };
        add("constraint", &name, format!("{kind}{valid}"));
    }
    for index in relation.indexes.iter().filter(|index| !sqlite || !index.of_constraint) {
        let columns: Vec<&str> = index.parts.iter().map(|part| part.column.as_deref().unwrap_or("?")).collect();
        let unique = if index.unique { "unique " } else { "" };
        let name = index.name.clone().unwrap_or_else(|| "?".to_owned());
        let name = if dialect == Dialect::Postgres { name } else { name.to_lowercase() };
        add("index", &name, format!("{unique}{}", columns.join(",")));
    }
}

/// A type without the schema, which the server leaves out or not by its search path.
fn bare(said: &str) -> String {
    said.split(' ').map(|word| word.rsplit('.').next().unwrap_or(word).replace('"', "")).collect::<Vec<_>>().join(" ")
}

/// How wide an integer is printed says nothing of it. MariaDB's `json` is `longtext`.
fn without_widths(said: &str) -> String {
    match said.split_once("int(").and_then(|(kind, rest)| Some((kind, rest.split_once(')')?))) {
        Some((kind, (width, rest))) if width.parse::<u16>().is_ok() => format!("{kind}int{rest}"),
        _ => said.to_owned(),
    }
}

/// Whether two say the same.
fn same(own: &str, said: &str, dialect: Dialect) -> bool {
    let plain = |said: &str| match dialect {
        Dialect::Postgres => bare(said),
        Dialect::Mariadb => without_widths(&said.replace(", ", ",").replace("json", "longtext")),
        _ => said.replace(", ", ",").replace(" ,", ","),
    };
    plain(own) == plain(said)
}

/// Compares one folder; gives what differs, and how many facts agree and are unknown.
fn compared(folder: &Path, dialect: Dialect) -> (Vec<String>, usize, usize) {
    let (catalog, mut wrong) = replayed(&fs::read_to_string(folder.join("applied")).unwrap(), dialect);
    let mut ours = facts(&catalog);
    let (mut agree, mut unknown) = (0, 0);
    for line in fs::read_to_string(folder.join("facts")).unwrap().lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [kind, name, part, said] = fields.as_slice() else { continue };
        let key = ((*kind).to_owned(), (*name).to_owned(), (*part).to_owned());
        let table = catalog.relations().find(|relation| relation.name.to_string() == *name);
        let known = table.map_or(!catalog.is_open(), |table| table.complete);
        match ours.remove(&key) {
            Some(own) if same(&own, said, dialect) => agree += 1,
            _ if !known => unknown += 1,
            Some(own) => wrong.push(format!("{kind} {name}.{part}: the server says {said}, the replay {own}")),
            None => wrong.push(format!("{kind} {name}.{part}: only the server has it: {said}")),
        }
    }
    for ((kind, name, part), said) in ours {
        // Where a statement was not understood, it may have renamed or removed what the replay still has.
        let known = catalog.relations().any(|relation| relation.name.to_string() == name && relation.complete);
        if known || !catalog.is_open() {
            wrong.push(format!("{kind} {name}.{part}: only the replay has it: {said}"));
        } else {
            unknown += 1;
        }
    }
    (wrong, agree, unknown)
}

#[test]
fn the_replay_knows_what_the_server_knows() {
    let Some(root) = std::env::var_os("CATALOG_PROOF") else {
        println!("SKIPPED: tests/catalog-proof.sh runs this");
        return;
    };
    let mut folders: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let (mut all, mut known) = (0, 0);
    for folder in folders {
        let name = fs::read_to_string(folder.join("name")).unwrap();
        let dialect = fs::read_to_string(folder.join("dialect")).unwrap();
        let (wrong, agree, unknown) = compared(&folder, Dialect::from_name(dialect.trim()).unwrap());
        println!("{} ({}): {agree} agree, {} differ, {unknown} unknown", name.trim(), dialect.trim(), wrong.len());
        wrong.iter().take(40).for_each(|line| println!("  {line}"));
        all += wrong.len();
        known += agree;
    }
    println!("together: {known} agree, {all} differ");
    assert!(known > 0 && all * 200 <= known, "more than one fact in 200 differs");
}
