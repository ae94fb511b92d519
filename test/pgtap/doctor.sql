-- focus_doctor: what it says of each stored row, across rows and of the table itself; focus_examine,
-- the same for rows that are not stored.
BEGIN;
\ir lib/attempt.sql
SELECT plan(148);

DELETE FROM aria_engine.focus_profiles;
SELECT is_empty('SELECT * FROM aria_engine.focus_doctor()', 'no profiles, no findings');

INSERT INTO aria_engine.focus_profiles (focus_id, display_name, delegation_level, expertise_keywords) VALUES
('orchestrator', 'Orchestrator', 1, '[]'),
('ops', 'Ops', 2, '["kubernetes", "terraform", {"keyword": "ci", "match": "word"}]'),
('data', 'Data', 2, '["schema", "join"]');
SELECT is_empty('SELECT * FROM aria_engine.focus_doctor()', 'sound profiles, no findings');

-- What the doctor says with some rows changed, and then forgets.
CREATE FUNCTION pg_temp.after(change text) RETURNS TABLE (finding text) LANGUAGE plpgsql AS $$
DECLARE
    findings text[];
BEGIN
    BEGIN
        EXECUTE change;
        SELECT array_agg(concat_ws(' | ', coalesce(focus_id, '-'), code, severity, message, hint) ORDER BY ord)
        INTO findings FROM aria_engine.focus_doctor() WITH ORDINALITY AS d (focus_id, code, severity, message, hint,
            ord)
        WHERE code !~ '^(missing|disabled)_';  -- taken away to let the row in
        RAISE EXCEPTION USING ERRCODE = 'P0099';
    EXCEPTION WHEN SQLSTATE 'P0099' THEN NULL;
    END;
    RETURN QUERY SELECT unnest(findings);
END
$$;

-- --- rows by themselves: the warnings of focus_validate ----------------------------------------------------

SELECT results_eq(format('SELECT pg_temp.after(%L)', change), format('VALUES (%L)', finding), label)
FROM (VALUES
('risky_keyword: a common word', $$UPDATE aria_engine.focus_profiles SET expertise_keywords = '["schema", "what"]'
    WHERE focus_id = 'data'$$,
 'data | risky_keyword | warning | keyword "what" is one of the commonest English words | Use a phrase.'),
('risky_keyword: a short fragment', $$UPDATE aria_engine.focus_profiles
    SET expertise_keywords = '["schema", {"keyword": "sql", "match": "fragment"}]' WHERE focus_id = 'data'$$,
 'data | risky_keyword | warning | keyword "sql" is short and matches inside or at the start of many words | Use match '
 '"word", or a longer keyword.'),
('possible_secret in the addon', $$UPDATE aria_engine.focus_profiles
    SET system_prompt_addon = 'token ghp_0123456789abcdefghijABCDEFGHIJ012345' WHERE focus_id = 'data'$$,
 'data | possible_secret | warning | system_prompt_addon seems to hold a GitHub token | Profiles are configuration '
 'that many may read: keep secrets elsewhere.'),
('possible_secret in the description', $$UPDATE aria_engine.focus_profiles SET description = 'api_key = "a1b2c3d4e5"'
    WHERE focus_id = 'data'$$,
 'data | possible_secret | warning | description seems to hold a password or key | Profiles are configuration that '
 'many may read: keep secrets elsewhere.'),
('possible_secret in a disabled profile',
    $$UPDATE aria_engine.focus_profiles SET enabled = false, system_prompt_addon = 'AKIAIOSFODNN7EXAMPLE'
    WHERE focus_id = 'data'$$,
 'data | possible_secret | warning | system_prompt_addon seems to hold an AWS access key | Profiles are configuration '
 'that many may read: keep secrets elsewhere.'),
('large_budget', $$UPDATE aria_engine.focus_profiles SET token_budget_hint = 1000000 WHERE focus_id = 'data'$$,
 'data | large_budget | warning | token_budget_hint 1000000 is above 32768 | It is a ceiling on max_tokens; 0 turns it '
 'off.'),
('shadowed_keyword', $$UPDATE aria_engine.focus_profiles SET expertise_keywords = '["schema", "join", "joined tables"]'
    WHERE focus_id = 'data'$$,
 'data | shadowed_keyword | warning | keyword "joined tables" never counts: "join" stands before it and hits wherever '
 'it would | Remove it, or put it first.'),
('shadowed_keyword: a word before a phrase', $$UPDATE aria_engine.focus_profiles
    SET expertise_keywords = '["schema", {"keyword": "slow", "match": "word"}, "slow down"]' WHERE focus_id = 'data'$$,
 'data | shadowed_keyword | warning | keyword "slow down" never counts: "slow" stands before it and hits wherever it '
 'would | Remove it, or put it first.'),
('risky_keyword: a wildcard', $$UPDATE aria_engine.focus_profiles SET expertise_keywords = '["schema", "pay*", "c++"]'
    WHERE focus_id = 'data'$$,
 'data | risky_keyword | warning | keyword "pay*" looks like a wildcard, but a keyword is literal text | Write the '
 'words themselves, an entry each: so few letters are in many words.'),
('risky_keyword: a longer wildcard', $$UPDATE aria_engine.focus_profiles SET expertise_keywords = '["schema", "%bill%"]'
    WHERE focus_id = 'data'$$,
 'data | risky_keyword | warning | keyword "%bill%" looks like a wildcard, but a keyword is literal text | Leave the '
 'signs out and say match "prefix" or "fragment".'),
('unreachable: no keyword', $$UPDATE aria_engine.focus_profiles SET expertise_keywords = '[]' WHERE focus_id = 'data'$$,
 'data | unreachable | warning | no message can reach this profile: its keywords'' positive weights add up to less '
 'than 1 | Add keywords, or disable it.'),
('unreachable: negative keywords only', $$UPDATE aria_engine.focus_profiles
    SET expertise_keywords = '[{"keyword": "schema", "weight": -1}]' WHERE focus_id = 'data'$$,
 'data | unreachable | warning | no message can reach this profile: its keywords'' positive weights add up to less '
 'than 1 | Add keywords, or disable it.')
) AS c (label, change, finding);

-- Nothing to say.
SELECT is_empty(format('SELECT pg_temp.after(%L)', change), label)
FROM (VALUES
('a disabled profile needs no keyword', $$UPDATE aria_engine.focus_profiles SET enabled = false,
    expertise_keywords = '[]' WHERE focus_id = 'data'$$),
('the first level-1 profile is reached without any',
    $$UPDATE aria_engine.focus_profiles SET focus_id = 'boss' WHERE focus_id = 'orchestrator'$$),
('the longer keyword first is not shadowed',
    $$UPDATE aria_engine.focus_profiles SET expertise_keywords = '["joined tables", "join"]' WHERE focus_id = 'data'$$),
('a short keyword that must end at a boundary shadows none',
    $$UPDATE aria_engine.focus_profiles SET expertise_keywords = '["dep", "deploy"]' WHERE focus_id = 'data'$$),
('a word does not shadow what it is the beginning of', $$UPDATE aria_engine.focus_profiles
    SET expertise_keywords = '[{"keyword": "join", "match": "word"}, "joined"]' WHERE focus_id = 'data'$$),
('a prefix does not shadow a fragment', $$UPDATE aria_engine.focus_profiles
    SET expertise_keywords = '["post", {"keyword": "postgres", "match": "fragment"}]' WHERE focus_id = 'data'$$),
('a veto before a word of its own', $$UPDATE aria_engine.focus_profiles
    SET expertise_keywords = '["schema", "joined", {"keyword": "join", "match": "word", "weight": -1}]'
    WHERE focus_id = 'data'$$),
('a keyword inside a word of its own profile', $$UPDATE aria_engine.focus_profiles
    SET expertise_keywords = '["schematic", "schema"]' WHERE focus_id = 'data'$$),
('a word inside another profile''s word', $$UPDATE aria_engine.focus_profiles
    SET expertise_keywords = '[{"keyword": "terra", "match": "word"}, "form"]' WHERE focus_id = 'data'$$),
('a lighter keyword inside another profile''s word', $$UPDATE aria_engine.focus_profiles
    SET expertise_keywords = '["schema", {"keyword": "terra", "weight": 0.5}]' WHERE focus_id = 'data'$$),
('a keyword inside a word of a disabled profile',
    $$UPDATE aria_engine.focus_profiles SET expertise_keywords = '["terra"]', enabled = false
    WHERE focus_id = 'data'$$),
('all profiles disabled', 'UPDATE aria_engine.focus_profiles SET enabled = false'),
('a keyword shared with a disabled profile',
    $$UPDATE aria_engine.focus_profiles SET expertise_keywords = '["terraform"]', enabled = false
    WHERE focus_id = 'data'$$)
) AS c (label, change);

-- --- across rows ---------------------------------------------------------------------------------------------

SELECT set_eq(format('SELECT pg_temp.after(%L)',
    $$UPDATE aria_engine.focus_profiles SET expertise_keywords = '["schema", "TERRAFORM"]' WHERE focus_id = 'data'$$),
    ARRAY['data | shared_keyword | warning | keyword "TERRAFORM" is also in ops | Keep it where it belongs most, or '
        'give it weights.',
          'ops | shared_keyword | warning | keyword "terraform" is also in data | Keep it where it belongs most, or '
          'give it weights.'],
    'shared_keyword: both are told, case does not count');
SELECT set_has(format('SELECT pg_temp.after(%L)',
    $$INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)
        SELECT 'p' || i, 'P', '["schema"]' FROM generate_series(1, 7) AS i$$),
    $$VALUES ('data | shared_keyword | warning | keyword "schema" is also in p1, p2, p3, p4, p5 and 2 more | Keep it '
        'where it belongs most, or give it weights.')$$,
    'shared_keyword: many owners are counted');

SELECT results_eq(format('SELECT pg_temp.after(%L)', change), format('VALUES (%L)', finding), label)
FROM (VALUES
('hidden_veto', $$UPDATE aria_engine.focus_profiles
    SET expertise_keywords = '["dodge ram", {"keyword": "dodge", "weight": -10}]' WHERE focus_id = 'data'$$,
 'data | hidden_veto | warning | negative keyword "dodge" does not count inside "dodge ram", where the longer one hits '
 'instead | Remove the longer one or make its weight negative too; if it is meant as the exception, leave both.'),
('inside_word', $$UPDATE aria_engine.focus_profiles
    SET expertise_keywords = '["schema", {"keyword": "erne", "match": "fragment", "weight": 2}, "Terra"]'
    WHERE focus_id = 'data'; UPDATE aria_engine.focus_profiles SET expertise_keywords = '["terraform"]'
    WHERE focus_id = 'ops'$$,
 'data | inside_word | warning | keyword "Terra" also hits inside "terraform" of ops | Give it match "word", or a '
 'weight below theirs.'),
('no_fallback', $$UPDATE aria_engine.focus_profiles SET enabled = false WHERE focus_id = 'orchestrator'$$,
 '- | no_fallback | warning | no profile takes unrouted messages: neither orchestrator nor a profile of level 1 is '
 'enabled | Give a profile delegation_level 1, or pass a fallback to focus_route: now it returns NULL for them.'),
('idle_fallback', $$UPDATE aria_engine.focus_profiles SET delegation_level = 1;
    DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'orchestrator'$$,
 'ops | idle_fallback | warning | this profile never takes unrouted messages: "data" does, the first enabled profile '
 'of level 1 by focus_id | Pass the fallback to focus_route, or leave level 1 to one profile.')
) AS c (label, change, finding);

-- --- rows that came in past the rules -------------------------------------------------------------------------

-- Adds rows as an old table might have had them.
CREATE FUNCTION pg_temp.smuggle(command text) RETURNS text LANGUAGE sql AS $$
    SELECT format('DO $do$ BEGIN
        ALTER TABLE aria_engine.focus_profiles DROP CONSTRAINT focus_profiles_focus_id_check;
        ALTER TABLE aria_engine.focus_profiles DROP CONSTRAINT focus_profiles_expertise_keywords_check;
        ALTER TABLE aria_engine.focus_profiles DISABLE TRIGGER ALL;
        %s;
    END $do$', command)
$$;
SELECT results_eq(format('SELECT pg_temp.after(%L)',
    pg_temp.smuggle($$UPDATE aria_engine.focus_profiles SET focus_id = 'Data Architect' WHERE focus_id = 'data'$$)),
    $$VALUES ('Data Architect | legacy_id | warning | focus_id "Data Architect" is not a slug | Rename it: UPDATE '
        'aria_engine.focus_profiles SET focus_id = ...')$$,
    'legacy_id');
SELECT results_eq(format('SELECT pg_temp.after(%L)',
    pg_temp.smuggle($$UPDATE aria_engine.focus_profiles SET tone = 'formel' WHERE focus_id = 'data'$$)),
    $$VALUES ('data | not_in_vocabulary | error | tone "formel" is not a known tone | Did you mean "formal"?')$$,
    'an error of a stored row');
SELECT set_has(format('SELECT pg_temp.after(%L)',
    pg_temp.smuggle($$UPDATE aria_engine.focus_profiles SET expertise_keywords = '["schema", 7]'
    WHERE focus_id = 'data'$$)),
    $$VALUES ('data | bad_type | error | a keyword must be a string, not a number | Write it in double quotes.')$$,
    'an error in a stored list');
SELECT results_eq(format('SELECT pg_temp.after(%L)', $$ALTER TABLE aria_engine.focus_profiles
        DROP CONSTRAINT focus_profiles_emoji_check,
        ADD CONSTRAINT focus_profiles_emoji_check CHECK (emoji <> '') NOT VALID$$),
    $$VALUES ('- | unvalidated_constraint | warning | constraint focus_profiles_emoji_check was never checked against '
        'the stored rows | ALTER TABLE aria_engine.focus_profiles VALIDATE CONSTRAINT focus_profiles_emoji_check')$$,
    'unvalidated_constraint');

-- --- focus_examine ------------------------------------------------------------------------------------------------

SELECT results_eq(
    'SELECT * FROM aria_engine.focus_examine((SELECT jsonb_agg(to_jsonb(p)) FROM aria_engine.focus_profiles AS p))',
    'SELECT * FROM aria_engine.focus_doctor()', 'focus_examine of the stored rows is focus_doctor');
SELECT is_empty('SELECT * FROM aria_engine.focus_examine(NULL)', 'focus_examine of NULL: no rows');
SELECT is_empty($$SELECT * FROM aria_engine.focus_examine('[]')$$, 'focus_examine of no rows: no rows');
SELECT results_eq($$SELECT focus_id, code, severity FROM aria_engine.focus_examine('{}')$$,
    $$VALUES (NULL::text, 'bad_type', 'error')$$, 'focus_examine of an object');
SELECT results_eq($$SELECT focus_id, code FROM aria_engine.focus_examine('[7, null]')$$,
    $$VALUES (NULL::text, 'bad_type'), (NULL, 'bad_type')$$, 'focus_examine of rows that are none');
SELECT set_eq($$SELECT focus_id, code FROM aria_engine.focus_examine('[
        {"focus_id": "a", "display_name": "A", "enabled": true, "delegation_level": 2, "expertise_keywords": ["x1y2"]},
        {"focus_id": "b", "display_name": "B", "enabled": true, "delegation_level": 2,
         "expertise_keywords": ["X1Y2"]}]') WHERE severity = 'warning'$$,
    $$VALUES ('a', 'shared_keyword'), ('b', 'shared_keyword'), (NULL, 'no_fallback')$$,
    'focus_examine compares rows that are not stored');
SELECT is((SELECT count(*) FROM aria_engine.focus_profiles), 3::bigint, 'nothing was changed by looking');

-- --- the tables themselves: what schema tools do to them ---------------------------------------------------

-- What the doctor says of the tables after a change; his statements are run, and then he has nothing more to say.
CREATE FUNCTION pg_temp.mended(change text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    said text;
    lost record;
BEGIN
    EXECUTE change;
    FOR lost IN SELECT * FROM aria_engine.focus_doctor() WHERE focus_id IS NULL LOOP
        said := concat_ws('; ', said, lost.code || ' ' || lost.message);
        EXECUTE lost.hint;
    END LOOP;
    SELECT concat_ws('; STILL ', said, string_agg(message, ' ')) INTO said FROM aria_engine.focus_doctor()
        WHERE focus_id IS NULL;
    RAISE EXCEPTION USING ERRCODE = 'P0099', MESSAGE = coalesce(nullif(said, ''), 'nothing');
EXCEPTION WHEN SQLSTATE 'P0099' THEN
    RETURN SQLERRM;
END
$$;
SELECT is(pg_temp.mended(change), said, change) FROM (VALUES
    ('ALTER TABLE aria_engine.focus_profiles ADD COLUMN owner_team text',
     'foreign_column column owner_team of aria_engine.focus_profiles is not of the extension: a dump of this database '
     'will not restore'),
    ('ALTER TABLE aria_engine.focus_history ADD COLUMN "by Whom" int DEFAULT 5',
     'foreign_column column "by Whom" of aria_engine.focus_history is not of the extension: a dump of this database '
     'will not restore'),
    ('ALTER TABLE aria_engine.focus_styles ADD COLUMN a int; ALTER TABLE aria_engine.focus_tones ADD COLUMN a int',
     'foreign_column column a of aria_engine.focus_styles is not of the extension: a dump of this database will not '
     'restore; '
     'foreign_column column a of aria_engine.focus_tones is not of the extension: a dump of this database will not '
     'restore'),
    ('ALTER TABLE aria_engine.focus_profiles ADD COLUMN upper_id text GENERATED ALWAYS AS (upper(focus_id)) STORED',
        'nothing'),
    ('ALTER TABLE aria_engine.focus_profiles DROP CONSTRAINT focus_profiles_expertise_keywords_check',
     'missing_constraint constraint focus_profiles_expertise_keywords_check of aria_engine.focus_profiles is missing'),
    ('ALTER TABLE aria_engine.focus_profiles DROP CONSTRAINT focus_profiles_tone_fkey',
     'missing_constraint constraint focus_profiles_tone_fkey of aria_engine.focus_profiles is missing'),
    ('ALTER TABLE aria_engine.focus_tones DROP CONSTRAINT focus_tones_pkey CASCADE',
     'missing_constraint constraint focus_tones_pkey of aria_engine.focus_tones is missing; '
     'missing_constraint constraint focus_profiles_tone_fkey of aria_engine.focus_profiles is missing'),
    ('ALTER TABLE aria_engine.focus_profiles DROP CONSTRAINT focus_profiles_temperature_delta_check, '
     'ADD CONSTRAINT focus_profiles_temperature_delta_check CHECK (temperature_delta < 9)',
     'changed_constraint constraint focus_profiles_temperature_delta_check of aria_engine.focus_profiles is not as the '
     'extension made it'),
    ('ALTER TABLE aria_engine.focus_profiles DISABLE TRIGGER ALL',
     'disabled_constraint constraint focus_profiles_style_fkey of aria_engine.focus_profiles is switched off; '
     'disabled_constraint constraint focus_profiles_tone_fkey of aria_engine.focus_profiles is switched off; '
     || (SELECT string_agg(format('disabled_trigger trigger %s of aria_engine.focus_profiles is switched off', name),
         '; ' ORDER BY name COLLATE "C")
         FROM aria_engine.focus_blueprint() WHERE kind = 'trigger' AND place = 'aria_engine.focus_profiles')),
    ('ALTER TABLE aria_engine.focus_history DISABLE TRIGGER USER',
     'disabled_trigger trigger focus_history_guard of aria_engine.focus_history is switched off; '
     'disabled_trigger trigger focus_history_keep of aria_engine.focus_history is switched off'),
    ('ALTER TABLE aria_engine.focus_profiles ENABLE REPLICA TRIGGER zz_focus_profiles_record',
     'disabled_trigger trigger zz_focus_profiles_record of aria_engine.focus_profiles is switched off'),
    ('DROP TRIGGER focus_profiles_validate ON aria_engine.focus_profiles',
     'missing_trigger trigger focus_profiles_validate of aria_engine.focus_profiles is missing'),
    ('DROP INDEX aria_engine.idx_focus_profiles_enabled',
     'missing_index index idx_focus_profiles_enabled of aria_engine.focus_profiles is missing'),
    ('ALTER TABLE aria_engine.focus_profiles ALTER COLUMN emoji DROP DEFAULT, ALTER COLUMN tone DROP NOT NULL',
     'missing_default default of column emoji of aria_engine.focus_profiles is missing; '
     'missing_not_null NOT NULL of column tone of aria_engine.focus_profiles is missing'),
    ('ALTER TABLE aria_engine.focus_history ALTER COLUMN reason TYPE varchar(255); ALTER TABLE '
        'aria_engine.focus_profiles ALTER COLUMN enabled SET DEFAULT false',
     'changed_column column reason of aria_engine.focus_history is not as the extension made it; '
     'changed_default default of column enabled of aria_engine.focus_profiles is not as the extension made it'),
    ('ALTER TABLE aria_engine.focus_history DROP COLUMN author',
     'missing_column column author of aria_engine.focus_history is missing'),
    ('CREATE TRIGGER zzz BEFORE UPDATE ON aria_engine.focus_profiles FOR EACH ROW EXECUTE FUNCTION '
        'suppress_redundant_updates_trigger()',
     'late_trigger trigger zzz of aria_engine.focus_profiles fires after zz_focus_profiles_record, which refuses edits '
     'then'),
    ('CREATE TRIGGER zzz AFTER UPDATE ON aria_engine.focus_profiles FOR EACH ROW EXECUTE FUNCTION '
        'suppress_redundant_updates_trigger()', 'nothing')
) AS c (change, said);
SELECT is_empty('SELECT * FROM aria_engine.focus_losses()', 'nothing is lost of a fresh install');
SELECT results_eq('SELECT kind, place, name, definition FROM aria_engine.focus_parts() ORDER BY 1, 2, 3',
    'SELECT * FROM aria_engine.focus_blueprint() ORDER BY 1, 2, 3', 'what there is, is what was made');
-- Every part of every table, taken away by itself, is missed and comes back.
SELECT is(pg_temp.mended(format(CASE kind WHEN 'constraint' THEN 'ALTER TABLE %s DROP CONSTRAINT %I CASCADE'
    WHEN 'trigger' THEN 'DROP TRIGGER %2$I ON %1$s'
              WHEN 'index' THEN 'DROP INDEX aria_engine.%2$I' WHEN 'default'
                  THEN 'ALTER TABLE %s ALTER COLUMN %I DROP DEFAULT'
              ELSE 'ALTER TABLE %s ALTER COLUMN %I DROP NOT NULL' END, place, name))
          LIKE format('%%missing_%s %%%s of %%is missing%%', replace(kind, ' ', '_'), name), true,
              place || ' ' || kind || ' ' || name)
FROM aria_engine.focus_blueprint()
WHERE kind <> 'column' AND NOT (kind = 'not null' AND (place, name) IN (
    SELECT format('%s', i.indrelid::regclass), a.attname::text FROM pg_index AS i
        JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indisprimary));

SELECT * FROM finish();
ROLLBACK;
