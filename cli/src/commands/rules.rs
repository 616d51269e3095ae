//! `rules`: the list of rules.

use std::process::ExitCode;

use flightcheck_core::render;
use flightcheck_core::rules::{RULES, Rule};
use serde_json::{Value, json};

use crate::args::{ListFormat, Rules};
use crate::{Failure, commands};

pub(crate) fn run(arguments: &Rules) -> Result<ExitCode, Failure> {
    commands::print(match arguments.format {
        ListFormat::Human => render::rules_as_table(),
        ListFormat::Markdown => render::rules_as_markdown(),
        ListFormat::Json => render::json(&RULES.iter().map(|rule| as_json(rule)).collect::<Vec<_>>()),
    })?;
    Ok(commands::exit(false))
}

fn as_json(rule: &Rule) -> Value {
    json!({
        "name": rule.name,
        "group": rule.group.as_str(),
        "tier": rule.tier(),
        "severity": rule.severity,
        "dialects": rule.dialects(),
        "summary": rule.summary,
        "page": rule.page,
    })
}
