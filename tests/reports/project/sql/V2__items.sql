SET lock_timeout = '5s';
ALTER TABLE items
    ADD CONSTRAINT items_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id);
CREATE INDEX items_order_id ON items (order_id);
