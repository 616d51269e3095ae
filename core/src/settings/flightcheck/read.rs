//! Checked values → settings: first what the file says for all, then its project, then the environment.

use super::check::{Checked, Table, Text, Value, check};
use super::level::level;
use super::{Declared, FailOn, Flightcheck, IgnoreSetting, Levels, PathSettings, Percent, Setting, TableSettings};
use crate::finding::Label;
use crate::settings::{Complaint, Date, Edition, Glob, Tool, nearest};
use crate::sql::Dialect;
use crate::text::Span;
use crate::version::{Release, ServerEdition};

/// What is to be read.
#[derive(Debug, Clone, Copy)]
pub(in crate::settings) struct Read<'a> {
    /// The file's shown name.
    pub(in crate::settings) name: &'a str,
    /// Its text.
    pub(in crate::settings) text: &'a str,
    /// The project's folder as seen from the file's.
    pub(in crate::settings) folder: &'a str,
    /// The environment that was picked.
    pub(in crate::settings) environment: Option<&'a str>,
}

/// Reads a file. Whatever is wrong is complained about and leaves the default in place.
pub(in crate::settings) fn read(input: Read<'_>) -> (Flightcheck, Vec<Complaint>) {
    let Checked { root, rules, mut complaints } = check(input.name, input.text);
    let mut settings = Flightcheck {
        file: Some(input.name.to_owned()),
        folder: input.folder.to_owned(),
        named_rules: rules,
        ..Flightcheck::default()
    };
    settings.scope(&root);
    settings.root(&root);
    settings.choose_project(&root, &mut complaints);
    settings.choose_environment(&root, input.environment, &mut complaints);
    (settings, complaints)
}

impl Table {
    fn get(&self, key: &str) -> Option<&(Value, Label)> {
        self.values.get(key)
    }

    fn text(&self, key: &str) -> Option<Text> {
        match self.get(key)? {
            (Value::Text(text), place) => Some((text.clone(), place.clone())),
            _ => None,
        }
    }

    fn word(&self, key: &str) -> Option<String> {
        self.text(key).map(|(text, _)| text)
    }

    fn flag(&self, key: &str) -> Option<bool> {
        match self.get(key)?.0 {
            Value::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    fn count(&self, key: &str) -> Option<u64> {
        match self.get(key)?.0 {
            Value::Count(count) => Some(count),
            _ => None,
        }
    }

    fn texts(&self, key: &str) -> Option<Vec<Text>> {
        match &self.get(key)?.0 {
            Value::Texts(texts) => Some(texts.clone()),
            _ => None,
        }
    }

    fn words(&self, key: &str) -> Option<Vec<String>> {
        Some(self.texts(key)?.into_iter().map(|(text, _)| text).collect())
    }

    fn table(&self, key: &str) -> Option<&Self> {
        match &self.get(key)?.0 {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    fn tables(&self, key: &str) -> &[Self] {
        match self.get(key) {
            Some((Value::Tables(tables), _)) => tables,
            _ => &[],
        }
    }

    fn map(&self, key: &str) -> impl Iterator<Item = (&String, &Text)> {
        let map = match self.get(key) {
            Some((Value::Map(map), _)) => Some(map),
            _ => None,
        };
        map.into_iter().flatten()
    }

    fn levels(&self) -> Levels {
        let known = |(rule, (word, place)): (&String, &Text)| (rule.clone(), (level(word), place.clone()));
        self.map("rules").map(known).collect()
    }

    fn glob(&self, key: &str) -> Glob {
        Glob::new(&self.word(key).unwrap_or_default())
    }
}

impl Flightcheck {
    /// What the file, a project and an environment may say; what is said later wins.
    fn scope(&mut self, table: &Table) {
        fn win<T>(slot: &mut Option<T>, said: Option<T>) {
            *slot = said.or(slot.take());
        }
        win(&mut self.dialect, table.word("dialect").and_then(|name| Dialect::from_name(&name)));
        win(&mut self.server_version, table.word("server-version").and_then(|text| Release::parse(&text)));
        win(&mut self.server_edition, table.word("server-edition").and_then(|name| ServerEdition::from_name(&name)));
        win(&mut self.edition, table.word("edition").map(|name| edition(&name)));
        win(&mut self.fail_on, table.word("fail-on").and_then(|word| FailOn::parse(&word)));
        win(&mut self.history, table.text("history"));
        win(&mut self.base, table.text("base"));
        self.tiers = table.words("tiers").unwrap_or(std::mem::take(&mut self.tiers));
        self.config = table.texts("config").unwrap_or(std::mem::take(&mut self.config));
        self.rules.extend(table.levels());
        if let Some((Value::Texts(locations), place)) = table.get("locations") {
            let values = locations.iter().map(|(text, _)| text.clone()).collect();
            self.flyway.push(Setting { key: "locations".into(), values, place: place.clone() });
        }
        let target = table.text("target").map(|(target, place)| ("target".to_owned(), target, place));
        let placeholders = table
            .map("placeholders")
            .map(|(name, (value, place))| (format!("placeholders.{name}"), value.clone(), place.clone()));
        for (key, value, place) in target.into_iter().chain(placeholders) {
            self.flyway.push(Setting { key, values: vec![value], place });
        }
    }

    /// What only the file as a whole may say.
    fn root(&mut self, root: &Table) {
        self.tool = root.word("tool").and_then(|name| Tool::from_name(&name));
        self.require_reason = root.flag("require-reason").unwrap_or_default();
        let classes = root.texts("java-migrations").unwrap_or_default();
        self.declared = classes.into_iter().map(|(class, place)| Declared { class, place }).collect();
        if let Some(rollback) = root.table("rollback") {
            self.rollback_prefix = rollback.word("prefix").unwrap_or(std::mem::take(&mut self.rollback_prefix));
            self.min_rollback_coverage = rollback.word("min-coverage").as_deref().and_then(Percent::parse);
            self.rollback_folders = rollback.words("folders").unwrap_or(std::mem::take(&mut self.rollback_folders));
        }
        for (key, (value, _)) in root.table("connection").map(|table| &table.values).into_iter().flatten() {
            if let Value::Text(text) = value {
                self.connection.insert(key.replace('-', ""), text.clone());
            }
        }
        self.paths = root.tables("paths").iter().map(path_settings).collect();
        self.tables = root.tables("tables").iter().map(table_settings).collect();
        self.ignores = root.tables("ignore").iter().map(ignore_setting).collect();
    }

    /// Takes what the file says of the project in that folder.
    fn choose_project(&mut self, root: &Table, complaints: &mut Vec<Complaint>) {
        for table in root.tables("projects") {
            let Some((folder, place)) = table.text("folder") else { continue };
            let parts: Vec<&str> = folder.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".").collect();
            let outside = folder.starts_with(['/', '\\']) || parts.contains(&"..");
            let folder = parts.join("/");
            let complain = |message: String, help: &str| Complaint::ours(message, place.clone()).help(help);
            if outside {
                complaints.push(complain("a project lies below this file".into(), "write the way down from this file"));
            } else if self.projects.iter().any(|(known, _)| *known == folder) {
                let message = format!("the project `{folder}` is listed twice");
                complaints.push(complain(message, "keep one of the two, with the settings of both"));
            } else {
                if folder == self.folder {
                    self.scope(table);
                }
                self.projects.push((folder, place));
            }
        }
    }

    /// Takes what the file says of the environment that was picked, or of the one that it names itself.
    fn choose_environment(&mut self, root: &Table, picked: Option<&str>, complaints: &mut Vec<Complaint>) {
        if let Some((Value::Named(known), _)) = root.get("environments") {
            self.environments = known.keys().cloned().collect();
        }
        let own = root.text("environment");
        let Some(name) = picked.or(own.as_ref().map(|(name, _)| name.as_str())) else { return };
        let known = match root.get("environments") {
            Some((Value::Named(known), _)) => known.iter().collect(),
            _ => Vec::new(),
        };
        if let Some((_, table)) = known.iter().find(|(known, _)| *known == name) {
            self.environment = Some(name.to_owned());
            self.scope(table);
            return;
        }
        let place = own.as_ref().filter(|_| picked.is_none()).map(|(_, place)| place.clone());
        let place = place.unwrap_or_else(|| Label::at(root.place.file.clone(), Span::new(0, 0)));
        complaints.push(missing_environment(name, known.iter().map(|(name, _)| name.as_str()), place));
    }
}

/// What to say about an environment that does not exist.
fn missing_environment<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone, place: Label) -> Complaint {
    let help = match (nearest(name, known.clone()), known.clone().count()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, 0) => {
            format!("begin it with `[environments.{name}]`; Flyway's own are picked with `-c environment={name}`")
        }
        (None, _) => format!("there are {}", known.collect::<Vec<_>>().join(", ")),
    };
    Complaint::ours(format!("there is no environment `{name}` in flightcheck.toml"), place).help(help)
}

fn edition(name: &str) -> Edition {
    if name == "redgate" { Edition::Redgate } else { Edition::Oss }
}

fn path_settings(table: &Table) -> PathSettings {
    PathSettings {
        pattern: table.glob("match"),
        rules: table.levels(),
        tiers: table.words("tiers").unwrap_or_default(),
        require_reason: table.flag("require-reason"),
        rollback: table.word("rollback").map(|word| word == "required"),
    }
}

fn table_settings(table: &Table) -> TableSettings {
    TableSettings {
        name: table.word("name").unwrap_or_default(),
        pattern: table.glob("name"),
        rows: table.count("rows"),
        bytes: table.count("bytes"),
        rules: table.levels(),
    }
}

fn ignore_setting(table: &Table) -> IgnoreSetting {
    IgnoreSetting {
        pattern: table.glob("path"),
        rules: table.texts("rule").unwrap_or_default(),
        reason: table.word("reason").unwrap_or_default().trim().to_owned(),
        until: table.word("until").and_then(|day| Date::parse(&day)),
        place: table.place.clone(),
    }
}
