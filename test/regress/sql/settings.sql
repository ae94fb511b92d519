-- Chapter settings: what an agent runs with under a focus.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS aria_focus;
RESET client_min_messages;
\pset null '(null)'
DELETE FROM aria_engine.focus_profiles;

SELECT proname, pg_get_function_arguments(oid) AS arguments, provolatile AS volatile, proisstrict AS strict,
       proparallel AS parallel, procost AS cost, prorows AS rows
FROM pg_proc
WHERE pronamespace = 'aria_engine'::regnamespace
  AND proname IN ('focus_compose_prompt', 'focus_temperature', 'focus_max_tokens', 'focus_skills',
      'focus_effective_settings', 'focus_voice')
ORDER BY proname COLLATE "C";

--
-- focus_compose_prompt
--
\pset format unaligned
SELECT to_json(base) AS base, to_json(addon) AS addon, to_json(aria_engine.focus_compose_prompt(base, addon)) AS prompt
FROM (VALUES ('Be kind.', 'Be brief.'), ('Be kind.', NULL), ('Be kind. ', ''), ('Be kind. ', E' \t\n'),
    (NULL, 'Be brief.'), ('', 'Be brief.'),
    (E' \n', ' Be brief. '), (NULL, NULL), (NULL, ' '), ('', NULL), (' ', ' '), (E'Be kind.\n\n \t\r', 'Be brief.'),
    (U&'Be kind.\00A0\3000\2028\0085', 'Be brief.'), ('Be kind.', U&'\3000\00A0'),
        (U&'Be kind.\200B ', 'Be brief.')) AS p (base, addon);
\pset format aligned

--
-- focus_temperature
--
SELECT base, delta, aria_engine.focus_temperature(base, delta) AS temperature
FROM (VALUES (0.7::float8, 0.1::float8), (0.7, -0.1), (0.7, 0), (0.7, NULL), (NULL, 0.1), (NULL, NULL), (1.3, 0),
    (1.3, NULL), (-2, 0), (-2, NULL),
    (0.7, -0.2), (0.1, 0.2), (1.3, 0.1), (1.3, -0.1), (1.3, -0.4), (0.9, 0.3), (0.1, -0.2), (0, -1), (0, 1), (1, -1),
        (0.5, 0.5), (2, -0.25),
    ('NaN', 0.1), ('NaN', NULL), (0.5, 'NaN'), ('Infinity', 0.1), ('Infinity', 0), ('-Infinity', 0.1),
        (0.5, 'Infinity'), (0.5, '-Infinity'),
    ('Infinity', '-Infinity'), (1.7e308, 1.7e308), (-1.7e308, -1.7e308), (1e308, -1.1e308)) AS t (base, delta);

--
-- focus_max_tokens
--
SELECT requested, budget, aria_engine.focus_max_tokens(requested, budget) AS max_tokens
FROM (VALUES (500, NULL::int), (NULL, NULL), (2000, 800), (500, 800), (NULL, 800), (2000, 0), (NULL, 0), (800, 800),
    (0, 800), (2147483647, 2147483646),
    (-1, 800), (-1, NULL), (0, NULL), (500, -1), (5000000000, 800))
    AS t (requested, budget);
-- More than an integer holds is no ceiling.
SELECT aria_engine.focus_max_tokens(5000000000, NULL);

--
-- focus_skills
--
SELECT own, auto, aria_engine.focus_skills(own, auto) AS skills
FROM (VALUES ('["b", "a"]'::jsonb, '["c", "a"]'::jsonb), ('["a", "a"]', '["a"]'), ('[]', '["x"]'), ('["x"]', '[]'),
    (NULL, '["x"]'), ('["x"]', NULL),
    (NULL, NULL), ('null', 'null'), ('["a", null, "b"]', '[null]'), ('["A", "a", "", " "]', '["é", "e"]')) AS s (own,
        auto);
SELECT aria_engine.focus_skills('{"a": 1}', '[]');
SELECT aria_engine.focus_skills('"a"', '[]');
SELECT aria_engine.focus_skills('["a", 7]', '[]');
SELECT aria_engine.focus_skills('["a"]', '[["a"], {}, true]');

--
-- focus_effective_settings
--
INSERT INTO aria_engine.focus_profiles
    (focus_id, display_name, enabled, system_prompt_addon, temperature_delta, token_budget_hint, model_override,
        auto_skills) VALUES
('ops', 'Ops', true, 'Name the risk first.', -0.25, 800, 'qwen', '["deploy", "llm"]'),
('calm', 'Calm', true, NULL, 0, 0, NULL, '[]'),
('blank', 'Blank', true, E' \n', 0, 0, NULL, '[]'),
('warm', 'Warm', true, NULL, 0.5, 0, NULL, '[]'),
('asleep', 'Asleep', false, 'Never said.', -1, 1, 'never', '["never"]');

CREATE TEMP TABLE agents (name text, agent jsonb);
INSERT INTO agents VALUES
('full', '{"agent_id": 7, "system_prompt": "You are A. ", "temperature": 0.75, "max_tokens": 4096, "model": "gpt", '
    '"skills": ["goals", "llm"], "created_at": "2026-01-01"}'),
('empty', '{}'),
('hot', '{"temperature": 1.3, "max_tokens": 500, "model": "", "skills": []}');

\pset format unaligned
SELECT focus, name, to_json(system_prompt) AS system_prompt, temperature, max_tokens, model, skills
FROM agents, unnest(ARRAY['ops', 'calm', 'blank', 'warm', 'asleep', 'nobody', '', NULL]) WITH ORDINALITY AS f (focus,
    n),
     aria_engine.focus_effective_settings(focus, agent)
ORDER BY name, n;
-- Who decided, what it was before, in words.
SELECT focus, name, key, value ->> 'by' AS by, value ->> 'before' AS before, value ->> 'words' AS words
FROM agents, unnest(ARRAY['ops', 'calm', 'warm', 'asleep', 'nobody', NULL]) WITH ORDINALITY AS f (focus, n),
     aria_engine.focus_effective_settings(focus, agent) AS s, jsonb_each(s.sources) WITH ORDINALITY AS e (key, value, k)
WHERE key <> 'focus'
ORDER BY name, n, k;
SELECT focus, sources -> 'focus' AS focus
    FROM unnest(ARRAY['ops', 'asleep', 'nobody', '', NULL]) WITH ORDINALITY AS f (focus, n),
     aria_engine.focus_effective_settings(focus, '{}') ORDER BY n;
-- A request goes before the agent; the ceiling holds for it too.
SELECT request, system_prompt IS NOT DISTINCT FROM 'You are A.' || E'\n\n---\n\nName the risk first.' AS own_prompt,
    temperature, max_tokens, model, skills
FROM agents, (VALUES ('{}'::jsonb), (NULL), ('null'),
    ('{"temperature": null, "max_tokens": null, "model": null, "skills": null, "system_prompt": null}'),
    ('{"temperature": 0.5, "max_tokens": 2000, "model": "mine", "skills": ["web", "llm"], "system_prompt": "You are '
        'B."}'), ('{"max_tokens": 100, "model": ""}'), ('{"max_tokens": -1}'),
    ('{"max_tokens": 1e3, "temperature": 0}')) AS r (request),
     aria_engine.focus_effective_settings('ops', agent, request)
WHERE name = 'full';
SELECT key, value ->> 'by' AS by, value ->> 'before' AS before, value ->> 'words' AS words
FROM aria_engine.focus_effective_settings('ops',
    '{"system_prompt": "A", "temperature": 0.75, "max_tokens": 4096, "model": "gpt", "skills": ["goals"]}',
    '{"system_prompt": "B", "temperature": 0.125, "max_tokens": 2000, "model": "mine", "skills": ["web"]}') AS s,
        jsonb_each(s.sources)
WHERE key <> 'focus';
SELECT key, value ->> 'by' AS by, value ->> 'before' AS before, value ->> 'words' AS words
FROM aria_engine.focus_effective_settings(NULL,
    '{"system_prompt": "A", "temperature": 0.75, "max_tokens": 4096, "model": "gpt", "skills": ["goals"]}',
    '{"system_prompt": "B", "temperature": 0.125, "max_tokens": 2000, "model": "mine", "skills": ["web", "goals"]}')
        AS s, jsonb_each(s.sources)
WHERE key <> 'focus';
\pset format aligned

-- Wrong types: all of one document at once, with their paths.
SELECT * FROM aria_engine.focus_effective_settings('ops',
    '{"system_prompt": 1, "temperature": "0.5", "max_tokens": 1.5, "model": [], "skills": [7]}');
SELECT * FROM aria_engine.focus_effective_settings('ops', '{}', '{"temperature": 1e400}');
SELECT * FROM aria_engine.focus_effective_settings('ops', '{}', '{"max_tokens": 3000000000}');
SELECT * FROM aria_engine.focus_effective_settings('ops', '[]');
SELECT * FROM aria_engine.focus_effective_settings('ops', '{}', '"x"');
SELECT * FROM aria_engine.focus_effective_settings(NULL, '{"skills": "llm"}');

-- A whole row of an application's table will do.
CREATE TEMP TABLE agent_state (
    id bigint, agent_uuid uuid, focus_type varchar(50), system_prompt text, temperature numeric(3, 2),
        max_tokens bigint, model varchar(80),
    skills text[], seen timestamptz, settings jsonb);
INSERT INTO agent_state VALUES
(1, '00000000-0000-0000-0000-000000000001', 'ops', 'You are A.', 0.80, 4096, 'gpt', ARRAY['goals', 'llm'],
    '2026-01-01', '{"a": {"temperature": "x"}}'),
(2, '00000000-0000-0000-0000-000000000002', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
SELECT a.id, s.system_prompt, s.temperature, s.max_tokens, s.model, s.skills
FROM agent_state AS a, aria_engine.focus_effective_settings(a.focus_type, to_jsonb(a)) AS s ORDER BY a.id;

-- An edit counts with the next statement; a read-only transaction will do.
UPDATE aria_engine.focus_profiles SET token_budget_hint = 900 WHERE focus_id = 'ops';
BEGIN TRANSACTION READ ONLY;
SELECT max_tokens FROM aria_engine.focus_effective_settings('ops', '{"max_tokens": 4096}');
COMMIT;

--
-- focus_voice: tone and style as one line, alone and in the prompt
--
INSERT INTO aria_engine.focus_tones (tone, description) VALUES ('dry', E' few words,\n\tno  jokes '), ('odd', NULL);
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, tone, style, enabled, system_prompt_addon) VALUES
('v-warm', 'V', 'warm', 'concise', true, 'Be kind.'), ('v-dry', 'V', 'dry', 'socratic', true, ' '),
('v-odd', 'V', 'odd', 'narrative', true, NULL), ('v-asleep', 'V', 'warm', 'concise', false, 'Sleep.');
\pset format unaligned
SELECT id, aria_engine.focus_voice(id) AS voice
FROM unnest(ARRAY['v-warm', 'v-dry', 'v-odd', 'v-asleep', 'v-none', NULL]) WITH ORDINALITY AS u (id, n) ORDER BY n;
SELECT id, s.system_prompt, s.sources -> 'system_prompt' ->> 'words' AS words
FROM unnest(ARRAY['v-warm', 'v-dry', 'v-odd', 'v-asleep', 'v-none', NULL]) WITH ORDINALITY AS u (id, n),
    aria_engine.focus_effective_settings(id, '{"system_prompt": "You are A."}', voice => true) AS s ORDER BY n;
SELECT system_prompt, sources -> 'system_prompt' ->> 'words' AS words
FROM aria_engine.focus_effective_settings('v-dry', NULL, NULL, true);
SELECT v, s.system_prompt FROM unnest(ARRAY[false, NULL]) AS v,
    aria_engine.focus_effective_settings('v-warm', '{"system_prompt": "You are A."}', '{}', v) AS s;
\pset format aligned

DELETE FROM aria_engine.focus_profiles;
DELETE FROM aria_engine.focus_tones WHERE NOT builtin;
