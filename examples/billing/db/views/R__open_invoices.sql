-- What is still to be paid.
CREATE OR REPLACE VIEW open_invoices AS
SELECT i.id,
       i.account_id,
       i.number,
       i.currency,
       i.status
  FROM invoices i
 WHERE i.status = 'open';

GRANT SELECT ON open_invoices TO ${readonly_role};
