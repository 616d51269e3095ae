//! Reports as the binary writes them: several at once, the schema, the list of rules, the manual page.
//!
//! `UPDATE=1 cargo test -p flightcheck --test report_cli` writes the schema and the list of rules in `docs` anew.

mod binary;

use std::fs;

use binary::{Folder, Outcome, root, run};
use serde_json::Value;

/// The examples, each with its history.
const EXAMPLES: [(&str, &str); 5] = [
    ("billing", "production.json"),
    ("billing", "qa.sql"),
    ("webshop", "production.json"),
    ("webshop", "staging.csv"),
    ("collision", "production.json"),
];

fn on_example(command: &str, example: &str, history: &str) -> Outcome {
    let folder = root().join("examples").join(example);
    let history = folder.join("history").join(history).display().to_string();
    run(&[command, &folder.display().to_string(), "--history", &history, "--format=json"], "")
}

/// Compares a file of `docs` with what the binary prints.
fn drift(file: &str, arguments: &[&str]) {
    let path = root().join("docs").join(file);
    let printed = run(arguments, "").stdout;
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &printed).unwrap();
    }
    let recorded = fs::read_to_string(&path).unwrap_or_default();
    assert!(recorded == printed, "docs/{file} is not what `flightcheck {}` prints", arguments.join(" "));
}

#[test]
fn the_published_schema_is_that_of_the_types() {
    drift("report.schema.json", &["schema", "report"]);
}

#[test]
fn the_published_list_of_rules_is_the_list() {
    drift("rules.md", &["rules", "--format=markdown"]);
}

#[test]
fn every_report_of_the_examples_fits_the_schema() {
    let schema = run(&["schema", "report"], "").json();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (example, history) in EXAMPLES {
        for command in ["check", "info", "plan"] {
            let report = on_example(command, example, history).json();
            let problems: Vec<String> =
                validator.iter_errors(&report).map(|error| format!("{}: {error}", error.instance_path())).collect();
            assert!(problems.is_empty(), "{command} {example}: {problems:#?}");
        }
    }
    let mut broken = on_example("check", "webshop", "production.json").json();
    broken["checked"]["files"] = Value::from("many");
    assert!(!validator.is_valid(&broken));
}

#[test]
fn every_field_of_a_report_is_in_the_schema() {
    let schema = run(&["schema", "report"], "").json();
    let mut known: Vec<&String> = Vec::new();
    properties(&schema, &mut known);
    for (example, history) in EXAMPLES {
        fields(&on_example("check", example, history).json(), &mut |field| {
            assert!(known.contains(&field), "{field} is not in the schema");
        });
    }
    let pages = ["json.md"].map(|page| fs::read_to_string(root().join("docs").join(page)).unwrap()).concat();
    for field in known {
        assert!(pages.contains(&format!("`{field}`")), "docs/json.md does not tell of `{field}`");
    }
}

fn properties<'a>(schema: &'a Value, known: &mut Vec<&'a String>) {
    if let Some(own) = schema.get("properties").and_then(Value::as_object) {
        known.extend(own.keys());
    }
    schema.as_object().into_iter().flatten().for_each(|(_, inner)| properties(inner, known));
    schema.as_array().into_iter().flatten().for_each(|inner| properties(inner, known));
}

fn fields(value: &Value, look: &mut impl FnMut(&String)) {
    for (key, inner) in value.as_object().into_iter().flatten() {
        look(key);
        fields(inner, look);
    }
    value.as_array().into_iter().flatten().for_each(|inner| fields(inner, look));
}

#[test]
fn scripts_are_those_of_the_plan_with_the_locks_of_their_statements() {
    let report = on_example("check", "billing", "production.json").json();
    let files: Vec<&str> =
        report["migrations"].as_array().unwrap().iter().filter_map(|line| line["file"].as_str()).collect();
    let scripts = report["scripts"].as_array().unwrap();
    let names: Vec<&str> = scripts
        .iter()
        .filter(|script| script["event"].is_null())
        .map(|script| script["file"].as_str().unwrap().rsplit('/').next().unwrap())
        .collect();
    assert_eq!(Value::from(names), report["plan"]);
    for script in scripts {
        let statements = script["statements"].as_array().unwrap().len();
        assert!(files.contains(&script["file"].as_str().unwrap()) || !script["event"].is_null());
        for lock in script["locks"].as_array().unwrap() {
            let number = |name: &str| lock[name].as_u64().map(|number| usize::try_from(number).unwrap());
            assert!(
                number("taken") <= number("released") && number("released").is_some_and(|at| at < statements),
                "{lock}"
            );
        }
    }
    let script = |name: &str| scripts.iter().find(|script| script["file"].as_str().unwrap().ends_with(name)).unwrap();
    let locks = |name: &str| -> Vec<String> {
        let locks = script(name)["locks"].as_array().unwrap().iter();
        locks
            .map(|lock| {
                format!(
                    "{} {} {}-{}",
                    lock["relation"].as_str().unwrap(),
                    lock["mode"].as_str().unwrap(),
                    lock["taken"],
                    lock["released"]
                )
            })
            .collect()
    };
    assert_eq!(
        locks("V13__index_invoice_lines.sql"),
        ["billing.invoice_lines ShareLock 0-1", "billing.payments ShareLock 1-1"]
    );
    // A table that the same deployment makes is left out: nobody uses it yet.
    assert_eq!(locks("V1105231400__create_tax_regions.sql"), [""; 0]);
}

#[test]
fn several_reports_are_written_at_once() {
    let folder = Folder::new("several-reports");
    folder.write("sql/V1_a.sql", "select 1;");
    let file = |name: &str| folder.0.join(name).display().to_string();
    let outcome = run(
        &[
            "check",
            folder.path(),
            "--output=human",
            &format!("--output=human={}", file("human.txt")),
            &format!("--output=sarif={}", file("out.sarif")),
            &format!("--output=markdown={}", file("a=b.md")),
        ],
        "",
    );
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(outcome.stdout.contains("flightcheck passes"), "{}", outcome.stdout);
    assert_eq!(outcome.stdout, fs::read_to_string(file("human.txt")).unwrap());
    let sarif: Value = serde_json::from_str(&fs::read_to_string(file("out.sarif")).unwrap()).unwrap();
    let uri = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str();
    assert!(uri.unwrap().ends_with("several-reports/sql/V1_a.sql"), "{uri:?}");
    assert!(fs::read_to_string(file("a=b.md")).unwrap().contains("## "));
}

#[test]
fn a_report_that_cannot_be_written_does_not_keep_the_others() {
    let folder = Folder::new("unwritable-report");
    folder.write("sql/V1__a.sql", "select 1;");
    let file = |name: &str| folder.0.join(name).display().to_string();
    let nowhere = format!("--output=html={}", file("no/such/folder/a.html"));
    let outcome = run(&["check", folder.path(), &nowhere, &format!("--output=junit={}", file("b.xml"))], "");
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr.contains("no/such/folder/a.html` cannot be written: "), "{}", outcome.stderr);
    assert!(folder.0.join("b.xml").is_file());
    assert_eq!(outcome.stdout, "");
}

#[test]
fn what_cannot_be_meant_is_said() {
    let same = ["--output=json=x", "--output=sarif=x"];
    for (arguments, says) in [
        (&["--output=sarfi=x"][..], "did you mean `sarif`?"),
        (&["--output=pdf"], "there are human, json, sarif"),
        (&["--output=json="], "the name of a file is missing"),
        (&["--output=json", "--output=sarif"], "only one report can go to standard output"),
        (&["--output=json", "--format=json"], "cannot be used with"),
        (&same, "two reports are to be written to `x`"),
        (&["--format=jsno"], "json"),
    ] {
        let outcome = run(&[&["check", "."], arguments].concat(), "");
        assert_eq!(outcome.code, 2, "{arguments:?}");
        assert!(outcome.stderr.contains(says), "{arguments:?}: {}", outcome.stderr);
    }
    assert!(run(&["explain", "droped-column"], "").stderr.contains("did you mean `dropped-column`?"));
}

#[test]
fn fail_on_decides_what_junit_calls_a_failure() {
    let folder = Folder::new("junit-failures");
    folder.write("sql/V1_a.sql", "select 1;");
    for (lowest, code, failures) in [("error", 0, 0), ("warning", 1, 1), ("never", 0, 0)] {
        let outcome = run(&["check", folder.path(), "--format=junit", "--fail-on", lowest], "");
        assert_eq!((outcome.code, outcome.stdout.matches("<failure ").count()), (code, failures), "{lowest}");
    }
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_in_the_report() {
    let folder = Folder::new("unread");
    folder.write("sql/V1__a.sql", "select 1;");
    std::os::unix::fs::symlink("nowhere", folder.0.join("sql/V2__dangling.sql")).unwrap();
    let report = run(&["check", folder.path(), "--format=json"], "").json();
    assert_eq!(report["checked"]["unread"][0]["file"], "sql/V2__dangling.sql");
    assert_eq!(report["rules"]["on"].as_array().unwrap().len() + report["rules"]["off"].as_array().unwrap().len(), {
        run(&["rules", "--format=json"], "").json().as_array().unwrap().len()
    });
}

#[test]
fn rules_say_what_there_is_to_know() {
    let rules = run(&["rules", "--format=json"], "").json();
    let rule = |name: &str| rules.as_array().unwrap().iter().find(|rule| rule["name"] == name).unwrap();
    assert_eq!(rule("index-without-concurrently")["dialects"], serde_json::json!(["postgres"]));
    assert_eq!(rule("near-miss-name")["dialects"], serde_json::json!([]));
    assert_eq!(rule("table-without-primary-key")["tier"], "style");
    assert_eq!(rule("dropped-column")["tier"], Value::Null);
    let table = run(&["rules"], "").stdout;
    for rule in rules.as_array().unwrap() {
        assert!(table.contains(rule["name"].as_str().unwrap()));
    }
}

#[test]
fn the_manual_page_tells_of_every_command() {
    let page = run(&["man"], "").stdout;
    let help = run(&["--help"], "").stdout;
    let commands = help
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|word| !word.is_empty() && word.chars().all(|char| char.is_ascii_lowercase()) && *word != "help");
    let commands: Vec<&str> = commands.collect();
    assert!(commands.len() > 10, "{commands:?}");
    for command in commands {
        assert!(page.contains(&format!(".SH \"FLIGHTCHECK {}\"", command.to_uppercase())), "{command}");
    }
    assert!(page.starts_with(".ie") || page.starts_with(".TH") || page.contains(".TH flightcheck"), "{}", &page[..200]);
}
