//! The trouble that was put into the examples is found, and nothing is found where there is none.

mod projects;

use flightcheck_core::finding::{Finding, Severity};
use flightcheck_core::rules::{Group, find};
use projects::Sources;

/// A history of a project.
fn check(project: &str, history: &str) -> Vec<Finding> {
    let mut sources = Sources::from_folder(&format!("examples/{project}"));
    sources.history = Some(format!("history/{history}"));
    sources.findings()
}

/// The trouble seeded in `billing`: the history, the rule, the file of the primary label, a part of the message.
const BILLING: &[(&str, &str, &str, &str)] = &[
    ("PQ", "near-miss-name", "db/migration/V26_add_invoice_memo.sql", ""),
    ("PQ", "near-miss-name", "db/migration/v27__add_payment_provider.sql", ""),
    ("PQ", "near-miss-name", "db/migration/V28__add_refund_log.sql.txt", ""),
    ("PQ", "near-miss-name", "db/migration/V29-1__add_invoice_language.sql", ""),
    ("PQ", "near-miss-name", "db/views/R_invoice_aging.sql", ""),
    ("PQ", "near-miss-name", "db/callbacks/beforeMigrate_settings.sql", ""),
    ("P", "checksum-mismatch", "db/migration/V3__create_invoice_lines.sql", "was edited after it was applied"),
    ("PQ", "checksum-mismatch", "db/migration/V4__seed_fee_types.sql", "its UTF-8 was read as windows-1252"),
    ("P", "checksum-mismatch", "db/migration/V5__create_payments.sql", "tabs stand where spaces stood"),
    ("P", "missing-migration", "history/production.json", "`V6__add_legacy_export.sql`"),
    ("Q", "missing-migration", "history/qa.sql", "`V11.5__add_invoice_hold.sql`"),
    ("Q", "failed-migration", "history/qa.sql", "version 12"),
    ("P", "ignored-migration", "db/migration/V9__add_dunning_levels.sql", "below version 12"),
    ("P", "changed-placeholder-value", "db/views/R__payment_terms.sql", "had another value"),
    ("PQ", "mixed-version-forms", "db/migration/V20240611093000__create_invoice_exports.sql", "such as 26,"),
    ("PQ", "unsortable-timestamps", "db/tenant/V0219240930__create_tax_exemptions.sql", "MMDDYYhhmm"),
    ("PQ", "undo-without-migration", "db/undo/U6__add_legacy_export.sql", "version 6"),
    ("PQ", "migration-without-undo", "db/migration/V14__widen_amounts.sql", ""),
    ("PQ", "validation-disabled", "flyway.conf", ""),
    ("PQ", "clean-enabled", "flyway.conf", ""),
    ("PQ", "failure-hiding-pattern", "flyway.conf", "repeatable"),
    ("PQ", "timestamps-without-out-of-order", "flyway.conf", "timestamps"),
];

/// Whether a finding is about migrations as the tool sees them, not about what their statements do.
fn is_of_flyway(finding: &Finding) -> bool {
    find(finding.rule).is_some_and(|rule| rule.group == Group::Migrations)
}

#[test]
fn the_trouble_in_billing_is_found() {
    for (letter, history) in [("P", "production.json"), ("Q", "qa.sql")] {
        let findings = check("billing", history);
        for (_, rule, file, part) in BILLING.iter().filter(|(letters, ..)| letters.contains(letter)) {
            let found = findings.iter().any(|finding| {
                finding.rule == *rule && finding.primary.file == *file && finding.message.contains(part)
            });
            assert!(found, "{history}: no {rule} on {file} with `{part}` among {findings:#?}");
        }
        // What is not seeded is not found.
        let listed = |finding: &&Finding| {
            BILLING.iter().any(|(letters, rule, file, _)| {
                letters.contains(letter) && finding.rule == *rule && finding.primary.file == *file
            })
        };
        let loud = findings.iter().filter(|finding| finding.severity >= Severity::Warning && is_of_flyway(finding));
        let more: Vec<&Finding> = loud.filter(|finding| !listed(finding)).collect();
        assert!(more.is_empty(), "{history}: {more:#?}");
        assert!(!findings.iter().any(|finding| finding.primary.file.contains("V2__create_invoices.sql")));
    }
}

#[test]
fn the_pattern_in_billing_hides_a_repeatable() {
    let findings = check("billing", "production.json");
    let pattern = findings.iter().find(|finding| finding.rule == "failure-hiding-pattern").unwrap();
    let hidden: Vec<&str> = pattern.related.iter().map(|label| label.file.as_str()).collect();
    assert_eq!(hidden, ["db/views/R__readonly_grants.sql"]);
}

#[test]
fn the_restored_scripts_of_billing_are_those_that_were_applied() {
    let mut sources = Sources::from_folder("examples/billing");
    sources.history = Some("history/production.json".into());
    loop {
        let findings = sources.findings();
        let Some(finding) = findings.iter().find(|finding| finding.rule == "checksum-mismatch") else { break };
        sources = sources.fixed(finding.fixes.first().expect("all three can be told"));
    }
}

#[test]
fn late_and_stray_scripts_get_the_next_number_that_nobody_has_in_mind() {
    let findings = check("billing", "production.json");
    for rule in ["ignored-migration", "mixed-version-forms"] {
        let finding = findings.iter().find(|finding| finding.rule == rule).unwrap();
        assert!(finding.help.contains("`30`"), "{}", finding.help);
    }
}

#[test]
fn the_collision_is_found() {
    let findings = check("collision", "production.json");
    let loud: Vec<&Finding> = findings.iter().filter(|finding| finding.severity >= Severity::Warning).collect();
    let [finding] = loud[..] else { panic!("{loud:#?}") };
    assert_eq!(finding.rule, "version-collision");
    assert_eq!(finding.help, "the next free version is `5`");
}

#[test]
fn webshop_has_nothing_to_complain_about() {
    for history in ["production.json", "staging.csv"] {
        let findings = check("webshop", history);
        let loud: Vec<&Finding> = findings.iter().filter(|finding| finding.severity >= Severity::Warning).collect();
        assert!(loud.is_empty(), "{history}: {loud:#?}");
    }
}

#[test]
fn secrets_and_names_are_never_told() {
    for (project, history) in [("billing", "production.json"), ("billing", "qa.sql"), ("webshop", "staging.csv")] {
        let told = format!("{:?}", check(project, history));
        for secret in ["not-a-real-password", "billing_ci", "on_call_admin", "shop_ci"] {
            assert!(!told.contains(secret), "{project} tells {secret}");
        }
    }
}
