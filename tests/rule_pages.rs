//! The pages of the rules are run: what they call unsafe is found, what they call safe is not, and fixes fix.

mod projects;
#[path = "rule_pages/sql.rs"]
mod sql;

use flightcheck_core::finding::{Edit, Finding, Fix, Severity};
use flightcheck_core::layout::plain::is_sql;
use flightcheck_core::project::Project;
use flightcheck_core::rules::{RULES, Rule};
use projects::{Sources, from_page};
use std::path::Path;

const HEADINGS: [&str; 5] = ["## Effect", "## Unsafe", "## Safe", "## When it is fine", "## References"];

/// The part of a page between a heading and the next.
fn part<'p>(page: &'p str, heading: &str) -> &'p str {
    let start = page.find(&format!("\n{heading}\n")).unwrap() + heading.len() + 2;
    page[start..].find("\n## ").map_or(&page[start..], |end| &page[start..start + end])
}

/// The projects in the fenced blocks of a part.
fn blocks(part: &str) -> Vec<Sources> {
    let mut found = Vec::new();
    for (form, block) in fenced(part) {
        match form {
            "project" => found.push(from_page(block)),
            "sql" => found.push(sql::scripts(block)),
            other => panic!("a block of {other} is no example"),
        }
    }
    found
}

/// The fenced blocks of a part, each with its form.
fn fenced(part: &str) -> impl Iterator<Item = (&str, &str)> {
    part.split("```").skip(1).step_by(2).map(|block| block.split_once('\n').unwrap())
}

fn of_rule(findings: Vec<Finding>, rule: &Rule) -> Vec<Finding> {
    findings.into_iter().filter(|finding| finding.rule == rule.name).collect()
}

#[test]
fn every_page_has_its_headings() {
    for rule in RULES {
        let headings: Vec<&str> = rule.page.lines().filter(|line| line.starts_with('#')).collect();
        assert_eq!(headings[0], format!("# {}", rule.name));
        assert_eq!(headings[1..], HEADINGS, "{}", rule.name);
        for heading in HEADINGS {
            assert!(!part(rule.page, heading).trim().is_empty(), "{}: nothing under {heading}", rule.name);
        }
    }
}

#[test]
fn unsafe_blocks_are_found_and_safe_ones_are_not() {
    let mut failures = Vec::new();
    for rule in RULES {
        let (bad, good) = (blocks(part(rule.page, "## Unsafe")), blocks(part(rule.page, "## Safe")));
        assert!(!bad.is_empty() && !good.is_empty(), "{} has an unsafe and a safe block", rule.name);
        for (at, block) in bad.iter().enumerate() {
            let findings = block.findings();
            if !findings.iter().any(|finding| finding.rule == rule.name) {
                failures.push(format!("{}: unsafe block {at} is not found, but {findings:#?}", rule.name));
            }
        }
        for (at, block) in good.iter().enumerate() {
            failures.extend(
                of_rule(block.findings(), rule)
                    .into_iter()
                    .map(|finding| format!("{}: safe block {at} is found: {}", rule.name, finding.message)),
            );
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn carets_stand_under_what_is_found() {
    let mut failures = Vec::new();
    for rule in RULES {
        for (_, block) in fenced(part(rule.page, "## Unsafe")).filter(|(form, _)| *form == "sql") {
            let sources = sql::scripts(block);
            let found = of_rule(sources.findings(), rule);
            failures.extend(sql::compare(block, &found).into_iter().map(|problem| format!("{}: {problem}", rule.name)));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn fixes_silence_their_finding_and_bring_no_new_one() {
    let of_pages = RULES.iter().flat_map(|rule| blocks(part(rule.page, "## Unsafe")));
    let examples = [("billing", "production.json"), ("billing", "qa.sql"), ("collision", "production.json")];
    let of_examples = examples.map(|(project, history)| {
        let mut sources = Sources::from_folder(&format!("examples/{project}"));
        sources.history = Some(format!("history/{history}"));
        sources
    });
    let proved: usize = of_pages.chain(of_examples).map(|sources| prove_fixes(&sources)).sum();
    assert!(proved >= 30, "only {proved} fixes were proved");
}

/// Rules that speak once for a project, wherever that is.
const ONCE: [&str; 1] = ["missing-lock-timeout"];

/// The files whose text a fix leaves in a file: itself, its name before, and, of a new file, those that lose what is in it.
fn origins<'a>(fix: &'a Fix, file: &'a str) -> Vec<&'a str> {
    let created = fix.edits.iter().any(|edit| matches!(edit, Edit::Create { file: new, .. } if new == file));
    let others = fix.edits.iter().filter_map(|edit| match edit {
        Edit::Rename { file: from, to } if to == file => Some(from.as_str()),
        Edit::Replace { file: from, .. } if created && from != file => Some(from.as_str()),
        _ => None,
    });
    let mut origins: Vec<&str> = std::iter::once(file).chain(others).collect();
    origins.sort_unstable();
    origins.dedup();
    origins
}

fn edits_sql(edit: &Edit) -> bool {
    match edit {
        Edit::Replace { file, .. } | Edit::Create { file, .. } => is_sql(file),
        Edit::Rename { .. } => false,
    }
}

/// Applies every fix of every finding to a fresh copy of the project.
fn prove_fixes(sources: &Sources) -> usize {
    let before = sources.findings();
    let fixes = before.iter().flat_map(|finding| finding.fixes.iter().map(move |fix| (finding, fix)));
    let prove = |(finding, fix): (&Finding, &Fix)| {
        let after = sources.fixed(fix).findings();
        let same = |other: &Finding| (other.rule, &other.message) == (finding.rule, &finding.message);
        assert!(!after.iter().any(same), "{}: `{}` changes nothing: {after:#?}", finding.rule, fix.title);
        let is_new = |other: &&Finding| {
            let of = |all: &[Finding], file: &str| {
                all.iter().filter(|one| one.rule == other.rule && one.primary.file == file).count()
            };
            let known: usize = origins(fix, &other.primary.file).iter().map(|file| of(&before, file)).sum();
            // What is said once for a project moves with the first statement that it is said of.
            let moved = ONCE.contains(&other.rule) && before.iter().any(|old| old.rule == other.rule);
            // A script that runs now, or under other settings, may say more of what is worth knowing.
            let heard = other.severity >= Severity::Warning || fix.edits.iter().all(edits_sql);
            heard && !moved && of(&after, &other.primary.file) > known
        };
        let new: Vec<&Finding> = after.iter().filter(is_new).collect();
        assert!(new.is_empty(), "{}: `{}` brings {new:#?}", finding.rule, fix.title);
    };
    fixes.map(prove).count()
}

#[test]
fn what_was_found_before_an_edit_is_found_after_it_where_it_is_now() {
    for rule in RULES {
        for sources in blocks(rule.page) {
            let mut project = sources.project();
            let find = |project: &Project| project.findings(&project.check().expect("the input is usable"));
            find(&project);
            for (path, bytes) in sources.files.iter().filter(|(path, _)| is_sql(path)) {
                project.set_file(path, [b"-- moved\n", bytes.as_slice()].concat());
                let mut fresh = project.clone();
                fresh.forget_deployment();
                assert_eq!(find(&project), find(&fresh), "{}: {path}", rule.name);
            }
        }
    }
}

#[test]
fn findings_are_written_for_people() {
    for rule in RULES {
        for finding in blocks(part(rule.page, "## Unsafe")).iter().flat_map(Sources::findings) {
            let Finding { rule, message, primary, help, .. } = &finding;
            assert!(!message.contains('\n') && !message.ends_with('.'), "{rule}: {message}");
            assert!(!primary.file.is_empty(), "{rule}: {message}");
            assert!(message.chars().count() <= 250, "{rule}: {message}");
            assert!(
                !help.contains('\n') && !help.contains("  ") && !message.contains("  "),
                "{rule}: {message} {help}"
            );
        }
    }
}

#[test]
fn rules_are_sorted_and_named_like_their_files() {
    assert!(RULES.is_sorted_by(|left, right| left.name < right.name));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    for rule in RULES {
        let kebab = |char: char| char.is_ascii_lowercase() || char == '-';
        assert!(rule.name.chars().all(kebab), "{}", rule.name);
        assert!(!rule.summary.contains('\n') && !rule.summary.ends_with('.'), "{}", rule.name);
        let file = folder.join(rule.name.replace('-', "_"));
        assert_eq!(std::fs::read_to_string(file.with_extension("md")).unwrap(), rule.page);
        let code = std::fs::read_to_string(file.with_extension("rs")).unwrap();
        assert!(code.contains(&format!("name: \"{}\"", rule.name)), "{}", rule.name);
    }
    let pages = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let pages = pages.filter(|path| path.extension().is_some_and(|extension| extension == "md")).count();
    assert_eq!(pages, RULES.len(), "every page belongs to a rule");
}

#[test]
fn the_page_of_coverage_names_each_hazard_once_and_rules_that_exist() {
    let page = include_str!("../docs/coverage.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    let rows: Vec<(usize, &str)> = rows.filter_map(|(number, rest)| Some((number.parse().ok()?, rest))).collect();
    let numbers: Vec<usize> = rows.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, (1..=219).collect::<Vec<_>>());
    for (number, rest) in rows {
        let answer = rest.rsplit_once(" | ").map_or("", |(_, answer)| answer).trim_end_matches('|').trim();
        assert!(!answer.is_empty(), "{number} has no answer");
        let named = answer
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|name| name.chars().all(|char| char.is_ascii_lowercase() || char == '-'));
        for name in named {
            assert!(RULES.iter().any(|rule| rule.name == name), "{number}: there is no rule {name}");
        }
    }
}
