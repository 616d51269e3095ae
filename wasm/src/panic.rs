//! A panic of the core is a bug; what it says reaches the caller as an `Error`, and the next call gets a fresh instance.

use std::panic::PanicHookInfo;

use wasm_bindgen::prelude::wasm_bindgen;

/// Makes panics throw what they say.
pub(crate) fn throw_panics() {
    std::panic::set_hook(Box::new(throw));
}

fn throw(panic: &PanicHookInfo<'_>) {
    // The memory of this instance is in an unknown state: objects made in it say so when they are used again.
    wasm_bindgen::handler::schedule_reinit();
    let payload = panic.payload();
    let text = payload.downcast_ref::<&str>().copied().or(payload.downcast_ref::<String>().map(String::as_str));
    let text = text.unwrap_or("no reason given");
    let place = panic.location().map(|place| format!(" at {place}")).unwrap_or_default();
    let error = js_sys::Error::new(&format!("flightcheck panicked{place}: {text}; this is a bug of flightcheck"));
    error.set_name("FlightcheckPanic");
    wasm_bindgen::throw_val(error.into())
}

/// Gives the next call a fresh instance, for callers that saw a trap: a stack that ran over, memory that ran out.
/// Objects made before are lost.
#[wasm_bindgen]
pub fn reset() {
    wasm_bindgen::handler::schedule_reinit();
}

/// Panics, for tests of what callers make of it.
///
/// # Panics
///
/// Always.
#[wasm_bindgen(js_name = provokePanic, skip_typescript)]
pub fn provoke_panic(text: &str) {
    panic!("{text}");
}
