-- The name moved to the account service.
ALTER TABLE customers DROP COLUMN name;
