//! What a finding counts as: the rule's own severity, unless the settings say otherwise for its place.

use std::collections::BTreeMap;

use crate::finding::{Label, Severity};

use super::Flightcheck;

/// Rules by name, each with the severity of its findings (`None`: off) and the place that says so.
pub type Levels = BTreeMap<String, (Option<Severity>, Label)>;

/// The lowest severity that makes `check` fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// From this severity on.
    From(Severity),
    /// Findings never do.
    Never,
}

impl FailOn {
    /// Reads `error`, `warning`, `info` or `never`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text == "never" { Some(Self::Never) } else { level(text).map(Self::From) }
    }

    /// The lowest severity that fails; `None` where none does.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        if let Self::From(lowest) = self { Some(lowest) } else { None }
    }
}

/// The severity that a word stands for; `None` for `off`.
pub(super) fn level(word: &str) -> Option<Severity> {
    let all = [Severity::Info, Severity::Warning, Severity::Error];
    all.into_iter().find(|severity| severity.as_str() == word)
}

/// A share in hundredths of a per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u32);

impl Percent {
    /// Reads `95%`, `95`, `99.5 %`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = text.trim().trim_end_matches('%').trim_end();
        let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty();
        if !digits(whole) || !digits(fraction) || fraction.len() > 2 {
            return None;
        }
        let hundredths = format!("{fraction:0<2}").parse::<u32>().ok()?;
        let all = whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(hundredths)?;
        (all <= 10_000).then_some(Self(all))
    }

    /// The share that a part is of a number, to the nearest hundredth; `None` of nothing.
    #[must_use]
    pub fn of(part: usize, of: usize) -> Option<Self> {
        let hundredths = (part.saturating_mul(10_000) + of / 2).checked_div(of)?;
        u32::try_from(hundredths).ok().map(Self)
    }

    /// The share in hundredths of a per cent.
    #[must_use]
    pub fn hundredths(self) -> u32 {
        self.0
    }

    /// What part of a number is at least that share.
    #[must_use]
    pub fn is_reached(self, part: usize, of: usize) -> bool {
        part.saturating_mul(10_000) >= of.saturating_mul(self.0 as usize)
    }
}

impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match rest {
            0 => write!(f, "{whole} %"),
            rest if rest % 10 == 0 => write!(f, "{whole}.{} %", rest / 10),
            rest => write!(f, "{whole}.{rest:02} %"),
        }
    }
}

/// What a finding is about, as far as its severity may depend on it.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The rule.
    pub rule: &'a str,
    /// The tier that the rule belongs to, where it is off unless it is asked for.
    pub tier: Option<&'a str>,
    /// The file that it is found in, as the project names it.
    pub file: &'a str,
    /// The tables that it is about: names with the schema where that is known, and without.
    pub tables: &'a [(String, String)],
}

impl Flightcheck {
    /// What a finding counts as that counts as `own` by itself; `None` where it is off.
    ///
    /// What is said for its file wins over what is said for all, and what is said for a table wins over both. Of
    /// several tables the strictest answer is taken.
    #[must_use]
    pub fn severity(&self, subject: Subject<'_>, own: Severity) -> Option<Severity> {
        let path = self.from_file(subject.file);
        let here: Vec<_> = self.paths.iter().filter(|settings| settings.pattern.matches(&path)).collect();
        let on = |tier| self.tiers.iter().chain(here.iter().flat_map(|settings| &settings.tiers)).any(|on| on == tier);
        let mut severity = subject.tier.is_none_or(on).then_some(own);
        for rules in std::iter::once(&self.rules).chain(here.iter().map(|settings| &settings.rules)) {
            severity = rules.get(subject.rule).map_or(severity, |(level, _)| *level);
        }
        let of_table = |(full, short): &(String, String)| {
            let meant = self.tables.iter().filter(|table| table.pattern.matches(full) || table.pattern.matches(short));
            let said = meant.filter_map(|table| table.rules.get(subject.rule)).next_back();
            said.map_or(severity, |(level, _)| *level)
        };
        subject.tables.iter().map(of_table).max().unwrap_or(severity)
    }

    /// Whether any setting may switch on a rule of that tier.
    #[must_use]
    pub fn may_be_on(&self, rule: &str, tier: &str) -> bool {
        let tiers = self.tiers.iter().chain(self.paths.iter().flat_map(|settings| &settings.tiers));
        let rules = std::iter::once(&self.rules).chain(self.paths.iter().map(|settings| &settings.rules));
        let mut rules = rules.chain(self.tables.iter().map(|settings| &settings.rules));
        tiers.into_iter().any(|on| on == tier) || rules.any(|rules| rules.contains_key(rule))
    }

    /// Whether an ignore in that file has to say why.
    #[must_use]
    pub fn requires_reason(&self, file: &str) -> bool {
        let path = self.from_file(file);
        let here = self.paths.iter().filter(|settings| settings.pattern.matches(&path));
        here.filter_map(|settings| settings.require_reason).next_back().unwrap_or(self.require_reason)
    }

    /// Whether it has to be proved that a migration can be taken back.
    #[must_use]
    pub fn requires_rollback(&self, file: &str) -> bool {
        let path = self.from_file(file);
        let here = self.paths.iter().filter(|settings| settings.pattern.matches(&path));
        here.filter_map(|settings| settings.rollback).next_back().unwrap_or_default()
    }
}
