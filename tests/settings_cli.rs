//! Settings through the binary: which file is taken, environments, several projects, `init`, `schema` and `ratchet`.

mod binary;

use std::fs;
use std::path::Path;

use binary::{Folder, root, run};
use flightcheck_core::project::Project;
use flightcheck_core::render;
use flightcheck_core::report::Report;
use flightcheck_core::settings::{Known, Request, Unresolved, resolve};
use serde_json::Value;

const FIRST: &str = "create table a (id bigint primary key, x int);\n";
const SECOND: &str = "alter table a drop column x;\n";

/// A folder that nothing above is looked at for.
fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    fs::create_dir_all(folder.0.join(".git")).unwrap();
    folder
}

fn write_project(folder: &Folder, prefix: &str) {
    folder.write(&format!("{prefix}sql/V1__first.sql"), FIRST);
    folder.write(&format!("{prefix}sql/V2__second.sql"), SECOND);
}

/// The report that a face without files of its own comes to: it is handed what it asks for.
fn by_hand(root: &Path, inside: &str) -> Value {
    let above: Vec<String> = inside.rsplit('/').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let home = root.join(inside);
    let request = Request { above, ..Request::default() };
    let mut known = Known::new();
    let configuration = loop {
        match resolve(&request, &known) {
            Ok(configuration) => break configuration,
            Err(Unresolved::Wants(name)) => {
                let bytes = fs::read(home.join(&name)).ok();
                assert!(known.insert(name, bytes).is_none(), "nothing is asked for twice");
            }
            Err(Unresolved::Refused(message)) => panic!("{message}"),
        }
    };
    let mut project = Project::new(configuration);
    for path in ["sql/V1__first.sql", "sql/V2__second.sql"] {
        project.set_file(path, fs::read(home.join(path)).unwrap());
    }
    let checked = project.check().unwrap();
    let report = Report::new(&project, &checked, None).with_findings(&project, &checked);
    serde_json::from_str(&render::json(&report)).unwrap()
}

#[test]
fn every_face_comes_to_the_same_settings() {
    let own = "dialect = \"postgres\"\nserver-version = \"14\"\nlocations = [\"filesystem:sql\"]\n[rules]\ndropped-column = \"error\"\n\
               [[paths]]\nmatch = \"services/billing/sql/**\"\nrules = { dropped-column = \"info\" }\n[placeholders]\nregion = \"eu\"\n";
    for (at, (name, text)) in [
        ("", ""),
        ("flightcheck.toml", own),
        ("services/billing/flightcheck.toml", "dialect = \"mysql\"\ntiers = [\"style\"]\nserver-version = 8\n"),
        ("services/billing/flyway.toml", "[flyway]\ntarget = \"1\"\n"),
        ("services/billing/flyway.conf", "flyway.outOfOrdr=true\n"),
        ("services/flightcheck.toml", "config = [\"billing/special.conf\"]\nedition = \"redgate\"\ndialekt = \"x\"\n"),
    ]
    .into_iter()
    .enumerate()
    {
        let folder = folder(&format!("faces-{at}"));
        write_project(&folder, "services/billing/");
        folder.write("services/billing/special.conf", "flyway.locations=filesystem:sql\nflyway.target=1\n");
        if !name.is_empty() {
            folder.write(name, text);
        }
        let outcome = run(&["check", &format!("{}/services/billing", folder.path()), "--format=json"], "");
        assert_eq!(outcome.json(), by_hand(&folder.0, "services/billing"), "{name}");
        let first = outcome.json()["configuration"][0].clone();
        let taken = ["../../flightcheck.toml", "flightcheck.toml", "flyway.toml", "flyway.conf", "../flightcheck.toml"];
        assert_eq!(first, at.checked_sub(1).map_or(Value::Null, |at| taken[at].into()), "{name}");
    }
}

#[test]
fn the_file_that_is_taken_is_named_and_its_patterns_are_relative_to_it() {
    let folder = folder("nearest");
    write_project(&folder, "services/billing/");
    folder.write(
        "flightcheck.toml",
        "dialect = \"postgres\"\n[[ignore]]\npath = \"services/billing/sql/**\"\nrule = \"dropped-column\"\nreason = \"agreed\"\n",
    );
    let outcome = run(&["check", &format!("{}/services/billing", folder.path())], "");
    assert!(outcome.stdout.contains("../../flightcheck.toml"), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("1 finding ignored: 0 in comments, 1 in flightcheck.toml"), "{}", outcome.stdout);
}

#[test]
fn an_environment_is_picked_and_wins() {
    let folder = folder("environments");
    write_project(&folder, "");
    folder.write("flyway.conf", "flyway.target=1\nflyway.placeholders.region=us\n");
    folder.write("history/prod.json", "[]");
    folder.write(
        "flightcheck.toml",
        "dialect = \"postgres\"\nfail-on = \"never\"\n[environments.prod]\ntarget = \"2\"\nhistory = \"history/prod.json\"\nserver-version = \"16\"\nfail-on = \"info\"\n\
         [environments.prod.placeholders]\nregion = \"eu\"\n[environments.test]\n[[ignore]]\npath = \"nowhere\"\nrule = \"dropped-table\"\n",
    );
    let plan = |arguments: &[&str]| run(&[&["plan", folder.path(), "--format=json"], arguments].concat(), "").json();
    assert_eq!(plan(&[])["plan"].as_array().unwrap().len(), 1);
    let prod = plan(&["--env=prod"]);
    assert_eq!(prod["plan"].as_array().unwrap().len(), 2);
    assert_eq!(prod["environment"], "prod");
    assert_eq!(prod["history"]["name"], "history/prod.json", "as seen from the project, whatever folder was given");
    assert_eq!(plan(&["--env=prod", "-c", "target=1"])["plan"].as_array().unwrap().len(), 1, "options win");
    let check = |arguments: &[&str]| run(&[&["check", folder.path()], arguments].concat(), "").code;
    assert_eq!((check(&[]), check(&["--env=prod"]), check(&["--env=prod", "--fail-on=never"])), (0, 1, 0));
    let wrong = run(&["info", folder.path(), "--env=prd"], "");
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("did you mean `prod`?"), "{}", wrong.stderr);
    folder.write(
        "flightcheck.toml",
        "environment = \"prod\"\n[environments.prod]\ntarget = \"2\"\nhistory = \"nowhere.json\"\n",
    );
    let missing = run(&["info", folder.path()], "");
    assert!(missing.code == 2 && missing.stderr.contains("nowhere.json"), "{}", missing.stderr);
}

#[test]
fn each_of_several_projects_is_checked() {
    let folder = folder("several");
    write_project(&folder, "services/billing/");
    write_project(&folder, "services/shop/");
    folder.write(
        "flightcheck.toml",
        "dialect = \"postgres\"\n[[projects]]\nfolder = \"services/billing\"\nrules = { dropped-column = \"error\" }\n[[projects]]\nfolder = \"services/shop\"\ntarget = \"1\"\n",
    );
    let outcome = run(&["check", folder.path(), "--format=json"], "");
    assert_eq!(outcome.code, 1);
    let reports = outcome.json();
    let [billing, shop] = reports.as_array().unwrap().as_slice() else { panic!("{reports}") };
    assert_eq!((&billing["project"], &shop["project"]), (&"services/billing".into(), &"services/shop".into()));
    assert_eq!(shop["plan"].as_array().unwrap().len(), 1);
    let human = run(&["info", folder.path()], "").stdout;
    assert!(human.contains("Project    services/billing\n") && human.contains("Project    services/shop\n"), "{human}");
    let one = run(&["simulate", "migrate", folder.path()], "");
    assert!(one.code == 2 && one.stderr.contains("services/shop"), "{}", one.stderr);
    let alone = run(&["check", &format!("{}/services/shop", folder.path()), "--format=json"], "").json();
    assert_eq!(alone, *shop);
}

#[test]
fn what_is_wrong_with_the_file_is_told_by_every_command() {
    let folder = folder("wrong");
    write_project(&folder, "");
    folder.write("flightcheck.toml", "dialect = \"postgres\"\n[rollback]\nprefixx = \"RB\"\n");
    for command in [&["info"][..], &["plan"], &["simulate", "migrate"], &["seal", "--stdout"], &["fix", "--dry-run"]] {
        let said = run(&[command, &[folder.path()]].concat(), "").stderr;
        assert!(
            said.contains("flightcheck.toml:3:1: ") && said.contains("did you mean `prefix`?"),
            "{command:?}: {said}"
        );
    }
    let check = run(&["check", folder.path()], "");
    assert!(check.code == 1 && check.stdout.contains("wrong-setting"), "{}", check.stdout);
    folder.write("flightcheck.toml", b"\xff\xfe");
    assert_eq!(run(&["check", folder.path()], "").code, 2);
    folder.write("flightcheck.toml", "config = [\"nowhere.conf\"]\n");
    let missing = run(&["check", folder.path()], "");
    assert!(missing.code == 2 && missing.stderr.contains("flightcheck.toml:1:11"), "{}", missing.stderr);
}

#[test]
fn a_placeholder_of_the_file_is_not_drawn() {
    let folder = folder("own-secret");
    write_project(&folder, "");
    for text in [
        "[placeholders]\nkey = 's3cret'\nother = 5\n",
        "placeholders = { key = 's3cret', other = 5 }\n",
        "[environments.prod]\nplaceholders.key = 's3cret'\nplaceholder.key = 's3cret'\n",
        "[placeholders]\nkey = 's3cret\n",
    ] {
        folder.write("flightcheck.toml", text);
        for format in ["--format=human", "--format=json"] {
            let outcome = run(&["check", folder.path(), format], "");
            assert!(
                !outcome.stdout.contains("s3cret") && !outcome.stderr.contains("s3cret"),
                "{text}: {}",
                outcome.stdout
            );
        }
    }
}

#[test]
fn init_says_what_it_found_and_never_overwrites() {
    let folder = folder("init");
    folder.write(
        "app/db/migration/V1__first.sql",
        "create table a (id serial primary key, note text, at timestamptz);\n",
    );
    folder.write("compose.yaml", "services:\n  db:\n    image: postgres:15.4-alpine\n");
    let app = format!("{}/app", folder.path());
    let outcome = run(&["init", &app], "");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    for said in [
        "found locations = [\"filesystem:db/migration\"]: 1 migrations",
        "found dialect = \"postgres\"",
        "found server-version = \"15.4\": ../compose.yaml:3",
    ] {
        assert!(outcome.stdout.contains(said), "{said}: {}", outcome.stdout);
    }
    let check = run(&["check", &app, "--format=json"], "").json();
    assert_eq!(
        (&check["sql"]["server_version"], &check["configuration"][0]),
        (&"15.4".into(), &"flightcheck.toml".into())
    );
    assert!(!check["findings"].as_array().unwrap().iter().any(|finding| finding["rule"] == "wrong-setting"));
    let before = fs::read(folder.0.join("app/flightcheck.toml")).unwrap();
    let again = run(&["init", &app], "");
    assert!(again.code == 2 && again.stderr.contains("never overwritten"), "{}", again.stderr);
    assert_eq!(fs::read(folder.0.join("app/flightcheck.toml")).unwrap(), before);
    assert!(run(&["init", &app, "--stdout"], "").stdout.contains("[[projects]]"));
}

#[test]
fn init_reads_the_examples() {
    for example in ["billing", "webshop"] {
        let outcome = run(&["init", root().join("examples").join(example).to_str().unwrap(), "--stdout"], "");
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        assert!(outcome.stdout.contains("\ndialect = \"postgres\"\n"), "{}", outcome.stdout);
    }
}

#[test]
fn init_lists_the_projects_of_a_repository() {
    let folder = folder("init-several");
    folder.write("services/billing/flyway.toml", "[flyway]\n");
    folder.write("services/shop/src/main/resources/db/migration/V1__a.sql", "select 1;");
    folder.write("services/none/readme.txt", "");
    assert_eq!(run(&["init", folder.path()], "").code, 0);
    let text = fs::read_to_string(folder.0.join("flightcheck.toml")).unwrap();
    assert!(
        text.contains("[[projects]]\nfolder = \"services/billing\"\n[[projects]]\nfolder = \"services/shop\"\n"),
        "{text}"
    );
    assert_eq!(run(&["info", folder.path(), "--format=json"], "").json().as_array().unwrap().len(), 2);
}

#[test]
fn the_schema_is_printed() {
    let schema = run(&["schema"], "").json();
    assert_eq!(schema["title"], "flightcheck.toml");
    assert!(schema["properties"]["environments"].is_object());
}

#[test]
fn the_ratchet_turns_one_way() {
    let folder = folder("ratchet");
    write_project(&folder, "");
    folder.write("flightcheck.toml", "dialect = \"postgres\"\nfail-on = \"info\"\n");
    let check = || run(&["check", folder.path()], "");
    let ratchet = |option: &[&str]| run(&[&["ratchet", folder.path()], option].concat(), "");
    let file = || fs::read_to_string(folder.0.join("flightcheck.ratchet.json")).unwrap_or_default();
    assert_eq!((check().code, ratchet(&["--check"]).code, file()), (1, 1, String::new()));
    assert_eq!(ratchet(&[]).code, 0);
    let recorded = file();
    assert!(recorded.contains("dropped-column"), "{recorded}");
    let clean = check();
    assert!(clean.code == 0 && clean.stdout.contains("recorded before, and not shown"), "{}", clean.stdout);
    assert_eq!(ratchet(&["--check"]).code, 0);
    folder.write("sql/V2__second.sql", format!("-- moved\n\nselect 1;\n{SECOND}truncate a;\n"));
    let new = check();
    assert!(
        new.code == 1 && new.stdout.contains("truncated-table") && !new.stdout.contains("dropped-column"),
        "{}",
        new.stdout
    );
    assert_eq!((ratchet(&["--prune"]).code, file()), (0, recorded));
    folder.write("sql/V2__second.sql", "select 1;\n");
    let gone = check();
    assert!(gone.code == 0 && gone.stdout.contains("flightcheck ratchet --prune"), "{}", gone.stdout);
    assert_eq!((ratchet(&["--check"]).code, ratchet(&["--prune"]).code), (1, 0));
    assert!(!file().contains("dropped-column"));
    folder.write("flightcheck.ratchet.json", "{");
    assert_eq!((check().code, ratchet(&[]).code), (2, 2));
}

#[test]
fn today_ends_ignores() {
    let folder = folder("today");
    folder.write("sql/V1__first.sql", FIRST);
    folder.write(
        "sql/V2__second.sql",
        format!("-- flightcheck: allow(dropped-column) until=2027-01-31 agreed\n{SECOND}"),
    );
    let rules = |day: &str| {
        let answer = run(&["check", folder.path(), "--dialect=postgres", "--format=json", day], "").json();
        let findings = answer["findings"].as_array().unwrap().clone();
        let ours = findings.into_iter().map(|finding| finding["rule"].as_str().unwrap().to_owned());
        ours.filter(|rule| ["dropped-column", "expired-ignore"].contains(&rule.as_str())).collect::<Vec<_>>()
    };
    assert_eq!(rules("--today=2027-01-31"), [""; 0]);
    assert_eq!(rules("--today=2027-02-01"), ["expired-ignore", "dropped-column"]);
    assert_eq!(run(&["check", folder.path(), "--today=soon"], "").code, 2);
}
