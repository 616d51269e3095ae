PRAGMA foreign_keys = OFF;
~~~~
BEGIN TRANSACTION;
~~~~
CREATE TEMP TRIGGER IF NOT EXISTS t AFTER UPDATE ON x
WHEN CASE WHEN new.a THEN 1 ELSE 0 END
BEGIN
  UPDATE a SET b = CASE WHEN 1 THEN 2 END, "end;" = [c;d];
  SELECT RAISE(ABORT, 'no;');
END;
~~~~
.mode csv
~~~~
INSERT INTO t VALUES (1, x'3b'), (2, 'a;'), (3, 'b');
~~~~
/* a /* b */ END;
~~~~
COMMIT;
