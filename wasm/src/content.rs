//! Contents of files, as JavaScript holds them.

use js_sys::{Object, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::failure::Failure;

#[wasm_bindgen]
extern "C" {
    /// The content of a file: its text, or its bytes where they may be no UTF-8.
    #[wasm_bindgen(typescript_type = "string | Uint8Array")]
    pub type Content;

    /// Contents of files by their paths.
    #[wasm_bindgen(typescript_type = "Record<string, string | Uint8Array>")]
    pub type Contents;
}

/// The bytes of a content.
pub(crate) fn bytes(name: &str, content: &JsValue) -> Result<Vec<u8>, Failure> {
    if let Some(text) = content.as_string() {
        return Ok(text.into_bytes());
    }
    let array = content.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec);
    array.ok_or_else(|| Failure::new(format!("the content of `{name}` is neither a string nor a Uint8Array")))
}

/// Paths and bytes of several files.
pub(crate) fn entries(contents: &Contents) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let object = contents
        .dyn_ref::<Object>()
        .ok_or_else(|| Failure::new("the files are to be an object of contents by path"))?;
    let keys = Object::keys(object).into_iter().map(|key| key.as_string().unwrap_or_default());
    keys.map(|path| {
        let content = js_sys::Reflect::get(object, &JsValue::from_str(&path)).unwrap_or_default();
        let bytes = bytes(&path, &content)?;
        Ok((path, bytes))
    })
    .collect()
}
