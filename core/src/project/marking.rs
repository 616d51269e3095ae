//! Findings with their fingerprints, and which of them the ratchet has recorded.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::ratchet::{Ratchet, Recorded, context, fingerprints};
use crate::rules::{Found, Suppressed};

use super::{Checked, Project};

/// How fingerprints name the history: its own name is what somebody typed.
const HISTORY: &str = "history";

/// A finding with its fingerprint.
#[derive(Debug, Clone)]
pub struct Marked<T> {
    /// What was found.
    pub finding: T,
    /// What stays of it when text moves.
    pub fingerprint: String,
}

/// What was found, and what counts of it.
#[derive(Debug, Clone, Default)]
pub struct Judged {
    /// What counts.
    pub findings: Vec<Marked<Finding>>,
    /// What is ignored.
    pub ignored: Vec<Marked<Suppressed>>,
    /// What the ratchet has recorded.
    pub recorded: Vec<Marked<Finding>>,
    /// What the ratchet has recorded and is found no more.
    pub gone: Vec<Recorded>,
    /// How many findings are not the branch's, where there is a base.
    pub elsewhere: usize,
}

impl Project {
    /// What the rules find, with fingerprints, sorted by what counts, by place.
    pub fn judged(&self, checked: &Checked) -> Judged {
        let Found { findings, suppressed, elsewhere } = self.found(checked);
        let ignored = suppressed.iter().map(|suppressed| &suppressed.finding);
        let mut marks = self.fingerprints(findings.iter().chain(ignored));
        let ignored_marks = marks.split_off(findings.len());
        let mut judged = Judged { elsewhere, ..Judged::default() };
        // Of a branch only a part is looked at, so what is gone is not known.
        if let Some(ratchet) = self.ratchet.as_ref().filter(|_| self.base.is_none()) {
            judged.gone = ratchet.gone(&marks).cloned().collect();
        }
        let known = self.ratchet.as_ref().map(Ratchet::fingerprints).unwrap_or_default();
        let marked = findings.into_iter().zip(marks).map(|(finding, fingerprint)| Marked { finding, fingerprint });
        (judged.recorded, judged.findings) = marked.partition(|marked| known.contains(marked.fingerprint.as_str()));
        let ignored = suppressed.into_iter().zip(ignored_marks);
        judged.ignored = ignored.map(|(finding, fingerprint)| Marked { finding, fingerprint }).collect();
        judged
    }

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
