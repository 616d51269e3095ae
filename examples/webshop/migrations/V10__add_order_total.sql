-- The order list adds up the lines of every order it shows. Keep the sum with the order instead.
-- Release 2.7 writes the column; V11 fills the orders that are older, V12 to V14 make it NOT NULL.
ALTER TABLE shop.orders
    ADD COLUMN total_cents bigint;

COMMENT ON COLUMN shop.orders.total_cents IS 'Sum of the lines, in cents.';
