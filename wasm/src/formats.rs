//! The formats of reports.

use flightcheck_core::render::FORMATS;
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::failure::Failure;
use crate::value::value;

/// A format of reports.
#[derive(Debug, Clone, Serialize, Tsify)]
pub struct FormatDescription {
    /// Its name for `render`.
    name: &'static str,
    /// Who reads it.
    summary: &'static str,
    /// What the name of a file of it ends in, without the dot.
    extension: &'static str,
    /// Its media type.
    media_type: &'static str,
}

/// All formats, in the order in which they are listed to people.
#[wasm_bindgen]
pub fn formats() -> Result<Vec<Ts<FormatDescription>>, Failure> {
    let described = FORMATS.iter().map(|format| FormatDescription {
        name: format.name,
        summary: format.summary,
        extension: format.extension,
        media_type: format.media_type,
    });
    described.map(|format| value(&format)).collect()
}
