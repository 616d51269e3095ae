//! Our statements and Flyway's, over the recordings of Flyway's own splitting.
//!
//! `tests/split-differences.txt` lists where ours differ on purpose. A case that is listed and agrees fails too.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use flightcheck_core::sql::flyway::{Mode, mode, runs_in_transaction, units};
use flightcheck_core::sql::{Dialect, Kind, Options, Script, Statement, Terminator, Trouble, read};
use serde_json::Value;

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests")
}

fn cases() -> impl Iterator<Item = Value> {
    ["postgresql", "mysql", "mariadb", "sqlserver", "oracle", "sqlite"].into_iter().flat_map(|database| {
        let path = data().join(format!("recordings/flyway/split-{database}.jsonl"));
        let lines = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<_>>()
    })
}

/// The listed differences: case → reason.
fn differences() -> BTreeMap<String, String> {
    let list = fs::read_to_string(data().join("split-differences.txt")).unwrap();
    let entries = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    entries
        .map(|line| {
            let (case, reason) = line.split_once(": ").unwrap_or_else(|| panic!("no reason in `{line}`"));
            (case.to_owned(), reason.to_owned())
        })
        .collect()
}

#[test]
fn statements_are_flyways_unless_listed() {
    let listed = differences();
    let (mut agreeing, mut wrong) = (0, Vec::new());
    for case in cases() {
        let id = case["id"].as_str().unwrap();
        let differs = difference(&case);
        match (differs, listed.contains_key(id)) {
            (None, false) => agreeing += 1,
            (Some(_), true) => {}
            (Some(difference), false) => wrong.push(format!("{id} differs: {difference}")),
            (None, true) => wrong.push(format!("{id} is listed and agrees")),
        }
    }
    println!("{agreeing} agree, {} are listed", listed.len());
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn transactions_are_flyways() {
    for case in cases().filter(|case| difference(case).is_none()) {
        let (id, expected) = (case["id"].as_str().unwrap(), &case["expect"]);
        if !expected["exception"].is_null() {
            continue;
        }
        let text = replaced(&case).unwrap();
        let script = script(&case, &text);
        let ours: Vec<bool> = units(&script).map(|unit| runs_in_transaction(&text, &script, &unit, None)).collect();
        let statements = expected["statements"].as_array().unwrap();
        let theirs: Vec<bool> =
            statements.iter().map(|statement| statement["can_execute_in_transaction"].as_bool().unwrap()).collect();
        if ours.len() == theirs.len() {
            assert_eq!(ours, theirs, "{id}");
        }
        let mixed = case["config"]["flyway.mixed"] == "true";
        let ours = mode(&text, &script, mixed, None);
        assert_eq!(in_words(ours, &text, &script), expected_mode(&expected["script"]), "{id}");
    }
}

fn in_words(mode: Mode, text: &str, script: &Script) -> String {
    match mode {
        Mode::Transaction => "transaction".into(),
        Mode::NoTransaction => "no transaction".into(),
        Mode::Refused { statement } => {
            format!("refused at line {}", line(text, script.statements[statement].span.start))
        }
    }
}

fn expected_mode(script: &Value) -> String {
    match script["execute_in_transaction"].as_bool() {
        Some(true) => "transaction".into(),
        Some(false) => "no transaction".into(),
        None => {
            let message = script["exception"]["message"].as_str().unwrap();
            let line = message.split_once("found at line ").unwrap().1.split_once(':').unwrap().0;
            format!("refused at line {line}")
        }
    }
}

/// How our reading of a case differs from Flyway's.
fn difference(case: &Value) -> Option<String> {
    let expected = &case["expect"];
    let Some(text) = replaced(case) else {
        return Some("Flyway refuses a placeholder without a value".into());
    };
    let script = script(case, &text);
    let mut ours =
        if script.dialect == Dialect::SqlServer { batches(&text, &script) } else { statements(&text, &script) };
    let theirs: Vec<(usize, String)> = expected["statements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|statement| {
            let text = statement["text"].as_str().unwrap();
            (usize::try_from(statement["line"].as_u64().unwrap()).unwrap(), trimmed(text))
        })
        .collect();
    if let Some(message) = expected["exception"]["message"].as_str() {
        let open = script.problems.iter().any(|problem| problem.trouble == Trouble::OpenBlock);
        if !(message.contains("Incomplete statement") && open) {
            return Some(format!("Flyway fails, we do not: {message}"));
        }
        ours.pop();
    }
    (ours != theirs).then(|| format!("\n  ours   {ours:?}\n  theirs {theirs:?}"))
}

fn script(case: &Value, text: &str) -> Script {
    read(text, &Options::new(Dialect::from_name(case["db"].as_str().unwrap()).unwrap()))
}

/// Statements as Flyway lists them: line, and text with the comments before and inside it.
fn statements(text: &str, script: &Script) -> Vec<(usize, String)> {
    let listed = |statement: &Statement| {
        let start =
            script.comments_before(statement).next().map_or(statement.span.start, |comment| comment.span().start);
        let end = match statement.terminator {
            Terminator::End => text.len(),
            Terminator::Line | Terminator::Command => statement.span.end,
            _ => {
                let after = script.tokens.partition_point(|token| (token.end as usize) < statement.end);
                script.tokens[after].span().start
            }
        };
        (line(text, statement.span.start), trimmed(&text[start..end]))
    };
    script.statements.iter().map(listed).collect()
}

/// Batches as Flyway lists them.
fn batches(text: &str, script: &Script) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for tokens in script.tokens.split(|token| token.kind == Kind::Go) {
        let Some(first) = tokens.iter().find(|token| !token.kind.is_trivia()) else { continue };
        let (start, end) = (tokens[0].span().start, tokens[tokens.len() - 1].span().end);
        found.push((line(text, first.span().start), trimmed(&text[start..end])));
    }
    found
}

fn line(text: &str, offset: usize) -> usize {
    1 + text[..offset].matches('\n').count()
}

/// Without blanks around, and without terminators at the end, which Flyway keeps now and then.
fn trimmed(text: &str) -> String {
    text.trim().trim_end_matches(|char: char| char == ';' || char.is_whitespace()).to_owned()
}

/// The text with its placeholders replaced, as Flyway splits it; `None` if one has no value.
fn replaced(case: &Value) -> Option<String> {
    let text = case["text"].as_str().unwrap();
    let config = |key: &str, default: &str| -> String {
        case["config"].get(key).and_then(Value::as_str).unwrap_or(default).to_owned()
    };
    if config("flyway.placeholderReplacement", "true") == "false" {
        return Some(text.to_owned());
    }
    let (prefix, suffix) = (config("flyway.placeholderPrefix", "${"), config("flyway.placeholderSuffix", "}"));
    let (mut done, mut rest) = (String::new(), text);
    while let Some(char) = rest.chars().next() {
        let common = rest.bytes().zip(prefix.bytes()).take_while(|(ours, theirs)| ours == theirs).count();
        if common < prefix.len() {
            // Flyway does not look again at what it has compared in vain: `$${x}` holds no placeholder.
            let length = if common == 0 { char.len_utf8() } else { common + 1 };
            let (passed, after) = rest.split_at(length.min(rest.len()));
            done.push_str(passed);
            rest = after;
            continue;
        }
        let (name, after) = rest[common..].split_once(&suffix)?;
        done.push_str(case["config"].get(format!("flyway.placeholders.{name}"))?.as_str()?);
        rest = after;
    }
    Some(done)
}
