-- What came in. A payment may belong to no invoice yet.
CREATE TABLE payments (
	id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	invoice_id   bigint REFERENCES invoices (id),
	account_id   bigint         NOT NULL,
	amount       numeric(10, 2) NOT NULL,
	method       varchar(20)    NOT NULL,
	received_at  timestamptz    NOT NULL DEFAULT now()
);

CREATE INDEX payments_invoice_id_idx ON payments (invoice_id);
