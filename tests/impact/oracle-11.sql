-- server: oracle-11.2
CREATE TABLE t (id NUMBER PRIMARY KEY, a NUMBER);
--! commits
ALTER TABLE t ADD (b NUMBER DEFAULT 0);
--! commits
--! T: lock EXCLUSIVE, writers wait [add-column-default]
--! T: rewrite, writers wait [add-column-default]
ALTER TABLE t ADD (c NUMBER DEFAULT 0 NOT NULL);
--! commits
--! T: lock EXCLUSIVE [metadata-only]
ALTER TABLE t SET UNUSED (a) ONLINE;
--! refused: Oracle 11.2 does not know ONLINE here
--! commits
--! T: lock EXCLUSIVE [metadata-only]
ALTER TABLE t MOVE ONLINE;
--! refused: Oracle 11.2 does not know ONLINE here
--! commits
--! T: lock EXCLUSIVE, writers wait [move-table]
--! T: rewrite, writers wait [move-table]
