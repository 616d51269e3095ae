-- H2.
CREATE CACHED TABLE t (id BIGINT AUTO_INCREMENT, n CHARACTER VARYING(10), key VARCHAR(5), PRIMARY KEY (id));
--> create-table t | id, n, key
ALTER TABLE t ALTER COLUMN n VARCHAR(20) NOT NULL;
--> alter-table t | alter-type n
ALTER TABLE t ALTER COLUMN n SET DATA TYPE BIGINT;
--> alter-table t | alter-type n
ALTER TABLE t ALTER COLUMN n SET NULL;
--> alter-table t | drop-not-null n
ALTER TABLE t ALTER COLUMN n RENAME TO m;
--> alter-table t | rename-column n
ALTER TABLE t ADD COLUMN (a INT, b INT) AFTER n;
--> alter-table t | add-column a, add-column b
ALTER TABLE t SET REFERENTIAL_INTEGRITY FALSE;
--> alter-table t | set-table-option referential_integrity
ALTER TABLE t ALTER COLUMN id RESTART WITH 10;
--> alter-table t | set-identity id
MERGE INTO t (id) KEY (id) VALUES (1);
--> merge t
CREATE ALIAS f FOR "java.lang.Math.abs";
--> create-synonym f
SET SCHEMA s;
--> set | schema s
