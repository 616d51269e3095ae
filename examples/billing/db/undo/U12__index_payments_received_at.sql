-- Undo of V12.
-- Runs outside a transaction (see the .conf file).

DROP INDEX CONCURRENTLY IF EXISTS
    payments_received_at_idx;
