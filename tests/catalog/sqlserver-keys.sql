-- SQL Server: guards, defaults with names, sp_rename, temporary tables.
CREATE TABLE dbo.Users (Id int IDENTITY(1,1) NOT NULL, Name nvarchar(50) NULL CONSTRAINT DF_Name DEFAULT 'x', Age decimal, CONSTRAINT PK_Users PRIMARY KEY CLUSTERED (Id));
GO
IF OBJECT_ID('dbo.Users') IS NULL CREATE TABLE dbo.Users (Id int);
GO
IF NOT EXISTS (SELECT * FROM sys.tables WHERE name = 'Log') BEGIN CREATE TABLE [Log] ([Id] int, UserId int REFERENCES Users(Id)) END
GO
IF COL_LENGTH('dbo.Users', 'Email') IS NULL ALTER TABLE Users ADD Email varchar(100) NOT NULL DEFAULT '';
GO
ALTER TABLE users DROP COLUMN name;
GO
ALTER TABLE users DROP CONSTRAINT df_name;
GO
ALTER TABLE users ALTER COLUMN name nvarchar(100) NOT NULL;
--! column dbo.users.name missing
GO
CREATE INDEX IX_Age ON Users (Age) INCLUDE (Email) WHERE Age > 1;
GO
ALTER TABLE Users DROP COLUMN Age;
--! column dbo.users.age needed-by index dbo.users.ix_age
GO
DROP INDEX IX_Age ON Users;
GO
EXEC sp_rename 'dbo.Users.Age', 'Years', 'COLUMN';
GO
EXEC sp_rename 'dbo.Users', 'People';
GO
CREATE TABLE #tmp (a int);
GO
SELECT * INTO Copy FROM People;
GO
DROP TABLE People;
--! table dbo.people needed-by constraint dbo.log.(unnamed)
GO
--= table dbo.copy: reads dbo.people
--=   column id: partly known
--=   column years: partly known
--=   column email: partly known
--= table dbo.log: no rows
--=   column id: int
--=   column userid: int
--=   constraint (userid): foreign key (userid) references dbo.people (id)
--= table dbo.people: no rows
--=   column id: int; not null; identity always
--=   column years: decimal(18,0)
--=   column email: varchar(100); not null; default ''
--=   constraint pk_users: primary key (id)
--=   index pk_users: unique; on (id); of constraint
--= table tempdb.#tmp: temporary; no rows
--=   column a: int
