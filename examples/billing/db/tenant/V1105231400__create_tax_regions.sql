-- Written on 5 November, 14:00: month, day, year, hour and minute.
CREATE TABLE tax_regions (
    code  text PRIMARY KEY,
    name  text          NOT NULL,
    rate  numeric(5, 2) NOT NULL
);
