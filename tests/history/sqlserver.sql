USE [app]
GO
SET IDENTITY_INSERT [dbo].[customers] ON 
GO
INSERT [dbo].[customers] ([id], [name]) VALUES (1, N'it''s \')
GO
INSERT [dbo].[flyway_schema_history] ([installed_rank], [version], [description], [type], [script], [checksum], [installed_by], [installed_on], [execution_time], [success]) VALUES (0, NULL, N'<< Flyway Schema Creation >>', N'SCHEMA', N'"app"', NULL, N'jane', CAST(N'2026-03-01 10:00:00.123' AS DateTime), 0, 1)
GO
INSERT [dbo].[flyway_schema_history] ([installed_rank], [version], [description], [type], [script], [checksum], [installed_by], [installed_on], [execution_time], [success]) VALUES (1, N'1', N'<< Flyway Baseline >>', N'BASELINE', N'<< Flyway Baseline >>', NULL, N'jane', CAST(N'2026-03-01 10:00:01.5' AS DateTime), 0, 1)
GO
INSERT [dbo].[flyway_schema_history] ([installed_rank], [version], [description], [type], [script], [checksum], [installed_by], [installed_on], [execution_time], [success]) VALUES (2, N'1.1', N'create customers', N'SQL', N'V1.1__create_customers.sql', 1234567890, N'jane', CAST(N'2026-03-02 09:15:30.25' AS DateTime), 41, 1)
GO
INSERT [dbo].[flyway_schema_history] ([installed_rank], [version], [description], [type], [script], [checksum], [installed_by], [installed_on], [execution_time], [success]) VALUES (3, N'2', N'say "hi", it''s C:\temp\new', N'SQL', N'V2__quotes.sql', -987654321, N'jane', CAST(N'2026-03-02 09:15:31.75' AS DateTime), 7, 1)
GO
INSERT [dbo].[flyway_schema_history] ([installed_rank], [version], [description], [type], [script], [checksum], [installed_by], [installed_on], [execution_time], [success]) VALUES (4, N'2.0.1', N'größe für 東京 ✈', N'SQL', N'sub/V2_0_1__größe.sql', -1, N'jane', CAST(N'2026-03-03 12:00:00.1' AS DateTime), 3, 1)
GO
INSERT [dbo].[flyway_schema_history] ([installed_rank], [version], [description], [type], [script], [checksum], [installed_by], [installed_on], [execution_time], [success]) VALUES (5, N'3', N'backfill totals', N'JDBC', N'db.migration.V3__Backfill_totals', NULL, N'jane', CAST(N'2026-03-03 12:00:01.2' AS DateTime), 8210, 1)
GO
INSERT [dbo].[flyway_schema_history] ([installed_rank], [version], [description], [type], [script], [checksum], [installed_by], [installed_on], [execution_time], [success]) VALUES (6, NULL, N'active customers', N'SQL', N'R__active_customers.sql', 42, N'jane', CAST(N'2026-03-04 08:00:00.3' AS DateTime), 12, 1)
GO
INSERT [dbo].[flyway_schema_history] ([installed_rank], [version], [description], [type], [script], [checksum], [installed_by], [installed_on], [execution_time], [success]) VALUES (7, N'4', N'drop legacy; keep (old) data', N'SQL', N'V4__drop_legacy.sql', 2147483647, N'jane', CAST(N'2026-03-05 23:59:59.9' AS DateTime), 905, 0)
GO
