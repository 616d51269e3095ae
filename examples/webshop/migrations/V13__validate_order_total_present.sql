-- Second of three steps: prove the rule for all rows.
-- Reads all orders, while others read and write them.

ALTER TABLE shop.orders
    VALIDATE CONSTRAINT orders_total_cents_present;
