//! `GRANT`, `REVOKE`, `DENY`, and default privileges.

use super::name::{Identifier, Name};
use super::object::ObjectKind;
use super::reader::Reader;
use crate::sql::Kind;

/// A grant, or its opposite.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Grant {
    /// `REVOKE` and SQL Server's `DENY`.
    pub revokes: bool,
    /// Privileges in upper case, `ALL` among them; the roles, where roles are granted.
    pub privileges: Vec<String>,
    /// What kind of object, where one is named.
    pub kind: Option<ObjectKind>,
    /// The objects; none where roles or everything is granted.
    pub objects: Vec<Name>,
    /// `ON ALL TABLES IN SCHEMA`: the objects are schemas.
    pub all_in_schema: bool,
    /// Who gets or loses them.
    pub grantees: Vec<Name>,
    /// Everybody is among them.
    pub to_public: bool,
    /// `WITH GRANT OPTION` or `WITH ADMIN OPTION`.
    pub grant_option: bool,
    /// `CASCADE`.
    pub cascade: bool,
    /// Of objects that are created from now on: `ALTER DEFAULT PRIVILEGES`.
    pub default: bool,
}

impl Grant {
    pub(super) fn verb(&self) -> &'static str {
        match (self.default, self.revokes) {
            (true, _) => "alter-default-privileges",
            (false, true) => "revoke",
            (false, false) => "grant",
        }
    }
}

/// Words of objects after `ON`.
const KINDS: [(&[&str], ObjectKind, bool); 24] = [
    (&["ALL", "TABLES", "IN", "SCHEMA"], ObjectKind::Table, true),
    (&["ALL", "SEQUENCES", "IN", "SCHEMA"], ObjectKind::Sequence, true),
    (&["ALL", "FUNCTIONS", "IN", "SCHEMA"], ObjectKind::Function, true),
    (&["ALL", "PROCEDURES", "IN", "SCHEMA"], ObjectKind::Procedure, true),
    (&["ALL", "ROUTINES", "IN", "SCHEMA"], ObjectKind::Routine, true),
    (&["FOREIGN", "DATA", "WRAPPER"], ObjectKind::ForeignDataWrapper, false),
    (&["FOREIGN", "SERVER"], ObjectKind::Server, false),
    (&["LARGE", "OBJECT"], ObjectKind::LargeObject, false),
    (&["TABLES"], ObjectKind::Table, false),
    (&["SEQUENCES"], ObjectKind::Sequence, false),
    (&["FUNCTIONS"], ObjectKind::Function, false),
    (&["ROUTINES"], ObjectKind::Routine, false),
    (&["TYPES"], ObjectKind::Type, false),
    (&["SCHEMAS"], ObjectKind::Schema, false),
    (&["TABLE"], ObjectKind::Table, false),
    (&["SEQUENCE"], ObjectKind::Sequence, false),
    (&["DATABASE"], ObjectKind::Database, false),
    (&["FUNCTION"], ObjectKind::Function, false),
    (&["PROCEDURE"], ObjectKind::Procedure, false),
    (&["ROUTINE"], ObjectKind::Routine, false),
    (&["LANGUAGE"], ObjectKind::Language, false),
    (&["SCHEMA"], ObjectKind::Schema, false),
    (&["TYPE"], ObjectKind::Type, false),
    (&["DOMAIN"], ObjectKind::Domain, false),
];

/// Reads on after `GRANT`, `REVOKE` or `DENY`.
pub(super) fn grant(r: &mut Reader<'_>, revokes: bool) -> Grant {
    let mut grant = Grant {
        revokes,
        privileges: Vec::new(),
        kind: None,
        objects: Vec::new(),
        all_in_schema: false,
        grantees: Vec::new(),
        to_public: false,
        grant_option: false,
        cascade: false,
        default: false,
    };
    privileges(r, &mut grant);
    if r.word("ON") {
        objects(r, &mut grant);
    }
    if r.any(&["TO", "FROM"]).is_some() {
        grantees(r, &mut grant);
    }
    while !r.is_end() {
        option(r, &mut grant);
    }
    grant
}

fn privileges(r: &mut Reader<'_>, grant: &mut Grant) {
    for phrase in [["GRANT", "OPTION", "FOR"], ["ADMIN", "OPTION", "FOR"], ["INHERIT", "OPTION", "FOR"]] {
        grant.grant_option |= r.words(&phrase);
    }
    while !r.is_end() && !r.is_any(&["ON", "TO", "FROM"]) {
        let mark = r.mark();
        r.until(|r, token| {
            matches!(token.kind, Kind::Comma | Kind::OpenParenthesis)
                || token.is_any_word(r.text, &["ON", "TO", "FROM"])
        });
        grant.privileges.push(r.slice(mark, r.mark()).to_ascii_uppercase());
        r.group();
        super::alter::account_host(r);
        r.comma();
        if r.mark() == mark {
            break;
        }
    }
}

fn objects(r: &mut Reader<'_>, grant: &mut Grant) {
    if let Some((_, kind, all)) = KINDS.iter().find(|(words, ..)| r.words(words)) {
        (grant.kind, grant.all_in_schema) = (Some(*kind), *all);
    } else if r.nth(1).is_some_and(|token| r.text_of(token).starts_with(':')) {
        // SQL Server's `OBJECT::a`.
        r.next();
    }
    while r.operator("::") || r.operator(":") {}
    while !r.is_any(&["TO", "FROM"]) {
        if r.operator("*") {
            r.kind(Kind::Dot);
            r.operator("*");
        } else if let Some(name) = r.name() {
            grant.objects.push(name);
        } else {
            return;
        }
        r.group();
        if !r.comma() {
            return;
        }
    }
}

fn grantees(r: &mut Reader<'_>, grant: &mut Grant) {
    loop {
        r.any(&["GROUP", "ROLE", "USER"]).filter(|_| r.is_identifier());
        let name = if r.is_kind(Kind::String) { r.string().map(Name::from) } else { r.name() };
        let Some(name) = name else { return };
        super::alter::account_host(r);
        grant.to_public |= name.parts.len() == 1 && Identifier::is(name.last(), "PUBLIC");
        grant.grantees.push(name);
        if !r.comma() {
            return;
        }
    }
}

fn option(r: &mut Reader<'_>, grant: &mut Grant) {
    if r.word("WITH") {
        let known = r.any(&["GRANT", "ADMIN", "INHERIT", "SET", "HIERARCHY"]);
        grant.grant_option |= matches!(known, Some("GRANT" | "ADMIN"));
        if r.any(&["OPTION", "TRUE", "FALSE"]).is_none() || known.is_none() {
            r.pass_over();
        }
    } else if r.words(&["GRANTED", "BY"]) || r.words(&["IDENTIFIED", "BY"]) || r.word("AS") {
        r.next();
    } else if r.word("CASCADE") {
        grant.cascade = true;
    } else if r.any(&["RESTRICT", "CONSTRAINTS", "FORCE", "CONTAINER"]).is_none() {
        r.pass_over();
    }
}

/// Reads on after `ALTER DEFAULT PRIVILEGES`.
pub(super) fn default_privileges(r: &mut Reader<'_>) -> Option<Grant> {
    let mut schemas = Vec::new();
    loop {
        if r.word("FOR") {
            r.any(&["ROLE", "USER"]);
            r.names_list();
        } else if r.words(&["IN", "SCHEMA"]) {
            schemas = r.names_list();
        } else {
            break;
        }
    }
    let revokes = r.any(&["GRANT", "REVOKE"])? == "REVOKE";
    let mut grant = grant(r, revokes);
    grant.default = true;
    grant.all_in_schema = !schemas.is_empty();
    grant.objects = schemas;
    Some(grant)
}
