-- Where an order was sent to. Optional: orders that are picked up have none.
-- The foreign key follows in V8, when the index of V7 is there.
ALTER TABLE shop.orders
    ADD COLUMN shipping_address_id bigint;

COMMENT ON COLUMN shop.orders.shipping_address_id IS 'Empty for orders that are picked up.';
