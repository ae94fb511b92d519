-- Who may do what with the tables, and what a dump holds of them.

-- Everything belongs to a role that no dump, no restore and no DROP ROLE can miss: where the schema belongs
-- to the database's owner, a superuser or pg_database_owner, to pg_database_owner, whose only member is
-- whoever owns the database. A schema of somebody else stays his, and so do the tables in it: foreign keys
-- run with the rights of the table's owner, who needs the schema. Nobody is granted anything by name: such
-- a grant would be remembered as the extension's own, and break dumps and pg_upgrade when its role has gone.
DO $$
DECLARE
    holder name;
BEGIN
    SELECT CASE WHEN owner.rolsuper OR owner.oid OPERATOR(pg_catalog.=) database.datdba
                     OR owner.rolname OPERATOR(pg_catalog.=) 'pg_database_owner'::name
                THEN 'pg_database_owner'::name ELSE owner.rolname END INTO STRICT holder
    FROM pg_catalog.pg_namespace AS schema
    JOIN pg_catalog.pg_roles AS owner ON owner.oid OPERATOR(pg_catalog.=) schema.nspowner
    JOIN pg_catalog.pg_database AS database
        ON database.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()
    WHERE schema.nspname OPERATOR(pg_catalog.=) 'aria_engine'::name;
    -- In this order: what PUBLIC may do is remembered with an owner whom every server has.
    ALTER TABLE aria_engine.focus_tones OWNER TO pg_database_owner;
    ALTER TABLE aria_engine.focus_styles OWNER TO pg_database_owner;
    ALTER TABLE aria_engine.focus_contracts OWNER TO pg_database_owner;
    GRANT SELECT ON TABLE aria_engine.focus_tones, aria_engine.focus_styles, aria_engine.focus_contracts TO PUBLIC;
    EXECUTE pg_catalog.format('ALTER TABLE aria_engine.focus_tones OWNER TO %I', holder);
    EXECUTE pg_catalog.format('ALTER TABLE aria_engine.focus_styles OWNER TO %I', holder);
    EXECUTE pg_catalog.format('ALTER TABLE aria_engine.focus_contracts OWNER TO %I', holder);
    EXECUTE pg_catalog.format('ALTER TABLE aria_engine.focus_profiles OWNER TO %I', holder);
    EXECUTE pg_catalog.format('ALTER TABLE aria_engine.focus_history OWNER TO %I', holder);
    EXECUTE pg_catalog.format('ALTER TABLE aria_engine.focus_examples OWNER TO %I', holder);
    EXECUTE pg_catalog.format('ALTER VIEW aria_engine.focus_catalog OWNER TO %I', holder);
    EXECUTE pg_catalog.format('ALTER VIEW aria_engine.focus_keywords OWNER TO %I', holder);
    IF holder OPERATOR(pg_catalog.=) 'pg_database_owner'::name THEN
        ALTER SCHEMA aria_engine OWNER TO pg_database_owner;
    END IF;
END
$$;

SELECT pg_catalog.pg_extension_config_dump('aria_engine.focus_tones', 'WHERE NOT builtin');
SELECT pg_catalog.pg_extension_config_dump('aria_engine.focus_styles', 'WHERE NOT builtin');
SELECT pg_catalog.pg_extension_config_dump('aria_engine.focus_profiles', '');
SELECT pg_catalog.pg_extension_config_dump('aria_engine.focus_contracts', '');
SELECT pg_catalog.pg_extension_config_dump('aria_engine.focus_history', '');
SELECT pg_catalog.pg_extension_config_dump('aria_engine.focus_examples', '');
