-- Undo of V10. The sums can be worked out again from the lines.
SET LOCAL lock_timeout = '3s';

ALTER TABLE shop.orders
    DROP COLUMN total_cents;
