-- Language of the printed invoice.
ALTER TABLE invoices
    ADD COLUMN language text;

COMMENT ON COLUMN invoices.language IS 'Empty: the language of the account.';
