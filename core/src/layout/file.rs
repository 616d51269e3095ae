//! The files of a project and what is computed from their bytes once.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use super::crc32;
use crate::text::{DecodeError, Encoding, lines};

/// The files of a project by path: relative to the project's folder with `/`, or absolute.
pub type Files = BTreeMap<String, File>;

/// One file's bytes, with digests computed when first asked for. Copies share both.
#[derive(Debug, Clone, Default)]
pub struct File(Arc<Content>);

#[derive(Debug, Default)]
struct Content {
    bytes: Vec<u8>,
    sha256: OnceLock<[u8; 32]>,
    checksum: OnceLock<(Encoding, Result<i32, DecodeError>)>,
}

impl File {
    /// A file of these bytes.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Arc::new(Content { bytes, ..Content::default() }))
    }

    /// Whether both are the same bytes.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.bytes == other.0.bytes
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// SHA-256 of the bytes.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        *self.0.sha256.get_or_init(|| Sha256::digest(&self.0.bytes).into())
    }

    /// The text in a character set.
    pub fn text(&self, encoding: Encoding) -> Result<Cow<'_, str>, DecodeError> {
        encoding.decode(&self.0.bytes)
    }

    /// Flyway's checksum of the text in a character set.
    pub fn checksum(&self, encoding: Encoding) -> Result<i32, DecodeError> {
        let compute = || self.text(encoding).map(|text| checksum(&text));
        let (cached, result) = self.0.checksum.get_or_init(|| (encoding, compute()));
        if *cached == encoding { *result } else { compute() }
    }
}

/// The part of a path after its last `/`.
#[must_use]
pub fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The folder that a file lies in: what stands before the last `/`, empty where there is none.
#[must_use]
pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// CRC-32 over the lines without their terminators, as a signed number.
///
/// A byte order mark at the start of the first line does not count (measured: `checksum` recordings, 13.0.0).
#[must_use]
pub fn checksum(text: &str) -> i32 {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut hasher = crc32::Hasher::new();
    // One call over joined lines is many times faster than a call for each short line.
    let mut joined = Vec::with_capacity(text.len().min(1 << 16));
    for line in lines(text) {
        joined.extend_from_slice(line.as_bytes());
        if joined.len() >= 1 << 16 {
            hasher.update(&joined);
            joined.clear();
        }
    }
    hasher.update(&joined);
    hasher.finalize().cast_signed()
}
