//! The ratchet: the findings of a day, recorded, so that only new ones fail a build.

mod fingerprint;
mod record;

pub use fingerprint::{context, fingerprints};
pub use record::{FILE_NAME, Ratchet, Recorded};
