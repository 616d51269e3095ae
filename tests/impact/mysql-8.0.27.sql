-- server: mysql-8.0.27
CREATE TABLE t (id INT PRIMARY KEY, a INT, b VARCHAR(50), c INT) DEFAULT CHARSET=utf8mb4;
--! commits
CREATE TABLE l (id INT PRIMARY KEY, v VARCHAR(100)) DEFAULT CHARSET=latin1;
--! commits
ALTER TABLE t ADD COLUMN d INT;
--! algorithm INSTANT, lock DEFAULT
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [metadata-only]
ALTER TABLE t ADD COLUMN e INT AFTER a;
--! algorithm INPLACE, lock NONE
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [add-column-placed]
--! t: rewrite [add-column-placed]
ALTER TABLE t DROP COLUMN c;
--! algorithm INPLACE, lock NONE
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [drop-column]
--! t: rewrite [drop-column]
ALTER TABLE t RENAME COLUMN a TO n;
--! algorithm INPLACE, lock NONE
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [metadata-only]
ALTER TABLE t MODIFY b VARCHAR(63);
--! algorithm INPLACE, lock NONE
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [lengthen-varchar]
ALTER TABLE t MODIFY b VARCHAR(64);
--! algorithm COPY, lock SHARED
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_NO_WRITE, writers wait [change-type]
--! t: rewrite, writers wait [change-type]
ALTER TABLE l MODIFY v VARCHAR(255);
--! algorithm INPLACE, lock NONE
--! commits
--! l: lock EXCLUSIVE [brief-metadata-lock]
--! l: lock SHARED_UPGRADABLE [lengthen-varchar]
ALTER TABLE l MODIFY v VARCHAR(256);
--! algorithm COPY, lock SHARED
--! commits
--! l: lock EXCLUSIVE [brief-metadata-lock]
--! l: lock SHARED_NO_WRITE, writers wait [change-type]
--! l: rewrite, writers wait [change-type]
ALTER TABLE t ADD COLUMN f INT REFERENCES l (id);
--! algorithm INSTANT, lock DEFAULT
--! commits
--! t: lock EXCLUSIVE [brief-metadata-lock]
--! t: lock SHARED_UPGRADABLE [metadata-only]
