-- Everything that CREATE EXTENSION leaves in the catalogs, a row an object: kind, name, definition.
-- Two databases with the same rows have the same extension.
WITH extension AS (
    SELECT * FROM pg_extension WHERE extname = 'aria_focus'
), member AS (
    SELECT d.classid, d.objid FROM pg_depend AS d JOIN extension AS e ON d.refobjid = e.oid
    WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
), relation AS (
    SELECT c.*, c.oid::regclass::text AS name FROM pg_class AS c JOIN member AS m ON m.classid = 'pg_class'::regclass
        AND m.objid = c.oid
)
SELECT 'member' AS kind, pg_describe_object(classid, objid, 0) AS name,
    obj_description(objid, classid::regclass::name) AS definition
FROM member
UNION ALL
SELECT 'initial rights', pg_describe_object(i.classoid, i.objoid, i.objsubid),
    (SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(i.initprivs) AS a)
FROM pg_init_privs AS i JOIN member AS m ON i.classoid = m.classid AND i.objoid = m.objid
UNION ALL
SELECT 'function', p.oid::regprocedure::text,
    concat_ws(E'\n', pg_get_functiondef(p.oid), p.proowner::regrole, p.procost, p.prorows,
    (SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(p.proacl) AS a))
FROM pg_proc AS p JOIN member AS m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid
UNION ALL
SELECT 'relation', name, concat_ws(' ', relkind, relpersistence, relowner::regrole, relrowsecurity,
    relforcerowsecurity, relreplident,
    reloptions, (SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(relacl) AS a)) FROM relation
UNION ALL
SELECT 'column', format('%s.%s %s', r.name, row_number() OVER (PARTITION BY r.oid ORDER BY a.attnum), a.attname),
    concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated, a.attidentity,
        a.attcollation::regcollation, a.attacl,
              pg_get_expr(d.adbin, d.adrelid), col_description(r.oid, a.attnum))
FROM relation AS r JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef AS d ON d.adrelid = r.oid AND d.adnum = a.attnum
UNION ALL
SELECT 'constraint', r.name || '.' || c.conname,
    concat_ws(' ', pg_get_constraintdef(c.oid), c.convalidated, obj_description(c.oid, 'pg_constraint'))
FROM relation AS r JOIN pg_constraint AS c ON c.conrelid = r.oid
UNION ALL
SELECT 'index', i.indexrelid::regclass::text,
    concat_ws(' ', pg_get_indexdef(i.indexrelid), i.indisvalid, obj_description(i.indexrelid, 'pg_class'))
FROM relation AS r JOIN pg_index AS i ON i.indrelid = r.oid
UNION ALL
SELECT 'trigger', r.name || '.' || t.tgname,
    concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled, obj_description(t.oid, 'pg_trigger'))
FROM relation AS r JOIN pg_trigger AS t ON t.tgrelid = r.oid WHERE NOT t.tgisinternal
UNION ALL
SELECT 'view', name, pg_get_viewdef(oid) FROM relation WHERE relkind = 'v'
UNION ALL
SELECT 'rows of the script', name, (xpath('/table/row',
    query_to_xml(format('SELECT t::text FROM %s AS t ORDER BY 1', name), true, false, '')))::text
FROM relation WHERE relkind = 'r'
UNION ALL
SELECT 'dumped', t::regclass::text, c FROM extension, unnest(extconfig, extcondition) AS u (t, c)
UNION ALL
SELECT 'extension', extname, concat_ws(' ', extversion, extowner::regrole, extnamespace::regnamespace, extrelocatable)
    FROM extension
ORDER BY 1, 2, 3;
