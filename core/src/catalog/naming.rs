//! Names as servers compare them.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use super::tree::Hashed;
use crate::change::{Identifier, ObjectKind};
use crate::sql::Dialect;
use crate::text::Casing;

/// The name of an object, its case folded as the server does; the schema is empty where there is none.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ObjectName {
    /// The schema; MySQL's database.
    pub schema: Arc<str>,
    /// The object itself.
    pub name: Arc<str>,
}

impl PartialOrd for ObjectName {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ObjectName {
    fn cmp(&self, other: &Self) -> Ordering {
        // Most names of a catalog share one text for their schema.
        let schema =
            if Arc::ptr_eq(&self.schema, &other.schema) { Ordering::Equal } else { self.schema.cmp(&other.schema) };
        schema.then_with(|| self.name.cmp(&other.name))
    }
}

/// The objects of one schema stand together in a tree.
impl Hashed for ObjectName {
    fn hash(&self) -> u64 {
        self.hash_beside(&self.name)
    }
}

impl Hashed for (ObjectKind, ObjectName) {
    fn hash(&self) -> u64 {
        self.1.hash()
    }
}

/// Fowler, Noll and Vo's hash (FNV-1a).
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

impl ObjectName {
    /// The lowest hash that the name of an object of a schema can have.
    pub(super) fn hash_of_schema(schema: &str) -> u64 {
        u64::from(hash(schema)) << 32
    }

    /// The hash of the name of an object in a schema.
    pub(super) fn hash_of(schema: &str, name: &str) -> u64 {
        Self::hash_of_schema(schema) | u64::from(hash(name))
    }

    /// The hash of another object's name in the same schema.
    pub(super) fn hash_beside(&self, name: &str) -> u64 {
        Self::hash_of(&self.schema, name)
    }

    /// The name of an object in a schema.
    #[must_use]
    pub fn new(schema: &str, name: &str) -> Self {
        Self { schema: Arc::from(schema), name: Arc::from(name) }
    }

    /// Another object of the same schema.
    #[must_use]
    pub fn beside(&self, name: &str) -> Self {
        Self { schema: Arc::clone(&self.schema), name: Arc::from(name) }
    }
}

impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.schema.is_empty() { f.write_str(&self.name) } else { write!(f, "{}.{}", self.schema, self.name) }
    }
}

/// An object, or a part of one: a column, a constraint, a trigger, an index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectRef {
    /// What it is.
    pub kind: ObjectKind,
    /// The object; of a part, what it is a part of.
    pub name: ObjectName,
    /// The part.
    pub part: Option<Arc<str>>,
}

impl ObjectRef {
    /// A whole object.
    #[must_use]
    pub fn whole(kind: ObjectKind, name: &ObjectName) -> Self {
        Self { kind, name: name.clone(), part: None }
    }

    /// A part of an object.
    #[must_use]
    pub fn part(kind: ObjectKind, name: &ObjectName, part: &str) -> Self {
        Self { kind, name: name.clone(), part: Some(Arc::from(part)) }
    }
}

impl fmt::Display for ObjectRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.as_str(), self.name)?;
        self.part.iter().try_for_each(|part| write!(f, ".{part}"))
    }
}

/// Where an object was made. Scripts are numbered by the caller, in the order of the replay; statements from zero.
///
/// It holds no place in a text, so that what an edit moves along stays equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The script.
    pub script: u32,
    /// The statement in it.
    pub statement: u32,
}

/// The longest name of PostgreSQL in bytes.
const LONGEST: usize = 63;

/// A name as the server compares it. The names of MySQL's tables keep their case, all others of its names do not.
pub(super) fn fold(dialect: Dialect, identifier: &Identifier, relation: bool) -> Cow<'_, str> {
    fold_text(dialect, &identifier.text, identifier.quoted, relation)
}

/// The same for a name without its quotes.
pub(super) fn fold_text(dialect: Dialect, name: &str, quoted: bool, relation: bool) -> Cow<'_, str> {
    match dialect {
        Dialect::Postgres if quoted => Cow::Borrowed(clipped(name)),
        Dialect::Postgres => in_case(clipped(name), u8::is_ascii_uppercase, str::to_ascii_lowercase),
        Dialect::Oracle | Dialect::H2 if quoted => Cow::Borrowed(name),
        Dialect::Oracle | Dialect::H2 => {
            in_case(name, |byte| !byte.is_ascii() || byte.is_ascii_lowercase(), str::upper)
        }
        Dialect::Mysql | Dialect::Mariadb if relation => Cow::Borrowed(name),
        _ => in_case(name, |byte| !byte.is_ascii() || byte.is_ascii_uppercase(), str::lower),
    }
}

/// A name in another case; most are written in it.
fn in_case(name: &str, differs: impl Fn(&u8) -> bool, change: impl Fn(&str) -> String) -> Cow<'_, str> {
    if name.as_bytes().iter().any(differs) { Cow::Owned(change(name)) } else { Cow::Borrowed(name) }
}

/// A name cut to the length that PostgreSQL keeps.
fn clipped(name: &str) -> &str {
    clip(name, LONGEST)
}

fn clip(name: &str, most: usize) -> &str {
    if name.len() <= most {
        return name;
    }
    let end = (0..=most).rev().find(|at| name.is_char_boundary(*at)).unwrap_or(0);
    &name[..end]
}

/// The name PostgreSQL makes of a table, columns and a label: `orders_user_id_fkey`. The longer part is cut first.
pub(super) fn composed(table: &str, columns: &str, label: &str) -> String {
    let room = LONGEST - label.len() - 1 - usize::from(!columns.is_empty());
    let (mut first, mut second) = (table.len(), columns.len());
    while first + second > room {
        if first > second { first -= 1 } else { second -= 1 }
    }
    let (table, columns) = (clip(table, first), clip(columns, second));
    if columns.is_empty() { format!("{table}_{label}") } else { format!("{table}_{columns}_{label}") }
}

/// The schema where a session's temporary tables stand; it shadows all others.
pub(super) fn temporary_schema(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Postgres => "pg_temp",
        Dialect::Sqlite => "temp",
        Dialect::SqlServer => "tempdb",
        _ => "(temporary)",
    }
}

/// The schema where objects go if nothing else is said.
pub(super) fn default_schema(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Postgres => "public",
        Dialect::SqlServer => "dbo",
        Dialect::Sqlite => "main",
        Dialect::H2 => "PUBLIC",
        _ => "",
    }
}

/// Whether the server brings the object: nothing is ever said about those.
pub(super) fn is_system(dialect: Dialect, name: &ObjectName) -> bool {
    const SCHEMAS: [&str; 10] = [
        "pg_catalog",
        "pg_toast",
        "information_schema",
        "sys",
        "mysql",
        "performance_schema",
        "master",
        "msdb",
        "system",
        "sysibm",
    ];
    let starts = |prefix: &str| name.name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    SCHEMAS.iter().any(|schema| name.schema.eq_ignore_ascii_case(schema))
        || match dialect {
            Dialect::Postgres => starts("pg_"),
            Dialect::Sqlite => starts("sqlite_"),
            Dialect::SqlServer => starts("sys"),
            Dialect::Oracle => ["DBA_", "ALL_", "USER_", "V$", "GV$", "DUAL"].into_iter().any(starts),
            Dialect::H2 => starts("DUAL"),
            _ => false,
        }
}
