-- Chapter exchange: taking over the profiles of a table that was made by hand before the extension came.

CREATE FUNCTION aria_engine.focus_adopt(source regclass, dry_run boolean DEFAULT false)
    RETURNS TABLE(focus_id text, action text, path text, message text, hint text)
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE ROWS 10
    SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1
    AS $$
#variable_conflict use_column
DECLARE
    target CONSTANT regclass := 'aria_engine.focus_profiles';
    known CONSTANT text[] := ARRAY(
        SELECT a.attname FROM pg_attribute AS a WHERE a.attrelid = target AND a.attnum > 0 AND NOT a.attisdropped);
    candidate jsonb;
    created timestamptz;
    updated timestamptz;
    has_times boolean;
    earlier aria_engine.focus_profiles;
    wanted aria_engine.focus_profiles;
    stored aria_engine.focus_profiles;
BEGIN
    IF source IS NULL OR source = target THEN
        RAISE EXCEPTION 'focus_adopt needs another table, not %', coalesce(source::text, 'NULL')
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Name the table that was made by hand: focus_adopt(''old.focus_profiles'').';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = source AND a.attname = 'focus_id' AND a.attnum > 0)
        THEN
        RAISE EXCEPTION 'column "focus_id" of relation "%" does not exist', source
            USING ERRCODE = 'undefined_column', HINT = 'Only a table of focus profiles can be adopted.';
    END IF;

    action := 'refused';
    FOR path, message, hint IN
        SELECT '$.' || a.attname, format('column "%s" is no column of a profile', a.attname),
               'Move it to a table of your own with a foreign key to focus_profiles, and drop it here.'
        FROM pg_attribute AS a
        WHERE a.attrelid = source AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> ALL (known)
        ORDER BY a.attnum
    LOOP
        RETURN NEXT;
    END LOOP;

    FOR candidate IN EXECUTE format(
        'SELECT to_jsonb(s) FROM %s AS s ORDER BY s.focus_id::text COLLATE "C"', source)
    LOOP
        SELECT jsonb_object_agg(e.key, e.value) INTO candidate FROM jsonb_each(candidate) AS e
            WHERE e.key = ANY (known);
        focus_id := candidate ->> 'focus_id';
        action := 'adopted';
        FOR path, message, hint IN
            SELECT v.path,
                   CASE WHEN v.field = 'temperature_delta' AND candidate ->> v.field ~ '^(NaN|-?Infinity)$'
                        THEN format('temperature_delta %s is not between -1 and 1', candidate ->> v.field)
                        ELSE v.message END,
                   CASE WHEN v.message NOT LIKE '%not a string' THEN v.hint END
            FROM ROWS FROM (aria_engine.focus_validate(candidate))
                 WITH ORDINALITY AS v (field, path, code, severity, message, hint, n)
            WHERE v.severity = 'error'
            UNION ALL
            -- What focus_validate would fill in: a row of a table says NULL on purpose, or by mistake.
            SELECT '$.' || a.attname, a.attname || ' is null', 'UPDATE it to a value, such as the column''s default.'
            FROM pg_attribute AS a
            WHERE a.attrelid = target AND a.attnotnull AND a.atthasdef AND candidate -> a.attname::text = 'null'
              AND a.attname NOT IN ('created_at', 'updated_at')
        LOOP
            action := 'refused';
            RETURN NEXT;
        END LOOP;
        CONTINUE WHEN action = 'refused';

        path := NULL; message := NULL; hint := NULL;
        BEGIN
            has_times := false;
            created := (candidate ->> 'created_at')::timestamptz;
            updated := (candidate ->> 'updated_at')::timestamptz;
            has_times := true;
            wanted := aria_engine.focus_merge(NULL::aria_engine.focus_profiles, candidate);
            wanted.created_at := coalesce(created, wanted.created_at);
            wanted.updated_at := coalesce(updated, wanted.updated_at);
            SELECT p.* INTO stored FROM aria_engine.focus_profiles AS p WHERE p.focus_id = wanted.focus_id;
            IF FOUND THEN
                action := 'exists';
            ELSIF wanted.focus_id = earlier.focus_id THEN
                stored := earlier;  -- a dry run copied nothing
                action := 'exists';
            ELSIF NOT coalesce(dry_run, false) THEN
                stored := aria_engine.focus_store(wanted, true);
                IF stored.focus_id IS NULL THEN action := 'exists'; END IF;
            END IF;
            IF action = 'adopted' THEN earlier := wanted; END IF;
            -- Dropping the source must lose nothing: what differs is no row that exists.
            IF action = 'exists' AND aria_engine.focus_content(stored) IS DISTINCT
                FROM aria_engine.focus_content(wanted) THEN
                action := 'refused';
                path := '$.focus_id';
                message := format('profile "%s" exists already with other content', focus_id);
                hint := 'Compare the two; change it here to the same, or give this one another focus_id.';
            END IF;
        EXCEPTION WHEN data_exception OR integrity_constraint_violation THEN
            -- So PostgreSQL calls a pattern or a setting that found no memory: no fault of the row.
            IF SQLSTATE = '2201B' OR (SQLSTATE = '22023' AND has_times) THEN RAISE; END IF;
            action := 'refused';
            path := '$';
            message := SQLERRM;
            hint := 'Change the row so that focus_profiles takes it.';
        END;
        RETURN NEXT;
    END LOOP;
END
$$;
COMMENT ON FUNCTION aria_engine.focus_adopt(regclass, boolean) IS
'Copies the profiles of a table that was made by hand, times included, and leaves that table as it is. A row a '
'profile: adopted; exists, with the same content; or refused, a row for each of its problems with path, message and '
'hint. A column that focus_profiles has not is refused once, with focus_id NULL. As long as a row says refused, the '
'source has something that is not here. dry_run copies nothing. Raises 22023 without another table; 42703 for one '
'without focus_id. Needs SELECT on the source, SELECT and INSERT on focus_profiles.';

CREATE FUNCTION aria_engine.focus_dependents(source regclass)
    RETURNS TABLE(kind text, name text, definition text, command text)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 1000 ROWS 5
    SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
    AS $$
    SELECT 'foreign key', format('%s.%I', c.conrelid::regclass, c.conname), pg_get_constraintdef(c.oid),
           format('ALTER TABLE %s DROP CONSTRAINT %I, ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname, c.conname,
                  replace(pg_get_constraintdef(c.oid), format(' REFERENCES %s(', c.confrelid::regclass),
                          ' REFERENCES aria_engine.focus_profiles('))
    FROM pg_constraint AS c
    WHERE c.contype = 'f' AND c.confrelid = $1 AND c.conparentid = 0
    UNION ALL
    SELECT DISTINCT CASE r.relkind WHEN 'm' THEN 'materialized view' ELSE 'view' END, r.oid::regclass::text,
           pg_get_viewdef(r.oid),
           CASE WHEN r.relkind = 'v' THEN format('CREATE OR REPLACE VIEW %s%s AS %s', r.oid::regclass,
               ' WITH (' || array_to_string(r.reloptions, ', ') || ')',
               regexp_replace(pg_get_viewdef(r.oid),
                   '(?<![\w.])' || regexp_replace($1::text, '(\W)', '\\\1', 'g') || '(?!\w)',
                              'aria_engine.focus_profiles', 'g')) END
    FROM pg_depend AS d
    JOIN pg_rewrite AS w ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
    JOIN pg_class AS r ON r.oid = w.ev_class
    WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = $1 AND r.relkind IN ('v', 'm')
    UNION ALL
    SELECT 'trigger', t.tgname::text, pg_get_triggerdef(t.oid), NULL
    FROM pg_trigger AS t WHERE t.tgrelid = $1 AND NOT t.tgisinternal
    UNION ALL
    SELECT 'grant', g.grantee, g.rights || g.option,
           format('GRANT %s ON aria_engine.focus_profiles TO %s%s', g.rights, g.grantee, g.option)
    FROM (
        SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END AS grantee,
               string_agg(concat(a.privilege_type, a.of_column), ', ' ORDER BY a.privilege_type, a.of_column) AS rights,
               CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS option
        FROM (
            SELECT t.*, NULL AS of_column FROM pg_class AS s, aclexplode(s.relacl) AS t WHERE s.oid = $1
            UNION ALL
            SELECT t.*, format(' (%I)', c.attname) FROM pg_attribute AS c, aclexplode(c.attacl) AS t
                WHERE c.attrelid = $1
        ) AS a
        WHERE a.grantee <> (SELECT s.relowner FROM pg_class AS s WHERE s.oid = $1)
        GROUP BY a.grantee, a.is_grantable
    ) AS g
    ORDER BY 1, 2
$$;
COMMENT ON FUNCTION aria_engine.focus_dependents(regclass) IS
'What hangs on a table that is to be replaced by focus_profiles: foreign keys, views, its triggers and grants, each '
'with its definition and, where it can be told, the command that points it to aria_engine.focus_profiles. NULL gives '
'no rows.';
