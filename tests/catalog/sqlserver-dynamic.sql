-- The constraint that a default is goes by a name that is looked up.
CREATE TABLE users (id int PRIMARY KEY, provider int DEFAULT 0, note int DEFAULT 0);
GO
DECLARE @sql NVARCHAR(MAX);
SELECT @sql = 'ALTER TABLE users DROP CONSTRAINT ' + name FROM sys.default_constraints WHERE parent_object_id = OBJECT_ID(N'users');
EXEC sp_executesql @sql;
ALTER TABLE users DROP COLUMN provider;
GO
--= open
--= table dbo.users: partly known; no rows
--=   column id: int; not null
--=   column note: int; default 0
--=   constraint (id): primary key (id)
--=   index (id): unique; on (id); of constraint
