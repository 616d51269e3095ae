//! What a `flightcheck.toml` lists.

use flightcheck_core::settings::{Configuration, FILE_NAME};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::content::{self, Content};
use crate::failure::Failure;
use crate::loading::text;

/// The folders that a `flightcheck.toml` lists as projects, as seen from its own; none where it is for that one alone.
///
/// Throws where it is not UTF-8.
#[wasm_bindgen(js_name = listedProjects)]
pub fn listed_projects(content: &Content) -> Result<Vec<String>, Failure> {
    let text = text(FILE_NAME, &content::bytes(FILE_NAME, content)?)?;
    let configuration = Configuration { own: Some((FILE_NAME.to_owned(), text)), ..Configuration::default() };
    Ok(configuration.read().flightcheck.projects.into_iter().map(|(folder, _)| folder).collect())
}
