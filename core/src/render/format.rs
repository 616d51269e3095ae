//! The formats by name.

use crate::settings::nearest;

use super::{View, checkstyle, github, gitlab, html, human, json, junit, markdown, rdjson, sarif, sonar};

/// A format in which a check can be reported.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// Who reads it.
    pub summary: &'static str,
    /// What the name of a file of it ends in, without the dot.
    pub extension: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Whether it is for a terminal, with colours that may be taken out.
    pub is_for_terminals: bool,
    render: fn(&View<'_>) -> String,
    /// The reports of several projects together; `None` where the format is for one.
    render_all: Option<fn(&[View<'_>]) -> String>,
}

/// Extension and media type.
type Kind = (&'static str, &'static str);

const TEXT: Kind = ("txt", "text/plain");
const JSON: Kind = ("json", "application/json");
/// SARIF 2.1.0, section 3.2, asks for the extension; the type is the one registered with IANA.
const SARIF: Kind = ("sarif", "application/sarif+json");
const XML: Kind = ("xml", "application/xml");
const MARKDOWN: Kind = ("md", "text/markdown");
const HTML: Kind = ("html", "text/html");

/// Every format, in the order in which they are listed to people.
pub const FORMATS: &[Format] = &[
    Format {
        is_for_terminals: true,
        render_all: Some(|views| views.iter().map(human).collect()),
        ..Format::new("human", "For a terminal", TEXT, human)
    },
    Format {
        render_all: Some(|views| json(&views.iter().map(|view| view.report).collect::<Vec<_>>())),
        ..Format::new("json", "For programs; docs/json.md describes it", JSON, |view| json(view.report))
    },
    Format::new("sarif", "SARIF 2.1.0: GitHub code scanning, Azure DevOps, editors", SARIF, sarif),
    Format {
        render_all: Some(|views| views.iter().map(github).collect()),
        ..Format::new("github", "Annotations in a run of GitHub Actions", TEXT, github)
    },
    Format::new("gitlab", "GitLab code quality", JSON, gitlab),
    Format::new("junit", "JUnit XML: Jenkins, GitLab, Azure DevOps", XML, junit),
    Format::new("checkstyle", "Checkstyle XML: Jenkins and many others", XML, checkstyle),
    Format::new("rdjson", "reviewdog", JSON, rdjson),
    Format::new("sonar", "SonarQube's generic issues", JSON, sonar),
    Format::new("markdown", "A comment on a pull request", MARKDOWN, markdown),
    Format::new("html", "A page of its own for a reviewer", HTML, html),
];

impl Format {
    const fn new(name: &'static str, summary: &'static str, kind: Kind, render: fn(&View<'_>) -> String) -> Self {
        let (extension, media_type) = kind;
        Self { name, summary, extension, media_type, is_for_terminals: false, render, render_all: None }
    }

    /// The format of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The name of a format most like `name`, where one is alike.
    #[must_use]
    pub fn nearest_name(name: &str) -> Option<&'static str> {
        nearest(name, FORMATS.iter().map(|format| format.name))
    }

    /// A report in this format. The same report gives the same bytes.
    #[must_use]
    pub fn render(&self, view: &View<'_>) -> String {
        (self.render)(view)
    }

    /// The reports of all projects of a repository; `None` where there are several and the format is for one.
    #[must_use]
    pub fn render_all(&self, views: &[View<'_>]) -> Option<String> {
        match (views, self.render_all) {
            ([only], _) => Some(self.render(only)),
            (all, render) => Some(render?(all)),
        }
    }
}
