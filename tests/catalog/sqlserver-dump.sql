-- SQL Server: a script as Management Studio generates it.
USE [shop]
GO
SET ANSI_NULLS ON
GO
SET QUOTED_IDENTIFIER ON
GO
CREATE SCHEMA [sales]
GO
CREATE TYPE [dbo].[Phone] FROM [varchar](20) NOT NULL
GO
CREATE TABLE [dbo].[Customers](
	[Id] [int] IDENTITY(1,1) NOT NULL,
	[Name] [nvarchar](80) COLLATE Latin1_General_CI_AS NOT NULL,
	[Phone] [dbo].[Phone] NULL,
	[Changed] [datetime2](7) NOT NULL,
	[Upper]  AS (upper([Name])) PERSISTED,
 CONSTRAINT [PK_Customers] PRIMARY KEY CLUSTERED 
(
	[Id] ASC
)WITH (PAD_INDEX = OFF, STATISTICS_NORECOMPUTE = OFF, IGNORE_DUP_KEY = OFF, ALLOW_ROW_LOCKS = ON, ALLOW_PAGE_LOCKS = ON) ON [PRIMARY]
) ON [PRIMARY]
GO
CREATE TABLE [sales].[Orders](
	[Id] [uniqueidentifier] ROWGUIDCOL  NOT NULL,
	[CustomerId] [int] NOT NULL,
	[Total] [decimal](10, 2) NULL,
	[Note] [nvarchar](max) NULL,
 CONSTRAINT [PK_Orders] PRIMARY KEY NONCLUSTERED 
(
	[Id] ASC
)WITH (PAD_INDEX = OFF) ON [PRIMARY]
) ON [PRIMARY] TEXTIMAGE_ON [PRIMARY]
GO
SET ANSI_NULLS ON
GO
CREATE VIEW [dbo].[Named] AS SELECT [Id], [Name] FROM [dbo].[Customers]
GO
CREATE UNIQUE NONCLUSTERED INDEX [IX_Name] ON [dbo].[Customers]
(
	[Name] ASC
)
INCLUDE([Phone]) 
WHERE ([Phone] IS NOT NULL)
WITH (PAD_INDEX = OFF, STATISTICS_NORECOMPUTE = OFF, SORT_IN_TEMPDB = OFF, DROP_EXISTING = OFF, ONLINE = OFF) ON [PRIMARY]
GO
ALTER TABLE [dbo].[Customers] ADD  CONSTRAINT [DF_Changed]  DEFAULT (getdate()) FOR [Changed]
GO
ALTER TABLE [sales].[Orders]  WITH CHECK ADD  CONSTRAINT [FK_Orders_Customers] FOREIGN KEY([CustomerId])
REFERENCES [dbo].[Customers] ([Id])
ON DELETE CASCADE
GO
ALTER TABLE [sales].[Orders] CHECK CONSTRAINT [FK_Orders_Customers]
GO
ALTER TABLE [sales].[Orders]  WITH NOCHECK ADD  CONSTRAINT [CK_Total] CHECK  (([Total]>(0)))
GO
ALTER TABLE [sales].[Orders] CHECK CONSTRAINT [CK_Total]
GO
CREATE TRIGGER [dbo].[Touch] ON [dbo].[Customers] AFTER UPDATE AS
BEGIN
	UPDATE [dbo].[Customers] SET [Changed] = getdate() WHERE [Id] IN (SELECT [Id] FROM inserted)
END
GO
ALTER TABLE [dbo].[Customers] ENABLE TRIGGER [Touch]
GO
CREATE PROCEDURE [dbo].[Clean] @days int AS DELETE FROM [sales].[Orders] WHERE [Total] = 0
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Who; buys' , @level0type=N'SCHEMA',@level0name=N'dbo', @level1type=N'TABLE',@level1name=N'Customers'
GO
USE [master]
GO
ALTER DATABASE [shop] SET  READ_WRITE 
GO
--= schema sales
--= domain dbo.phone: varchar(20)
--= routine dbo.clean: kind
--= table dbo.customers: option on=[primary]; no rows
--=   column id: int; not null; identity always
--=   column name: nvarchar(80); not null; collate latin1_general_ci_as
--=   column phone: dbo.phone
--=   column changed: datetime2(7); not null; default (getdate())
--=   column upper: generated (upper([Name])) stored
--=   constraint pk_customers: primary key (id)
--=   constraint df_changed: default (changed)
--=   index pk_customers: unique; on (id); of constraint
--=   index ix_name: unique; on (name); include (phone); where ([Phone] IS NOT NULL)
--=   trigger touch
--= view dbo.named: reads dbo.customers
--=   column id: partly known
--=   column name: partly known
--= table sales.orders: option on=[primary]; option textimage_on=[primary]; no rows
--=   column id: uniqueidentifier; not null
--=   column customerid: int; not null
--=   column total: decimal(10,2)
--=   column note: nvarchar(max)
--=   constraint pk_orders: primary key (id)
--=   constraint fk_orders_customers: foreign key (customerid) references dbo.customers (id); on delete cascade
--=   constraint ck_total: check (([Total]>(0))); not valid
--=   index pk_orders: unique; on (id); of constraint
