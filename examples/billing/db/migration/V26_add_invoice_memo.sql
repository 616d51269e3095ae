-- Free text at the foot of an invoice.
ALTER TABLE invoices
    ADD COLUMN memo text;

COMMENT ON COLUMN invoices.memo IS 'Printed below the sum.';
