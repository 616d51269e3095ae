-- What the server knows, a fact a line: kind, table, part, what is said. Widths of integers only tell how to print them.
SET NAMES utf8mb4;
SELECT 'relation', own.name, '', CASE WHEN t.table_type = 'VIEW' THEN 'v' WHEN t.table_type = 'SEQUENCE' THEN 'S'
    WHEN t.create_options LIKE '%partitioned%' THEN 'p' ELSE 'r' END
  FROM information_schema.tables t JOIN (SELECT table_schema s, table_name n,
    IF(table_schema = DATABASE(), table_name, CONCAT(table_schema, '.', table_name)) name FROM information_schema.tables) own
    ON own.s = t.table_schema AND own.n = t.table_name
  WHERE t.table_schema NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys');
SELECT 'column', IF(c.table_schema = DATABASE(), c.table_name, CONCAT(c.table_schema, '.', c.table_name)), LOWER(c.column_name),
    CONCAT(c.column_type, IF(c.is_nullable = 'NO', ' not null', ''),
    IF(c.column_default IS NOT NULL AND c.column_default <> 'NULL', ' default', ''),
    IF(c.extra LIKE '%GENERATED%', ' generated', ''), IF(c.extra LIKE '%auto_increment%', ' identity', ''))
  FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
  WHERE t.table_type = 'BASE TABLE' AND t.table_schema NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys');
SELECT 'constraint', IF(table_schema = DATABASE(), table_name, CONCAT(table_schema, '.', table_name)), LOWER(constraint_name),
    CASE constraint_type WHEN 'PRIMARY KEY' THEN 'p' WHEN 'FOREIGN KEY' THEN 'f' END
  FROM information_schema.table_constraints
  WHERE table_schema NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys') AND constraint_type NOT IN ('CHECK', 'UNIQUE');
SELECT 'index', IF(table_schema = DATABASE(), table_name, CONCAT(table_schema, '.', table_name)), LOWER(index_name),
    CONCAT(IF(MAX(non_unique), '', 'unique '), GROUP_CONCAT(LOWER(column_name) ORDER BY seq_in_index))
  FROM information_schema.statistics
  WHERE table_schema NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')
  GROUP BY table_schema, table_name, index_name;
