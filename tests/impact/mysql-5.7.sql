-- server: mysql-5.7
CREATE TABLE t (id INT PRIMARY KEY, a INT, b VARCHAR(50), e ENUM('x', 'y'), g INT AS (a + 1) VIRTUAL) DEFAULT CHARSET=utf8mb4;
--! commits
ALTER TABLE t ADD COLUMN c INT;
--! algorithm INPLACE, lock NONE
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [add-column]
--! t: rewrite [add-column]
ALTER TABLE t ALTER COLUMN a SET DEFAULT 3;
--! algorithm INPLACE, lock NONE
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [metadata-only]
ALTER TABLE t CHANGE b name VARCHAR(60);
--! algorithm INPLACE, lock NONE
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [metadata-only]
ALTER TABLE t RENAME COLUMN name TO b;
--! refused: MySQL 5.7 does not know RENAME COLUMN here
--! commits
ALTER TABLE t DROP COLUMN c;
--! algorithm INPLACE, lock NONE
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [drop-column]
--! t: rewrite [drop-column]
ALTER TABLE t MODIFY e ENUM('x', 'y', 'z');
--! algorithm INPLACE, lock NONE
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [metadata-only]
ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0);
--! algorithm INPLACE, lock NONE
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [metadata-only]
ALTER TABLE t ADD COLUMN d INT, ALGORITHM = INSTANT;
--! refused: MySQL 5.7 does not know INSTANT here
--! commits
ALTER TABLE t DROP COLUMN g;
--! algorithm INPLACE, lock NONE
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [metadata-only]
ALTER TABLE t ADD INDEX ((a + 1));
--! refused: MySQL 5.7 does not know an index of an expression here
--! commits
