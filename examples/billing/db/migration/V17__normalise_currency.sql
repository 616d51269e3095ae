-- Currencies in capitals, as the bank wants them.
UPDATE invoices
   SET currency = upper(currency);

DELETE FROM webhook_log;
