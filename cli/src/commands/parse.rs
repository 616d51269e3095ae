//! `parse`: every statement of some files, what it asks for, and how much of it was understood.

use std::process::ExitCode;

use flightcheck_core::change::Listing;
use flightcheck_core::render::harmless;
use flightcheck_core::sql::{Dialect, Options, detect};

use crate::args::{Format, Parse};
use crate::load::read_script;
use crate::{Failure, commands};

pub(crate) fn run(arguments: &Parse) -> Result<ExitCode, Failure> {
    let mut files = Vec::new();
    for path in &arguments.files {
        files.push((path.display().to_string(), read_script(path)?));
    }
    let dialect = match arguments.dialect {
        Some(dialect) => dialect,
        None => detected(&files),
    };
    let texts = files.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let listing = Listing::of(texts, &Options::new(dialect));
    match arguments.format {
        Format::Human => commands::print(human(&listing, dialect, arguments.dialect.is_none()))?,
        Format::Json => {
            let json = serde_json::to_string_pretty(&serde_json::json!({
                "dialect": dialect,
                "detected": arguments.dialect.is_none(),
                "statements": listing.statements,
                "totals": listing.totals,
            }));
            commands::print(json.map_err(|error| error.to_string())? + "\n")?;
        }
    }
    Ok(commands::exit(false))
}

fn detected(files: &[(String, String)]) -> Dialect {
    let found = detect(files.iter().map(|(_, text)| text.as_str()));
    found.dialect
}

fn human(listing: &Listing, dialect: Dialect, detected: bool) -> String {
    let mut text = String::new();
    for row in &listing.statements {
        let mark = if row.understood == "understood" { String::new() } else { format!("  [{}]", row.understood) };
        text += &format!("{}:{}: {}{mark}\n", harmless(&row.file), row.line, harmless(&row.summary));
    }
    let totals = listing.totals;
    let how = if detected { "detected" } else { "given" };
    text + &format!(
        "{} statements as {} ({how}): {} understood, {} partly, {} opaque\n",
        listing.statements.len(),
        dialect.as_str(),
        totals.understood,
        totals.partly,
        totals.opaque
    )
}
