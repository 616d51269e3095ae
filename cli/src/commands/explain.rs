//! `explain`: the page of a rule.

use std::process::ExitCode;

use flightcheck_core::rules;

use crate::args::Explain;
use crate::{Failure, commands};

pub(crate) fn run(arguments: &Explain) -> Result<ExitCode, Failure> {
    let rule = rules::find(&arguments.rule).ok_or_else(|| {
        let near = rules::nearest_name(&arguments.rule)
            .map_or_else(|| "`flightcheck rules` lists them".to_owned(), |near| format!("did you mean `{near}`?"));
        format!("`{}` is no rule; {near}", arguments.rule)
    })?;
    commands::print(rule.page)?;
    Ok(commands::exit(false))
}
