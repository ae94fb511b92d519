-- Chapter learning: an edit is tried on messages before it is made.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS aria_focus;
RESET client_min_messages;
\pset null '-'
\set SHOW_CONTEXT never
SET search_path = public, aria_engine;
DELETE FROM focus_profiles;
INSERT INTO focus_profiles (focus_id, display_name, delegation_level, enabled, expertise_keywords) VALUES
('desk', 'Desk', 1, true, '[]'), ('ops', 'Ops', 2, true, '["deploy", "docker"]'),
('dba', 'Dba', 2, true, '["sql"]'), ('asleep', 'Asleep', 2, false, '["dream"]');
CREATE TEMP TABLE mails (n int, body text, label varchar(50));
INSERT INTO mails VALUES (1, 'deploy the schema', 'dba'), (2, 'sql and docker', 'ops'), (3, 'good morning', NULL),
(4, 'a dream', 'asleep'), (5, 'deploy it', 'ops'), (6, NULL, 'ops');

SELECT count(*) AS history FROM focus_history \gset
-- Patches: what they leave out stays, and so do profiles that they do not name.
SELECT * FROM focus_changed_routes('SELECT body FROM mails ORDER BY n',
    '[{"focus_id": "dba", "expertise_keywords": ["sql", {"keyword": "schema", "weight": 2}]},
      {"focus_id": "asleep", "enabled": true}]');
SELECT * FROM focus_changed_routes('SELECT body, label FROM mails ORDER BY n',
    '[{"focus_id": "dba", "expertise_keywords": ["sql", {"keyword": "schema", "weight": 2}]},
      {"focus_id": "asleep", "enabled": true}]');
-- One patch, a new profile that the labels name, another threshold.
SELECT * FROM focus_changed_routes($$VALUES ('good morning', 'greeter'), ('deploy', 'ops')$$,
    '{"focus_id": "greeter", "display_name": "Greeter", "expertise_keywords": ["good morning"]}');
SELECT * FROM focus_changed_routes($$VALUES ('sql deploy docker'), ('sql')$$,
    '{"focus_id": "ops", "enabled": false}', threshold => 2);
-- An export: its profiles are whole ones.
SELECT * FROM focus_changed_routes('SELECT body FROM mails ORDER BY n',
    '{"format": 1, "profiles": [{"focus_id": "ops", "display_name": "Ops"}]}');
SELECT * FROM focus_changed_routes('SELECT body FROM mails ORDER BY n', focus_export()::jsonb);
SELECT * FROM focus_changed_routes('SELECT body FROM mails ORDER BY n', '[]');
-- It is what would happen.
CREATE TEMP TABLE said AS SELECT message, focus_now, focus_then FROM focus_changed_routes(
    'SELECT body FROM mails', '[{"focus_id": "ops", "expertise_keywords": ["good", "sql", "docker"]}]');
CREATE TEMP TABLE before AS SELECT body, focus_route(body, NULL) AS focus FROM mails WHERE body IS NOT NULL;
BEGIN;
SELECT focus_id FROM focus_put('{"focus_id": "ops", "expertise_keywords": ["good", "sql", "docker"]}');
SELECT body, b.focus, focus_route(body, NULL) AS now FROM before AS b
WHERE focus_route(body, NULL) IS DISTINCT FROM b.focus
EXCEPT SELECT * FROM said;
SELECT * FROM said EXCEPT SELECT body, b.focus, focus_route(body, NULL) FROM before AS b;
ROLLBACK;
SELECT * FROM said;
SELECT count(*) - :history AS written FROM focus_history;
-- A query that edits is read first; nothing of it is lost.
CREATE FUNCTION pg_temp.edited() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    UPDATE aria_engine.focus_profiles SET expertise_keywords = '["morning"]' WHERE focus_id = 'dba';
    RETURN 'good morning';
END
$$;
BEGIN;
SELECT * FROM focus_changed_routes('SELECT pg_temp.edited()', '{"focus_id": "ops", "tone": "warm"}');
ROLLBACK;

-- What is wrong has its path.
SELECT * FROM focus_changed_routes('SELECT body FROM mails', '[{"focus_id": "ops", "tone": "wram"},
    {"focus_id": "new"}, {"focus_id": "ops"}, 7, {"focus_id": "dba", "expertise_keywords": ["a", ""]}]');
SELECT * FROM focus_changed_routes('SELECT body FROM mails', '{"profiles": [{"focus_id": "ops"}]}');
SELECT * FROM focus_changed_routes('SELECT body FROM mails', '7');
SELECT * FROM focus_changed_routes('SELECT body FROM mails', NULL);
SELECT * FROM focus_changed_routes(NULL, '[]');
SELECT * FROM focus_changed_routes('SELECT 1, 2, 3', '[]');
SELECT * FROM focus_changed_routes('SELECT 1', '[]');
SELECT * FROM focus_changed_routes('DELETE FROM mails', '[]');
SELECT * FROM focus_changed_routes($$VALUES ('x', 'opps')$$, '[]');
SELECT * FROM focus_candidates('[{"focus_id": "ops", "expertise_keywords": ["x"]}]') ORDER BY focus_id;

DELETE FROM focus_profiles;
