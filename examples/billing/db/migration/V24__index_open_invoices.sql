-- The dashboard only looks at what is open.
ALTER TABLE invoices
    ADD COLUMN opened_at timestamptz;

CREATE INDEX CONCURRENTLY invoices_open_idx
    ON invoices (due_on)
    WHERE status = 'open';
