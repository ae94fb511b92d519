-- One example for each SQLSTATE of the table of errors in docs/errors.md. An example starts at a line
-- "-- SQLSTATE: what happens"; its only error must have that SQLSTATE. Each runs in a transaction of
-- its own that is rolled back, as a superuser, in a database with the extension and this profile:
--     ops: ["deploy", {"keyword": "a", "match": "fragment"}]

-- 23502: a column without default gets no value
INSERT INTO focus_profiles (focus_id) VALUES ('finance');

-- 23503: an unknown tone
INSERT INTO focus_profiles (focus_id, display_name, tone) VALUES ('finance', 'Finance', 'precize');

-- 23503: a tone that a profile has is removed
DELETE FROM focus_tones WHERE tone = 'neutral';

-- 23505: the focus_id is there already
INSERT INTO focus_profiles (focus_id, display_name) VALUES ('ops', 'Operations');

-- 23514: a level out of range
UPDATE focus_profiles SET delegation_level = 4;

-- 23514: a bad keyword list, where the trigger does not fire
SET session_replication_role = replica;
UPDATE focus_profiles SET expertise_keywords = '["deploy", "Deploy"]';

-- 22001: the column type refuses a long text before any trigger
UPDATE focus_profiles SET emoji = '12345678901';

-- 22003: the column type refuses a number
UPDATE focus_profiles SET token_budget_hint = 3000000000;

-- 22P02: what is no jsonb
UPDATE focus_profiles SET expertise_keywords = '[deploy]';

-- 22023: an invalid keyword list as an argument
SELECT * FROM focus_keyword_hits('deploy now', '["deploy", ""]');

-- 22023: an invalid contract as an argument
SELECT * FROM focus_lint('deploy now', '{"exclamation": {"max": 0}}');

-- 22023: an unknown severity
SELECT focus_conforms('deploy now', '{}', 'fatal');

-- 22023: an unknown word list
SELECT * FROM focus_lexicon('hedge');

-- 22023: a label names no profile
SELECT n FROM focus_evaluate($$VALUES ('deploy', 'opps')$$);

-- 22004: the query is NULL
SELECT n FROM focus_evaluate(NULL);

-- 22004: the document of an edit is NULL
SELECT * FROM focus_changed_routes($$VALUES ('deploy')$$, NULL);

-- 22023: a bad document of an edit
SELECT * FROM focus_changed_routes($$VALUES ('deploy')$$, '[{"focus_id": "ops", "tone": "wram"}]');

-- 42601: the query changes rows
SELECT n FROM focus_evaluate('DELETE FROM focus_examples RETURNING message, focus_id');

-- 42804: the query has one column
SELECT n FROM focus_evaluate('SELECT message FROM focus_examples');

-- 22023: a keyword to remove that is not there
SELECT focus_remove_keywords('ops', ARRAY['deplyo']);

-- 22P05: a document with what jsonb cannot hold
SELECT * FROM focus_import('"\u0000"'::json);

-- 22023: a partial document that prunes
SELECT * FROM focus_import(focus_export('{ops}'), prune => true);

-- 22023: a negative margin
SELECT focus_route('deploy now', min_margin => -1);

-- 22023: a threshold that is no number
SELECT * FROM focus_decide('deploy now', threshold => 'NaN');

-- 22023: top below 1
SELECT * FROM focus_rank('deploy now', 0);

-- 22023: a profile with an unknown key
SELECT focus_put('{"focus_id": "ops", "tnoe": "warm"}');

-- 22023: a document with a mistake
SELECT focus_import('{"format": 1, "profiles": [{"focus_id": "a"}]}');

-- 22023: a revision that does not exist
SELECT focus_restore('ops', 7);

-- 25006: no writing in a read-only transaction
SET LOCAL transaction_read_only = on;
SELECT focus_put('{"focus_id": "ops", "tone": "warm"}');

-- 40001: a row that cannot be stored
CREATE FUNCTION pg_temp.swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER mine BEFORE INSERT ON focus_profiles FOR EACH ROW EXECUTE FUNCTION pg_temp.swallow();
SELECT focus_put('{"focus_id": "new", "display_name": "New"}');

-- 23503: a contract of no profile
INSERT INTO focus_contracts VALUES ('nobody', '{}');

-- 55000: the contract of a built-in tone
UPDATE focus_tones SET contract = '{}' WHERE tone = 'warm';

-- 55000: another revision than expected
SELECT focus_put('{"focus_id": "ops", "tone": "warm"}', expected_revision => 3);

-- 55000: a BEFORE trigger that fires after the recorder
CREATE TRIGGER zzz BEFORE UPDATE ON focus_profiles FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
UPDATE focus_profiles SET tone = 'warm';

-- 54000: the history cannot hold it
UPDATE focus_profiles SET description = repeat('x', 268000000) WHERE focus_id = 'ops';

-- 54000: no revision is left
INSERT INTO focus_history SELECT 'ops', 2147483647, 'UPDATE', now(), 'me', NULL, '{}';
UPDATE focus_profiles SET tone = 'warm' WHERE focus_id = 'ops';

-- 42501: history is written by edits
CREATE ROLE readme_stranger;
GRANT USAGE ON SCHEMA aria_engine TO readme_stranger;
GRANT SELECT, INSERT ON focus_history TO readme_stranger;
SET ROLE readme_stranger;
INSERT INTO focus_history VALUES ('ops', 1, 'UPDATE', now(), 'me', NULL, '{}');

-- 0A000: the catalog under row-level security
CREATE ROLE readme_stranger;
GRANT USAGE ON SCHEMA aria_engine TO readme_stranger;
GRANT SELECT ON focus_catalog TO readme_stranger;
ALTER TABLE focus_profiles ENABLE ROW LEVEL SECURITY;
SET ROLE readme_stranger;
SELECT count(*) FROM focus_catalog;

-- 0A000: no PREPARE TRANSACTION after NOTIFY
UPDATE focus_profiles SET tone = 'warm';
PREPARE TRANSACTION 'example';

-- 42501: history is only added to
DELETE FROM focus_history;

-- 42501: an editor without the history
CREATE ROLE readme_stranger;
GRANT USAGE ON SCHEMA aria_engine TO readme_stranger;
GRANT SELECT, UPDATE ON focus_profiles TO readme_stranger;
SET ROLE readme_stranger;
UPDATE focus_profiles SET enabled = false;

-- 22023: an agent's value of the wrong type
SELECT * FROM focus_agent_scores('deploy now', '[{"agent_id": 1, "pheromone_score": "high"}]');

-- 22023: max_agents below 1
SELECT * FROM focus_select_agents('deploy now', '[]', 0);

-- 22023: a setting of the wrong type
SELECT * FROM focus_effective_settings('ops', '{"temperature": "hot"}');

-- 22023: a skill that is no string
SELECT focus_skills('["llm", 7]', '[]');

-- 42703: a column that is not there
SELECT * FROM focus_dangling('focus_profiles', 'focus');

-- 42501: no SELECT on the profiles
CREATE ROLE readme_stranger;
GRANT USAGE ON SCHEMA aria_engine TO readme_stranger;
SET ROLE readme_stranger;
SELECT focus_route('deploy now');

-- 42501: SELECT on some columns is not enough
CREATE ROLE readme_stranger;
GRANT USAGE ON SCHEMA aria_engine TO readme_stranger;
GRANT SELECT (focus_id, expertise_keywords) ON focus_profiles TO readme_stranger;
SET ROLE readme_stranger;
SELECT focus_route('deploy now');

-- 42501: no right to change profiles
CREATE ROLE readme_stranger;
GRANT USAGE ON SCHEMA aria_engine TO readme_stranger;
GRANT SELECT ON focus_profiles TO readme_stranger;
SET ROLE readme_stranger;
UPDATE focus_profiles SET enabled = false;

-- 42883: no USAGE on the schema, so the function is not even found by its short name
CREATE ROLE readme_stranger;
SET ROLE readme_stranger;
SELECT focus_route('deploy now');

-- 0A000: row-level security applies to the caller
CREATE ROLE readme_stranger;
GRANT USAGE ON SCHEMA aria_engine TO readme_stranger;
GRANT SELECT ON focus_profiles TO readme_stranger;
ALTER TABLE focus_profiles ENABLE ROW LEVEL SECURITY;
SET ROLE readme_stranger;
SELECT focus_route('deploy now');

-- 42P07: CREATE EXTENSION over a table that was made by hand
DROP EXTENSION aria_focus;
CREATE TABLE aria_engine.focus_profiles (focus_id text);
CREATE EXTENSION aria_focus;

-- 42P01: the schema was renamed
ALTER SCHEMA aria_engine RENAME TO elsewhere;
SELECT elsewhere.focus_route('deploy now');

-- 42809: the table got a child
CREATE TABLE child () INHERITS (focus_profiles);
SELECT focus_route('deploy now');

-- 42804: a column got another type
ALTER EXTENSION aria_focus DROP VIEW focus_catalog;
DROP VIEW focus_catalog;
ALTER TABLE focus_profiles ALTER COLUMN delegation_level TYPE bigint;
SELECT focus_route('deploy now');

-- 42703: a column is gone
ALTER TABLE focus_profiles RENAME COLUMN expertise_keywords TO keywords;
SELECT focus_route('deploy now');

-- 54000: more hits than can be listed
SELECT count(*) FROM focus_explain(repeat('a', 10000001));

-- 54000: the highlighted message would not fit
SELECT focus_highlight(repeat('a', 1000000), 'ops', repeat('<', 2000));

-- 57014: a timeout ends a long scan
SET LOCAL statement_timeout = 20;
SELECT focus_keyword_hits(repeat('a', 50000000), '["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"]');
