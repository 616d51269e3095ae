-- The bank reconciliation reads the payments of one day.
-- Runs outside a transaction (see the .conf file).

CREATE INDEX CONCURRENTLY payments_received_at_idx
    ON payments (received_at);
