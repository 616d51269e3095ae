-- Undo of V12.
SET LOCAL lock_timeout = '3s';

ALTER TABLE shop.orders
    DROP CONSTRAINT orders_total_cents_present;
