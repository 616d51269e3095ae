-- SQLite; tables hold 5,000 (or 500) rows except empty_t.
PRAGMA foreign_keys = OFF;
CREATE TABLE parent (id INTEGER PRIMARY KEY, v TEXT);
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b TEXT NOT NULL, c TEXT DEFAULT 'x', d INT, u INT, pad TEXT, CONSTRAINT t_d_chk CHECK (d >= 0));
CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INT REFERENCES parent (id), n INT);
CREATE TABLE wr (k TEXT PRIMARY KEY, v INT) WITHOUT ROWID;
CREATE TABLE st (id INTEGER PRIMARY KEY, v INT) STRICT;
CREATE TABLE uq (id INTEGER PRIMARY KEY, e TEXT UNIQUE, f INT);
CREATE TABLE g (id INTEGER PRIMARY KEY, a INT, s INT GENERATED ALWAYS AS (a * 2) STORED, w INT GENERATED ALWAYS AS (a * 3) VIRTUAL);
CREATE TABLE empty_t (id INTEGER PRIMARY KEY, v TEXT);
CREATE TABLE wtrig (id INTEGER PRIMARY KEY, x INT, y INT);
CREATE TABLE vw_base (id INTEGER PRIMARY KEY, x INT, y INT);
CREATE INDEX t_a ON t (a);
CREATE INDEX t_part ON t (c) WHERE d > 10;
CREATE TRIGGER tr AFTER UPDATE OF x ON wtrig BEGIN UPDATE wtrig SET y = 1 WHERE id = new.id; END;
CREATE VIEW vw AS SELECT id, x FROM vw_base;
CREATE VIRTUAL TABLE fts USING fts5 (body);
--= table main.child: no rows
--=   column id: integer
--=   column parent_id: int
--=   column n: int
--=   constraint (id): primary key (id)
--=   constraint (parent_id): foreign key (parent_id) references main.parent (id)
--= table main.empty_t: no rows
--=   column id: integer
--=   column v: text
--=   constraint (id): primary key (id)
--= foreign-table main.fts: partly known
--= table main.g: no rows
--=   column id: integer
--=   column a: int
--=   column s: int; generated (a * 2) stored
--=   column w: int; generated (a * 3)
--=   constraint (id): primary key (id)
--= table main.parent: no rows
--=   column id: integer
--=   column v: text
--=   constraint (id): primary key (id)
--= table main.st: option strict=; no rows
--=   column id: integer
--=   column v: int
--=   constraint (id): primary key (id)
--= table main.t: no rows
--=   column id: integer
--=   column a: int
--=   column b: text; not null
--=   column c: text; default 'x'
--=   column d: int
--=   column u: int
--=   column pad: text
--=   constraint (id): primary key (id)
--=   constraint t_d_chk: check (d >= 0)
--=   index t_a: on (a)
--=   index t_part: on (c); where d > 10
--= table main.uq: no rows
--=   column id: integer
--=   column e: text
--=   column f: int
--=   constraint (id): primary key (id)
--=   constraint (e): unique (e)
--=   index (e): unique; on (e); of constraint
--= view main.vw: reads main.vw_base
--=   column id: partly known
--=   column x: partly known
--= table main.vw_base: no rows
--=   column id: integer
--=   column x: int
--=   column y: int
--=   constraint (id): primary key (id)
--= table main.wr: option without rowid=; no rows
--=   column k: text; not null
--=   column v: int
--=   constraint (k): primary key (k)
--=   index (k): unique; on (k); of constraint
--= table main.wtrig: no rows
--=   column id: integer
--=   column x: int
--=   column y: int
--=   constraint (id): primary key (id)
--=   trigger tr
