//! What a project is compared with.

use std::ffi::OsString;
use std::path::Path;

use clap::Args;

/// The base of the branch, and environments.
#[derive(Debug, Args)]
pub(crate) struct Compared {
    /// The branch or commit that the branch goes into, such as origin/main: only what the branch changes is reported, and
    /// what it breaks of scripts that are merged; without it `base` of flightcheck.toml. Several with names, such as
    /// `prod=origin/prod`, are environments, and the first is the base
    #[arg(long, value_name = "[NAME=]REVISION")]
    pub(crate) base: Vec<String>,
    /// Compares with no base, whatever flightcheck.toml says
    #[arg(long, conflicts_with = "base")]
    pub(crate) no_base: bool,
    /// Puts all environments of flightcheck.toml that have a `history` or a `base` side by side
    #[arg(long)]
    pub(crate) environments: bool,
}

/// A value that may have the name of an environment before it: `prod=prod.json`.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    /// The name.
    pub(crate) name: Option<String>,
    /// What follows it.
    pub(crate) value: OsString,
}

/// Splits a name off, where there is a plain one.
pub(crate) fn split(text: &str) -> Option<(&str, &str)> {
    let is_plain = |char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.');
    let (name, value) = text.split_once('=')?;
    (!name.is_empty() && !value.is_empty() && name.chars().all(is_plain)).then_some((name, value))
}

/// A file that may have a name before it. A file whose own name looks like that is a file.
pub(super) fn named_file(text: &str) -> Result<Named, String> {
    if text.is_empty() {
        return Err("the name of a file is missing".to_owned());
    }
    Ok(match split(text).filter(|_| !Path::new(text).exists()) {
        Some((name, value)) => Named { name: Some(name.to_owned()), value: value.into() },
        None => Named { name: None, value: text.into() },
    })
}
