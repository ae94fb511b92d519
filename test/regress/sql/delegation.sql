-- Chapter delegation: which agent gets a message, who joins in, which models are tried.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS aria_focus;
RESET client_min_messages;
\pset null '(null)'
DELETE FROM aria_engine.focus_profiles;

SELECT proname, pg_get_function_arguments(oid) AS arguments, provolatile AS volatile, proisstrict AS strict,
       proparallel AS parallel, procost AS cost, prorows AS rows
FROM pg_proc
WHERE pronamespace = 'aria_engine'::regnamespace
  AND proname IN ('focus_agent_scores', 'focus_select_agents', 'focus_context_cap', 'focus_swarm_weight',
      'focus_escalation',
                  'focus_fallback_chain', 'focus_nearest', 'focus_dangling')
ORDER BY proname COLLATE "C";

--
-- Without any profile
--
SELECT * FROM aria_engine.focus_agent_scores('deploy', '[{"agent_id": "a", "focus_type": "ops"}]');
SELECT * FROM aria_engine.focus_select_agents('deploy', '[{"agent_id": "a", "focus_type": "ops"}]');
SELECT * FROM aria_engine.focus_escalation('should we deploy?');
SELECT * FROM aria_engine.focus_fallback_chain('a', '[{"agent_id": "a", "focus_type": "ops", "model": "m"}]');
SELECT aria_engine.focus_context_cap(ARRAY['ops']);

INSERT INTO aria_engine.focus_profiles (focus_id, display_name, delegation_level, enabled, token_budget_hint,
    model_override, expertise_keywords) VALUES
('boss', 'Boss', 1, true, 2000, NULL, '["plan"]'),
('chief', 'Chief', 1, true, 2000, NULL, '["goal"]'),
('ops', 'Ops', 2, true, 1500, 'qwen', '["deploy", "docker", {"keyword": "poem", "weight": -1}]'),
('data', 'Data', 2, true, 0, NULL, '["schema", "docker"]'),
('mute', 'Mute', 2, true, 800, NULL, '[]'),
('scout', 'Scout', 3, true, 3000, NULL, '["find"]'),
('asleep', 'Asleep', 1, false, 1, 'never', '["deploy"]');

--
-- focus_agent_scores
--
SELECT agent_id, round(total::numeric, 6) AS total, pheromone, specialty, round(load::numeric, 6) AS load, recency,
    excluded
FROM aria_engine.focus_agent_scores('deploy new docker container', '[
    {"agent_id": "plain"},
    {"agent_id": "null", "focus_type": null, "status": null, "enabled": null, "pheromone_score": null,
     "consecutive_failures": null, "recent_success_rate": null},
    {"agent_id": "ops", "focus_type": "ops", "status": "idle", "pheromone_score": 0.9, "recent_success_rate": 0.8},
    {"agent_id": "busy", "focus_type": "ops", "status": "busy"},
    {"agent_id": "error", "focus_type": "ops", "status": "error"},
    {"agent_id": "three failures", "focus_type": "ops", "consecutive_failures": 3},
    {"agent_id": "nine failures", "focus_type": "ops", "consecutive_failures": 9},
    {"agent_id": "unknown status", "focus_type": "ops", "status": "dancing"},
    {"agent_id": "mute", "focus_type": "mute"}, {"agent_id": "asleep", "focus_type": "asleep"},
    {"agent_id": "nobody", "focus_type": "nobody"},
    {"agent_id": "scout", "focus_type": "scout"},
    {"agent_id": "z off", "status": "offline"}, {"agent_id": "disabled", "status": "disabled", "enabled": false},
    {"agent_id": "not enabled", "enabled": false, "pheromone_score": 1}
]');
-- Ties by agent_id in byte order; ids may be numbers.
SELECT agent_id, total FROM aria_engine.focus_agent_scores('x',
    '[{"agent_id": "b"}, {"agent_id": "a"}, {"agent_id": "B"}, {"agent_id": 9}, {"agent_id": 10}, {"agent_id": "é"}]');
SELECT count(*) FROM aria_engine.focus_agent_scores('x', '[]');
SELECT count(*) FROM aria_engine.focus_agent_scores('x', 'null');
SELECT count(*) FROM aria_engine.focus_agent_scores(NULL, '[{"agent_id": 1}]');
SELECT count(*) FROM aria_engine.focus_agent_scores('x', NULL);
SELECT * FROM aria_engine.focus_agent_scores('', '[{"agent_id": 1, "focus_type": "ops"}]');
-- Specialty is the score of the evidence that routing sees: a fragment in another word is none. The Aria engine's own
-- is asked for.
SELECT agent_id, total, specialty FROM aria_engine.focus_agent_scores('undeploy',
    '[{"agent_id": "a", "focus_type": "ops"}, {"agent_id": "b", "focus_type": "mute"}]');
SELECT agent_id, total, specialty FROM aria_engine.focus_agent_scores('undeploy',
    '[{"agent_id": "a", "focus_type": "ops"}, {"agent_id": "b", "focus_type": "mute"}]', 'aria');
SELECT agent_id, specialty FROM aria_engine.focus_agent_scores('undeploy', '[{"agent_id": "a", "focus_type": "ops"}]',
    NULL);
SELECT agent_id FROM aria_engine.focus_agent_scores('x', '[{"agent_id": "a"}]', 'Aria');
-- Of two agents alike in all else the one with more evidence comes first, whatever its id.
SELECT agent_id, total FROM aria_engine.focus_agent_scores('a poem',
    '[{"agent_id": "a", "focus_type": "ops"}, {"agent_id": "b", "focus_type": "scout"}]');
-- A seed decides among equals, the same one always alike.
SELECT seed, (SELECT agent_id FROM aria_engine.focus_agent_scores('x',
    '[{"agent_id": "a"}, {"agent_id": "b"}, {"agent_id": "c"}]', seed => seed) LIMIT 1),
    (SELECT agent_id FROM aria_engine.focus_select_agents('x',
        '[{"agent_id": "a"}, {"agent_id": "b"}, {"agent_id": "c"}]', seed => seed))
FROM (VALUES ('conversation 1'), ('conversation 2'), ('conversation 3'), (''), (NULL)) AS s (seed);
-- What was computed from decimals is shown as the decimal that was meant.
SELECT load, total FROM aria_engine.focus_agent_scores('x',
    '[{"agent_id": 1, "consecutive_failures": 3}, {"agent_id": 2, "consecutive_failures": 1, "pheromone_score": 0.7}]');
SELECT aria_engine.focus_swarm_weight(0.7, 0.6, 1);
-- Wrong types: all at once, with their paths.
SELECT * FROM aria_engine.focus_agent_scores('x',
    '[{"agent_id": 1}, {"agent_id": 2}, {"agent_id": 3}, {"agent_id": 4, "pheromone_score": "0.5"}]');
SELECT * FROM aria_engine.focus_agent_scores('x', '[{"agent_id": [], "status": 1, "enabled": 1, "focus_type": true, '
    '"consecutive_failures": "NaN", "recent_success_rate": 1e400, "model": 1, "fallback_model": 1, "parent_agent_id": '
    '{}}, {}, null, 7]');
SELECT * FROM aria_engine.focus_agent_scores('x', '{"agent_id": 1}');
SELECT * FROM aria_engine.focus_agent_scores('x', '"a"');

--
-- focus_select_agents
--
CREATE TEMP TABLE team (agents jsonb);
INSERT INTO team VALUES ('[
    {"agent_id": "boss", "focus_type": "boss"}, {"agent_id": "chief", "focus_type": "chief"},
    {"agent_id": "ops1", "focus_type": "ops"}, {"agent_id": "ops2", "focus_type": "ops", "pheromone_score": 0.9},
    {"agent_id": "data1", "focus_type": "data"}, {"agent_id": "data2", "focus_type": "data", "status": "busy"},
    {"agent_id": "scout1", "focus_type": "scout"}, {"agent_id": "scout2", "focus_type": "scout"},
    {"agent_id": "scout3", "focus_type": "scout"},
    {"agent_id": "mute", "focus_type": "mute", "pheromone_score": 0.1}, {"agent_id": "free"}]');
SELECT topic, s.place, s.agent_id, s.focus_id, s.delegation_level, s.evidence, round(s.score::numeric, 6) AS score,
    s.reason
FROM team, unnest(ARRAY['deploy docker', 'find docker', 'a goal', 'hello', 'find it', '']) WITH ORDINALITY AS t (topic,
    n),
     LATERAL aria_engine.focus_select_agents(topic, agents) AS s ORDER BY n, place;
SELECT most, string_agg(agent_id, ' ' ORDER BY place) FROM team,
    unnest(ARRAY[1, 2, 3, 6, 7, 100, 9223372036854775807, NULL]) AS most,
     LATERAL aria_engine.focus_select_agents('find docker', agents, most) GROUP BY most ORDER BY most;
SELECT * FROM team, aria_engine.focus_select_agents('find docker', agents, 0);
SELECT * FROM team, aria_engine.focus_select_agents('find docker', agents, max_agents => -1);
SELECT count(*) FROM team, aria_engine.focus_select_agents(NULL, agents);
SELECT count(*) FROM aria_engine.focus_select_agents('x', NULL);
SELECT count(*) FROM aria_engine.focus_select_agents('x', '[]');
-- In error: for a place that nobody else can take. Excluded: never.
SELECT place, agent_id, reason FROM aria_engine.focus_select_agents('docker', '[
    {"agent_id": "a", "focus_type": "data", "status": "error", "pheromone_score": 1},
    {"agent_id": "b", "focus_type": "data", "status": "busy"},
    {"agent_id": "c", "focus_type": "boss", "status": "error"},
    {"agent_id": "d", "focus_type": "chief", "pheromone_score": 0},
    {"agent_id": "e", "focus_type": "data", "status": "offline"},
    {"agent_id": "f", "focus_type": "data", "enabled": false}]');
-- A focus that is unknown or disabled counts as level 2 with evidence 0; negative evidence is worse.
SELECT agent_id, focus_id, delegation_level, evidence, reason
    FROM aria_engine.focus_select_agents('deploy', '[{"agent_id": "a", "focus_type": "asleep"}]');
SELECT agent_id, focus_id, delegation_level, evidence, reason
    FROM aria_engine.focus_select_agents('a poem',
    '[{"agent_id": "a", "focus_type": "ops", "pheromone_score": 1}, {"agent_id": "b", "focus_type": "nobody"}]');
SELECT agent_id, focus_id, delegation_level, evidence, reason
    FROM aria_engine.focus_select_agents('a poem',
    '[{"agent_id": "a", "focus_type": "ops"}, {"agent_id": "b", "status": "busy"}]');
SELECT * FROM aria_engine.focus_select_agents('x', '[{"agent_id": 1, "enabled": "no"}]');

--
-- focus_context_cap
--
SELECT ids, aria_engine.focus_context_cap(ids) AS cap, aria_engine.focus_context_cap(ids, 4000) AS cap_4000,
    aria_engine.focus_context_cap(ids, NULL) AS no_default,
    aria_engine.focus_context_cap(ids, -1) AS no_limit
FROM (VALUES (ARRAY['ops']), (ARRAY['ops', 'mute', 'scout']), (ARRAY['scout', 'data']), (ARRAY['data']),
    (ARRAY['asleep', 'nobody', NULL]),
    (ARRAY['ops', NULL, 'ops']), (ARRAY[]::text[]), (NULL)) AS c (ids);

--
-- focus_swarm_weight
--
SELECT pheromone, score, evidence, aria_engine.focus_swarm_weight(pheromone, score, evidence) AS weight
FROM (VALUES (0.5::float8, 1.0::float8, 3.0::float8), (0.5, 0.6, 1), (0.5, 0.1, 0), (0.5, 1, -1), (0.5, 1, NULL),
    (0.5, NULL, 1), (0.5, NULL, 0), (NULL, 1, 1),
    (0.5, 1, 'NaN'), (0.5, 1, 'Infinity'), (0, 1, 1), ('NaN', 1, 1)) AS w (pheromone, score, evidence);

--
-- focus_escalation
--
SELECT message, e.*
FROM unnest(ARRAY['discuss', 'a Roundtable!', 'swarm it', 'debate', 'brainstorm', 'discussion', 'compare',
    'a versus b', 'a vs. b', 'trade-off', 'trade off', 'tradeoff',
    'pros and cons', 'pros-and-cons', 'should we', 'strategy', 'architect', 'architecture', 'rewrite', 'refactor',
        'migrate', 'redesign', 'what do you think', 'your opinion',
    'recommend', 'advise', 'suggest', 'suggestion', 'also', 'both', 'and also', 'end-to-end', 'end to end',
        'full-stack', 'full  stack', 'holistic',
    'recommend also', 'recommend both: compare', 'a swarm or a roundtable', 'a roundtable or a swarm',
        'discuss and vote', 'discuss, then decide', 'choose or compare',
    'compare, pick', 'compare: yes or no', 'compare it, he should', 'deploy', 'deploy the schema',
        'deploy the schema to find it', 'deploy the schema also',
    'a poem', '', NULL]) WITH ORDINALITY AS m (message, n), LATERAL aria_engine.focus_escalation(message) AS e
        ORDER BY n;
-- Words: maximal runs of letters, digits and marks.
SELECT words, e.score, e.reasons FROM unnest(ARRAY[49, 50, 51, 60, 89, 90, 91, 500]) AS words,
    LATERAL aria_engine.focus_escalation(repeat('it''s ', words / 2) || repeat('x', words % 2)) AS e ORDER BY 1;
-- Domains by rank, four of them.
SELECT e.* FROM aria_engine.focus_escalation('plan to find a schema, then deploy docker') AS e;
SELECT (aria_engine.focus_escalation('should we deploy?')).should_escalate;

--
-- focus_fallback_chain
--
CREATE TEMP TABLE family (agents jsonb);
INSERT INTO family VALUES ('[
    {"agent_id": "child", "focus_type": "ops", "model": "small", "fallback_model": "tiny", "parent_agent_id": "parent"},
    {"agent_id": "parent", "focus_type": "data", "model": "big", "fallback_model": "big", "parent_agent_id": 1},
    {"agent_id": 1, "focus_type": "asleep", "model": "", "fallback_model": "last", "status": "disabled"},
    {"agent_id": "ring", "model": "r1", "parent_agent_id": "ring2"},
    {"agent_id": "ring2", "model": "r2", "parent_agent_id": "ring"},
    {"agent_id": "self", "model": "s", "parent_agent_id": "self"},
    {"agent_id": "orphan", "model": "o", "parent_agent_id": "gone"},
    {"agent_id": "bare"}, {"agent_id": "twin", "model": "first"}, {"agent_id": "twin", "model": "second"}]');
SELECT start, c.* FROM family, unnest(ARRAY['child', 'parent', '1', 'ring', 'ring2', 'self', 'orphan', 'bare', 'twin',
    'nobody', '', NULL]) WITH ORDINALITY AS s (start, n),
     LATERAL aria_engine.focus_fallback_chain(start, agents) AS c ORDER BY n, step;
SELECT * FROM aria_engine.focus_fallback_chain('a', '[]');
SELECT * FROM aria_engine.focus_fallback_chain('a', NULL);
SELECT * FROM aria_engine.focus_fallback_chain('a', '[{"agent_id": "a", "model": 5}]');
UPDATE aria_engine.focus_profiles SET enabled = false WHERE focus_id = 'ops';
SELECT c.* FROM family, aria_engine.focus_fallback_chain('child', agents) AS c WHERE step = 1;
UPDATE aria_engine.focus_profiles SET enabled = true WHERE focus_id = 'ops';

--
-- focus_nearest
--
SELECT name, aria_engine.focus_nearest(name, ARRAY['devsecops', NULL, 'data', 'date']) AS nearest
FROM unnest(ARRAY['devsecop', 'devsceops', 'dvsecps', 'dvscps', 'DEVSECOPS', 'dat', 'data', 'xx', '',
    NULL]) WITH ORDINALITY AS n (name, n) ORDER BY n;
SELECT aria_engine.focus_nearest('data', '{}') AS none, aria_engine.focus_nearest('data', NULL) AS nothing;

--
-- An application's table: any columns; which values point nowhere; the foreign key
--
CREATE TABLE public.agent_state (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, agent_id uuid DEFAULT '00000000-0000-0000-0000-000000000000',
        "Focus Type" varchar(50),
    focus_type varchar(50), status varchar(20) DEFAULT 'idle', enabled boolean DEFAULT true,
        pheromone_score numeric(5, 3) DEFAULT 0.500,
    consecutive_failures integer DEFAULT 0, recent_success_rate real DEFAULT 0.5, model text,
        metadata jsonb DEFAULT '{"tags": ["a", {"b": null}]}', tags text[],
    created_at timestamptz DEFAULT '2026-01-01 00:00:00Z', last_seen timestamp, raw bytea DEFAULT '\x00ff',
        period interval DEFAULT '1 day', address inet, ratio double precision DEFAULT 'NaN');
INSERT INTO public.agent_state (agent_id, focus_type, status) VALUES
('00000000-0000-0000-0000-000000000001', 'ops', 'idle'), ('00000000-0000-0000-0000-000000000002', 'data', 'busy'),
    ('00000000-0000-0000-0000-000000000003', NULL, NULL);
SELECT s.agent_id, round(s.total::numeric, 6) AS total, s.excluded
FROM (SELECT jsonb_agg(to_jsonb(a)) AS agents FROM public.agent_state AS a) AS all_agents,
    LATERAL aria_engine.focus_agent_scores('deploy docker', agents) AS s;

INSERT INTO public.agent_state (focus_type) VALUES ('opps'), ('opps'), ('Ops'), ('marketing'), ('asleep'), ('');
SELECT * FROM aria_engine.focus_dangling('public.agent_state', 'focus_type');
UPDATE public.agent_state SET "Focus Type" = 'dta' WHERE focus_type = 'ops';
SELECT * FROM aria_engine.focus_dangling('public.agent_state', 'Focus Type');
SELECT * FROM aria_engine.focus_dangling('public.agent_state', 'no_such_column');
SELECT * FROM aria_engine.focus_dangling(NULL, 'focus_type');

ALTER TABLE public.agent_state ADD CONSTRAINT agent_state_focus_type_fkey FOREIGN KEY (focus_type)
    REFERENCES aria_engine.focus_profiles (focus_id) ON UPDATE CASCADE ON DELETE SET NULL NOT VALID;
INSERT INTO public.agent_state (focus_type) VALUES ('opps');
ALTER TABLE public.agent_state VALIDATE CONSTRAINT agent_state_focus_type_fkey;
UPDATE public.agent_state AS a SET focus_type = CASE WHEN d.value IN ('opps', 'Ops') THEN 'ops' END
FROM aria_engine.focus_dangling('public.agent_state', 'focus_type') AS d WHERE d.value = a.focus_type;
ALTER TABLE public.agent_state VALIDATE CONSTRAINT agent_state_focus_type_fkey;
SELECT count(*) FROM aria_engine.focus_dangling('public.agent_state', 'focus_type');
UPDATE aria_engine.focus_profiles SET focus_id = 'operations' WHERE focus_id = 'ops';
DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'data';
SELECT focus_type, count(*) FROM public.agent_state GROUP BY 1 ORDER BY 1;
DROP TABLE public.agent_state;

-- A read-only transaction will do.
BEGIN TRANSACTION READ ONLY;
SELECT agent_id FROM aria_engine.focus_agent_scores('x', '[{"agent_id": 1}]');
SELECT agent_id FROM aria_engine.focus_select_agents('x', '[{"agent_id": 1}]');
SELECT model FROM aria_engine.focus_fallback_chain('1', '[{"agent_id": 1, "model": "m"}]');
SELECT aria_engine.focus_context_cap(ARRAY['scout']), (aria_engine.focus_escalation('plan')).domains;
SELECT count(*) FROM aria_engine.focus_dangling('aria_engine.focus_profiles', 'focus_id');
COMMIT;

DELETE FROM aria_engine.focus_profiles;
