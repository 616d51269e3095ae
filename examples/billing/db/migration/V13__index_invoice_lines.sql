-- The line search of the back office was slow.
CREATE INDEX invoice_lines_description_idx
    ON invoice_lines (description);

CREATE INDEX payments_account_id_idx ON payments (account_id);
