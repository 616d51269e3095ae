Insert into schema_version values (1, 0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '"app"', NULL, 'jane', '2026-03-01 10:00:00.123', 0, true);
Insert into schema_version values (2, 1, '1', '<< Flyway Baseline >>', 'BASELINE', '<< Flyway Baseline >>', NULL, 'jane', '2026-03-01 10:00:01.5', 0, true);
Insert into schema_version values (3, 2, '1.1', 'create customers', 'SQL', 'V1.1__create_customers.sql', 1234567890, 'jane', '2026-03-02 09:15:30.25', 41, true);
Insert into schema_version values (4, 3, '2', 'say "hi", it''s C:\temp\new', 'SQL', 'V2__quotes.sql', -987654321, 'jane', '2026-03-02 09:15:31.75', 7, true);
Insert into schema_version values (5, 4, '2.0.1', 'größe für 東京 ✈', 'SQL', 'sub/V2_0_1__größe.sql', -1, 'jane', '2026-03-03 12:00:00.1', 3, true);
Insert into schema_version values (6, 5, '3', 'backfill totals', 'JDBC', 'db.migration.V3__Backfill_totals', NULL, 'jane', '2026-03-03 12:00:01.2', 8210, true);
Insert into schema_version values (7, 6, NULL, 'active customers', 'SQL', 'R__active_customers.sql', 42, 'jane', '2026-03-04 08:00:00.3', 12, true);
Insert into schema_version values (8, 7, '4', 'drop legacy; keep (old) data', 'SQL', 'V4__drop_legacy.sql', 2147483647, 'jane', '2026-03-05 23:59:59.9', 905, false);
