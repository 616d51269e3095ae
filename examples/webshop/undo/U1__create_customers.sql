-- Undo of V1. Takes the report that reads the table with it; the next migrate makes it again.
SET LOCAL lock_timeout = '3s';

DROP VIEW IF EXISTS shop.customer_order_summary;

DROP TABLE shop.customers;
