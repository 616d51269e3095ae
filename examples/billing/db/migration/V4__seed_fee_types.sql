-- The fees that the letters name. Texts go to German customers as they stand: GebÃ¼hr, not Gebuehr.
CREATE TABLE fee_types (
    code   text PRIMARY KEY,
    label  text           NOT NULL,
    fee    numeric(10, 2) NOT NULL
);

INSERT INTO fee_types (code, label, fee) VALUES
    ('reminder',   'MahngebÃ¼hr', 5.00),
    ('returned',   'RÃ¼cklastschriftgebÃ¼hr', 7.50),
    ('late',       'SÃ¤umniszuschlag', 10.00);
