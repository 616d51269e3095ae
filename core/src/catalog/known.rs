//! What the catalog can say of a name.

/// Whether something exists, as far as the scripts tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Known<T> {
    /// It does, and this is what it is.
    Present(T),
    /// It does not.
    Absent,
    /// The scripts do not tell.
    Unknown,
}

impl<T> Known<T> {
    /// What is known to exist.
    #[must_use]
    pub fn present(self) -> Option<T> {
        if let Self::Present(found) = self { Some(found) } else { None }
    }

    /// Whether it is known to exist.
    #[must_use]
    pub fn is_present(&self) -> bool {
        matches!(self, Self::Present(_))
    }

    /// Whether it is known not to exist.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The same about what was made of it.
    #[must_use]
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Known<U> {
        match self {
            Self::Present(found) => Known::Present(make(found)),
            Self::Absent => Known::Absent,
            Self::Unknown => Known::Unknown,
        }
    }
}
