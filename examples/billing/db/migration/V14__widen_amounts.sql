-- Metered customers have long quantities and prices below a cent.
ALTER TABLE invoice_lines
    ALTER COLUMN quantity TYPE bigint;

ALTER TABLE invoice_lines
    ALTER COLUMN unit_price TYPE numeric(14, 6);
