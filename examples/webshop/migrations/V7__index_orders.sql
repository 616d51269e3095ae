-- Indexes for the order list (newest first) and for the foreign key that V8 adds.
-- Runs outside a transaction (see the .conf file); each build can be repeated.
DROP INDEX CONCURRENTLY IF EXISTS shop.orders_placed_at_idx;

CREATE INDEX CONCURRENTLY orders_placed_at_idx
    ON shop.orders (placed_at DESC);

DROP INDEX CONCURRENTLY IF EXISTS shop.orders_shipping_address_id_idx;

CREATE INDEX CONCURRENTLY orders_shipping_address_id_idx
    ON shop.orders (shipping_address_id);
