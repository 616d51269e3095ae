-- Address book. Carriers want a number for the notice of delivery, so it lives here and is optional.
CREATE TABLE shop.addresses (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id  bigint NOT NULL REFERENCES shop.customers (id),
    street       text   NOT NULL,
    postal_code  text   NOT NULL,
    city         text   NOT NULL,
    country      text   NOT NULL,
    phone        text,
    CONSTRAINT addresses_country_code CHECK (country ~ '^[A-Z]{2}$')
);

CREATE INDEX addresses_customer_id_idx ON shop.addresses (customer_id);
