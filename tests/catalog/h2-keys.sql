-- H2.
CREATE TABLE users (id IDENTITY PRIMARY KEY, name VARCHAR(50) NOT NULL, "Age" INT);
CREATE INDEX ix ON users (name);
ALTER TABLE users ALTER COLUMN name SET NULL;
ALTER TABLE users ALTER COLUMN "Age" BIGINT;
ALTER TABLE USERS ADD COLUMN IF NOT EXISTS x INT;
ALTER TABLE users ALTER COLUMN x RENAME TO y;
CREATE TABLE p (u BIGINT, CONSTRAINT fk FOREIGN KEY (u) REFERENCES users (id));
DROP TABLE users;
--! table PUBLIC.USERS needed-by constraint PUBLIC.P.FK
DROP INDEX nope;
--! index PUBLIC.NOPE missing
--= table PUBLIC.P: no rows
--=   column U: bigint
--=   constraint FK: foreign key (U) references PUBLIC.USERS (ID)
--= table PUBLIC.USERS: no rows
--=   column ID: identity; not null
--=   column NAME: character varying(50)
--=   column Age: bigint
--=   column Y: integer
--=   constraint (ID): primary key (ID)
--=   index (ID): unique; on (ID); of constraint
--=   index IX: on (NAME)
