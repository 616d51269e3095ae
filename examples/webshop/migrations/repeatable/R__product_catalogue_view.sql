-- What the site shows: active products with their category and what is left of them.
CREATE OR REPLACE VIEW shop.product_catalogue AS
SELECT p.id,
       p.sku,
       p.name,
       p.price_cents,
       k.slug                        AS category,
       coalesce(sum(s.on_hand), 0)   AS on_hand
  FROM shop.products p
  JOIN shop.categories k ON k.id = p.category_id
  LEFT JOIN shop.stock_levels s ON s.product_id = p.id
 WHERE p.active
 GROUP BY p.id, k.slug;

GRANT SELECT ON shop.product_catalogue TO ${app_role};
