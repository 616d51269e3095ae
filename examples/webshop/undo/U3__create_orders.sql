-- Undo of V3.
SET LOCAL lock_timeout = '3s';

DROP VIEW IF EXISTS shop.customer_order_summary;

DROP FUNCTION IF EXISTS shop.order_total(bigint);

DROP TABLE shop.order_items;

DROP TABLE shop.orders;
