-- PostgreSQL: what pg_dump wrote, its comments and empty lines left out.
\restrict jB6ouGngN6UZcn6BAK7YdWuX9TchRaNDZa8mvXBhQLh4GkM4KzN2fqGGXtWsCjC
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE DATABASE shop WITH TEMPLATE = template0 ENCODING = 'UTF8' LOCALE_PROVIDER = libc LOCALE = 'C';
ALTER DATABASE shop OWNER TO postgres;
\unrestrict jB6ouGngN6UZcn6BAK7YdWuX9TchRaNDZa8mvXBhQLh4GkM4KzN2fqGGXtWsCjC
\connect shop
\restrict jB6ouGngN6UZcn6BAK7YdWuX9TchRaNDZa8mvXBhQLh4GkM4KzN2fqGGXtWsCjC
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE SCHEMA app;
ALTER SCHEMA app OWNER TO postgres;
CREATE DOMAIN app.positive AS integer
	CONSTRAINT positive_check CHECK ((VALUE > 0));
ALTER DOMAIN app.positive OWNER TO postgres;
CREATE TYPE app.state AS ENUM (
    'new',
    'paid'
);
ALTER TYPE app.state OWNER TO postgres;
CREATE FUNCTION app.add(a integer, b integer) RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$SELECT a + b$$;
ALTER FUNCTION app.add(a integer, b integer) OWNER TO postgres;
CREATE FUNCTION app.add(a text, b text) RETURNS text
    LANGUAGE sql
    AS $$SELECT a || b$$;
ALTER FUNCTION app.add(a text, b text) OWNER TO postgres;
CREATE FUNCTION app.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN NEW.at := now(); RETURN NEW; END $$;
ALTER FUNCTION app.touch() OWNER TO postgres;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE app.base (
    a integer
);
ALTER TABLE app.base OWNER TO postgres;
CREATE TABLE app.child (
    b integer
)
INHERITS (app.base);
ALTER TABLE app.child OWNER TO postgres;
CREATE TABLE app.customers (
    id integer NOT NULL,
    name character varying(80) NOT NULL,
    email text,
    state app.state DEFAULT 'new'::app.state,
    amount app.positive,
    at timestamp with time zone DEFAULT now(),
    tags text[] DEFAULT '{}'::text[],
    CONSTRAINT name_given CHECK ((length((name)::text) > 0))
);
ALTER TABLE app.customers OWNER TO postgres;
COMMENT ON TABLE app.customers IS 'Who; buys';
CREATE SEQUENCE app.customers_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER TABLE app.customers_id_seq OWNER TO postgres;
ALTER SEQUENCE app.customers_id_seq OWNED BY app.customers.id;
CREATE TABLE app.events (
    id bigint NOT NULL,
    at date NOT NULL,
    body jsonb
)
PARTITION BY RANGE (at);
ALTER TABLE app.events OWNER TO postgres;
CREATE TABLE app.events_2026 (
    id bigint NOT NULL,
    at date NOT NULL,
    body jsonb
);
ALTER TABLE app.events_2026 OWNER TO postgres;
CREATE TABLE app.events_rest (
    id bigint NOT NULL,
    at date NOT NULL,
    body jsonb
);
ALTER TABLE app.events_rest OWNER TO postgres;
CREATE VIEW app.first_view AS
 SELECT 1 AS x;
ALTER TABLE app.first_view OWNER TO postgres;
CREATE VIEW app.grouped AS
SELECT
    NULL::integer AS id,
    NULL::character varying(80) AS name,
    NULL::bigint AS count;
ALTER TABLE app.grouped OWNER TO postgres;
CREATE TABLE app.orders (
    id bigint NOT NULL,
    number bigint NOT NULL,
    customer_id integer NOT NULL,
    total numeric(10,2),
    double_total numeric GENERATED ALWAYS AS ((total * (2)::numeric)) STORED
);
ALTER TABLE app.orders OWNER TO postgres;
CREATE SEQUENCE app.numbers
    START WITH 100
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER TABLE app.numbers OWNER TO postgres;
ALTER SEQUENCE app.numbers OWNED BY app.orders.number;
ALTER TABLE app.orders ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME app.orders_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE VIEW app.paid AS
 SELECT customers.id,
    customers.name
   FROM app.customers
  WHERE (customers.state = 'paid'::app.state);
ALTER TABLE app.paid OWNER TO postgres;
CREATE VIEW app.second_view AS
 SELECT first_view.x
   FROM app.first_view;
ALTER TABLE app.second_view OWNER TO postgres;
CREATE MATERIALIZED VIEW app.totals AS
 SELECT orders.customer_id,
    sum(orders.total) AS total
   FROM app.orders
  GROUP BY orders.customer_id
  WITH NO DATA;
ALTER TABLE app.totals OWNER TO postgres;
ALTER TABLE ONLY app.events ATTACH PARTITION app.events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
ALTER TABLE ONLY app.events ATTACH PARTITION app.events_rest DEFAULT;
ALTER TABLE ONLY app.customers ALTER COLUMN id SET DEFAULT nextval('app.customers_id_seq'::regclass);
ALTER TABLE ONLY app.orders ALTER COLUMN number SET DEFAULT nextval('app.numbers'::regclass);
COPY app.base (a) FROM stdin;
\.
COPY app.child (a, b) FROM stdin;
\.
COPY app.customers (id, name, email, state, amount, at, tags) FROM stdin;
1	A	\N	new	\N	2026-11-22 01:09:31.996364+00	{}
2	B\tx;	\N	new	\N	2026-11-22 01:09:31.996364+00	{}
\.
COPY app.events_2026 (id, at, body) FROM stdin;
\.
COPY app.events_rest (id, at, body) FROM stdin;
\.
COPY app.orders (id, number, customer_id, total) FROM stdin;
\.
SELECT pg_catalog.setval('app.customers_id_seq', 2, true);
SELECT pg_catalog.setval('app.numbers', 100, false);
SELECT pg_catalog.setval('app.orders_id_seq', 1, false);
ALTER TABLE ONLY app.customers
    ADD CONSTRAINT customers_email_key UNIQUE (email);
ALTER TABLE ONLY app.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY app.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (id, at);
ALTER TABLE ONLY app.events_2026
    ADD CONSTRAINT events_2026_pkey PRIMARY KEY (id, at);
ALTER TABLE ONLY app.events_rest
    ADD CONSTRAINT events_rest_pkey PRIMARY KEY (id, at);
ALTER TABLE ONLY app.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);
ALTER TABLE app.orders
    ADD CONSTRAINT total_positive CHECK ((total > (0)::numeric)) NOT VALID;
CREATE INDEX events_body ON ONLY app.events USING gin (body);
CREATE INDEX events_2026_body_idx ON app.events_2026 USING gin (body);
CREATE INDEX events_rest_body_idx ON app.events_rest USING gin (body);
CREATE INDEX orders_customer ON app.orders USING btree (customer_id) WHERE (total > (0)::numeric);
CREATE UNIQUE INDEX orders_number ON app.orders USING btree (number DESC, lower((total)::text));
CREATE UNIQUE INDEX totals_customer ON app.totals USING btree (customer_id);
ALTER INDEX app.events_body ATTACH PARTITION app.events_2026_body_idx;
ALTER INDEX app.events_pkey ATTACH PARTITION app.events_2026_pkey;
ALTER INDEX app.events_body ATTACH PARTITION app.events_rest_body_idx;
ALTER INDEX app.events_pkey ATTACH PARTITION app.events_rest_pkey;
CREATE OR REPLACE VIEW app.grouped AS
 SELECT c.id,
    c.name,
    count(o.*) AS count
   FROM (app.customers c
     JOIN app.orders o ON ((o.customer_id = c.id)))
  GROUP BY c.id;
CREATE TRIGGER customers_touch BEFORE UPDATE ON app.customers FOR EACH ROW EXECUTE FUNCTION app.touch();
ALTER TABLE ONLY app.orders
    ADD CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES app.customers(id) ON DELETE CASCADE;
ALTER TABLE app.customers ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON app.customers USING (((name)::text = CURRENT_USER));
REFRESH MATERIALIZED VIEW app.totals;
\unrestrict jB6ouGngN6UZcn6BAK7YdWuX9TchRaNDZa8mvXBhQLh4GkM4KzN2fqGGXtWsCjC
--= schema app
--= database shop
--= domain app.positive: integer; check positive_check ((VALUE > 0))
--= type app.state: enum new, paid
--= routine app.add: (a integer, b integer) (a text, b text)
--= routine app.touch: ()
--= table app.base: has rows
--=   column a: integer
--= table app.child: inherits app.base; has rows
--=   column a: integer
--=   column b: integer
--= table app.customers: has rows
--=   column id: integer; not null; default nextval('app.customers_id_seq'::regclass)
--=   column name: character varying(80); not null
--=   column email: text
--=   column state: app.state; default 'new'::app.state
--=   column amount: app.positive
--=   column at: timestamp with time zone; default now()
--=   column tags: text[]; default '{}'::text[]
--=   constraint name_given: check ((length((name)::text) > 0))
--=   constraint customers_email_key: unique (email)
--=   constraint customers_pkey: primary key (id)
--=   index customers_email_key: unique; on (email); of constraint
--=   index customers_pkey: unique; on (id); of constraint
--=   trigger customers_touch: calls app.touch
--=   policy own
--= sequence app.customers_id_seq: owned by app.customers.id
--= table app.events: partitioned by range (at); has rows
--=   column id: bigint; not null
--=   column at: date; not null
--=   column body: jsonb
--=   constraint events_pkey: primary key (id, at)
--=   index events_pkey: unique; on (id, at); of constraint
--=   index events_body: using gin; on (body)
--= table app.events_2026: partition of app.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01'); has rows
--=   column id: bigint; not null
--=   column at: date; not null
--=   column body: jsonb
--=   constraint events_2026_pkey: primary key (id, at)
--=   index events_2026_pkey: unique; on (id, at); of constraint
--=   index events_2026_body_idx: using gin; on (body)
--= table app.events_rest: partition of app.events DEFAULT; has rows
--=   column id: bigint; not null
--=   column at: date; not null
--=   column body: jsonb
--=   constraint events_rest_pkey: primary key (id, at)
--=   index events_rest_pkey: unique; on (id, at); of constraint
--=   index events_rest_body_idx: using gin; on (body)
--= view app.first_view: partly known
--= view app.grouped: reads app.customers, app.orders
--=   column id: partly known
--=   column name: partly known
--=   column count: partly known
--= sequence app.numbers: owned by app.orders.number
--= table app.orders: has rows
--=   column id: bigint; not null; identity always
--=   column number: bigint; not null; default nextval('app.numbers'::regclass)
--=   column customer_id: integer; not null
--=   column total: numeric(10,2)
--=   column double_total: numeric; generated ((total * (2)::numeric)) stored
--=   constraint orders_pkey: primary key (id)
--=   constraint total_positive: check ((total > (0)::numeric)); not valid
--=   constraint orders_customer_id_fkey: foreign key (customer_id) references app.customers (id); on delete cascade
--=   index orders_pkey: unique; on (id); of constraint
--=   index orders_customer: on (customer_id); where (total > (0)::numeric)
--=   index orders_number: unique; on (number desc, lower((total)::text))
--= sequence app.orders_id_seq: owned by app.orders.id
--= view app.paid: reads app.customers
--=   column id: partly known
--=   column name: partly known
--= view app.second_view: reads app.first_view
--=   column x: partly known
--= materialized-view app.totals: reads app.orders; no rows
--=   column customer_id: partly known
--=   column total: partly known
--=   index totals_customer: unique; on (customer_id)
