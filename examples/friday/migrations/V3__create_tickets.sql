CREATE TABLE tickets (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id    bigint         NOT NULL REFERENCES events (id),
    customer_id bigint         NOT NULL REFERENCES customers (id),
    price       numeric(10, 2) NOT NULL,
    seat        text,
    sold_at     timestamptz    NOT NULL DEFAULT now()
);
