//! Two sets of scripts: each script of the one against each of the other.

use super::pair::{Pair, pair};
use super::schema::{Schema, Script};

/// Two scripts of different sets, by their places, and what they are to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossing {
    /// The script of the first set.
    pub a: usize,
    /// The script of the second set.
    pub b: usize,
    /// What they are to each other.
    pub pair: Pair,
}

/// Judges each script of one set against each of the other that `wanted` names. Two scripts meet on the schema that those
/// before them leave in their sets; so if all pairs may change places, the sets may.
#[must_use]
pub fn crossings(
    base: &Schema,
    ones: &[Script],
    others: &[Script],
    wanted: &dyn Fn(usize, usize) -> bool,
) -> Vec<Crossing> {
    let numbered = |at: usize, script| (script, u32::MAX - u32::try_from(at).unwrap_or(0) - 1);
    let mut found = Vec::new();
    let mut along = base.clone();
    let mut before = 0;
    for (a, one) in ones.iter().enumerate() {
        let one = numbered(a, one);
        // Those that come before it are there in either order.
        while let Some(other) = others.get(before).filter(|_| !wanted(a, before)) {
            let other = numbered(ones.len() + before, other);
            along.replay(other.0, other.1);
            before += 1;
        }
        let mut ground = along.clone();
        for (b, other) in others.iter().enumerate().skip(before) {
            let other = numbered(ones.len() + b, other);
            if wanted(a, b) {
                found.push(Crossing { a, b, pair: pair(&ground, one, other) });
            }
            ground.replay(other.0, other.1);
        }
        along.replay(one.0, one.1);
    }
    found
}
