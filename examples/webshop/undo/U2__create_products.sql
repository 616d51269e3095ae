-- Undo of V2.
SET LOCAL lock_timeout = '3s';

DROP VIEW IF EXISTS shop.product_catalogue;

DROP TABLE shop.products;

DROP TABLE shop.categories;
