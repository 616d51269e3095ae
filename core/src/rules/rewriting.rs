//! Fixes of statements: edits of their script, and new scripts after all others.

use crate::finding::{Edit, Fix, Safety};
use crate::layout::{Kind, base_name};
use crate::settings::Tool;
use crate::text::Span;

use super::Facts;
use super::facts::beside;
use super::statement::Statement;

/// A fix that a person has to look at first.
pub(super) fn review(title: impl Into<String>, edits: Vec<Edit>) -> Fix {
    Fix { title: title.into(), safety: Safety::Review, edits }
}

impl Statement<'_> {
    /// Replaces a part of the script.
    pub(super) fn replace(&self, span: Span, text: impl Into<String>) -> Edit {
        Edit::Replace { file: self.path().to_owned(), span, text: text.into() }
    }

    /// Puts a text before the statement.
    pub(super) fn before(&self, text: &str) -> Edit {
        let start = self.request.span.start;
        self.replace(Span { start, end: start }, format!("{text}\n"))
    }

    /// Puts a text on a line of its own after the statement and its terminator; `None` where nothing terminates it.
    pub(super) fn after(&self, text: &str) -> Option<Edit> {
        let rest = &self.text[self.request.span.end..];
        let end = self.request.span.end + rest.len() - rest.trim_start().strip_prefix(';')?.len();
        Some(self.replace(Span { start: end, end }, format!("\n{text}")))
    }

    /// Takes the statement out of its script, with its terminator and the line end after it.
    pub(super) fn remove(&self) -> Edit {
        let head = &self.text[..self.request.span.start];
        let start = head.trim_end_matches([' ', '\t']).len();
        let rest = &self.text[self.request.span.end..];
        let semicolon = rest.len() - rest.trim_start_matches([' ', '\t', ';']).len();
        let line = usize::from(rest[semicolon..].starts_with('\n'));
        let end = self.request.span.end + semicolon + line;
        self.replace(Span { start, end }, "")
    }

    /// Whether it is the only statement of its script.
    pub(super) fn is_alone(&self) -> bool {
        self.played.steps.len() == 1
    }
}

impl Facts<'_> {
    /// A new versioned script beside a statement's own, after all others; `None` where that is no Flyway migration.
    pub(super) fn new_script(&self, statement: &Statement<'_>, description: &str, text: &str) -> Option<Edit> {
        self.new_scripts(statement, &[(description.to_owned(), text.to_owned())])?.pop()
    }

    /// Several of them, one after the other, each with its description and its text.
    pub(super) fn new_scripts(&self, statement: &Statement<'_>, scripts: &[(String, String)]) -> Option<Vec<Edit>> {
        let own = self.layout.migrations.iter().find(|migration| migration.path == statement.path())?;
        let mut version = self.free_version(own.version.as_ref().filter(|_| own.kind == Kind::Versioned)?);
        let flyway = &self.settings.flyway;
        let ending = base_name(&own.path).rsplit_once('.').map_or("sql", |(_, ending)| ending);
        let mut edits = Vec::new();
        for (description, text) in scripts {
            let next = version?;
            let name = format!("{}{next}{}{description}.{ending}", flyway.versioned_prefix, flyway.separator);
            edits.push(Edit::Create { file: beside(&own.path, &name), text: text.clone() });
            version = next.successor();
        }
        Some(edits)
    }
}

/// The edit that makes the tool run a script without a transaction: for Flyway a file beside it, `None` if there is one
/// already; for others a line at its top, `None` where the tool knows none.
pub(super) fn without_transaction(facts: &Facts<'_>, script: &str) -> Option<Edit> {
    if facts.tool != Tool::Flyway {
        let text = format!("{}\n", facts.tool.line_without_transaction()?);
        return Some(Edit::Replace { file: script.to_owned(), span: Span { start: 0, end: 0 }, text });
    }
    let file = format!("{script}.conf");
    (!facts.files.contains_key(&file)).then(|| Edit::Create { file, text: "executeInTransaction=false\n".to_owned() })
}

/// A statement that the server refuses in a transaction, which Flyway does not know of: with another text in its own script
/// or in a new one, and the file beside that says so.
pub(super) fn apart(
    facts: &Facts<'_>,
    statement: &Statement<'_>,
    title: &str,
    description: &str,
    text: &str,
) -> Option<Fix> {
    if statement.is_alone() {
        let edits =
            vec![statement.replace(statement.request.span, text), without_transaction(facts, statement.path())?];
        return Some(review(title, edits));
    }
    let script = facts.new_script(statement, description, &format!("{text};\n"))?;
    let Edit::Create { file, .. } = &script else { return None };
    let options = without_transaction(facts, file)?;
    Some(review(format!("{title} in a new script"), vec![statement.remove(), script, options]))
}
