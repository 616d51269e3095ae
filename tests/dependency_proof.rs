//! Verdicts on pairs of scripts beside what a real server says. `tests/dependency-proof.sh` prepares what is compared here;
//! without it this test says that it is skipped.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use flightcheck_core::change::Reading;
use flightcheck_core::dependency::{Schema, Script, Verdict, equality, pair};
use flightcheck_core::deployment::Choice;
use flightcheck_core::project::Project;
use flightcheck_core::settings::{Configuration, Source};
use flightcheck_core::sql::{Dialect, Options};

fn script(folder: &Path, name: &str) -> Script {
    let text = fs::read_to_string(folder.join(format!("{name}.sql"))).unwrap();
    let reading = Reading::new(text, &Options::new(Dialect::Postgres));
    Script { name: name.to_owned(), reading: Some(Arc::new(reading)) }
}

fn said(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap().trim().to_owned()
}

/// The verdict where the second script is picked and the first passed over.
fn cherry_picked(folder: &Path) -> Verdict {
    let text = "flyway.url=jdbc:postgresql://host/database\nflyway.locations=filesystem:sql\n".to_owned();
    let sources = vec![Source::Conf { name: "flyway.conf".to_owned(), text }];
    let mut project = Project::new(Configuration { sources, ..Configuration::default() });
    for (path, name) in [("sql/V1__base.sql", "base"), ("sql/V2__a.sql", "a"), ("sql/V3__b.sql", "b")] {
        project.set_file(path, fs::read(folder.join(format!("{name}.sql"))).unwrap());
    }
    project.set_choice(Choice { picked: vec!["1".to_owned(), "3".to_owned()], held_back: Vec::new() });
    let deployment = project.deployment(&project.check().unwrap());
    let selection = deployment.selection.as_ref().unwrap();
    let [crossing] = selection.crossings.as_slice() else { panic!("{}: {:?}", folder.display(), selection.crossings) };
    crossing.pair.verdict
}

/// What differs between the server and us, with the reasons that `exceptions.txt` gives.
fn disagreements(folder: &Path) -> Vec<String> {
    let server = said(folder, "verdict");
    let (base, a, b) = (script(folder, "base"), script(folder, "a"), script(folder, "b"));
    let schema = Schema::of(&[base], Dialect::Postgres, false);
    let ours = pair(&schema, (&a, 1), (&b, 2));
    let mut found = Vec::new();
    // Rows that depend on the order are no matter of the schema; whoever knows of them says so.
    let agrees = match server.as_str() {
        "broken" => true,
        "rows" => ours.verdict != Verdict::Independent,
        server => server == ours.verdict.as_str(),
    };
    if !agrees {
        found.push(format!("merge: the server says {server}, we say {}: {}", ours.verdict.as_str(), ours.reason));
    }
    let picked = cherry_picked(folder);
    // A project that needs what no script makes did not begin empty, so that less is known there.
    if picked != ours.verdict && server != "broken" {
        found.push(format!("cherry-pick: {}, not {} as for merge", picked.as_str(), ours.verdict.as_str()));
    }
    let equal = said(folder, "equal");
    let (alone, orders) = equal.split_once(' ').unwrap();
    let one = [a.clone()];
    let other = [b.clone()];
    for (what, server, ours) in [
        ("each alone", alone, equality(&schema, &one, &other)),
        ("both orders", orders, equality(&schema, &[a.clone(), b.clone()], &[b, a])),
    ] {
        let expected = match server {
            "same" => Some(true),
            "different" => Some(false),
            _ => continue,
        };
        if ours.equal != expected {
            found.push(format!(
                "equal, {what}: the server says {server}, we {:?}: {:?} {:?}",
                ours.equal, ours.unlike, ours.notes
            ));
        }
    }
    found
}

/// Whether an exception is about a pair; a `*` stands for any script.
fn fits(key: &str, name: &str) -> bool {
    match key.split_once('*') {
        Some((start, end)) => name.starts_with(start) && name.ends_with(end),
        None => name == key,
    }
}

#[test]
fn verdicts_agree_with_the_server() {
    let Ok(prepared) = std::env::var("DEPENDENCY_PROOF") else {
        println!("skipped: run tests/dependency-proof.sh");
        return;
    };
    let listed =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/dependency-proof/exceptions.txt")).unwrap();
    let exceptions: BTreeMap<&str, &str> =
        listed.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": ")).collect();
    let mut folders: Vec<_> = fs::read_dir(prepared).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let (mut pairs, mut excepted, mut wrong) = (0, 0, Vec::new());
    let mut by_verdict: BTreeMap<String, usize> = BTreeMap::new();
    for folder in folders.iter().filter(|folder| folder.join("equal").is_file()) {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        pairs += 1;
        *by_verdict.entry(said(folder, "verdict")).or_default() += 1;
        let found = disagreements(folder);
        if exceptions.keys().any(|key| fits(key, &name)) {
            excepted += usize::from(!found.is_empty());
            continue;
        }
        wrong.extend(found.into_iter().map(|line| format!("{name}: {line}")));
    }
    println!("{pairs} pairs, {by_verdict:?}, {excepted} excepted");
    assert!(pairs >= 150, "only {pairs} pairs");
    assert!(wrong.is_empty(), "{} disagreements\n{}", wrong.len(), wrong.join("\n"));
}
