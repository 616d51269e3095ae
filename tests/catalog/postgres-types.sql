CREATE TYPE link AS (kind text, url text);
CREATE TYPE person AS (name text, links link[]);
CREATE DOMAIN best AS link;
CREATE FUNCTION url_of(l link) RETURNS text LANGUAGE sql AS $$ SELECT (l).url $$;
CREATE TABLE people (id int, who person, home best);
DROP TYPE link;
--! type public.link needed-by domain public.best, type public.person, routine public.url_of
DROP TYPE person;
--! type public.person needed-by column public.people.who
DROP TYPE link CASCADE;
DROP TYPE person CASCADE;
--= table public.people: no rows
--=   column id: integer
