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

    /// Both ends of a label as lines and columns, from 1.
    pub(super) fn of(&mut self, label: &Label) -> Place {
        let place = Place { span: label.span, ..Place::file(&label.file) };
        let Some(span) = label.span else { return place };
        if !self.files.contains_key(&label.file) {
            let text = self.project.text(&label.file);
            let indexed = text.map(|text| {
                let lines = LineIndex::new(&text);
                (text, lines)
            });
            self.files.insert(label.file.clone(), indexed);
        }
        let Some((text, lines)) = &self.files[&label.file] else { return place };
        let (start, end) = (lines.position(text, span.start), lines.position(text, span.end));
        Place {
            line: Some(start.line + 1),
            column: Some(start.utf16 + 1),
            end_line: Some(end.line + 1),
            end_column: Some(end.utf16 + 1),
            bytes: Some([start.column + 1, end.column + 1]),
            ..place
        }
    }
}
