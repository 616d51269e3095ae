//! Names and definitions as statements write them.

use std::fmt::Write;
use std::sync::Arc;

use crate::catalog::{Column, ColumnType, Constraint, ConstraintKind, IdentityKind, Index, ObjectName, Relation};
use crate::change::ReferentialAction;
use crate::sql::Dialect;
use crate::text::Casing;

/// How a project writes statements.
#[derive(Debug, Clone)]
pub(super) struct Spell {
    pub(super) dialect: Dialect,
    /// The schema that goes without saying.
    pub(super) home: Arc<str>,
    /// Whether to say `IF EXISTS`: not where it is unknown what exists, as that would leave it unknown.
    pub(super) careful: bool,
}

/// Words that other servers than PostgreSQL reserve, beside those that it does.
const RESERVED: [&str; 12] =
    ["key", "index", "rank", "groups", "by", "set", "row", "rows", "trigger", "add", "alter", "change"];

impl Spell {
    /// One part of a name.
    pub(super) fn part(&self, name: &str) -> String {
        let plain = |name: &str| {
            let first = name.starts_with(|char: char| char.is_ascii_lowercase() || char == '_');
            first && name.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_')
        };
        let spelled = ObjectName::new("", name).spelled(Dialect::Postgres);
        let quoted = spelled.starts_with('"');
        match self.dialect {
            Dialect::Postgres => spelled,
            Dialect::Mysql | Dialect::Mariadb => format!("`{}`", name.replace('`', "``")),
            Dialect::SqlServer => format!("[{}]", name.replace(']', "]]")),
            Dialect::Oracle | Dialect::H2 => {
                let lower = name.lower();
                let usual = lower.upper() == name && plain(&lower);
                if usual { lower } else { format!("\"{}\"", name.replace('"', "\"\"")) }
            }
            Dialect::Sqlite | Dialect::Generic if plain(name) && !quoted && !RESERVED.contains(&name) => {
                name.to_owned()
            }
            Dialect::Sqlite | Dialect::Generic => format!("\"{}\"", name.replace('"', "\"\"")),
        }
    }

    pub(super) fn list(&self, names: &[String]) -> String {
        names.iter().map(|name| self.part(name)).collect::<Vec<_>>().join(", ")
    }

    /// A whole name; the schema is said where it is another than the one that goes without saying.
    pub(super) fn name(&self, name: &ObjectName) -> String {
        let bare = name.schema.is_empty() || name.schema == self.home;
        let last = self.part(&name.name);
        if bare { last } else { format!("{}.{last}", self.part(&name.schema)) }
    }

    pub(super) fn is_mysql(&self) -> bool {
        matches!(self.dialect, Dialect::Mysql | Dialect::Mariadb)
    }

    /// `IF EXISTS`, where the server knows it for parts of tables.
    pub(super) fn if_exists_in_table(&self) -> &'static str {
        let knows = matches!(self.dialect, Dialect::Postgres | Dialect::Mariadb | Dialect::SqlServer | Dialect::H2);
        if knows && self.careful { "IF EXISTS " } else { "" }
    }

    /// `IF NOT EXISTS`, where the server knows it for parts of tables.
    pub(super) fn if_not_exists_in_table(&self) -> &'static str {
        let knows = matches!(self.dialect, Dialect::Postgres | Dialect::Mariadb | Dialect::H2);
        if knows && self.careful { "IF NOT EXISTS " } else { "" }
    }

    /// `IF EXISTS` after `DROP TABLE` and its like.
    pub(super) fn if_exists(&self) -> &'static str {
        if self.dialect == Dialect::Oracle || !self.careful { "" } else { "IF EXISTS " }
    }

    /// `IF NOT EXISTS` after `CREATE TABLE` and its like.
    pub(super) fn if_not_exists(&self) -> &'static str {
        let knows = !matches!(self.dialect, Dialect::Oracle | Dialect::SqlServer);
        if knows && self.careful { "IF NOT EXISTS " } else { "" }
    }

    pub(super) fn data_type(&self, data_type: &ColumnType) -> String {
        let own = data_type.schema.as_ref().map(|schema| {
            let full = ObjectName::new(schema, &data_type.name);
            self.name(&full)
        });
        let bare = ColumnType { schema: None, ..data_type.clone() }.to_string();
        let mixed = self.dialect == Dialect::Postgres && data_type.name.chars().any(char::is_uppercase);
        match own {
            Some(name) => bare.replacen(&data_type.name, &name, 1),
            None if mixed => bare.replacen(&data_type.name, &self.part(&data_type.name), 1),
            None => bare,
        }
    }

    /// A column as `CREATE TABLE` and `ADD COLUMN` define it.
    pub(super) fn column(&self, column: &Column) -> String {
        let mut out = self.part(&column.name);
        let serial = column.identity == Some(IdentityKind::Serial);
        if let Some(data_type) = &column.data_type {
            let said = match data_type.name.as_str() {
                "bigint" if serial => "bigserial".to_owned(),
                "smallint" if serial => "smallserial".to_owned(),
                _ if serial => "serial".to_owned(),
                _ => self.data_type(data_type),
            };
            let _ = write!(out, " {said}");
        }
        if let Some(set) = &column.character_set {
            let _ = write!(out, " CHARACTER SET {set}");
        }
        if let Some(collation) = &column.collation {
            let said = if self.is_mysql() { collation.clone() } else { self.part(collation) };
            let _ = write!(out, " COLLATE {said}");
        }
        if let Some(generated) = &column.generated {
            let stored = match generated.stored {
                Some(true) => " STORED",
                Some(false) => " VIRTUAL",
                None => "",
            };
            let _ = write!(out, " GENERATED ALWAYS AS {}{stored}", enclosed(&generated.text));
        }
        if column.nullable == Some(false) && !serial {
            out.push_str(" NOT NULL");
        } else if self.is_mysql() && column.data_type.as_ref().is_some_and(|found| found.name == "timestamp") {
            out.push_str(" NULL");
        }
        match column.identity {
            Some(IdentityKind::Always) => out.push_str(" GENERATED ALWAYS AS IDENTITY"),
            Some(IdentityKind::ByDefault) => out.push_str(" GENERATED BY DEFAULT AS IDENTITY"),
            Some(IdentityKind::AutoIncrement) if self.is_mysql() => out.push_str(" AUTO_INCREMENT"),
            _ => {}
        }
        if let Some(default) = column.default.as_ref().filter(|_| !serial) {
            let _ = write!(out, " DEFAULT {}", default.text);
        }
        if let Some(value) = &column.on_update {
            let _ = write!(out, " ON UPDATE {value}");
        }
        if let Some(comment) = &column.comment {
            let _ = write!(out, " COMMENT {comment}");
        }
        out
    }

    /// A constraint as `CREATE TABLE` and `ADD` define it.
    pub(super) fn constraint(&self, constraint: &Constraint, index: Option<&Index>) -> String {
        let mysql_key = self.is_mysql() && constraint.is_primary();
        let name = constraint.name.as_ref().filter(|_| !mysql_key);
        let mut out = name.map_or_else(String::new, |name| format!("CONSTRAINT {} ", self.part(name)));
        let columns = self.list(&constraint.columns);
        match &constraint.kind {
            ConstraintKind::PrimaryKey => {
                let _ = write!(out, "PRIMARY KEY ({columns})");
            }
            ConstraintKind::Unique { nulls_not_distinct } => {
                let nulls = if *nulls_not_distinct { "NULLS NOT DISTINCT " } else { "" };
                // MySQL keeps the lengths of prefixes in the index.
                let parts = index.map_or(columns, |index| self.parts(index));
                let _ = write!(out, "UNIQUE {nulls}({parts})");
            }
            ConstraintKind::ForeignKey { table, columns: referenced, on_delete, on_update } => {
                let _ = write!(out, "FOREIGN KEY ({columns}) REFERENCES {}", self.name(table));
                if !referenced.is_empty() {
                    let _ = write!(out, " ({})", self.list(referenced));
                }
                for (on, action) in [("DELETE", on_delete), ("UPDATE", on_update)] {
                    if let Some(action) = action {
                        let _ = write!(out, " ON {on} {}", words_of(*action));
                    }
                }
            }
            ConstraintKind::Check { text } => {
                let _ = write!(out, "CHECK {}", enclosed(text));
            }
            ConstraintKind::Exclude { text } => {
                let method = index.and_then(|index| index.method.as_deref()).unwrap_or("gist");
                let _ = write!(out, "EXCLUDE USING {method} {}", enclosed(text));
            }
            ConstraintKind::NotNull => {
                let _ = write!(out, "NOT NULL {columns}");
            }
            ConstraintKind::Default => {}
        }
        if constraint.deferrable {
            out.push_str(" DEFERRABLE");
        }
        if constraint.initially_deferred {
            out.push_str(" INITIALLY DEFERRED");
        }
        if !constraint.enforced {
            out.push_str(" NOT ENFORCED");
        } else if !constraint.validated && self.dialect == Dialect::Postgres {
            out.push_str(" NOT VALID");
        }
        out
    }

    fn parts(&self, index: &Index) -> String {
        let spelled = index.parts.iter().map(|part| match &part.column {
            Some(column) => {
                let rest = part.text.strip_prefix(column.as_str()).unwrap_or_default();
                format!("{}{rest}", self.part(column))
            }
            None => enclosed(&part.text),
        });
        spelled.collect::<Vec<_>>().join(", ")
    }

    /// `CREATE INDEX`; `options` are what stood behind its columns and is not kept in the catalog.
    pub(super) fn index(&self, table: &ObjectName, index: &Index, options: Option<&str>) -> Option<String> {
        let name = index.name.as_ref()?;
        let method = index.method.as_deref();
        let class = method.filter(|method| self.is_mysql() && matches!(*method, "fulltext" | "spatial"));
        let mut out = "CREATE ".to_owned();
        if index.unique {
            out.push_str("UNIQUE ");
        }
        if let Some(class) = class {
            let _ = write!(out, "{} ", class.upper());
        }
        let careful = match self.dialect {
            Dialect::Mysql => "",
            _ => self.if_not_exists(),
        };
        let _ = write!(out, "INDEX {careful}{} ON {}", self.part(name), self.name(table));
        if let Some(method) = method.filter(|_| class.is_none() && self.dialect == Dialect::Postgres) {
            let _ = write!(out, " USING {method}");
        }
        let _ = write!(out, " ({})", self.parts(index));
        if !index.include.is_empty() {
            let _ = write!(out, " INCLUDE ({})", self.list(&index.include));
        }
        if let Some(options) = options {
            let _ = write!(out, " {}", options.trim());
        }
        if let Some(predicate) = &index.predicate {
            let _ = write!(out, " WHERE {predicate}");
        }
        Some(out)
    }

    /// `CREATE TABLE`, and its indexes; `None` where not all of it is known.
    pub(super) fn table(&self, table: &Relation) -> Option<Vec<String>> {
        let known = table.complete && table.columns.iter().all(|column| column.complete);
        if !known || table.of_type.is_some() {
            return None;
        }
        let kind = if table.persistence == crate::catalog::Persistence::Unlogged { "UNLOGGED " } else { "" };
        let mut out = format!("CREATE {kind}TABLE {}{}", self.if_not_exists(), self.name(&table.name));
        let rowid = (self.dialect == Dialect::Sqlite).then(|| rowid(table)).flatten();
        let key = |constraint: &Constraint| rowid.is_some() && constraint.is_primary();
        let index_of = |constraint: &Constraint| {
            table.indexes.iter().find(|index| index.name.is_some() && index.name == constraint.name)
        };
        let inherited = |constraint: &&Constraint| !constraint.inherited && !key(constraint);
        let kept = table.constraints.iter().filter(inherited).filter(|found| found.kind != ConstraintKind::NotNull);
        let constraints = kept.map(|constraint| format!("    {}", self.constraint(constraint, index_of(constraint))));
        if let Some(of) = &table.partition_of {
            let bound = if of.default { "DEFAULT".to_owned() } else { of.bound.clone() };
            let _ = write!(out, " PARTITION OF {} {bound}", self.name(&of.parent));
        } else {
            let own = table.columns.iter().filter(|column| !column.inherited || table.inherits.is_empty());
            let columns = own.map(|column| {
                let numbered = rowid == Some(column.name.as_str());
                let auto = column.identity == Some(IdentityKind::AutoIncrement);
                let key = match (numbered, auto) {
                    (true, true) => " PRIMARY KEY AUTOINCREMENT",
                    (true, false) => " PRIMARY KEY",
                    _ => "",
                };
                format!("    {}{key}", self.column(column))
            });
            let lines: Vec<String> = columns.chain(constraints).collect();
            let _ = write!(out, " (\n{}\n)", lines.join(",\n"));
        }
        if !table.inherits.is_empty() {
            let parents: Vec<String> = table.inherits.iter().map(|parent| self.name(parent)).collect();
            let _ = write!(out, " INHERITS ({})", parents.join(", "));
        }
        if let Some(key) = &table.partition_key {
            let _ = write!(out, " PARTITION BY {} {}", key.method.upper(), enclosed(&key.text));
        }
        out.push_str(&self.options(table));
        let mut all = vec![out];
        let plain = table.indexes.iter().filter(|index| !index.of_constraint && !index.implicit);
        // A partition gets the indexes of its parent.
        let plain = plain.filter(|_| table.partition_of.is_none());
        all.extend(plain.filter_map(|index| self.index(&table.name, index, None)));
        Some(all)
    }

    fn options(&self, table: &Relation) -> String {
        let options = table.options.iter();
        match self.dialect {
            Dialect::Postgres => {
                let said: Vec<String> = options.map(|(name, value)| format!("{name} = {value}")).collect();
                if said.is_empty() { String::new() } else { format!(" WITH ({})", said.join(", ")) }
            }
            Dialect::Mysql | Dialect::Mariadb => {
                let kept = options.filter(|(name, _)| !matches!(name.as_str(), "auto_increment" | "comment"));
                kept.fold(String::new(), |out, (name, value)| format!("{out} {}={value}", name.upper()))
            }
            Dialect::Sqlite => {
                let said: Vec<String> = options.map(|(name, _)| name.upper()).collect();
                if said.is_empty() { String::new() } else { format!(" {}", said.join(", ")) }
            }
            _ => String::new(),
        }
    }
}

/// The column that is the number of the row itself, in SQLite.
fn rowid(table: &Relation) -> Option<&str> {
    let [column] = table.primary_key()?.columns.as_slice() else { return None };
    let found = table.columns.iter().find(|other| other.name == *column)?;
    (found.data_type.as_ref()?.name == "integer").then_some(column.as_str())
}

/// A text in parentheses, unless it stands in some.
pub(super) fn enclosed(text: &str) -> String {
    let mut depth = 0_i32;
    let whole = text.starts_with('(')
        && text.ends_with(')')
        && text.char_indices().all(|(at, char)| {
            depth += i32::from(char == '(') - i32::from(char == ')');
            depth > 0 || at + 1 == text.len()
        });
    if whole { text.to_owned() } else { format!("({text})") }
}

fn words_of(action: ReferentialAction) -> &'static str {
    match action {
        ReferentialAction::NoAction => "NO ACTION",
        ReferentialAction::Restrict => "RESTRICT",
        ReferentialAction::Cascade => "CASCADE",
        ReferentialAction::SetNull => "SET NULL",
        ReferentialAction::SetDefault => "SET DEFAULT",
    }
}
