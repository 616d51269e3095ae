-- SQLite: what .schema wrote.
CREATE TABLE customers (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, email TEXT UNIQUE, at TEXT DEFAULT CURRENT_TIMESTAMP, CONSTRAINT name_given CHECK (length(name) > 0));
CREATE TABLE sqlite_sequence(name,seq);
CREATE TABLE IF NOT EXISTS "my orders" (id INTEGER PRIMARY KEY, customer_id INT REFERENCES customers (id) ON DELETE CASCADE, total DECIMAL(10, 2), twice AS (total * 2) STORED);
CREATE INDEX orders_customer ON "my orders" (customer_id) WHERE total > 0;
CREATE TABLE IF NOT EXISTS "the codes" (code TEXT PRIMARY KEY, v ANY) STRICT, WITHOUT ROWID;
CREATE VIEW named AS SELECT id, name FROM customers
/* named(id,name) */;
CREATE TRIGGER touch AFTER UPDATE ON customers BEGIN UPDATE customers SET at = CURRENT_TIMESTAMP WHERE id = new.id; END;
CREATE VIRTUAL TABLE words USING fts5 (body)
/* words(body) */;
CREATE TABLE IF NOT EXISTS 'words_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE IF NOT EXISTS 'words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS 'words_content'(id INTEGER PRIMARY KEY, c0);
CREATE TABLE IF NOT EXISTS 'words_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE IF NOT EXISTS 'words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE sqlite_stat1(tbl,idx,stat);
--= table main.customers: no rows
--=   column id: integer; identity auto increment
--=   column name: text; not null
--=   column email: text
--=   column at: text; default CURRENT_TIMESTAMP
--=   constraint (id): primary key (id)
--=   constraint (email): unique (email)
--=   constraint name_given: check (length(name) > 0)
--=   index (email): unique; on (email); of constraint
--=   trigger touch
--= table main.my orders: no rows
--=   column id: integer
--=   column customer_id: int
--=   column total: decimal(10,2)
--=   column twice: generated (total * 2) stored
--=   constraint (id): primary key (id)
--=   constraint (customer_id): foreign key (customer_id) references main.customers (id); on delete cascade
--=   index orders_customer: on (customer_id); where total > 0
--= view main.named: reads main.customers
--=   column id: partly known
--=   column name: partly known
--= table main.sqlite_sequence: no rows
--=   column name
--=   column seq
--= table main.sqlite_stat1: no rows
--=   column tbl
--=   column idx
--=   column stat
--= table main.the codes: option strict=; option without rowid=; no rows
--=   column code: text; not null
--=   column v: any
--=   constraint (code): primary key (code)
--=   index (code): unique; on (code); of constraint
--= foreign-table main.words: partly known
--= table main.words_config: option without rowid=; no rows
--=   column k: not null
--=   column v
--=   constraint (k): primary key (k)
--=   index (k): unique; on (k); of constraint
--= table main.words_content: no rows
--=   column id: integer
--=   column c0
--=   constraint (id): primary key (id)
--= table main.words_data: no rows
--=   column id: integer
--=   column block: blob
--=   constraint (id): primary key (id)
--= table main.words_docsize: no rows
--=   column id: integer
--=   column sz: blob
--=   constraint (id): primary key (id)
--= table main.words_idx: option without rowid=; no rows
--=   column segid: not null
--=   column term: not null
--=   column pgno
--=   constraint (segid, term): primary key (segid, term)
--=   index (segid, term): unique; on (segid, term); of constraint
