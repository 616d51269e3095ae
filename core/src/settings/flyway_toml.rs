//! The structure of a `flyway.toml`: `[flyway]`, `[environments.NAME]` and the references inside texts.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::finding::Label;
use crate::text::Span;

use super::keys::{self, Kind};
use super::sources::{Merged, Raw};
use super::{Complaint, nearest};

/// A parsed file.
pub(super) struct Document<'a> {
    name: &'a str,
    root: DeTable<'a>,
}

/// Reads a file and applies its `[flyway]` table. Tables of other tools are left alone.
pub(super) fn read<'a>(
    name: &'a str,
    text: &'a str,
    environment: &BTreeMap<String, String>,
    merged: &mut Merged,
) -> Option<Document<'a>> {
    let root = match DeTable::parse(text) {
        Ok(root) => root.into_inner(),
        Err(error) => {
            let span = error.span().map_or(Span::new(0, 0), |span| Span::new(span.start, span.end));
            let message = format!("this is no valid TOML: {}", error.message());
            merged.complaints.push(Complaint::refused("CONFIGURATION", message, Label::at(name, span)));
            return None;
        }
    };
    let document = Document { name, root };
    if let Some(flyway) = table(&document.root, "flyway") {
        document.apply(flyway, environment, merged);
    }
    Some(document)
}

/// Applies `[environments.NAME]` and its nested `flyway` table, which beats `[flyway]`.
pub(super) fn apply_environment(
    document: &Document<'_>,
    name: &str,
    environment: &BTreeMap<String, String>,
    merged: &mut Merged,
) {
    let Some(chosen) = table(&document.root, "environments").and_then(|all| table(all, name)) else { return };
    for (key, value) in chosen {
        let place = document.place(&key.span());
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("flyway", DeValue::Table(flyway)) => document.apply(flyway, environment, merged),
            (known, value) if keys::ENVIRONMENT_KEYS.contains(&known) => {
                if keys::find(known).is_some_and(|key| !matches!(key.kind, Kind::Map | Kind::Namespace)) {
                    merged.set(known, raw(value, environment), place);
                }
            }
            (unknown, _) => {
                let help = nearest(unknown, keys::ENVIRONMENT_KEYS.iter().copied())
                    .map_or_else(String::new, |known| format!("did you mean `{known}`?"));
                let message = format!("`{unknown}` is no setting of an environment; Flyway only warns");
                merged.complaints.push(Complaint::noticed(message, place).help(help));
            }
        }
    }
}

impl Document<'_> {
    fn apply(&self, flyway: &DeTable<'_>, environment: &BTreeMap<String, String>, merged: &mut Merged) {
        for (key, value) in flyway {
            let name = key.get_ref().as_ref();
            match value.get_ref() {
                DeValue::Table(items) if keys::find(name).is_some_and(|key| key.kind == Kind::Map) => {
                    for (item, value) in items {
                        let raw = Raw::Text(raw(value.get_ref(), environment).into_text());
                        merged.set(&format!("{name}.{}", item.get_ref()), raw, self.place(&item.span()));
                    }
                }
                DeValue::Table(_) if keys::find(name).is_some_and(|key| key.kind == Kind::Namespace) => {}
                DeValue::Array(items) if items.is_empty() => {}
                value => merged.set(name, raw(value, environment), self.place(&key.span())),
            }
        }
    }

    fn place(&self, span: &std::ops::Range<usize>) -> Label {
        Label::at(self.name, Span::new(span.start, span.end))
    }
}

fn table<'t, 'a>(parent: &'t DeTable<'a>, name: &str) -> Option<&'t DeTable<'a>> {
    match parent.get(name).map(Spanned::get_ref) {
        Some(DeValue::Table(table)) => Some(table),
        _ => None,
    }
}

fn raw(value: &DeValue<'_>, environment: &BTreeMap<String, String>) -> Raw {
    let text = |text: &str| resolve_references(text, environment);
    match value {
        DeValue::String(value) => Raw::Text(text(value)),
        DeValue::Boolean(value) => Raw::Boolean(*value),
        DeValue::Integer(value) => match i64::from_str_radix(value.as_str(), value.radix()) {
            Ok(value) => Raw::Integer(value),
            Err(_) => Raw::Text(value.as_str().to_owned()),
        },
        DeValue::Float(value) => Raw::Text(value.as_str().to_owned()),
        DeValue::Datetime(value) => Raw::Text(value.to_string()),
        DeValue::Array(items) => items
            .iter()
            .map(|item| match item.get_ref() {
                DeValue::String(item) => Some(text(item)),
                _ => None,
            })
            .collect::<Option<_>>()
            .map_or(Raw::Other("a list of something else than texts"), Raw::List),
        DeValue::Table(_) => Raw::Other("a table"),
    }
}

impl Raw {
    fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Boolean(value) => value.to_string(),
            Self::Integer(value) => value.to_string(),
            Self::List(items) => items.join(","),
            Self::Other(_) => String::new(),
        }
    }
}

/// Resolves `${env.NAME}`; `$${…}` and `!{…}` stand for themselves, other resolvers need a live service and stay.
fn resolve_references(text: &str, environment: &BTreeMap<String, String>) -> String {
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        let (before, reference) = rest.split_at(at);
        let end = reference.find('}').map_or(reference.len(), |end| end + 1);
        let name = reference.strip_prefix("${env.").and_then(|rest| rest.get(..end.saturating_sub(7)));
        if let Some(before) = before.strip_suffix('$') {
            resolved.push_str(before);
            resolved.push_str(&reference[..end]);
        } else {
            resolved.push_str(before);
            resolved.push_str(match name {
                Some(name) => environment.get(name).map_or("", String::as_str),
                None => &reference[..end],
            });
        }
        rest = &reference[end..];
    }
    resolved.push_str(rest);
    resolved
}
