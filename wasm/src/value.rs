//! Values of the core as values of JavaScript.

use flightcheck_core::render::json_line;
use serde::Serialize;
use tsify::{Ts, Tsify};

use crate::failure::Failure;

/// The value that its JSON stands for.
pub(crate) fn value<T: Serialize + Tsify>(value: &T) -> Result<Ts<T>, Failure> {
    let parsed = js_sys::JSON::parse(&json_line(value));
    parsed.map(Ts::new_unchecked).map_err(|_| Failure::new("the report is too large for one text of JavaScript"))
}
