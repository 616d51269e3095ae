-- First, second and last reminder. (The branch was open for five weeks.)
CREATE TABLE dunning_levels (
    level     smallint PRIMARY KEY,
    fee_code  text NOT NULL REFERENCES fee_types (code)
);

ALTER TABLE dunning_letters
    ADD COLUMN level smallint REFERENCES dunning_levels (level);
