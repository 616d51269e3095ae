//! What can be said on the command line.

mod compared;
mod files;
mod rollback;
mod two_sets;
mod values;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use flightcheck_core::finding::Severity;
use flightcheck_core::impact::Release;
use flightcheck_core::render::Format as ReportFormat;
use flightcheck_core::settings::{Date, Edition, FailOn, Percent};
use flightcheck_core::sql::Dialect;

use compared::named_file;
pub(crate) use compared::{Compared, Named, split};
pub(crate) use files::{Impact, Parse};
pub(crate) use rollback::{DraftUndo, Plan};
pub(crate) use two_sets::TwoSets;
use values::{day, key_value, output, percent, report_formats};

/// Checks SQL migrations before they fly: no database, no JVM, nothing leaves the machine.
#[derive(Debug, Parser)]
#[command(name = "flightcheck", version, after_help = EXIT_CODES, propagate_version = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub(crate) color: Color,
}

const EXIT_CODES: &str = "Exit codes: 0 clean, 1 findings or a refusal, 2 input that cannot be worked with.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Say everything that is wrong, risky or worth knowing
    Check(Check),
    /// Show the state of each migration, and what validate and migrate would say
    Info(Info),
    /// Show what the next migrate would do, and why it passes over the rest; or what undoing would
    Plan(Plan),
    /// Write the undo script of a migration, so that it is proved to take it back
    DraftUndo(DraftUndo),
    /// Print the history as it would be after a command, as a snapshot that can be read again
    Simulate(Simulate),
    /// Write flightcheck.seal: the SHA-256 of every applied script
    Seal(Seal),
    /// Apply the fixes that findings offer, and show them as a diff
    Fix(Fix),
    /// List the statements of files, and what each asks the database to do
    Parse(Parse),
    /// Show what each statement locks, rewrites and reads, and the locks as they pile up
    Impact(Impact),
    /// Tell whether two sets of migrations may be merged: whether they work in either order and leave the same schema
    MergeCheck(TwoSets),
    /// Tell whether two sets of migrations make the same schema: a baseline and the scripts that it replaces
    Equal(TwoSets),
    /// Record today's findings, so that check fails on new ones only
    Ratchet(Ratchet),
    /// Write a flightcheck.toml for the project that is found, with every setting explained
    Init(Init),
    /// Print the page of a rule
    Explain(Explain),
    /// List the rules
    Rules(Rules),
    /// Print a JSON schema: of flightcheck.toml for editors, or of a report
    Schema(Schema),
    /// Print a completion script for a shell
    Completions(Completions),
    /// Print the manual page
    Man,
}

/// Where the project is and how it is configured.
#[derive(Debug, Clone, Args)]
pub(crate) struct Project {
    /// The project's folder; `filesystem:` locations are relative to it
    #[arg(default_value = ".", value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// A snapshot of the history table: JSON, CSV, COPY, INSERT or `flyway info` JSON; `-` reads standard input. Several
    /// with names, such as `prod=prod.json`, are environments, and the first is the one that is checked
    #[arg(long, value_name = "[NAME=]FILE", value_parser = named_file)]
    pub(crate) history: Vec<Named>,
    /// A Flyway configuration file, instead of the one found in the folder; may be given more than once
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Vec<PathBuf>,
    /// A Flyway setting, such as `outOfOrder=true`; wins over files and environment variables
    #[arg(short = 'c', value_name = "KEY=VALUE", value_parser = key_value)]
    pub(crate) set: Vec<(String, String)>,
    /// The environment of flightcheck.toml to take; without it the one that the file names
    #[arg(long, value_name = "NAME")]
    pub(crate) env: Option<String>,
    /// Which build of Flyway to follow: the open-source one as recorded, or Redgate's as documented
    #[arg(long, value_enum, value_name = "EDITION")]
    pub(crate) edition: Option<EditionName>,
    /// Whose SQL the scripts are written in; without it the JDBC URL or the scripts say it
    #[arg(long, value_name = "DIALECT")]
    pub(crate) dialect: Option<Dialect>,
    /// The version of the server; without it the oldest that its vendor supports is assumed
    #[arg(long, value_name = "VERSION")]
    pub(crate) server_version: Option<Release>,
    /// Whether the managed schemas are empty where there is no history table; without it both answers are given
    #[arg(long, value_name = "BOOL")]
    pub(crate) schema_empty: Option<bool>,
}

/// A project, and how to print what is said of it.
#[derive(Debug, Args)]
pub(crate) struct Shown {
    #[command(flatten)]
    pub(crate) project: Project,
    /// How to print
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Info {
    #[command(flatten)]
    pub(crate) shown: Shown,
    #[command(flatten)]
    pub(crate) compared: Compared,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) project: Project,
    #[command(flatten)]
    pub(crate) compared: Compared,
    #[command(flatten)]
    pub(crate) judging: Judging,
    /// How to print on standard output
    #[arg(long, value_parser = report_formats(), value_name = "FORMAT", conflicts_with = "output")]
    pub(crate) format: Option<&'static ReportFormat>,
    /// Writes a report: `sarif=out.sarif`; without a file to standard output, where there is room for one; may be given more
    /// than once
    #[arg(long, value_parser = output, value_name = "FORMAT[=FILE]")]
    pub(crate) output: Vec<Output>,
    /// Ask whether these migrations can run without those pending before them: by version, description or name
    #[arg(long, value_delimiter = ',', value_name = "MIGRATIONS")]
    pub(crate) cherry_pick: Vec<String>,
    /// Ask whether the others can run without these pending migrations
    #[arg(long, value_delimiter = ',', value_name = "MIGRATIONS")]
    pub(crate) hold_back: Vec<String>,
    /// Say after which pending scripts the previous version of the application can still run
    #[arg(long)]
    pub(crate) prefixes: bool,
    /// The lowest severity that makes the exit code 1; without it `fail-on` of flightcheck.toml, or error
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOnName>,
    /// The share of pending migrations that has to be proved, or irreversible with a written reason, such as `95%`; without
    /// it `min-coverage` of flightcheck.toml
    #[arg(long, value_parser = percent, value_name = "SHARE")]
    pub(crate) min_rollback_coverage: Option<Percent>,
}

/// What findings depend on beside the project.
#[derive(Debug, Args)]
pub(crate) struct Judging {
    /// How large tables are, as JSON: `{"public.orders": {"rows": 120000000, "bytes": 15000000000}}`
    #[arg(long, value_name = "FILE")]
    pub(crate) statistics: Option<PathBuf>,
    /// The day to take for today, such as 2027-01-31: ignores may have a last day
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) today: Option<Date>,
}

#[derive(Debug, Args)]
pub(crate) struct Ratchet {
    #[command(flatten)]
    pub(crate) project: Project,
    #[command(flatten)]
    pub(crate) judging: Judging,
    /// Only forget what is found no more, and record nothing new
    #[arg(long)]
    pub(crate) prune: bool,
    /// Change nothing; the exit code is 1 if the file would change
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    #[command(flatten)]
    pub(crate) project: Project,
    /// Print the file instead of writing it
    #[arg(long)]
    pub(crate) stdout: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Simulate {
    /// The command
    #[arg(value_enum, value_name = "COMMAND")]
    pub(crate) command: SimulatedCommand,
    #[command(flatten)]
    pub(crate) project: Project,
    /// For undo: the version to go back to, which stays applied
    #[arg(long, value_name = "VERSION")]
    pub(crate) to: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Seal {
    #[command(flatten)]
    pub(crate) project: Project,
    /// Print the seal instead of writing the file
    #[arg(long)]
    pub(crate) stdout: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Fix {
    #[command(flatten)]
    pub(crate) project: Project,
    #[command(flatten)]
    pub(crate) compared: Compared,
    /// Apply also the fixes that a person has to look at
    #[arg(long)]
    pub(crate) review: bool,
    /// Show what would be changed, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The rule's name
    #[arg(value_name = "RULE")]
    pub(crate) rule: String,
}

#[derive(Debug, Args)]
pub(crate) struct Rules {
    /// How to print
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(crate) shell: Shell,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a terminal
    Human,
    /// For programs; docs/json.md describes it
    Json,
}

/// A report to write.
#[derive(Debug, Clone)]
pub(crate) struct Output {
    pub(crate) format: &'static ReportFormat,
    /// Standard output where there is none.
    pub(crate) file: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For a terminal
    Human,
    /// For programs
    Json,
    /// A page with links
    Markdown,
}

#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// Of what
    #[arg(value_enum, default_value = "config", value_name = "WHAT")]
    pub(crate) what: SchemaName,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaName {
    /// `flightcheck.toml`
    Config,
    /// What `check --format json` prints
    Report,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EditionName {
    Oss,
    Redgate,
}

impl From<EditionName> for Edition {
    fn from(name: EditionName) -> Self {
        match name {
            EditionName::Oss => Self::Oss,
            EditionName::Redgate => Self::Redgate,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOnName {
    Error,
    Warning,
    Info,
    /// Findings never make the exit code 1
    Never,
}

impl From<FailOnName> for FailOn {
    fn from(name: FailOnName) -> Self {
        match name {
            FailOnName::Error => Self::From(Severity::Error),
            FailOnName::Warning => Self::From(Severity::Warning),
            FailOnName::Info => Self::From(Severity::Info),
            FailOnName::Never => Self::Never,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SimulatedCommand {
    Migrate,
    Repair,
    Baseline,
    Undo,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Tells the printing macros.
    pub(crate) fn write_global(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}
