--
-- PostgreSQL database dump
--

\restrict abc

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

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

--
-- Name: touch(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin
 -- it's a trap
 INSERT INTO flyway_schema_history VALUES ('not', 'a', 'row');
 return new; end $$;


ALTER FUNCTION public.touch() OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: customers; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.customers (
    id integer,
    name text
);


ALTER TABLE public.customers OWNER TO postgres;

--
-- Name: flyway_schema_history; Type: TABLE; Schema: public; Owner: postgres
--

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


ALTER TABLE public.flyway_schema_history OWNER TO postgres;

--
-- Data for Name: customers; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.customers VALUES (1, 'it''s a \');


--
-- Data for Name: flyway_schema_history; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.flyway_schema_history VALUES (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '"app"', NULL, 'jane', '2026-03-01 10:00:00.123', 0, true);
INSERT INTO public.flyway_schema_history VALUES (1, '1', '<< Flyway Baseline >>', 'BASELINE', '<< Flyway Baseline >>', NULL, 'jane', '2026-03-01 10:00:01.5', 0, true);
INSERT INTO public.flyway_schema_history VALUES (2, '1.1', 'create customers', 'SQL', 'V1.1__create_customers.sql', 1234567890, 'jane', '2026-03-02 09:15:30.25', 41, true);
INSERT INTO public.flyway_schema_history VALUES (3, '2', 'say "hi", it''s C:\temp\new', 'SQL', 'V2__quotes.sql', -987654321, 'jane', '2026-03-02 09:15:31.75', 7, true);
INSERT INTO public.flyway_schema_history VALUES (4, '2.0.1', 'größe für 東京 ✈', 'SQL', 'sub/V2_0_1__größe.sql', -1, 'jane', '2026-03-03 12:00:00.1', 3, true);
INSERT INTO public.flyway_schema_history VALUES (5, '3', 'backfill totals', 'JDBC', 'db.migration.V3__Backfill_totals', NULL, 'jane', '2026-03-03 12:00:01.2', 8210, true);
INSERT INTO public.flyway_schema_history VALUES (6, NULL, 'active customers', 'SQL', 'R__active_customers.sql', 42, 'jane', '2026-03-04 08:00:00.3', 12, true);
INSERT INTO public.flyway_schema_history VALUES (7, '4', 'drop legacy; keep (old) data', 'SQL', 'V4__drop_legacy.sql', 2147483647, 'jane', '2026-03-05 23:59:59.9', 905, false);


--
-- Name: flyway_schema_history flyway_schema_history_pk; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.flyway_schema_history
    ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);


--
-- PostgreSQL database dump complete
--

\unrestrict abc

