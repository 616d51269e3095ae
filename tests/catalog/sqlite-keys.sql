-- SQLite: the usual way to rebuild a table.
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, b INT REFERENCES other (id));
CREATE INDEX t_b ON t (b);
CREATE TABLE t_b (x);
--! index main.t.t_b already-exists
ALTER TABLE t DROP COLUMN b;
--! column main.t.b needed-by index main.t.t_b
PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE t_new (id INTEGER PRIMARY KEY, a VARCHAR(20) NOT NULL);
INSERT INTO t_new SELECT id, a FROM t;
DROP TABLE t;
ALTER TABLE t_new RENAME TO t;
COMMIT;
ALTER TABLE T ADD COLUMN c TEXT DEFAULT 'x';
ALTER TABLE t RENAME COLUMN c TO d;
CREATE TEMP TABLE t (z);
ALTER TABLE t ADD COLUMN y;
DROP TABLE IF EXISTS nope;
--= table main.t: has rows
--=   column id: integer
--=   column a: varchar(20); not null
--=   column d: text; default 'x'
--=   constraint (id): primary key (id)
--= table temp.t: temporary; no rows
--=   column z
--=   column y
