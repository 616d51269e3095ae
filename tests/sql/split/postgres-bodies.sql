CREATE FUNCTION f(a int DEFAULT (CASE WHEN true THEN 1 END)) RETURNS int
LANGUAGE SQL
BEGIN ATOMIC
  INSERT INTO t VALUES (a), (2), (3);
  SELECT CASE a WHEN 1 THEN CASE WHEN true THEN 2 END ELSE 3 END;
END;
~~~~
CREATE PROCEDURE p() LANGUAGE plpgsql AS $proc$
BEGIN
  EXECUTE $q$SELECT ';'$q$;
  COMMIT;
END
$proc$;
~~~~
DO $$ BEGIN PERFORM 1; END $$;
~~~~
CREATE RULE r AS ON INSERT TO t DO ALSO (
  INSERT INTO a VALUES (1);
  DELETE FROM b
);
~~~~
CREATE RULE "_RETURN" AS ON SELECT TO v DO INSTEAD SELECT * FROM w;
~~~~
BEGIN;
~~~~
CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION f();
~~~~
COMMIT;
~~~~
COMMENT ON TABLE t IS 'a'
  'b;';
~~~~
SELECT E'it\'s; ' || U&'d\0061t\+000061;' || U&"d;" || B'0;' || 'back\';
~~~~
SELECT a->>'b', a#>>'{c;d}', a @> '{}'::jsonb, a ?| array['x;'], $1, arr[1:2], a <-> b;
~~~~
SELECT ${schema}.t_${suffix}.a, '${x;y}' FROM {{ source("a;b") }} {% if x; %} WHERE "q;${x}" {# c; #};
~~~~
-- no terminator
SELECT 1 -- the end;
