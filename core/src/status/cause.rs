//! Why a script's checksum is not the stored one: the script is varied until its checksum is.
//!
//! A 32-bit checksum meets a wrong variant once in four thousand million tries; a few ten thousand are made here.

use crate::layout::crc32;
use crate::layout::file::checksum;
use crate::text::{Encoding, Span, lines, windows_1252};

/// How a script differs from the text that was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// Not at all, but it was read in this character set then.
    Encoding(&'static str),
    /// Not at all, but its checksum was computed as Flyway did before version 4, line ends included.
    OldRule,
    /// It was read in this character set and saved again, which broke every letter outside ASCII.
    Mojibake(&'static str, String),
    /// By byte order marks inside the text.
    Marks(String),
    /// By white space only, as described.
    WhiteSpace(&'static str, String),
    /// By lines that were not there; the first and the last of them, counted from one.
    Added(usize, usize, String),
}

/// Scripts above this size are compared with fewer variants.
const LARGE: usize = 256 * 1024;

/// Finds out why bytes read in `encoding` do not have the checksum `stored`.
///
/// `thorough` also looks for single spaces and for lines that were added, which takes some milliseconds.
#[must_use]
pub fn cause(bytes: &[u8], encoding: Encoding, stored: i32, thorough: bool) -> Option<Cause> {
    let text = encoding.decode(bytes).ok();
    if let Some(name) = other_encoding(bytes, encoding, stored) {
        return Some(Cause::Encoding(name));
    }
    let text = text?;
    let matches = |candidate: &str| checksum(candidate) == stored;
    if is_old_rule(&text, stored) {
        return Some(Cause::OldRule);
    }
    for (name, restored) in without_mojibake(&text) {
        if matches(&restored) {
            return Some(Cause::Mojibake(name, restored));
        }
    }
    if let Some(restored) = marks(&text).into_iter().find(|candidate| matches(candidate)) {
        return Some(Cause::Marks(restored));
    }
    if text.len() > LARGE {
        return None;
    }
    let one_space = thorough.then(|| one_space(&text)).into_iter().flatten();
    for (name, candidate) in white_space(&text).chain(one_space) {
        for candidate in [by_line(&candidate, |line| line.trim_end().to_owned()), candidate] {
            if matches(&candidate) {
                return Some(Cause::WhiteSpace(name, candidate));
            }
        }
    }
    if thorough { added(&text, stored) } else { None }
}

fn other_encoding(bytes: &[u8], encoding: Encoding, stored: i32) -> Option<&'static str> {
    ["UTF-8", "ISO-8859-1", "windows-1252", "windows-1250", "windows-1251", "UTF-16", "UTF-16LE"].into_iter().find(
        |name| {
            let other = Encoding::for_name(name).filter(|other| *other != encoding);
            other.and_then(|other| other.decode(bytes).ok()).is_some_and(|text| checksum(&text) == stored)
        },
    )
}

/// Flyway 3.2.1 and older: the CRC-32 of the whole text, line ends included.
fn is_old_rule(text: &str, stored: i32) -> bool {
    let whole = |text: &str| crc32::hash(text.as_bytes()).cast_signed() == stored;
    let unix = text.replace("\r\n", "\n");
    whole(text) || whole(&unix) || whole(&unix.replace('\n', "\r\n"))
}

/// The text before somebody read its UTF-8 in a one-byte character set and saved what he saw.
fn without_mojibake(text: &str) -> Vec<(&'static str, String)> {
    let latin1: Option<Vec<u8>> = text.chars().map(|char| u8::try_from(u32::from(char)).ok()).collect();
    [("windows-1252", windows_1252::encode(text)), ("ISO-8859-1", latin1)]
        .into_iter()
        .filter_map(|(name, bytes)| Some((name, String::from_utf8(bytes?).ok()?)))
        .filter(|(_, restored)| restored != text)
        .collect()
}

/// The text with one mark more at its start, and with none but that.
fn marks(text: &str) -> Vec<String> {
    let bare = text.replace('\u{feff}', "");
    vec![format!("\u{feff}\u{feff}{bare}"), bare]
}

/// The text with its white space changed in the ways in which editors change it.
fn white_space(text: &str) -> impl Iterator<Item = (&'static str, String)> {
    let widths = [4, 2, 8, 3];
    let expanded = widths.into_iter().flat_map(move |width| {
        let fixed = text.replace('\t', &" ".repeat(width));
        [by_line(text, |line| tab_stops(line, width)), fixed].map(|text| ("tabs stand where spaces stood", text))
    });
    let indented = widths.into_iter().flat_map(move |width| {
        let leading = by_line(text, |line| tabs(line, width));
        let all = text.replace(&" ".repeat(width), "\t");
        [leading, all].map(|text| ("spaces stand where tabs stood", text))
    });
    let scaled = [(4, 2), (2, 4), (4, 8), (8, 4), (2, 3), (3, 2)]
        .into_iter()
        .map(move |(from, to)| ("it is indented by another width", by_line(text, |line| scale(line, from, to))));
    let others = [
        ("white space was added at line ends", text.to_owned()),
        ("no-break spaces stand where spaces stood", text.replace('\u{a0}', " ")),
        ("its indentation was added", by_line(text, |line| line.trim_start().to_owned())),
        ("runs of spaces were added", by_line(text, collapse)),
    ];
    others.into_iter().chain(expanded).chain(indented).chain(scaled)
}

/// The text with one space more or less at the end of one line.
fn one_space(text: &str) -> impl Iterator<Item = (&'static str, String)> {
    let ends: Vec<usize> =
        lines(text).map(|line| line.as_ptr() as usize - text.as_ptr() as usize + line.len()).collect();
    // The work is bounded: lines times size.
    let ends = if ends.len() * text.len() > 1 << 24 { Vec::new() } else { ends };
    ends.into_iter().map(|end| ("white space was removed at a line end", format!("{} {}", &text[..end], &text[end..])))
}

/// Changes every line and keeps the terminators.
fn by_line(text: &str, change: impl Fn(&str) -> String) -> String {
    text.split_inclusive('\n')
        .map(|line| {
            let content = line.trim_end_matches(['\n', '\r']);
            change(content) + &line[content.len()..]
        })
        .collect()
}

fn tab_stops(line: &str, width: usize) -> String {
    let mut column = 0;
    line.chars().fold(String::new(), |mut out, char| {
        let count = if char == '\t' { width - column % width } else { 1 };
        column += count;
        out.extend(std::iter::repeat_n(if char == '\t' { ' ' } else { char }, count));
        out
    })
}

fn tabs(line: &str, width: usize) -> String {
    let rest = line.trim_start_matches(' ');
    let blanks = line.len() - rest.len();
    "\t".repeat(blanks / width) + &" ".repeat(blanks % width) + rest
}

fn scale(line: &str, from: usize, to: usize) -> String {
    let rest = line.trim_start_matches(' ');
    let blanks = line.len() - rest.len();
    " ".repeat(blanks / from * to + blanks % from) + rest
}

fn collapse(line: &str) -> String {
    let rest = line.trim_start_matches([' ', '\t']);
    let words: Vec<&str> = rest.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
    line[..line.len() - rest.len()].to_owned() + &words.join(" ")
}

/// Looks for consecutive lines without which, and perhaps without the comma before them, the checksum is the stored one.
fn added(text: &str, stored: i32) -> Option<Cause> {
    const MOST_LINES: usize = 400;
    const LONGEST: usize = 40;
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines: Vec<&str> = lines(body).collect();
    if lines.len() > MOST_LINES {
        return None;
    }
    let mut before = vec![crc32::Hasher::new()];
    for line in &lines {
        let mut hasher = before[before.len() - 1].clone();
        hasher.update(line.as_bytes());
        before.push(hasher);
    }
    let mut after = vec![crc32::Hasher::new()];
    for line in lines.iter().rev() {
        let mut hasher = crc32::Hasher::new();
        hasher.update(line.as_bytes());
        hasher.combine(&after[after.len() - 1]);
        after.push(hasher);
    }
    after.reverse();
    for first in 0..lines.len() {
        let mut heads = vec![(before[first].clone(), 0)];
        if let Some(shorter) = first.checked_sub(1).and_then(|last| lines[last].strip_suffix(',')) {
            let mut hasher = before[first - 1].clone();
            hasher.update(shorter.as_bytes());
            heads.push((hasher, 1));
        }
        for (end, rest) in after.iter().enumerate().skip(first + 1).take(LONGEST) {
            for (head, comma) in &heads {
                let mut hasher = head.clone();
                hasher.combine(rest);
                if hasher.finalize().cast_signed() == stored {
                    let restored = without_lines(text, body, &lines, first..end, *comma);
                    return Some(Cause::Added(first + 1, end, restored));
                }
            }
        }
    }
    None
}

fn without_lines(text: &str, body: &str, lines: &[&str], cut: std::ops::Range<usize>, comma: usize) -> String {
    let offset = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
    let start = |at: usize| lines.get(at).map_or(text.len(), |line| offset(line));
    let mut restored = text[..text.len() - body.len()].to_owned();
    match cut.start.checked_sub(1).filter(|_| comma > 0) {
        Some(last) => {
            let end = offset(lines[last]) + lines[last].len();
            restored.push_str(&body[..end - comma - (text.len() - body.len())]);
            restored.push_str(&text[end..start(cut.start)]);
        }
        None => restored.push_str(&text[text.len() - body.len()..start(cut.start)]),
    }
    restored.push_str(&text[start(cut.end)..]);
    restored
}

/// The part of `text` that differs from `other`, and what stands there in `other`.
#[must_use]
pub fn difference<'o>(text: &str, other: &'o str) -> (Span, &'o str) {
    let same = |pair: &(char, char)| pair.0 == pair.1;
    let width = |(char, _): (char, char)| char.len_utf8();
    let prefix: usize = text.chars().zip(other.chars()).take_while(same).map(width).sum();
    let (rest, other_rest) = (&text[prefix..], &other[prefix..]);
    let suffix: usize = rest.chars().rev().zip(other_rest.chars().rev()).take_while(same).map(width).sum();
    (Span::new(prefix, text.len() - suffix), &other_rest[..other_rest.len() - suffix])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(now: &str, then: &str) -> Option<Cause> {
        cause(now.as_bytes(), Encoding::Utf8, checksum(then), true)
    }

    #[test]
    fn every_way_back_is_found() {
        let then = "create table t (\n    a int,\n    b int\n);\n-- é\n";
        let mojibake = then.replace('é', "Ã©");
        assert_eq!(found(&mojibake, then), Some(Cause::Mojibake("windows-1252", then.into())));
        for now in [then.replace("    ", "\t"), then.replace("    ", "  "), then.replace('\n', " \n")] {
            assert!(matches!(found(&now, then), Some(Cause::WhiteSpace(_, restored)) if restored == then), "{now}");
        }
        let spaced = then.replace("b int\n", "b int \n");
        assert!(matches!(found(then, &spaced), Some(Cause::WhiteSpace(_, restored)) if restored == spaced));
        let more = then.replace("b int\n", "b int,\n    c int\n");
        assert_eq!(found(&more, then), Some(Cause::Added(4, 4, then.into())));
        let crlf = more.replace('\n', "\r\n");
        assert_eq!(found(&crlf, then), Some(Cause::Added(4, 4, then.replace('\n', "\r\n"))));
        assert_eq!(found(&then.replace(" int", " bigint"), then), None);
        let old = crc32::hash(then.as_bytes()).cast_signed();
        assert_eq!(cause(then.as_bytes(), Encoding::Utf8, old, true), Some(Cause::OldRule));
        let latin1 = Encoding::Latin1.decode(then.as_bytes()).unwrap();
        assert_eq!(found(then, &latin1), Some(Cause::Encoding("ISO-8859-1")));
        let marked = format!("\u{feff}\u{feff}{then}");
        assert_eq!(found(&marked, then), Some(Cause::Marks(then.into())));
    }

    #[test]
    fn a_difference_is_as_small_as_can_be() {
        assert_eq!(difference("a é c", "a è c"), (Span::new(2, 4), "è"));
        assert_eq!(difference("abab", "ab"), (Span::new(2, 4), ""));
    }
}
