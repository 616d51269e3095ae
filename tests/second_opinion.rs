//! `squawk-syntax` reads PostgreSQL almost as the server does: where it reads a script without an error, it finds the
//! same statements at the same places.
//!
//! `FLIGHTCHECK_CORPUS` names a folder with further PostgreSQL scripts to compare; they are no part of the project.

use std::fs;
use std::path::{Path, PathBuf};

use flightcheck_core::sql::{Dialect, Options, read};
use squawk_syntax::SourceFile;
use squawk_syntax::ast::AstNode;

/// All SQL scripts below a folder.
fn scripts(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "sql") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The statements as the other reader finds them; `None` where it finds an error.
fn theirs(text: &str) -> Option<Vec<&str>> {
    let parse = SourceFile::parse(text);
    if !parse.errors().is_empty() {
        return None;
    }
    let span = |statement: squawk_syntax::ast::Stmt| {
        let range = statement.syntax().text_range();
        text[usize::from(range.start())..usize::from(range.end())].trim().trim_end_matches(';').trim_end()
    };
    Some(parse.tree().stmts().map(span).filter(|statement| !statement.is_empty()).collect())
}

fn ours(text: &str) -> Vec<&str> {
    let script = read(text, &Options::new(Dialect::Postgres));
    script.statements.iter().map(|statement| text[statement.span.start..statement.span.end].trim()).collect()
}

/// A comment between a statement and its terminator belongs to the statement for them, and to nothing for us.
fn same(ours: Option<&&str>, theirs: Option<&&str>) -> bool {
    let (Some(ours), Some(theirs)) = (ours, theirs) else { return ours == theirs };
    theirs.strip_prefix(*ours).is_some_and(|rest| rest.is_empty() || rest.trim_start().starts_with("--"))
}

/// Compares all scripts below a folder and gives how many were compared.
fn compare(folder: &Path) -> usize {
    let mut compared = 0;
    let mut differences = Vec::new();
    for path in scripts(folder) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let text = text.trim_start_matches('\u{feff}');
        let Some(theirs) = theirs(text) else { continue };
        let ours = ours(text);
        compared += 1;
        if let Some(at) = (0..ours.len().max(theirs.len())).find(|at| !same(ours.get(*at), theirs.get(*at))) {
            differences.push(format!("{}\n  ours   {:?}\n  theirs {:?}", path.display(), ours.get(at), theirs.get(at)));
        }
    }
    assert!(differences.is_empty(), "{} of {compared}:\n{}", differences.len(), differences.join("\n"));
    compared
}

#[test]
fn both_find_the_same_statements_in_the_examples() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let compared = compare(&root.join("examples"));
    assert!(compared > 60, "{compared} scripts");
}

#[test]
fn both_find_the_same_statements_in_the_corpus_where_there_is_one() {
    match std::env::var_os("FLIGHTCHECK_CORPUS") {
        Some(folder) => println!("{} scripts of the corpus agree", compare(Path::new(&folder))),
        None => println!("FLIGHTCHECK_CORPUS is not set: no corpus is compared"),
    }
}
