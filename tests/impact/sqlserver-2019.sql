-- server: sqlserver-2019
CREATE TABLE dbo.users (id INT IDENTITY(1, 1) CONSTRAINT pk_users PRIMARY KEY, email VARCHAR(50) NOT NULL, note NVARCHAR(20) NULL, age INT CONSTRAINT df_age DEFAULT 0);
CREATE TABLE dbo.orders (id INT PRIMARY KEY, user_id INT REFERENCES dbo.users (id), total INT);
--! dbo.users: lock Sch-M [foreign-key-lock]
GO
ALTER TABLE dbo.users ADD phone VARCHAR(20) NULL;
--! dbo.users: lock Sch-M [metadata-only]
ALTER TABLE dbo.users ADD active BIT NOT NULL CONSTRAINT df_active DEFAULT 1;
--! dbo.users: lock Sch-M [metadata-only]
ALTER TABLE dbo.users ADD token UNIQUEIDENTIFIER NOT NULL DEFAULT NEWID();
--! dbo.users: lock Sch-M, everybody waits [volatile-default]
--! dbo.users: rewrite, everybody waits [volatile-default]
ALTER TABLE dbo.users ADD made DATETIME2 NULL CONSTRAINT df_made DEFAULT SYSDATETIME() WITH VALUES;
--! dbo.users: lock Sch-M, everybody waits [with-values]
--! dbo.users: rewrite, everybody waits [with-values]
ALTER TABLE dbo.users ADD next_age AS (age + 1) PERSISTED;
--! dbo.users: lock Sch-M, everybody waits [add-stored-column]
--! dbo.users: rewrite, everybody waits [add-stored-column]
ALTER TABLE dbo.users ALTER COLUMN note NVARCHAR(40) NULL;
--! dbo.users: lock Sch-M [metadata-only]
ALTER TABLE dbo.users ALTER COLUMN note NVARCHAR(40) NOT NULL;
--! dbo.users: lock Sch-M, everybody waits [set-not-null]
--! dbo.users: scan, everybody waits [set-not-null]
ALTER TABLE dbo.users ALTER COLUMN age BIGINT;
--! dbo.users: lock Sch-M, everybody waits [change-type]
--! dbo.users: rewrite, everybody waits [change-type]
ALTER TABLE dbo.users ALTER COLUMN age BIGINT WITH (ONLINE = ON);
--! dbo.users: lock Sch-M [metadata-only]
ALTER TABLE dbo.users DROP COLUMN age;
--! refused: the constraint that its default is needs the column `age`
--! dbo.users: lock Sch-M [metadata-only]
ALTER TABLE dbo.users DROP CONSTRAINT df_age;
--! dbo.users: lock Sch-M [metadata-only]
GO
ALTER TABLE dbo.orders WITH NOCHECK ADD CONSTRAINT fk_user FOREIGN KEY (user_id) REFERENCES dbo.users (id);
--! dbo.orders: lock Sch-M [untrusted-constraint]
--! dbo.users: lock Sch-M [foreign-key-lock]
ALTER TABLE dbo.orders WITH CHECK CHECK CONSTRAINT fk_user;
--! dbo.orders: lock Sch-M, everybody waits [validate-constraint]
--! dbo.orders: scan, everybody waits [validate-constraint]
ALTER TABLE dbo.orders ADD CONSTRAINT positive CHECK (total > 0);
--! dbo.orders: lock Sch-M, everybody waits [validate-constraint]
--! dbo.orders: scan, everybody waits [validate-constraint]
ALTER TABLE dbo.orders ADD CONSTRAINT u_total UNIQUE (total) WITH (ONLINE = ON);
--! dbo.orders: lock IS [build-index-online]
--! dbo.orders: scan [build-index-online]
--! dbo.orders: lock S [build-index-online]
GO
CREATE INDEX i_total ON dbo.orders (total);
--! dbo.orders: lock S, writers wait [build-index]
--! dbo.orders: scan, writers wait [build-index]
CREATE INDEX i_user ON dbo.orders (user_id) WITH (ONLINE = ON, RESUMABLE = ON);
--! not in a transaction
--! dbo.orders: lock IS [build-index-online]
--! dbo.orders: scan [build-index-online]
--! dbo.orders: lock S [build-index-online]
CREATE INDEX i_both ON dbo.orders (user_id, total) WITH (ONLINE = ON (WAIT_AT_LOW_PRIORITY (MAX_DURATION = 1 MINUTES, ABORT_AFTER_WAIT = SELF)));
--! refused: SQL Server 2019 does not know WAIT_AT_LOW_PRIORITY here
--! dbo.orders: lock IS [build-index-online]
--! dbo.orders: scan [build-index-online]
--! dbo.orders: lock S [build-index-online]
ALTER INDEX i_total ON dbo.orders REBUILD;
--! dbo.orders: lock Sch-M, everybody waits [rebuild-index]
--! dbo.i_total: index-rebuild, everybody waits [rebuild-index]
ALTER INDEX i_total ON dbo.orders REBUILD WITH (ONLINE = ON);
--! dbo.orders: lock IS [rebuild-index-online]
--! dbo.orders: scan [rebuild-index-online]
--! dbo.orders: lock S [rebuild-index-online]
--! dbo.i_total: index-rebuild [rebuild-index-online]
ALTER INDEX i_total ON dbo.orders REORGANIZE;
--! dbo.orders: lock IX [reorganize-index]
DROP INDEX i_total ON dbo.orders;
--! dbo.orders: lock Sch-M [metadata-only]
GO
ALTER TABLE dbo.users DROP CONSTRAINT pk_users;
--! dbo.users: lock Sch-M, everybody waits [drop-clustered-index]
--! dbo.users: rewrite, everybody waits [drop-clustered-index]
EXEC sp_rename 'dbo.users.email', 'mail', 'COLUMN';
--! dbo.users: lock Sch-M [rename]
UPDATE dbo.orders SET total = 0;
--! dbo.orders: lock X, everybody waits [every-row]
--! dbo.orders: scan, everybody waits [every-row]
DELETE FROM dbo.orders WHERE id = 1;
--! dbo.orders: lock IX [row-locks]
TRUNCATE TABLE dbo.orders;
--! dbo.orders: lock Sch-M, everybody waits [truncate]
--! dbo.orders: truncate, everybody waits [truncate]
DROP TABLE dbo.orders;
--! dbo.orders: lock Sch-M, everybody waits [drop-table]
CREATE TABLE #t (id INT);
DROP TABLE #t;
GO
ALTER DATABASE shop SET READ_COMMITTED_SNAPSHOT ON;
--! not in a transaction
