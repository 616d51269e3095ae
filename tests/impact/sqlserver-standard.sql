-- server: sqlserver-2019 standard
CREATE TABLE dbo.users (id INT IDENTITY(1, 1) CONSTRAINT pk_users PRIMARY KEY, note NVARCHAR(20) NULL, total INT NULL);
GO
ALTER TABLE dbo.users ADD active BIT NOT NULL CONSTRAINT df_active DEFAULT 1;
--! dbo.users: lock Sch-M, everybody waits [add-column-default]
--! dbo.users: rewrite, everybody waits [add-column-default]
CREATE INDEX users_note ON dbo.users (note) WITH (ONLINE = ON);
--! refused: SQL Server Standard Edition runs nothing ONLINE
--! dbo.users: lock IS [build-index-online]
--! dbo.users: scan [build-index-online]
--! dbo.users: lock S [build-index-online]
CREATE INDEX users_note ON dbo.users (note) WITH (ONLINE = OFF);
--! dbo.users: lock S, writers wait [build-index]
--! dbo.users: scan, writers wait [build-index]
ALTER INDEX users_note ON dbo.users REBUILD WITH (ONLINE = ON);
--! refused: SQL Server Standard Edition runs nothing ONLINE
--! dbo.users: lock IS [rebuild-index-online]
--! dbo.users: scan [rebuild-index-online]
--! dbo.users: lock S [rebuild-index-online]
--! dbo.users_note: index-rebuild [rebuild-index-online]
ALTER TABLE dbo.users ALTER COLUMN total BIGINT NULL WITH (ONLINE = ON);
--! refused: SQL Server Standard Edition runs nothing ONLINE
--! dbo.users: lock IS [change-type]
--! dbo.users: rewrite [change-type]
--! dbo.users: lock Sch-M [change-type]
ALTER TABLE dbo.users ADD CONSTRAINT users_note UNIQUE (note) WITH (ONLINE = ON);
--! refused: SQL Server Standard Edition runs nothing ONLINE
--! dbo.users: lock IS [build-index-online]
--! dbo.users: scan [build-index-online]
--! dbo.users: lock S [build-index-online]
