--
-- PostgreSQL database dump
--

-- Dumped from database version 15.6
-- Dumped by pg_dump version 15.6

SET statement_timeout = 0;
SET lock_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET client_min_messages = warning;

--
-- Name: flyway_schema_history; Type: TABLE; Schema: billing; Owner: -
--

CREATE TABLE billing.flyway_schema_history (
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


--
-- Data for Name: flyway_schema_history; Type: TABLE DATA; Schema: billing; Owner: -
--

COPY billing.flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) FROM stdin;
1	1	create accounts	SQL	V1__create_accounts.sql	1584900278	billing_ci	2024-03-11 06:30:04.613512	36	t
2	2	create invoices	SQL	V2__create_invoices.sql	-351349193	billing_ci	2024-03-11 06:30:04.653251	19	t
3	3	create invoice lines	SQL	V3__create_invoice_lines.sql	-91689247	billing_ci	2024-03-11 06:30:04.729742	56	t
4	4	seed fee types	SQL	V4__seed_fee_types.sql	528487479	billing_ci	2024-03-11 06:30:04.774835	25	t
5	5	create payments	SQL	V5__create_payments.sql	-804490056	billing_ci	2024-03-11 06:30:04.808856	14	t
6	7	create dunning	SQL	V7__create_dunning.sql	303091378	billing_ci	2024-03-11 06:30:04.886419	57	t
7	8	create webhook log	SQL	V8__create_webhook_log.sql	-52411316	billing_ci	2024-03-11 06:30:04.950239	43	t
8	9	add dunning levels	SQL	V9__add_dunning_levels.sql	2020604451	billing_ci	2024-03-11 06:30:04.983467	13	t
9	10	create credit notes	SQL	V10__create_credit_notes.sql	-588379073	billing_ci	2024-03-11 06:30:05.076017	72	t
10	11	add account contact	SQL	V11__add_account_contact.sql	-1000425780	billing_ci	2024-03-11 06:30:05.148301	52	t
11	\N	invoice label	SQL	R__invoice_label.sql	-481034396	billing_ci	2024-03-11 06:30:05.197148	28	t
12	\N	open invoices	SQL	R__open_invoices.sql	399615279	billing_ci	2024-03-11 06:30:05.236417	19	t
13	\N	payment terms	SQL	R__payment_terms.sql	899860316	billing_ci	2024-03-11 06:30:05.290383	33	t
14	\N	readonly grants	SQL	R__readonly_grants.sql	839450965	billing_ci	2024-03-11 06:30:05.320232	9	t
15	11.5	add invoice hold	SQL	V11.5__add_invoice_hold.sql	90191314	on_call_admin	2024-03-14 11:05:48.263069	39	t
16	12	index payments received at	SQL	V12__index_payments_received_at.sql	-217621328	on_call_admin	2024-03-18 06:30:12.867889	3021	f
\.


--
-- Name: flyway_schema_history flyway_schema_history_pk; Type: CONSTRAINT; Schema: billing; Owner: -
--

ALTER TABLE ONLY billing.flyway_schema_history
    ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);


--
-- Name: flyway_schema_history_s_idx; Type: INDEX; Schema: billing; Owner: -
--

CREATE INDEX flyway_schema_history_s_idx ON billing.flyway_schema_history USING btree (success);


--
-- PostgreSQL database dump complete
--

