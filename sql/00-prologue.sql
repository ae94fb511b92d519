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
                         'CREATE EXTENSION aria_focus; then INSERT the old rows into the new table.';
    END IF;
END
$$;
