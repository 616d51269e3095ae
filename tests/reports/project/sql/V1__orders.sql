CREATE TABLE orders (id bigint PRIMARY KEY, number text, note text);
CREATE TABLE items (id bigint PRIMARY KEY, order_id bigint);
