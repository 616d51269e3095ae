-- server: oracle-19
CREATE TABLE users (id NUMBER(10) PRIMARY KEY, email VARCHAR2(50), age NUMBER(3));
--! commits
CREATE TABLE orders (id NUMBER(10) PRIMARY KEY, user_id NUMBER(10) REFERENCES users (id), total NUMBER(10, 2));
--! commits
--! USERS: lock SHARE [foreign-key-lock]
ALTER TABLE users ADD (phone VARCHAR2(20));
--! commits
--! USERS: lock EXCLUSIVE [metadata-only]
ALTER TABLE users ADD (active NUMBER(1) DEFAULT 1 NOT NULL);
--! commits
--! USERS: lock EXCLUSIVE [metadata-only]
ALTER TABLE users ADD (note VARCHAR2(20) DEFAULT 'none');
--! commits
--! USERS: lock EXCLUSIVE [metadata-only]
ALTER TABLE users ADD (token RAW(16) DEFAULT SYS_GUID());
--! commits
--! USERS: lock EXCLUSIVE, writers wait [volatile-default]
--! USERS: rewrite, writers wait [volatile-default]
ALTER TABLE users MODIFY (email VARCHAR2(100));
--! commits
--! USERS: lock EXCLUSIVE [metadata-only]
ALTER TABLE users MODIFY (email VARCHAR2(20));
--! commits
--! USERS: lock EXCLUSIVE, writers wait [change-type]
--! USERS: scan, writers wait [change-type]
ALTER TABLE users MODIFY (email NOT NULL);
--! commits
--! USERS: lock EXCLUSIVE, writers wait [set-not-null]
--! USERS: scan, writers wait [set-not-null]
ALTER TABLE users MODIFY (age VARCHAR2(3));
--! commits
--! USERS: lock EXCLUSIVE, writers wait [change-type]
--! USERS: scan, writers wait [change-type]
ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0);
--! commits
--! ORDERS: lock EXCLUSIVE, writers wait [validate-constraint]
--! ORDERS: scan, writers wait [validate-constraint]
ALTER TABLE orders ADD CONSTRAINT fk_user FOREIGN KEY (user_id) REFERENCES users (id) ENABLE NOVALIDATE;
--! commits
--! ORDERS: lock EXCLUSIVE [untrusted-constraint]
--! USERS: lock SHARE [foreign-key-lock]
ALTER TABLE orders MODIFY CONSTRAINT fk_user VALIDATE;
--! commits
--! ORDERS: lock ROW SHARE [validate-constraint]
--! ORDERS: scan [validate-constraint]
CREATE INDEX i_total ON orders (total);
--! commits
--! ORDERS: lock SHARE, writers wait [build-index]
--! ORDERS: scan, writers wait [build-index]
CREATE INDEX i_user ON orders (user_id) ONLINE;
--! commits
--! ORDERS: lock ROW SHARE [build-index-online]
--! ORDERS: scan [build-index-online]
ALTER INDEX i_total REBUILD;
--! commits
--! ORDERS: lock SHARE, writers wait [build-index]
--! ORDERS: scan, writers wait [build-index]
--! I_TOTAL: index-rebuild, writers wait [build-index]
ALTER INDEX i_total REBUILD ONLINE;
--! commits
--! ORDERS: lock ROW SHARE [build-index-online]
--! ORDERS: scan [build-index-online]
--! I_TOTAL: index-rebuild [build-index-online]
DROP INDEX i_total;
--! commits
--! ORDERS: lock EXCLUSIVE [metadata-only]
ALTER TABLE orders SET UNUSED (total) ONLINE;
--! commits
--! ORDERS: lock ROW SHARE [metadata-only-online]
ALTER TABLE orders DROP UNUSED COLUMNS;
--! commits
--! ORDERS: lock EXCLUSIVE, writers wait [drop-column]
--! ORDERS: rewrite, writers wait [drop-column]
ALTER TABLE users DROP COLUMN note;
--! commits
--! USERS: lock EXCLUSIVE, writers wait [drop-column]
--! USERS: rewrite, writers wait [drop-column]
ALTER TABLE orders MOVE;
--! commits
--! ORDERS: lock EXCLUSIVE, writers wait [move-table]
--! ORDERS: rewrite, writers wait [move-table]
ALTER TABLE orders MOVE ONLINE;
--! commits
--! ORDERS: lock ROW EXCLUSIVE [move-table-online]
--! ORDERS: rewrite [move-table-online]
LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE;
--! ORDERS: lock SHARE ROW EXCLUSIVE, writers wait [lock-table]
UPDATE orders SET user_id = 1;
--! ORDERS: lock ROW EXCLUSIVE [row-locks]
--! ORDERS: lock-rows, writers wait [every-row]
--! ORDERS: scan [every-row]
DELETE FROM orders WHERE id = 1;
--! ORDERS: lock ROW EXCLUSIVE [row-locks]
BEGIN
  UPDATE users SET age = 1 WHERE id = 2;
END;
/
--! USERS: lock ROW EXCLUSIVE [row-locks]
TRUNCATE TABLE orders;
--! commits
--! ORDERS: lock EXCLUSIVE, everybody waits [truncate]
--! ORDERS: truncate, everybody waits [truncate]
DROP TABLE orders PURGE;
--! commits
--! ORDERS: lock EXCLUSIVE, everybody waits [drop-table]
ALTER SESSION SET ddl_lock_timeout = 30;
COMMENT ON TABLE users IS 'people';
--! commits
