-- A migration that cannot get its lock gives up instead of letting everybody else queue behind it.
-- Holds for the whole session, so for every script of this run.
SET lock_timeout = '3s';

SET idle_in_transaction_session_timeout = '60s';
