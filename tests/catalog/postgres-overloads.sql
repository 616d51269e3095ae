-- One of two functions of the same name goes; savepoints have names.
CREATE FUNCTION f(a int, b int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(a text, OUT b int) LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION g(a timestamp with time zone) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION g(double precision) RETURNS int LANGUAGE sql AS 'SELECT 1';
DROP FUNCTION f(integer, int4), g(timestamptz);
BEGIN;
SAVEPOINT one;
CREATE TABLE a (x int);
SAVEPOINT two;
CREATE TABLE b (x int);
RELEASE SAVEPOINT two;
CREATE TABLE c (x int);
SAVEPOINT three;
CREATE TABLE d (x int);
ROLLBACK TO SAVEPOINT one;
CREATE TABLE a (x int);
SAVEPOINT "Two";
DROP TABLE a;
SAVEPOINT two;
ROLLBACK TO "Two";
COMMIT;
CREATE SEQUENCE s;
ALTER SEQUENCE s OWNED BY a.x;
CREATE SEQUENCE t OWNED BY a.x;
ALTER SEQUENCE t OWNED BY NONE;
ALTER TABLE a DROP COLUMN x;
--= routine public.f: (a text, OUT b int)
--= routine public.g: (double precision)
--= table public.a: no rows
--= sequence public.t
