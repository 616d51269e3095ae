-- Which provider a payment came through.
ALTER TABLE payments
    ADD COLUMN provider text;

COMMENT ON COLUMN payments.provider IS 'Empty for bank transfers.';
