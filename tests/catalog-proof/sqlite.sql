-- What the database knows, a fact a line: kind, table, part, what is said. Keys go by their columns: few have names.
CREATE TEMP VIEW own AS SELECT l.name, l.type FROM pragma_table_list l
  WHERE l.schema = 'main' AND l.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND l.type <> 'shadow';
SELECT 'relation', 'main.' || lower(name), '', CASE type WHEN 'view' THEN 'v' WHEN 'virtual' THEN 'f' ELSE 'r' END FROM own;
SELECT 'column', 'main.' || lower(o.name), lower(c.name), lower(c.type) || CASE WHEN c."notnull" THEN ' not null' ELSE '' END
    || CASE WHEN upper(c.dflt_value) <> 'NULL' THEN ' default' ELSE '' END || CASE WHEN c.hidden > 1 THEN ' generated' ELSE '' END
  FROM own o, pragma_table_xinfo(o.name) c WHERE o.type = 'table';
SELECT 'constraint', 'main.' || lower(owner), 'p(' || group_concat(lower(column)) || ')', 'p' FROM
  (SELECT o.name AS owner, c.name AS column FROM own o, pragma_table_info(o.name) c
   WHERE c.pk AND o.type = 'table' ORDER BY o.name, c.pk) GROUP BY owner;
SELECT 'constraint', 'main.' || lower(owner), 'u(' || group_concat(lower(column)) || ')', 'u' FROM
  (SELECT o.name AS owner, i.name AS idx, c.name AS column FROM own o, pragma_index_list(o.name) i, pragma_index_info(i.name) c
   WHERE i.origin = 'u' AND o.type = 'table' ORDER BY i.name, c.seqno) GROUP BY owner, idx;
SELECT 'constraint', 'main.' || lower(owner), 'f(' || group_concat(lower("from")) || ')', 'f' FROM
  (SELECT o.name AS owner, f.id, f."from" FROM own o, pragma_foreign_key_list(o.name) f WHERE o.type = 'table' ORDER BY f.id, f.seq)
  GROUP BY owner, id;
SELECT 'index', 'main.' || lower(owner), lower(idx), CASE WHEN uniq THEN 'unique ' ELSE '' END || group_concat(coalesce(lower(column), '?')) FROM
  (SELECT o.name AS owner, i.name AS idx, i."unique" AS uniq, c.name AS column FROM own o, pragma_index_list(o.name) i, pragma_index_info(i.name) c
   WHERE i.origin = 'c' AND o.type = 'table' ORDER BY i.name, c.seqno) GROUP BY owner, idx;
