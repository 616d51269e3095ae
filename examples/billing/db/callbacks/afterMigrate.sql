-- Fresh statistics after a release.
-- The two tables that every page reads.

ANALYZE invoices;
ANALYZE payments;
