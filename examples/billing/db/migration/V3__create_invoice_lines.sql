-- What an invoice is made of.
CREATE TABLE invoice_lines (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    invoice_id   bigint         NOT NULL REFERENCES invoices (id),
    description  text           NOT NULL,
    quantity     integer        NOT NULL DEFAULT 1,
    unit_price   numeric(10, 2) NOT NULL,
    discount     numeric(5, 2)  NOT NULL DEFAULT 0
);

CREATE INDEX invoice_lines_invoice_id_idx ON invoice_lines (invoice_id);
