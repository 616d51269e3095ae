SET lock_timeout = '5s';
ALTER TABLE orders DROP COLUMN note;
UPDATE orders SET number = upper(number);
INSERT INTO orderz (id) VALUES (1);
FROBNICATE orders;
