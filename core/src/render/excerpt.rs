//! The lines that a place covers, as far as a reader needs them.

use std::ops::Range;

use crate::report::Place;

use super::View;

/// A reader gets the idea from a few related places; JSON has them all.
pub(super) const MOST_LABELS: usize = 5;
/// A span over more lines is cut: the rest would only push the message off the screen.
const MOST_LINES: usize = 6;
/// A line of generated data is no use to a reader in full.
const LONGEST_LINE: usize = 400;

/// The lines that a place covers.
pub(super) struct Excerpt {
    /// The lines, cut out of the source. They are as they were written: every renderer has to make them harmless.
    pub(super) text: String,
    /// The number of the first of them, from 1.
    pub(super) line: usize,
    /// The place in `text`.
    pub(super) span: Range<usize>,
}

impl Excerpt {
    /// The lines of a place; `None` where a file as a whole is meant, or cannot be read.
    pub(super) fn new(place: &Place, view: &View<'_>) -> Option<Self> {
        let (span, text) = (place.span?, view.text(&place.file)?);
        let start = text.get(..span.start)?.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let wanted: usize = text[start..].split_inclusive('\n').take(MOST_LINES).map(str::len).sum();
        let last_line = text.get(span.end..)?.find(['\n', '\r']).map_or(text.len(), |at| span.end + at);
        let end = last_line.min(start + wanted);
        let cut = &text[start..end];
        let line = place.line.unwrap_or(1);
        if cut.split('\n').all(|line| line.len() <= LONGEST_LINE) {
            let inside = span.start - start..(span.end - start).min(cut.len());
            return Some(Self { text: cut.to_owned(), line, span: inside });
        }
        let from = span.start - start;
        let excerpt: String = cut[from..].chars().take_while(|char| *char != '\n').take(LONGEST_LINE / 4).collect();
        let length = (span.end - span.start).min(excerpt.len());
        let length = (0..=length).rev().find(|at| excerpt.is_char_boundary(*at)).unwrap_or(0);
        Some(Self { text: excerpt, line, span: 0..length })
    }
}
