//! Any text in any dialect: no panic, and every span is a place in the text.
#![no_main]

use flightcheck_core::change::read_all;
use flightcheck_core::sql::{Dialect, Options, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for dialect in Dialect::all() {
        let options = Options::new(dialect);
        for request in read_all(text, &read(text, &options), &options) {
            assert!(text.get(request.span.start..request.span.end).is_some());
            assert!(request.opaque_spans().iter().all(|span| text.get(span.start..span.end).is_some()));
            assert!(!request.to_string().is_empty());
        }
    }
});
