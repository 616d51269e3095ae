-- Partitions and inheritance.
CREATE TABLE m (id bigint, at date NOT NULL, u int, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
CREATE INDEX m_u ON m (u);
CREATE TABLE m2 (id bigint NOT NULL, at date NOT NULL, u int);
ALTER TABLE m ATTACH PARTITION m2 FOR VALUES FROM ('2024-02-01') TO ('2024-03-01');
CREATE TABLE md PARTITION OF m DEFAULT;
ALTER TABLE m ADD COLUMN note text DEFAULT 'x';
ALTER TABLE m ADD CONSTRAINT positive CHECK (u > 0);
ALTER TABLE m DETACH PARTITION m1;
ALTER TABLE m DROP COLUMN note;
CREATE INDEX m_at ON ONLY m (at);
CREATE INDEX m2_at ON m2 (at);
CREATE INDEX md_at ON md (at);
ALTER INDEX m_at ATTACH PARTITION m2_at;
ALTER INDEX m_at ATTACH PARTITION md_at;
INSERT INTO m VALUES (1, '2024-02-02', 1);
CREATE TABLE base (id int, CHECK (id > 0));
CREATE TABLE child (extra text) INHERITS (base);
ALTER TABLE base ALTER COLUMN id SET NOT NULL;
ALTER TABLE base RENAME COLUMN id TO number;
ALTER TABLE child NO INHERIT base;
DROP TABLE base;
DROP TABLE m;
--= table public.child: no rows
--=   column number: integer; not null
--=   column extra: text
--=   constraint base_id_check: check (number > 0)
--= table public.m1: no rows
--=   column id: bigint; not null
--=   column at: date; not null
--=   column u: integer
--=   column note: text; default 'x'
--=   constraint m1_pkey: primary key (id, at)
--=   constraint positive: check (u > 0)
--=   index m1_pkey: unique; on (id, at); of constraint
--=   index m1_u_idx: on (u)
