SET DEFINE OFF
~~~~
PROMPT it's a message; really
~~~~
SET ROLE admin;
~~~~
CREATE TABLE t (a NUMBER(10) DEFAULT 1 / 2);
~~~~
SELECT q'[it's; ]' , Q'!;'x!', nq'(;)', N';' FROM dual
/
~~~~
CREATE OR REPLACE EDITIONABLE PACKAGE BODY k AS
  PROCEDURE a IS BEGIN NULL; END;
BEGIN
  a;
END k;
/
~~~~
<<top>>
DECLARE
  x INT;
BEGIN
  x := 4 / 2;
  IF x = 1 THEN NULL; END IF;
END;
/
~~~~
CREATE VIEW v AS WITH FUNCTION f RETURN INT IS BEGIN RETURN 1; END; SELECT f a FROM dual
/
~~~~
CREATE VIEW w AS SELECT 1 a FROM dual;
~~~~
CREATE AND COMPILE JAVA SOURCE NAMED "Y" AS
public class Y { // it's Java; not SQL
  char c = '"';
}
/
~~~~
CREATE OR REPLACE FUNCTION f WRAPPED
a000000
1f
"it's;
/
~~~~
ALTER TRIGGER t DISABLE;
~~~~
/* /* not nested */ COMMIT;
~~~~
@@next.sql
