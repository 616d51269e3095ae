-- What pg_dump and psql write.
\connect shop
~~~~
\set ON_ERROR_STOP on
~~~~
SET statement_timeout = 0;
~~~~
COPY public.customer (id, name) FROM stdin;
1	it's; fine
2	\N
\N
\.x
\.
~~~~

-- after the rows
COPY "Stdin" FROM STDIN WITH (FORMAT csv); -- rows below
1,"a
b"
\.
~~~~
SELECT count(*) FROM t WHERE a = :'who' AND b = :limit AND c = :"col" \gset
~~~~
SELECT 'quoted \g ; here' AS a
\gexec
~~~~
COPY (SELECT 1) TO STDOUT;
~~~~
SELECT 1
\echo in between
;
~~~~
\i other.sql
