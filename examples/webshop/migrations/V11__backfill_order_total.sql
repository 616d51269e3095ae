-- Fills total_cents in slices of 5000 orders, each in its own transaction.
-- Runs outside a transaction (see the .conf file) and can be repeated: it only touches what is still empty.
DO $$
DECLARE
    slice   CONSTANT bigint := 5000;
    last_id bigint := 0;
    max_id  bigint;
BEGIN
    SELECT coalesce(max(id), 0) INTO max_id FROM shop.orders;

    WHILE last_id < max_id LOOP
        UPDATE shop.orders o
           SET total_cents = (
                   SELECT coalesce(sum(i.quantity * i.unit_price_cents), 0)
                     FROM shop.order_items i
                    WHERE i.order_id = o.id
               )
         WHERE o.id > last_id
           AND o.id <= last_id + slice
           AND o.total_cents IS NULL;

        COMMIT;
        last_id := last_id + slice;
    END LOOP;
END
$$;
