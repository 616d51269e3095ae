-- Undo of V4.0.1, the hotfix of the spring sale.
-- Runs outside a transaction (see the .conf file).

SET lock_timeout = '3s';

DROP INDEX CONCURRENTLY IF EXISTS shop.customers_lower_email_idx;
