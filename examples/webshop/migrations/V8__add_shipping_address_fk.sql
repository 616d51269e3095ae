-- New rows are checked from here on. The rows of today are checked in V9, in a transaction of its own,
-- so that the strong lock of this statement does not last through the scan.
ALTER TABLE shop.orders
    ADD CONSTRAINT orders_shipping_address_id_fkey
    FOREIGN KEY (shipping_address_id) REFERENCES shop.addresses (id)
    NOT VALID;
