-- Rollback of V13, by hand: psql --single-transaction -f RB13__validate_order_total_present.sql
SET LOCAL lock_timeout = '3s';

ALTER TABLE shop.orders
    DROP CONSTRAINT orders_total_cents_present;

ALTER TABLE shop.orders
    ADD CONSTRAINT orders_total_cents_present
    CHECK (total_cents IS NOT NULL) NOT VALID;

DELETE FROM shop.flyway_schema_history WHERE version = '13';
