-- Rollback of V14, by hand and without a transaction: psql -f RB14__require_order_total.sql
-- The check comes back as V13 left it, proven again before NOT NULL goes.
SET lock_timeout = '3s';

ALTER TABLE shop.orders
    ADD CONSTRAINT orders_total_cents_present
    CHECK (total_cents IS NOT NULL) NOT VALID;

ALTER TABLE shop.orders
    VALIDATE CONSTRAINT orders_total_cents_present;

ALTER TABLE shop.orders
    ALTER COLUMN total_cents DROP NOT NULL;

RESET lock_timeout;

DELETE FROM shop.flyway_schema_history WHERE version = '14';
