//! Folders of other tools, as data: files in, tool, order, directions and transactions out.

use super::*;
use crate::layout::File;

/// Reads a folder given as `path: text` pairs and lists `version direction transaction text` of every section.
fn listed(folder: &str, contents: &[(&str, &str)]) -> (Tool, Vec<String>) {
    let files: Files =
        contents.iter().map(|(path, text)| ((*path).to_owned(), File::new(text.as_bytes().to_vec()))).collect();
    let tool = detect(folder, &files).unwrap().tool;
    let (scripts, unreadable) = read(tool, folder, &files);
    assert!(unreadable.is_empty());
    let mut lines = Vec::new();
    for script in scripts {
        let text = files[&script.path].text(Encoding::Utf8).unwrap();
        for section in script.sections {
            let body = text[section.span.start..section.span.end].trim();
            lines.push(format!("{} {:?} {:?} {body}", script.version, section.direction, section.transaction));
        }
    }
    (tool, lines)
}

#[test]
fn goose() {
    let (tool, lines) = listed(
        "db",
        &[
            ("db/10_b.sql", "-- +goose NO TRANSACTION\n-- +goose Up\nb;\n-- +goose Down\nundo b;\n"),
            ("db/9_a.sql", "-- +goose up\na;\n"),
            ("db/README.md", "x"),
        ],
    );
    assert_eq!(tool, Tool::Goose);
    assert_eq!(lines, ["9 Up Script a;", "10 Up Statement b;", "10 Down Statement undo b;"]);
}

#[test]
fn dbmate_compares_texts() {
    let (tool, lines) = listed(
        "db/migrations",
        &[
            ("db/migrations/10_b.sql", "-- migrate:up transaction:false\nb;\n-- migrate:down\nundo b;\n"),
            ("db/migrations/9_a.sql", "-- migrate:up\na;\n-- migrate:down\n"),
        ],
    );
    assert_eq!(tool, Tool::Dbmate);
    assert_eq!(lines, ["10 Up Batch b;", "10 Down Script undo b;", "9 Up Script a;", "9 Down Script "]);
}

#[test]
fn sql_migrate_and_tern_and_node_pg_migrate() {
    let (tool, lines) = listed(".", &[("1_a.sql", "-- +migrate Up notransaction\na;\n-- +migrate Down\nundo;\n")]);
    assert_eq!(
        (tool, lines),
        (Tool::SqlMigrate, vec!["1_a.sql Up Statement a;".into(), "1_a.sql Down Script undo;".into()])
    );
    let (tool, lines) = listed(".", &[("001_a.sql", "a;\n---- create above / drop below ----\nundo;\n")]);
    assert_eq!((tool, lines), (Tool::Tern, vec!["001 Up Script a;".into(), "001 Down Script undo;".into()]));
    let (tool, lines) = listed(".", &[("1_a.sql", "-- Up Migration\na;\n-- Down Migration\nundo;\n")]);
    assert_eq!((tool, lines), (Tool::NodePgMigrate, vec!["1 Up Run a;".into(), "1 Down Run undo;".into()]));
}

#[test]
fn two_files_for_two_directions() {
    let files = [("m/2_b.up.sql", "b"), ("m/1_a.down.sql", "undo"), ("m/1_a.up.sql", "a"), ("m/notes.txt", "")];
    let (tool, lines) = listed("m", &files);
    assert_eq!(tool, Tool::GolangMigrate);
    assert_eq!(lines, ["1 Up Batch a", "1 Down Batch undo", "2 Up Batch b"]);
    let (tool, lines) = listed("m", &[("Cargo.toml", ""), ("m/1_a.sql", "-- no-transaction\na")]);
    assert_eq!((tool, lines), (Tool::Sqlx, vec!["1 Up Statement -- no-transaction\na".into()]));
}

#[test]
fn folders_for_migrations() {
    let (tool, lines) = listed(
        "migrations",
        &[
            ("migrations/2019-09-12-100000_b/up.sql", "b"),
            ("migrations/2019-09-12-100000_b/down.sql", "undo"),
            ("migrations/2019-09-12-100000_b/metadata.toml", "run_in_transaction = false"),
            ("migrations/00000000000000_setup/up.sql", "a"),
            ("migrations/.keep", ""),
        ],
    );
    assert_eq!(tool, Tool::Diesel);
    assert_eq!(lines, ["00000000000000 Up Script a", "20190912100000 Up Batch b", "20190912100000 Down Batch undo"]);
    let (tool, lines) = listed(
        "prisma/migrations",
        &[("prisma/migrations/migration_lock.toml", ""), ("prisma/migrations/20240101_init/migration.sql", "a")],
    );
    assert_eq!((tool, lines), (Tool::Prisma, vec!["20240101 Up Batch a".into()]));
}

#[test]
fn the_rest_is_told_by_names() {
    assert_eq!(listed("supabase/migrations", &[("supabase/migrations/2024_a.sql", "a")]).0, Tool::Supabase);
    assert_eq!(
        listed("m", &[("m/atlas.sum", ""), ("m/1_a.sql", "-- atlas:txmode none\na")]).1,
        ["1 Up Statement -- atlas:txmode none\na"]
    );
    assert_eq!(listed("m", &[("m/meta/_journal.json", "{}"), ("m/0001_a.sql", "a")]).1, ["0001 Up Run a"]);
    assert_eq!(listed("sql", &[("sql/V1__a.sql", "a")]).0, Tool::Flyway);
    assert_eq!(listed("m", &[("m/2-b.sql", "b"), ("m/10-c.sql", "c")]).1, ["2 Up Unknown b", "10 Up Unknown c"]);
    assert_eq!(detect("m", &Files::new()), None);
}
