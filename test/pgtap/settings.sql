-- Effective settings: a table of cases for each rule, errors with SQLSTATE, message and path, rights, and a plain
-- SQL version that a thousand random agents, requests and profiles are compared with.
BEGIN;
\ir lib/attempt.sql
SELECT plan(77);
DELETE FROM aria_engine.focus_profiles;

-- --- the pure functions are inlined ------------------------------------------------------------------------

-- Whether a plan still calls one of ours.
CREATE FUNCTION pg_temp.calls_ours(query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) ' || query LOOP
        IF line ~ 'focus_' THEN RETURN true; END IF;
    END LOOP;
    RETURN false;
END
$$;
CREATE TEMP TABLE numbers (a float8, b float8, i int, j int);
SELECT is(pg_temp.calls_ours('SELECT aria_engine.focus_temperature(a, b) FROM numbers'), false,
    'focus_temperature is inlined');
SELECT is(pg_temp.calls_ours('SELECT aria_engine.focus_max_tokens(i, j) FROM numbers'), false,
    'focus_max_tokens is inlined');
SELECT is(pg_temp.calls_ours('SELECT aria_engine.focus_swarm_weight(a, b, a) FROM numbers'), false,
    'focus_swarm_weight is inlined');
SELECT is(pg_temp.calls_ours($$SELECT aria_engine.focus_route(a::text) FROM numbers$$), true,
    'what is not inlined shows');

-- --- one by one ----------------------------------------------------------------------------------------------

SELECT is(aria_engine.focus_max_tokens(requested, budget), expected, format('max_tokens(%s, %s)', requested, budget))
FROM (VALUES (500::bigint, NULL::bigint, 500), (NULL, NULL, NULL), (2000, 800, 800), (500, 800, 500), (NULL, 800, 800),
    (2000, 0, 2000), (NULL, 0, NULL), (-1, 800, 800), (0, 800, 800),
    (-1, NULL, NULL), (0, 0, NULL), (500, -1, 500), (5000000000, 800, 800))
    AS t (requested, budget, expected);
SELECT is(aria_engine.focus_temperature(base, delta), expected, format('temperature(%s, %s)', base, delta))
FROM (VALUES (1.3::float8, 0::float8, 1.3::float8), (1.3, NULL, 1.3), (NULL, 0.5, NULL), ('NaN', 0.5, 'NaN'),
    (0.5, 0.25, 0.75), (0.5, 0.75, 1), (0.5, -0.75, 0), (0.7, -0.2, 0.5), (0.1, 0.2, 0.3), (0.9, -0.7, 0.2),
    (1.3, -0.05, 1), (0.5, 'NaN', 0.5), ('Infinity', -1, 1), ('-Infinity', 1, 0), (1.7e308, 1.7e308, 1),
        (-1.7e308, -1.7e308, 0)) AS t (base, delta, expected);
SELECT is(aria_engine.focus_compose_prompt(base, addon), expected, format('compose_prompt(%L, %L)', base, addon))
FROM (VALUES ('a', 'b', E'a\n\n---\n\nb'), (E'a \n\u3000', ' b ', E'a\n\n---\n\n b '), ('a ', NULL, 'a '),
    ('a ', E'\u00a0', 'a '), (NULL, 'b', 'b'), (E'\u2003', 'b', 'b'),
    (NULL, NULL, NULL), ('', ' ', '')) AS t (base, addon, expected);
SELECT is(aria_engine.focus_skills(own, auto), expected, format('skills(%s, %s)', own, auto))
FROM (VALUES ('["b", "a", "b"]'::jsonb, '["c", "a"]'::jsonb, '["b", "a", "c"]'::jsonb), (NULL, NULL, '[]'),
    ('null', '["x"]', '["x"]')) AS t (own, auto, expected);

-- --- errors ---------------------------------------------------------------------------------------------------

SELECT results_eq(format('SELECT state, message, detail FROM pg_temp.attempt(%L)', 'SELECT ' || call),
                  format('VALUES (''22023'', %L, %L)', message,
                      coalesce(detail, substr(message, strpos(message, '$')) || '.')), call)
FROM (VALUES
    ($$aria_engine.focus_skills('7', '[]')$$, 'invalid own skills at $: it must be an array, not a number', NULL),
    ($$aria_engine.focus_skills('[]', '["a", {}]')$$,
        'invalid auto skills at $[1]: a skill must be a string, not an object', NULL),
    ($$aria_engine.focus_effective_settings('x', 'true')$$, 'invalid agent at $: it must be an object, not a boolean',
        NULL),
    ($$aria_engine.focus_effective_settings('x', '{}', '[1]')$$,
        'invalid request at $: it must be an object, not an array', NULL),
    ($$aria_engine.focus_effective_settings('x', '{"system_prompt": ["a"]}')$$,
        'invalid agent at $.system_prompt: system_prompt must be a string, not an array', NULL),
    ($$aria_engine.focus_effective_settings('x', '{"temperature": true}')$$,
        'invalid agent at $.temperature: temperature must be a number, not a boolean', NULL),
    ($$aria_engine.focus_effective_settings('x', to_jsonb(a)) FROM (SELECT 'NaN'::float8 AS temperature) AS a$$,
        'invalid agent at $.temperature: temperature must be finite, not NaN', NULL),
    ($$aria_engine.focus_effective_settings('x', '{"temperature": 1e400}')$$,
        'invalid agent at $.temperature: temperature 100000000000000000000000... is out of the range of double '
        'precision', NULL),
    ($$aria_engine.focus_effective_settings('x', '{"max_tokens": "800"}')$$,
        'invalid agent at $.max_tokens: max_tokens must be a number, not a string', NULL),
    ($$aria_engine.focus_effective_settings('x', '{"max_tokens": 800.5}')$$,
        'invalid agent at $.max_tokens: max_tokens 800.5 is not a whole number', NULL),
    ($$aria_engine.focus_effective_settings('x', '{"max_tokens": 2147483648}')$$,
        'invalid agent at $.max_tokens: max_tokens 2147483648 is out of the range of integer', NULL),
    ($$aria_engine.focus_effective_settings('x', '{"model": 4}')$$,
        'invalid agent at $.model: model must be a string, not a number', NULL),
    ($$aria_engine.focus_effective_settings('x', '{"skills": {}}')$$,
        'invalid agent at $.skills: skills must be an array, not an object', NULL),
    ($$aria_engine.focus_effective_settings('x', '{"skills": ["a", ["b"]]}')$$,
        'invalid agent at $.skills[1]: a skill must be a string, not an array', NULL),
    ($$aria_engine.focus_effective_settings('x', '{"model": 4, "skills": [1, "a", false]}')$$,
        'invalid agent at $.model: model must be a string, not a number (and 2 more problems)',
     E'$.model: model must be a string, not a number.\n$.skills[0]: a skill must be a string, not a number.\n'
     '$.skills[2]: a skill must be a string, not a boolean.'))
    AS e (call, message, detail);

-- --- one row, always; and what a focus that does not act says ----------------------------------------------------

INSERT INTO aria_engine.focus_profiles (focus_id, display_name, enabled, token_budget_hint)
    VALUES ('ops', 'Ops', true, 800), ('asleep', 'Asleep', false, 800);
SELECT results_eq(format('SELECT max_tokens, sources -> ''focus'' ->> ''state'', sources -> ''max_tokens'' '
    '->> ''words'' FROM aria_engine.focus_effective_settings(%L, ''{"max_tokens": 4096}'')', focus),
                  format('VALUES (%s, %L, %L)', max_tokens, state, words), 'focus ' || coalesce(focus, 'NULL'))
FROM (VALUES ('ops', 800, 'active', 'budget capped 4096 to 800'),
    ('asleep', 4096, 'disabled', 'the agent''s; focus "asleep" is disabled'),
    ('nobody', 4096, 'unknown', 'the agent''s; focus "nobody" is unknown'),
        (NULL, 4096, 'none', 'the agent''s; no focus')) AS f (focus, max_tokens, state, words);
SELECT results_eq('SELECT count(*), max(skills::text) FROM aria_engine.focus_effective_settings(NULL, NULL, NULL)',
    $$VALUES (1::bigint, '[]')$$, 'one row for nothing at all');
SELECT is((SELECT array_agg(k ORDER BY k) FROM aria_engine.focus_effective_settings('ops', '{}') AS s,
    jsonb_object_keys(s.sources) AS k),
          ARRAY['focus', 'max_tokens', 'model', 'skills', 'system_prompt', 'temperature'], 'the keys of sources');

-- The cached plan sees what the statement sees: own edits, rolled back ones, a table that was altered.
SAVEPOINT before;
UPDATE aria_engine.focus_profiles SET token_budget_hint = 700 WHERE focus_id = 'ops';
SELECT is((aria_engine.focus_effective_settings('ops', '{}')).max_tokens, 700, 'an own edit');
ALTER TABLE aria_engine.focus_profiles ADD COLUMN note text DEFAULT 'x';
SELECT is((aria_engine.focus_effective_settings('ops', '{}')).max_tokens, 700, 'after ALTER TABLE');
ROLLBACK TO before;
SELECT is((aria_engine.focus_effective_settings('ops', '{}')).max_tokens, 800, 'rolled back');

-- --- a plain SQL version ---------------------------------------------------------------------------------------------

-- The text without white space at its end, character by character.
CREATE FUNCTION pg_temp.trimmed(value text) RETURNS text LANGUAGE sql AS $$
    SELECT coalesce(string_agg(c, '' ORDER BY n) FILTER (WHERE n <= last), '')
    FROM (SELECT c, n, max(n) FILTER (WHERE ascii(c) NOT IN (9, 10, 11, 12, 13, 32, 133, 160, 5760, 8232, 8233, 8239,
        8287, 12288)
                                        AND ascii(c) NOT BETWEEN 8192 AND 8202) OVER () AS last
          FROM regexp_split_to_table(value, '') WITH ORDINALITY AS s (c, n) WHERE c <> '') AS characters
$$;

-- The settings, each by its rule, from a profile's row (NULL: none that acts).
CREATE FUNCTION pg_temp.plain_settings(p aria_engine.focus_profiles, agent jsonb, request jsonb)
    RETURNS TABLE (system_prompt text, temperature float8, max_tokens int, model text, skills jsonb)
    LANGUAGE plpgsql AS $$
DECLARE
    budget CONSTANT int := nullif(p.token_budget_hint, 0);
    merged jsonb := '[]';
    skill text;
BEGIN
    system_prompt := coalesce(request ->> 'system_prompt', agent ->> 'system_prompt');
    IF pg_temp.trimmed(p.system_prompt_addon) <> '' THEN
        system_prompt := CASE WHEN coalesce(pg_temp.trimmed(system_prompt), '') = '' THEN p.system_prompt_addon
                              ELSE pg_temp.trimmed(system_prompt) || E'\n\n---\n\n' || p.system_prompt_addon END;
    END IF;
    temperature := coalesce((request ->> 'temperature')::float8, (agent ->> 'temperature')::float8);
    IF p.temperature_delta <> 0 THEN
        temperature := CASE WHEN temperature + p.temperature_delta > 1 THEN 1
            WHEN temperature + p.temperature_delta < 0 THEN 0
                            ELSE (temperature + p.temperature_delta)::numeric::float8 END;
    END IF;
    max_tokens := coalesce(CASE WHEN (request ->> 'max_tokens')::int >= 1 THEN (request ->> 'max_tokens')::int END,
                           CASE WHEN (agent ->> 'max_tokens')::int >= 1 THEN (agent ->> 'max_tokens')::int END);
    IF max_tokens IS NULL OR max_tokens > budget THEN max_tokens := coalesce(budget, max_tokens); END IF;
    model := coalesce(nullif(request ->> 'model', ''), p.model_override, nullif(agent ->> 'model', ''));
    FOR skill IN
        SELECT s FROM (SELECT s, 1 AS part, n
            FROM jsonb_array_elements_text(nullif(agent -> 'skills', 'null')) WITH ORDINALITY AS a (s, n)
                       UNION ALL SELECT s, 2, n
                           FROM jsonb_array_elements_text(nullif(request -> 'skills', 'null')) WITH ORDINALITY AS a (s,
                           n)
                       UNION ALL SELECT s, 3, n
                           FROM jsonb_array_elements_text(p.auto_skills) WITH ORDINALITY AS a (s, n)) AS all_skills
        ORDER BY part, n
    LOOP
        IF NOT merged ? skill THEN merged := merged || to_jsonb(skill); END IF;
    END LOOP;
    skills := merged;
    RETURN NEXT;
END
$$;

-- One of some texts; a random document with some of the five keys, absent, null or given.
CREATE FUNCTION pg_temp.one_of(VARIADIC choices text[]) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT choices[1 + floor(random() * cardinality(choices))::int]
$$;
CREATE FUNCTION pg_temp.random_document() RETURNS jsonb LANGUAGE sql VOLATILE AS $$
    SELECT coalesce(jsonb_object_agg(key, value::jsonb), '{}')
    FROM (VALUES
        ('system_prompt', pg_temp.one_of('"You are A."', '"You are A. \n\u00a0"', '""', '" \t"', 'null', '"\u3000"',
            '"Été\u2028"')),
        ('temperature', pg_temp.one_of('0', '0.7', '1', '1.3', 'null', '-0.5', '0.05', '1e-3')),
        ('max_tokens', pg_temp.one_of('0', '-1', '1', '799', '800', '801', '4096', 'null', '2147483647')),
        ('model', pg_temp.one_of('"gpt"', '"qwen"', '""', 'null')),
        ('skills', pg_temp.one_of('[]', '["a"]', '["a", "b", "a"]', '["c", "b"]', 'null', '["", "é"]')),
        ('other', '{"temperature": "x"}')) AS keys (key, value)
    WHERE random() < 0.7
$$;
SELECT setseed(0.4271);
DELETE FROM aria_engine.focus_profiles;
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, enabled, system_prompt_addon, temperature_delta,
    token_budget_hint, model_override, auto_skills)
SELECT 'p' || i, 'P', random() < 0.8, pg_temp.one_of('Be brief.', ' Be brief. ', '', E' \n', NULL, E'\u00a0'),
    pg_temp.one_of('0', '0.1', '-0.2', '1', '-1', '0.3')::float8,
       pg_temp.one_of('0', '1', '800', '2000')::int, pg_temp.one_of('qwen', 'llama', NULL),
           pg_temp.one_of('[]', '["a"]', '["b", "z"]', '["é", "c"]')::jsonb
FROM generate_series(1, 40) AS i;
CREATE TEMP TABLE cases AS
SELECT i, CASE WHEN i % 20 <> 0 THEN 'p' || 1 + i % 45 END AS focus_id, pg_temp.random_document() AS agent,
    pg_temp.random_document() AS request FROM generate_series(1, 2000) AS i;
CREATE TEMP TABLE answers AS
SELECT c.*, p.focus_id IS NOT NULL AS acts, to_jsonb(plain) AS plain, to_jsonb(found) - 'sources' AS found,
    found.sources
FROM cases AS c
LEFT JOIN aria_engine.focus_profiles AS p ON p.focus_id = c.focus_id AND p.enabled
CROSS JOIN LATERAL pg_temp.plain_settings(p, c.agent, c.request) AS plain
CROSS JOIN LATERAL aria_engine.focus_effective_settings(c.focus_id, c.agent, c.request) AS found;
SELECT is((SELECT count(*) FROM answers WHERE found IS DISTINCT FROM plain), 0::bigint, 'as the plain version says');
SELECT is((SELECT format('%s %s %s: %s, not %s', focus_id, agent, request, found, plain) FROM answers
    WHERE found IS DISTINCT FROM plain ORDER BY i LIMIT 1), NULL, 'the first difference');
SELECT cmp_ok((SELECT count(*) FROM answers WHERE acts), '>', 1000::bigint, 'many of them under a focus that acts');

-- sources tell the truth: "focus" exactly where the focus changed the value, `before` what it was.
CREATE TEMP TABLE said AS
SELECT a.*, s.key, s.value ->> 'by' AS by, nullif(s.value -> 'before', 'null') AS before, s.value ->> 'words' AS words,
       nullif(a.found -> s.key, 'null') AS value, nullif(to_jsonb(base) -> s.key, 'null') AS base,
           nullif(to_jsonb(own) -> s.key, 'null') AS own
FROM answers AS a
CROSS JOIN LATERAL jsonb_each(a.sources - 'focus') AS s
CROSS JOIN LATERAL pg_temp.plain_settings(NULL, a.agent, a.request) AS base
CROSS JOIN LATERAL pg_temp.plain_settings(NULL, a.agent, '{}') AS own;
SELECT is((SELECT count(*) FROM said WHERE (by = 'focus') <> (value IS DISTINCT FROM base)), 0::bigint,
    'the focus decided where the value is another than without it');
SELECT is((SELECT count(*) FROM said WHERE by = 'focus' AND before IS DISTINCT FROM base), 0::bigint,
    'before is the value without the focus');
SELECT is((SELECT count(*) FROM said WHERE by = 'agent' AND value IS DISTINCT FROM own), 0::bigint,
    'what the agent decided is the agent''s');
SELECT is((SELECT count(*) FROM said WHERE by = 'request' AND key IN ('system_prompt', 'temperature', 'max_tokens')
    AND before IS DISTINCT FROM own), 0::bigint, 'what the request decided was the agent''s before');
SELECT is((SELECT count(*) FROM said WHERE by = 'nobody' AND coalesce(value, '[]') <> '[]'), 0::bigint,
    'where nobody decided there is nothing');
SELECT is((SELECT count(DISTINCT (key, by)) FROM said), 20::bigint, 'every decider of every setting was met');

SELECT * FROM finish();
ROLLBACK;
