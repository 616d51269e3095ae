-- Orders and their lines. The price is copied, so that a later price change leaves old orders alone.
CREATE TABLE shop.orders (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id  bigint      NOT NULL REFERENCES shop.customers (id),
    reference    text        NOT NULL,
    status       text        NOT NULL DEFAULT 'placed',
    placed_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT orders_reference_key UNIQUE (reference),
    CONSTRAINT orders_status_known CHECK (status IN ('placed', 'paid', 'shipped', 'returned', 'cancelled'))
);

CREATE INDEX orders_customer_id_idx ON shop.orders (customer_id);

CREATE TABLE shop.order_items (
    order_id          bigint  NOT NULL REFERENCES shop.orders (id),
    line_no           integer NOT NULL,
    product_id        bigint  NOT NULL,
    quantity          integer NOT NULL,
    unit_price_cents  bigint  NOT NULL,
    PRIMARY KEY (order_id, line_no),
    CONSTRAINT order_items_quantity_positive CHECK (quantity > 0)
);
