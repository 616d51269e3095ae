-- Open invoices by age.
CREATE OR REPLACE VIEW invoice_aging AS
SELECT i.account_id,
       count(*) FILTER (WHERE i.due_on < current_date)      AS overdue,
       count(*) FILTER (WHERE i.due_on < current_date - 30) AS overdue_30
  FROM invoices i
 WHERE i.status = 'open'
 GROUP BY i.account_id;
