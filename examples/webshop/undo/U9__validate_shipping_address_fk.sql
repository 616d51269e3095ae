-- Undo of V9: a constraint cannot be unvalidated, so it is made again as V8 made it.
SET LOCAL lock_timeout = '3s';

ALTER TABLE shop.orders
    DROP CONSTRAINT orders_shipping_address_id_fkey;

ALTER TABLE shop.orders
    ADD CONSTRAINT orders_shipping_address_id_fkey
    FOREIGN KEY (shipping_address_id) REFERENCES shop.addresses (id)
    NOT VALID;
