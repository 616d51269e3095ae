//! Where in its file a label points.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::finding::Label;
use crate::project::Project;
use crate::text::LineIndex;

use super::Place;

/// The files that labels name; the lines of each are counted once.
pub(super) struct Positions<'a> {
    project: &'a Project,
    files: BTreeMap<String, Option<(Cow<'a, str>, LineIndex)>>,
}

impl<'a> Positions<'a> {
    pub(super) fn new(project: &'a Project) -> Self {
        Self { project, files: BTreeMap::new() }
    }

    /// File, line and column, both from 1, of the start of a label.
    pub(super) fn of(&mut self, label: &Label) -> Place {
        let position = label.span.and_then(|span| {
            if !self.files.contains_key(&label.file) {
                let text = self.project.text(&label.file);
                let indexed = text.map(|text| {
                    let lines = LineIndex::new(&text);
                    (text, lines)
                });
                self.files.insert(label.file.clone(), indexed);
            }
            let (text, lines) = self.files[&label.file].as_ref()?;
            Some(lines.position(text, span.start))
        });
        Place {
            file: label.file.clone(),
            line: position.map(|position| position.line + 1),
            column: position.map(|position| position.utf16 + 1),
            span: label.span,
        }
    }
}
