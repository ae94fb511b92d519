-- Delegation: errors with SQLSTATE, message and path; caps, ties and cycles; plain SQL versions that random teams and
-- messages are compared with; ten thousand agents; an application's table and its foreign key.
BEGIN;
\ir lib/attempt.sql
SELECT plan(92);
DELETE FROM aria_engine.focus_profiles;
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, delegation_level, enabled, token_budget_hint,
    model_override, expertise_keywords) VALUES
('boss', 'Boss', 1, true, 2000, NULL, '["plan"]'), ('chief', 'Chief', 1, true, 0, 'opus', '["goal", "plan"]'),
('ops', 'Ops', 2, true, 1500, 'qwen', '["deploy", {"keyword": "docker", "weight": 0.5}, {"keyword": "poem", "weight": '
    '-1}]'),
('data', 'Data', 2, true, 700, NULL, '["schema", "docker"]'), ('mute', 'Mute', 2, true, 800, NULL, '[]'),
('scout', 'Scout', 3, true, 3000, NULL, '["find"]'), ('asleep', 'Asleep', 1, false, 1, 'never', '["deploy"]');

-- --- errors ---------------------------------------------------------------------------------------------------

SELECT results_eq(format('SELECT state, message, detail FROM pg_temp.attempt(%L)',
    'SELECT * FROM aria_engine.' || call),
                  format('VALUES (''22023'', %L, %L)', message, substr(message, strpos(message, '$')) || '.'), call)
FROM (VALUES
    ($$focus_agent_scores('x', '{}')$$, 'invalid agents at $: it must be an array, not an object'),
    ($$focus_agent_scores('x', '7')$$, 'invalid agents at $: it must be an array, not a number'),
    ($$focus_agent_scores('x', '[[]]')$$, 'invalid agents at $[0]: an agent must be an object, not an array'),
    ($$focus_agent_scores('x', '[null]')$$, 'invalid agents at $[0]: an agent must be an object, not null'),
    ($$focus_agent_scores('x', '[{"agent_id": "a"}, {"agent_id": null}]')$$,
        'invalid agents at $[1].agent_id: agent_id is missing'),
    ($$focus_agent_scores('x', '[{"agent_id": true}]')$$,
        'invalid agents at $[0].agent_id: agent_id must be a string, not a boolean'),
    ($$focus_agent_scores('x', '[{"agent_id": 1, "focus_type": []}]')$$,
        'invalid agents at $[0].focus_type: focus_type must be a string, not an array'),
    ($$focus_agent_scores('x', '[{"agent_id": 1, "status": 5}]')$$,
        'invalid agents at $[0].status: status must be a string, not a number'),
    ($$focus_agent_scores('x', '[{"agent_id": 1, "enabled": "true"}]')$$,
        'invalid agents at $[0].enabled: enabled must be a boolean, not a string'),
    ($$focus_agent_scores('x', '[{"agent_id": 1}, {"agent_id": 2}, {"agent_id": 3},
        {"agent_id": 4, "pheromone_score": "0.5"}]')$$,
     'invalid agents at $[3].pheromone_score: pheromone_score must be a number, not a string'),
    ($$focus_agent_scores('x', (SELECT jsonb_agg(to_jsonb(a))
        FROM (SELECT 1 AS agent_id, 'NaN'::float8 AS pheromone_score) AS a))$$,
     'invalid agents at $[0].pheromone_score: pheromone_score must be finite, not NaN'),
    ($$focus_agent_scores('x', (SELECT jsonb_agg(to_jsonb(a))
        FROM (SELECT 1 AS agent_id, '-Infinity'::float8 AS recent_success_rate) AS a))$$,
     'invalid agents at $[0].recent_success_rate: recent_success_rate must be finite, not -Infinity'),
    ($$focus_agent_scores('x', '[{"agent_id": 1, "consecutive_failures": 1e400}]')$$,
     'invalid agents at $[0].consecutive_failures: consecutive_failures 100000000000000000000000... is out of the '
     'range of double precision'),
    ($$focus_select_agents('x', '[{"agent_id": 1, "pheromone_score": {}}]')$$,
        'invalid agents at $[0].pheromone_score: pheromone_score must be a number, not an object'),
    ($$focus_fallback_chain('x', '[{"agent_id": 1, "model": 1}]')$$,
        'invalid agents at $[0].model: model must be a string, not a number'),
    ($$focus_fallback_chain('x', '[{"agent_id": 1, "fallback_model": false}]')$$,
        'invalid agents at $[0].fallback_model: fallback_model must be a string, not a boolean'),
    ($$focus_fallback_chain('x', '[{"agent_id": 1, "parent_agent_id": []}]')$$,
        'invalid agents at $[0].parent_agent_id: parent_agent_id must be a string, not an array'))
    AS e (call, message);
SELECT results_eq(format('SELECT state, message, hint FROM pg_temp.attempt(%L)',
    format('SELECT * FROM aria_engine.focus_select_agents(''x'', ''[]'', %s)', most)),
                  format('VALUES (''22023'', ''max_agents must be at least 1, not %s'', ''Leave it out, or pass NULL, '
                      'to get up to 5.'')', most), 'max_agents ' || most)
FROM unnest(ARRAY[0, -1]) AS most;
SELECT results_eq($$SELECT state, message
    FROM pg_temp.attempt('SELECT * FROM aria_engine.focus_dangling(''aria_engine.focus_profiles'', ''no such'')')$$,
                  $$VALUES ('42703', 'column "no such" of "aria_engine.focus_profiles" does not exist')$$,
                      'focus_dangling on a column that is not there');
-- Every problem at once, up to a hundred lines.
SELECT is((SELECT count(*) FROM pg_temp.attempt(
    $$SELECT * FROM aria_engine.focus_agent_scores('x', (SELECT jsonb_agg('{}'::jsonb) FROM generate_series(1, 250)))$$)
    AS a,
           regexp_split_to_table(a.detail, E'\n') AS line WHERE line ~ '^\$\[\d+\]\.agent_id: agent_id is missing\.$'),
               100::bigint, 'a hundred problems are listed');
SELECT matches((pg_temp.attempt($$SELECT *
    FROM aria_engine.focus_agent_scores('x', (SELECT jsonb_agg('{}'::jsonb) FROM generate_series(1, 250)))$$)).detail,
               E'\n\\.\\.\\. and 150 more\\.$', 'and the others counted');

-- --- nothing --------------------------------------------------------------------------------------------------

SELECT is_empty('SELECT * FROM aria_engine.' || call, 'no rows: ' || call)
FROM (VALUES ($$focus_agent_scores(NULL, '[{"agent_id": 1}]')$$), ($$focus_agent_scores('x', NULL)$$),
    ($$focus_agent_scores('x', '[]')$$), ($$focus_agent_scores('x', 'null')$$),
    ($$focus_select_agents(NULL, '[{"agent_id": 1}]')$$), ($$focus_select_agents('x', NULL)$$),
        ($$focus_select_agents('x', '[]')$$), ($$focus_select_agents('x', 'null')$$),
    ($$focus_fallback_chain(NULL, '[{"agent_id": 1}]')$$), ($$focus_fallback_chain('x', NULL)$$),
        ($$focus_dangling(NULL, 'x')$$)) AS e (call);
SELECT results_eq($$SELECT * FROM aria_engine.focus_escalation(NULL)$$,
    $$VALUES (NULL::boolean, NULL::float8, NULL::text, NULL::text[], NULL::text[])$$,
    'focus_escalation: one row of NULLs');
SELECT results_eq($$SELECT * FROM aria_engine.focus_escalation('')$$,
    $$VALUES (false, 0::float8, NULL::text, '{}'::text[], '{}'::text[])$$, 'focus_escalation of nothing');
SELECT results_eq($$SELECT * FROM aria_engine.focus_fallback_chain('x', 'null')$$,
    $$VALUES (1, 'x', NULL::text, 'unknown agent')$$, 'focus_fallback_chain of an unknown agent');

-- An agent's id may be a number on either side; a parameter of no type is a text.
SELECT results_eq('SELECT agent_id, model FROM aria_engine.' || call, $$VALUES ('7', 'm')$$, call)
FROM (VALUES ($$focus_fallback_chain(7, '[{"agent_id": 7, "model": "m"}]')$$),
    ($$focus_fallback_chain(7::bigint, '[{"agent_id": "7", "model": "m"}]')$$),
    ($$focus_fallback_chain('7', '[{"agent_id": 7, "model": "m"}]')$$)) AS e (call);
-- A key that is often written for another is no silent default.
SELECT results_eq(format('SELECT message, detail, hint FROM pg_temp.attempt(%L)',
    format('SELECT * FROM aria_engine.focus_agent_scores(''x'', %L)', agents)),
    format('VALUES (%L, %L, %L)', format('invalid agents at $[0].%s: key "%1$s" is none of an agent', written),
           format('$[0].%s: key "%1$s" is none of an agent. Did you mean "%s"?', written, meant),
               format('Did you mean "%s"?', meant)), agents)
FROM (VALUES ('id', 'agent_id', '[{"id": 7}]'),
    ('success_rate', 'recent_success_rate', '[{"agent_id": 1, "success_rate": 0.9}]'),
    ('focus', 'focus_type', '[{"agent_id": 1, "focus": "ops", "focusType": "x"}]')) AS v (written, meant, agents);
SELECT is((SELECT pheromone FROM aria_engine.focus_agent_scores('x',
    '[{"agent_id": 1, "id": 2, "pheromone": 0.1, "pheromone_score": 0.9}]')),
    0.9::float8, 'beside the right key it is not looked at');

-- --- small functions --------------------------------------------------------------------------------------------

SELECT is(aria_engine.focus_context_cap(ids, cap), expected, format('context_cap(%s, %s)', ids, cap))
FROM (VALUES (ARRAY['ops', 'data'], 2000, 700), (ARRAY['chief'], 2000, 2000), (ARRAY['chief', 'scout'], 2000, 3000),
    (ARRAY['asleep', 'nobody', NULL], 1234, 1234),
    (ARRAY[]::text[], 2000, 2000), (NULL, 2000, 2000), (NULL, NULL, NULL), (ARRAY['mute'], NULL, 800)) AS c (ids, cap,
        expected);
SELECT is(aria_engine.focus_context_cap(ARRAY['nobody']), 2000, 'the default cap');
SELECT is(aria_engine.focus_swarm_weight(p, s, e), expected, format('swarm_weight(%s, %s, %s)', p, s, e))
FROM (VALUES (0.5::float8, 1::float8, 3::float8, 0.65::float8), (0.5, 1, 0, 0.5), (0.5, 1, -2, 0.5),
    (0.5, 1, NULL, 0.5), (NULL, 1, 1, NULL), (0.5, NULL, 1, NULL),
    (0.5, 1, 'NaN', 0.5)) AS w (p, s, e, expected);
SELECT is(aria_engine.focus_nearest(name, ARRAY['devsecops', 'data']), expected, 'nearest to ' || name)
FROM (VALUES ('devsecop', 'devsecops'), ('dveesecops', 'devsecops'), ('dta', 'data'), ('dev', NULL),
    ('DATA', NULL)) AS n (name, expected);

-- --- plain SQL versions on random teams -------------------------------------------------------------------------

CREATE FUNCTION pg_temp.one_of(VARIADIC choices text[]) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT choices[1 + floor(random() * cardinality(choices))::int]
$$;
-- A team of up to twelve; few different values, so that ties are common; some keys absent or null.
CREATE FUNCTION pg_temp.random_team() RETURNS jsonb LANGUAGE sql VOLATILE AS $$
    SELECT coalesce(jsonb_agg(agent ORDER BY random()), '[]')
    FROM (SELECT jsonb_build_object('agent_id', CASE WHEN random() < 0.2 THEN to_jsonb(n)
        ELSE to_jsonb(chr(96 + n)) END)
                 || coalesce((SELECT jsonb_object_agg(key, value::jsonb) FROM (VALUES
                        ('focus_type', pg_temp.one_of('"boss"', '"chief"', '"ops"', '"data"', '"mute"', '"scout"',
                            '"scout"', '"ops"', '"asleep"', '"nobody"', 'null')),
                        ('status', pg_temp.one_of('"idle"', '"idle"', '"idle"', '"busy"', '"error"', '"error"',
                            '"disabled"', '"offline"', '"dancing"', 'null')),
                        ('enabled', pg_temp.one_of('true', 'true', 'true', 'false', 'null')),
                        ('pheromone_score', pg_temp.one_of('0', '0.5', '0.9', 'null')),
                        ('consecutive_failures', pg_temp.one_of('0', '1', '4', '5', '100', 'null')),
                        ('recent_success_rate', pg_temp.one_of('0', '0.25', '1', 'null')),
                        ('model', pg_temp.one_of('"m1"', '"m2"', '""', 'null')),
                        ('fallback_model', pg_temp.one_of('"m1"', '"m3"', '""', 'null')),
                        ('parent_agent_id', pg_temp.one_of('"a"', '"b"', '"c"', '"d"', '1', '2', 'null'))) AS keys (key,
                            value) WHERE random() < 0.8), '{}') AS agent
          FROM generate_series(1, floor(random() * 13)::int) AS n OFFSET 0) AS team
$$;

-- The agents as rows, with defaults, scores and what the message says of their focus.
CREATE FUNCTION pg_temp.plain_agents(message text, agents jsonb)
    RETURNS TABLE (n bigint, id text, focus text, level int, evidence float8, status text, takes_part boolean,
        pheromone float8, specialty float8, load float8, recency float8)
    LANGUAGE sql AS $$
    SELECT a.n, a.agent ->> 'agent_id', p.focus_id, coalesce(p.delegation_level, 2), coalesce(r.evidence, 0),
           coalesce(a.agent ->> 'status', 'idle'),
           coalesce(a.agent ->> 'status', 'idle') NOT IN ('disabled', 'offline')
               AND coalesce((a.agent ->> 'enabled')::boolean, true),
           coalesce((a.agent ->> 'pheromone_score')::float8, 0.5),
           CASE WHEN p.focus_id IS NULL OR p.expertise_keywords = '[]' THEN 0.3 ELSE CASE WHEN r.evidence > 0
               THEN r.score ELSE 0.1 END END,
           CASE a.agent ->> 'status' WHEN 'error' THEN 0.1 WHEN 'busy' THEN 0.3
                ELSE (1 - least(0.1::float8 * coalesce((a.agent ->> 'consecutive_failures')::float8, 0),
                    0.5))::numeric::float8 END,
           coalesce((a.agent ->> 'recent_success_rate')::float8, 0.5)
    FROM jsonb_array_elements(agents) WITH ORDINALITY AS a (agent, n)
    LEFT JOIN aria_engine.focus_profiles AS p ON p.focus_id = a.agent ->> 'focus_type' AND p.enabled
    LEFT JOIN aria_engine.focus_rank(message) AS r ON r.focus_id = p.focus_id
$$;

SELECT setseed(0.1789);
CREATE TEMP TABLE cases AS
SELECT i, pg_temp.random_team() AS agents, 1 + floor(random() * 8)::int AS most,
       pg_temp.one_of('deploy docker', 'docker', 'find a schema', 'a plan for the docker schema', 'a goal', 'a poem',
           'find docker and deploy', 'hello', '') AS message
FROM generate_series(1, 600) AS i;

-- Scores: the same rows in the same order.
CREATE TEMP TABLE scores AS
SELECT c.i,
    (SELECT array_agg(format('%s %s %s %s %s %s', s.agent_id, s.total, s.pheromone, s.specialty, s.load, s.recency)
        ORDER BY s.ordinality)
     FROM aria_engine.focus_agent_scores(c.message, c.agents) WITH ORDINALITY AS s) AS found,
    (SELECT array_agg(format('%s %s %s %s %s %s', a.id, a.total, a.pheromone, a.specialty, a.load, a.recency)
        ORDER BY a.total DESC NULLS LAST, CASE WHEN takes_part THEN a.evidence END DESC, a.id COLLATE "C", a.n)
     FROM (SELECT *, CASE WHEN takes_part
         THEN (0.35 * pheromone + 0.30 * specialty + 0.20 * load + 0.15 * recency)::numeric::float8 END AS total
           FROM pg_temp.plain_agents(c.message, c.agents)) AS a) AS plain
FROM cases AS c;
SELECT is((SELECT count(*) FROM scores WHERE found IS DISTINCT FROM plain), 0::bigint,
    'focus_agent_scores is as the plain version says');
SELECT is((SELECT format('%s: %s, not %s', i, found, plain) FROM scores WHERE found IS DISTINCT FROM plain
    ORDER BY i LIMIT 1), NULL, 'the first difference');
SELECT is((SELECT count(*) FROM cases AS c, aria_engine.focus_agent_scores(c.message, c.agents) AS s
    WHERE (s.excluded IS NULL) <> (s.total IS NOT NULL)), 0::bigint, 'excluded says why there is no total');
SELECT is((SELECT array_agg(DISTINCT s.excluded ORDER BY s.excluded) FROM cases AS c,
    aria_engine.focus_agent_scores(c.message, c.agents) AS s), ARRAY['disabled', 'not enabled', 'offline', NULL],
    'the reasons');

-- The selection: rank by rank.
CREATE TEMP TABLE selections AS
SELECT c.*,
    (SELECT array_agg(format('%s %s %s %s %s %s', s.agent_id, s.focus_id, s.delegation_level, s.evidence, s.score,
        s.reason) ORDER BY s.place)
     FROM aria_engine.focus_select_agents(c.message, c.agents, c.most) AS s) AS found,
    (WITH ranked AS (
         SELECT *, (0.35 * pheromone + 0.30 * specialty + 0.20 * load + 0.15 * recency)::numeric::float8 AS total,
                row_number() OVER (PARTITION BY level, level = 1 OR evidence > 0 ORDER BY status = 'error',
                    evidence DESC, pheromone DESC, id COLLATE "C", n) AS nth
         FROM pg_temp.plain_agents(c.message, c.agents) WHERE takes_part),
     chosen AS (
         SELECT *, CASE level WHEN 1 THEN 'initiator' WHEN 2 THEN 'specialist' ELSE 'ephemeral' END AS reason
             FROM ranked
         WHERE (level = 1 AND nth = 1) OR (level = 2 AND evidence > 0 AND nth <= 3)
             OR (level = 3 AND evidence > 0 AND nth <= 2)),
     filled AS (
         SELECT * FROM chosen
         UNION ALL (SELECT *, 'filler' FROM ranked WHERE level = 2 AND evidence <= 0
             AND status NOT IN ('busy', 'error') AND (SELECT count(*) FROM chosen) < 2
                    ORDER BY evidence DESC, pheromone DESC, id COLLATE "C", n LIMIT 1))
     SELECT array_agg(format('%s %s %s %s %s %s', id, focus, level, evidence, total, reason) ORDER BY place)
     FROM (SELECT *, row_number() OVER (ORDER BY level, reason = 'filler', nth) AS place FROM filled) AS f
         WHERE place <= c.most) AS plain
FROM cases AS c;
SELECT is((SELECT count(*) FROM selections WHERE found IS DISTINCT FROM plain), 0::bigint,
    'focus_select_agents is as the plain version says');
SELECT is((SELECT format('%s %s: %s, not %s', i, message, found, plain) FROM selections WHERE found IS DISTINCT
    FROM plain ORDER BY i LIMIT 1), NULL, 'the first difference');
SELECT is((SELECT count(*) FROM (
    SELECT c.i FROM cases AS c, aria_engine.focus_select_agents(c.message, c.agents, c.most) AS s GROUP BY c.i, c.most
    HAVING count(*) > c.most OR count(*) FILTER (WHERE s.reason = 'initiator') > 1
        OR count(*) FILTER (WHERE s.reason = 'specialist') > 3
        OR count(*) FILTER (WHERE s.reason = 'ephemeral') > 2 OR count(*) FILTER (WHERE s.reason = 'filler') > 1
            OR count(DISTINCT s.agent_id) < count(*)
        OR max(s.place) <> count(*) OR min(s.place) <> 1 OR count(DISTINCT s.place) <> count(*)) AS broken), 0::bigint,
            'the caps hold');
SELECT is((SELECT count(DISTINCT s.reason) FROM cases AS c, aria_engine.focus_select_agents(c.message, c.agents) AS s),
    4::bigint, 'every seat was taken');

-- The chain: up the parents, never twice to one.
CREATE TEMP TABLE chains AS
SELECT c.i, s.start,
    (SELECT array_agg(format('%s %s %s', f.agent_id, f.model, f.source) ORDER BY f.step)
        FROM aria_engine.focus_fallback_chain(s.start, c.agents) AS f) AS found,
    (WITH RECURSIVE agent AS (
         SELECT DISTINCT ON (a.agent ->> 'agent_id') a.agent ->> 'agent_id' AS id, a.agent
             FROM jsonb_array_elements(c.agents) WITH ORDINALITY AS a (agent, n) ORDER BY 1, a.n),
     line AS (
         SELECT a.*, 1 AS depth, ARRAY[a.id] AS seen FROM agent AS a WHERE a.id = s.start
         UNION ALL SELECT a.*, l.depth + 1, l.seen || a.id FROM line AS l
             JOIN agent AS a ON a.id = l.agent ->> 'parent_agent_id' WHERE a.id <> ALL (l.seen)),
     step AS (
         SELECT l.id, l.depth, m.part, m.source, m.model
         FROM line AS l LEFT JOIN aria_engine.focus_profiles AS p ON p.focus_id = l.agent ->> 'focus_type' AND p.enabled
         CROSS JOIN LATERAL (VALUES (1, 'model_override', p.model_override::text), (2, 'model', l.agent ->> 'model'),
             (3, 'fallback_model', CASE WHEN l.agent ->> 'fallback_model' IS DISTINCT FROM l.agent ->> 'model'
                 THEN l.agent ->> 'fallback_model' END)) AS m (part, source, model)
         WHERE m.model <> '')
     SELECT coalesce(array_agg(format('%s %s %s', id, model, source) ORDER BY depth, part),
                     ARRAY[format('%s  %s', s.start, CASE WHEN EXISTS (SELECT FROM line) THEN 'no model'
                         ELSE 'unknown agent' END)]) FROM step) AS plain
FROM cases AS c, unnest(ARRAY['a', '1', 'd']) AS s (start);
SELECT is((SELECT count(*) FROM chains WHERE found IS DISTINCT FROM plain), 0::bigint,
    'focus_fallback_chain is as the plain version says');
SELECT is((SELECT format('%s %s: %s, not %s', i, start, found, plain) FROM chains WHERE found IS DISTINCT FROM plain
    ORDER BY i LIMIT 1), NULL, 'the first difference');
SELECT cmp_ok((SELECT count(*) FROM chains WHERE cardinality(found) > 3), '>', 25::bigint, 'with long ones among them');

-- The escalation: its parts add up, and the limit holds.
CREATE TEMP TABLE messages AS
SELECT (SELECT string_agg(pg_temp.one_of('discuss', 'swarm', 'compare', 'versus', 'should we', 'architecture',
    'suggest', 'your opinion', 'also', 'end-to-end', 'deploy', 'docker',
                                         'schema', 'find', 'plan', 'vote', 'word', 'two words', 'x'), ' ')
                                             FROM generate_series(0, (i % 9) * (i % 11))) AS message
FROM generate_series(1, 1000) AS i;
CREATE TEMP TABLE judged AS
SELECT m.message, e.*, (SELECT coalesce(sum(substring(r FROM '-?[0-9.]+$')::numeric), 0)
    FROM unnest(e.reasons) AS r) AS parts
FROM messages AS m, aria_engine.focus_escalation(m.message) AS e;
SELECT is((SELECT count(*) FROM judged WHERE score::numeric <> parts), 0::bigint,
    'the parts of focus_escalation add up');
SELECT is((SELECT count(*) FROM judged WHERE should_escalate <> (score >= 0.6) OR should_escalate <> (mode IS NOT NULL)
    OR score > 1), 0::bigint, 'it escalates from 0.6 on, with a mode, up to 1');
SELECT is((SELECT count(*) FROM judged WHERE domains <> ARRAY(SELECT r.focus_id
    FROM aria_engine.focus_rank(message) AS r WHERE r.evidence >= 1 ORDER BY r.rank)), 0::bigint, 'domains by rank');
SELECT is((SELECT count(DISTINCT split_part(r, ' ', 1)) FROM judged, unnest(reasons) AS r), 8::bigint,
    'every part was met');

-- --- ten thousand agents -------------------------------------------------------------------------------------------

CREATE TEMP TABLE agent_state AS
SELECT i AS id, md5(i::text)::uuid AS agent_id,
    (ARRAY['ops', 'data', 'boss', 'scout', 'nobody', NULL])[1 + i % 6] AS focus_type,
    (ARRAY['idle', 'busy', 'error', 'offline'])[1 + i % 4] AS status,
       true AS enabled, (i % 1000 / 1000.0)::numeric(6, 4) AS pheromone_score, i % 7 AS consecutive_failures,
           (i % 10 / 10.0)::real AS recent_success_rate, 'gpt-' || i % 4 AS model, 'fb' AS fallback_model,
       md5((CASE i WHEN 1 THEN 10000 ELSE i / 2 END)::text)::uuid AS parent_agent_id, now() AS created_at,
           now()::timestamp AS updated_at, '{"a": [1, 2, 3]}'::jsonb AS metadata, 'You are an agent.' AS system_prompt,
       0.7 AS temperature, 2000 AS max_tokens, ARRAY['a', 'b'] AS skills, '10.0.0.1'::inet AS address,
           interval '1 day' AS period, '\x00ff'::bytea AS raw
FROM generate_series(1, 10000) AS i;
CREATE TEMP TABLE everyone AS SELECT jsonb_agg(to_jsonb(a)) AS agents FROM agent_state AS a;
SELECT results_eq($$SELECT count(*), count(total), count(DISTINCT agent_id) FROM everyone,
    aria_engine.focus_agent_scores('deploy', agents)$$, $$VALUES (10000::bigint, 7500::bigint,
    10000::bigint)$$, 'all are scored');
SELECT is((SELECT count(DISTINCT agent_id) FROM everyone,
    aria_engine.focus_fallback_chain(md5('10000')::uuid::text, agents)), 14::bigint,
    'from the last one up to the first, who is its child');

-- --- an application's foreign key ------------------------------------------------------------------------------------

CREATE TABLE public.app_agents (id int PRIMARY KEY, focus_type varchar(50), other char(60));
INSERT INTO public.app_agents VALUES (1, 'ops', 'data'), (2, 'opps', NULL), (3, 'opps', 'dtaa'), (4, 'Data ', NULL),
    (5, 'zzz', NULL), (6, NULL, NULL), (7, 'asleep', NULL);
SELECT results_eq($$SELECT * FROM aria_engine.focus_dangling('public.app_agents', 'focus_type')$$,
    $$VALUES ('opps', 2::bigint, 'did you mean ops?'), ('Data ', 1, 'did you mean data?'), ('zzz', 1, NULL)$$,
        'what points nowhere');
SELECT results_eq($$SELECT * FROM aria_engine.focus_dangling('app_agents', 'other')$$,
    $$VALUES ('dtaa', 1::bigint, 'did you mean data?')$$, 'blanks that pad are none');
ALTER TABLE public.app_agents ADD CONSTRAINT app_agents_focus_type_fkey FOREIGN KEY (focus_type)
    REFERENCES aria_engine.focus_profiles (focus_id) ON UPDATE CASCADE ON DELETE SET NULL NOT VALID;
SELECT is((pg_temp.attempt('INSERT INTO public.app_agents VALUES (8, ''opps'')')).state, '23503',
    'new rows are checked at once');
SELECT is((pg_temp.attempt('ALTER TABLE public.app_agents VALIDATE CONSTRAINT app_agents_focus_type_fkey')).state,
    '23503', 'old ones stand in the way');
UPDATE public.app_agents AS a SET focus_type = substring(d.hint FROM 'did you mean (.*)\?')
FROM aria_engine.focus_dangling('public.app_agents', 'focus_type') AS d WHERE d.value = a.focus_type;
SELECT is_empty($$SELECT * FROM aria_engine.focus_dangling('public.app_agents', 'focus_type')$$, 'mended by the hints');
SELECT is((pg_temp.attempt('ALTER TABLE public.app_agents VALIDATE CONSTRAINT app_agents_focus_type_fkey')).state,
    '00000', 'so it can be validated');
SELECT is((pg_temp.attempt('TRUNCATE aria_engine.focus_profiles')).state, '0A000', 'TRUNCATE is refused from then on');
SELECT is((pg_temp.attempt('DROP EXTENSION aria_focus')).state, '2BP01', 'and DROP EXTENSION without CASCADE');
UPDATE aria_engine.focus_profiles SET focus_id = 'operations' WHERE focus_id = 'ops';
DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'data';
SELECT results_eq('SELECT id, focus_type::text FROM public.app_agents ORDER BY id',
    $$VALUES (1, 'operations'), (2, 'operations'), (3, 'operations'), (4, NULL), (5, NULL), (6, NULL), (7, 'asleep')$$,
        'a rename is followed, a deleted focus is none');
CREATE TABLE public."odd ""name""" ("a ""column""" text);
INSERT INTO public."odd ""name""" VALUES ('scuot'), (E'x''; DROP TABLE public.app_agents; --');
SELECT results_eq($$SELECT value, hint FROM aria_engine.focus_dangling('public."odd ""name"""', 'a "column"')$$,
    $$VALUES ('scuot', 'did you mean scout?'), (E'x''; DROP TABLE public.app_agents; --', NULL)$$,
        'names and values with quotes');
DELETE FROM aria_engine.focus_profiles;
SELECT is((SELECT count(hint) FROM aria_engine.focus_dangling('public."odd ""name"""', 'a "column"')), 0::bigint,
    'no profiles, no hints');

SELECT * FROM finish();
ROLLBACK;
