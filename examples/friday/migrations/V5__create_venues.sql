CREATE TABLE venues (
    id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL
);
ALTER TABLE events ADD COLUMN venue_id bigint REFERENCES venues (id);
