-- What has to be ordered again. Needs the reorder point of V16.
CREATE OR REPLACE VIEW shop.stock_alerts AS
SELECT s.product_id,
       s.warehouse_id,
       s.on_hand,
       s.reorder_point
  FROM shop.stock_levels s
 WHERE s.on_hand < s.reorder_point;

GRANT SELECT ON shop.stock_alerts TO ${reporting_role};
