//! Types of columns in one spelling each, so that they can be compared.

use std::fmt;

use super::naming::fold;
use crate::change::{DataType, TimeZone};
use crate::sql::Dialect;
use crate::text::Casing;

/// The type of a column in the server's own spelling: `integer` for `int4`, `character varying` for `varchar`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ColumnType {
    /// The schema of a type that scripts made or that is qualified.
    pub schema: Option<String>,
    /// Its name.
    pub name: String,
    /// Length, precision, scale, the values of an `ENUM`.
    pub arguments: Vec<String>,
    /// Whether it has the dimensions of an array.
    pub array: bool,
    /// What is said after its arguments: `with time zone`, `unsigned`.
    pub suffix: Option<&'static str>,
}

impl fmt::Display for ColumnType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.schema.iter().try_for_each(|schema| write!(f, "{schema}."))?;
        f.write_str(&self.name)?;
        if !self.arguments.is_empty() {
            write!(f, "({})", self.arguments.join(","))?;
        }
        self.suffix.iter().try_for_each(|suffix| write!(f, " {suffix}"))?;
        f.write_str(if self.array { "[]" } else { "" })
    }
}

/// Other spellings of a type, the server's own, and the arguments it has if none are given.
type Alias = (&'static [&'static str], &'static str, &'static [&'static str]);

const POSTGRES: &[Alias] = &[
    (&["int", "int4", "serial", "serial4", "integer"], "integer", &[]),
    (&["int8", "bigserial", "serial8"], "bigint", &[]),
    (&["int2", "smallserial", "serial2"], "smallint", &[]),
    (&["bool"], "boolean", &[]),
    (&["varchar", "char varying", "national character varying", "nchar varying"], "character varying", &[]),
    (&["char", "nchar", "national character", "character", "national char"], "character", &["1"]),
    (&["decimal", "dec"], "numeric", &[]),
    (&["float8", "float"], "double precision", &[]),
    (&["float4"], "real", &[]),
    (&["varbit"], "bit varying", &[]),
    (&["bit"], "bit", &["1"]),
];

const MYSQL: &[Alias] = &[
    (&["integer", "int4"], "int", &[]),
    (&["int8"], "bigint", &[]),
    (&["int2"], "smallint", &[]),
    (&["int1"], "tinyint", &[]),
    (&["int3", "middleint"], "mediumint", &[]),
    (&["bool", "boolean"], "tinyint", &["1"]),
    (&["dec", "numeric", "fixed", "decimal"], "decimal", &["10", "0"]),
    (&["double precision", "real", "float8"], "double", &[]),
    (&["float4"], "float", &[]),
    (&["character varying", "nvarchar", "char varying", "national varchar"], "varchar", &[]),
    (&["character", "nchar", "char", "national char"], "char", &["1"]),
    (&["serial"], "bigint", &[]),
    (&["bit"], "bit", &["1"]),
    (&["long", "long varchar"], "mediumtext", &[]),
    (&["long varbinary"], "mediumblob", &[]),
];

const SQL_SERVER: &[Alias] = &[
    (&["integer"], "int", &[]),
    (&["dec", "decimal"], "decimal", &["18", "0"]),
    (&["numeric"], "numeric", &["18", "0"]),
    (&["float", "double precision"], "float", &["53"]),
    (&["varchar", "character varying", "char varying"], "varchar", &["1"]),
    (&["nvarchar", "national character varying", "national char varying"], "nvarchar", &["1"]),
    (&["char", "character"], "char", &["1"]),
    (&["nchar", "national character", "national char"], "nchar", &["1"]),
    (&["varbinary", "binary varying"], "varbinary", &["1"]),
    (&["binary"], "binary", &["1"]),
    (&["timestamp"], "rowversion", &[]),
    (&["datetime2"], "datetime2", &["7"]),
    (&["datetimeoffset"], "datetimeoffset", &["7"]),
    (&["time"], "time", &["7"]),
];

const ORACLE: &[Alias] = &[
    (&["varchar", "char varying", "character varying"], "varchar2", &[]),
    (&["integer", "int", "smallint"], "number", &["38", "0"]),
    (&["decimal", "numeric", "dec"], "number", &[]),
    (&["char", "character"], "char", &["1"]),
    (&["double precision"], "float", &["126"]),
    (&["real"], "float", &["63"]),
    (&["timestamp"], "timestamp", &["6"]),
];

const STANDARD: &[Alias] = &[
    (&["int", "int4", "mediumint", "signed"], "integer", &[]),
    (&["int8"], "bigint", &[]),
    (&["int2"], "smallint", &[]),
    (&["bool", "bit"], "boolean", &[]),
    (&["varchar", "char varying", "nvarchar", "varchar2"], "character varying", &[]),
    (&["char", "character"], "character", &["1"]),
    (&["decimal", "dec", "number"], "numeric", &[]),
    (&["float8", "double", "float"], "double precision", &[]),
    (&["clob", "text"], "character large object", &[]),
    (&["blob"], "binary large object", &[]),
    (&["datetime"], "timestamp", &[]),
];

fn aliases(dialect: Dialect) -> &'static [Alias] {
    match dialect {
        Dialect::Postgres => POSTGRES,
        Dialect::Mysql | Dialect::Mariadb => MYSQL,
        Dialect::SqlServer => SQL_SERVER,
        Dialect::Oracle => ORACLE,
        Dialect::H2 => STANDARD,
        Dialect::Sqlite | Dialect::Generic => &[],
    }
}

/// A written type in the server's spelling.
pub(super) fn normalised(dialect: Dialect, written: &DataType) -> ColumnType {
    let last = written.name.last();
    let quoted = last.quoted && dialect != Dialect::SqlServer;
    let name = if quoted { last.text.clone() } else { last.text.lower() };
    let alias = aliases(dialect).iter().filter(|_| !quoted).find(|(others, ..)| others.contains(&name.as_str()));
    let arguments = written.arguments.iter().map(|argument| argument.trim().to_owned()).collect();
    let schema = written.name.schema().map(|schema| fold(dialect, schema, true).into_owned());
    let mut found = ColumnType {
        schema: schema.filter(|schema| schema != "pg_catalog" && schema != "sys"),
        name: alias.map_or(name, |alias| alias.1.to_owned()),
        arguments,
        array: written.dimensions > 0,
        suffix: zone(dialect, written),
    };
    match alias {
        Some((_, _, defaults)) if found.arguments.is_empty() => {
            found.arguments = defaults.iter().map(ToString::to_string).collect();
        }
        _ => {}
    }
    adjust(dialect, &mut found, &last.text);
    found
}

fn zone(dialect: Dialect, written: &DataType) -> Option<&'static str> {
    match written.time_zone {
        Some(TimeZone::With) => Some("with time zone"),
        Some(TimeZone::Local) => Some("with local time zone"),
        Some(TimeZone::Without) if dialect == Dialect::Postgres => Some("without time zone"),
        _ if written.unsigned => Some("unsigned"),
        _ => None,
    }
}

/// What a table of aliases does not say.
fn adjust(dialect: Dialect, found: &mut ColumnType, written: &str) {
    let is_mysql = matches!(dialect, Dialect::Mysql | Dialect::Mariadb);
    match (found.name.as_str(), found.arguments.len()) {
        ("timestamptz" | "timetz", _) if dialect == Dialect::Postgres => {
            found.name.truncate(found.name.len() - 2);
            found.suffix = Some("with time zone");
        }
        ("timestamp" | "time", _) if dialect == Dialect::Postgres && found.suffix.is_none() => {
            found.suffix = Some("without time zone");
        }
        ("double precision", 1) if dialect == Dialect::Postgres => {
            let single = found.arguments[0].parse::<u8>().is_ok_and(|bits| bits < 25);
            found.arguments.clear();
            if single {
                found.name = "real".into();
            }
        }
        ("numeric" | "number" | "decimal", 1) if found.arguments[0] != "*" => found.arguments.push("0".into()),
        ("int" | "bigint" | "smallint" | "mediumint" | "year", _) if is_mysql => {
            found.arguments.clear();
            if written.eq_ignore_ascii_case("serial") {
                found.suffix = Some("unsigned");
            }
        }
        ("tinyint", 1) if is_mysql && found.arguments[0] != "1" => found.arguments.clear(),
        _ => {}
    }
}
