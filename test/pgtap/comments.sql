-- Every object of the extension has a comment: what stands in the catalog is asked, so that
-- nothing is missed, however the install script writes it.
BEGIN;
SELECT plan(8);

-- The members of the extension: catalog, object.
CREATE TEMP VIEW members AS
SELECT d.classid, d.objid
FROM pg_depend d JOIN pg_extension e ON d.refobjid = e.oid
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND e.extname = 'aria_focus';

-- Its tables, views, sequences and composite types.
CREATE TEMP VIEW relations AS
SELECT c.oid, c.relkind, c.relname
FROM pg_class c JOIN members m ON m.classid = 'pg_class'::regclass AND m.objid = c.oid;

-- The names among them that have no comment, as one text; NULL when all have one.
CREATE FUNCTION pg_temp.without_comment(catalog regclass, names text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  found text;
BEGIN
  EXECUTE format('SELECT string_agg(name, '', '' ORDER BY name) FROM (%s) AS o (oid, sub, name)
                  WHERE NOT EXISTS (SELECT FROM pg_description d WHERE d.classoid = %s
                    AND d.objoid = o.oid AND d.objsubid = o.sub AND btrim(d.description) <> '''')',
                 names, catalog::oid) INTO found;
  RETURN found;
END
$$;

SELECT isnt_empty('SELECT FROM members', 'the extension has members');
SELECT is(obj_description(oid, 'pg_extension') <> '', true, 'the extension has a comment')
FROM pg_extension WHERE extname = 'aria_focus';

-- Whatever kind a later version adds: members that are no relations (functions, types, ...).
SELECT is(
  (SELECT string_agg(pg_describe_object(m.classid, m.objid, 0), ', ')
   FROM members m
   WHERE m.classid NOT IN ('pg_class'::regclass, 'pg_namespace'::regclass)
     -- row types and their arrays are members of their own from PostgreSQL 17 on
     AND NOT EXISTS (SELECT FROM pg_type t LEFT JOIN pg_type e ON e.oid = t.typelem
                     WHERE m.classid = 'pg_type'::regclass AND t.oid = m.objid
                       AND (t.typrelid <> 0 OR e.typrelid <> 0))
     AND NOT EXISTS (SELECT FROM pg_description d
                     WHERE d.classoid = m.classid AND d.objoid = m.objid AND d.objsubid = 0)),
  NULL, 'every function and type has a comment');

SELECT is(pg_temp.without_comment('pg_class', 'SELECT oid, 0, relname FROM relations'),
  NULL, 'every table, view and sequence has a comment');

SELECT is(pg_temp.without_comment('pg_class', $$
    SELECT r.oid, a.attnum, r.relname || '.' || a.attname
    FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid
    WHERE r.relkind <> 'S' AND a.attnum > 0 AND NOT a.attisdropped$$),
  NULL, 'every column has a comment');

-- Not-null constraints (rows of their own from PostgreSQL 18 on) say all with their name.
SELECT is(pg_temp.without_comment('pg_constraint', $$
    SELECT c.oid, 0, r.relname || '.' || c.conname
    FROM relations r JOIN pg_constraint c ON c.conrelid = r.oid WHERE c.contype <> 'n'$$),
  NULL, 'every constraint has a comment');

SELECT is(pg_temp.without_comment('pg_class', $$
    SELECT i.indexrelid, 0, i.indexrelid::regclass::text
    FROM relations r JOIN pg_index i ON i.indrelid = r.oid
    WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid
                      AND c.conrelid = r.oid)$$),
  NULL, 'every index that is no constraint has a comment');

SELECT is(pg_temp.without_comment('pg_trigger', $$
    SELECT t.oid, 0, r.relname || '.' || t.tgname
    FROM relations r JOIN pg_trigger t ON t.tgrelid = r.oid WHERE NOT t.tgisinternal$$),
  NULL, 'every trigger has a comment');

SELECT finish();
ROLLBACK;
