-- SQLite: a column that a trigger's expressions or a view need stays; what goes with the column does not keep it.
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT CHECK (a > 0), b INT REFERENCES o (id), c INT, d INT, CHECK (c > 0));
CREATE TABLE u (f INT);
CREATE TRIGGER writes AFTER UPDATE OF d ON t BEGIN UPDATE t SET d = 1 WHERE id = new.id; END;
ALTER TABLE t DROP COLUMN a;
ALTER TABLE t DROP COLUMN b;
ALTER TABLE t DROP COLUMN c;
--! column main.t.c needed-by constraint main.t.(c)
ALTER TABLE t DROP COLUMN d;
ALTER TABLE t ADD COLUMN e INT;
CREATE TRIGGER reads AFTER INSERT ON u BEGIN UPDATE t SET c = e; END;
CREATE TRIGGER IF NOT EXISTS reads AFTER INSERT ON t BEGIN SELECT 1; END;
CREATE TRIGGER reads AFTER INSERT ON t BEGIN SELECT 1; END;
--! trigger main.u.reads already-exists
ALTER TABLE t DROP COLUMN e;
--! column main.t.e needed-by trigger main.u.reads
DROP TRIGGER reads;
DROP TRIGGER reads;
--! trigger main.reads missing
CREATE VIEW v AS SELECT * FROM t;
ALTER TABLE t DROP COLUMN e;
--= table main.t: no rows
--=   column id: integer
--=   column c: int
--=   constraint (id): primary key (id)
--=   constraint (c): check (c > 0)
--=   trigger writes
--= table main.u: no rows
--=   column f: int
--= view main.v: reads main.t
--=   column id: partly known
--=   column c: partly known
--=   column e: partly known
