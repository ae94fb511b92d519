-- Chapter routing: which focus a message goes to, and why.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS aria_focus;
RESET client_min_messages;
\pset null '(null)'
DELETE FROM aria_engine.focus_profiles;

SELECT proname, pg_get_function_arguments(oid) AS arguments, provolatile AS volatile, proisstrict AS strict,
       proparallel AS parallel, procost AS cost, prorows AS rows
FROM pg_proc
WHERE pronamespace = 'aria_engine'::regnamespace
  AND proname IN ('focus_rank', 'focus_route', 'focus_decide', 'focus_explain', 'focus_highlight',
                  'focus_specialty_score')
ORDER BY proname COLLATE "C";

--
-- Without any profile
--
SELECT * FROM aria_engine.focus_rank('deploy');
SELECT aria_engine.focus_route('deploy') AS route, aria_engine.focus_highlight('deploy', 'devsecops') AS highlight,
       aria_engine.focus_specialty_score('deploy', 'devsecops') AS score;
SELECT * FROM aria_engine.focus_explain('deploy');

INSERT INTO aria_engine.focus_profiles (focus_id, display_name, delegation_level, enabled, expertise_keywords) VALUES
('orchestrator', 'Orchestrator', 1, true, '["plan", "schedule"]'),
('devsecops', 'DevSecOps', 2, true, '["deploy", "docker", {"keyword": "ci", "match": "word"}, {"keyword": "security", '
    '"weight": 1.5}]'),
('data', 'Data', 2, true, '["schema", "database", {"keyword": "docker", "weight": 0.25}, {"keyword": "poem", "weight": '
    '-2}]'),
('creative', 'Creative', 2, true, '["poem", "story"]'),
('helper', 'Helper', 3, true, '["story"]'),
('asleep', 'Asleep', 1, false, '["deploy", "poem", "dream"]'),
('mute', 'Mute', 2, true, '[]');

--
-- focus_rank
--
SELECT * FROM aria_engine.focus_rank('Deploy the docker image, then deploy it again');
SELECT * FROM aria_engine.focus_rank('plan a security review of the database schema');
-- Only negative words: shown, because it explains.
SELECT * FROM aria_engine.focus_rank('a poem');
-- The margin is taken before top cuts.
SELECT * FROM aria_engine.focus_rank('a poem about docker and ci', 1);
SELECT * FROM aria_engine.focus_rank('a poem about docker and ci', 2);
SELECT count(*) FROM aria_engine.focus_rank('a poem about docker and ci', 100);
SELECT count(*) FROM aria_engine.focus_rank('a poem about docker and ci', NULL);
-- A count is a bigint, whatever integer it comes as.
SELECT count(*) FROM aria_engine.focus_rank('a poem about docker and ci', 9223372036854775807);
SELECT count(*) FROM aria_engine.focus_rank('a poem about docker and ci', 2::smallint);
SELECT * FROM aria_engine.focus_rank('deploy', top => -3000000000);
SELECT * FROM aria_engine.focus_rank('deploy', top => 0);
SELECT * FROM aria_engine.focus_rank('deploy', -1);
SELECT * FROM aria_engine.focus_rank('', 0);
SELECT * FROM aria_engine.focus_rank('');
SELECT * FROM aria_engine.focus_rank(NULL);
SELECT * FROM aria_engine.focus_rank('good morning');
-- Ties: more hits, then the lower level, then focus_id in C order.
SELECT rank, focus_id, evidence, hits, margin FROM aria_engine.focus_rank('a story');
SELECT rank, focus_id, evidence, hits, margin FROM aria_engine.focus_rank('story plan plan');
BEGIN;
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords) VALUES
('b', 'B', '["tie"]'), ('a-b', 'A', '["tie"]'), ('a_b', 'A', '["tie"]'), ('a0', 'A', '["tie"]'), ('a', 'A', '["tie"]'),
    ('0', 'N', '["tie"]');
SELECT rank, focus_id, margin FROM aria_engine.focus_rank('tie');
ROLLBACK;
-- score: (0, 0.1), (1, 0.6), (2, 0.8), (3, 1.0), straight between, flat outside.
BEGIN;
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)
SELECT 'w' || n, 'W', jsonb_build_array(jsonb_build_object('keyword', 'weigh', 'weight', weight))
FROM unnest(ARRAY[-10, -0.001, 0.001, 0.5, 0.999, 1, 1.001, 1.5, 2, 2.5, 2.999, 3, 3.001, 10]) WITH ORDINALITY
    AS w (weight, n);
SELECT evidence, score FROM aria_engine.focus_rank('weigh');
ROLLBACK;
-- Evidence is exact whatever the order: ten tenths are 1.
BEGIN;
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)
SELECT 'tenths', 'T', jsonb_agg(jsonb_build_object('keyword', 'k' || i, 'match', 'word', 'weight', 0.1))
    FROM generate_series(0, 9) AS i;
SELECT focus_id, score, evidence, hits FROM aria_engine.focus_rank('k0 k1 k2 k3 k4 k5 k6 k7 k8 k9');
SELECT focus_id, score, evidence, hits FROM aria_engine.focus_rank('k9 k0 k8');
SELECT aria_engine.focus_route('k0 k1 k2 k3 k4 k5 k6 k7 k8 k9') AS ten,
    aria_engine.focus_route('k0 k1 k2 k3 k4 k5 k6 k7 k8') AS nine;
ROLLBACK;

--
-- focus_route
--
SELECT message, aria_engine.focus_route(message) AS route
FROM unnest(ARRAY['Deploy the container', 'a poem, a story', 'good morning', '', 'a dream', NULL]) WITH ORDINALITY
    AS m (message, n) ORDER BY n;
-- Thresholds: evidence must be positive and at least that.
SELECT message, threshold, aria_engine.focus_route(message, NULL, threshold) AS route
FROM (VALUES ('docker', 1.0::float8), ('docker', 1.001), ('security', 1.5), ('security', 1.501),
    ('docker ci deploy', 3), ('docker ci deploy', 3.5),
             ('docker', 0), ('good morning', 0), ('good morning', -5), ('docker', NULL), ('docker', 'Infinity'),
                 ('docker', 'NaN'),
             ('docker', '-Infinity')) AS t (message, threshold);
-- Fallbacks: named, unknown, disabled, none.
SELECT fallback, aria_engine.focus_route('good morning', fallback) AS route
FROM unnest(ARRAY['orchestrator', 'creative', 'nobody', 'asleep', 'Creative', '', NULL]) WITH ORDINALITY AS f (fallback,
    n) ORDER BY n;
BEGIN;
UPDATE aria_engine.focus_profiles SET enabled = false WHERE focus_id = 'orchestrator';
SELECT aria_engine.focus_route('good morning') AS no_core;
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, delegation_level) VALUES ('zeta', 'Z', 1),
    ('beta', 'B', 1);
SELECT aria_engine.focus_route('good morning') AS first_core,
    aria_engine.focus_route('good morning', 'creative') AS named,
       aria_engine.focus_route('good morning', NULL) AS silence;
ROLLBACK;
SELECT aria_engine.focus_route('good morning', threshold => 2, fallback => 'helper') AS by_name;

-- Margins: of what several claim, only what is clear.
SELECT message, aria_engine.focus_route(message, min_margin => 0) AS any,
    aria_engine.focus_route(message, min_margin => 0.5) AS clear,
    aria_engine.focus_route(message, NULL, 1, 0.501) AS silent,
    aria_engine.focus_route(message, min_margin => NULL) AS usual
FROM unnest(ARRAY['a story', 'plan a story, plan it', 'a poem', 'security schema', 'deploy', 'good morning'])
    WITH ORDINALITY AS m (message, n) ORDER BY n;
SELECT aria_engine.focus_route('deploy', min_margin => -0.001);
SELECT aria_engine.focus_route('deploy', min_margin => 'NaN');
SELECT aria_engine.focus_route('deploy', min_margin => 'Infinity') AS never;

--
-- focus_decide
--
SELECT message, d.focus_id, decided_by, evidence, score, margin, keywords, runner_up
FROM unnest(ARRAY['deploy the docker image', 'a story', 'security schema', 'good morning', '', 'schema poem'])
    WITH ORDINALITY AS m (message, n), aria_engine.focus_decide(message) AS d ORDER BY n;
SELECT message, d.focus_id, decided_by, evidence, margin, keywords, runner_up
FROM unnest(ARRAY['a story', 'security schema', 'plan a schema', 'deploy']) WITH ORDINALITY AS m (message, n),
    aria_engine.focus_decide(message, min_margin => 0.6) AS d ORDER BY n;
-- The fallback: named, unknown, disabled, none; below the threshold, and where nothing is clear.
SELECT fallback, d.focus_id, d.decided_by, e.focus_id AS unclear, e.decided_by AS by
FROM unnest(ARRAY['orchestrator', 'creative', 'nobody', 'asleep', NULL]) WITH ORDINALITY AS f (fallback, n),
    aria_engine.focus_decide('docker', fallback, 1.5) AS d, aria_engine.focus_decide('a story', fallback, 1, 1) AS e
ORDER BY n;
BEGIN;
UPDATE aria_engine.focus_profiles SET delegation_level = 2;
SELECT focus_id, decided_by, runner_up FROM aria_engine.focus_decide('docker', 'unknown', 2);
ROLLBACK;
SELECT * FROM aria_engine.focus_decide(NULL);
SELECT * FROM aria_engine.focus_decide('deploy', threshold => -1);
SELECT * FROM aria_engine.focus_decide('deploy', threshold => 'NaN');
SELECT * FROM aria_engine.focus_decide('deploy', min_margin => -1);
SELECT * FROM aria_engine.focus_decide(NULL, min_margin => 'NaN');
SELECT focus_id, decided_by FROM aria_engine.focus_decide('deploy', NULL, NULL, NULL);
-- It sends every message where focus_route does.
SELECT count(*) AS messages,
    count(*) FILTER (WHERE d.focus_id IS DISTINCT FROM aria_engine.focus_route(message, f, t, m)) AS differ
FROM unnest(ARRAY['deploy a story', 'a story', 'plan the schema', 'security docker', 'poem', 'hum']) AS message,
    unnest(ARRAY['creative', 'nobody', NULL]) AS f, unnest(ARRAY[0, 1, 1.5]) AS t, unnest(ARRAY[0, 0.5, 2]) AS m,
    aria_engine.focus_decide(message, f, t, m) AS d;
-- The fingerprint changes with what routing depends on, and with nothing else.
CREATE FUNCTION pg_temp.etag() RETURNS text LANGUAGE sql AS $$SELECT routing_etag FROM aria_engine.focus_decide('')$$;
BEGIN;
SELECT pg_temp.etag() AS etag \gset
UPDATE aria_engine.focus_profiles SET description = 'other', tone = 'warm' WHERE focus_id = 'data';
SELECT length(:'etag') AS digits, pg_temp.etag() = :'etag' AS same_after_description;
UPDATE aria_engine.focus_profiles SET expertise_keywords = '["poem", {"keyword": "story", "weight": 1.0}]'
    WHERE focus_id = 'creative';
SELECT pg_temp.etag() = :'etag' AS same_written_otherwise;
UPDATE aria_engine.focus_profiles SET expertise_keywords = '["story", "poem"]' WHERE focus_id = 'creative';
SELECT pg_temp.etag() <> :'etag' AS other_after_keywords;
UPDATE aria_engine.focus_profiles SET expertise_keywords = '["poem", "story"]' WHERE focus_id = 'creative';
UPDATE aria_engine.focus_profiles SET delegation_level = 3 WHERE focus_id = 'mute';
SELECT pg_temp.etag() <> :'etag' AS other_after_level;
UPDATE aria_engine.focus_profiles SET delegation_level = 2, enabled = false WHERE focus_id = 'mute';
SELECT pg_temp.etag() <> :'etag' AS other_after_disabling;
UPDATE aria_engine.focus_profiles SET enabled = true WHERE focus_id = 'mute';
SELECT pg_temp.etag() = :'etag' AS back;
-- What it is the digest of.
SELECT pg_temp.etag() = encode(sha256(convert_to(string_agg(delegation_level || ' ' || focus_id || E'\n' || (
    SELECT coalesce(string_agg(E'\t' || trim_scale(1000 * coalesce((e ->> 'weight')::numeric, 1)) || ' '
        || coalesce(e ->> 'match', 'auto') || ' ' || coalesce(e ->> 'keyword', e #>> '{}') || E'\n', '' ORDER BY n), '')
    FROM jsonb_array_elements(expertise_keywords) WITH ORDINALITY AS k (e, n)), '' ORDER BY focus_id COLLATE "C"),
    'UTF8')), 'hex') AS as_documented
FROM aria_engine.focus_profiles WHERE enabled;
ROLLBACK;

--
-- focus_explain
--
SELECT * FROM aria_engine.focus_explain('Docker: deploy docker, write a poem');
SELECT * FROM aria_engine.focus_explain('');
SELECT * FROM aria_engine.focus_explain(NULL);
-- Per focus_id the weights of the distinct keywords are focus_rank's evidence.
SELECT r.focus_id, r.evidence, e.evidence AS explained, r.hits, e.hits AS counted
FROM aria_engine.focus_rank('ci ci docker security plan: a story, a poem, deploy') AS r
JOIN (SELECT focus_id, sum(weight) FILTER (WHERE is_first) AS evidence, count(*) AS hits
      FROM (SELECT *, row_number() OVER (PARTITION BY focus_id, keyword ORDER BY pos) = 1 AS is_first
            FROM aria_engine.focus_explain('ci ci docker security plan: a story, a poem, deploy')) AS x
      GROUP BY focus_id) AS e USING (focus_id)
ORDER BY r.rank;

--
-- unknown_penalty: what each unknown word costs
--
SELECT * FROM aria_engine.focus_explain('Deploy my docker, my friend', 0.25);
SELECT * FROM aria_engine.focus_explain('Deploy docker', 0.25);
SELECT * FROM aria_engine.focus_explain('nothing of it', 0.25);
SELECT focus_id, keyword, left(matched, 12) AS matched, right(matched, 8), weight
FROM aria_engine.focus_explain('deploy' || repeat(' zork', 30), 0.1) WHERE keyword IS NULL;
SELECT focus_id, score, evidence, margin
FROM aria_engine.focus_rank('Deploy my docker, my friend', unknown_penalty => 0.25);
SELECT focus_id, evidence FROM aria_engine.focus_rank('Deploy my docker, my friend', 1, 1);
SELECT aria_engine.focus_route('Deploy my docker, my friend', NULL) AS without,
       aria_engine.focus_route('Deploy my docker, my friend', NULL, unknown_penalty => 0.25) AS at_threshold,
       aria_engine.focus_route('Deploy my docker, my friend', NULL, unknown_penalty => 0.6) AS beyond;
SELECT focus_id, decided_by, evidence, margin
FROM aria_engine.focus_decide('Deploy my docker, my friend', NULL, unknown_penalty => 0.25);
SELECT focus_id, decided_by, evidence, margin
FROM aria_engine.focus_decide('Deploy my docker, my friend', NULL, unknown_penalty => 0.6);
SELECT aria_engine.focus_route('deploy', unknown_penalty => 10.5);
SELECT * FROM aria_engine.focus_rank('deploy', unknown_penalty => 'NaN');
SELECT * FROM aria_engine.focus_explain('deploy', -0.1);
-- The parts add up, row by row.
SELECT r.focus_id, r.evidence = e.evidence AS adds_up
FROM aria_engine.focus_rank('ci ci docker security plan: a story, a poem, deploy', unknown_penalty => 0.3) AS r
JOIN (SELECT focus_id, round(sum(weight)::numeric, 3)::float8 AS evidence
      FROM (SELECT DISTINCT focus_id, keyword, weight
            FROM aria_engine.focus_explain('ci ci docker security plan: a story, a poem, deploy', 0.3)) AS x
      GROUP BY focus_id) AS e USING (focus_id)
ORDER BY r.rank;

--
-- focus_highlight
--
\pset format unaligned
SELECT aria_engine.focus_highlight('Deploy docker in 東京, then deploy.', 'devsecops');
\pset format aligned
SELECT aria_engine.focus_highlight('Deploy docker', 'devsecops', '[', ']') AS own,
    aria_engine.focus_highlight('Deploy docker', 'devsecops', '>', '') AS one,
       aria_engine.focus_highlight('Deploy docker', 'devsecops', NULL, NULL) AS defaults;
SELECT focus, aria_engine.focus_highlight('<i>deploy</i> a poem', focus) AS highlighted
FROM unnest(ARRAY['devsecops', 'creative', 'mute', 'asleep', 'nobody', NULL]) WITH ORDINALITY AS f (focus, n)
    ORDER BY n;
SELECT aria_engine.focus_highlight(NULL, 'devsecops') AS no_message,
    aria_engine.focus_highlight('', 'devsecops') AS empty;

--
-- focus_specialty_score: the engine's own numbers
--
SELECT message, aria_engine.focus_specialty_score(message, 'devsecops') AS score
FROM unnest(ARRAY['deploy new docker container', 'nothing', 'redeployed', 'decide', 'ci docker ci',
    'deploy deploy deploy deploy', '', NULL])
    WITH ORDINALITY AS m (message, n) ORDER BY n;
SELECT focus, aria_engine.focus_specialty_score('deploy', focus) AS score,
    aria_engine.focus_specialty_score(NULL, focus) AS no_message
FROM unnest(ARRAY['devsecops', 'data', 'mute', 'asleep', 'nobody', NULL]) WITH ORDINALITY AS f (focus, n) ORDER BY n;
-- Plain fragments, leftmost first; here a space is a space, and match and weight do not count.
BEGIN;
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords) VALUES
('tests', 'T', '["test"]'), ('spaced', 'S', '["full stack"]'), ('signs', 'S', '["c++", "a.b", "(x"]'),
    ('overlap', 'O', '["ab", "abc", "bcd"]'),
('words', 'W', '[{"keyword": "post", "match": "word", "weight": -3}]'), ('turkish', 'T', '["istanbul"]');
\pset format unaligned
SELECT focus, to_json(message) AS message, aria_engine.focus_specialty_score(message, focus) AS score
FROM (VALUES ('tests', 'test test test'), ('tests', 'testtest'), ('tests', U&'te\017Ft'), ('spaced', 'full stack'),
    ('spaced', 'full  stack'), ('spaced', E'full\tstack'),
    ('signs', 'c++ axb (x'), ('signs', 'ccc a.b'), ('overlap', 'abcd'), ('overlap', 'abcabcabc'), ('words', 'repost'),
        ('turkish', U&'\0130stanbul'),
    ('turkish', U&'ISTANBUL \0131stanbul')) AS m (focus, message);
\pset format aligned
ROLLBACK;

-- An edit counts with the next statement.
UPDATE aria_engine.focus_profiles SET expertise_keywords = expertise_keywords || '["morning"]'
    WHERE focus_id = 'creative';
SELECT aria_engine.focus_route('good morning');
-- A read-only transaction will do.
BEGIN TRANSACTION READ ONLY;
SELECT aria_engine.focus_route('good morning') AS route, count(*) FROM aria_engine.focus_rank('deploy');
COMMIT;
-- Many messages at once, in the order of the query.
SELECT aria_engine.focus_route(word || ' ' || i) AS route, count(*)
FROM generate_series(1, 1000) AS i, unnest(ARRAY['deploy', 'poem', 'hum']) AS word GROUP BY 1 ORDER BY 1;

DELETE FROM aria_engine.focus_profiles;
