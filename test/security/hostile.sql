-- A schema that shadows what every query takes for granted: each operator and function of pg_catalog over common types,
-- the aggregates, the types and the catalogs by name; each of them raises, or knows nothing.
CREATE SCHEMA evil;
GRANT USAGE ON SCHEMA evil TO PUBLIC;
CREATE FUNCTION evil.deny(anyelement, anyelement) RETURNS anyelement LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION ''an evil aggregate was called''; END';
CREATE FUNCTION evil.deny(text, text, text) RETURNS text LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION ''an evil aggregate was called''; END';
DO $$
DECLARE
    common CONSTANT oid[] := ARRAY['text', 'varchar', 'bpchar', 'name', 'int2', 'int4', 'int8', 'float8', 'numeric',
        'bool', 'json',
        'jsonb', 'oid', 'regclass', 'timestamptz', 'text[]', '"char"', 'bytea', 'anyelement', 'anyarray', '"any"',
            'record',
        'anynonarray', 'internal']::regtype[]::oid[];
    o record;
BEGIN
    FOR o IN
        SELECT p.proname, p.prorettype::regtype AS result, p.proretset, p.prokind, p.provariadic, t.kinds
        FROM pg_proc AS p, LATERAL (
            SELECT string_agg(CASE WHEN a.n = p.pronargs AND p.provariadic <> 0 THEN 'VARIADIC '
                ELSE '' END || format_type(a.t, NULL), ', ' ORDER BY a.n)
            FROM unnest(p.proargtypes) WITH ORDINALITY AS a (t, n)) AS t (kinds)
        WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind IN ('f', 'w')
          AND p.proargtypes::oid[] <@ common AND NOT 'internal'::regtype = ANY (p.proargtypes::oid[])
          AND p.prorettype::regtype::text NOT IN ('internal', 'trigger', 'event_trigger', 'record')
          AND p.prorettype::regtype::text NOT LIKE '%handler'
    LOOP
        BEGIN
            EXECUTE format('CREATE FUNCTION evil.%I(%s) RETURNS %s LANGUAGE plpgsql AS %L', o.proname, o.kinds,
                           CASE WHEN o.proretset THEN 'SETOF ' ELSE '' END || o.result,
                           'BEGIN RAISE EXCEPTION ''evil.' || o.proname || ' was called''; END');
        EXCEPTION WHEN invalid_function_definition OR duplicate_function OR datatype_mismatch OR feature_not_supported
            OR undefined_object THEN
            NULL;  -- a pseudo-type that only the server's own functions take
        END;
    END LOOP;
    FOR o IN
        SELECT p.oprname, p.oprleft, p.oprright, p.oprleft::regtype AS l, p.oprright::regtype AS r,
            p.oprresult::regtype AS result
        FROM pg_operator AS p
        WHERE p.oprnamespace = 'pg_catalog'::regnamespace AND p.oprright = ANY (common)
            AND (p.oprleft = 0 OR p.oprleft = ANY (common))
    LOOP
        EXECUTE format('CREATE FUNCTION evil.%I(%s) RETURNS %s LANGUAGE plpgsql AS %L', 'op_' || md5(o::text),
                       concat_ws(', ', nullif(o.l::text, '-'), o.r), o.result,
                       'BEGIN RAISE EXCEPTION USING MESSAGE = ''evil operator ' || o.oprname || ' was called''; END');
        EXECUTE format('CREATE OPERATOR evil.%s (%s RIGHTARG = %s, FUNCTION = evil.%I)', o.oprname,
                       CASE WHEN o.oprleft <> 0 THEN 'LEFTARG = ' || o.l || ',' ELSE '' END, o.r,
                           'op_' || md5(o::text));
    END LOOP;
    FOR o IN SELECT unnest(ARRAY['varchar', 'text']) AS l LOOP  -- exact where ours would be cast
        EXECUTE format('CREATE FUNCTION evil.exact(varchar, %s) RETURNS boolean LANGUAGE plpgsql AS %L', o.l,
                       'BEGIN RAISE EXCEPTION ''evil exact operator was called''; END');
        EXECUTE format('CREATE OPERATOR evil.= (LEFTARG = varchar, RIGHTARG = %s, FUNCTION = evil.exact)', o.l);
        EXECUTE format('CREATE OPERATOR evil.<> (LEFTARG = varchar, RIGHTARG = %s, FUNCTION = evil.exact)', o.l);
    END LOOP;
    FOR o IN SELECT unnest(ARRAY['count', 'min', 'max', 'jsonb_agg', 'array_agg', 'bool_or']) AS name LOOP
        EXECUTE format('CREATE AGGREGATE evil.%I(anyelement) (SFUNC = evil.deny, STYPE = anyelement)', o.name);
    END LOOP;
    CREATE AGGREGATE evil.count(*) (SFUNC = pg_catalog.int8inc, STYPE = bigint, INITCOND = '1000');
    CREATE AGGREGATE evil.string_agg(text, text) (SFUNC = evil.deny, STYPE = text);
    FOR o IN SELECT unnest(ARRAY['text', 'jsonb', 'json', 'regclass', 'name', 'bigint', 'float8', 'int4']) AS name LOOP
        EXECUTE format('CREATE DOMAIN evil.%I AS pg_catalog.int4 CHECK (false)', o.name);
    END LOOP;
    FOR o IN SELECT unnest(ARRAY['pg_attribute', 'pg_class', 'pg_constraint', 'pg_depend', 'pg_rewrite', 'pg_trigger',
        'pg_proc', 'pg_type',
        'focus_profiles', 'focus_history', 'focus_tones', 'focus_styles', 'focus_contracts', 'focus_catalog']) AS name
    LOOP
        EXECUTE format('CREATE TABLE evil.%I (nothing pg_catalog.int4)', o.name);
    END LOOP;
END
$$;
