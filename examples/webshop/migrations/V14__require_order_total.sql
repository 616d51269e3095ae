-- Third of three steps: the server takes the validated check as proof and does not read the table.
ALTER TABLE shop.orders
    ALTER COLUMN total_cents SET NOT NULL;

-- A statement of its own on purpose: in one ALTER TABLE the drop would come first and the proof would be gone.
ALTER TABLE shop.orders
    DROP CONSTRAINT orders_total_cents_present;
