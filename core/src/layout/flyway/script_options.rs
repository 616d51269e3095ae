//! `<script>.conf`: what one script's own configuration file says.

use crate::finding::{Label, Refusal};
use crate::layout::{Files, ScriptOptions};
use crate::settings::{Edition, read_conf, unknown_encoding};
use crate::text::{Casing, Encoding};

/// Configuration files by the lower-case path, relative to their location, of the script that they belong to.
pub(super) type Index = std::collections::BTreeMap<String, String>;

/// Reads the configuration file of the script at `script`, its path relative to the location.
///
/// Flyway finds it in any location and in any case, and aborts on unknown keys and ill-typed values.
pub(super) fn read(script: &str, index: &Index, files: &Files, edition: Edition) -> Result<ScriptOptions, Refusal> {
    let Some(path) = index.get(&script.lower()) else { return Ok(ScriptOptions::default()) };
    let Some(file) = files.get(path) else { return Ok(ScriptOptions::default()) };
    let text = file
        .text(Encoding::Utf8)
        .map_err(|_| Refusal::new("ERROR", format!("`{path}` is not UTF-8")).at(Label::file(path)))?;
    let mut options = ScriptOptions { path: Some(path.clone()), ..ScriptOptions::default() };
    for property in read_conf(&text, None) {
        let place = Label::at(path, property.span);
        let boolean = |value: &str| match value.to_ascii_lowercase().as_str() {
            "true" => Ok(Some(true)),
            "false" => Ok(Some(false)),
            _ => {
                let message = format!("`{}` takes `true` or `false`, not `{value}`", property.key);
                Err(Refusal::new("CONFIGURATION", message).at(place.clone()))
            }
        };
        match property.key.as_str() {
            "executeInTransaction" => options.execute_in_transaction = boolean(&property.value)?,
            "placeholderReplacement" => options.placeholder_replacement = boolean(&property.value)?,
            "encoding" if Encoding::for_name(&property.value).is_none() => {
                return Err(Refusal::crash(unknown_encoding(&property.value)).at(place));
            }
            "encoding" => options.encoding = Some(property.value),
            "shouldExecute" if edition == Edition::Redgate => options.should_execute = Some(property.value),
            "shouldExecute" => {
                let message = "`shouldExecute` needs a Redgate edition; the open-source build refuses it";
                return Err(Refusal::new("ERROR", message).at(place));
            }
            unknown => {
                let message = format!(
                    "`{unknown}` is no setting of a script; known are executeInTransaction, encoding, placeholderReplacement and shouldExecute"
                );
                return Err(Refusal::new("CONFIGURATION", message).at(place));
            }
        }
    }
    Ok(options)
}
