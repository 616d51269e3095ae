-- What they pay. Amounts are in the currency of the invoice.
CREATE TYPE invoice_status AS ENUM ('draft', 'open', 'paid', 'void');

CREATE TABLE invoices (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id        bigint         NOT NULL REFERENCES accounts (id),
    number            varchar(30)    NOT NULL,
    currency          text           NOT NULL DEFAULT 'eur',
    amount            numeric(10, 2) NOT NULL DEFAULT 0,
    status            invoice_status NOT NULL DEFAULT 'draft',
    issued_on         date,
    due_on            date,
    legacy_reference  text
);

CREATE INDEX invoices_account_id_idx ON invoices (account_id);
