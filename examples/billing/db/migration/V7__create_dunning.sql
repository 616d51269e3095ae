-- Reminders: a run writes one letter for each overdue invoice.
CREATE TABLE dunning_runs (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE dunning_letters (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id      bigint NOT NULL REFERENCES dunning_runs (id),
    invoice_id  bigint NOT NULL REFERENCES invoices (id),
    sent_at     timestamptz
);

CREATE INDEX dunning_letters_run_id_idx ON dunning_letters (run_id);

CREATE INDEX dunning_letters_invoice_id_idx ON dunning_letters (invoice_id);
