-- First of three steps to NOT NULL without a scan under a strong lock:
-- from here on every write is checked.
ALTER TABLE shop.orders
    ADD CONSTRAINT orders_total_cents_present
    CHECK (total_cents IS NOT NULL) NOT VALID;
