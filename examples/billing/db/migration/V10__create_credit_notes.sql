-- Money back, always against an invoice.
CREATE TABLE credit_notes (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    invoice_id  bigint         NOT NULL REFERENCES invoices (id),
    amount      numeric(10, 2) NOT NULL,
    reason      text           NOT NULL
);

CREATE INDEX credit_notes_invoice_id_idx ON credit_notes (invoice_id);
