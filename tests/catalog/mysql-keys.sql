-- MySQL's names, MODIFY and CHANGE, indexes of foreign keys.
CREATE TABLE users (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, Email VARCHAR(50) UNIQUE, age INT UNSIGNED CHECK (age > 0), KEY (age), UNIQUE KEY u_ae (age, email)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE posts (id INT(11) PRIMARY KEY, user_id INT, other_id INT, b BOOL, FOREIGN KEY (user_id) REFERENCES users (id), CONSTRAINT fk_other FOREIGN KEY (other_id) REFERENCES users (id));
ALTER TABLE posts ADD FOREIGN KEY (b) REFERENCES users (id);
ALTER TABLE users MODIFY email VARCHAR(100) NOT NULL AFTER age, CHANGE age years SMALLINT, ADD COLUMN x INT FIRST;
ALTER TABLE users DROP COLUMN years;
ALTER TABLE users ADD INDEX (x), ADD FULLTEXT KEY ft (email);
ALTER TABLE users DROP INDEX nope;
--! index users.nope missing
ALTER TABLE users DROP INDEX ft;
ALTER TABLE posts DROP FOREIGN KEY fk_other;
ALTER TABLE posts DROP COLUMN user_id;
--! column posts.user_id needed-by constraint posts.posts_ibfk_1
DROP TABLE users;
--! table users needed-by constraint posts.posts_ibfk_1, constraint posts.posts_ibfk_2
DROP INDEX x ON users;
SET FOREIGN_KEY_CHECKS = 0;
DROP TABLE users;
RENAME TABLE posts TO articles, articles TO notes;
CREATE TABLE copy LIKE notes;
USE other;
CREATE TABLE t (a INT);
INSERT INTO t VALUES (1);
START TRANSACTION;
DROP TABLE t;
ROLLBACK;
--= table copy: no rows
--=   column id: int; not null
--=   column user_id: int
--=   column other_id: int
--=   column b: tinyint(1)
--=   constraint PRIMARY: primary key (id)
--=   index PRIMARY: unique; on (id); of constraint
--=   index user_id: on (user_id)
--=   index fk_other: on (other_id)
--=   index b: on (b)
--= table notes: no rows
--=   column id: int; not null
--=   column user_id: int
--=   column other_id: int
--=   column b: tinyint(1)
--=   constraint PRIMARY: primary key (id)
--=   constraint notes_ibfk_1: foreign key (user_id) references users (id)
--=   constraint notes_ibfk_2: foreign key (b) references users (id)
--=   index PRIMARY: unique; on (id); of constraint
--=   index user_id: on (user_id)
--=   index fk_other: on (other_id)
--=   index b: on (b)
