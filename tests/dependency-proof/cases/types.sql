--- base
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE address AS (street text, city text);
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE people (id int PRIMARY KEY, feels mood, age positive);
CREATE SEQUENCE ticket;
--- add-great
ALTER TYPE mood ADD VALUE 'great';
--- add-awful
ALTER TYPE mood ADD VALUE 'awful';
--- add-awful-first
ALTER TYPE mood ADD VALUE 'awful' BEFORE 'sad';
--- great-is-default
ALTER TABLE people ALTER COLUMN feels SET DEFAULT 'great';
--- ok-is-default
ALTER TABLE people ALTER COLUMN feels SET DEFAULT 'ok';
--- rename-sad
ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';
--- rename-mood
ALTER TYPE mood RENAME TO feeling;
--- table-of-mood
CREATE TABLE days (day date, felt mood);
--- drop-feels
ALTER TABLE people DROP COLUMN feels;
--- make-colour
CREATE TYPE colour AS ENUM ('red', 'green');
--- use-colour
ALTER TABLE people ADD COLUMN likes colour;
--- add-zip
ALTER TYPE address ADD ATTRIBUTE zip text;
--- use-address
ALTER TABLE people ADD COLUMN home address;
--- domain-check
ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 200);
--- domain-default
ALTER DOMAIN positive SET DEFAULT 1;
--- drop-domain-cascade
DROP DOMAIN positive CASCADE;
--- table-of-positive
CREATE TABLE counts (n positive);
--- sequence-step
ALTER SEQUENCE ticket INCREMENT BY 5;
--- sequence-cache
ALTER SEQUENCE ticket CACHE 10;
--- sequence-step-otherwise
ALTER SEQUENCE ticket INCREMENT BY 7;
--- use-ticket
ALTER TABLE people ADD COLUMN number int DEFAULT nextval('ticket');
--- drop-ticket
DROP SEQUENCE ticket;
