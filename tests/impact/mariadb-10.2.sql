-- server: mariadb-10.2.44
CREATE TABLE t (id INT PRIMARY KEY, a INT, b VARCHAR(20)) DEFAULT CHARSET=utf8mb4;
--! commits
ALTER TABLE t ADD COLUMN c INT;
--! algorithm INPLACE, lock NONE
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [add-column]
--! t: rewrite [add-column]
ALTER TABLE t ADD INDEX (a);
--! algorithm INPLACE, lock NONE
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [build-index]
--! t: scan [build-index]
ALTER TABLE t MODIFY b VARCHAR(60);
--! algorithm INPLACE, lock NONE
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [metadata-only]
ALTER TABLE t MODIFY b VARCHAR(90);
--! algorithm COPY, lock SHARED
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_NO_WRITE, writers wait [change-type]
--! t: rewrite, writers wait [change-type]
--! a: index-rebuild, writers wait [change-type]
ALTER TABLE t ADD COLUMN d INT, ALGORITHM = INSTANT;
--! refused: MariaDB 10.2.44 does not know INSTANT here
--! commits
