-- What the owner of the schema can put beside our functions: for each, overloads that fit a careless call better. A
-- call of ours that gives every argument in its declared type meets none of them.
DO $$
DECLARE
    f record;
    kinds text;
BEGIN
    FOR f IN
        SELECT p.proname, p.pronargdefaults AS defaults, p.proretset,
               ARRAY(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) WITH ORDINALITY AS a (t, n)
                   ORDER BY n) AS types
        FROM pg_proc AS p
        WHERE p.pronamespace = 'aria_engine'::regnamespace AND p.prorettype <> 'trigger'::regtype
    LOOP
        FOR kinds IN
            -- without its defaults
            SELECT array_to_string(f.types[1:cardinality(f.types) - n], ', ') FROM generate_series(1, f.defaults) AS n
            UNION
            -- with one argument of a type that is nearer to a column's, or that an untyped NULL prefers
            SELECT array_to_string(f.types[1:n - 1] || other.kind || f.types[n + 1:], ', ')
            FROM generate_subscripts(f.types, 1) AS n
            JOIN (VALUES ('text', 'character varying'), ('text', 'name'), ('jsonb', 'text'), ('jsonb', 'json'),
                         ('integer', 'smallint'), ('integer', 'bigint'), ('double precision', 'numeric'),
                         ('aria_engine.focus_profiles', 'text'), ('text[]', 'text'), ('text[]', 'character varying[]'),
                         ('regclass', 'text'), ('regclass', 'oid'), ('name', 'text'), ('boolean', 'text'),
                         ('timestamp with time zone', 'text')) AS other (of_type, kind) ON f.types[n] = other.of_type
        LOOP
            -- an overload of ours has that place
            CONTINUE WHEN to_regprocedure(format('aria_engine.%I(%s)', f.proname, kinds)) IS NOT NULL;
            EXECUTE format('CREATE FUNCTION aria_engine.%I(%s) RETURNS text LANGUAGE plpgsql AS %L', f.proname, kinds,
                           format('BEGIN RAISE EXCEPTION ''planted %s(%s) was called''; END', f.proname, kinds));
        END LOOP;
    END LOOP;
END
$$;
