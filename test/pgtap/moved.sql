-- Tables that are not where they belong, or not what they seem: the error says how they come back.
\ir lib/attempt.sql
BEGIN;
SET search_path = public;
SELECT plan(8);

-- What routing says now.
CREATE FUNCTION pg_temp.refusal() RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws(' | ', state, nullif(message, ''), nullif(detail, ''), nullif(hint, ''))
        FROM pg_temp.attempt($q$SELECT aria_engine.focus_route('x')$q$)
$$;

SELECT matches(pg_temp.refusal(), '^00000', 'all is in its place');
SAVEPOINT whole;

ALTER TABLE aria_engine.focus_profiles SET SCHEMA public;
SELECT is(pg_temp.refusal(),
    '42P01 | table aria_engine.focus_profiles does not exist | Somebody moved it: ALTER TABLE public.focus_profiles '
    'SET SCHEMA aria_engine.',
    'a table in another schema');
ALTER TABLE public.focus_profiles SET SCHEMA aria_engine;
SELECT matches(pg_temp.refusal(), '^00000', 'what the hint says helps');
ROLLBACK TO whole;

ALTER TABLE aria_engine.focus_profiles RENAME TO profiles;
SELECT is(pg_temp.refusal(),
    '42P01 | table aria_engine.focus_profiles does not exist | The extension is here, but its table was renamed: ALTER '
    'TABLE ... RENAME gives it its name back.',
    'a table of another name');
ROLLBACK TO whole;

ALTER SCHEMA aria_engine RENAME TO "Focus";
CREATE FUNCTION pg_temp.refusal_elsewhere() RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws(' | ', state, nullif(message, ''), nullif(detail, ''), nullif(hint, ''))
        FROM pg_temp.attempt($q$SELECT "Focus".focus_route('x')$q$)
$$;
SELECT is(pg_temp.refusal_elsewhere(),
    '42P01 | table aria_engine.focus_profiles does not exist | Somebody renamed the schema: ALTER SCHEMA "Focus" '
    'RENAME TO aria_engine.',
    'a schema of another name');
ROLLBACK TO whole;

-- Citus keeps the rows of its tables elsewhere; its catalog says which tables these are.
SET LOCAL allow_system_table_mods = on;
CREATE TABLE pg_catalog.pg_dist_partition (logicalrelid regclass);
SELECT matches(pg_temp.refusal(), '^00000', 'Citus is here, and our tables are plain');
INSERT INTO pg_catalog.pg_dist_partition VALUES ('aria_engine.focus_profiles');
SELECT is(pg_temp.refusal(),
    '42809 | "aria_engine.focus_profiles" is a table of Citus | Its rows lie elsewhere: read here, it would seem to be '
    'empty. | '
    'SELECT undistribute_table(''aria_engine.focus_profiles''), keep the extension''s tables plain on every node, and '
    'bring changes to the nodes by logical replication.',
    'a table of Citus');
DELETE FROM pg_catalog.pg_dist_partition;
SELECT matches(pg_temp.refusal(), '^00000', 'plain again');
ROLLBACK TO whole;

SELECT * FROM finish();
ROLLBACK;
