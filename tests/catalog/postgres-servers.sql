-- Fixture loaded once into a template database; every case gets a fresh copy.
-- Every table that a validation could scan has >= 2000 rows (most have 20000).
SET client_min_messages = warning;
CREATE EXTENSION btree_gist;
CREATE EXTENSION citext;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION hstore;
CREATE EXTENSION file_fdw;
CREATE SCHEMA app;
CREATE SCHEMA archive;
CREATE SCHEMA "Weird Schema";
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE unused_enum AS ENUM ('a', 'b');
CREATE TYPE addr AS (street text, zip text);
CREATE TYPE row_t AS (a int, b text);
CREATE DOMAIN posint AS int CONSTRAINT posint_chk CHECK (VALUE > 0);
CREATE DOMAIN email_d AS text;
CREATE DOMAIN plain_int AS int;
CREATE DOMAIN unused_dom AS text;
CREATE SEQUENCE free_seq;
CREATE COLLATION coll_c FROM "C";
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;

CREATE FUNCTION f_add(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE FUNCTION f_vol() RETURNS int LANGUAGE plpgsql VOLATILE AS 'BEGIN RETURN 1; END';
CREATE FUNCTION f_stable() RETURNS int LANGUAGE plpgsql STABLE AS 'BEGIN RETURN 1; END';
CREATE FUNCTION f_chk(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN true; END';
CREATE FUNCTION trg_fn() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION trg_stmt_fn() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE PROCEDURE p_noop() LANGUAGE plpgsql AS 'BEGIN NULL; END';

CREATE TABLE users (
  id bigserial PRIMARY KEY,
  email text NOT NULL CONSTRAINT users_email_key UNIQUE,
  name varchar(50),
  age int,
  balance numeric(10,2) DEFAULT 0,
  status text DEFAULT 'new',
  created_at timestamp NOT NULL,
  updated_at timestamptz,
  feeling mood,
  bio text,
  ref_code int
);
INSERT INTO users (email, name, age, balance, status, created_at, updated_at, feeling, bio, ref_code)
SELECT 'u' || g || '@example.org', 'name' || g, 18 + g % 60, g % 1000, CASE g % 4 WHEN 0 THEN 'active' ELSE 'new' END,
       timestamp '2020-01-01' + g * interval '1 minute', timestamptz '2020-01-01 00:00+00' + g * interval '1 minute',
       (ARRAY['sad','ok','happy'])[1 + g % 3]::mood, repeat('b', 40), g
FROM generate_series(1, 20000) g;
CREATE INDEX users_name_idx ON users (name);
CREATE INDEX users_created_idx ON users (created_at);
CREATE INDEX users_active_idx ON users (id) WHERE status = 'active';
CREATE INDEX users_lower_email_idx ON users (lower(email));
CREATE UNIQUE INDEX users_ref_code_uidx ON users (ref_code);

CREATE TABLE products (
  id serial PRIMARY KEY,
  sku text,
  price numeric(8,2),
  name text,
  tags text[],
  attrs jsonb,
  dim int
);
INSERT INTO products (sku, price, name, tags, attrs, dim)
SELECT 'sku' || g, g % 500, 'prod' || g, ARRAY['x', 'y' || g % 10], jsonb_build_object('k', g), g FROM generate_series(1, 20000) g;
CREATE UNIQUE INDEX products_sku_uidx ON products (sku);
CREATE UNIQUE INDEX products_dim_uidx ON products (dim);
CREATE POLICY p_products ON products FOR SELECT USING (true);

CREATE TABLE orders (
  id serial PRIMARY KEY,
  user_id bigint NOT NULL CONSTRAINT orders_user_id_fkey REFERENCES users (id),
  product_id int,
  amount numeric(10,2) CONSTRAINT orders_amount_chk CHECK (amount >= 0),
  note text,
  sku varchar(20),
  qty int,
  state text DEFAULT 'open',
  placed_at timestamp,
  ext_id text
);
INSERT INTO orders (user_id, product_id, amount, note, sku, qty, state, placed_at, ext_id)
SELECT 1 + g % 20000, 1 + g % 20000, g % 100, 'note ' || g, 'sku' || g, g % 10, 'open', timestamp '2021-01-01' + g * interval '1 minute', 'x' || g
FROM generate_series(1, 20000) g;
CREATE INDEX orders_user_idx ON orders (user_id);
CREATE INDEX orders_state_idx ON orders (state);
ALTER TABLE orders ADD CONSTRAINT orders_sku_nn CHECK (sku IS NOT NULL);
ALTER TABLE orders ADD CONSTRAINT orders_note_nv CHECK (note IS NOT NULL) NOT VALID;
ALTER TABLE orders ADD CONSTRAINT orders_product_nv FOREIGN KEY (product_id) REFERENCES products (id) NOT VALID;
CREATE TRIGGER orders_trg BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION trg_fn();

-- one column per interesting type; no index but the key
CREATE TABLE types_t (
  id int PRIMARY KEY,
  c_small smallint, c_int int, c_big bigint,
  c_v20 varchar(20), c_v varchar, c_text text, c_char char(10),
  c_num numeric(10,2), c_numu numeric,
  c_ts timestamp, c_tsz timestamptz, c_ts3 timestamp(3), c_tsz3 timestamptz(3), c_date date, c_time time, c_timetz timetz, c_iv interval, c_iv3 interval(3),
  c_ip inet, c_net cidr, c_bool boolean, c_mood mood,
  c_json json, c_jsonb jsonb, c_arr int[], c_varr varchar(20)[],
  c_txtnum text, c_txtuuid text, c_uuid uuid, c_bytea bytea,
  c_bit bit(8), c_vbit varbit(8), c_real real, c_dbl double precision,
  c_dom posint, c_pdom plain_int, c_edom email_d, c_ct citext, c_oid oid, c_money money, c_name name, c_addr addr
);
INSERT INTO types_t
SELECT g, g % 100, g, g, 'v' || g, 'v' || g, 'v' || g, 'c' || g % 1000, g % 1000, g,
  timestamp '2020-01-01' + g * interval '1 minute', timestamptz '2020-01-01 00:00+00' + g * interval '1 minute',
  timestamp '2020-01-01' + g * interval '1 minute', timestamptz '2020-01-01 00:00+00' + g * interval '1 minute',
  date '2020-01-01' + g % 1000, time '10:00', timetz '10:00+00', interval '1 hour', interval '1 hour',
  '10.0.0.1', '10.0.0.0/8', g % 2 = 0, 'ok', '{"a":1}', '{"a":1}', ARRAY[g], ARRAY['v' || g]::varchar(20)[],
  g::text, '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000001', '\x01',
  B'10101010', B'1010', g, g, 1 + g % 100, g, 'e' || g, 'ct' || g, g, 1, 'n' || g, ROW('s', 'z')::addr
FROM generate_series(1, 20000) g;

-- the same kind of columns with indexes / constraints on top
CREATE TABLE types_idx (
  id int PRIMARY KEY, v20 varchar(20), t text, n numeric(10,2), ts timestamp, i int, nc varchar(10), u varchar(30) UNIQUE,
  chk varchar(20) CHECK (length(chk) < 20), pw varchar(20), ex varchar(20), inc varchar(20), CONSTRAINT types_idx_n_chk CHECK (n >= 0)
);
INSERT INTO types_idx SELECT g, 'v' || g, 't' || g, g % 1000, timestamp '2020-01-01' + g * interval '1 minute', g, 'n' || g % 100, 'u' || g, 'c', 'p' || g, 'e' || g, 'i' FROM generate_series(1, 20000) g;
CREATE INDEX types_idx_v20 ON types_idx (v20);
CREATE INDEX types_idx_t ON types_idx (t);
CREATE INDEX types_idx_n ON types_idx (n);
CREATE INDEX types_idx_ts ON types_idx (ts);
CREATE INDEX types_idx_i ON types_idx (i);
CREATE INDEX types_idx_ex ON types_idx ((ex || 'x'));
CREATE INDEX types_idx_pw ON types_idx (id) WHERE pw <> '';
CREATE INDEX types_idx_inc ON types_idx (id) INCLUDE (inc);

-- no key; unique indexes ready to be promoted
CREATE TABLE nopk (id int NOT NULL, code text, v int, w int);
INSERT INTO nopk SELECT g, 'c' || g, g, g % 100 FROM generate_series(1, 20000) g;
CREATE UNIQUE INDEX nopk_id_uidx ON nopk (id);
CREATE UNIQUE INDEX nopk_v_uidx ON nopk (v);
CREATE UNIQUE INDEX nopk_part_uidx ON nopk (v) WHERE v > 10;
CREATE INDEX nopk_w_idx ON nopk (w);

-- range partitioned, no default
CREATE TABLE pm (id bigint, ts timestamp NOT NULL, dev int, val double precision) PARTITION BY RANGE (ts);
CREATE TABLE pm_2022 PARTITION OF pm FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
CREATE TABLE pm_2023 PARTITION OF pm FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE INDEX pm_dev_idx ON pm (dev);
INSERT INTO pm SELECT g, timestamp '2022-01-01' + g * interval '1 hour', g % 100, g FROM generate_series(1, 8000) g;
INSERT INTO pm SELECT g, timestamp '2023-01-01' + g * interval '1 hour', g % 100, g FROM generate_series(1, 8000) g;
CREATE TABLE pm_2024 (id bigint, ts timestamp NOT NULL, dev int, val double precision);
INSERT INTO pm_2024 SELECT g, timestamp '2024-01-01' + g * interval '1 hour', g % 100, g FROM generate_series(1, 8000) g;
CREATE TABLE pm_2025 (LIKE pm_2024, CONSTRAINT pm_2025_rng CHECK (ts IS NOT NULL AND ts >= '2025-01-01' AND ts < '2026-01-01'));
INSERT INTO pm_2025 SELECT g, timestamp '2025-01-01' + g * interval '1 hour', g % 100, g FROM generate_series(1, 8000) g;
CREATE INDEX pm_2025_dev_idx ON pm_2025 (dev);
CREATE TABLE pm_2026 (LIKE pm_2024);
INSERT INTO pm_2026 SELECT g, timestamp '2026-01-01' + g * interval '1 hour', g % 100, g FROM generate_series(1, 8000) g;
ALTER TABLE pm_2026 ADD CONSTRAINT pm_2026_rng CHECK (ts IS NOT NULL AND ts >= '2026-01-01' AND ts < '2027-01-01') NOT VALID;
-- range partitioned with default
CREATE TABLE pd (id bigint, ts timestamp NOT NULL, dev int, val double precision) PARTITION BY RANGE (ts);
CREATE TABLE pd_2022 PARTITION OF pd FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
CREATE TABLE pd_default PARTITION OF pd DEFAULT;
INSERT INTO pd SELECT g, timestamp '2022-01-01' + g * interval '1 hour', g % 100, g FROM generate_series(1, 8000) g;
INSERT INTO pd SELECT g, timestamp '2019-01-01' + g * interval '1 hour', g % 100, g FROM generate_series(1, 8000) g;
CREATE TABLE pd_2024 (LIKE pm_2024, CONSTRAINT pd_2024_rng CHECK (ts IS NOT NULL AND ts >= '2024-01-01' AND ts < '2025-01-01'));
INSERT INTO pd_2024 SELECT * FROM pm_2024;
-- list / hash partitioned
CREATE TABLE evt (id int, kind text NOT NULL, v int) PARTITION BY LIST (kind);
CREATE TABLE evt_a PARTITION OF evt FOR VALUES IN ('a');
CREATE TABLE evt_b PARTITION OF evt FOR VALUES IN ('b');
CREATE TABLE evt_c (id int, kind text NOT NULL, v int);
INSERT INTO evt SELECT g, CASE g % 2 WHEN 0 THEN 'a' ELSE 'b' END, g FROM generate_series(1, 10000) g;
INSERT INTO evt_c SELECT g, 'c', g FROM generate_series(1, 5000) g;
CREATE TABLE hsh (id int NOT NULL, v int) PARTITION BY HASH (id);
CREATE TABLE hsh_0 PARTITION OF hsh FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE hsh_1 PARTITION OF hsh FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO hsh SELECT g, g FROM generate_series(1, 10000) g;
-- partitioned with a primary key, referenced by a foreign key
CREATE TABLE ppk (id int NOT NULL, ts date NOT NULL, v int, PRIMARY KEY (id, ts)) PARTITION BY RANGE (ts);
CREATE TABLE ppk_1 PARTITION OF ppk FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
CREATE TABLE ppk_2 PARTITION OF ppk FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
INSERT INTO ppk SELECT g, date '2022-01-01' + g % 700, g FROM generate_series(1, 10000) g;
CREATE TABLE ppk_child (id int PRIMARY KEY, ppk_id int, ppk_ts date, FOREIGN KEY (ppk_id, ppk_ts) REFERENCES ppk (id, ts));
INSERT INTO ppk_child SELECT g, g, date '2022-01-01' + g % 700 FROM generate_series(1, 5000) g;

-- inheritance
CREATE TABLE inh_parent (id int, v text);
CREATE TABLE inh_child (extra int) INHERITS (inh_parent);
CREATE TABLE inh_loose (id int, v text, extra int);
INSERT INTO inh_parent SELECT g, 'p' FROM generate_series(1, 5000) g;
INSERT INTO inh_child SELECT g, 'c', g FROM generate_series(1, 5000) g;
INSERT INTO inh_loose SELECT g, 'l', g FROM generate_series(1, 5000) g;

CREATE TABLE audit (id bigserial PRIMARY KEY, what text, at timestamptz DEFAULT now(), payload jsonb);
INSERT INTO audit (what, payload) SELECT 'w' || g, jsonb_build_object('g', g) FROM generate_series(1, 20000) g;
CREATE INDEX audit_what_idx ON audit (what);
CREATE UNLOGGED TABLE log_u (id int PRIMARY KEY, v text);
INSERT INTO log_u SELECT g, 'v' || g FROM generate_series(1, 20000) g;
CREATE TABLE ident_t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text, n int NOT NULL);
INSERT INTO ident_t (v, n) SELECT 'v' || g, g FROM generate_series(1, 20000) g;
CREATE TABLE gen_t (a int, b int GENERATED ALWAYS AS (a * 2) STORED, c text);
INSERT INTO gen_t (a, c) SELECT g, 'c' || g FROM generate_series(1, 20000) g;
CREATE TABLE rooms (id int PRIMARY KEY, room int, during tsrange);
INSERT INTO rooms SELECT g, g, tsrange('2020-01-01', '2020-01-02') FROM generate_series(1, 5000) g;
CREATE TABLE dom_t (id int PRIMARY KEY, p posint, e email_d, q plain_int);
INSERT INTO dom_t SELECT g, g, 'e' || g, g FROM generate_series(1, 20000) g;
CREATE TABLE comp_t (id int PRIMARY KEY, a addr);
INSERT INTO comp_t SELECT g, ROW('s' || g, 'z')::addr FROM generate_series(1, 5000) g;
CREATE TABLE typed_t OF row_t;
INSERT INTO typed_t SELECT g, 'b' FROM generate_series(1, 5000) g;
CREATE TABLE enum_t (id int PRIMARY KEY, m mood DEFAULT 'ok');
INSERT INTO enum_t SELECT g, 'ok' FROM generate_series(1, 20000) g;
CREATE TABLE toast_t (id int PRIMARY KEY, big text);
INSERT INTO toast_t SELECT g, (SELECT string_agg(md5((g * 200 + h)::text), '') FROM generate_series(1, 150) h) FROM generate_series(1, 2000) g;
CREATE TABLE categories (id int PRIMARY KEY, parent_id int REFERENCES categories (id), name text);
INSERT INTO categories SELECT g, CASE WHEN g > 1 THEN g / 2 END, 'c' || g FROM generate_series(1, 10000) g;
CREATE TABLE legacy (id int, old_col text, val int);
INSERT INTO legacy SELECT g, 'o' || g, g FROM generate_series(1, 20000) g;
CREATE TABLE empty_t (id int PRIMARY KEY, v text, n int);
CREATE TABLE cascade_p (id int PRIMARY KEY, v text);
CREATE TABLE cascade_c (id int PRIMARY KEY, p_id int REFERENCES cascade_p (id) ON DELETE CASCADE);
INSERT INTO cascade_p SELECT g, 'v' FROM generate_series(1, 5000) g;
INSERT INTO cascade_c SELECT g, g FROM generate_series(1, 5000) g;
CREATE INDEX cascade_c_p_idx ON cascade_c (p_id);
CREATE TABLE app.customers (id int PRIMARY KEY, name text, email text, tier int);
INSERT INTO app.customers SELECT g, 'n' || g, 'e' || g, g % 3 FROM generate_series(1, 20000) g;
CREATE INDEX customers_email_idx ON app.customers (email);
CREATE TABLE "Weird Schema"."Order Items" ("Id" int PRIMARY KEY, "Unit Price" numeric(8,2), "select" text);
INSERT INTO "Weird Schema"."Order Items" SELECT g, g % 100, 's' || g FROM generate_series(1, 20000) g;
CREATE INDEX "Order Items price" ON "Weird Schema"."Order Items" ("Unit Price");

CREATE VIEW v_users AS SELECT id, email, name FROM users;
CREATE VIEW v_legacy AS SELECT id, old_col FROM legacy;
CREATE VIEW v_orders_users AS SELECT o.id, o.amount, u.email FROM orders o JOIN users u ON u.id = o.user_id;
CREATE MATERIALIZED VIEW mv_orders AS SELECT id, user_id, amount FROM orders;
CREATE UNIQUE INDEX mv_orders_id_uidx ON mv_orders (id);
CREATE MATERIALIZED VIEW mv_plain AS SELECT state, count(*) AS n FROM orders GROUP BY state;
CREATE STATISTICS st_users (dependencies) ON status, age FROM users;
CREATE RULE audit_norule AS ON DELETE TO audit DO ALSO NOTHING;
CREATE TRIGGER users_disabled_trg AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION trg_fn();
ALTER TABLE users DISABLE TRIGGER users_disabled_trg;
CREATE PUBLICATION pub_audit FOR TABLE audit;
CREATE SERVER fsrv FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE ft (a int, b text) SERVER fsrv OPTIONS (filename '/dev/null');
GRANT SELECT ON users TO app_ro;
VACUUM (ANALYZE);
--= schema Weird Schema
--= schema app
--= schema archive
--= extension btree_gist
--= extension citext
--= extension file_fdw
--= extension hstore
--= extension pg_trgm
--= collation public.coll_c
--= access-method heap2
--= statistics public.st_users
--= publication pub_audit
--= server fsrv
--= type public.addr: composite street text, zip text
--= domain public.email_d: text
--= type public.mood: enum sad, ok, happy
--= domain public.plain_int: integer
--= domain public.posint: integer; check posint_chk (VALUE > 0)
--= type public.row_t: composite a integer, b text
--= domain public.unused_dom: text
--= type public.unused_enum: enum a, b
--= routine public.f_add: (int, int); declared immutable
--= routine public.f_chk: (text); declared immutable
--= routine public.f_stable: (); declared stable
--= routine public.f_vol: (); declared volatile
--= routine public.p_noop: ()
--= routine public.trg_fn: ()
--= routine public.trg_stmt_fn: ()
--= table Weird Schema.Order Items: has rows
--=   column Id: integer; not null
--=   column Unit Price: numeric(8,2)
--=   column select: text
--=   constraint Order Items_pkey: primary key (Id)
--=   index Order Items_pkey: unique; on (Id); of constraint
--=   index Order Items price: on (Unit Price)
--= table app.customers: has rows
--=   column id: integer; not null
--=   column name: text
--=   column email: text
--=   column tier: integer
--=   constraint customers_pkey: primary key (id)
--=   index customers_pkey: unique; on (id); of constraint
--=   index customers_email_idx: on (email)
--= table public.audit: has rows
--=   column id: bigint; not null; default nextval('public.audit_id_seq'::regclass); identity serial
--=   column what: text
--=   column at: timestamp with time zone; default now()
--=   column payload: jsonb
--=   constraint audit_pkey: primary key (id)
--=   index audit_pkey: unique; on (id); of constraint
--=   index audit_what_idx: on (what)
--=   rule audit_norule
--= sequence public.audit_id_seq: owned by public.audit.id
--= table public.cascade_c: has rows
--=   column id: integer; not null
--=   column p_id: integer
--=   constraint cascade_c_pkey: primary key (id)
--=   constraint cascade_c_p_id_fkey: foreign key (p_id) references public.cascade_p (id); on delete cascade
--=   index cascade_c_pkey: unique; on (id); of constraint
--=   index cascade_c_p_idx: on (p_id)
--= table public.cascade_p: has rows
--=   column id: integer; not null
--=   column v: text
--=   constraint cascade_p_pkey: primary key (id)
--=   index cascade_p_pkey: unique; on (id); of constraint
--= table public.categories: has rows
--=   column id: integer; not null
--=   column parent_id: integer
--=   column name: text
--=   constraint categories_pkey: primary key (id)
--=   constraint categories_parent_id_fkey: foreign key (parent_id) references public.categories (id)
--=   index categories_pkey: unique; on (id); of constraint
--= table public.comp_t: has rows
--=   column id: integer; not null
--=   column a: public.addr
--=   constraint comp_t_pkey: primary key (id)
--=   index comp_t_pkey: unique; on (id); of constraint
--= table public.dom_t: has rows
--=   column id: integer; not null
--=   column p: public.posint
--=   column e: public.email_d
--=   column q: public.plain_int
--=   constraint dom_t_pkey: primary key (id)
--=   index dom_t_pkey: unique; on (id); of constraint
--= table public.empty_t: no rows
--=   column id: integer; not null
--=   column v: text
--=   column n: integer
--=   constraint empty_t_pkey: primary key (id)
--=   index empty_t_pkey: unique; on (id); of constraint
--= table public.enum_t: has rows
--=   column id: integer; not null
--=   column m: public.mood; default 'ok'
--=   constraint enum_t_pkey: primary key (id)
--=   index enum_t_pkey: unique; on (id); of constraint
--= table public.evt: partitioned by list (kind); has rows
--=   column id: integer
--=   column kind: text; not null
--=   column v: integer
--= table public.evt_a: partition of public.evt FOR VALUES IN ('a')
--=   column id: integer
--=   column kind: text; not null
--=   column v: integer
--= table public.evt_b: partition of public.evt FOR VALUES IN ('b')
--=   column id: integer
--=   column kind: text; not null
--=   column v: integer
--= table public.evt_c: has rows
--=   column id: integer
--=   column kind: text; not null
--=   column v: integer
--= sequence public.free_seq
--= foreign-table public.ft: option options=(filename '/dev/null')
--=   column a: integer
--=   column b: text
--= table public.gen_t: has rows
--=   column a: integer
--=   column b: integer; generated (a * 2) stored
--=   column c: text
--= table public.hsh: partitioned by hash (id); has rows
--=   column id: integer; not null
--=   column v: integer
--= table public.hsh_0: partition of public.hsh FOR VALUES WITH (MODULUS 2, REMAINDER 0)
--=   column id: integer; not null
--=   column v: integer
--= table public.hsh_1: partition of public.hsh FOR VALUES WITH (MODULUS 2, REMAINDER 1)
--=   column id: integer; not null
--=   column v: integer
--= table public.ident_t: has rows
--=   column id: integer; not null; identity always
--=   column v: text
--=   column n: integer; not null
--=   constraint ident_t_pkey: primary key (id)
--=   index ident_t_pkey: unique; on (id); of constraint
--= sequence public.ident_t_id_seq: owned by public.ident_t.id
--= table public.inh_child: inherits public.inh_parent; has rows
--=   column id: integer
--=   column v: text
--=   column extra: integer
--= table public.inh_loose: has rows
--=   column id: integer
--=   column v: text
--=   column extra: integer
--= table public.inh_parent: has rows
--=   column id: integer
--=   column v: text
--= table public.legacy: has rows
--=   column id: integer
--=   column old_col: text
--=   column val: integer
--= table public.log_u: unlogged; has rows
--=   column id: integer; not null
--=   column v: text
--=   constraint log_u_pkey: primary key (id)
--=   index log_u_pkey: unique; on (id); of constraint
--= materialized-view public.mv_orders: reads public.orders
--=   column id: partly known
--=   column user_id: partly known
--=   column amount: partly known
--=   index mv_orders_id_uidx: unique; on (id)
--= materialized-view public.mv_plain: reads public.orders
--=   column state: partly known
--=   column n: partly known
--= table public.nopk: has rows
--=   column id: integer; not null
--=   column code: text
--=   column v: integer
--=   column w: integer
--=   index nopk_id_uidx: unique; on (id)
--=   index nopk_v_uidx: unique; on (v)
--=   index nopk_part_uidx: unique; on (v); where v > 10
--=   index nopk_w_idx: on (w)
--= table public.orders: has rows
--=   column id: integer; not null; default nextval('public.orders_id_seq'::regclass); identity serial
--=   column user_id: bigint; not null
--=   column product_id: integer
--=   column amount: numeric(10,2)
--=   column note: text
--=   column sku: character varying(20)
--=   column qty: integer
--=   column state: text; default 'open'
--=   column placed_at: timestamp without time zone
--=   column ext_id: text
--=   constraint orders_pkey: primary key (id)
--=   constraint orders_user_id_fkey: foreign key (user_id) references public.users (id)
--=   constraint orders_amount_chk: check (amount >= 0)
--=   constraint orders_sku_nn: check (sku IS NOT NULL)
--=   constraint orders_note_nv: check (note IS NOT NULL); not valid
--=   constraint orders_product_nv: foreign key (product_id) references public.products (id); not valid
--=   index orders_pkey: unique; on (id); of constraint
--=   index orders_user_idx: on (user_id)
--=   index orders_state_idx: on (state)
--=   trigger orders_trg: calls public.trg_fn
--= sequence public.orders_id_seq: owned by public.orders.id
--= table public.pd: partitioned by range (ts); has rows
--=   column id: bigint
--=   column ts: timestamp without time zone; not null
--=   column dev: integer
--=   column val: double precision
--= table public.pd_2022: partition of public.pd FOR VALUES FROM ('2022-01-01') TO ('2023-01-01')
--=   column id: bigint
--=   column ts: timestamp without time zone; not null
--=   column dev: integer
--=   column val: double precision
--= table public.pd_2024: has rows
--=   column id: bigint
--=   column ts: timestamp without time zone; not null
--=   column dev: integer
--=   column val: double precision
--=   constraint pd_2024_rng: check (ts IS NOT NULL AND ts >= '2024-01-01' AND ts < '2025-01-01')
--= table public.pd_default: partition of public.pd DEFAULT
--=   column id: bigint
--=   column ts: timestamp without time zone; not null
--=   column dev: integer
--=   column val: double precision
--= table public.pm: partitioned by range (ts); has rows
--=   column id: bigint
--=   column ts: timestamp without time zone; not null
--=   column dev: integer
--=   column val: double precision
--=   index pm_dev_idx: on (dev)
--= table public.pm_2022: partition of public.pm FOR VALUES FROM ('2022-01-01') TO ('2023-01-01')
--=   column id: bigint
--=   column ts: timestamp without time zone; not null
--=   column dev: integer
--=   column val: double precision
--=   index pm_2022_dev_idx: on (dev)
--= table public.pm_2023: partition of public.pm FOR VALUES FROM ('2023-01-01') TO ('2024-01-01')
--=   column id: bigint
--=   column ts: timestamp without time zone; not null
--=   column dev: integer
--=   column val: double precision
--=   index pm_2023_dev_idx: on (dev)
--= table public.pm_2024: has rows
--=   column id: bigint
--=   column ts: timestamp without time zone; not null
--=   column dev: integer
--=   column val: double precision
--= table public.pm_2025: has rows
--=   column id: bigint
--=   column ts: timestamp without time zone; not null
--=   column dev: integer
--=   column val: double precision
--=   constraint pm_2025_rng: check (ts IS NOT NULL AND ts >= '2025-01-01' AND ts < '2026-01-01')
--=   index pm_2025_dev_idx: on (dev)
--= table public.pm_2026: has rows
--=   column id: bigint
--=   column ts: timestamp without time zone; not null
--=   column dev: integer
--=   column val: double precision
--=   constraint pm_2026_rng: check (ts IS NOT NULL AND ts >= '2026-01-01' AND ts < '2027-01-01'); not valid
--= table public.ppk: partitioned by range (ts); has rows
--=   column id: integer; not null
--=   column ts: date; not null
--=   column v: integer
--=   constraint ppk_pkey: primary key (id, ts)
--=   index ppk_pkey: unique; on (id, ts); of constraint
--= table public.ppk_1: partition of public.ppk FOR VALUES FROM ('2022-01-01') TO ('2023-01-01')
--=   column id: integer; not null
--=   column ts: date; not null
--=   column v: integer
--=   constraint ppk_1_pkey: primary key (id, ts)
--=   index ppk_1_pkey: unique; on (id, ts); of constraint
--= table public.ppk_2: partition of public.ppk FOR VALUES FROM ('2023-01-01') TO ('2024-01-01')
--=   column id: integer; not null
--=   column ts: date; not null
--=   column v: integer
--=   constraint ppk_2_pkey: primary key (id, ts)
--=   index ppk_2_pkey: unique; on (id, ts); of constraint
--= table public.ppk_child: has rows
--=   column id: integer; not null
--=   column ppk_id: integer
--=   column ppk_ts: date
--=   constraint ppk_child_pkey: primary key (id)
--=   constraint ppk_child_ppk_id_ppk_ts_fkey: foreign key (ppk_id, ppk_ts) references public.ppk (id, ts)
--=   index ppk_child_pkey: unique; on (id); of constraint
--= table public.products: has rows
--=   column id: integer; not null; default nextval('public.products_id_seq'::regclass); identity serial
--=   column sku: text
--=   column price: numeric(8,2)
--=   column name: text
--=   column tags: text[]
--=   column attrs: jsonb
--=   column dim: integer
--=   constraint products_pkey: primary key (id)
--=   index products_pkey: unique; on (id); of constraint
--=   index products_sku_uidx: unique; on (sku)
--=   index products_dim_uidx: unique; on (dim)
--=   policy p_products
--= sequence public.products_id_seq: owned by public.products.id
--= table public.rooms: has rows
--=   column id: integer; not null
--=   column room: integer
--=   column during: tsrange
--=   constraint rooms_pkey: primary key (id)
--=   index rooms_pkey: unique; on (id); of constraint
--= table public.toast_t: has rows
--=   column id: integer; not null
--=   column big: text
--=   constraint toast_t_pkey: primary key (id)
--=   index toast_t_pkey: unique; on (id); of constraint
--= table public.typed_t: has rows
--=   column a: integer
--=   column b: text
--= table public.types_idx: has rows
--=   column id: integer; not null
--=   column v20: character varying(20)
--=   column t: text
--=   column n: numeric(10,2)
--=   column ts: timestamp without time zone
--=   column i: integer
--=   column nc: character varying(10)
--=   column u: character varying(30)
--=   column chk: character varying(20)
--=   column pw: character varying(20)
--=   column ex: character varying(20)
--=   column inc: character varying(20)
--=   constraint types_idx_pkey: primary key (id)
--=   constraint types_idx_u_key: unique (u)
--=   constraint types_idx_chk_check: check (length(chk) < 20)
--=   constraint types_idx_n_chk: check (n >= 0)
--=   index types_idx_pkey: unique; on (id); of constraint
--=   index types_idx_u_key: unique; on (u); of constraint
--=   index types_idx_v20: on (v20)
--=   index types_idx_t: on (t)
--=   index types_idx_n: on (n)
--=   index types_idx_ts: on (ts)
--=   index types_idx_i: on (i)
--=   index types_idx_ex: on ((ex || 'x'))
--=   index types_idx_pw: on (id); where pw <> ''
--=   index types_idx_inc: on (id); include (inc)
--= table public.types_t: has rows
--=   column id: integer; not null
--=   column c_small: smallint
--=   column c_int: integer
--=   column c_big: bigint
--=   column c_v20: character varying(20)
--=   column c_v: character varying
--=   column c_text: text
--=   column c_char: character(10)
--=   column c_num: numeric(10,2)
--=   column c_numu: numeric
--=   column c_ts: timestamp without time zone
--=   column c_tsz: timestamp with time zone
--=   column c_ts3: timestamp(3) without time zone
--=   column c_tsz3: timestamp(3) with time zone
--=   column c_date: date
--=   column c_time: time without time zone
--=   column c_timetz: time with time zone
--=   column c_iv: interval
--=   column c_iv3: interval(3)
--=   column c_ip: inet
--=   column c_net: cidr
--=   column c_bool: boolean
--=   column c_mood: public.mood
--=   column c_json: json
--=   column c_jsonb: jsonb
--=   column c_arr: integer[]
--=   column c_varr: character varying(20)[]
--=   column c_txtnum: text
--=   column c_txtuuid: text
--=   column c_uuid: uuid
--=   column c_bytea: bytea
--=   column c_bit: bit(8)
--=   column c_vbit: bit varying(8)
--=   column c_real: real
--=   column c_dbl: double precision
--=   column c_dom: public.posint
--=   column c_pdom: public.plain_int
--=   column c_edom: public.email_d
--=   column c_ct: citext
--=   column c_oid: oid
--=   column c_money: money
--=   column c_name: name
--=   column c_addr: public.addr
--=   constraint types_t_pkey: primary key (id)
--=   index types_t_pkey: unique; on (id); of constraint
--= table public.users: has rows
--=   column id: bigint; not null; default nextval('public.users_id_seq'::regclass); identity serial
--=   column email: text; not null
--=   column name: character varying(50)
--=   column age: integer
--=   column balance: numeric(10,2); default 0
--=   column status: text; default 'new'
--=   column created_at: timestamp without time zone; not null
--=   column updated_at: timestamp with time zone
--=   column feeling: public.mood
--=   column bio: text
--=   column ref_code: integer
--=   constraint users_pkey: primary key (id)
--=   constraint users_email_key: unique (email)
--=   index users_pkey: unique; on (id); of constraint
--=   index users_email_key: unique; on (email); of constraint
--=   index users_name_idx: on (name)
--=   index users_created_idx: on (created_at)
--=   index users_active_idx: on (id); where status = 'active'
--=   index users_lower_email_idx: on (lower(email))
--=   index users_ref_code_uidx: unique; on (ref_code)
--=   trigger users_disabled_trg: calls public.trg_fn
--= sequence public.users_id_seq: owned by public.users.id
--= view public.v_legacy: reads public.legacy
--=   column id: partly known
--=   column old_col: partly known
--= view public.v_orders_users: reads public.orders, public.users
--=   column id: partly known
--=   column amount: partly known
--=   column email: partly known
--= view public.v_users: reads public.users
--=   column id: partly known
--=   column email: partly known
--=   column name: partly known
