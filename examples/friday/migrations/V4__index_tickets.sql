CREATE INDEX tickets_event_idx ON tickets (event_id);
CREATE INDEX tickets_customer_idx ON tickets (customer_id);
