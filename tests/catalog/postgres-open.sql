-- open
ALTER TABLE users ADD COLUMN a int;
ALTER TABLE users DROP COLUMN b;
ALTER TABLE users ADD COLUMN b text;
ALTER TABLE users DROP COLUMN b;
ALTER TABLE users DROP COLUMN b;
--! column public.users.b missing
ALTER TABLE users ALTER COLUMN c SET NOT NULL;
CREATE TABLE IF NOT EXISTS orders (id int PRIMARY KEY);
ALTER TABLE orders DROP COLUMN nope;
--! column public.orders.nope missing
CREATE INDEX i ON users (zip);
DROP INDEX other;
DROP TABLE gone;
DROP TABLE gone;
--! table public.gone missing
DROP TYPE some;
--= open
--= table public.orders: no rows [uncertain]
--=   column id: integer; not null [uncertain]
--=   constraint orders_pkey: primary key (id) [uncertain]
--=   index orders_pkey: unique; on (id); of constraint [uncertain]
--= table public.users: partly known
--=   column a: integer
--=   column c: not null; partly known
--=   index i: on (zip)
