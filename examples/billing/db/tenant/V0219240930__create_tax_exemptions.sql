-- Written on 19 February of the next year, 9:30, and yet before the other one.
CREATE TABLE tax_exemptions (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id  bigint NOT NULL REFERENCES accounts (id),
    valid_to    date
);

CREATE INDEX tax_exemptions_account_id_idx ON tax_exemptions (account_id);
