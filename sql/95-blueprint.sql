-- Chapter profiles: what the extension's tables are made of, so that focus_doctor sees what was lost. Schema tools
-- that run as a superuser drop constraints, foreign keys and indexes which are not in their model, without a word.
-- It stands last: every table is there. A script that updates the extension ends with the DO below.

CREATE FUNCTION aria_engine.focus_parts(
    OUT kind text, OUT place text, OUT name text, OUT definition text, OUT is_off boolean, OUT mend text)
    RETURNS SETOF record
    LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 100
    SET search_path = pg_catalog, pg_temp SET quote_all_identifiers = off
    AS $$
    WITH mine AS (
        SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS place
        FROM pg_extension AS e
        JOIN pg_depend AS d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND d.deptype = 'e'
        JOIN pg_class AS c ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND c.relkind = 'r'
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE e.extname = 'aria_focus'
    ), field AS (
        SELECT m.place, a.*, pg_get_expr(d.adbin, d.adrelid) AS expression
        FROM mine AS m
        JOIN pg_attribute AS a ON a.attrelid = m.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    )
    SELECT 'column', f.place, f.attname::text, format_type(f.atttypid, f.atttypmod)
               || CASE WHEN f.attgenerated <> '' THEN ' GENERATED ALWAYS AS (' || f.expression || ') STORED'
                   ELSE '' END,
           false, NULL
    FROM field AS f
    UNION ALL
    SELECT 'not null', f.place, f.attname, 'NOT NULL', false, NULL FROM field AS f WHERE f.attnotnull
    UNION ALL
    SELECT 'default', f.place, f.attname, f.expression, false, NULL
    FROM field AS f WHERE f.expression IS NOT NULL AND f.attgenerated = ''
    UNION ALL
    SELECT 'constraint', m.place, c.conname, pg_get_constraintdef(c.oid), off.tables IS NOT NULL, off.tables
    FROM mine AS m
    JOIN pg_constraint AS c ON c.conrelid = m.oid AND c.contype IN ('c', 'f', 'p', 'u', 'x')
    -- a foreign key works by triggers, which ALTER TABLE .. DISABLE TRIGGER ALL switches off
    LEFT JOIN LATERAL (
        SELECT string_agg(DISTINCT format('ALTER TABLE %s ENABLE TRIGGER ALL', t.tgrelid::regclass), '; ') AS tables
        FROM pg_trigger AS t WHERE t.tgconstraint = c.oid AND t.tgenabled <> 'O') AS off ON true
    UNION ALL
    SELECT 'trigger', m.place, t.tgname, pg_get_triggerdef(t.oid), t.tgenabled <> 'O', NULL
    FROM mine AS m JOIN pg_trigger AS t ON t.tgrelid = m.oid AND NOT t.tgisinternal
    UNION ALL
    SELECT 'index', m.place, c.relname, pg_get_indexdef(i.indexrelid), NOT i.indisvalid, NULL
    FROM mine AS m
    JOIN pg_index AS i ON i.indrelid = m.oid
    JOIN pg_class AS c ON c.oid = i.indexrelid
    WHERE NOT EXISTS (SELECT FROM pg_constraint AS k WHERE k.conindid = i.indexrelid AND k.conrelid = m.oid
        AND k.contype IN ('p', 'u', 'x'))
    ORDER BY 2, 1, 3
$$;
COMMENT ON FUNCTION aria_engine.focus_parts() IS
'Internal: the columns, constraints, triggers and indexes that the tables of the extension have now, and whether each '
'is switched off.';

-- Writes down what there is now, as a function that nobody has to restore.
DO $$
BEGIN
    EXECUTE pg_catalog.format(
        'CREATE OR REPLACE FUNCTION aria_engine.focus_blueprint('
        'OUT kind text, OUT place text, OUT name text, OUT definition text) RETURNS SETOF record '
        'LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 100 SET search_path = pg_catalog, pg_temp AS %L',
        (SELECT 'VALUES ' || pg_catalog.string_agg(
                    pg_catalog.format('(%L, %L, %L, %L)', p.kind, p.place, p.name, p.definition), E',\n'
                    ORDER BY p.place COLLATE "C", p.kind COLLATE "C", p.name COLLATE "C")
         FROM aria_engine.focus_parts() AS p));
END
$$;
COMMENT ON FUNCTION aria_engine.focus_blueprint() IS
'Internal: the columns, constraints, triggers and indexes that the extension made, as the server that it was made on '
'writes them.';

CREATE FUNCTION aria_engine.focus_losses(OUT code text, OUT severity text, OUT message text, OUT hint text)
    RETURNS SETOF record
    LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 10
    SET search_path = pg_catalog, pg_temp SET quote_all_identifiers = off
    AS $$
    WITH part AS (
        SELECT b.kind, b.place, b.name, b.definition, p.is_off, p.mend,
               p.definition IS NOT NULL AS is_there,
               -- what is not valid is told as such
               p.definition = b.definition OR p.definition LIKE '% NOT VALID' AS is_same
        FROM aria_engine.focus_blueprint() AS b
        LEFT JOIN aria_engine.focus_parts() AS p USING (kind, place, name)
    ), broken AS (
        SELECT p.*, CASE WHEN NOT p.is_there THEN 'missing' WHEN NOT p.is_same THEN 'changed' ELSE 'off' END AS how
        FROM part AS p
        WHERE (NOT p.is_there OR p.is_off OR NOT p.is_same)
          -- what belongs to a column that is missing is told with it
          AND NOT (p.kind IN ('not null', 'default') AND NOT EXISTS (
              SELECT FROM part AS c WHERE c.kind = 'column' AND c.place = p.place AND c.name = p.name AND c.is_there))
    )
    (SELECT CASE b.how WHEN 'missing' THEN 'missing_' WHEN 'changed' THEN 'changed_'
        ELSE 'disabled_' END || replace(b.kind, ' ', '_'),
           'error',
           format(CASE b.kind WHEN 'not null' THEN '%s of column %I of %s ' WHEN 'default'
               THEN '%s of column %I of %s ' ELSE '%s %I of %s ' END,
                  CASE b.kind WHEN 'not null' THEN 'NOT NULL' ELSE b.kind END, b.name, b.place)
           || CASE b.how WHEN 'missing' THEN 'is missing' WHEN 'changed' THEN 'is not as the extension made it'
               ELSE 'is switched off' END,
           CASE b.kind
               WHEN 'column' THEN CASE WHEN b.how = 'missing'
                   THEN format('ALTER TABLE %s ADD COLUMN %I %s%s%s', b.place, b.name, b.definition, (
                            SELECT ' DEFAULT ' || d.definition FROM part AS d
                            WHERE d.kind = 'default' AND d.place = b.place AND d.name = b.name), (
                            SELECT ' NOT NULL' FROM part AS d
                            WHERE d.kind = 'not null' AND d.place = b.place AND d.name = b.name))
                   ELSE format('ALTER TABLE %s ALTER COLUMN %I TYPE %s', b.place, b.name, b.definition) END
               WHEN 'not null' THEN format('ALTER TABLE %s ALTER COLUMN %I SET NOT NULL', b.place, b.name)
               WHEN 'default' THEN format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT %s', b.place, b.name,
                   b.definition)
               WHEN 'constraint' THEN CASE b.how
                   WHEN 'missing' THEN format('ALTER TABLE %s ADD CONSTRAINT %I %s', b.place, b.name, b.definition)
                   WHEN 'changed' THEN format('ALTER TABLE %s DROP CONSTRAINT %I, ADD CONSTRAINT %I %s', b.place,
                       b.name, b.name, b.definition)
                   ELSE b.mend END
               WHEN 'trigger' THEN CASE b.how
                   WHEN 'missing' THEN b.definition
                   WHEN 'changed' THEN format('DROP TRIGGER %I ON %s; %s', b.name, b.place, b.definition)
                   ELSE format('ALTER TABLE %s ENABLE TRIGGER %I', b.place, b.name) END
               ELSE CASE b.how
                   WHEN 'missing' THEN b.definition
                   WHEN 'changed' THEN format('DROP INDEX aria_engine.%I; %s', b.name, b.definition)
                   ELSE format('REINDEX INDEX aria_engine.%I', b.name) END
           END
    FROM broken AS b
    -- in an order in which the statements can be run: a foreign key needs the key that it refers to
    ORDER BY array_position('{column,default,not null,constraint,index,trigger}', b.kind),
        b.definition LIKE 'FOREIGN KEY%',
             b.place COLLATE "C", b.name COLLATE "C")
    UNION ALL
    (SELECT 'foreign_column', 'error',
           format('column %I of %s is not of the extension: a dump of this database will not restore', p.name, p.place),
           format('CREATE TABLE public.%I AS SELECT %s, %I FROM %s; ALTER TABLE %s DROP COLUMN %I',
                  split_part(p.place, '.', 2) || '_' || p.name, (
                      SELECT string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum)
                      FROM pg_index AS i JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
                      WHERE i.indrelid = p.place::regclass AND i.indisprimary),
                  p.name, p.place, p.place, p.name)
    FROM aria_engine.focus_parts() AS p
    WHERE p.kind = 'column' AND p.definition NOT LIKE '% GENERATED ALWAYS AS %' AND NOT EXISTS (
        SELECT FROM aria_engine.focus_blueprint() AS b WHERE b.kind = 'column' AND b.place = p.place
            AND b.name = p.name)
    ORDER BY p.place COLLATE "C", p.name COLLATE "C")
    UNION ALL
    SELECT 'unvalidated_constraint', 'warning',
           format('constraint %I was never checked against the stored rows', c.conname),
           format('ALTER TABLE %s VALIDATE CONSTRAINT %I', b.place, c.conname)
    FROM aria_engine.focus_blueprint() AS b
    JOIN pg_constraint AS c ON c.conrelid = b.place::regclass AND c.conname = b.name AND NOT c.convalidated
    WHERE b.kind = 'constraint'
    UNION ALL
    SELECT 'late_trigger', 'error',
           format('trigger %I of aria_engine.focus_profiles fires after zz_focus_profiles_record, which refuses edits '
               'then', t.tgname),
           format('ALTER TRIGGER %I ON aria_engine.focus_profiles RENAME TO %I', t.tgname, left('a_' || t.tgname, 63))
    FROM pg_trigger AS t
    WHERE t.tgrelid = 'aria_engine.focus_profiles'::regclass AND NOT t.tgisinternal
        AND t.tgname > 'zz_focus_profiles_record'
      -- BEFORE, of each row, of UPDATE or DELETE
      AND t.tgtype & 3 = 3 AND t.tgtype & 24 <> 0 AND t.tgenabled IN ('O', 'A')
$$;
COMMENT ON FUNCTION aria_engine.focus_losses() IS
'Internal: what focus_doctor says of the tables themselves, each with the statement that puts it right.';
