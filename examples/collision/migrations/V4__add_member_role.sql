-- Who may invite others.
SET LOCAL lock_timeout = '3s';

ALTER TABLE members
    ADD COLUMN role text NOT NULL DEFAULT 'member';
