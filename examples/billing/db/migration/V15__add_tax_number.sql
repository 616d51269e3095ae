-- Required on every invoice from January on.
ALTER TABLE accounts
    ADD COLUMN tax_number text NOT NULL;

COMMENT ON COLUMN accounts.tax_number IS 'VAT identification number.';
