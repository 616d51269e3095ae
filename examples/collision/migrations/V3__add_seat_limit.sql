-- Branch "seat-limit".
SET LOCAL lock_timeout = '3s';

ALTER TABLE plans
    ADD COLUMN seat_limit integer;
