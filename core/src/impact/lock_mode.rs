//! Lock modes by the names that the servers' manuals give them.

use std::cmp::Ordering;

/// Who has to wait while a lock is held, besides other changes of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stops {
    /// Queries.
    pub reads: bool,
    /// `INSERT`, `UPDATE` and `DELETE`.
    pub writes: bool,
}

impl Stops {
    /// Nobody waits.
    pub const NOBODY: Self = Self { reads: false, writes: false };
    /// Those who write.
    pub const WRITERS: Self = Self { reads: false, writes: true };
    /// Those who read; what is locked cannot be written.
    pub const READERS: Self = Self { reads: true, writes: false };
    /// Everybody.
    pub const EVERYBODY: Self = Self { reads: true, writes: true };

    /// Who waits for one of two.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { reads: self.reads || other.reads, writes: self.writes || other.writes }
    }
}

/// A lock mode of one server. Those of one server compare by strength.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockMode {
    name: &'static str,
    /// Its rank among the modes of its server, the weakest first.
    rank: u8,
    stops: Stops,
}

impl LockMode {
    /// A mode by its name in the manual, its rank among its server's, and who waits for it on a table.
    pub(crate) const fn new(name: &'static str, rank: u8, stops: Stops) -> Self {
        Self { name, rank, stops }
    }

    /// Its name in the server's manual: `AccessExclusiveLock`, `Sch-M`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.name
    }

    /// Who waits while it is held on a table.
    #[must_use]
    pub fn stops(self) -> Stops {
        self.stops
    }
}

impl PartialOrd for LockMode {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for LockMode {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank.cmp(&other.rank).then_with(|| self.name.cmp(other.name))
    }
}
