//! A text against the list of keys: what is right as values with their places, and a complaint about everything else.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Percent;
use super::keys::{KEYS, Key, Keys, LEVELS, Takes, all};
use crate::finding::Label;
use crate::settings::{Complaint, Date, nearest};
use crate::text::Span;
use crate::version::Release;

/// A text and where it stands.
pub(super) type Text = (String, Label);

/// A value that is what its key takes.
#[derive(Debug)]
pub(super) enum Value {
    Text(String),
    Flag(bool),
    Count(u64),
    Texts(Vec<Text>),
    /// Free names, each with a text; the place is the name's.
    Map(BTreeMap<String, Text>),
    Table(Table),
    Tables(Vec<Table>),
    Named(BTreeMap<String, Table>),
}

/// A table whose keys are known and whose values are right.
#[derive(Debug)]
pub(super) struct Table {
    /// Where its header or brace stands.
    pub(super) place: Label,
    pub(super) values: BTreeMap<&'static str, (Value, Label)>,
}

struct Checker<'a> {
    name: &'a str,
    rules: Vec<Text>,
    complaints: Vec<Complaint>,
}

/// A file that was checked.
pub(super) struct Checked {
    /// What is right.
    pub(super) root: Table,
    /// Every name of a rule in it. Whether there are such rules is asked where the rules are.
    pub(super) rules: Vec<Text>,
    /// What is wrong, in the order of the text.
    pub(super) complaints: Vec<Complaint>,
}

/// Checks a file. Of a text that is no TOML nothing is taken.
pub(super) fn check(name: &str, text: &str) -> Checked {
    let mut checker = Checker { name, rules: Vec::new(), complaints: Vec::new() };
    let root = match DeTable::parse(text) {
        Ok(root) => checker.table(root.get_ref(), KEYS, &(0..0)),
        Err(error) => {
            let message = format!("this is no valid TOML: {}", error.message());
            let help = "correct the line; nothing of the file is taken as long as it cannot be read";
            checker.complain(&error.span().unwrap_or(0..0), message, help);
            Table { place: Label::file(name), values: BTreeMap::new() }
        }
    };
    let Checker { rules, mut complaints, .. } = checker;
    complaints.sort_by_key(|complaint| complaint.place.span);
    Checked { root, rules, complaints }
}

impl Checker<'_> {
    fn table(&mut self, table: &DeTable<'_>, keys: Keys, span: &Range<usize>) -> Table {
        let mut values = BTreeMap::new();
        for (name, value) in table {
            match all(keys).find(|key| key.name == name.get_ref().as_ref()) {
                Some(key) => {
                    if let Some(found) = self.value(key, value) {
                        values.insert(key.name, (found, self.place(&value.span())));
                    }
                }
                None => self.unknown(name.get_ref(), &name.span(), keys),
            }
        }
        for key in all(keys).filter(|key| key.required && !table.contains_key(key.name)) {
            let help = format!("write it as `{} = {}`", key.name, key.example);
            self.complain(span, format!("`{}` is missing here", key.name), help);
        }
        Table { place: self.place(span), values }
    }

    /// The value, if it is what the key takes; otherwise there is a complaint.
    fn value(&mut self, key: &Key, value: &Spanned<DeValue<'_>>) -> Option<Value> {
        let span = value.span();
        match (key.takes, value.get_ref()) {
            (Takes::Text, DeValue::String(text)) if !text.is_empty() => Some(Value::Text(text.to_string())),
            (Takes::Flag, DeValue::Boolean(flag)) => Some(Value::Flag(*flag)),
            (Takes::Count, DeValue::Integer(number)) => {
                let count = u64::from_str_radix(number.as_str(), number.radix()).ok().map(Value::Count);
                count.or_else(|| self.wrong(key, &span))
            }
            // A number without a point means what it says; `8.10` would be 8.1.
            (Takes::Release, DeValue::Integer(number)) => self.parsed(key, number.as_str(), &span, Release::parse),
            (Takes::Release, DeValue::String(text)) => self.parsed(key, text, &span, Release::parse),
            (Takes::Share, DeValue::String(text)) => self.parsed(key, text, &span, Percent::parse),
            (Takes::Date, DeValue::String(text)) => self.parsed(key, text, &span, Date::parse),
            (Takes::Date, DeValue::Datetime(date)) => self.parsed(key, &date.to_string(), &span, Date::parse),
            (Takes::Name { known, .. }, DeValue::String(text)) => self.name(key, text, &span, known),
            (Takes::Choice(words), DeValue::String(text)) => {
                self.word(key, text, &span, words).then(|| Value::Text(text.to_string()))
            }
            (Takes::Rules, DeValue::String(text)) => {
                let rule = (text.to_string(), self.place(&span));
                self.rules.push(rule.clone());
                Some(Value::Texts(vec![rule]))
            }
            (Takes::Rules | Takes::Texts | Takes::Choices(_), DeValue::Array(_)) => Some(self.texts(key, value)),
            (Takes::Levels | Takes::Map, DeValue::Table(table)) => Some(self.map(key, table)),
            (Takes::Table(keys), DeValue::Table(table)) => Some(Value::Table(self.table(table, keys, &span))),
            (Takes::Tables(keys), DeValue::Array(items)) => {
                let tables = items.iter().filter_map(|item| match item.get_ref() {
                    DeValue::Table(table) => Some(self.table(table, keys, &item.span())),
                    _ => self.wrong(key, &item.span()),
                });
                Some(Value::Tables(tables.collect()))
            }
            (Takes::Named(keys), DeValue::Table(table)) => {
                let tables = table.iter().filter_map(|(name, value)| match value.get_ref() {
                    DeValue::Table(table) => Some((name.get_ref().to_string(), self.table(table, keys, &name.span()))),
                    _ => self.wrong(key, &value.span()),
                });
                Some(Value::Named(tables.collect()))
            }
            _ => self.wrong(key, &span),
        }
    }

    fn texts(&mut self, key: &Key, value: &Spanned<DeValue<'_>>) -> Value {
        let DeValue::Array(items) = value.get_ref() else { return Value::Texts(Vec::new()) };
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) if key.takes.words().is_empty() => {
                    texts.push((text.to_string(), self.place(&item.span())));
                }
                DeValue::String(text) => {
                    if self.word(key, text, &item.span(), &key.takes.words()) {
                        texts.push((text.to_string(), self.place(&item.span())));
                    }
                }
                _ => self.wrong(key, &item.span()).unwrap_or_default(),
            }
        }
        if matches!(key.takes, Takes::Rules) {
            self.rules.extend(texts.iter().cloned());
        }
        Value::Texts(texts)
    }

    fn map(&mut self, key: &Key, table: &DeTable<'_>) -> Value {
        let levels = matches!(key.takes, Takes::Levels);
        let mut map = BTreeMap::new();
        for (name, value) in table {
            if levels {
                self.rules.push((name.get_ref().to_string(), self.place(&name.span())));
            }
            match value.get_ref() {
                DeValue::String(text) => {
                    if !levels || self.word(key, text, &value.span(), LEVELS) {
                        map.insert(name.get_ref().to_string(), (text.to_string(), self.place(&name.span())));
                    }
                }
                _ if levels => {
                    let message = format!("the severity of `{}` is a text", name.get_ref());
                    self.complain(&value.span(), message, format!("use one of {}", listed(LEVELS)));
                }
                _ => {
                    let message = format!("the value of `{}` is a text", name.get_ref());
                    self.complain(&value.span(), message, "put it in quotes");
                }
            }
        }
        Value::Map(map)
    }

    /// Whether a text is one of the words; otherwise there is a complaint.
    fn word(&mut self, key: &Key, text: &str, span: &Range<usize>, words: &[&str]) -> bool {
        let known = words.contains(&text);
        if !known {
            let help = match nearest(text, words.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("use {}", listed(words)),
            };
            self.complain(span, format!("`{text}` is nothing that `{}` takes", key.name), help);
        }
        known
    }

    fn name(&mut self, key: &Key, text: &str, span: &Range<usize>, known: fn(&str) -> bool) -> Option<Value> {
        let known = known(text) || self.word(key, text, span, &key.takes.words());
        known.then(|| Value::Text(text.to_owned()))
    }

    fn parsed<T>(&mut self, key: &Key, text: &str, span: &Range<usize>, parse: fn(&str) -> Option<T>) -> Option<Value> {
        if parse(text).is_some() {
            return Some(Value::Text(text.to_owned()));
        }
        let what = match key.takes {
            Takes::Date => "day",
            Takes::Share => "share",
            _ => "version of a server",
        };
        self.complain(span, format!("`{text}` is no {what}"), expected(key).1);
        None
    }

    /// Complains about a value that is not what its key takes.
    fn wrong<T>(&mut self, key: &Key, span: &Range<usize>) -> Option<T> {
        let (what, help) = expected(key);
        self.complain(span, format!("`{}` takes {what}", key.name), help);
        None
    }

    fn unknown(&mut self, name: &str, span: &Range<usize>, keys: Keys) {
        let help = match nearest(name, all(keys).map(|key| key.name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known here: {}", all(keys).map(|key| key.name).collect::<Vec<_>>().join(", ")),
        };
        self.complain(span, format!("`{name}` is no setting of flightcheck"), help);
    }

    fn complain(&mut self, span: &Range<usize>, message: String, help: impl Into<String>) {
        self.complaints.push(Complaint::ours(message, self.place(span)).help(help));
    }

    fn place(&self, span: &Range<usize>) -> Label {
        Label::at(self.name, Span::new(span.start, span.end))
    }
}

/// What a key takes, in words, and how to write it.
fn expected(key: &Key) -> (&'static str, String) {
    let Key { name, example, takes, .. } = key;
    let example = format!("write it as `{name} = {example}`");
    match takes {
        Takes::Text => ("a text that is not empty", example),
        Takes::Flag => ("`true` or `false`", example),
        Takes::Count => ("a whole number", example),
        Takes::Release => ("the version of a server", example.replacen("as", "as a text, such as", 1)),
        Takes::Share => ("a share as a text", example),
        Takes::Date => ("a day that exists", example),
        Takes::Name { .. } | Takes::Choice(_) => ("a word in quotes", example),
        Takes::Texts | Takes::Choices(_) => ("a list of texts", example),
        Takes::Rules => ("the name of a rule, or a list of names", example),
        Takes::Levels | Takes::Map | Takes::Table(_) => ("a table", format!("begin it with `[{name}]`")),
        Takes::Tables(_) => ("a list of tables", format!("begin each with `[[{name}]]`")),
        Takes::Named(_) => ("tables with names", format!("begin each with `[{name}.NAME]`")),
    }
}

/// Words in quotes with `or` before the last.
fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
