//! What brings back texts, comments, grants and settings.

use std::collections::BTreeMap;

use super::restore::{Pieces, Restorer, Turn, lost};
use crate::catalog::{DifferenceKind, ObjectRef};
use crate::change::ObjectKind;
use crate::rollback::book::{Aspect, Key, Note};
use crate::sql::Dialect;
use crate::text::Casing;

/// Privileges of one role on one object, as they are to be given or taken: the last word is whether with grant option.
type Grants = BTreeMap<(ObjectRef, String, &'static str), Vec<String>>;

impl Restorer<'_> {
    /// Says again what the notes said before the statement.
    pub(super) fn notes(&self, pieces: &mut Pieces) {
        let mut grants = Grants::new();
        for (key, old) in &self.done.notes {
            let object = key.object();
            if self.moves(key) || self.comes(&object) && old.is_none() && key.aspect != Aspect::Definition {
                continue;
            }
            let new = self.book.get(key).filter(|_| true);
            match &key.aspect {
                Aspect::Definition => self.definition(key, old.as_ref(), new, pieces),
                Aspect::Comment => {
                    let said = old.as_ref().map_or("NULL", |note| &note.source);
                    let text = self.commented(&object).map(|on| format!("COMMENT ON {on} IS {said};"));
                    pieces.extend(text.map(|text| (Turn::Say, text)));
                }
                Aspect::Grant(privilege, grantee) => {
                    let verb = match old.as_ref().map(|note| note.said.as_str()) {
                        Some("granted") => "GRANT",
                        Some("granted with grant option") => "GRANT WITH",
                        None if new.is_some_and(|note| note.said == "revoked") => "GRANT",
                        _ => "REVOKE",
                    };
                    grants.entry((object, grantee.clone(), verb)).or_default().push(privilege.clone());
                }
                Aspect::Setting(name) => {
                    let text = self.setting(&object, name, old.as_ref(), new);
                    pieces.extend(text.map(|text| (Turn::Say, text)));
                }
            }
        }
        pieces.extend(grants.iter().map(|(to, privileges)| (Turn::Say, self.grant(to, privileges))));
    }

    /// Whether a note only stands under another name from now on.
    fn moves(&self, key: &Key) -> bool {
        self.done.renamed.iter().any(|renamed| renamed.from.name == key.name || renamed.to.name == key.name)
    }

    /// Whether the statement makes an object, or the table that it is a part of.
    fn comes(&self, object: &ObjectRef) -> bool {
        let made = |kind: &DifferenceKind| *kind == DifferenceKind::Added;
        self.done.diffs.iter().any(|diff| {
            made(&diff.kind)
                && (diff.object == *object || diff.object.part.is_none() && diff.object.name == object.name)
        })
    }

    fn definition(&self, key: &Key, old: Option<&Note>, new: Option<&Note>, pieces: &mut Pieces) {
        let spell = self.spell;
        let (name, exists) = (spell.name(&key.name), spell.if_exists());
        let part = key.part.as_deref().map(|part| spell.part(part)).unwrap_or_default();
        let again = old.map(|note| spell.again(&note.source));
        let (drop, gone, made) = match key.kind {
            ObjectKind::View | ObjectKind::MaterializedView => {
                let kind = if key.kind == ObjectKind::View { "VIEW" } else { "MATERIALIZED VIEW" };
                self.view(key, old, new, &format!("DROP {kind} {exists}{name};"), pieces);
                return;
            }
            ObjectKind::Trigger | ObjectKind::Policy | ObjectKind::Rule => {
                let kind = key.kind.as_str().upper();
                let alone = matches!(
                    spell.dialect,
                    Dialect::Mysql | Dialect::Mariadb | Dialect::Sqlite | Dialect::Oracle | Dialect::SqlServer
                );
                let on = if alone { String::new() } else { format!(" ON {name}") };
                (Some(format!("DROP {kind} {exists}{part}{on};")), Turn::DropAttached, Turn::MakeAttached)
            }
            ObjectKind::Routine => {
                let source = new.or(old).map(|note| note.source.upper()).unwrap_or_default();
                let head: String = source.chars().take(120).collect();
                let kind =
                    if head.contains("PROCEDURE") && !head.contains("FUNCTION") { "PROCEDURE" } else { "FUNCTION" };
                let alone = self.after.overloads(&key.name).len() == 1 && spell.careful;
                let arguments = match spell.dialect {
                    Dialect::Postgres if alone => String::new(),
                    Dialect::Postgres => format!("({})", key.part.as_deref().unwrap_or_default()),
                    _ => String::new(),
                };
                // One that stays is replaced, as others may need it.
                let replaces = old.is_some() && new.is_some() && spell.dialect == Dialect::Postgres;
                let drop = (!replaces).then(|| format!("DROP {kind} {exists}{name}{arguments};"));
                let text = again.map(|text| if replaces { or_replace(&text) } else { text });
                if new.is_some() {
                    pieces.extend(drop.map(|drop| (Turn::DropRoutine, drop)));
                }
                pieces.extend(text.map(|text| (Turn::MakeRoutine, text)));
                return;
            }
            ObjectKind::Type => (None, Turn::DropType, Turn::MakeType),
            kind => {
                let words = kind.as_str().replace('-', " ").upper();
                let name = if key.name.schema.is_empty() { spell.part(&key.name.name) } else { name };
                (Some(format!("DROP {words} {exists}{name};")), Turn::DropOther, Turn::MakeOther)
            }
        };
        if new.is_some() && !self.table_goes(key) {
            pieces.extend(drop.map(|drop| (gone, drop)));
        }
        pieces.extend(again.map(|text| (made, text)));
    }

    /// Whether the table of a part is made by the statement, so that the part goes with it.
    fn table_goes(&self, key: &Key) -> bool {
        let whole = |object: &ObjectRef| object.part.is_none() && object.name == key.name && key.part.is_some();
        self.done.diffs.iter().any(|diff| whole(&diff.object) && diff.kind == DifferenceKind::Added)
    }

    /// A view that is replaced is made anew where its columns are others, with all that was said of it.
    fn view(&self, key: &Key, old: Option<&Note>, new: Option<&Note>, drop: &str, pieces: &mut Pieces) {
        let columns = |catalog: &crate::catalog::Catalog| {
            let found = catalog.relation_if_applied(&key.name)?;
            let names = found.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>();
            found.complete.then_some(names)
        };
        let Some(old) = old else { return };
        let text = self.spell.again(&old.source);
        if new.is_none() {
            return pieces.push((Turn::MakeView, text));
        }
        let same = columns(self.before).zip(columns(self.after)).is_some_and(|(old, new)| old == new);
        let known =
            matches!(self.spell.dialect, Dialect::Postgres | Dialect::Mysql | Dialect::Mariadb | Dialect::Oracle);
        let plain = key.kind == ObjectKind::View && known && (same || self.spell.dialect != Dialect::Postgres);
        if plain {
            return pieces.push((Turn::MakeView, or_replace(&text)));
        }
        pieces.push((Turn::DropView, drop.to_owned()));
        pieces.push((Turn::MakeView, text));
        let mut grants = Grants::new();
        for other in self.book.about(&key.name) {
            let Some(note) = super::noted(self.done, self.book, &other) else { continue };
            match &other.aspect {
                Aspect::Comment => {
                    let on = self.commented(&other.object());
                    pieces.extend(on.map(|on| (Turn::Say, format!("COMMENT ON {on} IS {};", note.source))));
                }
                Aspect::Grant(privilege, grantee) if note.said != "revoked" => {
                    let verb = if note.said == "granted" { "GRANT" } else { "GRANT WITH" };
                    grants.entry((other.object(), grantee.clone(), verb)).or_default().push(privilege.clone());
                }
                _ => {}
            }
        }
        pieces.extend(grants.iter().map(|(to, privileges)| (Turn::Say, self.grant(to, privileges))));
    }

    /// What stands after `COMMENT ON`.
    fn commented(&self, object: &ObjectRef) -> Option<String> {
        let spell = self.spell;
        let kind = object.kind.as_str().replace('-', " ").upper();
        let name = spell.name(&object.name);
        Some(match (object.kind, object.part.as_deref()) {
            (ObjectKind::Column, Some(part)) => format!("COLUMN {name}.{}", spell.part(part)),
            (ObjectKind::Index, Some(part)) => format!("INDEX {}", spell.name(&object.name.beside(part))),
            (_, Some(part)) => format!("{kind} {} ON {name}", spell.part(part)),
            (ObjectKind::Routine, None) if self.before.overloads(&object.name).len() != 1 => return None,
            (ObjectKind::Routine, None) => format!("ROUTINE {name}"),
            (ObjectKind::Schema | ObjectKind::Extension | ObjectKind::Database, None) => {
                format!("{kind} {}", spell.part(&object.name.name))
            }
            (_, None) => format!("{kind} {name}"),
        })
    }

    fn grant(&self, (object, grantee, verb): &(ObjectRef, String, &'static str), privileges: &[String]) -> String {
        let spell = self.spell;
        let to = if grantee == "PUBLIC" { grantee.clone() } else { spell.part(grantee) };
        let privileges = privileges.join(", ");
        let (give, preposition, option) = match *verb {
            "REVOKE" => ("REVOKE", "FROM", ""),
            "GRANT WITH" => ("GRANT", "TO", " WITH GRANT OPTION"),
            _ => ("GRANT", "TO", ""),
        };
        if object.kind == ObjectKind::DefaultPrivileges {
            let schema = &object.name.name;
            let within = if schema.is_empty() { String::new() } else { format!(" IN SCHEMA {}", spell.part(schema)) };
            let kind = format!("{}S", object.part.as_deref().unwrap_or_default().upper());
            return format!(
                "ALTER DEFAULT PRIVILEGES{within} {give} {privileges} ON {kind} {preposition} {to}{option};"
            );
        }
        let kind = match object.kind {
            ObjectKind::Table | ObjectKind::View | ObjectKind::MaterializedView => String::new(),
            kind => format!("{} ", kind.as_str().replace('-', " ").upper()),
        };
        let name =
            if object.kind == ObjectKind::Schema { spell.part(&object.name.name) } else { spell.name(&object.name) };
        format!("{give} {privileges} ON {kind}{name} {preposition} {to}{option};")
    }

    fn setting(&self, object: &ObjectRef, setting: &str, old: Option<&Note>, new: Option<&Note>) -> Option<String> {
        let spell = self.spell;
        let name = spell.name(&object.name);
        let kind = match object.kind {
            ObjectKind::Column => "TABLE".to_owned(),
            kind => kind.as_str().replace('-', " ").upper(),
        };
        let alter = format!("ALTER {kind} {name}");
        let source = old.map(|note| note.source.trim().to_owned());
        let column = object.part.as_deref().map(|part| format!("ALTER COLUMN {}", spell.part(part)));
        let action = match (setting, source) {
            ("index options", _) => return None,
            ("row level security", None) => "DISABLE ROW LEVEL SECURITY".to_owned(),
            ("forced row level security", None) => "NO FORCE ROW LEVEL SECURITY".to_owned(),
            ("row level security", Some(_)) => "ENABLE ROW LEVEL SECURITY".to_owned(),
            ("forced row level security", Some(_)) => "FORCE ROW LEVEL SECURITY".to_owned(),
            ("replica identity", None) => "REPLICA IDENTITY DEFAULT".to_owned(),
            ("clustering", None) => "SET WITHOUT CLUSTER".to_owned(),
            ("increment", value) => format!("INCREMENT {}", value.unwrap_or("1".into())),
            ("start", value) => format!("START {}", value.unwrap_or("1".into())),
            ("cache", value) => format!("CACHE {}", value.unwrap_or("1".into())),
            ("type", value) => format!("AS {}", value.unwrap_or("bigint".into())),
            ("minvalue", None) => "NO MINVALUE".to_owned(),
            ("maxvalue", None) => "NO MAXVALUE".to_owned(),
            ("minvalue" | "maxvalue", Some(value)) => format!("{} {value}", setting.upper()),
            ("cycle", None) => "NO CYCLE".to_owned(),
            ("cycle", Some(_)) => "CYCLE".to_owned(),
            ("statistics target", None) => format!("{} SET STATISTICS -1", column?),
            (setting, value) if setting.starts_with("option ") => {
                let option = setting.trim_start_matches("option ");
                value.map_or_else(|| format!("RESET ({option})"), |value| format!("SET ({option} = {value})"))
            }
            (setting, None) if setting.starts_with("switch of ") || setting.starts_with("visibility of ") => {
                let said = new?.source.trim().to_owned();
                let reversed =
                    [("DISABLE", "ENABLE"), ("disable", "enable"), ("INVISIBLE", "VISIBLE"), ("invisible", "visible")];
                let found = reversed.iter().find(|(word, _)| said.contains(word))?;
                said.replacen(found.0, found.1, 1)
            }
            (_, Some(said)) if !said.is_empty() => said,
            (setting, _) => return Some(lost(&format!("what the {setting} of {name} was before"))),
        };
        Some(format!("{alter} {action};"))
    }
}

/// A definition that replaces the one that is there.
fn or_replace(text: &str) -> String {
    let head = text.get(..24).unwrap_or(text).upper();
    if head.contains("OR REPLACE") || !head.starts_with("CREATE ") {
        return text.to_owned();
    }
    format!("CREATE OR REPLACE {}", text[7..].trim_start())
}
