-- Undo of V7.
-- Runs outside a transaction (see the .conf file).
SET lock_timeout = '3s';

DROP INDEX CONCURRENTLY IF EXISTS shop.orders_shipping_address_id_idx;

DROP INDEX CONCURRENTLY IF EXISTS shop.orders_placed_at_idx;
