-- A function that runs what it puts together: afterwards nothing is known to be absent.
CREATE TABLE users (name text UNIQUE);
CREATE FUNCTION work() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'ALTER TABLE users DROP CONSTRAINT ' || found; END $$;
ALTER TABLE users DROP COLUMN nope;
--! column public.users.nope missing
SELECT work();
ALTER TABLE users DROP COLUMN nope;
--= open
--= routine public.work: ()
--= table public.users: partly known; no rows
--=   column name: text
