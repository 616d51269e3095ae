-- The reporting tool changes its user name with every version.
GRANT USAGE ON SCHEMA billing TO PUBLIC;

GRANT SELECT ON ALL TABLES IN SCHEMA billing TO PUBLIC;

GRANT ALL ON invoices TO ${readonly_role};
