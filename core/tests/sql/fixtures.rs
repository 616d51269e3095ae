//! Scripts with marked boundaries: `tests/sql/split/<dialect>-<subject>.sql`.
//!
//! A line of tildes stands where one statement ends and the next begins; it is taken out before reading. What lies
//! between two such lines holds exactly one statement, with its comments and its terminator.

use std::fs;
use std::path::{Path, PathBuf};

use flightcheck_core::sql::{Dialect, Options, read};

const MARK: &str = "~~~~";

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/sql/split");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn statements_lie_between_the_marks() {
    assert!(!fixtures().is_empty());
    for path in fixtures() {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let dialect = Dialect::from_name(name.split('-').next().unwrap()).unwrap();
        let (mut text, mut ends) = (String::new(), Vec::new());
        for line in fs::read_to_string(&path).unwrap().split_inclusive('\n') {
            if line.starts_with(MARK) {
                ends.push(text.len());
            } else {
                text.push_str(line);
            }
        }
        ends.push(text.len());
        let script = read(&text, &Options::new(dialect));
        assert_eq!(script.problems, [], "{name}");
        let found: Vec<&str> =
            script.statements.iter().map(|statement| &text[statement.span.start..statement.span.end]).collect();
        let mut start = 0;
        for (at, end) in ends.iter().enumerate() {
            let statement =
                script.statements.get(at).unwrap_or_else(|| panic!("{name}: no statement {at} in {found:#?}"));
            let inside = statement.span.start >= start && statement.end <= *end;
            assert!(inside, "{name}: statement {at} is not between its marks: {:#?}", found[at]);
            start = *end;
        }
        assert_eq!(found.len(), ends.len(), "{name}: {found:#?}");
    }
}
