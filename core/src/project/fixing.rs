//! Fixes applied: one after the other, each on the project that the one before it leaves.

use crate::finding::{Edit, Finding, Fix, Safety};
use crate::settings::Source;

use super::{Checked, Project, Unusable};

/// What applying fixes made of a project.
#[derive(Debug, Clone)]
pub struct Fixed {
    /// The project afterwards.
    pub project: Project,
    /// The fixes that were applied, in order.
    pub applied: Vec<AppliedFix>,
    /// How many findings have only fixes that a person has to look at first.
    pub left_for_review: usize,
}

/// A fix that was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedFix {
    /// The rule of the finding.
    pub rule: &'static str,
    /// What the finding said.
    pub message: String,
    /// What the fix does.
    pub title: String,
}

impl Project {
    /// Applies the first fix of each finding that has one, and looks again after each. With `review` also those that a
    /// person has to look at. A script that was applied is never changed.
    pub fn fixed(&self, review: bool) -> Result<Fixed, Unusable> {
        let mut project = self.clone();
        let mut checked = project.check()?;
        let mut findings = project.findings(&checked);
        let mut fixed = Fixed { project: self.clone(), applied: Vec::new(), left_for_review: 0 };
        // A fix silences its finding, so there are no more rounds than findings; new ones get a round each, too.
        for _ in 0..2 * findings.len() {
            let Some((finding, next)) = next(&project, &checked, &findings, review) else { break };
            let applied =
                AppliedFix { rule: finding.rule, message: finding.message.clone(), title: next.title.clone() };
            let mut after = project.clone();
            if !after.apply(next) || fixed.applied.contains(&applied) {
                break;
            }
            fixed.applied.push(applied);
            project = after;
            checked = project.check()?;
            findings = project.findings(&checked);
        }
        let waits = |finding: &&Finding| finding.fixes.iter().any(|fix| fix.safety == Safety::Review);
        fixed.left_for_review = if review { 0 } else { findings.iter().filter(waits).count() };
        fixed.project = project;
        Ok(fixed)
    }

    /// Applies a fix; `false`, and nothing changed, where one of its edits does not fit.
    pub fn apply(&mut self, fix: &Fix) -> bool {
        let mut after = self.clone();
        let fits = fix.edits.iter().all(|edit| after.edit(edit));
        if fits {
            *self = after;
        }
        fits
    }

    fn edit(&mut self, edit: &Edit) -> bool {
        match edit {
            Edit::Create { file, text } => {
                let free = !self.files.contains_key(file);
                if free {
                    self.set_file(file, text.clone().into_bytes());
                }
                free
            }
            Edit::Rename { file, to } => {
                let Some(bytes) = self.files.get(file).map(|found| found.bytes().to_vec()) else { return false };
                let free = !self.files.contains_key(to);
                if free {
                    self.remove_file(file);
                    self.set_file(to, bytes);
                }
                free
            }
            Edit::Replace { file, span, text } => self.replace(file, span.start..span.end, text),
        }
    }

    fn replace(&mut self, file: &str, range: std::ops::Range<usize>, text: &str) -> bool {
        if let Some(found) = self.files.get(file) {
            // Spans are those of UTF-8; in another character set they would not be those of the bytes.
            let Ok(old) = std::str::from_utf8(found.bytes()) else { return false };
            let Some(new) = replaced(old, range, text) else { return false };
            self.set_file(file, new.into_bytes());
            return true;
        }
        let configuration = &mut self.configuration;
        let texts = configuration.sources.iter_mut().filter_map(|source| match source {
            Source::Conf { name, text } | Source::Toml { name, text } => Some((&*name, text)),
            Source::Environment(_) | Source::Options(_) => None,
        });
        let own = configuration.own.iter_mut().map(|(name, text)| (&*name, text));
        let Some((_, old)) = own.chain(texts).find(|(name, _)| *name == file) else { return false };
        let Some(new) = replaced(old, range, text) else { return false };
        *old = new;
        self.settings = self.configuration.read();
        true
    }
}

fn replaced(old: &str, range: std::ops::Range<usize>, text: &str) -> Option<String> {
    Some(format!("{}{text}{}", old.get(..range.start)?, old.get(range.end..)?))
}

/// The next fix that may be applied, with its finding.
fn next<'f>(
    project: &Project,
    checked: &Checked,
    findings: &'f [Finding],
    review: bool,
) -> Option<(&'f Finding, &'f Fix)> {
    let allowed = |fix: &&Fix| {
        (review || fix.safety == Safety::Safe)
            && fix.edits.iter().all(|edit| !changes_applied(checked, edit))
            && project.clone().apply(fix)
    };
    findings.iter().find_map(|finding| Some((finding, finding.fixes.iter().find(allowed)?)))
}

/// Whether an edit changes the text of a script that was applied.
fn changes_applied(checked: &Checked, edit: &Edit) -> bool {
    let Edit::Replace { file, .. } = edit else { return false };
    let mut applied = checked.status.infos.iter().filter(|info| info.row.is_some()).filter_map(|info| info.migration);
    applied.any(|at| checked.layout.migrations.get(at).is_some_and(|migration| migration.path == *file))
}
