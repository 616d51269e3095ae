-- Undo of V6.
SET LOCAL lock_timeout = '3s';

ALTER TABLE shop.orders
    DROP COLUMN shipping_address_id;
