-- There were payments of accounts that do not exist.
ALTER TABLE payments
    ADD CONSTRAINT payments_account_id_fkey
    FOREIGN KEY (account_id) REFERENCES accounts (id);

ALTER TABLE credit_notes
    ADD CONSTRAINT credit_notes_amount_positive CHECK (amount > 0);
