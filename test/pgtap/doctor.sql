-- focus_doctor: what it says of each stored row, across rows and of the table itself; focus_examine,
-- the same for rows that are not stored.
BEGIN;
\ir lib/attempt.sql
SELECT plan(31);

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
        INTO findings FROM aria_engine.focus_doctor() WITH ORDINALITY AS d (focus_id, code, severity, message, hint, ord);
        RAISE EXCEPTION USING ERRCODE = 'P0099';
    EXCEPTION WHEN SQLSTATE 'P0099' THEN NULL;
    END;
    RETURN QUERY SELECT unnest(findings);
END
$$;

-- --- rows by themselves: the warnings of focus_validate ----------------------------------------------------

SELECT results_eq(format('SELECT pg_temp.after(%L)', change), format('VALUES (%L)', finding), label)
FROM (VALUES
('risky_keyword: a common word', $$UPDATE aria_engine.focus_profiles SET expertise_keywords = '["schema", "what"]' WHERE focus_id = 'data'$$,
 'data | risky_keyword | warning | keyword "what" is one of the commonest English words | Use a phrase.'),
('risky_keyword: a short fragment', $$UPDATE aria_engine.focus_profiles SET expertise_keywords = '["schema", {"keyword": "sql", "match": "fragment"}]' WHERE focus_id = 'data'$$,
 'data | risky_keyword | warning | keyword "sql" is short and matches inside or at the start of many words | Use match "word", or a longer keyword.'),
('possible_secret in the addon', $$UPDATE aria_engine.focus_profiles SET system_prompt_addon = 'token ghp_0123456789abcdefghijABCDEFGHIJ012345' WHERE focus_id = 'data'$$,
 'data | possible_secret | warning | system_prompt_addon seems to hold a GitHub token | Profiles are configuration that many may read: keep secrets elsewhere.'),
('possible_secret in the description', $$UPDATE aria_engine.focus_profiles SET description = 'api_key = "a1b2c3d4e5"' WHERE focus_id = 'data'$$,
 'data | possible_secret | warning | description seems to hold a password or key | Profiles are configuration that many may read: keep secrets elsewhere.'),
('possible_secret in a disabled profile', $$UPDATE aria_engine.focus_profiles SET enabled = false, system_prompt_addon = 'AKIAIOSFODNN7EXAMPLE' WHERE focus_id = 'data'$$,
 'data | possible_secret | warning | system_prompt_addon seems to hold an AWS access key | Profiles are configuration that many may read: keep secrets elsewhere.'),
('large_budget', $$UPDATE aria_engine.focus_profiles SET token_budget_hint = 1000000 WHERE focus_id = 'data'$$,
 'data | large_budget | warning | token_budget_hint 1000000 is above 32768 | It is a ceiling on max_tokens; 0 turns it off.'),
('shadowed_keyword', $$UPDATE aria_engine.focus_profiles SET expertise_keywords = '["schema", "join", "joined tables"]' WHERE focus_id = 'data'$$,
 'data | shadowed_keyword | warning | keyword "joined tables" never counts: "join" stands before it and hits wherever it would | Remove it, or put it first.'),
('unreachable: no keyword', $$UPDATE aria_engine.focus_profiles SET expertise_keywords = '[]' WHERE focus_id = 'data'$$,
 'data | unreachable | warning | no message can reach this profile: its keywords'' positive weights add up to less than 1 | Add keywords, or disable it.'),
('unreachable: negative keywords only', $$UPDATE aria_engine.focus_profiles SET expertise_keywords = '[{"keyword": "schema", "weight": -1}]' WHERE focus_id = 'data'$$,
 'data | unreachable | warning | no message can reach this profile: its keywords'' positive weights add up to less than 1 | Add keywords, or disable it.')
) AS c (label, change, finding);

-- Nothing to say.
SELECT is_empty(format('SELECT pg_temp.after(%L)', change), label)
FROM (VALUES
('a disabled profile needs no keyword', $$UPDATE aria_engine.focus_profiles SET enabled = false, expertise_keywords = '[]' WHERE focus_id = 'data'$$),
('the first level-1 profile is reached without any', $$UPDATE aria_engine.focus_profiles SET focus_id = 'boss' WHERE focus_id = 'orchestrator'$$),
('the longer keyword first is not shadowed', $$UPDATE aria_engine.focus_profiles SET expertise_keywords = '["joined tables", "join"]' WHERE focus_id = 'data'$$),
('a short keyword that must end at a boundary shadows none', $$UPDATE aria_engine.focus_profiles SET expertise_keywords = '["dep", "deploy"]' WHERE focus_id = 'data'$$),
('a word shadows none', $$UPDATE aria_engine.focus_profiles SET expertise_keywords = '[{"keyword": "join", "match": "word"}, "joined"]' WHERE focus_id = 'data'$$),
('a prefix does not shadow a fragment', $$UPDATE aria_engine.focus_profiles SET expertise_keywords = '["post", {"keyword": "postgres", "match": "fragment"}]' WHERE focus_id = 'data'$$),
('a keyword shared with a disabled profile', $$UPDATE aria_engine.focus_profiles SET expertise_keywords = '["terraform"]', enabled = false WHERE focus_id = 'data'$$)
) AS c (label, change);

-- --- across rows ---------------------------------------------------------------------------------------------

SELECT set_eq(format('SELECT pg_temp.after(%L)', $$UPDATE aria_engine.focus_profiles SET expertise_keywords = '["schema", "TERRAFORM"]' WHERE focus_id = 'data'$$),
    ARRAY['data | shared_keyword | warning | keyword "TERRAFORM" is also in ops | Keep it where it belongs most, or give it weights.',
          'ops | shared_keyword | warning | keyword "terraform" is also in data | Keep it where it belongs most, or give it weights.'],
    'shared_keyword: both are told, case does not count');
SELECT set_has(format('SELECT pg_temp.after(%L)', $$INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)
        SELECT 'p' || i, 'P', '["schema"]' FROM generate_series(1, 7) AS i$$),
    $$VALUES ('data | shared_keyword | warning | keyword "schema" is also in p1, p2, p3, p4, p5 and 2 more | Keep it where it belongs most, or give it weights.')$$,
    'shared_keyword: many owners are counted');

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
SELECT results_eq(format('SELECT pg_temp.after(%L)', pg_temp.smuggle($$UPDATE aria_engine.focus_profiles SET focus_id = 'Data Architect' WHERE focus_id = 'data'$$)),
    $$VALUES ('Data Architect | legacy_id | warning | focus_id "Data Architect" is not a slug | Rename it: UPDATE aria_engine.focus_profiles SET focus_id = ...')$$,
    'legacy_id');
SELECT results_eq(format('SELECT pg_temp.after(%L)', pg_temp.smuggle($$UPDATE aria_engine.focus_profiles SET tone = 'formel' WHERE focus_id = 'data'$$)),
    $$VALUES ('data | not_in_vocabulary | error | tone "formel" is not a known tone | Did you mean "formal"?')$$,
    'an error of a stored row');
SELECT set_has(format('SELECT pg_temp.after(%L)', pg_temp.smuggle($$UPDATE aria_engine.focus_profiles SET expertise_keywords = '["schema", 7]' WHERE focus_id = 'data'$$)),
    $$VALUES ('data | bad_type | error | a keyword must be a string, not a number | Write it in double quotes.')$$,
    'an error in a stored list');
SELECT results_eq(format('SELECT pg_temp.after(%L)', $$ALTER TABLE aria_engine.focus_profiles
        DROP CONSTRAINT focus_profiles_emoji_check,
        ADD CONSTRAINT focus_profiles_emoji_check CHECK (emoji <> '') NOT VALID$$),
    $$VALUES ('- | unvalidated_constraint | warning | constraint focus_profiles_emoji_check was never checked against the stored rows | ALTER TABLE aria_engine.focus_profiles VALIDATE CONSTRAINT focus_profiles_emoji_check')$$,
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
        {"focus_id": "b", "display_name": "B", "enabled": true, "delegation_level": 2, "expertise_keywords": ["X1Y2"]}]') WHERE severity = 'warning'$$,
    $$VALUES ('a', 'shared_keyword'), ('b', 'shared_keyword')$$, 'focus_examine compares rows that are not stored');
SELECT is((SELECT count(*) FROM aria_engine.focus_profiles), 3::bigint, 'nothing was changed by looking');

SELECT * FROM finish();
ROLLBACK;
