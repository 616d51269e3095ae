-- Coupons, and which order used which one.
CREATE TABLE shop.coupons (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code         text        NOT NULL,
    percent_off  smallint    NOT NULL,
    valid_until  timestamptz,
    CONSTRAINT coupons_code_key UNIQUE (code),
    CONSTRAINT coupons_percent_off_range CHECK (percent_off BETWEEN 1 AND 90)
);

CREATE TABLE shop.order_coupons (
    order_id   bigint NOT NULL REFERENCES shop.orders (id),
    coupon_id  bigint NOT NULL REFERENCES shop.coupons (id),
    PRIMARY KEY (order_id, coupon_id)
);

CREATE INDEX order_coupons_coupon_id_idx ON shop.order_coupons (coupon_id);
