--- base
CREATE SCHEMA app;
CREATE TABLE app.notes (id int PRIMARY KEY, owner text, body text);
CREATE TABLE app.tags (id int PRIMARY KEY);
ALTER TABLE app.notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON app.notes USING (owner = current_user);
GRANT SELECT ON app.notes TO proof_reader;
--- grant-insert
GRANT INSERT ON app.notes TO proof_reader;
--- revoke-select
REVOKE SELECT ON app.notes FROM proof_reader;
--- grant-select-again
GRANT SELECT ON app.notes TO proof_reader;
--- grant-all
GRANT ALL ON app.notes TO proof_reader;
--- grant-all-tables
GRANT SELECT ON ALL TABLES IN SCHEMA app TO proof_writer;
--- make-table
CREATE TABLE app.links (id int PRIMARY KEY);
--- default-privileges
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO proof_reader;
--- policy-for-writers
CREATE POLICY writers ON app.notes FOR INSERT TO proof_writer WITH CHECK (true);
--- alter-policy
ALTER POLICY own ON app.notes USING (owner = session_user);
--- drop-policy
DROP POLICY own ON app.notes;
--- drop-owner
ALTER TABLE app.notes DROP COLUMN owner;
--- type-of-owner
ALTER TABLE app.notes ALTER COLUMN owner TYPE varchar(63);
--- force-policies
ALTER TABLE app.notes FORCE ROW LEVEL SECURITY;
--- no-policies
ALTER TABLE app.notes DISABLE ROW LEVEL SECURITY;
--- new-owner
ALTER TABLE app.notes OWNER TO proof_writer;
--- comment-notes
COMMENT ON TABLE app.notes IS 'What people write';
--- comment-notes-otherwise
COMMENT ON TABLE app.notes IS 'Notes';
--- comment-body
COMMENT ON COLUMN app.notes.body IS 'The text';
--- schema-usage
GRANT USAGE ON SCHEMA app TO proof_reader;
--- drop-tags
DROP TABLE app.tags;
--- rename-schema
ALTER SCHEMA app RENAME TO application;
