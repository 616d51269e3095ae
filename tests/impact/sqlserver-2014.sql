-- server: sqlserver-2014
CREATE TABLE dbo.t (id INT PRIMARY KEY, a INT);
GO
ALTER TABLE dbo.t ALTER COLUMN a BIGINT WITH (ONLINE = ON);
--! dbo.t: lock Sch-M, everybody waits [change-type]
--! dbo.t: rewrite, everybody waits [change-type]
GO
CREATE INDEX i ON dbo.t (a) WITH (ONLINE = ON, RESUMABLE = ON);
--! refused: SQL Server 2014 does not know RESUMABLE here
--! not in a transaction
--! dbo.t: lock IS [build-index-online]
--! dbo.t: scan [build-index-online]
--! dbo.t: lock S [build-index-online]
GO
ALTER INDEX i ON dbo.t REBUILD WITH (ONLINE = ON, RESUMABLE = ON);
--! refused: SQL Server 2014 does not know RESUMABLE here
--! not in a transaction
--! dbo.t: lock IS [rebuild-index-online]
--! dbo.t: scan [rebuild-index-online]
--! dbo.t: lock S [rebuild-index-online]
--! dbo.i: index-rebuild [rebuild-index-online]
GO
CREATE CLUSTERED INDEX c ON dbo.t (a);
--! dbo.t: lock Sch-M, everybody waits [build-clustered-index]
--! dbo.t: rewrite, everybody waits [build-clustered-index]
