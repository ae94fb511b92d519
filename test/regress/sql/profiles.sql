-- Chapter profiles: the table, its vocabularies, its rules, as a user meets them in psql.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS aria_focus;
RESET client_min_messages;
\set VERBOSITY default
SET TimeZone = 'UTC';
DELETE FROM aria_engine.focus_profiles;

--
-- The catalog
--
SELECT extname, extrelocatable, nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = extnamespace
WHERE extname = 'aria_focus';
SELECT superuser, trusted, relocatable, schema FROM pg_available_extension_versions
WHERE name = 'aria_focus' AND installed;

\pset format unaligned
SELECT a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS not_null,
       pg_get_expr(d.adbin, d.adrelid) AS default_value, a.attgenerated <> '' AS generated
FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid = 'aria_engine.focus_profiles'::regclass AND a.attnum > 0
ORDER BY a.attnum;
\pset format aligned
SELECT attrelid::regclass AS table, attname AS column, format_type(atttypid, atttypmod) AS type,
       attnotnull AS not_null, attgenerated AS generated
FROM pg_attribute
WHERE attrelid IN ('aria_engine.focus_tones'::regclass, 'aria_engine.focus_styles'::regclass) AND attnum > 0
ORDER BY attrelid::regclass::text, attnum;

-- The not-null constraints are left out: they stand in pg_constraint from PostgreSQL 18 on.
SELECT conrelid::regclass AS table, conname, contype, convalidated,
       CASE contype WHEN 'f' THEN pg_get_constraintdef(oid) END AS definition
FROM pg_constraint
WHERE conrelid::regclass::text ~ '^aria_engine.focus_(profiles|tones|styles)$' AND contype <> 'n'
ORDER BY conrelid::regclass::text, conname COLLATE "C";
SELECT indexname, indexdef FROM pg_indexes
WHERE schemaname = 'aria_engine' AND tablename IN ('focus_profiles', 'focus_tones', 'focus_styles')
ORDER BY indexname COLLATE "C";
SELECT tgname, tgenabled, CASE WHEN tgtype & 2 > 0 THEN 'before' ELSE 'after' END AS fires,
       concat_ws(' or ', CASE WHEN tgtype & 4 > 0 THEN 'insert' END, CASE WHEN tgtype & 16 > 0 THEN 'update' END,
                 CASE WHEN tgtype & 8 > 0 THEN 'delete' END, CASE WHEN tgtype & 32 > 0 THEN 'truncate' END) AS events,
       CASE WHEN tgtype & 1 > 0 THEN 'row' ELSE 'statement' END AS each, tgfoid::regproc
FROM pg_trigger WHERE tgrelid = 'aria_engine.focus_profiles'::regclass AND NOT tgisinternal
ORDER BY tgname;
SELECT attname AS column, col_description(attrelid, attnum) AS comment
FROM pg_attribute WHERE attrelid = 'aria_engine.focus_profiles'::regclass AND attnum > 0 ORDER BY attnum;
SELECT relname, obj_description(oid, 'pg_class') AS comment
FROM pg_class WHERE relnamespace = 'aria_engine'::regnamespace AND relkind = 'r' AND relname IN
    ('focus_profiles', 'focus_tones', 'focus_styles')
ORDER BY relname;

-- What pg_dump takes along.
SELECT t::regclass AS table, c AS condition
FROM pg_extension, unnest(extconfig, extcondition) AS u (t, c) WHERE extname = 'aria_focus'
  AND t::regclass::text ~ '(profiles|tones|styles)$'
ORDER BY t::regclass::text;

-- What the table's functions promise.
SELECT proname, pg_get_function_identity_arguments(oid) AS arguments, provolatile AS volatile,
       proisstrict AS strict, proparallel AS parallel, prosecdef AS definer, procost AS cost, prorows AS rows
FROM pg_proc
WHERE pronamespace = 'aria_engine'::regnamespace AND proname IN ('focus_is_tone', 'focus_is_style', 'focus_validate',
    'focus_examine', 'focus_doctor', 'focus_is_blank', 'focus_is_skill_list', 'focus_is_keyword_list')
ORDER BY proname COLLATE "C";

--
-- Vocabularies
--
SELECT tone, builtin, description <> '' AS described FROM aria_engine.focus_tones ORDER BY tone COLLATE "C";
SELECT style, builtin, description <> '' AS described FROM aria_engine.focus_styles ORDER BY style COLLATE "C";
SELECT word, aria_engine.focus_is_tone(word) AS is_tone, aria_engine.focus_is_style(word) AS is_style
FROM unnest(ARRAY['warm', 'Warm', 'warm ', '', 'analytical', 'concise', NULL]) WITH ORDINALITY AS w (word, n)
    ORDER BY n;

-- An own tone is one INSERT away.
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, tone) VALUES ('pirate', 'Pirate', 'salty');
INSERT INTO aria_engine.focus_tones (tone, description) VALUES ('salty', 'like a sailor') RETURNING *;
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, tone) VALUES ('pirate', 'Pirate', 'salty');
SELECT aria_engine.focus_is_tone('salty');
DELETE FROM aria_engine.focus_tones WHERE tone = 'salty';
UPDATE aria_engine.focus_tones SET builtin = true WHERE tone = 'salty';
INSERT INTO aria_engine.focus_styles (style) VALUES (' ');
DELETE FROM aria_engine.focus_profiles;
DELETE FROM aria_engine.focus_tones WHERE tone = 'salty';

--
-- Good rows
--
INSERT INTO aria_engine.focus_profiles (focus_id, display_name) VALUES ('plain', 'Plain');
\pset format unaligned
SELECT focus_id, display_name, emoji, description, tone, style, delegation_level, token_budget_hint, temperature_delta
FROM aria_engine.focus_profiles;
SELECT expertise_keywords, system_prompt_addon, model_override, auto_skills, enabled,
    created_at = updated_at AS same_time
FROM aria_engine.focus_profiles;
COPY aria_engine.focus_profiles (focus_id, display_name, emoji, tone, style, expertise_keywords, auto_skills)
FROM stdin WITH (DELIMITER '|');
devops|DevOps|🔒|precise|concise|["deploy", {"keyword": "ci", "match": "word", "weight": 1.5}]|["ci_cd"]
muse|Muse|*|playful|narrative|["poem", "c++", "#tag"]|[]
\.
SELECT focus_id, emoji, tone, style, expertise_keywords, auto_skills FROM aria_engine.focus_profiles ORDER BY focus_id;
\pset format aligned

--
-- Bad rows: one error says everything
--
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, tone, delegation_level, expertise_keywords)
VALUES ('Dev Ops', ' ', 'precize', 4, '["deploy", 5, "DEPLOY", {"keyword": "x", "wieght": 2}]');
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, tone) VALUES ('x', 'X', 'precize');
-- One problem is one line, whatever is quoted.
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, tone, style) VALUES ('x', 'X', E'pre\ncise', '"\');
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, style) VALUES ('x', 'X', 'haiku');
INSERT INTO aria_engine.focus_profiles (focus_id) VALUES ('x');
UPDATE aria_engine.focus_profiles SET temperature_delta = 'NaN' WHERE focus_id = 'plain';
UPDATE aria_engine.focus_profiles SET token_budget_hint = -1 WHERE focus_id = 'plain';
UPDATE aria_engine.focus_profiles SET model_override = '' WHERE focus_id = 'plain';
UPDATE aria_engine.focus_profiles SET auto_skills = '["llm", "", "llm"]' WHERE focus_id = 'plain';
UPDATE aria_engine.focus_profiles SET expertise_keywords = '{"deploy": 1}' WHERE focus_id = 'plain';
UPDATE aria_engine.focus_profiles SET expertise_keywords = '[{"keyword": "a", "weight": 1e-400}, {"keyword": "b", '
    '"match": "wrod"}]'
WHERE focus_id = 'plain';
COPY aria_engine.focus_profiles (focus_id, display_name, delegation_level) FROM stdin WITH (DELIMITER '|');
good|Good|1
bad|Bad|7
\.
-- What the types refuse comes first, in PostgreSQL's words.
UPDATE aria_engine.focus_profiles SET emoji = repeat('🎯', 11) WHERE focus_id = 'plain';
UPDATE aria_engine.focus_profiles SET delegation_level = 3000000000 WHERE focus_id = 'plain';
SELECT count(*) AS still FROM aria_engine.focus_profiles;

-- For programs: SQLSTATE, column, constraint.
DO $$
DECLARE
    state text; in_schema text; in_table text; in_column text; broken text;
BEGIN
    UPDATE aria_engine.focus_profiles SET style = 'brief';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, in_schema = SCHEMA_NAME, in_table = TABLE_NAME,
        in_column = COLUMN_NAME, broken = CONSTRAINT_NAME;
    RAISE NOTICE '% % % % %', state, in_schema, in_table, in_column, broken;
END
$$;

--
-- updated_at
--
UPDATE aria_engine.focus_profiles SET updated_at = '2001-02-03 04:05:06Z', created_at = '2001-02-03 04:05:06Z';
UPDATE aria_engine.focus_profiles SET tone = tone WHERE focus_id = 'plain' RETURNING focus_id, updated_at;
UPDATE aria_engine.focus_profiles SET tone = 'blunt' WHERE focus_id = 'plain' RETURNING focus_id,
    updated_at > created_at AS moved;
UPDATE aria_engine.focus_profiles SET tone = 'warm', updated_at = '2011-12-13Z' WHERE focus_id = 'plain'
    RETURNING focus_id, updated_at;

DELETE FROM aria_engine.focus_profiles;
