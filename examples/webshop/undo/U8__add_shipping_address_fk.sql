-- Undo of V8.
SET LOCAL lock_timeout = '3s';

ALTER TABLE shop.orders
    DROP CONSTRAINT orders_shipping_address_id_fkey;
