-- What text that is put together when it runs may have removed is not known to be there any more.
CREATE TABLE users (id int PRIMARY KEY, name text CONSTRAINT named UNIQUE);
CREATE TABLE orders (id int PRIMARY KEY, user_id int);
CREATE POLICY own ON users USING (true);
CREATE POLICY own ON orders USING (true);
CREATE POLICY own ON users USING (true);
--! policy public.users.own already-exists
DO $$ DECLARE p record; BEGIN
  FOR p IN SELECT policyname FROM pg_policies WHERE tablename = 'users' LOOP
    EXECUTE format('DROP POLICY %I ON users', p.policyname);
  END LOOP;
END $$;
CREATE POLICY own ON users USING (true);
CREATE POLICY own ON orders USING (true);
--! policy public.orders.own already-exists
CREATE FUNCTION without_policies(t text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'drop policy own on ' || t; END $$;
SELECT without_policies('public.orders');
CREATE POLICY own ON orders USING (true);
CREATE POLICY own ON users USING (true);
--! policy public.users.own already-exists
CREATE SCHEMA hidden;
CREATE FUNCTION hidden.drop_policies(t text) RETURNS void LANGUAGE plpgsql AS $$ DECLARE p record; BEGIN
  FOR p IN (SELECT policyname FROM pg_policies WHERE tablename = t) LOOP EXECUTE 'drop policy "' || p.policyname || '" on ' || t; END LOOP;
END $$;
SELECT hidden.drop_policies('public.orders');
CREATE POLICY own ON orders USING (true);
-- A statement behind a placeholder may be a comment.
${only_here} CREATE TABLE placed (id int);
CREATE TABLE placed (id int);
-- A view that reads all columns of two tables may go with one of them.
CREATE VIEW both AS SELECT * FROM users WHERE EXISTS (SELECT 1 FROM orders WHERE orders.user_id = users.id);
ALTER TABLE users DROP COLUMN name CASCADE;
CREATE VIEW both AS SELECT * FROM users;
-- An action that a placeholder stands for may have renamed what it names.
CREATE TABLE claims (id int, dcn int);
ALTER TABLE claims ${rename} dcn ${to} claim_id;
ALTER TABLE claims ADD dcn int;
--= open
--= schema hidden
--= routine hidden.drop_policies: (t text)
--= routine public.without_policies: (t text)
--= view public.both: partly known; reads public.users
--= table public.claims: partly known; no rows
--=   column id: integer
--=   column dcn: integer
--= table public.orders: partly known; no rows [uncertain]
--=   column id: integer; not null [uncertain]
--=   column user_id: integer [uncertain]
--=   constraint orders_pkey: primary key (id) [uncertain]
--=   index orders_pkey: unique; on (id); of constraint [uncertain]
--=   policy own [uncertain]
--= table public.placed: no rows
--=   column id: integer
--= table public.users: partly known; no rows [uncertain]
--=   column id: integer; not null [uncertain]
--=   constraint users_pkey: primary key (id) [uncertain]
--=   index users_pkey: unique; on (id); of constraint [uncertain]
--=   policy own [uncertain]
