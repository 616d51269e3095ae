//! Rules and the recorded engine agree: where Flyway refuses, an error is found, and an error is found only there.

use flightcheck_core::deployment::{Choice, Deployment, Input};
use flightcheck_core::finding::{Finding, Severity};
use flightcheck_core::history::{Form, Snapshot};
use flightcheck_core::ignore::Ignores;
use flightcheck_core::impact::Server;
use flightcheck_core::layout::flyway::Places;
use flightcheck_core::layout::plain::Tool;
use flightcheck_core::rollback::Rollback;
use flightcheck_core::rules::{Facts, Kept, run};
use flightcheck_core::sql::Dialect;
use flightcheck_core::status::Status;

use serde_json::Value;

use crate::recordings::{Case, cases};

/// Errors that tell of harm that Flyway does not notice at once.
const AHEAD_OF_FLYWAY: [&str; 3] = ["changed-sealed-script", "overlong-description", "undefined-placeholder"];

fn check(case: &Value) -> (Status, Vec<Finding>) {
    let mut built = Case::new(case);
    let status = built.status();
    let places = Places::new(&built.settings, |folder| folder == "sql");
    let rows = built.rows.take();
    let snapshot = Snapshot { form: Form::JsonRows, rows, gaps: Vec::new(), has_checksums: true };
    // What the statements do is not the question here.
    let input = Input {
        settings: &built.settings,
        layout: &built.layout,
        status: &status,
        has_history: true,
        branch: None,
        server: Server::oldest(Dialect::Generic),
        assumed: true,
        choice: &Choice::default(),
        reading: &|_| None,
    };
    let facts = Facts {
        tool: Tool::Flyway,
        settings: &built.settings,
        places: &places,
        configuration: &[],
        files: &built.files,
        layout: &built.layout,
        history: Some(("history.json", &snapshot)),
        status: &status,
        seal: None,
        branch: None,
        environments: &[],
        repository: None,
        deployment: &Deployment::new(&input, None),
        rollback: &Rollback::default(),
        min_rollback_coverage: None,
        statistics: None,
        ignores: &Ignores::default(),
        unused: &[],
        today: None,
    };
    let mut kept = Kept::default();
    let findings = run(&facts, &mut kept).findings;
    assert_eq!(findings, run(&facts, &mut kept).findings, "the same facts give the same findings");
    (status, findings)
}

/// Whether Flyway refuses something that is not merely waiting to be applied.
fn refuses(status: &Status) -> bool {
    let waits = |code: &str, at: usize| {
        let state = status.infos[at].state.as_str();
        code.starts_with("OUTDATED") || code.starts_with("RESOLVED") && state == "Pending"
    };
    status.info_refused.is_some()
        || status.validate_refused.is_some()
        || status.plan.is_err()
        || status.errors.iter().any(|error| !waits(error.code, error.info))
}

#[test]
fn errors_are_found_where_flyway_refuses_and_only_there() {
    let groups = ["fixed", "random", "mixed", "naming", "checksum", "placeholder", "conf", "effects"];
    let mut failures = Vec::new();
    let (mut checked, mut refused) = (0, 0);
    for group in groups {
        for case in cases(group).iter().filter(|case| case.get("files").is_some()) {
            let (status, findings) = check(case);
            let is_error =
                |finding: &&Finding| finding.severity == Severity::Error && !AHEAD_OF_FLYWAY.contains(&finding.rule);
            let errors: Vec<&Finding> = findings.iter().filter(is_error).collect();
            let no = refuses(&status);
            let placeholders = findings.iter().any(|finding| finding.rule == "undefined-placeholder");
            if no && errors.is_empty() && !placeholders {
                let (errors, plan) = (&status.errors, &status.plan);
                failures
                    .push(format!("{}: nothing found, but {:?} {errors:?} {plan:?}", case["id"], status.info_refused));
            } else if !no && !errors.is_empty() {
                failures.push(format!("{}: Flyway agrees, but {errors:?}", case["id"]));
            }
            checked += 1;
            refused += usize::from(no);
        }
    }
    assert!(failures.is_empty(), "{} of {checked}:\n{}", failures.len(), failures.join("\n"));
    assert!(checked > 2000 && refused > 500, "{checked} cases, {refused} refused");
}
