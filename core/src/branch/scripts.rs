//! Which scripts of the branch are those of the base, and what became of the others.

use std::collections::{BTreeMap, BTreeSet};

use super::kind::{ChangeKind, kind_of_change};
use super::side::{Key, Script, Scripted, Side};
use crate::dependency;
use crate::layout::Kind;
use crate::settings::Tool;
use crate::text::Casing;

/// A merged script that the branch edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The script on the branch.
    pub path: String,
    /// The script as it was merged.
    pub was: Script,
    /// What the edit changes.
    pub change: ChangeKind,
    /// The text as it was merged, where it is known.
    pub text: Option<String>,
}

/// A merged script that has another version or description on the branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// The script on the branch.
    pub path: String,
    /// The script as it was merged.
    pub was: Script,
    /// What the branch changes in it beside its name.
    pub change: Option<ChangeKind>,
}

/// A merged script that the branch no longer has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted {
    /// The script as it was merged.
    pub was: Script,
}

/// A script of the branch whose version, or name where it has none, the base gave to another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The script on the branch.
    pub path: String,
    /// The script on the base.
    pub by: Script,
    /// Whether the branch holds that script, too: it was merged into it.
    pub is_here: bool,
}

/// A repeatable script that both sides changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeatable {
    /// The script on the branch.
    pub path: String,
    /// The script on the base.
    pub other: Script,
    /// Whether the two had one in common.
    pub had_common: bool,
}

/// What became of all scripts.
#[derive(Default)]
pub(super) struct Scripts {
    pub(super) added: BTreeSet<String>,
    pub(super) edited: Vec<Edited>,
    pub(super) renamed: Vec<Renamed>,
    pub(super) deleted: Vec<Deleted>,
    pub(super) taken: Vec<Taken>,
    pub(super) repeatables: Vec<Repeatable>,
    /// Scripts that only the base got since.
    pub(super) meanwhile: Vec<dependency::Script>,
    /// Scripts that are the same bytes under the same name, and another migration or none: before, and now.
    pub(super) altered: Vec<(Script, Option<Script>)>,
}

/// Compares the scripts of the branch with those that it had in common with the base, and with those of the base.
pub(super) fn compare(own: &Scripted<'_>, ancestor: &Scripted<'_>, tip: &Scripted<'_>) -> Scripts {
    let meanwhile = meanwhile(own, ancestor, tip);
    let (now, before, base) = (&own.scripts, &ancestor.scripts, &tip.scripts);
    let (own, ancestor, tip) = (own.side, ancestor.side, tip.side);
    let by_key: BTreeMap<&Key, &Script> = base.iter().rev().map(|script| (&script.key, script)).collect();
    let mut pairs = Pairs::new(own, ancestor, now, before);
    pairs.match_all();
    let mut found = Scripts { meanwhile, ..Scripts::default() };
    for (at, was) in before.iter().enumerate() {
        let other = by_key.get(&was.key).copied();
        match pairs.of_before[at] {
            // Of a version that the base took twice, one has to get another.
            Some(to) if now[to].key != was.key && twice(before, &was.key) => {}
            Some(to) => found.kept((own, &now[to]), (ancestor, was), tip, other),
            // What the base has deleted as well is nobody's concern.
            None if other.is_some() && !twice(before, &was.key) => found.lost((own, ancestor), was, now),
            None => {}
        }
    }
    let altered = found.altered.iter().filter_map(|(_, now)| Some(now.as_ref()?.path.clone()));
    let altered: BTreeSet<String> = altered.collect();
    let is_new = |at: usize| !pairs.is_taken[at] && !altered.contains(&now[at].path);
    for script in (0..now.len()).filter(|at| is_new(*at)).map(|at| &now[at]) {
        let kept = (0..now.len()).find(|at| pairs.is_taken[*at] && now[*at].key == script.key);
        let kept = kept.map(|at| &now[at]);
        found.add(own, tip, script, base, kept);
    }
    found
}

/// The scripts that the base got since the branch left it, and repeatable ones that it changed, without those that the
/// branch has as well.
fn meanwhile(own: &Scripted<'_>, ancestor: &Scripted<'_>, tip: &Scripted<'_>) -> Vec<dependency::Script> {
    let (here, before) = (Twins::new(own), Twins::new(ancestor));
    let is_new = |other: &&Script| {
        let had = match other.kind() {
            Kind::Repeatable => before.has_same(tip.side, other),
            Kind::Baseline => true,
            _ => before.of(other).next().is_some(),
        };
        !had && !here.has_same(tip.side, other)
    };
    let new = tip.scripts.iter().filter(is_new);
    new.map(|other| dependency::Script { name: other.path.clone(), reading: None }).collect()
}

/// The scripts of a side by what they may share with those of another.
struct Twins<'a> {
    side: &'a Side<'a>,
    by_key: BTreeMap<&'a Key, &'a Script>,
    by_path: BTreeMap<&'a str, &'a Script>,
}

impl<'a> Twins<'a> {
    fn new(of: &'a Scripted<'_>) -> Self {
        let by_key = of.scripts.iter().map(|script| (&script.key, script)).collect();
        let by_path = of.scripts.iter().map(|script| (script.path.as_str(), script)).collect();
        Self { side: of.side, by_key, by_path }
    }

    /// Those with the version or the path of another.
    fn of(&self, other: &Script) -> impl Iterator<Item = &'a Script> {
        self.by_path.get(other.path.as_str()).into_iter().chain(self.by_key.get(&other.key)).copied()
    }

    /// Whether one of them does the same.
    fn has_same(&self, side: &Side<'_>, other: &Script) -> bool {
        self.of(other).any(|twin| kind_of_change((self.side, twin), (side, other)).is_none())
    }
}

/// Whether a side has two scripts of one key.
fn twice(scripts: &[Script], key: &Key) -> bool {
    scripts.iter().filter(|script| script.key == *key).nth(1).is_some()
}

impl Scripts {
    /// A script of the base that the branch still has.
    fn kept(&mut self, now: (&Side<'_>, &Script), was: (&Side<'_>, &Script), tip: &Side<'_>, other: Option<&Script>) {
        let (own, script) = now;
        let change = kind_of_change(now, was);
        // The base may have made the same change meanwhile.
        let differs = |other: &Script| kind_of_change(now, (tip, other));
        let renamed = script.key != was.1.key || own.tool == Tool::Flyway && script.description != was.1.description;
        let same_on_base = other.is_some_and(|other| {
            differs(other).is_none() && other.description == script.description && other.key == script.key
        });
        if same_on_base {
            return;
        }
        if renamed {
            self.renamed.push(Renamed { path: script.path.clone(), was: was.1.clone(), change });
            return;
        }
        let Some(change) = change else { return };
        if script.kind() == Kind::Repeatable {
            let other = other.filter(|other| kind_of_change((tip, other), was).is_some());
            self.repeatables.extend(other.map(|other| Repeatable {
                path: script.path.clone(),
                other: other.clone(),
                had_common: true,
            }));
            return;
        }
        let text = (was.0.text)(&was.1.path);
        self.edited.push(Edited { path: script.path.clone(), was: was.1.clone(), change, text });
    }

    /// A script of the base that the branch does not have.
    fn lost(&mut self, (own, ancestor): (&Side<'_>, &Side<'_>), was: &Script, now: &[Script]) {
        if own.has_same(&was.path, ancestor) {
            let same = now.iter().find(|script| script.path == was.path);
            self.altered.push((was.clone(), same.cloned()));
            return;
        }
        self.deleted.push(Deleted { was: was.clone() });
    }

    /// A script that the two sides did not have in common. `kept` is a merged one with its key that the branch has, too.
    fn add(&mut self, own: &Side<'_>, tip: &Side<'_>, script: &Script, base: &[Script], kept: Option<&Script>) {
        let others = base.iter().filter(|other| other.key == script.key);
        let same = |other: &&Script| {
            other.description == script.description && kind_of_change((own, script), (tip, other)).is_none()
        };
        let others: Vec<&Script> = others.collect();
        if others.iter().any(same) {
            return;
        }
        self.added.insert(script.path.clone());
        let Some(other) = others.first().copied().or(kept) else { return };
        if script.kind() == Kind::Repeatable {
            let other = other.clone();
            self.repeatables.push(Repeatable { path: script.path.clone(), other, had_common: false });
            return;
        }
        let is_here = kept.is_some();
        self.taken.push(Taken { path: script.path.clone(), by: kept.unwrap_or(other).clone(), is_here });
    }
}

/// Which script of before is which now.
struct Pairs<'a> {
    own: &'a Side<'a>,
    ancestor: &'a Side<'a>,
    now: &'a [Script],
    before: &'a [Script],
    of_before: Vec<Option<usize>>,
    is_taken: Vec<bool>,
}

impl<'a> Pairs<'a> {
    fn new(own: &'a Side<'a>, ancestor: &'a Side<'a>, now: &'a [Script], before: &'a [Script]) -> Self {
        Self { own, ancestor, now, before, of_before: vec![None; before.len()], is_taken: vec![false; now.len()] }
    }

    /// First what is the same for certain, then what is likely.
    fn match_all(&mut self) {
        let path = |script: &Script| script.path.clone();
        self.match_by(|script| (script.key.clone(), path(script)), |_, _| true);
        self.match_by(|script| (script.key.clone(), script.name().to_owned()), |_, _| true);
        let (own, ancestor) = (self.own, self.ancestor);
        let same_text = |now: &Script, was: &Script| kind_of_change((own, now), (ancestor, was)).is_none();
        self.match_by(|script| script.key.clone(), same_text);
        // One that is there twice now is the base's, edited under another name, or another one with its version.
        let renamed = |now: &Script, was: &Script| now.description == was.description || now.path == was.path;
        self.match_by(|script| script.key.clone(), renamed);
        let elsewhere = |now: &Script, was: &Script| {
            !own.files.contains_key(&was.path)
                && now.kind() == was.kind()
                && now.kind() != Kind::Repeatable
                && same_text(now, was)
        };
        self.match_by(|script| script.checksum, elsewhere);
        let gone = |now: &Script, was: &Script| {
            let similar = alike(own, ancestor, now, was);
            !own.files.contains_key(&was.path) && similar
        };
        self.match_by(|script| script.key.clone(), gone);
        let moved = |now: &Script, was: &Script| {
            !own.files.contains_key(&was.path)
                && now.kind() == was.kind()
                && now.kind() != Kind::Repeatable
                && alike(own, ancestor, now, was)
        };
        self.match_by(|script| script.description.clone(), moved);
    }

    /// Matches what is left where both have the same of something, and `fits`.
    fn match_by<T: Ord>(&mut self, key: impl Fn(&Script) -> T, fits: impl Fn(&Script, &Script) -> bool) {
        let mut free: BTreeMap<T, Vec<usize>> = BTreeMap::new();
        for at in (0..self.now.len()).filter(|at| !self.is_taken[*at]) {
            free.entry(key(&self.now[at])).or_default().push(at);
        }
        if free.is_empty() {
            return;
        }
        for at in 0..self.before.len() {
            if self.of_before[at].is_some() {
                continue;
            }
            let was = &self.before[at];
            let candidates = free.get(&key(was)).into_iter().flatten().copied();
            let found = candidates.filter(|to| !self.is_taken[*to]).find(|to| fits(&self.now[*to], was));
            if let Some(to) = found {
                (self.of_before[at], self.is_taken[to]) = (Some(to), true);
            }
        }
    }
}

/// Whether two texts have at least half of their lines in common, as Git asks of a rename.
fn alike(own: &Side<'_>, ancestor: &Side<'_>, now: &Script, was: &Script) -> bool {
    let (Some(now), Some(was)) = ((own.text)(&now.path), (ancestor.text)(&was.path)) else { return false };
    let lines = |text: &str| -> BTreeSet<String> {
        text.lines().map(|line| line.trim().lower()).filter(|line| !line.is_empty()).collect()
    };
    let (now, was) = (lines(&now), lines(&was));
    2 * now.intersection(&was).count() >= now.len().max(was.len())
}
