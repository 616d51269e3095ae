-- People who can place orders.
CREATE TABLE shop.customers (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email       text        NOT NULL,
    full_name   text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT customers_email_key UNIQUE (email),
    CONSTRAINT customers_email_shape CHECK (position('@' IN email) > 1)
);

COMMENT ON TABLE shop.customers IS 'One row for each account; guests get one too, without a login.';
