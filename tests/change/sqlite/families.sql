-- SQLite.
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a UNSIGNED BIG INT(5) DEFAULT (1 + 1), "b" TEXT COLLATE NOCASE, c, key TEXT UNIQUE ON CONFLICT REPLACE, FOREIGN KEY (a) REFERENCES u (id) ON UPDATE CASCADE) STRICT, WITHOUT ROWID;
--> create-table t referenced u | id, a, b, c, key
CREATE VIRTUAL TABLE f USING fts5 (body, tokenize = 'porter');
--> create-foreign-table f
CREATE TEMP TRIGGER IF NOT EXISTS tr INSTEAD OF UPDATE OF a ON v WHEN new.a > 1 BEGIN UPDATE t SET a = new.a; INSERT INTO log VALUES (1); END;
--> create-trigger tr owner v
ALTER TABLE t RENAME a TO b;
--> alter-table t | rename-column a
ALTER TABLE t ALTER COLUMN a SET NOT NULL ON CONFLICT ABORT;
--> alter-table t | set-not-null a
INSERT OR REPLACE INTO t SELECT * FROM u;
--> insert t source u
PRAGMA main.foreign_keys = OFF;
--> pragma | foreign_keys OFF
PRAGMA table_info(t);
--> pragma | table_info t
ATTACH DATABASE 'f' AS a;
--> attach-database
VACUUM INTO 'f';
--> vacuum
REINDEX t;
--> reindex t
END TRANSACTION;
--> commit
