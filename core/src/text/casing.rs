//! Texts in lower and upper case, by the Unicode standard.
//!
//! The tables are a hundredth of the module for browsers, which have them already.

/// A text in another case.
pub trait Casing {
    /// All letters in lower case.
    fn lower(&self) -> String;

    /// All letters in upper case.
    fn upper(&self) -> String;
}

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
impl Casing for str {
    fn lower(&self) -> String {
        self.to_lowercase()
    }

    fn upper(&self) -> String {
        self.to_uppercase()
    }
}

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
impl Casing for str {
    fn lower(&self) -> String {
        if self.is_ascii() { self.to_ascii_lowercase() } else { js_sys::JsString::from(self).to_lower_case().into() }
    }

    fn upper(&self) -> String {
        if self.is_ascii() { self.to_ascii_uppercase() } else { js_sys::JsString::from(self).to_upper_case().into() }
    }
}
