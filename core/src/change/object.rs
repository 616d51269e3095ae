//! The kinds of objects, as servers name them.

use super::name::Name;
use super::reader::Reader;

/// A kind of object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum ObjectKind {
    Table,
    ForeignTable,
    View,
    MaterializedView,
    Index,
    Sequence,
    Column,
    Constraint,
    Type,
    Domain,
    Schema,
    Database,
    Extension,
    Function,
    Procedure,
    Routine,
    Aggregate,
    Package,
    Trigger,
    EventTrigger,
    Event,
    Rule,
    Policy,
    Role,
    User,
    Group,
    Login,
    Operator,
    OperatorClass,
    OperatorFamily,
    Cast,
    Collation,
    Conversion,
    Language,
    Transform,
    AccessMethod,
    Statistics,
    Publication,
    Subscription,
    Server,
    ForeignDataWrapper,
    UserMapping,
    Tablespace,
    TextSearch,
    LargeObject,
    DefaultPrivileges,
    System,
    Session,
    Synonym,
    Directory,
    DatabaseLink,
    MaterializedViewLog,
    PartitionFunction,
    PartitionScheme,
    Fulltext,
    Assembly,
    Certificate,
    Key,
    Service,
    Queue,
    Profile,
    Context,
    Parameter,
    Other,
}

/// The words of each kind, the longer before the shorter, and its name in reports.
const KINDS: &[(ObjectKind, &[&str], &str)] = &[
    (ObjectKind::ForeignTable, &["FOREIGN", "TABLE"], "foreign-table"),
    (ObjectKind::Table, &["TABLE"], "table"),
    (ObjectKind::Table, &["TABLES"], "table"),
    (ObjectKind::MaterializedViewLog, &["MATERIALIZED", "VIEW", "LOG"], "materialized-view-log"),
    (ObjectKind::MaterializedView, &["MATERIALIZED", "VIEW"], "materialized-view"),
    (ObjectKind::View, &["VIEW"], "view"),
    (ObjectKind::Index, &["INDEX"], "index"),
    (ObjectKind::Sequence, &["SEQUENCE"], "sequence"),
    (ObjectKind::Column, &["COLUMN"], "column"),
    (ObjectKind::Constraint, &["CONSTRAINT"], "constraint"),
    (ObjectKind::Type, &["TYPE", "BODY"], "type"),
    (ObjectKind::Type, &["TYPE"], "type"),
    (ObjectKind::Domain, &["DOMAIN"], "domain"),
    (ObjectKind::Schema, &["SCHEMA"], "schema"),
    (ObjectKind::DatabaseLink, &["PUBLIC", "DATABASE", "LINK"], "database-link"),
    (ObjectKind::DatabaseLink, &["DATABASE", "LINK"], "database-link"),
    (ObjectKind::Other, &["DATABASE", "SCOPED", "CONFIGURATION"], "other"),
    (ObjectKind::Database, &["DATABASE"], "database"),
    (ObjectKind::Extension, &["EXTENSION"], "extension"),
    (ObjectKind::Function, &["FUNCTION"], "function"),
    (ObjectKind::Procedure, &["PROCEDURE"], "procedure"),
    (ObjectKind::Procedure, &["PROC"], "procedure"),
    (ObjectKind::Routine, &["ROUTINE"], "routine"),
    (ObjectKind::Aggregate, &["AGGREGATE"], "aggregate"),
    (ObjectKind::Package, &["PACKAGE", "BODY"], "package"),
    (ObjectKind::Package, &["PACKAGE"], "package"),
    (ObjectKind::EventTrigger, &["EVENT", "TRIGGER"], "event-trigger"),
    (ObjectKind::Trigger, &["TRIGGER"], "trigger"),
    (ObjectKind::Event, &["EVENT"], "event"),
    (ObjectKind::Rule, &["RULE"], "rule"),
    (ObjectKind::Policy, &["SECURITY", "POLICY"], "policy"),
    (ObjectKind::Policy, &["POLICY"], "policy"),
    (ObjectKind::Role, &["APPLICATION", "ROLE"], "role"),
    (ObjectKind::Role, &["SERVER", "ROLE"], "role"),
    (ObjectKind::Role, &["ROLE"], "role"),
    (ObjectKind::UserMapping, &["USER", "MAPPING"], "user-mapping"),
    (ObjectKind::User, &["USER"], "user"),
    (ObjectKind::Group, &["GROUP"], "group"),
    (ObjectKind::Login, &["LOGIN"], "login"),
    (ObjectKind::OperatorClass, &["OPERATOR", "CLASS"], "operator-class"),
    (ObjectKind::OperatorFamily, &["OPERATOR", "FAMILY"], "operator-family"),
    (ObjectKind::Operator, &["OPERATOR"], "operator"),
    (ObjectKind::Cast, &["CAST"], "cast"),
    (ObjectKind::Collation, &["COLLATION"], "collation"),
    (ObjectKind::Conversion, &["CONVERSION"], "conversion"),
    (ObjectKind::Language, &["PROCEDURAL", "LANGUAGE"], "language"),
    (ObjectKind::Language, &["LANGUAGE"], "language"),
    (ObjectKind::Transform, &["TRANSFORM"], "transform"),
    (ObjectKind::AccessMethod, &["ACCESS", "METHOD"], "access-method"),
    (ObjectKind::Statistics, &["STATISTICS"], "statistics"),
    (ObjectKind::Publication, &["PUBLICATION"], "publication"),
    (ObjectKind::Subscription, &["SUBSCRIPTION"], "subscription"),
    (ObjectKind::ForeignDataWrapper, &["FOREIGN", "DATA", "WRAPPER"], "foreign-data-wrapper"),
    (ObjectKind::Server, &["SERVER"], "server"),
    (ObjectKind::Tablespace, &["TABLESPACE"], "tablespace"),
    (ObjectKind::TextSearch, &["TEXT", "SEARCH", "CONFIGURATION"], "text-search"),
    (ObjectKind::TextSearch, &["TEXT", "SEARCH", "DICTIONARY"], "text-search"),
    (ObjectKind::TextSearch, &["TEXT", "SEARCH", "PARSER"], "text-search"),
    (ObjectKind::TextSearch, &["TEXT", "SEARCH", "TEMPLATE"], "text-search"),
    (ObjectKind::LargeObject, &["LARGE", "OBJECT"], "large-object"),
    (ObjectKind::DefaultPrivileges, &["DEFAULT", "PRIVILEGES"], "default-privileges"),
    (ObjectKind::System, &["SYSTEM"], "system"),
    (ObjectKind::Session, &["SESSION"], "session"),
    (ObjectKind::Synonym, &["PUBLIC", "SYNONYM"], "synonym"),
    (ObjectKind::Synonym, &["SYNONYM"], "synonym"),
    (ObjectKind::Synonym, &["ALIAS"], "synonym"),
    (ObjectKind::Directory, &["DIRECTORY"], "directory"),
    (ObjectKind::PartitionFunction, &["PARTITION", "FUNCTION"], "partition-function"),
    (ObjectKind::PartitionScheme, &["PARTITION", "SCHEME"], "partition-scheme"),
    (ObjectKind::Fulltext, &["FULLTEXT", "CATALOG"], "fulltext"),
    (ObjectKind::Fulltext, &["FULLTEXT", "INDEX"], "fulltext"),
    (ObjectKind::Fulltext, &["FULLTEXT", "STOPLIST"], "fulltext"),
    (ObjectKind::Type, &["XML", "SCHEMA", "COLLECTION"], "type"),
    (ObjectKind::Assembly, &["ASSEMBLY"], "assembly"),
    (ObjectKind::Certificate, &["CERTIFICATE"], "certificate"),
    (ObjectKind::Key, &["SYMMETRIC", "KEY"], "key"),
    (ObjectKind::Key, &["ASYMMETRIC", "KEY"], "key"),
    (ObjectKind::Key, &["MASTER", "KEY"], "key"),
    (ObjectKind::Key, &["DATABASE", "ENCRYPTION", "KEY"], "key"),
    (ObjectKind::Service, &["SERVICE"], "service"),
    (ObjectKind::Queue, &["QUEUE"], "queue"),
    (ObjectKind::Profile, &["PROFILE"], "profile"),
    (ObjectKind::Context, &["CONTEXT"], "context"),
    (ObjectKind::Parameter, &["PARAMETER"], "parameter"),
    (ObjectKind::Parameter, &["VARIABLE"], "parameter"),
    (ObjectKind::Other, &["CONSTANT"], "other"),
    (ObjectKind::Other, &["LOGFILE", "GROUP"], "other"),
    (ObjectKind::Other, &["RESOURCE", "GROUP"], "other"),
    (ObjectKind::Other, &["JAVA"], "other"),
    (ObjectKind::Other, &["LIBRARY"], "other"),
    (ObjectKind::Other, &["CREDENTIAL"], "other"),
    (ObjectKind::Other, &["DEFAULT"], "other"),
    (ObjectKind::Other, &["CLUSTER"], "other"),
];

impl ObjectKind {
    /// Its name as reports spell it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        KINDS.iter().find(|(kind, ..)| *kind == self).map_or("object", |(.., name)| name)
    }

    /// Whether it stands among what has columns.
    #[must_use]
    pub fn is_relation(self) -> bool {
        matches!(
            self,
            Self::Table | Self::ForeignTable | Self::View | Self::MaterializedView | Self::Sequence | Self::Synonym
        )
    }

    /// Whether its name may be followed by the types of arguments.
    #[must_use]
    pub fn is_routine(self) -> bool {
        matches!(self, Self::Function | Self::Procedure | Self::Routine | Self::Aggregate)
    }
}

/// Takes the words of a kind.
pub(super) fn kind(r: &mut Reader<'_>) -> Option<ObjectKind> {
    let first = r.peek()?;
    let found = KINDS.iter().find(|(_, words, _)| first.is_word(r.text, words[0]) && r.are(words))?;
    r.words(found.1);
    Some(found.0)
}

/// What an object is to a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The change is about it.
    Target,
    /// The table that the target belongs to: of an index, a trigger, a policy.
    Owner,
    /// A foreign key refers to it.
    Referenced,
    /// The target becomes, or ceases to be, its partition or child.
    Parent,
    /// It becomes, or ceases to be, a partition of the target.
    Partition,
    /// The target is made from its definition or its rows.
    Source,
    /// It is created or altered beside the target.
    Part,
    /// The target gets this name.
    NewName,
}

impl Role {
    /// Its name as reports spell it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Owner => "owner",
            Self::Referenced => "referenced",
            Self::Parent => "parent",
            Self::Partition => "partition",
            Self::Source => "source",
            Self::Part => "part",
            Self::NewName => "new-name",
        }
    }
}

/// An object that a change speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Object {
    /// What kind of object.
    pub kind: ObjectKind,
    /// Its name.
    pub name: Name,
    /// What it is to the change.
    pub role: Role,
}
