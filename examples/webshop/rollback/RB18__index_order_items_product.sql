-- Rollback of V18, by hand and without a transaction: psql -f RB18__index_order_items_product.sql
SET lock_timeout = '3s';

DROP INDEX CONCURRENTLY IF EXISTS shop.order_items_product_id_idx;

RESET lock_timeout;

DELETE FROM shop.flyway_schema_history WHERE version = '18';
