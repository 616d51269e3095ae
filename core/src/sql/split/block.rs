//! Which statements hold statements, and where those end.

use super::super::{Dialect, Kind, Token};
use super::keyword::Keyword;

/// What kind of statement this is, as far as `;` is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// The first `;` ends it.
    Plain,
    /// `CREATE` or `ALTER`, its object yet to come.
    Creating,
    /// A stored program whose `BEGIN` and `CASE` nest.
    Routine,
    /// The same for a package, whose `AS` begins a block too.
    Package,
    /// A routine of PostgreSQL, where only `BEGIN ATOMIC` begins a block.
    Atomic,
    /// PL/SQL: it ends with a lone `/`.
    Unit,
    /// PL/SQL whose body is not SQL.
    JavaUnit,
    /// Oracle's `WITH` or view, which is PL/SQL if it declares a function.
    Query,
    /// Oracle's `<<label>>`.
    Label,
    /// A routine of SQL Server: it ends with its batch.
    Module,
    /// Any other statement of SQL Server, where blocks may stand anywhere.
    Batch,
    /// MariaDB's `BEGIN`, perhaps of `BEGIN NOT ATOMIC`.
    Begin,
    /// `CREATE RULE`, which may list statements in parentheses.
    Rule,
    /// `COPY`.
    Copy,
}

/// A word whose meaning the next one decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pending {
    Nothing,
    Begin(Token),
    End,
}

/// How many words after `CREATE` may pass before its object.
const LONGEST_CREATE: u8 = 16;

/// How many words may stand before `WRAPPED`.
const LONGEST_HEAD: u8 = 10;

/// The blocks of one statement.
#[derive(Debug, Clone)]
pub(super) struct Block {
    dialect: Dialect,
    shape: Shape,
    depth: u32,
    /// The word that opened the outermost block.
    opening: Option<Token>,
    pending: Pending,
    previous: Keyword,
    /// How many words have passed, saturating.
    words: u8,
    /// `COPY … FROM stdin` has been read.
    copies: bool,
    /// What follows is not SQL.
    foreign: bool,
}

impl Block {
    pub(super) fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            shape: Shape::Plain,
            depth: 0,
            opening: None,
            pending: Pending::Nothing,
            previous: Keyword::Other,
            words: 0,
            copies: false,
            foreign: false,
        }
    }

    /// Whether words do not matter any more.
    pub(super) fn is_plain(&self) -> bool {
        self.shape == Shape::Plain
    }

    /// Whether `;` may stand in parentheses.
    pub(super) fn is_rule(&self) -> bool {
        self.shape == Shape::Rule
    }

    /// Whether rows follow the `;`.
    pub(super) fn copies(&self) -> bool {
        self.copies
    }

    /// Whether `;` is part of the statement.
    pub(super) fn is_open(&self) -> bool {
        self.depth > 0 || matches!(self.shape, Shape::Unit | Shape::JavaUnit | Shape::Module)
    }

    /// The word that opened a block that is still open.
    pub(super) fn left_open(&mut self) -> Option<Token> {
        self.settle(Keyword::Other);
        self.opening.filter(|_| self.depth > 0)
    }

    /// Whether what follows is not SQL; says so once.
    pub(super) fn goes_foreign(&mut self) -> bool {
        std::mem::take(&mut self.foreign)
    }

    /// A word outside parentheses; `begins` says that it is the statement's first token.
    pub(super) fn word(&mut self, keyword: Keyword, token: Token, begins: bool) {
        if begins {
            self.shape = self.shape_of(keyword);
        }
        self.words = self.words.saturating_add(1);
        match self.shape {
            Shape::Plain | Shape::Rule | Shape::Module => {}
            Shape::Creating => self.create(keyword),
            Shape::Routine | Shape::Atomic | Shape::Batch => self.nest(keyword, token),
            Shape::Package if keyword == Keyword::As && self.depth == 0 => self.deepen(token),
            Shape::Package => self.nest(keyword, token),
            Shape::Unit => self.foreign |= keyword == Keyword::Wrapped && self.words <= LONGEST_HEAD,
            Shape::JavaUnit => self.foreign |= keyword == Keyword::As,
            Shape::Query if self.previous == Keyword::With && is_routine(keyword) => self.shape = Shape::Unit,
            Shape::Label if matches!(keyword, Keyword::Declare | Keyword::Begin) => self.shape = Shape::Unit,
            Shape::Query | Shape::Label => {}
            Shape::Begin if begins => self.pending = Pending::Begin(token),
            Shape::Begin => self.begin_not_atomic(keyword),
            Shape::Copy => self.copies |= self.previous == Keyword::From && keyword == Keyword::Stdin,
        }
        self.previous = keyword;
    }

    /// Any other token outside parentheses.
    pub(super) fn sign(&mut self, token: Token, begins: bool) {
        if begins && self.dialect == Dialect::Oracle && token.kind == Kind::Operator {
            self.shape = Shape::Label;
        }
        self.settle(Keyword::Other);
    }

    pub(super) fn semicolon(&mut self) {
        self.settle(Keyword::Other);
    }

    fn shape_of(&self, first: Keyword) -> Shape {
        match (self.dialect, first) {
            (Dialect::Oracle, _) if self.shape == Shape::Label => Shape::Label,
            (_, Keyword::Create) => Shape::Creating,
            (Dialect::Mysql | Dialect::Mariadb | Dialect::SqlServer, Keyword::Alter) => Shape::Creating,
            (Dialect::SqlServer, _) => Shape::Batch,
            (Dialect::Postgres | Dialect::Generic, Keyword::Copy) => Shape::Copy,
            (Dialect::Oracle, Keyword::Begin | Keyword::Declare) => Shape::Unit,
            (Dialect::Oracle, Keyword::With) => Shape::Query,
            (Dialect::Mariadb, Keyword::Begin) => Shape::Begin,
            _ => Shape::Plain,
        }
    }

    /// Reads on in `CREATE …` until the object is named.
    fn create(&mut self, keyword: Keyword) {
        let shape = match (self.dialect, keyword) {
            (Dialect::Postgres, Keyword::Function | Keyword::Procedure) => Shape::Atomic,
            (Dialect::Postgres | Dialect::Generic, Keyword::Rule) => Shape::Rule,
            (Dialect::Sqlite, Keyword::Trigger) => Shape::Routine,
            (Dialect::SqlServer, Keyword::Function | Keyword::Procedure | Keyword::Trigger) => Shape::Module,
            (Dialect::SqlServer, Keyword::Object | Keyword::View | Keyword::Type) => Shape::Batch,
            (Dialect::Oracle, Keyword::Java) => Shape::JavaUnit,
            (Dialect::Oracle, Keyword::View) => Shape::Query,
            (Dialect::Oracle, keyword) if is_routine(keyword) || is_container(keyword) => Shape::Unit,
            (Dialect::Mariadb, Keyword::Package) => Shape::Package,
            (Dialect::Mysql | Dialect::Mariadb | Dialect::H2 | Dialect::Generic, Keyword::Event) => Shape::Routine,
            (Dialect::Mysql | Dialect::Mariadb | Dialect::H2 | Dialect::Generic, keyword)
                if is_routine(keyword) || keyword == Keyword::Trigger =>
            {
                Shape::Routine
            }
            (_, Keyword::Object | Keyword::View) => Shape::Plain,
            _ if self.words < LONGEST_CREATE => return,
            (Dialect::SqlServer, _) => Shape::Batch,
            _ => Shape::Plain,
        };
        self.shape = shape;
    }

    fn begin_not_atomic(&mut self, keyword: Keyword) {
        self.shape = Shape::Plain;
        if let (Pending::Begin(token), Keyword::Not) = (self.pending, keyword) {
            self.shape = Shape::Routine;
            self.deepen(token);
        }
        self.pending = Pending::Nothing;
    }

    fn nest(&mut self, keyword: Keyword, token: Token) {
        let closed = self.pending == Pending::End;
        self.settle(keyword);
        match keyword {
            Keyword::Begin if self.shape == Shape::Batch || self.shape == Shape::Atomic => {
                self.pending = Pending::Begin(token);
            }
            Keyword::Begin => self.deepen(token),
            Keyword::Case if !closed && (self.depth > 0 || self.shape != Shape::Atomic) => self.deepen(token),
            Keyword::End => self.pending = Pending::End,
            _ => {}
        }
    }

    /// Decides on a `BEGIN` or `END` by the word after it.
    fn settle(&mut self, next: Keyword) {
        match std::mem::replace(&mut self.pending, Pending::Nothing) {
            Pending::Nothing => {}
            Pending::Begin(token) => {
                let opens = match self.shape {
                    Shape::Atomic => next == Keyword::Atomic,
                    Shape::Batch => !matches!(next, Keyword::Transaction | Keyword::Conversation),
                    _ => false,
                };
                if opens {
                    self.deepen(token);
                }
            }
            Pending::End => {
                let closes = match self.shape {
                    Shape::Batch => next != Keyword::Conversation,
                    _ => next != Keyword::Loop,
                };
                if closes {
                    self.depth = self.depth.saturating_sub(1);
                }
            }
        }
    }

    fn deepen(&mut self, token: Token) {
        if self.depth == 0 {
            self.opening = Some(token);
        }
        self.depth += 1;
    }
}

fn is_routine(keyword: Keyword) -> bool {
    matches!(keyword, Keyword::Function | Keyword::Procedure)
}

/// Oracle's other units.
fn is_container(keyword: Keyword) -> bool {
    matches!(keyword, Keyword::Package | Keyword::Trigger | Keyword::Type)
}
