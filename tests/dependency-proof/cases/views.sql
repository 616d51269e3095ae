--- base
CREATE TABLE users (id int PRIMARY KEY, name varchar(20), email text, active boolean NOT NULL DEFAULT true);
CREATE TABLE teams (id int PRIMARY KEY, title text);
CREATE VIEW active_users AS SELECT id, name FROM users WHERE active;
--- view-of-email
CREATE VIEW emails AS SELECT id, email FROM users;
--- view-of-all
CREATE VIEW everything AS SELECT * FROM users;
--- view-of-view
CREATE VIEW first_users AS SELECT name FROM active_users WHERE id < 10;
--- type-of-email
ALTER TABLE users ALTER COLUMN email TYPE varchar(200);
--- type-of-name
ALTER TABLE users ALTER COLUMN name TYPE text;
--- drop-email
ALTER TABLE users DROP COLUMN email;
--- add-born
ALTER TABLE users ADD COLUMN born date;
--- replace-view
CREATE OR REPLACE VIEW active_users AS SELECT id, name, email FROM users WHERE active;
--- replace-view-otherwise
CREATE OR REPLACE VIEW active_users AS SELECT id, name FROM users WHERE active AND id > 0;
--- drop-view
DROP VIEW active_users;
--- drop-and-make-view
DROP VIEW active_users;
CREATE VIEW active_users AS SELECT id FROM users WHERE active;
--- grant-on-view
GRANT SELECT ON active_users TO PUBLIC;
--- comment-on-view
COMMENT ON VIEW active_users IS 'Those who are active';
--- materialized
CREATE MATERIALIZED VIEW user_names AS SELECT id, name FROM users;
--- materialized-index
CREATE UNIQUE INDEX user_names_id ON user_names (id);
--- rename-view
ALTER VIEW active_users RENAME TO current_users;
--- teams-view
CREATE VIEW team_titles AS SELECT title FROM teams;
--- rename-title
ALTER TABLE teams RENAME COLUMN title TO caption;
