-- aria_focus: focus profiles for LLM agents, validated and routed inside the database.
\echo Use "CREATE EXTENSION aria_focus" to load this file. \quit

-- A table made by hand is the usual start: say what to do with it.
DO $$
BEGIN
    IF pg_catalog.to_regclass('aria_engine.focus_profiles') IS NOT NULL THEN
        RAISE EXCEPTION 'relation "aria_engine.focus_profiles" exists already'
            USING ERRCODE = 'duplicate_table',
                  DETAIL = 'aria_focus brings a table of this name and takes over none that was made by hand.',
                  HINT = 'In one transaction: ALTER TABLE aria_engine.focus_profiles SET SCHEMA of your choice; '
                         'CREATE EXTENSION aria_focus; SELECT * FROM '
                         'aria_engine.focus_adopt(''your_schema.focus_profiles''). It copies the good rows and says '
                         'what is wrong with the others. Drop the old table when no row says refused, and after '
                         'aria_engine.focus_dependents(''your_schema.focus_profiles''), which names the foreign keys '
                         'and views on it.';
    END IF;
END
$$;

-- Whoever owns the schema can add functions and operators to it; the installer must not trust a stranger.
DO $$
DECLARE
    stranger name;
BEGIN
    SELECT owner.rolname INTO stranger
    FROM pg_catalog.pg_namespace AS schema
    JOIN pg_catalog.pg_roles AS owner ON owner.oid OPERATOR(pg_catalog.=) schema.nspowner
    JOIN pg_catalog.pg_extension AS extension
        ON extension.extname OPERATOR(pg_catalog.=) 'aria_focus'::name
    JOIN pg_catalog.pg_roles AS installer ON installer.oid OPERATOR(pg_catalog.=) extension.extowner
    JOIN pg_catalog.pg_database AS database
        ON database.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()
    WHERE schema.nspname OPERATOR(pg_catalog.=) 'aria_engine'::name
      AND schema.nspowner OPERATOR(pg_catalog.<>) extension.extowner
      AND schema.nspowner OPERATOR(pg_catalog.<>) database.datdba
      AND owner.rolname OPERATOR(pg_catalog.<>) 'pg_database_owner'::name
      AND NOT owner.rolsuper AND NOT installer.rolsuper;
    IF FOUND THEN
        RAISE EXCEPTION 'schema "aria_engine" belongs to "%"', stranger
            USING ERRCODE = 'insufficient_privilege',
                  DETAIL = 'Its owner could add functions that run with the rights of those who use the extension.',
                  HINT = 'Install as the owner of the schema or as a superuser, or drop the schema.';
    END IF;
END
$$;
