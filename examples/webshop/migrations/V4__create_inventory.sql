-- What lies where. One row for each product in each warehouse that has ever held it.
CREATE TABLE shop.warehouses (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code  text NOT NULL,
    city  text NOT NULL,
    CONSTRAINT warehouses_code_key UNIQUE (code)
);

CREATE TABLE shop.stock_levels (
    product_id    bigint  NOT NULL REFERENCES shop.products (id),
    warehouse_id  bigint  NOT NULL REFERENCES shop.warehouses (id),
    on_hand       integer NOT NULL DEFAULT 0,
    PRIMARY KEY (product_id, warehouse_id),
    CONSTRAINT stock_levels_on_hand_not_negative CHECK (on_hand >= 0)
);

CREATE INDEX stock_levels_warehouse_id_idx ON shop.stock_levels (warehouse_id);
