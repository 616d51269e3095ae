--- base
CREATE TABLE customers (id serial PRIMARY KEY, email text NOT NULL, name varchar(80), status text DEFAULT 'new', age int);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id int REFERENCES customers (id), total numeric(10, 2), note text);
CREATE INDEX orders_customer ON orders (customer_id);
--- add-phone
ALTER TABLE customers ADD COLUMN phone text;
--- add-fax
ALTER TABLE customers ADD COLUMN fax text DEFAULT 'none';
--- add-phone-other-type
ALTER TABLE customers ADD COLUMN phone varchar(20);
--- add-phone-if-not-exists
ALTER TABLE customers ADD COLUMN IF NOT EXISTS phone text;
--- index-phone
CREATE INDEX customers_phone ON customers (phone);
--- drop-name
ALTER TABLE customers DROP COLUMN name;
--- rename-name
ALTER TABLE customers RENAME COLUMN name TO full_name;
--- index-name
CREATE INDEX customers_name ON customers (name);
--- widen-name
ALTER TABLE customers ALTER COLUMN name TYPE text;
--- check-name
ALTER TABLE customers ADD CONSTRAINT customers_named CHECK (name <> '');
--- default-status
ALTER TABLE customers ALTER COLUMN status SET DEFAULT 'old';
--- default-status-other
ALTER TABLE customers ALTER COLUMN status SET DEFAULT 'fresh';
--- require-status
ALTER TABLE customers ALTER COLUMN status SET NOT NULL;
--- rename-table
ALTER TABLE customers RENAME TO clients;
--- drop-orders
DROP TABLE orders;
--- drop-customers-cascade
DROP TABLE customers CASCADE;
--- unique-email
ALTER TABLE customers ADD CONSTRAINT customers_email UNIQUE (email);
--- invoices
CREATE TABLE invoices (id bigint PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders (id));
--- key-to-email
CREATE TABLE logins (email text REFERENCES customers (email));
--- copy-of-customers
CREATE TABLE archive (LIKE customers);
