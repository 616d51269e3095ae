-- Invoices the customer does not accept.
ALTER TYPE invoice_status ADD VALUE 'disputed';

UPDATE invoices
   SET status = 'disputed'
 WHERE number LIKE 'D-%';
