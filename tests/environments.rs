//! Several environments side by side: what each has run, what a promotion would run, and where they have drifted apart.

#[allow(dead_code, reason = "what the repository holds is not needed here")]
mod binary;
mod repository;

use binary::Folder;
use repository::{Repository, flightcheck, found};
use serde_json::{Value, json};

/// Rows of a history; the first three scripts have these checksums.
fn history(rows: &[(&str, &str, i32)]) -> String {
    let row = |(at, (version, name, checksum)): (usize, &(&str, &str, i32))| {
        json!({"installed_rank": at + 1, "version": version, "description": name, "type": "SQL",
            "script": format!("V{version}__{name}.sql"), "checksum": checksum, "success": true})
    };
    Value::from(rows.iter().enumerate().map(row).collect::<Vec<_>>()).to_string()
}

const USERS: (&str, &str, i32) = ("1", "users", -2_050_735_773);
const EMAIL: (&str, &str, i32) = ("2", "email", -1_929_901_731);
const PHONE: (&str, &str, i32) = ("3", "phone", -487_637_560);

fn shop(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("sql/V1__users.sql", "create table users (id int);\n");
    folder.write("sql/V2__email.sql", "alter table users add column email text;\n");
    folder.write("sql/V3__phone.sql", "alter table users add column phone text;\n");
    folder
}

fn info(folder: &Folder, arguments: &[&str]) -> Value {
    let outcome = flightcheck(&folder.0, &[&["info", ".", "--format", "json"], arguments].concat());
    assert_ne!(outcome.code, 2, "{}", outcome.stderr);
    outcome.json()["environments"].clone()
}

const BOTH: [&str; 4] = ["--history", "prod=prod.json", "--history", "qa=qa.json"];

#[test]
fn a_lagging_environment_shows_what_a_promotion_runs() {
    let folder = shop("environments-lag");
    folder.write("prod.json", history(&[USERS]));
    folder.write("qa.json", history(&[USERS, EMAIL]));
    let all = info(&folder, &BOTH);
    let would_run: Vec<&Value> = all["environments"].as_array().unwrap().iter().map(|one| &one["would_run"]).collect();
    assert_eq!(would_run, [&json!(["V2__email.sql", "V3__phone.sql"]), &json!(["V3__phone.sql"])]);
    let states = |at: usize| -> Vec<&str> {
        let states = all["migrations"][at]["states"].as_array().unwrap();
        states.iter().map(|state| state["state"].as_str().unwrap()).collect()
    };
    assert_eq!(
        [states(0), states(1), states(2)],
        [["Success", "Success"], ["Pending", "Success"], ["Pending", "Pending"]]
    );
    assert_eq!(all["drift"], json!([]));
    let human = flightcheck(&folder.0, &[&["info", "."], &BOTH[..]].concat());
    assert!(human.stdout.contains("prod would run 2 scripts: V2__email.sql, V3__phone.sql"), "{}", human.stdout);
    let check = flightcheck(&folder.0, &[&["check", ".", "--format", "json"], &BOTH[..]].concat());
    assert_eq!(found(&check.json()).iter().filter(|line| line.contains("drift")).count(), 0);
}

#[test]
fn drift_is_found() {
    let folder = shop("environments-drift");
    folder.write("prod.json", history(&[USERS, PHONE]));
    folder.write("qa.json", history(&[("1", "users", 7), EMAIL]));
    let all = info(&folder, &BOTH);
    let kinds: Vec<&str> = all["drift"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["checksum", "hole"]);
    assert_eq!(all["migrations"][0]["checksums_differ"], json!(true));
    let check = flightcheck(&folder.0, &[&["check", ".", "--format", "json"], &BOTH[..]].concat());
    assert_eq!(check.code, 1);
    let drift: Vec<String> = found(&check.json()).into_iter().filter(|line| line.contains("drift")).collect();
    assert_eq!(drift, ["environment-drift sql/V1__users.sql", "environment-drift sql/V2__email.sql"]);
    // What only the second one has, and no script, is told of it; of the first other rules tell.
    folder.write("prod.json", history(&[USERS]));
    folder.write("qa.json", history(&[USERS, ("1.5", "gone", 5)]));
    let all = info(&folder, &BOTH);
    assert_eq!(all["drift"][0]["kind"], "refused");
    assert_eq!(all["drift"][0]["environments"], json!(["qa"]));
}

#[test]
fn an_environment_has_settings_of_its_own() {
    let folder = shop("environments-settings");
    folder.write("eu/V4__vat.sql", "create table vat (id int);\n");
    folder.write("prod.json", history(&[USERS]));
    folder.write("eu.json", history(&[USERS, EMAIL]));
    folder.write(
        "flightcheck.toml",
        "[environments.prod]\nhistory = \"prod.json\"\ntarget = \"2\"\n\
         [environments.eu]\nhistory = \"eu.json\"\nlocations = [\"filesystem:sql\", \"filesystem:eu\"]\n\
         [environments.test]\nplaceholders = { a = \"b\" }\n",
    );
    let all = info(&folder, &["--environments"]);
    let mut runs: Vec<(&str, &Value)> = all["environments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["name"].as_str().unwrap(), &one["would_run"]))
        .collect();
    runs.sort_by_key(|(name, _)| *name);
    let (eu, prod) = (json!(["V3__phone.sql", "V4__vat.sql"]), json!(["V2__email.sql"]));
    assert_eq!(runs, [("eu", &eu), ("prod", &prod)]);
    assert_eq!(all["drift"], json!([]));
    // A name of the settings brings its settings.
    let all = info(&folder, &["--history", "prod=prod.json", "--history", "eu=eu.json"]);
    assert_eq!(all["environments"][0]["target"], "2");
    assert_eq!(all["environments"][1]["would_run"], eu);
}

#[test]
fn a_branch_for_each_environment_does() {
    let shop = Repository::shop("environments-branches");
    shop.git(&["branch", "prod", "main"]);
    shop.git(&["branch", "qa", "main"]);
    shop.on("qa", &[("sql/V3__note.sql", "select 3;\n")]);
    shop.git(&["merge", "--quiet", "qa"]);
    shop.write("sql/V4__mail.sql", "select 4;\n");
    let bases = ["--base", "prod=prod", "--base", "qa=qa"];
    let report = shop.report(&bases);
    let runs: Vec<&Value> =
        report["environments"]["environments"].as_array().unwrap().iter().map(|one| &one["would_run"]).collect();
    assert_eq!(runs, [&json!(["V3__note.sql", "V4__mail.sql"]), &json!(["V4__mail.sql"])]);
    assert_eq!(report["base"]["name"], "prod");
    assert_eq!(report["base"]["added"], json!(["sql/V3__note.sql", "sql/V4__mail.sql"]));
    assert_eq!(found(&report), Vec::<String>::new());
}

#[test]
fn what_cannot_be_told_apart_is_refused() {
    let folder = shop("environments-refused");
    folder.write("prod.json", history(&[USERS]));
    let said = |arguments: &[&str]| {
        let outcome = flightcheck(&folder.0, &[&["info", "."], arguments].concat());
        assert_eq!(outcome.code, 2, "{}", outcome.stdout);
        outcome.stderr
    };
    assert!(said(&["--history", "prod.json", "--history", "qa=prod.json"]).contains("each needs a name"));
    assert!(said(&["--history", "a=prod.json", "--history", "a=prod.json"]).contains("given twice"));
    assert!(said(&["--history", "a=prod.json", "--history", "b=none.json"]).contains("none.json"));
    assert!(said(&["--environments"]).contains("fewer than two environments"));
    // A file may be called like that.
    folder.write("a=b.json", history(&[USERS]));
    assert_eq!(flightcheck(&folder.0, &["info", ".", "--history", "a=b.json"]).code, 0);
}
