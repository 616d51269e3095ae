//! The tables that browsers and Node.js bring, behind `TextDecoder`.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    type TextDecoder;

    #[wasm_bindgen(constructor, catch)]
    fn new(label: &str, options: &JsValue) -> Result<TextDecoder, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn encoding(this: &TextDecoder) -> String;

    #[wasm_bindgen(method, catch)]
    fn decode(this: &TextDecoder, bytes: &[u8], options: &JsValue) -> Result<String, JsValue>;
}

/// The sets of the standard that are no Unicode.
const NAMES: [&str; 36] = [
    "ibm866",
    "iso-8859-2",
    "iso-8859-3",
    "iso-8859-4",
    "iso-8859-5",
    "iso-8859-6",
    "iso-8859-7",
    "iso-8859-8",
    "iso-8859-8-i",
    "iso-8859-10",
    "iso-8859-13",
    "iso-8859-14",
    "iso-8859-15",
    "iso-8859-16",
    "koi8-r",
    "koi8-u",
    "macintosh",
    "windows-874",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "x-mac-cyrillic",
    "gbk",
    "gb18030",
    "big5",
    "euc-jp",
    "iso-2022-jp",
    "shift_jis",
    "euc-kr",
    "x-user-defined",
];

/// A character set with a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table(&'static str);

impl Table {
    /// The set of a label of the standard, any case.
    pub(in crate::text) fn for_label(label: &str) -> Option<Self> {
        let name = TextDecoder::new(label, &JsValue::UNDEFINED).ok()?.encoding();
        NAMES.into_iter().find(|known| *known == name).map(Self)
    }

    /// The name that the standard gives it, in lower case.
    pub(in crate::text) fn name(self) -> String {
        self.0.to_owned()
    }

    /// The text of all bytes, or the offset of the last byte of the first malformed sequence.
    pub(in crate::text) fn decode(self, bytes: &[u8]) -> Result<String, usize> {
        self.decoded(bytes, false).ok_or_else(|| {
            // The shortest beginning that is malformed whatever follows; without one the end is cut off.
            let (mut good, mut bad) = (0, bytes.len());
            while bad - good > 1 {
                let middle = good.midpoint(bad);
                if self.decoded(&bytes[..middle], true).is_some() { good = middle } else { bad = middle }
            }
            bad.saturating_sub(1)
        })
    }

    fn decoded(self, bytes: &[u8], goes_on: bool) -> Option<String> {
        let option = |name: &str, value: bool| {
            let options = js_sys::Object::new();
            // A fresh object takes any property.
            let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
            options
        };
        let strict = option("fatal", true);
        let decoder = TextDecoder::new(self.0, &strict).ok()?;
        decoder.decode(bytes, &option("stream", goes_on)).ok()
    }
}
