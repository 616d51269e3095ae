//! Every recorded case of the real engine is reproduced: states, order, codes, plans, refusals.

mod findings_and_verdicts;
mod recordings;
mod transaction_verdicts;

use flightcheck_core::finding::Refusal;
use flightcheck_core::status::{Command, Status, simulate};
use flightcheck_core::version::Version;
use recordings::{Case, cases, left_out};
use serde_json::{Value, json};

/// What the case expects and what we say, in the same shape.
type Answer = (Value, Value);

/// Compares all cases of a group, but for those left out; a case left out that agrees is a failure too.
fn compare(group: &str, answer: impl Fn(&Value) -> Answer) {
    let left_out = left_out();
    let mut failures = Vec::new();
    let cases = cases(group);
    for case in &cases {
        let id = case["id"].as_str().unwrap();
        let (expected, actual) = answer(case);
        match (expected == actual, left_out.contains_key(id)) {
            (true, true) => failures.push(format!("{id} is left out but agrees")),
            (false, false) => {
                failures.push(format!("{id} {}\n  expected {expected}\n  actual   {actual}", case["note"]));
            }
            _ => {}
        }
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), cases.len(), failures.join("\n"));
    println!("{group}: {} cases agree", cases.len());
}

fn code(refusal: &Refusal) -> Value {
    json!(refusal.code)
}

fn expected_code(exception: &Value) -> Value {
    if exception.is_null() { json!("-") } else { exception["code"].clone() }
}

fn ours(refusal: Option<&Refusal>) -> Value {
    refusal.map_or(json!("-"), code)
}

fn info(status: &Status) -> Value {
    let line = |info: &flightcheck_core::status::Described| {
        json!({
            "version": info.version, "description": info.description, "type": info.kind,
            "state": info.state.as_str(), "script": info.script, "checksum": info.checksum,
            "category": info.category, "installed_rank": info.installed_rank,
        })
    };
    status.infos.iter().map(line).collect()
}

fn expected_info(expect: &Value) -> Value {
    let keys = ["version", "description", "type", "state", "script", "checksum", "category", "installed_rank"];
    let line = |info: &Value| keys.iter().map(|key| ((*key).to_owned(), info[key].clone())).collect::<Value>();
    expect["info"].as_array().into_iter().flatten().map(line).collect()
}

fn errors(status: &Status) -> Value {
    let error =
        |error: &flightcheck_core::status::ValidationError| json!([error.version, error.description, error.code]);
    status.errors.iter().map(error).collect()
}

fn expected_errors(validate: &Value) -> Value {
    let error = |error: &Value| json!([error["version"], error["description"], error["code"]]);
    validate["errors"].as_array().into_iter().flatten().map(error).collect()
}

fn folder_case(case: &Value) -> Answer {
    let built = Case::new(case);
    let status = built.status();
    let expect = &case["expect"];
    let mut expected = json!({
        "info": expected_info(expect),
        "refused": expected_code(&expect["exception"]),
        "schema_version": expect["schema_version"],
    });
    let mut actual = json!({
        "info": info(&status),
        "refused": ours(status.info_refused.as_ref()),
        "schema_version": status.schema_version,
    });
    if let Some(validate) = expect.get("validate") {
        expected["validate"] = expected_errors(validate);
        expected["validate_refused"] = expected_code(&validate["exception"]);
        actual["validate"] = errors(&status);
        actual["validate_refused"] = ours(status.validate_refused.as_ref());
    }
    if expect.get("migrate_plan").is_some() || expect.get("migrate_exception").is_some() {
        let scripts = |plan: &flightcheck_core::status::Plan| -> Value {
            plan.steps.iter().map(|step| json!(built.layout.migrations[*step].script)).collect()
        };
        expected["plan"] = expect["migrate_plan"].clone();
        expected["plan_refused"] = expected_code(&expect["migrate_exception"]);
        actual["plan"] = status.plan.as_ref().map_or(Value::Null, scripts);
        actual["plan_refused"] = ours(status.plan.as_ref().err());
    }
    (expected, actual)
}

#[test]
fn fixed() {
    compare("fixed", folder_case);
}

#[test]
fn random() {
    compare("random", folder_case);
}

#[test]
fn mixed() {
    compare("mixed", folder_case);
}

#[test]
fn conf() {
    compare("conf", |case| {
        if case.get("input").is_none() {
            return folder_case(case);
        }
        let environment = serde_json::from_value(case["input"]["env"].clone()).unwrap();
        let text = case["input"]["conf_text"].as_str().unwrap();
        let properties = flightcheck_core::settings::read_conf(text, Some(&environment));
        let map: Value = properties.into_iter().map(|property| (property.key, json!(property.value))).collect();
        (case["expect"]["map"].clone(), map)
    });
}

#[test]
fn naming() {
    compare("naming", |case| {
        let expect = &case["expect"];
        let status = Case::new(case).status();
        let strict = Case::with(case, &[("flyway.validateMigrationNaming", "true")]).status();
        let expected = json!({
            "info": expected_info(expect), "refused": expected_code(&expect["exception"]),
            "naming": expect["naming"]["ok"],
        });
        let actual = json!({
            "info": info(&status), "refused": ours(status.info_refused.as_ref()),
            "naming": strict.info_refused.is_none(),
        });
        (expected, actual)
    });
}

#[test]
fn checksum() {
    compare("checksum", folder_case);
}

#[test]
fn placeholder() {
    compare("placeholder", |case| {
        let (mut expected, mut actual) = folder_case(case);
        if !case["expect"]["raw_checksum"].is_null() {
            let raw = Case::with(case, &[("flyway.placeholderReplacement", "false")]).status();
            expected["raw_checksum"] = case["expect"]["raw_checksum"].clone();
            actual["raw_checksum"] = json!(raw.infos.first().and_then(|info| info.checksum));
        }
        (expected, actual)
    });
}

#[test]
fn version() {
    compare("version", |case| {
        let (input, expect) = (&case["input"], &case["expect"]);
        let read = |side: &Value| side.as_str().map_or(Ok(Version::empty()), Version::parse);
        let shown = |version: &Result<Version, _>| match version {
            Ok(version) if version.is_empty() => Value::Null,
            Ok(version) => json!(version.as_str()),
            Err(_) => json!("ERROR"),
        };
        let expected_shown = |side: &Value| {
            if side.get("exception").is_some() { json!("ERROR") } else { side["version"].clone() }
        };
        let (a, b) = (read(&input["a"]), read(&input["b"]));
        let mut expected = json!({"a": expected_shown(&expect["a"]), "b": expected_shown(&expect["b"])});
        let mut actual = json!({"a": shown(&a), "b": shown(&b)});
        if let (Ok(a), Ok(b)) = (a, b) {
            expected["cmp"] = json!([expect["cmp"], expect["reverse_cmp"], expect["equal"]]);
            actual["cmp"] = json!([a.compare(&b) as i8, b.compare(&a) as i8, a == b]);
        }
        (expected, actual)
    });
}

/// Runs the commands one after the other and compares what each leaves behind.
fn effects_case(case: &Value) -> Answer {
    let mut built = Case::new(case);
    built.schema_empty = Some(case["setup_sql"].as_array().is_none_or(Vec::is_empty));
    let (mut expected, mut actual) = (Vec::new(), Vec::new());
    for step in case["expect"]["steps"].as_array().unwrap() {
        let command = step["command"].as_str().unwrap();
        let mut run = |command: &Command| {
            let outcome = simulate(&built.input(), command);
            expected.push(json!([command.name(), expected_code(&step["exception"])]));
            actual.push(json!([command.name(), ours(outcome.as_ref().err())]));
            if let Ok(rows) = outcome {
                built.rows = rows;
            }
        };
        match command {
            "migrate" => run(&Command::Migrate),
            "repair" => run(&Command::Repair),
            "baseline" => run(&Command::Baseline),
            "history" => {
                expected.push(rows(&step["rows"]));
                // A run that fails in its first script leaves the table that it has made.
                let rows_now = json!(built.rows);
                let nothing = |rows: &Value| rows.as_array().is_none_or(Vec::is_empty);
                let same = nothing(&rows_now) && nothing(&step["rows"]);
                actual.push(if same { rows(&step["rows"]) } else { rows(&rows_now) });
            }
            _ => {
                let status = built.status();
                let key = if command == "info" { "info" } else { "errors" };
                expected.push(if key == "info" { expected_info(step) } else { expected_errors(step) });
                actual.push(if key == "info" { info(&status) } else { errors(&status) });
            }
        }
    }
    (json!(expected), json!(actual))
}

fn rows(rows: &Value) -> Value {
    let keys = ["installed_rank", "version", "description", "type", "script", "checksum", "success"];
    let row = |row: &Value| keys.iter().map(|key| row[*key].clone()).collect::<Value>();
    rows.as_array().map_or(Value::Null, |rows| rows.iter().map(row).collect())
}

#[test]
fn effects() {
    compare("effects", effects_case);
}

#[test]
fn fewer_than_one_in_a_hundred_is_left_out() {
    let groups = ["fixed", "random", "mixed", "conf", "naming", "checksum", "placeholder", "version", "effects"];
    let total: usize = groups.iter().map(|group| cases(group).len()).sum();
    assert!(left_out().len() * 100 < total, "{} of {total}", left_out().len());
}
