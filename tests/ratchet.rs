//! The ratchet: what was recorded does not count, however the text around it moves; what is new does.

use flightcheck_core::project::{Configuration, Judged, Project};
use flightcheck_core::ratchet::{Ratchet, Recorded};
use proptest::prelude::*;

const FIRST: &str =
    "create table a (id bigint primary key, x int, y int, z int);\ncreate table b (id bigint primary key, x int);\n";
const SECOND: &str = "alter table a drop column x;\ncreate index i on b (x);\nalter table b drop column x;\n";

fn project(second: &str) -> Project {
    let own = Some(("flightcheck.toml".to_owned(), "dialect = \"postgres\"\n".to_owned()));
    let mut project = Project::new(Configuration { own, ..Configuration::default() });
    project.set_file("sql/V1__first.sql", FIRST.as_bytes().to_vec());
    project.set_file("sql/V2__second.sql", second.as_bytes().to_vec());
    project
}

fn judged(project: &Project) -> Judged {
    project.judged(&project.check().unwrap())
}

fn recorded(judged: &Judged) -> Ratchet {
    Ratchet::new(judged.findings.iter().map(|marked| Recorded {
        file: marked.finding.primary.file.clone(),
        rule: marked.finding.rule.to_owned(),
        fingerprint: marked.fingerprint.clone(),
        message: marked.finding.message.clone(),
    }))
}

/// The rules of what is new and of what is gone, when the findings of [`SECOND`] were recorded.
fn after(second: &str) -> (Vec<&'static str>, Vec<String>) {
    let ratchet = recorded(&judged(&project(SECOND)));
    assert!(ratchet.findings().len() >= 3);
    let mut project = project(second);
    project.set_ratchet(Some(Ratchet::parse(&ratchet.to_json()).unwrap()));
    let judged = judged(&project);
    assert_eq!(judged.recorded.len() + judged.gone.len(), ratchet.findings().len());
    (
        judged.findings.iter().map(|marked| marked.finding.rule).collect(),
        judged.gone.into_iter().map(|gone| gone.rule).collect(),
    )
}

#[test]
fn what_moves_stays_recorded() {
    for moved in [
        SECOND.to_owned(),
        format!("-- a comment\n\n\n{SECOND}"),
        SECOND.replace('\n', "\r\n"),
        format!("select 1;\n{SECOND}\nselect 2;"),
        SECOND.to_uppercase(),
        SECOND.replace(' ', "\n    "),
        SECOND.replace("drop", "/* really */ drop"),
    ] {
        assert_eq!(after(&moved), (vec![], vec![]), "{moved}");
    }
    // The order of statements does not count either.
    let turned: String = SECOND.lines().rev().flat_map(|line| [line, "\n"]).collect();
    assert!(!after(&turned).0.contains(&"dropped-column"), "{turned}");
}

#[test]
fn what_is_new_counts_and_what_is_gone_is_told() {
    let more = format!("{SECOND}alter table a drop column z;\n");
    assert!(after(&more).0.contains(&"dropped-column"));
    assert!(after(&more).1.is_empty());
    let other = SECOND.replace("drop column x", "drop column y");
    let (new, gone) = after(&other);
    assert!(new.contains(&"dropped-column") && gone.contains(&"dropped-column".to_owned()), "{new:?} {gone:?}");
    let (new, gone) = after("select 1;");
    assert!(new.is_empty() && gone.len() >= 3);
}

#[test]
fn the_same_statement_twice_is_recorded_twice() {
    let single = "truncate a;\n";
    let twice = "truncate a;\nselect 1;\nTRUNCATE a;\n";
    let marks = |text: &str| {
        let judged = judged(&project(text));
        let own = judged.findings.iter().filter(|marked| marked.finding.rule == "truncated-table");
        own.map(|marked| marked.fingerprint.clone()).collect::<Vec<_>>()
    };
    let (one, two) = (marks(single), marks(twice));
    assert_eq!((one.len(), two.len()), (1, 2));
    assert_eq!(one[0], two[0]);
    assert_ne!(two[0], two[1]);
    let mut project = project(twice);
    project.set_ratchet(Some(recorded(&judged(&self::project(single)))));
    let new = judged(&project).findings.iter().filter(|marked| marked.finding.rule == "truncated-table").count();
    assert_eq!(new, 1);
}

#[test]
fn a_password_does_not_reach_a_fingerprint() {
    let marks = |password: &str| {
        let judged = judged(&project(&format!("create role app login password '{password}';\n")));
        judged.findings.into_iter().map(|marked| marked.fingerprint).collect::<Vec<_>>()
    };
    assert!(!marks("secret").is_empty());
    assert_eq!(marks("secret"), marks("geheim"));
}

#[test]
fn the_name_under_which_a_history_is_given_does_not_count() {
    let marks = |name: &str| {
        let mut project = project(SECOND);
        let rows = "[{\"installed_rank\": 1, \"version\": \"1\", \"description\": \"gone\", \"type\": \"SQL\", \"script\": \"V1__gone.sql\", \"checksum\": 7, \"success\": true}, {\"installed_rank\": 2, \"version\": \"9\", \"description\": \"gone\", \"type\": \"SQL\", \"script\": \"V9__gone.sql\", \"checksum\": 7, \"success\": true}]";
        project.set_history(name, rows.into());
        let judged = judged(&project);
        judged.findings.into_iter().map(|marked| marked.fingerprint).collect::<Vec<_>>()
    };
    assert_eq!(marks("history.json"), marks("/somewhere/else.json"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_blanks_and_comments_leave_it_recorded(blanks in prop::collection::vec("( |\n|\t|\r\n|/\\* x \\*/|-- y\n){1,4}", 14)) {
        let mut blanks = blanks.iter().cycle();
        let moved: String = SECOND.split(' ').flat_map(|word| [word, blanks.next().map_or(" ", String::as_str)]).collect();
        prop_assert_eq!(after(&moved), (vec![], vec![]), "{}", moved);
    }

    #[test]
    fn any_text_is_a_ratchet_or_none(text in any::<String>()) {
        drop(Ratchet::parse(&text));
    }
}
