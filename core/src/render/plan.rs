//! `plan`: what the next `migrate` would do, for a terminal.

use crate::report::{Report, Skipped};

use super::table::{header, refusal};
use super::terminal::{bold, faint, styled};
use super::words::harmless;

/// The steps in order, each skip with its reason, and the other answer where nobody said whether the schema is empty.
#[must_use]
pub fn plan(report: &Report) -> String {
    let mut text = header(report);
    match &report.plan {
        None => {
            let refused = report.refused.iter().find(|refused| refused.command == "migrate");
            text += &refused.map_or_else(String::new, |refused| refusal("migrate refuses", refused));
        }
        Some(plan) => {
            let unknown = report.if_schema_not_empty.is_some();
            let title = if unknown { "If the schema is empty, migrate would apply" } else { "migrate would apply" };
            text += &steps(plan, report.plan_baseline.as_deref(), title);
        }
    }
    text += &passed_over(&report.skipped);
    if let Some(other) = &report.if_schema_not_empty {
        text.push('\n');
        text += &match (&other.plan, &other.refused) {
            (Some(plan), _) => {
                let title = "If the schema is not empty, migrate would apply";
                steps(plan, other.plan_baseline.as_deref(), title) + &passed_over(&other.skipped)
            }
            (None, Some(refused)) => refusal("If the schema is not empty, migrate refuses", refused),
            (None, None) => String::new(),
        };
    }
    text
}

fn passed_over(skipped: &[Skipped]) -> String {
    if skipped.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", styled("Passed over", bold()));
    for skipped in skipped {
        text += &format!("  {}: {}\n", harmless(&skipped.script), styled(&harmless(&skipped.why), faint()));
    }
    text
}

fn steps(plan: &[String], baseline: Option<&str>, title: &str) -> String {
    if plan.is_empty() && baseline.is_none() {
        return format!("{} nothing\n", styled(title, bold()));
    }
    let mut text = format!("{}\n", styled(title, bold()));
    if let Some(version) = baseline {
        text += &format!("  baseline at version {}\n", harmless(version));
    }
    for (at, script) in plan.iter().enumerate() {
        text += &format!("{:>4}  {}\n", at + 1, harmless(script));
    }
    text
}
