-- server: oracle-19 standard
CREATE TABLE users (id NUMBER(10) PRIMARY KEY, note VARCHAR2(20));
--! commits
CREATE INDEX users_note ON users (note) ONLINE;
--! refused: Oracle Standard Edition runs nothing ONLINE
--! commits
--! USERS: lock ROW SHARE [build-index-online]
--! USERS: scan [build-index-online]
CREATE INDEX users_note ON users (note);
--! commits
--! USERS: lock SHARE, writers wait [build-index]
--! USERS: scan, writers wait [build-index]
ALTER TABLE users MOVE ONLINE;
--! refused: Oracle Standard Edition runs nothing ONLINE
--! commits
--! USERS: lock ROW EXCLUSIVE [move-table-online]
--! USERS: rewrite [move-table-online]
