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
    /// `BEGIN` of a transaction or of a block such as MariaDB's `BEGIN NOT ATOMIC`.
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
            Shape::Creating => self.create(keyword),
            Shape::Package if keyword == Keyword::As && self.depth == 0 => self.deepen(token),
            Shape::Routine | Shape::Atomic | Shape::Batch | Shape::Package => self.nest(keyword, token),
            Shape::Unit => self.foreign |= keyword == Keyword::Wrapped && self.words <= LONGEST_HEAD,
            Shape::JavaUnit => self.foreign |= keyword == Keyword::As,
            Shape::Query if self.previous == Keyword::With && is_routine(keyword) => self.shape = Shape::Unit,
            Shape::Label if matches!(keyword, Keyword::Declare | Keyword::Begin) => self.shape = Shape::Unit,
            Shape::Begin if begins => self.pending = Pending::Begin(token),
            Shape::Begin => self.begin(keyword),
            Shape::Copy => self.copies |= self.previous == Keyword::From && keyword == Keyword::Stdin,
            Shape::Plain | Shape::Rule | Shape::Module | Shape::Query | Shape::Label => {}
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
        let creates = match self.dialect {
            Dialect::Mysql | Dialect::Mariadb | Dialect::SqlServer => matches!(first, Keyword::Create | Keyword::Alter),
            _ => first == Keyword::Create,
        };
        if creates {
            return Shape::Creating;
        }
        match (self.dialect, first) {
            (Dialect::SqlServer, _) => Shape::Batch,
            (Dialect::Postgres | Dialect::Generic, Keyword::Copy) => Shape::Copy,
            (Dialect::Oracle, Keyword::Begin | Keyword::Declare) => Shape::Unit,
            (Dialect::Oracle, Keyword::With) => Shape::Query,
            (Dialect::Mariadb | Dialect::Generic, Keyword::Begin) => Shape::Begin,
            _ => Shape::Plain,
        }
    }

    /// Reads on in `CREATE …` until the object is named.
    fn create(&mut self, keyword: Keyword) {
        let named = match self.dialect {
            Dialect::Postgres => match keyword {
                Keyword::Function | Keyword::Procedure => Some(Shape::Atomic),
                Keyword::Rule => Some(Shape::Rule),
                _ => None,
            },
            Dialect::Sqlite => (keyword == Keyword::Trigger).then_some(Shape::Routine),
            Dialect::SqlServer => match keyword {
                Keyword::Function | Keyword::Procedure | Keyword::Trigger => Some(Shape::Module),
                Keyword::Object | Keyword::View | Keyword::Type => Some(Shape::Batch),
                _ => None,
            },
            Dialect::Oracle => match keyword {
                Keyword::Function | Keyword::Procedure | Keyword::Package | Keyword::Trigger | Keyword::Type => {
                    Some(Shape::Unit)
                }
                Keyword::Java => Some(Shape::JavaUnit),
                Keyword::View => Some(Shape::Query),
                _ => None,
            },
            Dialect::Mysql | Dialect::Mariadb | Dialect::H2 | Dialect::Generic => match keyword {
                Keyword::Function | Keyword::Procedure | Keyword::Trigger | Keyword::Event => Some(Shape::Routine),
                Keyword::Package if self.dialect == Dialect::Mariadb => Some(Shape::Package),
                Keyword::Rule if self.dialect == Dialect::Generic => Some(Shape::Rule),
                _ => None,
            },
        };
        let unnamed = if self.dialect == Dialect::SqlServer { Shape::Batch } else { Shape::Plain };
        let settled = matches!(keyword, Keyword::Object | Keyword::View) || self.words >= LONGEST_CREATE;
        self.shape = match named {
            Some(shape) => shape,
            None if settled => unnamed,
            None => Shape::Creating,
        };
    }

    /// Decides by the second word whether `BEGIN` begins a block.
    fn begin(&mut self, second: Keyword) {
        let opens = match second {
            Keyword::Not => true,
            Keyword::Atomic | Keyword::Declare | Keyword::Loop => self.dialect == Dialect::Generic,
            _ => false,
        };
        self.shape = Shape::Plain;
        if let Pending::Begin(token) = std::mem::replace(&mut self.pending, Pending::Nothing)
            && opens
        {
            self.shape = Shape::Routine;
            self.deepen(token);
        }
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
