-- "Which orders had this product" is asked by the new recall page.
-- Runs outside a transaction (see the .conf file); the build can be repeated.
DROP INDEX CONCURRENTLY IF EXISTS shop.order_items_product_id_idx;

CREATE INDEX CONCURRENTLY order_items_product_id_idx
    ON shop.order_items (product_id);
