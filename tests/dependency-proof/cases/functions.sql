--- base
CREATE TABLE items (id int PRIMARY KEY, price numeric NOT NULL, changed timestamptz);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.changed := now(); RETURN NEW; END $$;
CREATE FUNCTION doubled(x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT x * 2';
--- make-rounded
CREATE FUNCTION rounded(x numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT round(x)';
--- index-rounded
CREATE INDEX items_rounded ON items (rounded(price));
--- replace-touch
CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.changed := clock_timestamp(); RETURN NEW; END $$;
--- replace-touch-otherwise
CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
--- trigger-touch
CREATE TRIGGER items_touch BEFORE UPDATE ON items FOR EACH ROW EXECUTE FUNCTION touch();
--- trigger-touch-of-price
CREATE TRIGGER items_touch BEFORE UPDATE OF price ON items FOR EACH ROW EXECUTE FUNCTION touch();
--- drop-touch
DROP FUNCTION touch();
--- overload
CREATE FUNCTION doubled(x numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT x * 2';
--- drop-doubled
DROP FUNCTION doubled(int);
--- check-doubled
ALTER TABLE items ADD CONSTRAINT small CHECK (doubled(id) < 1000);
--- grant-doubled
GRANT EXECUTE ON FUNCTION doubled(int) TO PUBLIC;
--- sql-body-reads-price
CREATE FUNCTION cheapest() RETURNS numeric LANGUAGE sql STABLE AS 'SELECT min(price) FROM items';
--- plpgsql-body-reads-price
CREATE FUNCTION dearest() RETURNS numeric LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT max(price) FROM items); END $$;
--- drop-price
ALTER TABLE items DROP COLUMN price;
--- procedure
CREATE PROCEDURE wipe() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM items; END $$;
--- disable-triggers
ALTER TABLE items DISABLE TRIGGER ALL;
--- rename-doubled
ALTER FUNCTION doubled(int) RENAME TO twice;
--- comment-doubled
COMMENT ON FUNCTION doubled(int) IS 'Twice';
