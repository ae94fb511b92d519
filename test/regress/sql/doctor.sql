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
DELETE FROM aria_engine.focus_profiles;
