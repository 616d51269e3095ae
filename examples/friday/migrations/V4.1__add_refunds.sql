-- Written on a branch that was merged after V5 had been deployed.
CREATE TABLE refunds (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ticket_id bigint         NOT NULL REFERENCES tickets (id),
    amount    numeric(10, 2) NOT NULL
);
CREATE INDEX refunds_ticket_idx ON refunds (ticket_id);
