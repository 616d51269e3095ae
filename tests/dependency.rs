//! What two scripts are to each other: each case is a base, two scripts, and the verdict with words of its reason.

use std::sync::Arc;

use flightcheck_core::catalog::Catalog;
use flightcheck_core::change::Reading;
use flightcheck_core::dependency::{Pair, Schema, Script, Verdict, equality, pair, prefixes};
use flightcheck_core::sql::{Dialect, Options};

fn script(name: &str, text: &str, dialect: Dialect) -> Script {
    let reading = Reading::new(text.to_owned(), &Options::new(dialect));
    Script { name: name.to_owned(), reading: Some(Arc::new(reading)) }
}

fn judged(base: &str, a: &str, b: &str) -> Pair {
    let dialect = Dialect::Postgres;
    let schema = Schema::of(&[script("V1", base, dialect)], dialect, false);
    pair(&schema, (&script("V2", a, dialect), 1), (&script("V3", b, dialect), 2))
}

const BASE: &str = "create table t (id int primary key, a text, b int not null); create view v as select a from t;";

#[test]
fn pairs_have_their_verdicts() {
    use Verdict::{Conflicting, Dependent, Independent, Unknown};
    let mut wrong = Vec::new();
    for (a, b, verdict, says) in [
        ("alter table t add c int;", "alter table t add d int;", Independent, "only the order differs"),
        ("create table u (id int);", "create table w (id int);", Independent, "nothing in common"),
        ("alter table t add c int;", "create index on t (c);", Dependent, "column c of public.t"),
        ("create table u (id int primary key);", "create table w (u int references u);", Dependent, "table public.u"),
        ("create schema s;", "create table s.x (id int);", Dependent, "schema s"),
        ("create index i on t (a);", "create index i on t (b);", Conflicting, "index"),
        ("create index if not exists i on t (a);", "create index if not exists i on t (b);", Conflicting, "i"),
        ("alter table t drop column b;", "update t set b = 1;", Conflicting, "column b"),
        (
            "alter table t alter a type varchar(5);",
            "create view w as select b from t;",
            Conflicting,
            "fails in either order",
        ),
        ("alter table t alter b type bigint;", "create view w as select b from t;", Conflicting, "column b"),
        ("create type e as enum ('x');", "create table u (e e);", Dependent, "type public.e"),
        ("do $$ begin execute 'create table ' || 'x (id int)'; end $$;", "create table y (id int);", Unknown, "V2"),
        ("insert into t values (1, 'x', 1);", "insert into t (id, b) values (2, 2);", Independent, "public.t"),
        ("insert into t (id, b) values (1, 1);", "insert into t (id, b) values (1, 2);", Conflicting, "same key"),
        ("grant select on t to app;", "revoke select on t from app;", Conflicting, "privilege"),
        ("comment on table t is 'x';", "comment on table t is 'x';", Independent, "both orders leave the same"),
        ("drop table t cascade;", "alter table t add c int;", Conflicting, "table public.t"),
        (
            "create or replace view v as select a from t where b > 0;",
            "create or replace view v as select a from t where b > 1;",
            Conflicting,
            "view public.v",
        ),
        ("alter table t rename to u;", "alter table u add c int;", Dependent, "table public.u"),
        ("alter table t rename to u;", "alter table t add c int;", Conflicting, "table public.t"),
        ("this is no statement;", "create table u (id int);", Unknown, "not understood"),
    ] {
        for (one, other, swapped) in [(a, b, false), (b, a, true)] {
            let found = judged(BASE, one, other);
            let said = format!("{} {:?}", found.reason, found.objects);
            if found.verdict != verdict || !swapped && !said.contains(says) {
                wrong.push(format!("{one} / {other}: {:?}: {}", found.verdict, found.reason));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_one_that_is_needed_is_named() {
    let found = judged(BASE, "create index on t (c);", "alter table t add c int;");
    assert_eq!((found.verdict, found.first.as_deref()), (Verdict::Dependent, Some("V3")));
}

#[test]
fn on_an_unknown_schema_what_is_made_is_needed_all_the_same() {
    let schema = Schema::new(Catalog::open(Dialect::Postgres));
    let judge = |a: &str, b: &str| {
        let (a, b) = (script("V2", a, Dialect::Postgres), script("V3", b, Dialect::Postgres));
        pair(&schema, (&a, 1), (&b, 2)).verdict
    };
    assert_eq!(judge("create table x (id int);", "alter table x add c int;"), Verdict::Dependent);
    assert_eq!(judge("alter table x add c int;", "alter table x add d int;"), Verdict::Independent);
    assert_eq!(judge("alter table x add c int;", "create index on x (c);"), Verdict::Dependent);
    assert_eq!(judge("alter table x drop column c;", "create index on x (c);"), Verdict::Conflicting);
}

#[test]
fn equal_sets_make_the_same_schema() {
    let dialect = Dialect::Postgres;
    let base = Schema::of(&[], dialect, false);
    let compare = |a: &[&str], b: &[&str]| {
        let scripts = |texts: &[&str]| -> Vec<Script> { texts.iter().map(|text| script("s", text, dialect)).collect() };
        equality(&base, &scripts(a), &scripts(b))
    };
    let steps = [
        "create table t (id int4 primary key, gone int);",
        "alter table t add email varchar(50) unique;",
        "alter table t drop gone;",
    ];
    let baseline = "create table t (email character varying(50), id integer, constraint t_pkey primary key (id), constraint t_email_key unique (email));";
    let same = compare(&steps, &[baseline]);
    assert_eq!(same.equal, Some(true), "{same:?}");
    assert_eq!(same.notes, ["the columns of public.t stand in another order"]);
    let other = compare(&steps, &["create table t (id int primary key, email varchar(60) unique);"]);
    assert_eq!(other.equal, Some(false));
    let [unlike] = other.unlike.as_slice() else { panic!("{other:?}") };
    assert_eq!(unlike.object.to_string(), "column public.t.email");
    assert!(
        unlike.a.as_deref().is_some_and(|text| text.contains("50"))
            && unlike.b.as_deref().is_some_and(|text| text.contains("60"))
    );
    assert_eq!(compare(&steps, &["what is this;"]).equal, None);
}

#[test]
fn what_a_copy_takes_in_is_what_is_there_then() {
    for dialect in [Dialect::Postgres, Dialect::Mysql, Dialect::SqlServer] {
        let equal = |open: bool, a: &[&str], b: &[&str]| {
            let source = [script("base", "create table t (id int, name varchar(9));", dialect)];
            let base = Schema::of(if open { &[] } else { &source }, dialect, open);
            let scripts =
                |texts: &[&str]| -> Vec<Script> { texts.iter().map(|text| script("s", text, dialect)).collect() };
            equality(&base, &scripts(a), &scripts(b)).equal
        };
        let adds = "alter table t add colour varchar(9);";
        let mut copies = vec!["create view v as select * from t;"];
        match dialect {
            Dialect::SqlServer => copies.push("select * into u from t;"),
            Dialect::Mysql => copies.extend(["create table u as select * from t;", "create table u like t;"]),
            _ => copies.extend([
                "create table u as select * from t;",
                "create table u as select t.* from t where id > 1;",
                "create materialized view m as select * from t;",
                "create table u (like t including all);",
                "select * into u from t;",
            ]),
        }
        for copy in copies {
            assert_eq!(equal(false, &[copy, adds], &[adds, copy]), Some(false), "{dialect:?} {copy}");
            assert_eq!(equal(false, &[copy, adds], &[copy, adds]), Some(true), "{dialect:?} {copy}");
            assert_ne!(equal(true, &[copy, adds], &[adds, copy]), Some(true), "{dialect:?} {copy}");
        }
    }
    let base = "create table t (id int, name text); create table w (t int, note text);";
    let schema = Schema::of(&[script("base", base, Dialect::Postgres)], Dialect::Postgres, false);
    let equal = |a: &str, b: &str| {
        let (a, b) = (script("a", a, Dialect::Postgres), script("b", b, Dialect::Postgres));
        equality(&schema, &[a], &[b]).equal
    };
    let joined = "create table u as select * from t join w on w.t = t.id;";
    let adds = "alter table w add colour text;";
    assert_eq!(equal(&format!("{joined}{adds}"), &format!("{adds}{joined}")), None);
    let some = "create table u as select id, name from t;";
    let grows = "alter table t add colour text;";
    assert_eq!(equal(&format!("{some}{grows}"), &format!("{grows}{some}")), Some(true));
    let wider = "alter table t alter id type bigint;";
    assert_eq!(equal(&format!("{some}{wider}"), &format!("{wider}{some}")), Some(false));
    assert_eq!(equal(some, "create table u (name text, id int);"), Some(true));
    // A `*` over more than one source is not that of one of them.
    let within = "create table u as select * from (select id from t) x;";
    assert_ne!(equal(&format!("{within}{grows}"), &format!("{grows}{within}")), Some(false));
}

#[test]
fn prefixes_say_what_the_previous_version_trips_over() {
    let dialect = Dialect::Postgres;
    let base = Schema::of(&[script("V1", BASE, dialect)], dialect, false);
    let safe = |texts: &[&str]| -> Vec<(Option<bool>, Vec<String>)> {
        let scripts: Vec<Script> = texts.iter().map(|text| script("s", text, dialect)).collect();
        prefixes(&base, &scripts).into_iter().map(|prefix| (prefix.safe, prefix.reasons)).collect()
    };
    let found =
        safe(&["alter table t add c int;", "alter table t alter c set not null;", "create table u (id int not null);"]);
    assert_eq!(found[0], (Some(true), Vec::new()));
    assert_eq!(found[1].1, ["column c of public.t is required and has no default"]);
    assert_eq!(found[2].0, Some(false));
    let back = safe(&["alter table t rename a to z;", "alter table t rename z to a;"]);
    assert_eq!((back[0].0, back[1].0), (Some(false), Some(true)));
    for (text, expected) in [
        ("alter table t alter b type smallint;", Some(false)),
        ("alter table t alter b type bigint;", Some(true)),
        ("alter table t add check (b > 0) not valid;", Some(false)),
        ("create index on t (b);", Some(true)),
        ("create unique index on t (b);", Some(false)),
        ("alter table t add c int not null default 0;", Some(true)),
        ("drop view v;", Some(false)),
        ("gibberish;", None),
    ] {
        assert_eq!(safe(&[text])[0].0, expected, "{text}");
    }
}
