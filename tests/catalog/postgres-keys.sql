-- Names that PostgreSQL finds, keys, what goes with what.
CREATE TABLE users (
  id bigserial PRIMARY KEY,
  email text NOT NULL UNIQUE,
  age int CHECK (age > 0),
  parent bigint REFERENCES users,
  a int, b int,
  UNIQUE (a, b),
  CHECK (a < b),
  CHECK (a > 0 OR b > 0)
);
CREATE TABLE IF NOT EXISTS users (id int);
CREATE TABLE users (id int);
--! table public.users already-exists
CREATE TABLE "Users" (id int GENERATED ALWAYS AS IDENTITY, u bigint, CONSTRAINT fk FOREIGN KEY (u) REFERENCES users (id) ON DELETE CASCADE);
CREATE INDEX ON users (lower(email), age);
CREATE INDEX ON users (lower(email), age);
CREATE UNIQUE INDEX CONCURRENTLY email_open ON users (email) WHERE parent IS NULL;
CREATE INDEX email_open ON users (email);
--! index public.users.email_open already-exists
CREATE INDEX x ON users (nope);
--! column public.users.nope missing
CREATE INDEX x ON nowhere (nope);
--! table public.nowhere missing
ALTER TABLE users ADD COLUMN email text;
--! column public.users.email already-exists
ALTER TABLE users ADD COLUMN IF NOT EXISTS email text;
ALTER TABLE users DROP COLUMN nope;
--! column public.users.nope missing
ALTER TABLE users DROP COLUMN IF EXISTS nope;
ALTER TABLE users DROP COLUMN id;
--! column public.users.id needed-by constraint public.Users.fk, constraint public.users.users_parent_fkey
ALTER TABLE users DROP CONSTRAINT users_pkey;
--! constraint public.users.users_pkey needed-by constraint public.Users.fk, constraint public.users.users_parent_fkey
ALTER TABLE nowhere ADD COLUMN x int;
--! table public.nowhere missing
ALTER TABLE IF EXISTS nowhere ADD COLUMN x int;
DROP INDEX users_email_key;
--! index public.users.users_email_key needed-by constraint public.users.users_email_key
DROP TABLE users;
--! table public.users needed-by constraint public.Users.fk
DROP TABLE nowhere;
--! table public.nowhere missing
DROP TABLE IF EXISTS nowhere;
DROP VIEW users;
--! table public.users wrong-kind
ALTER TABLE users RENAME TO "Users";
--! table public.Users already-exists
ALTER TABLE users ADD CONSTRAINT users_pkey CHECK (a > 1);
--! constraint public.users.users_pkey already-exists
ALTER TABLE users ADD PRIMARY KEY (a);
--! constraint public.users.users_pkey already-exists
ALTER TABLE users RENAME COLUMN a TO b;
--! column public.users.b already-exists
ALTER TABLE users RENAME COLUMN a TO first;
ALTER TABLE users DROP COLUMN b;
ALTER TABLE users RENAME TO people;
ALTER TABLE people RENAME CONSTRAINT users_pkey TO people_pkey;
ALTER INDEX email_open RENAME TO people_email;
ALTER TABLE people ADD CONSTRAINT age_small CHECK (age < 200) NOT VALID;
ALTER TABLE people VALIDATE CONSTRAINT age_small;
ALTER TABLE people VALIDATE CONSTRAINT nope;
--! constraint public.people.nope missing
ALTER TABLE people ADD COLUMN code int;
CREATE UNIQUE INDEX people_code ON people (code);
ALTER TABLE people ADD CONSTRAINT people_code_key UNIQUE USING INDEX people_code;
INSERT INTO people (email) VALUES ('a');
INSERT INTO nowhere VALUES (1);
--! table public.nowhere missing
CREATE TABLE gone (id serial PRIMARY KEY);
CREATE TABLE kept (g int REFERENCES gone);
DROP TABLE gone CASCADE;
CREATE TABLE one (id int PRIMARY KEY);
CREATE TABLE two (id int REFERENCES one);
DROP TABLE one, two;
--= table public.Users: no rows
--=   column id: integer; not null; identity always
--=   column u: bigint
--=   constraint fk: foreign key (u) references public.people (id); on delete cascade
--= sequence public.Users_id_seq: owned by public.Users.id
--= table public.kept: no rows
--=   column g: integer
--= table public.people: has rows
--=   column id: bigint; not null; default nextval('public.users_id_seq'::regclass); identity serial
--=   column email: text; not null
--=   column age: integer
--=   column parent: bigint
--=   column first: integer
--=   column code: integer
--=   constraint people_pkey: primary key (id)
--=   constraint users_email_key: unique (email)
--=   constraint users_age_check: check (age > 0)
--=   constraint users_parent_fkey: foreign key (parent) references public.people (id)
--=   constraint age_small: check (age < 200)
--=   constraint people_code_key: unique (code)
--=   index people_pkey: unique; on (id); of constraint
--=   index users_email_key: unique; on (email); of constraint
--=   index users_lower_age_idx: on (lower(email), age)
--=   index users_lower_age_idx1: on (lower(email), age)
--=   index people_email: unique; on (email); where parent IS NULL
--=   index people_code_key: unique; on (code); of constraint
--= sequence public.users_id_seq: owned by public.people.id
