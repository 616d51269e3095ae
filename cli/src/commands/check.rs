//! `check`: everything that is wrong, risky or worth knowing.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use flightcheck_core::render::{Format, View};
use flightcheck_core::report::Report;
use flightcheck_core::rules::Statistics;

use crate::args::{Check, Output};
use crate::load::{Loaded, check, load};
use crate::{Failure, commands};

pub(crate) fn run(arguments: &Check) -> Result<ExitCode, Failure> {
    let outputs = outputs(arguments)?;
    let Loaded { mut project, history } = load(&arguments.project)?;
    project.set_statistics(arguments.statistics.as_deref().map(statistics).transpose()?);
    let checked = check(&project)?;
    let report = Report::new(&project, &checked, history.as_deref()).with_findings(&project, &checked);
    let outside: Vec<String> = arguments.project.config.iter().map(|path| path.display().to_string()).collect();
    let folder = arguments.project.folder.to_string_lossy().replace('\\', "/");
    let view = View {
        report: &report,
        project: &project,
        folder: &folder,
        outside: &outside,
        fail_on: arguments.fail_on.lowest(),
    };
    write_all(&outputs, &view)?;
    Ok(commands::exit(report.findings.iter().flatten().any(|finding| view.fails(finding))))
}

/// The reports to write: those asked for, else one on standard output.
fn outputs(arguments: &Check) -> Result<Vec<Output>, Failure> {
    if arguments.output.iter().filter(|output| output.file.is_none()).count() > 1 {
        return Err(
            "only one report can go to standard output; give the others a file: `--output sarif=out.sarif`".into()
        );
    }
    for (at, output) in arguments.output.iter().enumerate() {
        let before = &arguments.output[..at];
        if let Some(file) =
            output.file.as_ref().filter(|file| before.iter().any(|other| other.file.as_ref() == Some(file)))
        {
            return Err(format!("two reports are to be written to `{}`; give each a file of its own", file.display()));
        }
    }
    if !arguments.output.is_empty() {
        return Ok(arguments.output.clone());
    }
    let format = arguments.format.or_else(|| Format::named("human")).ok_or("there are no formats")?;
    Ok(vec![Output { format, file: None }])
}

/// Writes every report. One that cannot be written does not keep the others from it.
fn write_all(outputs: &[Output], view: &View<'_>) -> Result<(), Failure> {
    let mut failures = Vec::new();
    for Output { format, file } in outputs {
        let text = format.render(view);
        let done = match file {
            None => commands::print(text),
            Some(file) => {
                let text = if format.is_for_terminals { anstream::adapter::strip_str(&text).to_string() } else { text };
                fs::write(file, text).map_err(|error| format!("`{}` cannot be written: {error}", file.display()))
            }
        };
        failures.extend(done.err());
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}

fn statistics(path: &Path) -> Result<Statistics, Failure> {
    let text = fs::read_to_string(path).map_err(|error| format!("`{}` cannot be read: {error}", path.display()))?;
    Statistics::parse(&text).map_err(|error| {
        let form = "{\"public.orders\": {\"rows\": 120000000}}";
        format!("`{}` holds no statistics: {error}\n  help: the form is {form}", path.display())
    })
}
