-- Links in mails carry a token instead of the id.
ALTER TABLE invoices
    ADD COLUMN public_token uuid NOT NULL DEFAULT gen_random_uuid();

TRUNCATE TABLE dunning_runs CASCADE;
