-- What the server knows, a fact a line: kind, schema and table, part, what is said.
SET search_path = '';
CREATE TEMP VIEW own AS
  SELECT c.oid, n.nspname || '.' || c.relname AS name, c.relkind FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname !~ '^pg_|^information_schema$' AND NOT EXISTS
    (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e' AND d.classid = 'pg_catalog.pg_class'::regclass);
SELECT 'relation', name, '', relkind FROM pg_temp.own WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f');
SELECT 'column', o.name, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
    || CASE WHEN a.atthasdef AND a.attgenerated = '' AND pg_catalog.pg_get_expr(d.adbin, d.adrelid) !~ '^NULL::' THEN ' default' ELSE '' END
    || CASE WHEN a.attgenerated <> '' THEN ' generated' ELSE '' END || CASE WHEN a.attidentity <> '' THEN ' identity' ELSE '' END
  FROM pg_temp.own o JOIN pg_catalog.pg_attribute a ON a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = o.oid AND d.adnum = a.attnum
  WHERE o.relkind IN ('r', 'p', 'f');
SELECT 'constraint', o.name, c.conname, c.contype::text || CASE WHEN c.convalidated THEN '' ELSE ' not valid' END
  FROM pg_temp.own o JOIN pg_catalog.pg_constraint c ON c.conrelid = o.oid WHERE c.contype IN ('p', 'u', 'f', 'c', 'x')
  -- The server keeps a row for each partition that a key points to.
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint p WHERE p.oid = c.conparentid AND p.conrelid = c.conrelid);
SELECT 'index', o.name, i.relname, CASE WHEN x.indisunique THEN 'unique ' ELSE '' END ||
    pg_catalog.array_to_string(ARRAY(SELECT coalesce(a.attname::text, '?') FROM pg_catalog.unnest(x.indkey::int2[]) WITH ORDINALITY k(n, at)
      LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = o.oid AND a.attnum = k.n AND k.n > 0
      WHERE k.at <= x.indnkeyatts ORDER BY k.at), ',')
  FROM pg_temp.own o JOIN pg_catalog.pg_index x ON x.indrelid = o.oid JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid;
