//! Files that a person would take for migrations and Flyway passes over in silence.

use crate::layout::Skipped;
use crate::settings::{Flyway, nearest};
use crate::text::Casing;
use crate::version::Version;

use super::event::{EVENTS, Event};
use super::name::{Grammar, ends_with_ignoring_case};

/// Endings that people leave on purpose: such a file is parked, not misnamed.
const PARKED: [&str; 9] = [".conf", ".bak", ".disabled", ".orig", ".old", ".swp", ".md", ".rej", "~"];

/// Endings of scripts that Flyway does not take unless they are configured, or slips of the finger.
const SQL_LIKE: [&str; 11] = ["ddl", "dml", "mysql", "pgsql", "pkb", "pks", "plsql", "psql", "sq", "sqll", "tsql"];

/// Why Flyway passes over a file that looks like a migration; `None` for files that do not.
pub(super) fn explain(settings: &Flyway, grammar: &Grammar, path: &str, name: &str) -> Option<Skipped> {
    if PARKED.iter().any(|ending| ends_with_ignoring_case(name, ending)) {
        return None;
    }
    let suffix = settings.suffixes.iter().find(|suffix| ends_with_ignoring_case(name, suffix));
    let (reason, stem) = if let Some(suffix) = suffix {
        let error = grammar.parse(name, &settings.suffixes).err()?;
        (error.reason(settings), &name[..name.len() - suffix.len()])
    } else {
        let folded = name.lower();
        let other = || folded.rfind('.').filter(|at| SQL_LIKE.contains(&&folded[at + 1..]));
        let at = folded.find(".sql").or_else(other)?;
        (format!("its name does not end in {}", quoted(&settings.suffixes)), name.get(..at)?)
    };
    let ending = settings.suffixes.first().cloned().unwrap_or_default();
    let suggestion = mended_callback(settings, stem)
        .or_else(|| mended(settings, stem))
        .map(|stem| stem + &ending)
        .filter(|better| better != name);
    let versioned = stem.strip_prefix(settings.versioned_prefix.as_str());
    let lacks_version = suffix.is_some() && versioned.is_some_and(|rest| rest.starts_with(&settings.separator));
    (suggestion.is_some() || lacks_version).then(|| Skipped { path: path.to_owned(), reason, suggestion })
}

fn quoted(suffixes: &[String]) -> String {
    suffixes.iter().map(|suffix| format!("`{suffix}`")).collect::<Vec<_>>().join(" or ")
}

/// The stem as the callback that was probably meant: the event in its own case and the whole separator.
fn mended_callback(settings: &Flyway, stem: &str) -> Option<String> {
    let known = || EVENTS.iter().filter(|event| event.known_to(settings.edition));
    let after = |event: &Event| {
        let (start, rest) = stem.split_at_checked(event.id.len())?;
        let separated = rest.is_empty() || rest.starts_with(['_', '-', ' ']);
        (start.eq_ignore_ascii_case(event.id) && separated).then(|| rest.trim_start_matches(['_', '-', ' ']))
    };
    let misspelt = || {
        let (name, description) = stem.split_once(settings.separator.as_str()).unwrap_or((stem, ""));
        Some((nearest(name, known().map(|event| event.id))?, description))
    };
    let (event, description) = known().find_map(|event| Some((event.id, after(event)?))).or_else(misspelt)?;
    let separator = if description.is_empty() { "" } else { &settings.separator };
    Some(format!("{event}{separator}{description}"))
}

/// The stem as it was probably meant, or `None` where it does not look like a migration's.
fn mended(settings: &Flyway, stem: &str) -> Option<String> {
    let stem = stem.trim();
    let folded = stem.lower();
    let separator = &settings.separator;
    let versioned = [&settings.versioned_prefix, &settings.baseline_prefix];
    for prefix in versioned.into_iter().filter(|prefix| !prefix.is_empty()) {
        if let Some(rest) = folded.strip_prefix(&prefix.lower()).map(|rest| &stem[stem.len() - rest.len()..]) {
            let (version, description) = version_and_description(rest)?;
            return Some(format!("{prefix}{version}{separator}{description}"));
        }
    }
    let prefix = &settings.repeatable_prefix;
    if let Some(rest) = folded.strip_prefix(&prefix.lower()).filter(|_| !prefix.is_empty()) {
        let rest = &stem[stem.len() - rest.len()..];
        let description = rest.strip_prefix(['_', '-', ' '])?.trim_start_matches(['_', '-', ' ']);
        return (!description.is_empty()).then(|| format!("{prefix}{separator}{description}"));
    }
    let (version, description) = version_and_description(stem)?;
    Some(format!("{}{version}{separator}{description}", settings.versioned_prefix))
}

/// A version at the start of the text and the description behind whatever separates them.
fn version_and_description(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start_matches(['_', '-', ' ', '.']);
    let mut end = 0;
    for part in text.split_inclusive(['.', '_', '-']) {
        let digits = part.trim_end_matches(['.', '_', '-']);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            break;
        }
        end += part.len();
        if !part.ends_with('.') && text[end..].starts_with(['_', '-']) {
            break;
        }
    }
    let leading = text.bytes().take_while(u8::is_ascii_digit).count();
    let version = text[..end.max(leading)].trim_end_matches(['.', '_', '-']);
    let description = text[version.len()..].trim_start_matches(['_', '-', ' ', '.']);
    // A hyphen is no part of a version, and what it separates is meant to be parts.
    let version = version.replace('-', ".");
    (Version::parse(&version).is_ok() && !description.is_empty()).then_some((version, description))
}
