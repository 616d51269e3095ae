-- Where invoices are sent to.
ALTER TABLE accounts
    ADD COLUMN contact_email text;

COMMENT ON COLUMN accounts.contact_email IS 'Empty: the invoice goes by post.';
