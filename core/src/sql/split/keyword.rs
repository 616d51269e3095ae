//! The words that decide where a statement ends.

/// One of these words, or any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    Alter,
    As,
    Atomic,
    Begin,
    Case,
    Comment,
    Commit,
    Conversation,
    Copy,
    Create,
    Declare,
    Delete,
    Drop,
    End,
    Event,
    From,
    Function,
    Grant,
    Insert,
    Java,
    /// `IF`, `LOOP` and others that `END` may close without having been counted.
    Loop,
    Not,
    /// `TABLE`, `INDEX` and others whose definition holds no statements.
    Object,
    Package,
    Procedure,
    Replace,
    Revoke,
    Rule,
    Stdin,
    /// What `BEGIN` starts in SQL Server when it starts no block.
    Transaction,
    Trigger,
    Truncate,
    Type,
    Update,
    Values,
    View,
    With,
    Wrapped,
    Other,
}

/// Length of the longest keyword.
const LONGEST: usize = 12;

impl Keyword {
    pub(super) fn of(word: &str) -> Self {
        let mut buffer = [0; LONGEST];
        let Some(upper) = buffer.get_mut(..word.len()) else { return Self::Other };
        upper.copy_from_slice(word.as_bytes());
        upper.make_ascii_uppercase();
        match &*upper {
            b"ALTER" => Self::Alter,
            b"AS" | b"IS" => Self::As,
            b"ATOMIC" => Self::Atomic,
            b"BEGIN" => Self::Begin,
            b"CASE" => Self::Case,
            b"COMMENT" => Self::Comment,
            b"COMMIT" => Self::Commit,
            b"CONVERSATION" => Self::Conversation,
            b"COPY" => Self::Copy,
            b"CREATE" => Self::Create,
            b"DECLARE" => Self::Declare,
            b"DELETE" => Self::Delete,
            b"DROP" => Self::Drop,
            b"END" => Self::End,
            b"EVENT" => Self::Event,
            b"FROM" => Self::From,
            b"FUNCTION" => Self::Function,
            b"GRANT" => Self::Grant,
            b"INSERT" => Self::Insert,
            b"JAVA" => Self::Java,
            b"IF" | b"LOOP" | b"REPEAT" | b"WHILE" | b"FOR" => Self::Loop,
            b"NOT" => Self::Not,
            b"PACKAGE" => Self::Package,
            b"PROCEDURE" | b"PROC" => Self::Procedure,
            b"REPLACE" => Self::Replace,
            b"REVOKE" => Self::Revoke,
            b"RULE" => Self::Rule,
            b"STDIN" => Self::Stdin,
            b"TRAN" | b"TRANSACTION" | b"DISTRIBUTED" | b"DIALOG" => Self::Transaction,
            b"TRIGGER" => Self::Trigger,
            b"TRUNCATE" => Self::Truncate,
            b"TYPE" => Self::Type,
            b"UPDATE" => Self::Update,
            b"VALUES" => Self::Values,
            b"VIEW" => Self::View,
            b"WITH" => Self::With,
            b"WRAPPED" => Self::Wrapped,
            b"TABLE" | b"INDEX" | b"SEQUENCE" | b"SCHEMA" | b"DATABASE" | b"USER" | b"ROLE" | b"SYNONYM"
            | b"MATERIALIZED" | b"DOMAIN" | b"EXTENSION" | b"POLICY" => Self::Object,
            _ => Self::Other,
        }
    }

    /// Whether a statement that begins a line with this word can hardly be the rest of another.
    pub(super) fn leads(self) -> bool {
        matches!(
            self,
            Self::Alter
                | Self::Comment
                | Self::Commit
                | Self::Create
                | Self::Delete
                | Self::Drop
                | Self::Grant
                | Self::Insert
                | Self::Revoke
                | Self::Truncate
                | Self::Update
        )
    }
}
