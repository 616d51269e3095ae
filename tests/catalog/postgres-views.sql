-- Views, types, domains, schemas, the search path, transactions, blocks.
CREATE SCHEMA app;
CREATE SCHEMA app;
--! schema app already-exists
SET search_path = app, public;
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TYPE mood ADD VALUE 'great';
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok';
ALTER TYPE mood ADD VALUE 'fine' BEFORE 'great';
ALTER TYPE mood RENAME VALUE 'sad' TO 'low';
CREATE TYPE mood AS ENUM ('x');
--! type app.mood already-exists
CREATE DOMAIN age AS int CHECK (VALUE >= 0);
ALTER DOMAIN age SET NOT NULL;
CREATE TABLE t (id int PRIMARY KEY, m mood DEFAULT 'ok', g age, total int GENERATED ALWAYS AS (id * 2) STORED, note varchar(20));
CREATE VIEW v AS SELECT id, m FROM t WHERE g > 1;
CREATE MATERIALIZED VIEW mv AS SELECT id FROM v WITH NO DATA;
CREATE UNIQUE INDEX mv_id ON mv (id);
DROP TABLE t;
--! table app.t needed-by view app.v
DROP VIEW v;
--! view app.v needed-by materialized-view app.mv
ALTER TABLE t DROP COLUMN note;
ALTER TABLE t DROP COLUMN m;
--! column app.t.m needed-by view app.v
ALTER TABLE t DROP COLUMN id;
--! column app.t.id needed-by view app.v, column app.t.total
DROP TYPE mood;
--! type app.mood needed-by column app.t.m
CREATE OR REPLACE VIEW v AS SELECT id FROM t;
ALTER TABLE t DROP COLUMN m;
DROP TYPE mood;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
--! trigger app.t.tr already-exists
DROP FUNCTION f();
--! function app.f needed-by trigger app.t.tr
DROP TRIGGER tr ON t;
DROP FUNCTION f();
DROP TRIGGER tr ON t;
--! trigger app.t.tr missing
SET search_path = public;
ALTER TABLE t ADD COLUMN x int;
--! table public.t missing
ALTER TABLE app.t ALTER COLUMN g TYPE bigint, ALTER COLUMN g SET DEFAULT 1, ALTER COLUMN nope SET NOT NULL;
--! column app.t.nope missing
BEGIN;
DROP TABLE app.t CASCADE;
SAVEPOINT a;
CREATE TABLE lost (id int);
ROLLBACK TO SAVEPOINT a;
ROLLBACK;
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_type WHERE typname = 'kind') THEN
    CREATE TYPE kind AS ENUM ('a');
  END IF;
END $$;
DO $$ BEGIN CREATE TYPE kind AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN
  IF (SELECT count(*) FROM app.t) > 1 THEN
    ALTER TABLE app.t ADD COLUMN maybe int;
    CREATE TABLE perhaps (id int);
  END IF;
END $$;
ALTER TABLE perhaps ADD COLUMN x int;
CREATE TEMP TABLE t (z int);
ALTER TABLE t ADD COLUMN y int;
ALTER SCHEMA app RENAME TO core;
CREATE TABLE copied (LIKE core.t INCLUDING ALL);
CREATE TABLE made AS SELECT id FROM core.t;
ALTER TABLE copied SET SCHEMA core;
CREATE POLICY p ON core.copied USING (note = 'x');
ALTER TABLE core.copied DROP COLUMN note CASCADE;
--! column core.copied.note missing
CREATE VIEW first AS SELECT 1 AS x;
CREATE VIEW second AS SELECT x FROM first;
DROP VIEW first, second;
CREATE TABLE a_b (c int CHECK (c > 0));
CREATE TABLE a (b_c int CHECK (b_c > 0));
DO $$ BEGIN EXECUTE format('GRANT SELECT ON %I TO app', 't'); END $$;
ALTER TABLE nowhere ADD COLUMN x int;
--! table public.nowhere missing
DO $$ BEGIN EXECUTE format('ALTER TABLE %I ADD x int', 't'); END $$;
ALTER TABLE nowhere ADD COLUMN x int;
--= open
--= schema core
--= domain core.age: integer; not null; check age_check (VALUE >= 0)
--= type public.kind: enum a
--= table core.copied: partly known; no rows
--=   column id: integer; not null
--=   column g: bigint; default 1
--=   column total: integer; generated (id * 2) stored
--=   column maybe: integer
--=   constraint copied_pkey: primary key (id)
--=   index copied_pkey: unique; on (id); of constraint
--=   policy p
--= materialized-view core.mv: partly known; reads core.v; no rows
--=   column id: partly known
--=   index mv_id: unique; on (id)
--= table core.t: partly known; no rows [uncertain]
--=   column id: integer; not null [uncertain]
--=   column g: bigint; default 1 [uncertain]
--=   column total: integer; generated (id * 2) stored [uncertain]
--=   column maybe: integer [uncertain]
--=   constraint t_pkey: primary key (id) [uncertain]
--=   index t_pkey: unique; on (id); of constraint [uncertain]
--= view core.v: partly known; reads core.t
--=   column id: partly known
--= table pg_temp.t: temporary; partly known; no rows
--=   column z: integer
--=   column y: integer
--= table public.a: partly known; no rows
--=   column b_c: integer
--=   constraint a_b_c_check1: check (b_c > 0)
--= table public.a_b: partly known; no rows
--=   column c: integer
--=   constraint a_b_c_check: check (c > 0)
--= table public.made: partly known; reads core.t
--=   column id: partly known
--= table public.nowhere: partly known
--=   column x: integer
--= table public.perhaps: partly known; no rows [uncertain]
--=   column id: integer [uncertain]
--=   column x: integer [uncertain]
