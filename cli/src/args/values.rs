//! How the values of options are read.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use flightcheck_core::render::{FORMATS, Format as ReportFormat};
use flightcheck_core::settings::{Date, Percent};

use super::Output;

pub(super) fn key_value(text: &str) -> Result<(String, String), String> {
    let (key, value) =
        text.split_once('=').filter(|(key, _)| !key.is_empty()).ok_or("a setting has the form KEY=VALUE")?;
    Ok((key.to_owned(), value.to_owned()))
}

pub(super) fn report_formats() -> impl TypedValueParser<Value = &'static ReportFormat> {
    let formats = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.summary));
    PossibleValuesParser::new(formats).try_map(|name| ReportFormat::named(&name).ok_or("there is no such format"))
}

pub(super) fn output(text: &str) -> Result<Output, String> {
    let (name, file) = match text.split_once('=') {
        Some((_, "")) => return Err("after `=` the name of a file is missing".to_owned()),
        Some((name, file)) => (name, Some(PathBuf::from(file))),
        None => (text, None),
    };
    let names = || FORMATS.iter().map(|format| format.name);
    let format = ReportFormat::named(name).ok_or_else(|| match ReportFormat::nearest_name(name) {
        Some(near) => format!("there is no format `{name}`; did you mean `{near}`?"),
        None => format!("there is no format `{name}`; there are {}", names().collect::<Vec<_>>().join(", ")),
    })?;
    Ok(Output { format, file })
}

pub(super) fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "a day is written as 2027-01-31".to_owned())
}

pub(super) fn percent(text: &str) -> Result<Percent, String> {
    Percent::parse(text).ok_or_else(|| "a share is written as 95%".to_owned())
}
