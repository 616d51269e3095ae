-- Hotfix: logins compare lower(email) and scanned the whole table at the start of the spring sale.
-- Runs outside a transaction (see the .conf file). The DROP clears an invalid index that a failed build leaves behind.
DROP INDEX CONCURRENTLY IF EXISTS shop.customers_lower_email_idx;

CREATE INDEX CONCURRENTLY customers_lower_email_idx
    ON shop.customers (lower(email));
