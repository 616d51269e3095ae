//! `impact`: what each statement of a session does, and the locks as they pile up.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use flightcheck_core::impact::Server;
use flightcheck_core::render;
use flightcheck_core::report::{ImpactReport, Session};
use flightcheck_core::sql::{Dialect, detect};

use crate::args::{Format, Impact};
use crate::load::read_script;
use crate::{Failure, commands};

pub(crate) fn run(arguments: &Impact) -> Result<ExitCode, Failure> {
    let input = [PathBuf::from("-")];
    let files = if arguments.files.is_empty() { &input[..] } else { &arguments.files };
    let files = files.iter().map(|path| named(path)).collect::<Result<Vec<_>, Failure>>()?;
    let schema = texts(&arguments.schema)?;
    let applied = texts(&arguments.assume_applied)?;
    let dialect = match arguments.dialect {
        Some(dialect) => dialect,
        None => detected(files.iter().map(|(_, text)| text).chain(&schema).chain(&applied))?,
    };
    let oldest = Server::oldest(dialect);
    let report = ImpactReport::new(&Session {
        server: Server { version: arguments.server_version.unwrap_or(oldest.version), ..oldest },
        assumed: arguments.server_version.is_none(),
        schema: &schema,
        applied: &applied,
        files: &files,
        model: arguments.transaction.into(),
    });
    match arguments.format {
        Format::Human => commands::print(render::impact(&report))?,
        Format::Json => commands::print(render::json(&report))?,
    }
    Ok(commands::exit(report.totals.fail > 0))
}

fn named(path: &Path) -> Result<(String, String), Failure> {
    let name = if path.as_os_str() == "-" { "<stdin>".to_owned() } else { path.display().to_string() };
    Ok((name, read_script(path)?))
}

fn texts(paths: &[PathBuf]) -> Result<Vec<String>, Failure> {
    paths.iter().map(|path| read_script(path)).collect()
}

fn detected<'a>(texts: impl Iterator<Item = &'a String>) -> Result<Dialect, Failure> {
    match detect(texts.map(String::as_str)).dialect {
        Dialect::Generic => Err("nothing tells whose SQL this is; say it with --dialect".to_owned()),
        dialect => Ok(dialect),
    }
}
