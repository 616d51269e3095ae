-- server: mariadb-10.11.6
CREATE TABLE t (id INT PRIMARY KEY, a INT, b VARCHAR(20), c VARCHAR(20) COLLATE utf8mb4_general_ci, KEY (c)) DEFAULT CHARSET=utf8mb4;
--! commits
ALTER TABLE t MODIFY b VARCHAR(90);
--! algorithm INSTANT, lock NONE
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [metadata-only]
ALTER TABLE t MODIFY c VARCHAR(20) COLLATE utf8mb4_bin;
--! algorithm NOCOPY, lock NONE
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [change-collation]
--! t: scan [build-index]
ALTER TABLE t ADD COLUMN x CHAR(36) DEFAULT uuid();
--! algorithm COPY, lock SHARED
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_NO_WRITE, writers wait [volatile-default]
--! t: rewrite, writers wait [volatile-default]
--! c: index-rebuild, writers wait [volatile-default]
ALTER TABLE t ADD COLUMN y INT, ADD INDEX (a), ALGORITHM = NOCOPY;
--! refused: ALGORITHM=NOCOPY is not possible: rows can be laid out anew at once only if the statement does nothing else, and the table is neither COMPRESSED nor has a FULLTEXT index (INPLACE)
--! algorithm INPLACE, lock NONE
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [instant-refused]
--! t: rewrite [instant-refused]
--! c: index-rebuild [instant-refused]
SET alter_algorithm = 'INSTANT';
ALTER TABLE t MODIFY a BIGINT;
--! refused: ALGORITHM=INSTANT is not possible: each value is converted to another type (COPY)
--! algorithm COPY, lock SHARED
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_NO_WRITE, writers wait [change-type]
--! t: rewrite, writers wait [change-type]
--! c: index-rebuild, writers wait [change-type]
--! a: index-rebuild, writers wait [change-type]
SET alter_algorithm = DEFAULT;
ALTER TABLE t ORDER BY a;
--! algorithm INSTANT, lock SHARED
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_NO_WRITE, writers wait [order-by]
--! t: rewrite, writers wait [order-by]
--! c: index-rebuild, writers wait [order-by]
--! a: index-rebuild, writers wait [order-by]
ALTER TABLE t RENAME TO u;
--! algorithm INSTANT, lock EXCLUSIVE
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock EXCLUSIVE, everybody waits [rename-table]
DROP INDEX c ON u ALGORITHM = INPLACE;
--! refused: MariaDB 10.11.6 does not know ALGORITHM and LOCK here
--! commits
CREATE OR REPLACE INDEX c ON u (b);
--! algorithm NOCOPY, lock NONE
--! commits
--! u: lock EXCLUSIVE [brief-metadata-lock]
--! u: lock SHARED_UPGRADABLE [build-index]
--! u: scan [build-index]
ALTER TABLE u ADD COLUMN v INT AS (a + 1) VIRTUAL, ADD COLUMN w INT;
--! algorithm COPY, lock SHARED
--! commits
--! u: lock EXCLUSIVE [brief-metadata-lock]
--! u: lock SHARED_NO_WRITE, writers wait [virtual-column-with-others]
--! u: rewrite, writers wait [virtual-column-with-others]
--! a: index-rebuild, writers wait [virtual-column-with-others]
--! c: index-rebuild, writers wait [virtual-column-with-others]
ALTER TABLE u DROP PRIMARY KEY;
--! algorithm COPY, lock SHARED
--! commits
--! u: lock EXCLUSIVE [brief-metadata-lock]
--! u: lock SHARED_NO_WRITE, writers wait [drop-primary-key]
--! u: rewrite, writers wait [drop-primary-key]
--! a: index-rebuild, writers wait [drop-primary-key]
--! c: index-rebuild, writers wait [drop-primary-key]
