--- base
CREATE SCHEMA app;
CREATE TABLE public.things (id int PRIMARY KEY, n int);
CREATE TABLE app.other (id int PRIMARY KEY);
--- make-app-things
CREATE TABLE app.things (id int PRIMARY KEY, n int);
--- alter-by-path
SET search_path TO app, public;
ALTER TABLE things ADD COLUMN m int;
--- make-by-path
SET search_path TO app;
CREATE TABLE gadgets (id int PRIMARY KEY);
--- comment-gadgets
COMMENT ON TABLE app.gadgets IS 'Gadgets';
--- make-sales
CREATE SCHEMA sales;
--- make-in-sales
CREATE TABLE sales.orders (id int);
--- make-sales-if-not-exists
CREATE SCHEMA IF NOT EXISTS sales;
--- drop-app-cascade
DROP SCHEMA app CASCADE;
--- drop-other
DROP TABLE app.other;
--- drop-other-if-exists
DROP TABLE IF EXISTS app.other;
--- alter-other-if-exists
ALTER TABLE IF EXISTS app.other ADD COLUMN x int;
--- view-in-app
CREATE VIEW app.numbers AS SELECT n FROM public.things;
--- guarded
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 'boxes') THEN
    CREATE TABLE boxes (id int PRIMARY KEY);
  END IF;
END $$;
--- boxes
CREATE TABLE boxes (id int PRIMARY KEY);
--- dynamic
DO $$ BEGIN EXECUTE format('CREATE TABLE %I (id int)', 'dyn'); END $$;
--- extension
CREATE EXTENSION IF NOT EXISTS citext;
--- use-citext
CREATE TABLE mails (address citext);
--- generated
ALTER TABLE things ADD COLUMN twice int GENERATED ALWAYS AS (n * 2) STORED;
--- type-of-n
ALTER TABLE things ALTER COLUMN n TYPE bigint;
--- rule
CREATE RULE keep AS ON DELETE TO things DO INSTEAD NOTHING;
--- publication
CREATE PUBLICATION feed FOR TABLE things;
--- drop-things-table
DROP TABLE things CASCADE;
