-- Chapter stock: the profiles that focus_seed() brings.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS aria_focus;
RESET client_min_messages;
\pset null '-'
DELETE FROM aria_engine.focus_profiles;

SELECT * FROM aria_engine.focus_seed();
SELECT * FROM aria_engine.focus_seed();
\pset format unaligned
SELECT focus_id, display_name AS name, emoji, delegation_level AS level, token_budget_hint AS budget,
    temperature_delta AS delta,
       tone, style, model_override AS model, enabled
FROM aria_engine.focus_profiles ORDER BY delegation_level, focus_id COLLATE "C";
\pset format aligned
SELECT focus_id, auto_skills FROM aria_engine.focus_profiles ORDER BY delegation_level, focus_id COLLATE "C";

-- The texts are there, in ASCII; the keywords are plain strings.
SELECT focus_id, jsonb_array_length(expertise_keywords) BETWEEN 40 AND 120 AS enough_keywords,
       NOT jsonb_path_exists(expertise_keywords, '$[*] ? (@.type() != "string")') AS strings,
       length(description) > 20 AS described, length(system_prompt_addon) > 80 AS prompted,
       two_to_four AS two_to_four_sentences,
       description || system_prompt_addon || display_name || expertise_keywords::text
           || auto_skills::text ~ '^[\x20-\x7e]+$' AS ascii
FROM aria_engine.focus_profiles AS p,
     LATERAL (SELECT count(*) BETWEEN 2 AND 4
         FROM regexp_matches(system_prompt_addon, '[.!?](\s|$)', 'g')) AS s (two_to_four)
ORDER BY focus_id COLLATE "C";
SELECT p.focus_id, v.code, v.severity, v.message FROM aria_engine.focus_profiles AS p,
    aria_engine.focus_validate(to_jsonb(p)) AS v;
SELECT focus_id, code, message FROM aria_engine.focus_doctor();

-- Edits and deletions are an operator's: a second call keeps the one and brings back the other.
UPDATE aria_engine.focus_profiles SET tone = 'blunt', expertise_keywords = '["mine"]', enabled = false
    WHERE focus_id = 'creative';
DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'data';
SELECT * FROM aria_engine.focus_seed();
SELECT focus_id, tone, expertise_keywords, enabled FROM aria_engine.focus_profiles WHERE focus_id = 'creative';
SELECT count(*) FROM aria_engine.focus_profiles;
SELECT * FROM aria_engine.focus_seed();

DELETE FROM aria_engine.focus_profiles;
