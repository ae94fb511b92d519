-- What script/demo shows: psql prints each statement before its result.
\pset footer off
\pset null '-'
SET client_min_messages = warning;
ALTER DATABASE demo SET search_path = public, aria_engine;
SET search_path = public, aria_engine;
\set ECHO queries

\echo
\echo '--- 1. Install and seed ---'
CREATE EXTENSION aria_focus;
SELECT inserted, total FROM focus_seed();

\echo '--- 2. The catalog ---'
SELECT focus_id, emoji, display_name, delegation_level AS level, token_budget_hint AS budget,
       temperature_delta AS delta, tone, style, jsonb_array_length(expertise_keywords) AS keywords
FROM focus_profiles ORDER BY delegation_level, focus_id;

\echo '--- 3. A profile that cannot be right is refused, with all that is wrong in it ---'
\set ON_ERROR_STOP off
INSERT INTO focus_profiles (focus_id, display_name, tone, delegation_level, expertise_keywords)
VALUES ('finance', 'Finance', 'precize', 4, '["invoice", "budget", "Invoice", 7]');
\set ON_ERROR_STOP on

\echo
\echo '--- 4. Messages find their focus ---'
\set ECHO none
CREATE TEMP TABLE messages (n int GENERATED ALWAYS AS IDENTITY, message text);
INSERT INTO messages (message) VALUES
    ('The deploy pipeline fails since we rotated the TLS certificates'),
    ('Scan the docker image for vulnerabilities before the release'),
    ('Which index would speed up this PostgreSQL query?'),
    ('Draw a dashboard of weekly revenue from the warehouse tables'),
    ('Write a short poem about a lighthouse in winter'),
    ('Draft a post for the community about our meetup on Friday'),
    ('Find peer-reviewed papers on sleep and memory and compare their methods'),
    ('Check the facts in this press release and write a headline'),
    ('The goblin attacks: roll initiative for my level 3 wizard'),
    ('Plan the sprint and assign the open tasks to the agents'),
    ('deploy the new schema migration and watch the database health'),
    ('What time is it?');
\set ECHO queries
SELECT message, focus_route(message) AS focus, r.score, r.evidence, r.keywords
FROM messages LEFT JOIN LATERAL focus_rank(message, 1) AS r ON true ORDER BY n;

\echo '--- 5. Why: every profile with a hit, every hit, and where it is ---'
SELECT rank, focus_id, score, evidence, hits, keywords, margin
FROM focus_rank('deploy the new schema migration and watch the database health');
SELECT focus_id, keyword, pos, len, matched, weight
FROM focus_explain('deploy the new schema migration and watch the database health');
SELECT focus_highlight(message, focus_route(message), '[', ']') AS highlighted
FROM messages ORDER BY n;

\echo '--- 6. What an agent runs with under a focus, and who decided it ---'
SELECT left(system_prompt, 40) AS system_prompt, temperature, max_tokens, model, skills
FROM focus_effective_settings('social', '{"system_prompt": "You are Ann.", "temperature": 0.95, "model": "gpt"}',
    '{"max_tokens": 4096}');
SELECT key AS setting, value ->> 'by' AS decided_by, value ->> 'words' AS words
FROM focus_effective_settings('social', '{"system_prompt": "You are Ann.", "temperature": 0.95, "model": "gpt"}',
    '{"max_tokens": 4096}') AS s,
     jsonb_each(s.sources - 'focus');

\echo '--- 7. Which agent, and does it want several? ---'
SELECT agent_id, round(total::numeric, 3) AS total, specialty, load, excluded
FROM focus_agent_scores('Scan the docker image before the deploy', '[{"agent_id": "ann", "focus_type": "social"},
    {"agent_id": "bob", "focus_type": "devsecops"}, {"agent_id": "cyd", "focus_type": "devsecops", "status": "busy"},
    {"agent_id": "dee", "status": "offline"}]');
SELECT * FROM focus_escalation('Should we rewrite the database schema? Compare both ways and vote');

\echo '--- 8. Is it right? Measured on labelled messages; what would help; a page to look at ---'
\set ECHO none
CREATE TEMP TABLE labelled (focus_id text, message text);
\copy labelled FROM 'test/data/stock_messages.tsv'
INSERT INTO focus_examples (message, focus_id) SELECT message, nullif(focus_id, 'none') FROM labelled;
\set ECHO queries
SELECT n, round(accuracy::numeric, 3) AS accuracy, round(accuracy_low::numeric, 3) AS low,
       round(accuracy_high::numeric, 3) AS high, round(ties::numeric, 3) AS ties,
       round(macro_f1::numeric, 3) AS macro_f1
FROM focus_evaluate();
SELECT * FROM focus_suggest(top => 1) LIMIT 5;

\echo '--- 9. Every version stays: what changed, why, and back again ---'
SELECT focus_id, tone FROM focus_put('{"focus_id": "social", "tone": "playful"}', 'summer campaign');
SELECT revision, operation, changed_by, reason, changes FROM focus_revisions('social');
SELECT focus_id, tone FROM focus_restore('social', 1, 'autumn');
