//! What a branch changes against its base.

use serde::Serialize;

use crate::project::Checked;

/// What a branch changes against its base.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Compared {
    /// The name of the base as it was given.
    pub name: String,
    /// Paths of the scripts that the branch adds, in order.
    pub added: Vec<String>,
    /// Paths of all files that the branch adds or changes, those among them: only they are reported on.
    pub changed: Vec<String>,
    /// How many findings are about other files, and so are not reported; null but for `check`.
    pub elsewhere: Option<usize>,
}

impl Compared {
    /// Of a check; `None` where there is no base.
    pub(super) fn new(checked: &Checked) -> Option<Self> {
        let branch = checked.branch.as_ref()?;
        Some(Self {
            name: branch.base.clone(),
            added: branch.added.iter().cloned().collect(),
            changed: branch.changed.iter().cloned().collect(),
            elsewhere: None,
        })
    }
}
