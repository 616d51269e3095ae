//! What findings depend on beside the project: sizes of tables, the day, and what was recorded before.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use flightcheck_core::ratchet::{FILE_NAME, Ratchet};
use flightcheck_core::rules::Statistics;
use flightcheck_core::settings::Date;

use crate::Failure;
use crate::args::Judging;
use crate::load::{Loaded, read_text};

/// Tells a project everything that its findings depend on.
pub(crate) fn prepare(loaded: &mut Loaded, arguments: &Judging) -> Result<(), Failure> {
    loaded.project.set_statistics(arguments.statistics.as_deref().map(statistics).transpose()?);
    loaded.project.set_today(arguments.today.or_else(today));
    Ok(())
}

/// What was recorded in a folder.
pub(crate) fn ratchet(folder: &Path) -> Result<Option<Ratchet>, Failure> {
    let path = folder.join(FILE_NAME);
    let Some(text) = read_text(&path)? else { return Ok(None) };
    Ratchet::parse(&text).map(Some).map_err(|error| {
        format!("`{}` is no ratchet: {error}\n  help: write it anew with `flightcheck ratchet`", path.display())
    })
}

/// The day in Greenwich, so that it is the same for everybody.
fn today() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
    u32::try_from(seconds / 86_400).ok().map(Date::from_days)
}

fn statistics(path: &Path) -> Result<Statistics, Failure> {
    let text = fs::read_to_string(path).map_err(|error| format!("`{}` cannot be read: {error}", path.display()))?;
    Statistics::parse(&text).map_err(|error| {
        let form = "{\"public.orders\": {\"rows\": 120000000}}";
        format!("`{}` holds no statistics: {error}\n  help: the form is {form}", path.display())
    })
}
