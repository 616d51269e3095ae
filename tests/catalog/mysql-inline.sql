-- MySQL forgets REFERENCES in the definition of a column, and so does not ask whether the table exists.
CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users (id));
CREATE TABLE items (id int PRIMARY KEY, order_id int, CONSTRAINT of_order FOREIGN KEY (order_id) REFERENCES nothing (id));
--! table nothing missing
DROP TABLE orders;
--= table items: no rows
--=   column id: int; not null
--=   column order_id: int
--=   constraint PRIMARY: primary key (id)
--=   index PRIMARY: unique; on (id); of constraint
