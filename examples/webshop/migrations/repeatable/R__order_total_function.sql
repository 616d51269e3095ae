-- What an order costs by its lines; the nightly check compares it with what the order says.
CREATE OR REPLACE FUNCTION shop.order_total(wanted_order_id bigint)
RETURNS bigint
LANGUAGE sql
STABLE
SET search_path = pg_catalog, shop
AS $$
    SELECT coalesce(sum(i.quantity * i.unit_price_cents), 0)::bigint
      FROM shop.order_items i
     WHERE i.order_id = wanted_order_id;
$$;

GRANT EXECUTE ON FUNCTION shop.order_total(bigint) TO ${app_role};
