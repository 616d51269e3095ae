--- base
CREATE TABLE events (id int NOT NULL, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE events_old (id int NOT NULL, at date NOT NULL, kind text);
CREATE TABLE shapes (id int, kind text);
CREATE TABLE circles (radius int) INHERITS (shapes);
CREATE TABLE logs (id int, text text);
--- partition-2021
CREATE TABLE events_2021 PARTITION OF events FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
--- partition-2021-too
CREATE TABLE events_2021b PARTITION OF events FOR VALUES FROM ('2021-06-01') TO ('2022-06-01');
--- partition-2022
CREATE TABLE events_2022 PARTITION OF events FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
--- attach-old
ALTER TABLE events ATTACH PARTITION events_old FOR VALUES FROM ('2010-01-01') TO ('2020-01-01');
--- detach-2020
ALTER TABLE events DETACH PARTITION events_2020;
--- add-source
ALTER TABLE events ADD COLUMN source text;
--- index-kind
CREATE INDEX events_kind ON events (kind);
--- key
ALTER TABLE events ADD PRIMARY KEY (id, at);
--- drop-2020
DROP TABLE events_2020;
--- add-colour-to-shapes
ALTER TABLE shapes ADD COLUMN colour text;
--- squares
CREATE TABLE squares (side int) INHERITS (shapes);
--- drop-kind-of-shapes
ALTER TABLE shapes DROP COLUMN kind;
--- index-logs
CREATE INDEX ON logs (text);
--- index-logs-by-id
CREATE INDEX logs_text_idx ON logs (id);
--- unique-logs
ALTER TABLE logs ADD UNIQUE (id);
--- key-named-as-generated
CREATE TABLE logs_id_key (x int);
--- move-logs
CREATE SCHEMA attic;
ALTER TABLE logs SET SCHEMA attic;
--- fillfactor
ALTER TABLE logs SET (fillfactor = 70);
--- fillfactor-otherwise
ALTER TABLE logs SET (fillfactor = 80);
--- autovacuum
ALTER TABLE logs SET (autovacuum_enabled = false);
--- storage
ALTER TABLE logs ALTER COLUMN text SET STORAGE EXTERNAL;
--- statistics
CREATE STATISTICS logs_stats ON id, text FROM logs;
