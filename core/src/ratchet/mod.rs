//! The ratchet: the findings of a day, recorded, so that only new ones fail a build.

mod fingerprint;

pub use fingerprint::{context, fingerprints};
