CREATE TABLE a (i INT);
~~~~
CREATE PROCEDURE p() BEGIN ATOMIC DECLARE x INT; SET x = 1; END;
~~~~
/* /* nested or not */ SELECT $tag$ ; $tag$, `a;`, E'\';', '\';
~~~~
DELIMITER //
CREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW BEGIN SET a = 1; END//
~~~~
DELIMITER ;
SELECT 1
/
~~~~
COPY t FROM STDIN;
a;b
\.
~~~~
begin
    declare a int;
    set a = next value for s;
    execute immediate 'create sequence t start with ' || a;
end;
~~~~
BEGIN TRANSACTION;
~~~~
BEGIN;
~~~~
COMMIT;
