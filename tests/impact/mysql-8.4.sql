-- server: mysql-8.4.3
CREATE TABLE parent (id INT PRIMARY KEY, code CHAR(3) UNIQUE);
--! commits
CREATE TABLE t (id BIGINT AUTO_INCREMENT PRIMARY KEY, parent_id INT, a INT, b VARCHAR(50), CONSTRAINT fk FOREIGN KEY (parent_id) REFERENCES parent (id)) DEFAULT CHARSET=utf8mb3;
--! commits
--! parent: lock EXCLUSIVE [foreign-key-lock]
CREATE TABLE f (id INT PRIMARY KEY, body TEXT, FULLTEXT KEY words (body));
--! commits
ALTER TABLE t DROP COLUMN a;
--! algorithm INSTANT, lock DEFAULT
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [metadata-only]
ALTER TABLE t RENAME COLUMN b TO name;
--! algorithm INSTANT, lock DEFAULT
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [metadata-only]
ALTER TABLE t MODIFY name VARCHAR(63) CHARACTER SET utf8mb4;
--! algorithm INPLACE, lock NONE
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [change-collation]
ALTER TABLE t MODIFY name VARCHAR(63) CHARACTER SET utf8mb4 NOT NULL, ALGORITHM = INSTANT;
--! refused: ALGORITHM=INSTANT is not possible: each row is laid out anew, and checked for NULL (INPLACE)
--! algorithm INPLACE, lock NONE
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [set-not-null]
--! t: rewrite [set-not-null]
--! fk: index-rebuild [set-not-null]
ALTER TABLE t MODIFY parent_id BIGINT;
--! refused: the foreign key `fk` needs the column `parent_id` as it is
--! algorithm COPY, lock SHARED
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_NO_WRITE, writers wait [change-type]
--! t: rewrite, writers wait [change-type]
--! fk: index-rebuild, writers wait [change-type]
ALTER TABLE t ADD COLUMN x INT, ADD COLUMN y INT AS (x * 2) VIRTUAL, LOCK = NONE;
--! algorithm INSTANT, lock DEFAULT
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [metadata-only]
ALTER TABLE t ADD COLUMN z INT DEFAULT (x + 1), ALGORITHM = INPLACE;
--! refused: ALGORITHM=INPLACE is not possible: its default is an expression, computed for each row (COPY)
--! algorithm COPY, lock SHARED
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_NO_WRITE, writers wait [volatile-default]
--! t: rewrite, writers wait [volatile-default]
--! fk: index-rebuild, writers wait [volatile-default]
ALTER TABLE f ENGINE = InnoDB;
--! algorithm COPY, lock SHARED
--! commits
--! f: lock EXCLUSIVE [brief-metadata-lock]
--! f: lock SHARED_NO_WRITE, writers wait [rebuild-with-fulltext]
--! f: rewrite, writers wait [rebuild-table]
--! words: index-rebuild, writers wait [rebuild-table]
ALTER TABLE f ADD COLUMN n INT;
--! algorithm COPY, lock SHARED
--! commits
--! f: lock EXCLUSIVE [brief-metadata-lock]
--! f: lock SHARED_NO_WRITE, writers wait [rebuild-with-fulltext]
--! f: rewrite, writers wait [instant-refused]
--! words: index-rebuild, writers wait [instant-refused]
SET foreign_key_checks = 0;
ALTER TABLE t ADD CONSTRAINT fk_code FOREIGN KEY (parent_id) REFERENCES parent (id);
--! algorithm INPLACE, lock NONE
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [add-foreign-key-unchecked]
--! parent: lock EXCLUSIVE [foreign-key-lock]
SET foreign_key_checks = 1;
TRUNCATE TABLE parent;
--! refused: the foreign key `fk` points to the table
--! commits
--! parent: lock EXCLUSIVE, everybody waits [truncate]
--! parent: truncate, everybody waits [truncate]
DROP TABLE parent;
--! refused: the foreign key `fk` needs the table
--! commits
--! parent: lock EXCLUSIVE, everybody waits [exclusive-metadata-lock]
--! t: lock EXCLUSIVE [foreign-key-lock]
--! t: lock EXCLUSIVE [foreign-key-lock]
CREATE OR REPLACE TABLE f (id INT);
--! refused: MySQL 8.4.3 does not know OR REPLACE here
--! commits
ALTER TABLE f ADD COLUMN m INT, ENGINE = InnoDB, COMMENT = 'words';
--! algorithm INPLACE, lock NONE
--! commits
--! f: lock EXCLUSIVE [brief-metadata-lock]
--! f: lock SHARED_UPGRADABLE [rebuild-table]
--! f: rewrite [rebuild-table]
