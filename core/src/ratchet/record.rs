//! The file that holds the findings of a day.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// The name of the file in the project's folder.
pub const FILE_NAME: &str = "flightcheck.ratchet.json";
/// The version of the file's form.
const FORMAT: u32 = 1;

/// The findings of a day, sorted by file, rule and fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratchet {
    format: u32,
    /// What was found.
    findings: Vec<Recorded>,
}

/// A finding that was recorded. Only its fingerprint counts; the rest is for people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// The file that it was found in.
    pub file: String,
    /// The rule.
    pub rule: String,
    /// What stays of it when text moves.
    pub fingerprint: String,
    /// What was said.
    pub message: String,
}

impl Ratchet {
    /// Records findings.
    #[must_use]
    pub fn new(findings: impl IntoIterator<Item = Recorded>) -> Self {
        let mut findings: Vec<Recorded> = findings.into_iter().collect();
        findings.sort();
        Self { format: FORMAT, findings }
    }

    /// Reads a file. The error says what is wrong, and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        let ratchet: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if ratchet.format != FORMAT {
            return Err(format!("its format is {}, and only {FORMAT} is known", ratchet.format));
        }
        let mut seen = BTreeSet::new();
        match ratchet.findings.iter().find(|recorded| !seen.insert(&recorded.fingerprint)) {
            Some(twice) => Err(format!("the fingerprint `{}` is there twice", twice.fingerprint)),
            None => Ok(ratchet),
        }
    }

    /// The file.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Texts and numbers only, which always serialise.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// What was recorded.
    #[must_use]
    pub fn findings(&self) -> &[Recorded] {
        &self.findings
    }

    /// The fingerprints of what was recorded.
    #[must_use]
    pub fn fingerprints(&self) -> BTreeSet<&str> {
        self.findings.iter().map(|recorded| recorded.fingerprint.as_str()).collect()
    }

    /// What was recorded and is found no more.
    pub fn gone(&self, fingerprints: &[String]) -> impl Iterator<Item = &Recorded> {
        let found: BTreeSet<String> = fingerprints.iter().cloned().collect();
        self.findings.iter().filter(move |recorded| !found.contains(&recorded.fingerprint))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recorded(fingerprint: &str) -> Recorded {
        Recorded { file: "V1__a.sql".into(), rule: "r".into(), fingerprint: fingerprint.into(), message: "m".into() }
    }

    #[test]
    fn a_file_is_read_as_it_was_written() {
        let ratchet = Ratchet::new([recorded("b"), recorded("a")]);
        assert_eq!(Ratchet::parse(&ratchet.to_json()), Ok(ratchet.clone()));
        assert_eq!(ratchet.fingerprints(), BTreeSet::from(["a", "b"]));
        let gone: Vec<&Recorded> = ratchet.gone(&["a".to_owned()]).collect();
        assert_eq!(gone, [&recorded("b")]);
    }

    #[test]
    fn what_is_no_ratchet_is_refused() {
        let twice = Ratchet::new([recorded("a"), recorded("a")]).to_json();
        for (text, said) in [
            ("{", "line 1"),
            ("[]", "line 1"),
            ("{\"format\": 2, \"findings\": []}", "format is 2"),
            ("{\"format\": 1, \"findings\": [], \"more\": 1}", "more"),
            (twice.as_str(), "twice"),
        ] {
            let error = Ratchet::parse(text).unwrap_err();
            assert!(error.contains(said), "{text}: {error}");
        }
    }
}
