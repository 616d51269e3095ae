//! Names as people and servers write them: with their schema, and in quotes where they need them.

use memchr::memmem;

use super::naming::{ObjectName, ObjectRef};
use crate::change::ObjectKind;
use crate::sql::Dialect;

/// The keywords that PostgreSQL's `quote_ident` puts in quotes: all but the unreserved ones, PostgreSQL 18;
/// blanks around each.
const KEYWORDS: &str = " \
    all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case \
    cast char character check coalesce collate collation column concurrently constraint create cross \
    current_catalog current_date current_role current_schema current_time current_timestamp current_user dec \
    decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign \
    freeze from full grant greatest group grouping having ilike in initially inner inout int integer intersect \
    interval into is isnull join json json_array json_arrayagg json_exists json_object json_objectagg json_query \
    json_scalar json_serialize json_table json_value lateral leading least left like limit localtime \
    localtimestamp merge_action national natural nchar none normalize not notnull null nullif numeric offset on \
    only or order out outer overlaps overlay placing position precision primary real references returning right \
    row select session_user setof similar smallint some substring symmetric system_user table tablesample then \
    time timestamp to trailing treat trim true union unique user using values varchar variadic verbose when where \
    window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot \
    xmlserialize xmltable ";

impl ObjectName {
    /// The name as the server's own tools spell it: `public.users`, `"Weird Schema"."Order Items"`; without a schema
    /// where there is none, or one that goes without saying.
    #[must_use]
    pub fn spelled(&self, dialect: Dialect) -> String {
        let bare = self.schema.is_empty() || dialect == Dialect::Sqlite && &*self.schema == "main";
        let name = spell(&self.name, dialect);
        if bare { name } else { format!("{}.{name}", spell(&self.schema, dialect)) }
    }
}

impl ObjectRef {
    /// The object with its kind: `table public.users`, `column email of public.users`.
    #[must_use]
    pub fn in_words(&self, dialect: Dialect) -> String {
        let kind = self.kind.as_str().replace('-', " ");
        let whole = self.name.spelled(dialect);
        match &self.part {
            Some(part) => format!("{kind} {} of {whole}", spell(part, dialect)),
            // These have no schema; what stands there is the default.
            None if matches!(self.kind, ObjectKind::Schema | ObjectKind::Extension | ObjectKind::Role) => {
                format!("{kind} {}", spell(&self.name.name, dialect))
            }
            None => format!("{kind} {whole}"),
        }
    }
}

fn spell(name: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Postgres if needs_quotes(name) => format!("\"{}\"", name.replace('"', "\"\"")),
        _ => name.to_owned(),
    }
}

fn needs_quotes(name: &str) -> bool {
    let plain = |char: char| matches!(char, 'a'..='z' | '0'..='9' | '_');
    !name.chars().all(plain)
        || name.starts_with(|char: char| char.is_ascii_digit())
        || name.is_empty()
        || memmem::find(KEYWORDS.as_bytes(), format!(" {name} ").as_bytes()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_as_servers_spell_them() {
        let spelled = |schema: &str, name: &str, dialect| ObjectName::new(schema, name).spelled(dialect);
        assert_eq!(spelled("public", "users", Dialect::Postgres), "public.users");
        assert_eq!(spelled("Weird Schema", "Order \"Items", Dialect::Postgres), "\"Weird Schema\".\"Order \"\"Items\"");
        assert_eq!(spelled("public", "order", Dialect::Postgres), "public.\"order\"");
        assert_eq!(spelled("public", "all", Dialect::Postgres), "public.\"all\"");
        assert_eq!(spelled("public", "xmltable", Dialect::Postgres), "public.\"xmltable\"");
        assert_eq!(spelled("public", "orde", Dialect::Postgres), "public.orde");
        assert_eq!(spelled("public", "2024", Dialect::Postgres), "public.\"2024\"");
        assert_eq!(spelled("main", "t", Dialect::Sqlite), "t");
        assert_eq!(spelled("", "t", Dialect::Mysql), "t");
        assert_eq!(spelled("shop", "t", Dialect::Mysql), "shop.t");
    }
}
