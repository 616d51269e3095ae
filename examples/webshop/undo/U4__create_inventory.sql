-- Undo of V4.
SET LOCAL lock_timeout = '3s';

DROP VIEW IF EXISTS shop.product_catalogue;

DROP TABLE shop.stock_levels;

DROP TABLE shop.warehouses;
