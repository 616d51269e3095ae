--- base
CREATE TABLE roles (id int PRIMARY KEY, name text UNIQUE, rank int DEFAULT 0);
CREATE TABLE members (id serial PRIMARY KEY, role_id int REFERENCES roles (id), nick text, joined date);
INSERT INTO roles (id, name) VALUES (1, 'admin'), (2, 'user');
INSERT INTO members (role_id, nick) VALUES (1, 'ann'), (2, NULL);
--- insert-guest
INSERT INTO roles (id, name) VALUES (3, 'guest');
--- insert-editor
INSERT INTO roles (id, name) VALUES (4, 'editor');
--- insert-three-again
INSERT INTO roles (id, name) VALUES (3, 'owner');
--- member-of-guest
INSERT INTO members (role_id, nick) VALUES (3, 'gus');
--- member-of-admin
INSERT INTO members (role_id, nick) VALUES (1, 'bob');
--- rank-all
UPDATE roles SET rank = 5;
--- rank-all-otherwise
UPDATE roles SET rank = 7;
--- rank-admin
UPDATE roles SET rank = 9 WHERE id = 1;
--- rank-user
UPDATE roles SET rank = 1 WHERE id = 2;
--- fill-nick
UPDATE members SET nick = 'none' WHERE nick IS NULL;
--- require-nick
ALTER TABLE members ALTER COLUMN nick SET NOT NULL;
--- drop-rank
ALTER TABLE roles DROP COLUMN rank;
--- add-colour
ALTER TABLE roles ADD COLUMN colour text;
--- add-required
ALTER TABLE roles ADD COLUMN code text NOT NULL DEFAULT 'x';
--- delete-user
DELETE FROM members WHERE role_id = 2;
--- joined-today
UPDATE members SET joined = '2020-01-01';
--- joined-text
ALTER TABLE members ALTER COLUMN joined TYPE text;
--- check-rank
ALTER TABLE roles ADD CONSTRAINT ranked CHECK (rank >= 0);
--- copy-roles
CREATE TABLE old_roles AS SELECT * FROM roles;
