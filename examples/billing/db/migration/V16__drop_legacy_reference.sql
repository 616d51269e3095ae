-- The old accounting system is gone.
ALTER TABLE invoices
    DROP COLUMN legacy_reference;

DROP TABLE IF EXISTS legacy_export;
