-- What a procedure makes may be there after its call.
CREATE TABLE logs (id int PRIMARY KEY, at int);
DELIMITER //
CREATE PROCEDURE `?`() BEGIN DECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN END; CREATE INDEX by_time ON logs (at); END //
DELIMITER ;
DROP INDEX by_time ON logs;
--! index logs.by_time missing
CALL `?`();
DROP INDEX by_time ON logs;
--= routine ?: ()
--= table logs: partly known; no rows [uncertain]
--=   column id: int; not null [uncertain]
--=   column at: int [uncertain]
--=   constraint PRIMARY: primary key (id) [uncertain]
--=   index PRIMARY: unique; on (id); of constraint [uncertain]
