//! Any bytes as a history snapshot: no panic, and what is read reads back the same.
#![no_main]

use flightcheck_core::history::{read, to_json};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(snapshot) = read("history", bytes) else { return };
    let json = to_json(snapshot.rows.as_deref());
    let again = read("again", json.as_bytes()).expect("what is written can be read");
    assert_eq!(again.rows, snapshot.rows);
});
