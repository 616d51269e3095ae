-- Undo of V11.
-- The addresses are lost.

ALTER TABLE accounts
    DROP COLUMN contact_email;
