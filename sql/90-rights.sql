-- Who may do what with the tables, and what a dump holds of them.

-- Trusted installs leave the objects with the bootstrap superuser; the installing role gets what an
-- owner should have. So does the database's owner: a dump of his may be restored by a superuser, and its
-- GRANTs are his. Nobody gets the right to rewrite history.
DO $$
DECLARE
    entitled name;
BEGIN
    FOR entitled IN
        SELECT role.rolname
        FROM pg_catalog.pg_roles AS role
        WHERE role.oid OPERATOR(pg_catalog.=) (
                SELECT extowner FROM pg_catalog.pg_extension
                WHERE extname OPERATOR(pg_catalog.=) 'aria_focus'::name)
           OR role.oid OPERATOR(pg_catalog.=) (
                SELECT datdba FROM pg_catalog.pg_database
                WHERE datname OPERATOR(pg_catalog.=) pg_catalog.current_database())
    LOOP
        EXECUTE pg_catalog.format(
            'GRANT ALL ON TABLE aria_engine.focus_profiles, aria_engine.focus_tones, aria_engine.focus_styles '
            'TO %I WITH GRANT OPTION', entitled);
        EXECUTE pg_catalog.format(
            'GRANT SELECT, INSERT ON TABLE aria_engine.focus_history TO %I WITH GRANT OPTION', entitled);
        EXECUTE pg_catalog.format(
            'GRANT SELECT ON TABLE aria_engine.focus_catalog TO %I WITH GRANT OPTION', entitled);
    END LOOP;
END
$$;
GRANT SELECT ON TABLE aria_engine.focus_tones, aria_engine.focus_styles TO PUBLIC;

SELECT pg_catalog.pg_extension_config_dump('aria_engine.focus_tones', 'WHERE NOT builtin');
SELECT pg_catalog.pg_extension_config_dump('aria_engine.focus_styles', 'WHERE NOT builtin');
SELECT pg_catalog.pg_extension_config_dump('aria_engine.focus_profiles', '');
SELECT pg_catalog.pg_extension_config_dump('aria_engine.focus_history', '');
