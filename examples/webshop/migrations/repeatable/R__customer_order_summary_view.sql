-- One line for each customer, read by the monthly report.
CREATE OR REPLACE VIEW shop.customer_order_summary AS
SELECT c.id                                       AS customer_id,
       c.created_at::date                         AS customer_since,
       count(o.id)                                AS orders_placed,
       count(o.id) FILTER (WHERE o.status = 'returned') AS orders_returned,
       max(o.placed_at)                           AS last_order_at
  FROM shop.customers c
  LEFT JOIN shop.orders o ON o.customer_id = c.id
 GROUP BY c.id;

GRANT SELECT ON shop.customer_order_summary TO ${reporting_role};
