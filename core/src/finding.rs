//! The types that every room may speak in: a finding with its labels and fixes, and a refusal.

use serde::Serialize;

use crate::text::Span;

/// How much a finding matters, in ascending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never fails a build by default.
    Info,
    /// Likely to hurt.
    Warning,
    /// Will fail, or will hurt.
    Error,
}

impl Severity {
    /// The word used in reports and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A place that a finding speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    /// Path of the script, configuration or snapshot as the project names it.
    pub file: String,
    /// The part of the file's text that is meant; `None` means the file as a whole, for instance its name.
    pub span: Option<Span>,
    /// What there is to say about the place; empty where the finding's message says it all.
    pub message: String,
}

impl Label {
    /// A label on a file as a whole.
    #[must_use]
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), span: None, message: String::new() }
    }

    /// A label on a part of a file's text.
    #[must_use]
    pub fn at(file: impl Into<String>, span: Span) -> Self {
        Self { file: file.into(), span: Some(span), message: String::new() }
    }

    /// The same label with something to say.
    #[must_use]
    pub fn says(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }
}

/// How far a fix may be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// Keeps the meaning; may be applied unseen.
    Safe,
    /// A person has to look at it first.
    Review,
}

/// A change to the project that silences a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What applying it does, as an imperative.
    pub title: String,
    /// Whether it may be applied unseen.
    pub safety: Safety,
    /// The changes, to be applied together.
    pub edits: Vec<Edit>,
}

/// One change to one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Edit {
    /// Replaces a part of a file's text.
    Replace {
        /// Path of the file.
        file: String,
        /// The bytes to replace.
        span: Span,
        /// What stands there afterwards.
        text: String,
    },
    /// Makes a file that does not exist yet.
    Create {
        /// Its path.
        file: String,
        /// Its text.
        text: String,
    },
    /// Gives a file another name.
    Rename {
        /// Path of the file.
        file: String,
        /// Its path afterwards.
        to: String,
    },
}

impl Edit {
    /// Path of the file as it is before.
    #[must_use]
    pub fn file(&self) -> &str {
        match self {
            Self::Replace { file, .. } | Self::Create { file, .. } | Self::Rename { file, .. } => file,
        }
    }
}

/// Something worth telling, with exactly one primary label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Name of the rule, stamped by the engine.
    pub rule: &'static str,
    /// Severity, stamped by the engine.
    pub severity: Severity,
    /// One line that names the object.
    pub message: String,
    /// Where it is.
    pub primary: Label,
    /// Other places that belong to the story, also in other files.
    pub related: Vec<Label>,
    /// What to do, as an imperative; empty where there is nothing to do.
    pub help: String,
    /// Ways to silence it.
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// A finding that the engine has yet to stamp with rule and severity.
    #[must_use]
    pub fn new(message: impl Into<String>, primary: Label) -> Self {
        Self {
            rule: "",
            severity: Severity::Info,
            message: message.into(),
            primary,
            related: Vec::new(),
            help: String::new(),
            fixes: Vec::new(),
        }
    }

    /// Adds a related place.
    #[must_use]
    pub fn with(mut self, label: Label) -> Self {
        self.related.push(label);
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Offers a fix.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }
}

/// The tool itself would abort: what it would say no to, and why.
///
/// `code` is the tool's own error code (Flyway's `CoreErrorCode` name); `None` where the tool crashes without one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The tool's error code.
    pub code: Option<&'static str>,
    /// Why, in our words.
    pub message: String,
    /// The place that causes it, where there is one.
    #[serde(skip)]
    pub place: Option<Label>,
}

impl Refusal {
    /// A refusal with the tool's code.
    #[must_use]
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code: Some(code), message: message.into(), place: None }
    }

    /// A crash of the tool: an exception that carries no code.
    #[must_use]
    pub fn crash(message: impl Into<String>) -> Self {
        Self { code: None, message: message.into(), place: None }
    }

    /// Says where the cause is.
    #[must_use]
    pub fn at(mut self, place: Label) -> Self {
        self.place = Some(place);
        self
    }
}
