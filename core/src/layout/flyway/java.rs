//! Java migrations: classes that Flyway would load, whose content nobody can read here.

use crate::layout::{Checksum, Files, Kind, Language, Migration, ScriptOptions};
use crate::settings::Settings;

use super::name::{Grammar, Meaning};

/// Where Java and Kotlin sources stand.
pub(super) const ROOTS: [&str; 2] = ["src/main/java", "src/main/kotlin"];

/// The package that Flyway scans for classes, wherever it hangs; packages below it count too.
const PACKAGE: &str = "/db/migration/";

/// The declared classes and those found in the sources. `scan` says whether sources are looked at.
pub(super) fn resolve(settings: &Settings, grammar: &Grammar, files: &Files, scan: bool) -> Vec<Migration> {
    let declared = settings.flightcheck.declared.iter().map(|class| (class.class.clone(), class.place.file.clone()));
    let found = files.keys().filter(|_| scan).filter_map(|path| Some((class_of(path)?, path.clone())));
    let mut migrations: Vec<Migration> =
        declared.chain(found).filter_map(|(class, path)| migration(grammar, class, path)).collect();
    migrations.sort_by(|left, right| left.script.cmp(&right.script));
    migrations.dedup_by(|left, right| left.script == right.script);
    migrations
}

/// The qualified name of the class in a source file under a package that Flyway scans.
fn class_of(path: &str) -> Option<String> {
    let inside = ROOTS.iter().find_map(|root| path.strip_prefix(root)?.strip_prefix('/'))?;
    let stem = inside.strip_suffix(".java").or_else(|| inside.strip_suffix(".kt"))?;
    let (package, _) = stem.rsplit_once('/')?;
    let scanned = format!("/{package}/").contains(PACKAGE);
    scanned.then(|| stem.replace('/', "."))
}

fn migration(grammar: &Grammar, class: String, path: String) -> Option<Migration> {
    let simple = class.rsplit('.').next().unwrap_or(&class);
    let name = grammar.parse(simple, &[]).ok()?;
    let Meaning::Migration(kind @ (Kind::Versioned | Kind::Repeatable | Kind::Baseline)) = name.meaning else {
        return None;
    };
    Some(Migration {
        kind,
        language: Language::Java,
        version: name.version,
        description: name.description,
        script: class,
        path,
        checksum: Checksum::default(),
        sha256: None,
        options: ScriptOptions::default(),
        unreplaceable: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_found_by_their_package() {
        let class = |path| class_of(path).unwrap_or_default();
        assert_eq!(class("src/main/java/db/migration/V5__Name.java"), "db.migration.V5__Name");
        assert_eq!(class("src/main/java/org/shop/db/migration/v2/V6__Name.java"), "org.shop.db.migration.v2.V6__Name");
        assert_eq!(class("src/main/kotlin/db/migration/R__Name.kt"), "db.migration.R__Name");
        assert_eq!(class("src/main/java/db/migrations/V5__Name.java"), "");
        assert_eq!(class("src/test/java/db/migration/V5__Name.java"), "");
    }
}
