//! The deployment runs recorded scripts in the transactions that Flyway runs them in, and says where it refuses them.
//!
//! Each recorded splitting is played as the one pending script of a project. Cases whose statements are not Flyway's
//! (`split-differences.txt` has the reasons) have no common verdict unless Flyway gives one that does not depend on them.

use std::sync::Arc;

use flightcheck_core::change::{Change, TransactionModel};
use flightcheck_core::deployment::{Deployment, Mixed, Opener, Played, Step};
use flightcheck_core::impact::Transactional;
use flightcheck_core::project::{Configuration, Project};
use flightcheck_core::settings::Source;
use flightcheck_core::sql::Dialect;
use serde_json::Value;

use crate::recordings::{cases, split_differences};

const DATABASES: [&str; 6] = ["postgresql", "mysql", "mariadb", "sqlserver", "oracle", "sqlite"];

/// A trigger without its end, which nobody can read.
const CUT_OFF: &str = "split-sqlite-082";

/// Refused by Flyway as long as it knows no server: PostgreSQL adds values to a type in a transaction since version 12,
/// so the rule, which assumes a server, is silent.
const OF_OLD_SERVERS: &str = "ADD VALUE";

/// The replay, and whether the rule about mixed scripts speaks.
fn deployed(case: &Value) -> (Arc<Deployment>, bool) {
    let config = case["config"].as_object().unwrap();
    let options = config.iter().map(|(key, value)| (key.clone(), value.as_str().unwrap().to_owned())).collect();
    let dialect = Dialect::from_name(case["db"].as_str().unwrap());
    let configuration = Configuration { sources: vec![Source::Options(options)], dialect, ..Configuration::default() };
    let mut project = Project::new(configuration);
    project.set_file("sql/V1__case.sql", case["text"].as_str().unwrap().as_bytes().to_vec());
    let checked = project.check().unwrap();
    let is_told = project.findings(&checked).iter().any(|finding| finding.rule == "mixed-transaction-script");
    (project.deployment(&checked), is_told)
}

/// How the one script runs, in words.
fn ours(played: &Played) -> String {
    let reading = played.turn.reading.as_deref().expect("the script is read");
    match (played.turn.mixed, played.turn.runner.model) {
        (Some(Mixed::Script { statement }), _) => {
            let start = reading.requests[statement].span.start;
            format!("refused at line {}", 1 + reading.text[..start].matches('\n').count())
        }
        (None, TransactionModel::Script) => "transaction".into(),
        (None, TransactionModel::Statement) => "no transaction".into(),
        (mixed, model) => format!("{mixed:?} {model:?}"),
    }
}

/// How Flyway runs it; `None` where it could not read the script at all.
fn flyways(script: &Value) -> Option<String> {
    match script["execute_in_transaction"].as_bool() {
        Some(true) => Some("transaction".into()),
        Some(false) => Some("no transaction".into()),
        None => {
            let message = script["exception"]["message"].as_str()?;
            let (_, line) = message.split_once("found at line ")?;
            Some(format!("refused at line {}", line.split_once(':')?.0))
        }
    }
}

/// Whether a statement ends or begins a transaction itself, alone or inside of a block.
fn controls(change: &Change, step: &Step) -> bool {
    match change {
        Change::Transaction(_) | Change::Set(_) => true,
        Change::Block(block) => block.steps.iter().any(|inner| controls(&inner.request.change, step)),
        _ => step.impact.transactional == Transactional::Commits,
    }
}

/// The statements are in the transactions that the verdict speaks of.
fn hold_together(played: &Played, verdict: &str) -> Result<(), String> {
    let requests = &played.turn.reading.as_deref().unwrap().requests;
    let by_runner = |step: &&Step| step.transaction.is_some_and(|open| open.opener == Opener::Runner);
    if verdict == "no transaction" {
        return match played.steps.iter().find(by_runner) {
            Some(step) => Err(format!("statement {} is in a transaction of Flyway", step.statement)),
            None => Ok(()),
        };
    }
    let uncontrolled =
        || played.steps.iter().take_while(|step| !controls(&requests[step.statement].change, step)).peekable();
    let mut begins: Vec<_> =
        uncontrolled().map(|step| step.transaction.map(|open| (open.opener, open.begin))).collect();
    begins.dedup();
    match begins[..] {
        [] | [Some((Opener::Runner, _))] => Ok(()),
        _ => Err(format!("the transactions are {begins:?}")),
    }
}

#[test]
fn scripts_run_in_flyways_transactions() {
    let listed = split_differences();
    let (mut agreeing, mut wrong, mut unread) = (0, Vec::new(), 0);
    for case in DATABASES.into_iter().flat_map(|database| cases(&format!("split-{database}"))) {
        let id = case["id"].as_str().unwrap();
        let (deployment, is_told) = deployed(&case);
        let [played] = &deployment.scripts[..] else { panic!("{id}: one script") };
        let verdict = ours(played);
        let Some(theirs) = flyways(&case["expect"]["script"]) else {
            assert!(listed.contains_key(id) || id == CUT_OFF, "{id}: Flyway cannot read it, we say {verdict}");
            unread += 1;
            continue;
        };
        let refused = theirs.starts_with("refused") && !case["text"].as_str().unwrap().contains(OF_OLD_SERVERS);
        match hold_together(played, &verdict) {
            _ if theirs != verdict => wrong.push(format!("{id}: {theirs} by Flyway, {verdict} by us")),
            Err(how) => wrong.push(format!("{id}: {verdict}, and {how}")),
            Ok(()) if is_told != refused => wrong.push(format!("{id}: {theirs}, and the rule says otherwise")),
            Ok(()) => agreeing += 1,
        }
    }
    println!("{agreeing} agree, {unread} cannot be read by Flyway");
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}
