-- Give up rather than queue.
-- Meant to hold for every script of a run.

SET lock_timeout = '5s';
SET idle_in_transaction_session_timeout = '60s';
