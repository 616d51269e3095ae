//! The ignores of a project: of its settings, and of the comments in its scripts.

use std::collections::BTreeSet;

use crate::ignore::{Ignores, mentions, of_script};
use crate::layout::Language;

use super::{Checked, Project};

impl Project {
    /// All ignores. Only scripts that may hold one are looked into.
    pub(super) fn ignores(&self, checked: &Checked) -> Ignores {
        let layout = &checked.layout;
        let migrations = layout.migrations.iter().filter(|migration| migration.language == Language::Sql);
        let callbacks = layout.callbacks.iter().filter(|callback| callback.language == Language::Sql);
        let paths = migrations.map(|migration| &migration.path).chain(callbacks.map(|callback| &callback.path));
        let paths: BTreeSet<&String> = paths.chain(layout.rollbacks.iter().map(|rollback| &rollback.path)).collect();
        let mut ignores = Ignores::of_settings(&self.settings.flightcheck);
        for path in paths {
            // In a wide character set there is a zero byte between the letters.
            let may = |bytes: &[u8]| mentions(bytes) || memchr::memchr(0, bytes).is_some();
            if !self.files.get(path).is_some_and(|file| may(file.bytes())) {
                continue;
            }
            if let Some(reading) = self.reading(path) {
                ignores.add(of_script(path, &reading.text, &reading.script));
            }
        }
        ignores
    }
}
