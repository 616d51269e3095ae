//! How the dialects differ in what they take for a comment, a string or a name: one row of facts each.

use super::Dialect;

/// Where a backslash escapes the next character of a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Backslash {
    Never,
    /// Only in `E'…'`.
    Escape,
    /// In every string (MySQL without `NO_BACKSLASH_ESCAPES`).
    Always,
}

/// Which strings stand in dollar quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dollar {
    Never,
    /// `$$…$$`, no tag.
    Plain,
    /// `$tag$…$tag$` too.
    Tagged,
}

/// What `[` begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bracket {
    Operator,
    /// A name up to `]`.
    Name,
    /// A name in which `]]` stands for `]`.
    DoubledName,
}

/// Whose conditional comments are SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Conditional {
    Never,
    /// `/*! … */`.
    Mysql,
    /// `/*M! … */` too.
    Mariadb,
}

/// The lexical facts of a dialect.
#[derive(Debug, Clone, Copy)]
pub(super) struct Syntax {
    /// Block comments nest.
    pub(super) nested_comments: bool,
    /// `--` is a comment only before a blank.
    pub(super) dashes_need_blank: bool,
    /// `#` begins a comment.
    pub(super) hash_comments: bool,
    /// `//` begins a comment.
    pub(super) slash_comments: bool,
    pub(super) conditional: Conditional,
    pub(super) backslash: Backslash,
    pub(super) dollar: Dollar,
    pub(super) bracket: Bracket,
    pub(super) backticks: bool,
    /// `"a"` is a string.
    pub(super) double_quoted_strings: bool,
    /// Words that may stand before a string as its prefix, in lower case.
    pub(super) prefixes: &'static [&'static str],
    /// `q'[…]'` is a string.
    pub(super) own_quotes: bool,
    /// Operators are made of any run of operator characters, and `@`, `?` and `#` are such.
    pub(super) free_operators: bool,
    /// The client reads `\…` commands and `:'a'` variables.
    pub(super) psql: bool,
    /// The client reads `DELIMITER` commands.
    pub(super) delimiter_command: bool,
}

/// What most dialects share.
const COMMON: Syntax = Syntax {
    nested_comments: true,
    dashes_need_blank: false,
    hash_comments: false,
    slash_comments: false,
    conditional: Conditional::Never,
    backslash: Backslash::Never,
    dollar: Dollar::Never,
    bracket: Bracket::Operator,
    backticks: true,
    double_quoted_strings: false,
    prefixes: &["n", "x", "b"],
    own_quotes: false,
    free_operators: false,
    psql: false,
    delimiter_command: false,
};

const POSTGRES: Syntax = Syntax {
    backslash: Backslash::Escape,
    dollar: Dollar::Tagged,
    backticks: false,
    prefixes: &["e", "n", "b", "x"],
    free_operators: true,
    psql: true,
    ..COMMON
};

const MYSQL: Syntax = Syntax {
    nested_comments: false,
    dashes_need_blank: true,
    hash_comments: true,
    conditional: Conditional::Mysql,
    backslash: Backslash::Always,
    double_quoted_strings: true,
    delimiter_command: true,
    ..COMMON
};

const MARIADB: Syntax = Syntax { conditional: Conditional::Mariadb, ..MYSQL };

const SQL_SERVER: Syntax = Syntax { bracket: Bracket::DoubledName, backticks: false, prefixes: &["n"], ..COMMON };

const ORACLE: Syntax =
    Syntax { nested_comments: false, backticks: false, prefixes: &["n", "u"], own_quotes: true, ..COMMON };

const SQLITE: Syntax = Syntax { nested_comments: false, bracket: Bracket::Name, prefixes: &["x"], ..COMMON };

const H2: Syntax = Syntax { slash_comments: true, dollar: Dollar::Plain, ..COMMON };

const GENERIC: Syntax = Syntax {
    backslash: Backslash::Escape,
    dollar: Dollar::Tagged,
    prefixes: &["e", "n", "b", "x"],
    psql: true,
    delimiter_command: true,
    ..COMMON
};

impl Syntax {
    pub(super) fn of(dialect: Dialect) -> &'static Self {
        match dialect {
            Dialect::Postgres => &POSTGRES,
            Dialect::Mysql => &MYSQL,
            Dialect::Mariadb => &MARIADB,
            Dialect::SqlServer => &SQL_SERVER,
            Dialect::Oracle => &ORACLE,
            Dialect::Sqlite => &SQLITE,
            Dialect::H2 => &H2,
            Dialect::Generic => &GENERIC,
        }
    }
}
