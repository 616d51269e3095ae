-- Some currencies have three decimals.
ALTER TABLE tickets ALTER COLUMN price TYPE numeric(14, 4);
