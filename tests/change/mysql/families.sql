-- MySQL and MariaDB.
CREATE TABLE IF NOT EXISTS `t` (`id` int unsigned NOT NULL AUTO_INCREMENT COMMENT 'a, b', `e` enum('a','b') CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT 'a', `key` varchar(10), g int GENERATED ALWAYS AS (id + 1) STORED, u timestamp NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, PRIMARY KEY (`id`), UNIQUE KEY `k` (`e`(10) DESC), FULLTEXT KEY f (`key`) WITH PARSER ngram, KEY (u), CONSTRAINT fk FOREIGN KEY fi (id) REFERENCES `o` (`id`) ON DELETE CASCADE) ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=utf8mb4 COMMENT='x' PARTITION BY HASH (id) PARTITIONS 4;
--> create-table t referenced o | id, e, key, g, u
CREATE TABLE a LIKE b;
--> create-table a source b
CREATE TABLE a SELECT * FROM b;
--> create-table a source b
ALTER TABLE t ADD COLUMN (a int, b int), MODIFY c bigint NOT NULL FIRST, CHANGE COLUMN d dd text AFTER a, DROP PRIMARY KEY, DROP FOREIGN KEY f, RENAME INDEX i TO j, ADD UNIQUE u (a), ALGORITHM=INPLACE, LOCK=NONE;
--> alter-table t | add-column a, add-column b, modify-column c, change-column d, drop-primary-key, drop-constraint f, rename-index i, add-constraint u
ALTER TABLE t ENGINE=InnoDB ROW_FORMAT=COMPRESSED, CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, ORDER BY a, FORCE;
--> alter-table t | set-table-option engine, set-table-option row_format, convert-character-set, order-by, force
ALTER TABLE t ALTER COLUMN a SET DEFAULT 5, ALTER INDEX i INVISIBLE, RENAME TO u;
--> alter-table t new-name u | set-default a, set-index-visibility i, rename u
ALTER TABLE t WAIT 5 ADD COLUMN x int;
--> alter-table t | add-column x
ALTER TABLE t EXCHANGE PARTITION p WITH TABLE u WITHOUT VALIDATION;
--> alter-table t partition u | exchange-partition u
ALTER TABLE t DROP PARTITION p0, p1;
--> alter-table t | drop-partition
DROP TABLE IF EXISTS a, b;
--> drop-table a, b
DROP INDEX i ON t ALGORITHM=INPLACE LOCK=NONE;
--> drop-index i owner t
RENAME TABLE a TO b, c.d TO e;
--> rename a new-name b c.d new-name e
CREATE ALGORITHM=MERGE DEFINER=`r`@`%` SQL SECURITY DEFINER VIEW v AS SELECT a FROM t;
--> create-view v source t
CREATE DEFINER='r'@'%' TRIGGER tr BEFORE INSERT ON t FOR EACH ROW BEGIN SET NEW.a = 1; DELETE FROM u; END;
--> create-trigger tr owner t
CREATE PROCEDURE p(IN a int) BEGIN DECLARE x int; IF a > 1 THEN ALTER TABLE t ADD y int; END IF; END;
--> create-procedure p
INSERT IGNORE INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE a = 2;
--> insert t
REPLACE INTO t SET a = 1;
--> insert t
UPDATE a JOIN b ON a.id = b.id SET a.x = 1 WHERE b.y LIMIT 5;
--> update a source b
DELETE a FROM t AS a JOIN u ON u.id = a.id;
--> delete t source u
LOAD DATA LOCAL INFILE 'f' INTO TABLE t FIELDS TERMINATED BY ',';
--> copy t
SET FOREIGN_KEY_CHECKS = 0, @x := 5, SESSION sql_mode = 'ANSI';
--> set | foreign_key_checks 0, @x 5, sql_mode ANSI
SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO';
--> set | @old_sql_mode @@SQL_MODE, sql_mode NO_AUTO_VALUE_ON_ZERO
PREPARE s FROM 'ALTER TABLE t ADD x int';
--> prepare t
GRANT ALL PRIVILEGES ON `db`.* TO 'u'@'localhost' WITH GRANT OPTION;
--> grant db | ALL PRIVILEGES to u
LOCK TABLES a READ, b WRITE;
--> lock-table a, b
UNLOCK TABLES;
--> lock-table
/*!40101 SET NAMES utf8 */;
--> set | names utf8
USE db;
--> use | database db
ALTER TABLE t ADD COLUMN x INT, ENGINE = InnoDB, ADD INDEX (x), COMMENT = 'x', DROP PARTITION p0, p1;
--> alter-table t | add-column x, set-table-option engine, add-index, set-table-option comment, drop-partition
CREATE OR REPLACE INDEX i ON t (a);
--> create-index i owner t
