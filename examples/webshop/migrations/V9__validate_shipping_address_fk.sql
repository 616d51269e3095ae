-- Reads all orders, while others read and write them.
-- Second half of V8.

ALTER TABLE shop.orders
    VALIDATE CONSTRAINT orders_shipping_address_id_fkey;
