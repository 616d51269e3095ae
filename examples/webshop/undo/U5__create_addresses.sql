-- Undo of V5. The addresses are lost.
-- Carriers print from this table, so tell them first.

SET LOCAL lock_timeout = '3s';

DROP TABLE shop.addresses;
