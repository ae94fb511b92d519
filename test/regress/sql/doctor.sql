-- Chapter profiles, focus_validate and focus_doctor: what is wrong, before and after it is stored.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS aria_focus;
RESET client_min_messages;
\pset null '(null)'
DELETE FROM aria_engine.focus_profiles;

-- Every problem of a candidate at once.
SELECT field, path, code, severity, message, hint FROM aria_engine.focus_validate('{
    "focus_id": "Dev Ops",
    "emoji": "            ",
    "toen": "precise",
    "style": "socratik",
    "delegation_level": 4,
    "token_budget_hint": 65536,
    "temperature_delta": -1.5,
    "expertise_keywords": ["deploy", 5, {"keyword": "ci", "match": "fragmnet", "weight": 0}, "DEPLOY"],
    "system_prompt_addon": "The password: s3cr3t!x",
    "auto_skills": ["llm", "llm"],
    "enabled": "yes"}');
SELECT * FROM aria_engine.focus_validate(
    '{"focus_id": "ops", "display_name": "Ops", "expertise_keywords": ["deploy"]}');
SELECT * FROM aria_engine.focus_validate(
    '{"focus_id": "ops", "display_name": "Ops", "expertise_keywords": ["the", "deploy"]}');
SELECT * FROM aria_engine.focus_validate('["ops"]');
SELECT * FROM aria_engine.focus_validate(NULL);
-- A stored row is a candidate too.
INSERT INTO aria_engine.focus_profiles (focus_id, display_name) VALUES ('ops', 'Ops');
SELECT count(*) AS problems FROM aria_engine.focus_profiles AS p, aria_engine.focus_validate(to_jsonb(p));
DELETE FROM aria_engine.focus_profiles;

-- The doctor looks at all stored rows.
SELECT * FROM aria_engine.focus_doctor();
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, delegation_level, expertise_keywords,
    system_prompt_addon, token_budget_hint) VALUES
('orchestrator', 'Orchestrator', 1, '[]', NULL, 2000),
('ops', 'Ops', 2, '["deploy", "deployment", "what", {"keyword": "ci", "match": "fragment"}]',
    'Use token ghp_0123456789abcdefghijklmnopqrstuvwxyz', 2000),
('data', 'Data', 2, '["schema", "Deploy"]', NULL, 99999),
('silent', 'Silent', 2, '[]', NULL, 2000);
SELECT * FROM aria_engine.focus_doctor();
-- It reads only.
BEGIN TRANSACTION READ ONLY;
SELECT severity, count(*) FROM aria_engine.focus_doctor() GROUP BY severity;
COMMIT;

-- Patterns of other languages, lists in one string and bare numbers are text here: before they are stored and after.
SELECT path, code, severity, message, hint FROM aria_engine.focus_validate('{"focus_id": "billing",
    "display_name": "Billing", "expertise_keywords": ["^bill.*", "invoice|bill", "\\bpaid\\b", "/refund/i", "%due%",
        "pay*", "tax, vat", "404", "c++", "node.js", "24/7", "and/or", "a*", "what?"]}');
-- Keywords that never count, or not where they seem to.
UPDATE aria_engine.focus_profiles SET expertise_keywords =
    '[{"keyword": "slow", "match": "word"}, "slow down", "ci", "ci cd", "ci/cd", "dodge ram", "old dodge",
      {"keyword": "dodge", "weight": -10}, {"keyword": "hang", "match": "prefix"}, "bill*"]', system_prompt_addon = NULL
WHERE focus_id = 'ops';
DELETE FROM aria_engine.focus_profiles WHERE focus_id IN ('data', 'silent');
SELECT * FROM aria_engine.focus_doctor();
-- Its hints were followed.
UPDATE aria_engine.focus_profiles SET expertise_keywords =
    '["slow down", {"keyword": "slow", "match": "word"}, "ci cd", "ci/cd", "ci",
      {"keyword": "dodge", "weight": -10}, {"keyword": "hang", "match": "prefix"},
      {"keyword": "bill", "match": "prefix"}]'
WHERE focus_id = 'ops';
SELECT * FROM aria_engine.focus_doctor();
-- A keyword that runs into another profile's words, as it would in a message.
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords) VALUES
('net', 'Network', '["down", "load", {"keyword": "speed", "match": "fragment"}]'),
('web', 'Web', '["download", "downloads", "workload", "airspeed", "break down"]');
SELECT * FROM aria_engine.focus_doctor();
SELECT rank, focus_id, keywords FROM aria_engine.focus_rank('download it');
UPDATE aria_engine.focus_profiles SET expertise_keywords =
    '[{"keyword": "down", "match": "word"}, "load", {"keyword": "speed", "match": "fragment", "weight": 0.5}]'
WHERE focus_id = 'net';
UPDATE aria_engine.focus_profiles SET expertise_keywords = '["download", "workload", "airspeed"]'
WHERE focus_id = 'web';
SELECT * FROM aria_engine.focus_doctor();
-- Who takes what no keyword decides: one of several by the order of ids, or nobody.
UPDATE aria_engine.focus_profiles SET focus_id = 'boss' WHERE focus_id = 'orchestrator';
UPDATE aria_engine.focus_profiles SET delegation_level = 1 WHERE focus_id = 'web';
SELECT * FROM aria_engine.focus_doctor();
SELECT aria_engine.focus_route('hello');
UPDATE aria_engine.focus_profiles SET delegation_level = 2;
SELECT * FROM aria_engine.focus_doctor();
SELECT aria_engine.focus_route('hello');
DELETE FROM aria_engine.focus_profiles;
