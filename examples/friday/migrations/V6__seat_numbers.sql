-- Every ticket gets a seat, and two tickets never share one.
UPDATE tickets SET seat = 'standing' WHERE seat IS NULL;
ALTER TABLE tickets ALTER COLUMN seat SET NOT NULL;
CREATE INDEX tickets_seat_idx ON tickets (event_id, seat);
