-- Chapter history: what is kept of every change, and how it comes back, as a user meets it in psql.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS aria_focus;
RESET client_min_messages;
\set VERBOSITY default
\set SHOW_CONTEXT never
SET TimeZone = 'UTC';
SET search_path = public, aria_engine;
DELETE FROM focus_profiles;

-- What the functions promise.
SELECT proname, pg_get_function_identity_arguments(oid) AS arguments, provolatile AS volatile, proisstrict AS strict,
       proparallel AS parallel, prosecdef AS definer
FROM pg_proc
WHERE pronamespace = 'aria_engine'::regnamespace AND proname IN ('focus_put', 'focus_restore', 'focus_revision',
    'focus_revisions', 'focus_diff', 'focus_at', 'focus_content', 'focus_merge', 'focus_store')
ORDER BY proname COLLATE "C";
SELECT c AS dumped FROM pg_extension, unnest(extconfig, extcondition) AS u (t, c)
WHERE extname = 'aria_focus' AND t = 'focus_history'::regclass;

--
-- focus_put
--
\pset null '-'
SELECT focus_id, ascii(emoji) AS emoji, tone, delegation_level AS level, created_at = updated_at AS fresh
FROM focus_put('{"focus_id": "h-ops", "display_name": "Ops", "expertise_keywords": ["deploy"]}', 'not kept');
SELECT tone, style, expertise_keywords FROM focus_put('{"focus_id": "h-ops", "tone": "warm"}', 'friendlier', 1);
SELECT tone, style, expertise_keywords FROM focus_put('{"focus_id": "h-ops", "tone": null, "style": "concise"}');
SELECT description, model_override FROM focus_put('{"focus_id": "h-ops", "description": "d", "model_override": "m"}');
SELECT description, model_override FROM focus_put('{"focus_id": "h-ops", "description": null, "model_override": null}');
-- without effect: a row is returned, and no history written
SELECT focus_id, tone FROM focus_put('{"focus_id": "h-ops", "created_at": "yesterday", "updated_at": 5}', 'nothing');
SELECT revision, operation, reason, profile ->> 'tone' AS tone, profile ->> 'description' AS description
FROM focus_history WHERE focus_id = 'h-ops' ORDER BY revision;
SELECT count(*) AS columns FROM focus_history, jsonb_object_keys(profile) WHERE focus_id = 'h-ops' AND revision = 1;

SELECT focus_put('{"focus_id": "h-ops", "tone": "blunt"}', 'stale', 2);
SELECT focus_put('{"focus_id": "h-ops", "tone": "blunt"}', 'must be new', 0);
SELECT focus_put('{"focus_id": "h-new", "display_name": "New"}', 'must be there', 3);
SELECT focus_id FROM focus_put('{"focus_id": "h-new", "display_name": "New"}', expected_revision => 0);
SELECT focus_put('{"focus_id": "h-ops", "tone": "wram", "emojy": "x", "delegation_level": "two", "enabled": 1}');
SELECT focus_put('{"display_name": "No id"}');
SELECT focus_put('{"focus_id": 5, "display_name": "Number"}');
SELECT focus_put('{"focus_id": "h-third"}');
SELECT focus_put('{"focus_id": "h-ops", "display_name": null}');
SELECT focus_put('{"focus_id": "h-ops", "emoji": "01234567890", "token_budget_hint": 3000000000, "temperature_delta": '
    '2}');
SELECT focus_put('["h-ops"]');
SELECT focus_put(NULL);
SELECT focus_id, tone FROM focus_profiles WHERE focus_id LIKE 'h-%' ORDER BY 1;

--
-- The setting; every way in
--
SET aria_focus.reason = 'night shift';
UPDATE focus_profiles SET enabled = false WHERE focus_id = 'h-ops';
SELECT enabled FROM focus_put('{"focus_id": "h-ops", "enabled": true}', 'its own');
SHOW aria_focus.reason;
SELECT token_budget_hint FROM focus_put('{"focus_id": "h-ops", "token_budget_hint": 1}');
RESET aria_focus.reason;
UPDATE focus_profiles SET token_budget_hint = 1, enabled = true WHERE focus_id = 'h-ops';
INSERT INTO focus_profiles (focus_id, display_name) VALUES ('h-ops', 'Upsert')
ON CONFLICT (focus_id) DO UPDATE SET display_name = excluded.display_name;
SELECT revision, operation, changed_by = session_user AS by_me, reason FROM focus_history
WHERE focus_id = 'h-ops' AND revision > 4 ORDER BY revision;

--
-- Rename, delete, truncate; an id that comes back goes on counting
--
UPDATE focus_profiles SET focus_id = 'h-dev' WHERE focus_id = 'h-ops';
UPDATE focus_profiles SET tone = 'blunt' WHERE focus_id = 'h-dev';
DELETE FROM focus_profiles WHERE focus_id = 'h-dev';
TRUNCATE focus_profiles;
INSERT INTO focus_profiles (focus_id, display_name) VALUES ('h-dev', 'Again');
UPDATE focus_profiles SET tone = 'formal' WHERE focus_id = 'h-dev';
SELECT focus_id, revision, operation, profile ->> 'tone' AS tone FROM focus_history
WHERE focus_id LIKE 'h-%' ORDER BY focus_id, revision;

--
-- Looking back
--
SELECT revision, operation, changed_at IS NOT NULL AS timed, changed_by = session_user AS by_me, reason, changes
FROM focus_revisions('h-ops');
SELECT revision, operation, reason, changes FROM focus_revisions('h-dev');
SELECT revision, operation, changes FROM focus_revisions('h-new');
SELECT * FROM focus_revisions('nobody');
SELECT * FROM focus_diff('h-ops', 1, 3);
SELECT * FROM focus_diff('h-ops', 3, 1);
SELECT * FROM focus_diff('h-dev', 1, 4);
SELECT * FROM focus_diff('h-dev', 2, 2);
SELECT * FROM focus_diff('h-dev', 1, 9);
SELECT * FROM focus_diff('nobody', 0, 1);
-- Of keyword lists what they do not share, and in words.
SELECT focus_id FROM focus_put('{"focus_id": "h-words", "display_name": "Words", "auto_skills": ["a", "b"],
    "expertise_keywords": ["down", "refund", "card", "VAT", "x"]}');
SELECT focus_id FROM focus_put('{"focus_id": "h-words", "tone": "playful", "description": "hello",
    "model_override": "m 4",
    "auto_skills": ["b", "c"], "expertise_keywords": ["invoice", {"keyword": "next, step", "weight": 2.50,
    "match": "word"},
    {"keyword": "refund", "weight": 2.0}, {"keyword": "card", "match": "word", "weight": -1}, "vat",
    {"keyword": "x"}]}');
SELECT focus_id FROM focus_put('{"focus_id": "h-words", "expertise_keywords": ["invoice",
    {"keyword": "next, step", "weight": 2.5, "match": "word"}, {"keyword": "refund", "weight": 2},
    {"keyword": "card", "match": "word", "weight": -1}, "vat", "x"]}');
SELECT focus_id FROM focus_put('{"focus_id": "h-words", "model_override": null, "expertise_keywords": ["x", "invoice",
    {"keyword": "next, step", "weight": 2.5, "match": "word"}, {"keyword": "refund", "weight": 2},
    {"keyword": "card", "match": "word", "weight": -1}, "vat"]}');
SELECT focus_id FROM focus_put((SELECT jsonb_build_object('focus_id', 'h-words', 'expertise_keywords',
    jsonb_agg('k' || i ORDER BY i)) FROM generate_series(1, 30) AS i));
\x on
SELECT * FROM focus_diff('h-words', 1, 2);
SELECT * FROM focus_diff('h-words', 2, 3);
SELECT * FROM focus_diff('h-words', 3, 4);
\x off
SELECT revision, summary FROM focus_revisions('h-words') ORDER BY 1;
-- What they are made of
SELECT * FROM focus_keyword_pairs('["a", "b", {"keyword": "C"}]', '["c", "d", "B"]');
SELECT * FROM focus_keyword_changes('["a", "b", {"keyword": "C"}]', '["c", "d", "B", {"keyword": "e",
    "match": "prefix"}]');
SELECT focus_summary('{"tone": "warm", "updated_at": 1}', '{"tone": null, "enabled": false, "contract": {}}') AS some,
    focus_summary('{"tone": "warm"}', '{"tone": "warm", "renamed_to": "x"}') AS none;
DELETE FROM focus_profiles WHERE focus_id = 'h-words';
SELECT * FROM focus_diff('h-dev', 1, NULL);
SELECT focus_revision('h-dev', 4) ->> 'tone' AS tone, focus_revision('h-dev', 9) AS none,
    focus_revision('nobody', 1) AS nobody;

-- Times that everybody can read; where triggers do not fire, since no UPDATE moves created_at.
BEGIN;
UPDATE focus_profiles SET created_at = '2020-01-01Z' WHERE focus_id = 'h-dev' RETURNING focus_id,
    created_at > '2025-01-01Z' AS stays;
SET LOCAL session_replication_role = replica;
UPDATE focus_profiles SET created_at = '2020-01-01Z', updated_at = '2020-01-01Z' WHERE focus_id = 'h-dev';
RESET session_replication_role;
INSERT INTO focus_history (focus_id, revision, operation, changed_at, changed_by, profile)
SELECT 'h-time', n, 'UPDATE', ('2021-01-0' || n || 'Z')::timestamptz, 'somebody',
       to_jsonb(p) || jsonb_build_object('focus_id', 'h-time', 'tone', word)
FROM focus_profiles AS p, (VALUES (1, 'warm'), (2, 'blunt'), (3, 'formal')) AS v (n, word) WHERE p.focus_id = 'h-dev';
SELECT at, (SELECT tone FROM focus_at('h-time', at)) FROM unnest(ARRAY[
    '2019-12-31Z', '2020-01-01Z', '2020-12-31Z', '2021-01-01Z', '2021-01-02Z', '2021-01-02 12:00Z',
        '2021-01-03Z']::timestamptz[]) AS at;
SELECT focus_id, tone, created_at FROM focus_at('h-dev', 'infinity');
SELECT count(*) FROM focus_at('h-dev', '2020-01-01Z');
SELECT count(*) FROM focus_at('nobody', 'infinity');
ROLLBACK;

--
-- focus_restore
--
SELECT focus_id, tone, style FROM focus_restore('h-dev', 1, 'as it was');
SELECT revision, operation, reason, changes FROM focus_revisions('h-dev') ORDER BY revision DESC NULLS LAST LIMIT 1;
BEGIN;
SELECT focus_id, display_name, created_at = now() AS created_now FROM focus_restore('h-new', 1);
SELECT focus_id, display_name FROM focus_restore('h-new', 2);
COMMIT;
SELECT focus_restore('h-dev', 99);
SELECT focus_restore('nobody', 1);
SELECT focus_restore(NULL, NULL);
INSERT INTO focus_tones (tone) VALUES ('h-gone');
SELECT tone FROM focus_put('{"focus_id": "h-new", "tone": "h-gone"}');
SELECT tone FROM focus_put('{"focus_id": "h-new", "tone": "warm"}');
DELETE FROM focus_tones WHERE tone = 'h-gone';
SELECT focus_restore('h-new', 3);

--
-- History is only added to
--
UPDATE focus_history SET reason = 'nicer';
DELETE FROM focus_history WHERE focus_id = 'nobody';
TRUNCATE focus_history;
\set VERBOSITY terse
INSERT INTO focus_history (focus_id, revision, operation, changed_at, changed_by, profile)
    VALUES ('h-x', 0, 'UPDATE', now(), '', '{}');
INSERT INTO focus_history (focus_id, revision, operation, changed_at, changed_by, profile)
    VALUES ('h-x', 1, 'EDIT', now(), '', '{}');
INSERT INTO focus_history (focus_id, revision, operation, changed_at, changed_by, profile)
    VALUES ('h-x', 1, 'UPDATE', now(), '', '[]');
DELETE FROM focus_profiles;
