//! Fingerprints of findings: what they point at is looked up in the project.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::ratchet::{context, fingerprints};

use super::Project;

/// How fingerprints name the history: its own name is what somebody typed.
const HISTORY: &str = "history";

impl Project {
    /// The fingerprint of each finding, in their order. They stay when text around a statement moves.
    #[must_use]
    pub fn fingerprints<'f>(&self, findings: impl IntoIterator<Item = &'f Finding>) -> Vec<String> {
        let history = self.history.as_ref().map(|(name, _)| name.as_str());
        let mut texts = BTreeMap::new();
        fingerprints(findings.into_iter().map(|finding| {
            let file = finding.primary.file.as_str();
            let (text, reading) = texts.entry(file).or_insert_with(|| (self.shown_text(file), self.reading(file)));
            let context = context(finding, text.as_deref(), reading.as_ref().map(|reading| &reading.script));
            (finding.rule, if history == Some(file) { HISTORY } else { file }, context)
        }))
    }
}
