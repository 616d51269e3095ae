-- SQL Server.
CREATE TABLE [dbo].[T] ([Id] INT IDENTITY (1, 1) NOT NULL CONSTRAINT [DF] DEFAULT (NEWID()), [C] AS ([Id] + 1) PERSISTED, [N] NVARCHAR(MAX) NULL, CONSTRAINT [PK] PRIMARY KEY CLUSTERED ([Id] ASC) WITH (FILLFACTOR = 80, ONLINE = ON) ON [PRIMARY], INDEX [IX] NONCLUSTERED ([N])) ON [PRIMARY]
CREATE UNIQUE NONCLUSTERED INDEX [IX] ON [dbo].[T] ([Id] ASC) INCLUDE ([N]) WHERE [N] IS NOT NULL WITH (ONLINE = ON)
GO
--> block { create-table dbo.T | Id, C, N; create-index IX owner dbo.T }
ALTER TABLE dbo.T ADD A INT NULL, B INT NOT NULL CONSTRAINT DF_B DEFAULT 0 WITH VALUES, CONSTRAINT CK CHECK (A > 0)
ALTER TABLE dbo.T WITH NOCHECK ADD CONSTRAINT FK FOREIGN KEY (A) REFERENCES dbo.U (Id) ON DELETE CASCADE
ALTER TABLE dbo.T CHECK CONSTRAINT FK
ALTER TABLE dbo.T ALTER COLUMN A BIGINT NOT NULL WITH (ONLINE = ON)
ALTER TABLE dbo.T DROP CONSTRAINT CK, COLUMN B
GO
--> block { alter-table dbo.T | add-column A, add-column B, add-constraint CK; alter-table dbo.T referenced dbo.U | add-constraint FK; alter-table dbo.T | enable-constraint FK; alter-table dbo.T | alter-type A; alter-table dbo.T | drop-constraint CK, drop-column B }
IF NOT EXISTS (SELECT 1 FROM sys.columns WHERE name = 'X') BEGIN ALTER TABLE T ADD X INT END ELSE PRINT 'there'
GO
--> block { alter-table T | add-column X; procedural }
IF OBJECT_ID('dbo.T') IS NOT NULL DROP TABLE dbo.T;
--> block { drop-table dbo.T }
EXEC sp_rename 'dbo.T.A', 'B', 'COLUMN';
--> rename dbo.T.A new-name B
DECLARE @sql NVARCHAR(MAX) = N'x' EXEC (@sql) EXEC sp_executesql N'CREATE TABLE Y (Id INT)'
UPDATE t SET A = 1 FROM dbo.T t INNER JOIN dbo.U u ON u.Id = t.Id WHERE u.B = 2
SET IDENTITY_INSERT dbo.T ON INSERT INTO dbo.T (Id) SELECT Id FROM dbo.U SET IDENTITY_INSERT dbo.T OFF
GO
--> block { procedural; unchecked; create-table Y | Id; update dbo.T source dbo.U; set | identity_insert dbo.T ON; insert dbo.T source dbo.U; set | identity_insert dbo.T OFF }
CREATE OR ALTER PROCEDURE dbo.P @A INT, @B INT = 1 AS BEGIN SET NOCOUNT ON; DELETE FROM dbo.T WHERE Id = @A END
GO
--> create-procedure dbo.P
CREATE TRIGGER dbo.TR ON dbo.T AFTER INSERT, UPDATE AS BEGIN INSERT INTO dbo.L SELECT 1 END
GO
--> create-trigger dbo.TR owner dbo.T
ALTER INDEX ALL ON dbo.T REBUILD WITH (ONLINE = ON);
--> alter-index owner dbo.T | rebuild
DROP INDEX IX ON dbo.T;
--> drop-index IX owner dbo.T
ALTER TABLE dbo.T SWITCH PARTITION 1 TO dbo.U PARTITION 2;
--> alter-table dbo.T partition dbo.U | exchange-partition dbo.U
UPDATE STATISTICS dbo.T;
--> update-statistics dbo.T
GRANT SELECT ON SCHEMA::dbo TO [R];
--> grant dbo | SELECT to R
BEGIN TRY BEGIN TRAN; TRUNCATE TABLE dbo.T; COMMIT TRAN; END TRY BEGIN CATCH ROLLBACK; THROW; END CATCH
--> block { begin; truncate dbo.T; commit; rollback; procedural }
