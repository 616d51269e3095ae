//! Findings → those that count, and those that an ignore is about.

use super::{Ignore, Ignores};
use crate::finding::{Finding, Label};
use crate::settings::{Date, Flightcheck};

/// Findings after the ignores.
#[derive(Debug, Clone, Default)]
pub struct Sifted<'a> {
    /// Those that count.
    pub kept: Vec<Finding>,
    /// Those that do not, each with its ignore.
    pub ignored: Vec<(Finding, &'a Ignore)>,
    /// The names of rules in ignores that nothing was found for.
    pub unused: Vec<Unused<'a>>,
}

/// A rule that an ignore names and that found nothing there.
#[derive(Debug, Clone, Copy)]
pub struct Unused<'a> {
    /// The ignore.
    pub ignore: &'a Ignore,
    /// The rule.
    pub rule: &'a str,
    /// Where it is named.
    pub place: &'a Label,
}

/// Takes out what is ignored. An ignore that is expired, or does not say why although it has to, does not apply.
#[must_use]
pub fn sift<'a>(
    findings: Vec<Finding>,
    ignores: &'a Ignores,
    settings: &Flightcheck,
    today: Option<Date>,
) -> Sifted<'a> {
    let applies = |ignore: &&Ignore| !ignore.is_expired(today) && !ignore.lacks_reason(settings);
    let applying: Vec<&Ignore> = ignores.all.iter().filter(applies).collect();
    let mut used: Vec<Vec<bool>> = applying.iter().map(|ignore| vec![false; ignore.rules.len()]).collect();
    let mut sifted = Sifted::default();
    for finding in findings {
        let mut by = None;
        // All ignores that are about it are used, not only the first.
        for (ignore, used) in applying.iter().zip(&mut used) {
            let Some(named) = ignore.rules.iter().position(|(rule, _)| rule == finding.rule) else { continue };
            if ignore.reaches(settings, &finding.primary) {
                used[named] = true;
                by = by.or(Some(*ignore));
            }
        }
        match by {
            Some(ignore) => sifted.ignored.push((finding, ignore)),
            None => sifted.kept.push(finding),
        }
    }
    for (ignore, used) in applying.iter().zip(used) {
        let names = ignore.rules.iter().zip(used).filter(|(_, used)| !used);
        sifted.unused.extend(names.map(|((rule, place), _)| Unused { ignore, rule, place }));
    }
    sifted
}
