-- Two invoices had the same number last year.
ALTER TABLE invoices
    ADD CONSTRAINT invoices_number_key UNIQUE (number);

DROP INDEX invoices_account_id_idx;
