-- First script with a time as its version; the team agreed on it the day before.
CREATE TABLE invoice_exports (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    invoice_id   bigint      NOT NULL REFERENCES invoices (id),
    exported_at  timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX invoice_exports_invoice_id_idx ON invoice_exports (invoice_id);
