-- New tables get the rights of the old ones.
GRANT USAGE ON SCHEMA shop TO ${app_role};

GRANT SELECT, INSERT, UPDATE, DELETE
    ON ALL TABLES IN SCHEMA shop
    TO ${app_role};
