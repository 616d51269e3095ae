//! The order in which what one statement did is reversed: what others need goes last and comes back first.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Difference, DifferenceKind, ObjectName, ObjectRef};

/// The differences so that none stands in the way of the next.
pub(super) fn ordered<'d>(diffs: &'d [Difference], before: &Catalog, after: &Catalog) -> Vec<&'d Difference> {
    let mut sorted: Vec<&Difference> = diffs.iter().collect();
    let of = |kind: &DifferenceKind, side| Heights::new(diffs, kind, side);
    let (mut made, mut dropped) = (of(&DifferenceKind::Added, after), of(&DifferenceKind::Removed, before));
    sorted.sort_by_cached_key(|diff| match diff.kind {
        DifferenceKind::Added => (0, made.of(&diff.object)),
        DifferenceKind::Changed { .. } => (1, 0),
        DifferenceKind::Removed => (2, -dropped.of(&diff.object)),
    });
    sorted
}

/// How much rests on each object, among those that came or went in one statement.
struct Heights<'a> {
    catalog: &'a Catalog,
    known: BTreeMap<&'a ObjectRef, Option<i32>>,
    wholes: BTreeMap<&'a ObjectName, &'a ObjectRef>,
}

impl<'a> Heights<'a> {
    fn new(diffs: &'a [Difference], kind: &DifferenceKind, catalog: &'a Catalog) -> Self {
        let objects = diffs.iter().filter(|diff| diff.kind == *kind).map(|diff| &diff.object);
        let wholes = objects.clone().filter(|object| object.part.is_none()).map(|object| (&object.name, object));
        Self { catalog, known: objects.clone().map(|object| (object, None)).collect(), wholes: wholes.collect() }
    }

    /// The length of the longest chain of objects that need the next one, down to this.
    fn of(&mut self, object: &ObjectRef) -> i32 {
        let Some((&object, known)) = self.known.get_key_value(object) else { return 0 };
        if let Some(height) = known {
            return *height;
        }
        // Who is met again on the way, in a circle, is not counted twice.
        self.known.insert(object, Some(0));
        let mut height = 0;
        for dependent in self.catalog.dependents_of(object) {
            let among = self.known.get_key_value(&dependent).map(|(among, _)| *among);
            let among = among.or_else(|| self.wholes.get(&dependent.name).copied());
            if let Some(among) = among.filter(|among| *among != object) {
                height = height.max(self.of(among) + 1);
            }
        }
        self.known.insert(object, Some(height));
        height
    }
}
