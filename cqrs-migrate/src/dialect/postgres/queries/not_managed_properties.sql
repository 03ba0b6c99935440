-- One row for each property of a table, column, constraint, index, view or enum that the schema types have no place for:
-- its kind, what has it, the table it belongs to. The object itself is in the schema, as near as that can say it.
-- $1: the only schema to read, or null for all; $2: the default schema.
WITH relations AS (
    SELECT c.oid, c.relname::text AS name, c.relkind, c.relpersistence, c.reloptions, c.reltablespace, c.relacl,
           c.relrowsecurity, c.relforcerowsecurity, c.relreplident, c.reloftype, c.relam, c.relispopulated,
           nullif(n.nspname::text, $2) AS schema
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm')
      AND NOT c.relispartition
      AND CASE WHEN $1::text IS NULL
          THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
          ELSE n.nspname = $1 END
      AND NOT EXISTS (
          SELECT FROM pg_depend d
          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
), columns AS (
    SELECT r.oid AS relation, r.name AS table_name, r.schema, r.relkind, a.attname::text AS name, a.attnum, a.attstorage,
           a.attstattarget, a.attoptions, a.attacl, a.attidentity, t.typstorage,
           a.attcompression <> '' AS is_compressed -- since 14
           false AS is_compressed -- before 14
    FROM relations r
    JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
), indexes AS (
    SELECT i.*, ic.relname::text AS name, ic.reloptions, ic.reltablespace, r.schema, r.name AS table_name, r.relkind,
           k.conname AS constraint_name
    FROM pg_index i
    JOIN pg_class ic ON ic.oid = i.indexrelid
    JOIN relations r ON r.oid = i.indrelid
    LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
), constraints AS (
    SELECT k.*, r.schema, r.name AS table_name
    FROM pg_constraint k
    JOIN relations r ON r.oid = k.conrelid
    WHERE k.conparentid = 0
)
SELECT 'partitioned table' AS kind, r.name AS name, r.schema AS table_schema, r.name AS table_name
FROM relations r WHERE r.relkind = 'p'
UNION ALL
SELECT 'inheritance', format('%s FROM %s', r.name, i.inhparent::regclass), r.schema, r.name
FROM pg_inherits i JOIN relations r ON r.oid = i.inhrelid
UNION ALL
SELECT 'typed table', r.name, r.schema, r.name FROM relations r WHERE r.reloftype <> 0
UNION ALL
SELECT 'unlogged table', r.name, r.schema, r.name FROM relations r WHERE r.relpersistence = 'u'
UNION ALL
SELECT 'storage parameter', format('%s=%s', o.option_name, o.option_value), r.schema, r.name
FROM relations r CROSS JOIN LATERAL pg_options_to_table(r.reloptions) o
WHERE r.relkind IN ('r', 'p', 'm')
UNION ALL
SELECT 'view option', format('%s=%s', o.option_name, o.option_value), r.schema, r.name
FROM relations r CROSS JOIN LATERAL pg_options_to_table(r.reloptions) o
WHERE r.relkind = 'v'
UNION ALL
SELECT 'tablespace', t.spcname::text, r.schema, r.name
FROM relations r JOIN pg_tablespace t ON t.oid = r.reltablespace
UNION ALL
SELECT 'table access method', a.amname::text, r.schema, r.name
FROM relations r JOIN pg_am a ON a.oid = r.relam AND a.amname <> 'heap'
UNION ALL
SELECT 'row level security', r.name, r.schema, r.name FROM relations r WHERE r.relrowsecurity OR r.relforcerowsecurity
UNION ALL
SELECT 'replica identity', r.name, r.schema, r.name
FROM relations r WHERE r.relkind IN ('r', 'p') AND r.relreplident NOT IN ('d', 'i')
UNION ALL
SELECT 'unpopulated materialized view', r.name, r.schema, r.name
FROM relations r WHERE r.relkind = 'm' AND NOT r.relispopulated
UNION ALL
SELECT 'privileges', r.name, r.schema, r.name FROM relations r WHERE r.relacl IS NOT NULL
UNION ALL
SELECT 'privileges', c.name, c.schema, c.table_name FROM columns c WHERE c.attacl IS NOT NULL
UNION ALL
SELECT 'column storage', c.name, c.schema, c.table_name
FROM columns c WHERE c.attstorage <> c.typstorage AND c.relkind IN ('r', 'p', 'm')
UNION ALL
SELECT 'column compression', c.name, c.schema, c.table_name FROM columns c WHERE c.is_compressed
UNION ALL
SELECT 'column statistics', c.name, c.schema, c.table_name FROM columns c WHERE c.attstattarget >= 0
UNION ALL
SELECT 'column option', c.name, c.schema, c.table_name FROM columns c WHERE c.attoptions IS NOT NULL
UNION ALL
SELECT 'identity always', c.name, c.schema, c.table_name FROM columns c WHERE c.attidentity = 'a'
UNION ALL
SELECT 'view column default', c.name, c.schema, c.table_name
FROM columns c JOIN pg_attrdef d ON d.adrelid = c.relation AND d.adnum = c.attnum
WHERE c.relkind = 'v'
UNION ALL
SELECT 'comment on column', c.name, c.schema, c.table_name
FROM columns c
WHERE c.relkind IN ('v', 'm') AND col_description(c.relation, c.attnum) IS NOT NULL
UNION ALL
SELECT 'comment on index', i.name, i.schema, i.table_name
FROM indexes i
JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = i.indexrelid AND d.objsubid = 0
UNION ALL
SELECT 'invalid index', i.name, i.schema, i.table_name
FROM indexes i WHERE i.relkind <> 'p' AND NOT (i.indisvalid AND i.indisready)
UNION ALL
SELECT 'clustered index', i.name, i.schema, i.table_name FROM indexes i WHERE i.indisclustered
UNION ALL
SELECT 'replica identity index', i.name, i.schema, i.table_name FROM indexes i WHERE i.indisreplident
UNION ALL
SELECT 'index option', format('%s: %s=%s', i.name, o.option_name, o.option_value), i.schema, i.table_name
FROM indexes i CROSS JOIN LATERAL pg_options_to_table(i.reloptions) o
UNION ALL
SELECT 'index option', i.name, i.schema, i.table_name
FROM indexes i
WHERE EXISTS (
    SELECT FROM pg_attribute a
    WHERE a.attrelid = i.indexrelid AND (a.attoptions IS NOT NULL OR a.attstattarget >= 0))
UNION ALL
SELECT 'index tablespace', format('%s: %s', i.name, t.spcname), i.schema, i.table_name
FROM indexes i JOIN pg_tablespace t ON t.oid = i.reltablespace
UNION ALL
SELECT 'constraint with included columns', i.name, i.schema, i.table_name
FROM indexes i WHERE i.constraint_name IS NOT NULL AND i.indnatts > i.indnkeyatts
UNION ALL -- since 15
SELECT 'unique nulls not distinct', i.name, i.schema, i.table_name -- since 15
FROM indexes i WHERE i.constraint_name IS NOT NULL AND i.indnullsnotdistinct -- since 15
UNION ALL
SELECT 'deferrable constraint', k.conname::text, k.schema, k.table_name
FROM constraints k WHERE k.contype IN ('p', 'u') AND k.condeferrable
UNION ALL
SELECT 'not valid constraint', k.conname::text, k.schema, k.table_name
FROM constraints k WHERE NOT k.convalidated
UNION ALL
SELECT 'no inherit constraint', k.conname::text, k.schema, k.table_name
FROM constraints k WHERE k.contype IN ('c', 'n') AND k.connoinherit
UNION ALL -- since 15
SELECT 'foreign key column list', k.conname::text, k.schema, k.table_name -- since 15
FROM constraints k WHERE k.confdelsetcols IS NOT NULL -- since 15
UNION ALL -- since 18
SELECT 'not enforced constraint', k.conname::text, k.schema, k.table_name -- since 18
FROM constraints k WHERE NOT k.conenforced -- since 18
UNION ALL -- since 18
SELECT 'temporal constraint', k.conname::text, k.schema, k.table_name -- since 18
FROM constraints k WHERE k.conperiod -- since 18
UNION ALL
SELECT 'disabled trigger of constraint', k.conname::text, k.schema, k.table_name
FROM constraints k
WHERE EXISTS (SELECT FROM pg_trigger t WHERE t.tgconstraint = k.oid AND t.tgisinternal AND t.tgenabled <> 'O')
UNION ALL
SELECT 'comment on constraint', k.conname::text, k.schema, k.table_name
FROM constraints k
JOIN pg_description d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = k.oid
UNION ALL
SELECT 'security label', l.provider, r.schema, r.name
FROM pg_seclabel l
JOIN relations r ON l.classoid = 'pg_class'::regclass AND l.objoid = r.oid
