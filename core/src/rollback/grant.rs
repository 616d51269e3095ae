//! Grants as notes: each privilege of each role on each object is one.

use std::sync::Arc;

use super::book::{Aspect, Book, Key, Note};
use super::note::{Noted, commented};
use crate::catalog::ObjectRef;
use crate::change::{Grant, ObjectKind};
use crate::sql::Dialect;

/// What `ALL` stands for on tables of PostgreSQL, up to version 16; `MAINTAIN` came later and goes with them.
const ALL_ON_TABLE: [&str; 7] = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"];
const ALL_ON_SEQUENCE: [&str; 3] = ["USAGE", "SELECT", "UPDATE"];
const ALL_ON_SCHEMA: [&str; 2] = ["USAGE", "CREATE"];

/// What a note says of a privilege that a role has, or has lost although nobody said that it had it.
const GRANTED: &str = "granted";
const GRANTABLE: &str = "granted with grant option";
const REVOKED: &str = "revoked";

pub(super) fn read(book: &mut Book, grant: &Grant, at: &Noted<'_>) {
    for object in objects(grant, at) {
        for grantee in &grant.grantees {
            let grantee = if grantee.is("PUBLIC") { "PUBLIC".to_owned() } else { at.before.fold(grantee.last()) };
            for privilege in privileges(grant, object.kind, book.dialect) {
                let key = Key::new(&object, Aspect::Grant(privilege, grantee.clone()));
                change(book, grant, key);
            }
        }
    }
}

fn change(book: &mut Book, grant: &Grant, key: Key) {
    let note = |said: &str| Note { said: said.to_owned(), source: Arc::from(said) };
    let old = book.get(&key).map(|note| note.said.clone());
    // PostgreSQL lets everybody run functions and use types, languages and the schema `public`, but touch no table.
    let is_public = matches!(&key.aspect, Aspect::Grant(_, grantee) if grantee == "PUBLIC") && !key.kind.is_relation();
    match (grant.revokes, old.as_deref()) {
        (true, Some(GRANTED | GRANTABLE)) | (false, Some(REVOKED)) => drop(book.remove(&key)),
        // Everybody has some privileges from the start; what others have that no script gave them is not known.
        (true, None) if is_public || grant.objects.is_empty() => book.set(key, note(REVOKED)),
        (true, _) => {}
        (false, _) => book.set(key, note(if grant.grant_option { GRANTABLE } else { GRANTED })),
    }
}

fn objects(grant: &Grant, at: &Noted<'_>) -> Vec<ObjectRef> {
    if grant.default {
        let kind = grant.kind.map_or("objects", ObjectKind::as_str);
        let schemas = grant.objects.iter().map(|schema| at.before.fold(schema.last()));
        let names: Vec<String> = if grant.objects.is_empty() { vec![String::new()] } else { schemas.collect() };
        let of = |schema: &String| {
            let name = crate::catalog::ObjectName::new("", schema);
            ObjectRef::part(ObjectKind::DefaultPrivileges, &name, kind)
        };
        return names.iter().map(of).collect();
    }
    if grant.all_in_schema {
        let kind = grant.kind.unwrap_or(ObjectKind::Table);
        let within = |relation: &&crate::catalog::Relation| {
            let of_kind = (relation.kind.object_kind() == ObjectKind::Sequence) == (kind == ObjectKind::Sequence);
            let schema = |name: &crate::change::Name| at.before.fold(name.last()) == *relation.name.schema;
            of_kind && kind.is_relation() && grant.objects.iter().any(schema)
        };
        return at.before.relations().filter(within).map(crate::catalog::Relation::reference).collect();
    }
    let kind = grant.kind.unwrap_or(ObjectKind::Table);
    grant.objects.iter().filter_map(|name| commented(at.before, kind, name, None)).collect()
}

fn privileges(grant: &Grant, kind: ObjectKind, dialect: Dialect) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for privilege in &grant.privileges {
        let word = privilege.split('(').next().unwrap_or(privilege).trim();
        let whole: &[&str] = match (word, kind) {
            _ if dialect != Dialect::Postgres => &[],
            ("ALL" | "ALL PRIVILEGES", ObjectKind::Sequence) => &ALL_ON_SEQUENCE,
            ("ALL" | "ALL PRIVILEGES", ObjectKind::Schema) => &ALL_ON_SCHEMA,
            ("ALL" | "ALL PRIVILEGES", kind) if kind.is_relation() => &ALL_ON_TABLE,
            ("ALL" | "ALL PRIVILEGES", ObjectKind::Routine) => &["EXECUTE"],
            _ => &[],
        };
        if whole.is_empty() {
            all.push(if word == "ALL PRIVILEGES" { "ALL".to_owned() } else { word.to_owned() });
        }
        all.extend(whole.iter().map(ToString::to_string));
    }
    all
}
