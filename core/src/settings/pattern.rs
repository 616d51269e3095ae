//! `ignoreMigrationPatterns`: `type:state` pairs that excuse a migration from validation.

use crate::text::Casing;

/// The states that a pattern can name, as Flyway displays them.
const STATES: [&str; 4] = ["missing", "pending", "ignored", "future"];

/// One legal pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IgnorePattern {
    /// `Some(true)` means versioned only, `Some(false)` repeatable only, `None` both.
    versioned: Option<bool>,
    /// `None` means every state.
    state: Option<&'static str>,
}

impl IgnorePattern {
    /// Reads `type:state`, blanks around the parts and any case allowed; an error says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (kind, state) = text
            .split_once(':')
            .filter(|(_, state)| !state.contains(':'))
            .ok_or_else(|| format!("`{text}` is no pattern of the form `type:state`"))?;
        let (kind, state) = (super::java_trim(kind).lower(), super::java_trim(state).lower());
        let versioned = match kind.as_str() {
            "*" => None,
            "versioned" => Some(true),
            "repeatable" => Some(false),
            _ => return Err(format!("`{kind}` is no migration type: use `*`, `versioned` or `repeatable`")),
        };
        let state = match STATES.into_iter().find(|known| *known == state) {
            Some(known) => Some(known),
            None if state == "*" => None,
            None => return Err(format!("`{state}` is no state to ignore: use `*` or one of {}", STATES.join(", "))),
        };
        Ok(Self { versioned, state })
    }

    /// `*:pending`, which `migrate` adds to the configured patterns when it validates.
    #[must_use]
    pub fn any_pending() -> Self {
        Self { versioned: None, state: Some("pending") }
    }

    /// Whether a migration with this display state is excused.
    #[must_use]
    pub fn matches(self, versioned: bool, state: &str) -> bool {
        self.versioned.is_none_or(|wanted| wanted == versioned)
            && self.state.is_none_or(|wanted| wanted.eq_ignore_ascii_case(state))
    }

    /// Whether the pattern hides failures and checksum mismatches too.
    #[must_use]
    pub fn hides_everything(self) -> bool {
        self.state.is_none()
    }
}
