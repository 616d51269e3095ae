//! Whether two sets of scripts make the same schema.

use std::collections::BTreeMap;

use super::pair::Verdict;
use super::schema::{Opaque, Schema, Script};
use super::taken;
use crate::catalog::{Column, Difference, DifferenceKind, ObjectRef, Parts, RelationKind, diff};

/// What two sets of scripts make of one schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equality {
    /// Whether both make the same; `None` where that cannot be told.
    pub equal: Option<bool>,
    /// What is not the same.
    pub unlike: Vec<Unlike>,
    /// Why it cannot be told, or what is the same but for the order of columns: each one sentence.
    pub notes: Vec<String>,
}

/// An object that is not the same in both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unlike {
    /// The object, or the part of one.
    pub object: ObjectRef,
    /// What the first makes of it; `None` where it is not there.
    pub a: Option<String>,
    /// What the second makes of it.
    pub b: Option<String>,
}

/// Replays two sets of scripts on one schema, and compares what they leave. Positions of columns do not count.
#[must_use]
pub fn equality(base: &Schema, a: &[Script], b: &[Script]) -> Equality {
    let (mut notes, mut known) = (Vec::new(), true);
    let mut play = |scripts: &[Script]| {
        let mut schema = base.clone();
        for (at, script) in (0..).zip(scripts) {
            let played = schema.play(script, u32::MAX - 1 - at);
            if let Some(Opaque { statement, why, .. }) = played.opaque.first() {
                notes.push(format!("statement {} of {}: {why}", statement + 1, script.name));
                known = false;
            }
            if let Some(failure) = played.failures.first() {
                notes.push(format!("statement {} of {} fails: {}", failure.statement + 1, script.name, failure.why));
                known = false;
            }
        }
        schema
    };
    let (one, other) = (play(a), play(b));
    let (unlike, open) = unlike(&one, &other);
    for object in &open {
        let object = object.in_words(one.catalog.dialect());
        notes.push(format!("which columns {object} takes in is not known, and what it takes them from differs"));
    }
    known &= open.is_empty();
    for name in reordered(&one, &other) {
        notes.push(format!("the columns of {name} stand in another order"));
    }
    let equal = if known { Some(unlike.is_empty()) } else { None };
    Equality { equal, unlike, notes }
}

impl Equality {
    /// As a verdict on two scripts would say it.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.equal {
            Some(true) => Verdict::Independent,
            Some(false) => Verdict::Conflicting,
            None => Verdict::Unknown,
        }
    }
}

/// What is not the same, and the objects of which nobody knows whether they are.
fn unlike(one: &Schema, other: &Schema) -> (Vec<Unlike>, Vec<ObjectRef>) {
    let (mut open, columns_known) = (Vec::new(), |object: &ObjectRef| {
        let whole = |schema: &Schema| {
            let found = schema.catalog.relation_if_applied(&object.name);
            found.is_some_and(|found| found.kind == RelationKind::Table && found.complete)
        };
        object.part.is_none() && whole(one) && whole(other)
    });
    let mut found: BTreeMap<ObjectRef, (Vec<String>, Vec<String>)> = BTreeMap::new();
    for Difference { object, kind } in diff(&one.catalog, &other.catalog) {
        // Functions stand in the ledger, each by the types of its parameters.
        if object.kind.is_routine() {
            continue;
        }
        let entry = found.entry(object.clone()).or_default();
        match kind {
            DifferenceKind::Removed => entry.0.push(one.catalog.definition(&object).unwrap_or_default()),
            DifferenceKind::Added => entry.1.push(other.catalog.definition(&object).unwrap_or_default()),
            DifferenceKind::Changed { what: "partly known", .. } => {}
            // A table does not remember the query that it was made of.
            DifferenceKind::Changed { what: "reads", .. } if columns_known(&object) => {}
            DifferenceKind::Changed { what, from, to } => {
                entry.0.extend(from.map(|text| said(what, &text)));
                entry.1.extend(to.map(|text| said(what, &text)));
            }
        }
    }
    for slot in one.ledger.disagreements(&other.ledger) {
        let of_query = slot.about == "query" || slot.about == taken::ABOUT;
        if of_query && columns_known(&slot.object) {
            continue;
        }
        if slot.about == taken::ABOUT {
            // Where queries differ, that is what is said.
            let alike = one.ledger.get(&slot.object, "query") == other.ledger.get(&slot.object, "query");
            let present = |schema: &Schema| schema.catalog.presence(&slot.object).is_present();
            if alike && present(one) && present(other) {
                open.push(slot.object);
            }
            continue;
        }
        let entry = found.entry(slot.object.clone()).or_default();
        entry.0.extend(slot.from.map(|text| said(&slot.about, &text)));
        entry.1.extend(slot.to.map(|text| said(&slot.about, &text)));
    }
    let there = |schema: &Schema, object: &ObjectRef, texts: Vec<String>| {
        let joined = texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ");
        (schema.catalog.presence(object).is_present() || !joined.is_empty()).then_some(joined)
    };
    let compared = found.into_iter().map(|(object, (a, b))| {
        let (a, b) = (there(one, &object, a), there(other, &object, b));
        Unlike { object, a, b }
    });
    (compared.filter(|unlike| unlike.a != unlike.b).collect(), open)
}

fn said(what: &str, text: &str) -> String {
    match what {
        "type" | "kind" | "query" | "definition" => text.to_owned(),
        what if text.is_empty() => what.to_owned(),
        what => format!("{what} {text}"),
    }
}

/// The tables that differ only in the order of their columns.
fn reordered(one: &Schema, other: &Schema) -> Vec<String> {
    let mut found = Vec::new();
    for table in one.catalog.relations() {
        let Some(twin) = other.catalog.relation_if_applied(&table.name) else { continue };
        let names =
            |columns: &Parts<Column>| -> Vec<String> { columns.iter().map(|column| column.name.clone()).collect() };
        let (mut here, mut there) = (names(&table.columns), names(&twin.columns));
        if here != there {
            here.sort_unstable();
            there.sort_unstable();
            if here == there {
                found.push(table.name.spelled(one.catalog.dialect()));
            }
        }
    }
    found
}
