//! `rules`: the list of rules.

use std::process::ExitCode;

use flightcheck_core::rules::RULES;
use serde_json::json;

use crate::args::{Format, Rules};
use crate::{Failure, commands};

pub(crate) fn run(arguments: &Rules) -> Result<ExitCode, Failure> {
    match arguments.format {
        Format::Human => {
            let widest = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
            for rule in RULES {
                let severity = rule.severity.as_str();
                commands::print(format_args!("{:widest$}  {severity:7}  {}\n", rule.name, rule.summary))?;
            }
        }
        Format::Json => {
            let rules = RULES.iter().map(|rule| {
                json!({"name": rule.name, "severity": rule.severity, "summary": rule.summary, "page": rule.page})
            });
            let text = serde_json::to_string_pretty(&rules.collect::<Vec<_>>()).map_err(|error| error.to_string())?;
            commands::print(text + "\n")?;
        }
    }
    Ok(commands::exit(false))
}
