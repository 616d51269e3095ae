--
-- PostgreSQL database dump
--

SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);

CREATE FUNCTION public.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  -- it's a trap: an unpaired quote
  INSERT INTO flyway_schema_history VALUES ('not', 'a', 'row');
  RETURN NEW;
END;
$$;

CREATE TABLE public.flyway_schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);

COPY public.customers (id, name) FROM stdin;
1	it's COPY x (a) FROM stdin;
\.


--
-- Data for Name: flyway_schema_history; Type: TABLE DATA; Schema: public; Owner: jane
--

COPY public.flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) FROM stdin;
0	\N	<< Flyway Schema Creation >>	SCHEMA	"app"	\N	jane	2026-03-01 10:00:00.123	0	t
1	1	<< Flyway Baseline >>	BASELINE	<< Flyway Baseline >>	\N	jane	2026-03-01 10:00:01.5	0	t
2	1.1	create customers	SQL	V1.1__create_customers.sql	1234567890	jane	2026-03-02 09:15:30.25	41	t
3	2	say "hi", it's C:\\temp\\new	SQL	V2__quotes.sql	-987654321	jane	2026-03-02 09:15:31.75	7	t
4	2.0.1	größe für 東京 ✈	SQL	sub/V2_0_1__größe.sql	-1	jane	2026-03-03 12:00:00.1	3	t
5	3	backfill totals	JDBC	db.migration.V3__Backfill_totals	\N	jane	2026-03-03 12:00:01.2	8210	t
6	\N	active customers	SQL	R__active_customers.sql	42	jane	2026-03-04 08:00:00.3	12	t
7	4	drop legacy; keep (old) data	SQL	V4__drop_legacy.sql	2147483647	jane	2026-03-05 23:59:59.9	905	f
\.


ALTER TABLE ONLY public.flyway_schema_history
    ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);

--
-- PostgreSQL database dump complete
--
