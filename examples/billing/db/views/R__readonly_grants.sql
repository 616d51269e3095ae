-- What the support team may read.
GRANT USAGE ON SCHEMA billing TO ${readonly_role};

GRANT SELECT ON accounts TO ${readonly_role};

GRANT SELECT ON payments TO ${readonly_role};
