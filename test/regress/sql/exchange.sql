-- Chapter exchange: documents, fingerprint, catalog, digest, listeners, as a user meets them in psql.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS aria_focus;
RESET client_min_messages;
\set VERBOSITY default
\set SHOW_CONTEXT never
SET TimeZone = 'UTC';
SET search_path = public, aria_engine;
DELETE FROM focus_profiles;
\pset format unaligned
\pset tuples_only on

-- What the functions promise.
SELECT proname, pg_get_function_identity_arguments(oid), provolatile, proisstrict, proparallel, prosecdef
FROM pg_proc
WHERE pronamespace = 'aria_engine'::regnamespace
    AND proname IN ('focus_export', 'focus_import', 'focus_import_problems',
    'focus_etag', 'focus_digest', 'focus_document', 'focus_adopt', 'focus_dependents')
ORDER BY proname COLLATE "C", pg_get_function_identity_arguments(oid) COLLATE "C";

--
-- Export
--
SELECT focus_export();
SELECT focus_etag();
INSERT INTO focus_profiles (focus_id, display_name, emoji, description, temperature_delta, expertise_keywords,
    auto_skills)
VALUES ('b', 'Be "quoted"', '*', E'two\nlines', -0.1,
        '["deploy", {"weight": 1.500, "keyword": "ci", "match": "word"}, {"keyword": "x y", "weight": -2.0}]',
            '["llm", "web"]'),
       ('a-1', 'A', '*', NULL, 0.00001, '[]', '[]'),
       ('a_1', 'B', '*', NULL, '-0', '[{"keyword": "only"}]', '[]');
SELECT focus_export();
SELECT focus_export('{a_1, a_1}');
SELECT focus_export('{}');
SELECT focus_export('{a_1, nobody}');
SELECT focus_export('{NULL}');
-- equal content, equal text
SELECT focus_etag() AS before \gset
UPDATE focus_profiles SET expertise_keywords = '["deploy", {"match": "word", "keyword": "ci", "weight": 1.5}, '
    '{"keyword": "x y", "weight": -2}]',
                          temperature_delta = temperature_delta + 0
WHERE focus_id = 'b';
UPDATE focus_profiles SET updated_at = '2001-01-01Z', created_at = '2001-01-01Z';
SELECT focus_etag() = :'before';

--
-- Import
--
CREATE TEMP TABLE saved AS SELECT focus_export()::jsonb AS document, focus_export()::text AS text;
\pset format aligned
\pset tuples_only off
SELECT import.* FROM saved, focus_import(document) AS import;
SELECT import.* FROM saved, focus_import(document, 'update') AS import;
UPDATE focus_profiles SET tone = 'warm' WHERE focus_id = 'b';
DELETE FROM focus_profiles WHERE focus_id = 'a-1';
SELECT import.* FROM saved, focus_import(document) AS import;
SELECT import.* FROM saved, focus_import(document, dry_run => true) AS import;
SELECT import.* FROM saved, focus_import(document, 'skip', true) AS import;
SELECT import.* FROM saved, focus_import(document, 'update', true) AS import;
SELECT count(*) AS untouched FROM focus_profiles WHERE tone = 'warm';
SELECT import.* FROM saved, focus_import(document, 'skip') AS import;
SELECT import.* FROM saved, focus_import(document, 'update') AS import;
SELECT text = focus_export()::text AS same_again FROM saved;
SELECT revision, operation FROM focus_history WHERE focus_id = 'b' ORDER BY revision DESC LIMIT 1;
-- a profile of a document is a whole one
SELECT * FROM focus_import('{"format": 1, "profiles": [{"focus_id": "b", "display_name": "Bare", "emoji": null}]}',
    'update');
SELECT focus_id, ascii(emoji) AS emoji, expertise_keywords, auto_skills FROM focus_profiles WHERE focus_id = 'b';
-- one error: nothing is applied, everything is listed
SELECT * FROM focus_import('{"format": 1, "profiles": [
    {"focus_id": "new", "display_name": "New"},
    {"focus_id": "Bad", "tone": "precize", "expertise_keywords": ["x", "X"], "colour": "red"},
    7,
    {"focus_id": "new", "display_name": "Twice"},
    {"focus_id": "a_1", "display_name": "Other"}]}');
SELECT * FROM focus_import('{"format": 1, "profiles": [
    {"focus_id": "new", "display_name": "New"},
    {"focus_id": "Bad", "tone": "precize", "expertise_keywords": ["x", "X"], "colour": "red"},
    7,
    {"focus_id": "new", "display_name": "Twice"},
    {"focus_id": "a_1", "display_name": "Other"}]}', dry_run => true);
SELECT count(*) AS nothing_new FROM focus_profiles WHERE focus_id = 'new';
SELECT d.* FROM unnest(ARRAY['[7]', '{"focus_id": "x"}', '{"format": 1, "profiles": []}', '"x"', NULL]::jsonb[])
    WITH ORDINALITY AS u (document, n), focus_import_document(document) AS d ORDER BY n;
-- An array of profiles, and one profile: paths begin where they begin. json and text will do.
SELECT * FROM focus_import('[{"focus_id": "x-1", "display_name": "X"}, {"focus_id": "x-2", "tone": "wram"},
    {"focus_id": "x-1", "display_name": "X", "expertise_keywords": ["k", "K"]}]');
SELECT * FROM focus_import('{"focus_id": "x-1", "tone": "wram"}');
BEGIN;
SELECT * FROM focus_import('[{"focus_id": "x-1", "display_name": "X"}, {"focus_id": "x-2",
    "display_name": "Y"}]'::jsonb);
SELECT * FROM focus_import('{"focus_id": "x-1", "display_name": "Z"}'::json, 'update', dry_run => true);
SELECT action, count(*) FROM focus_import(focus_export()) GROUP BY 1;
SELECT action, count(*) FROM focus_import(focus_export()::text, prune => true) GROUP BY 1;
ROLLBACK;
-- prune: what the document does not have is deleted; its history stays.
BEGIN;
SELECT focus_export() AS document, focus_etag() AS etag \gset
SELECT * FROM focus_import('[{"focus_id": "x-1", "display_name": "X"}, {"focus_id": "z",
    "display_name": "Z"}]');
UPDATE focus_profiles SET tone = 'warm', expertise_keywords = expertise_keywords || '["extra"]' WHERE focus_id = 'b';
DELETE FROM focus_profiles WHERE focus_id = 'a-1';
SELECT * FROM focus_import(:'document', 'update', dry_run => true, prune => true);
SELECT count(*) AS untouched FROM focus_profiles;
SELECT * FROM focus_import(:'document', 'update', prune => true, reason => 'promoted');
SELECT focus_etag() = :'etag' AS same;
SELECT focus_id, operation, reason FROM focus_history WHERE reason = 'promoted' ORDER BY 1;
SELECT * FROM focus_import(:'document', 'update', prune => true) WHERE action <> 'unchanged';
ROLLBACK;
-- Own tones and styles come along, with description and contract; where they are there, on_conflict decides.
BEGIN;
INSERT INTO focus_tones (tone, description, contract) VALUES ('dry', 'few words', '{"exclamations": {"max": 0}}'),
    ('unused', 'by nobody', '{}');
INSERT INTO focus_styles (style) VALUES ('haiku');
UPDATE focus_profiles SET tone = 'dry', style = 'haiku' WHERE focus_id = 'b';
\pset format unaligned
SELECT focus_export('{b}');
SELECT focus_export('{a_1}') ->> 'tones' AS none;
\pset format aligned
SELECT focus_export() AS document, focus_etag() AS etag \gset
UPDATE focus_profiles SET tone = 'warm', style = 'concise' WHERE focus_id = 'b';
DELETE FROM focus_tones WHERE tone = 'dry';
UPDATE focus_styles SET description = 'three lines' WHERE style = 'haiku';
SELECT * FROM focus_import(:'document', dry_run => true);
SELECT * FROM focus_import(:'document', 'skip', dry_run => true);
SELECT * FROM focus_changed_routes('SELECT 1::text', :'document');
SELECT * FROM focus_import(:'document', 'update', prune => true);
SELECT focus_etag() = :'etag' AS same;
SELECT tone, description, contract FROM focus_tones WHERE NOT builtin ORDER BY 1;
SELECT * FROM focus_import(:'document') WHERE action <> 'unchanged';
ROLLBACK;
SELECT * FROM focus_import('{"format": 1, "styles": 7, "tones": [{"tone": "warm"}, {"tone": "x",
    "contract": {"max": 1}}, 7,
    {"tone": "y", "descripton": "z"}, {"tone": "z"}, {"tone": "z"}, {"tone": " "}],
    "profiles": [{"focus_id": "x-1", "display_name": "X", "tone": "z"}, {"focus_id": "x-2", "display_name": "X",
    "tone": "w"}]}',
    dry_run => true);
SELECT * FROM focus_brought_words('{"tones": [{"tone": "x"}, 7], "styles": 7}');
SELECT * FROM focus_own_words();
BEGIN;
SELECT focus_store_word('style', 'new', 'a', '{}'), focus_store_word('style', 'new', 'b', '{}');
SELECT * FROM focus_own_words();
ROLLBACK;
-- It is refused for what is partial, and where no core profile would be left.
SELECT * FROM focus_import(focus_export('{b}'), 'update', prune => true);
SELECT * FROM focus_import('[]', prune => true, dry_run => true);
BEGIN;
INSERT INTO focus_profiles (focus_id, display_name, delegation_level) VALUES ('core', 'Core', 1);
SELECT * FROM focus_import('{"format": 1, "profiles": [{"focus_id": "b", "display_name": "B"}]}', 'update',
    prune => true);
ROLLBACK;
BEGIN;
INSERT INTO focus_profiles (focus_id, display_name, delegation_level) VALUES ('core', 'Core', 1);
SELECT focus_id, action FROM focus_import('{"format": 1, "profiles": [{"focus_id": "core", "display_name": "Other"}]}',
    'skip', prune => true);
ROLLBACK;
BEGIN;
CREATE TABLE public.agents (focus varchar(50) REFERENCES focus_profiles);
INSERT INTO public.agents VALUES ('b');
SELECT * FROM focus_import('{"format": 1, "profiles": []}', prune => true);
ROLLBACK;
SELECT * FROM focus_import('{"format": "one", "profiles": {}, "comment": "hello"}');
SELECT * FROM focus_import('{}');
SELECT * FROM focus_import('[]');
SELECT * FROM focus_import('7');
SELECT * FROM focus_import('{"format": 1, "partial": "yes", "profiles": []}');
SELECT * FROM focus_import('no json');
SELECT * FROM focus_import(NULL);
SELECT * FROM focus_import('{"format": 1, "profiles": []}');
SELECT * FROM focus_import('{"format": 1, "profiles": []}', NULL, NULL);
SELECT * FROM focus_import('{"format": 1, "profiles": []}', 'replace');

--
-- Catalog and digest
--
UPDATE focus_profiles SET system_prompt_addon = 'Be brief.', delegation_level = 1 WHERE focus_id = 'b';
UPDATE focus_profiles SET enabled = false WHERE focus_id = 'a-1';
UPDATE focus_profiles SET display_name = E'Two\n  lines' WHERE focus_id = 'a_1';
SELECT focus_id, display_name, system_prompt_addon_length AS length FROM focus_catalog ORDER BY 1;
SELECT focus_digest();
DELETE FROM focus_profiles;
SELECT focus_digest() = '' AS empty;
SELECT inserted FROM focus_seed();
SELECT focus_digest(), octet_length(focus_digest()) AS bytes;

--
-- Adoption
--
CREATE SCHEMA byhand;
CREATE TABLE byhand.focus_profiles (
    focus_id varchar(60), display_name varchar(100), emoji varchar(20), tone varchar(30) DEFAULT 'neutral',
        delegation_level integer DEFAULT 2,
    temperature_delta double precision DEFAULT 0, expertise_keywords jsonb DEFAULT '[]', enabled boolean DEFAULT true,
    created_at timestamptz DEFAULT '2020-02-02Z', colour text);
INSERT INTO byhand.focus_profiles (focus_id, display_name, emoji, tone, temperature_delta, expertise_keywords) VALUES
    ('good', 'Good', '*', 'warm', 0.1, '["deploy"]'),
    ('Dev Ops', 'Bad id', '*', 'snarky', 0, '[]'),
    ('nan', 'Not a number', '*', 'warm', 'NaN', '[]'),
    ('null', 'Null', '*', NULL, 0, '["a", "A"]'),
    ('there', 'There', '*', 'warm', 0, '[]'),
    ('same', 'Same', '*', 'warm', 0, '[]'),
    ('twice', 'Twice', '*', 'warm', 0, '[]'), ('twice', 'Twice', '*', 'warm', 0, '[]'),
        ('twice', 'Other', '*', 'warm', 0, '[]');
INSERT INTO focus_profiles (focus_id, display_name) VALUES ('there', 'Something else');
INSERT INTO focus_profiles (focus_id, display_name, emoji, tone) VALUES ('same', 'Same', '*', 'warm');
SELECT * FROM focus_adopt('byhand.focus_profiles', true);
SELECT focus_id FROM focus_profiles ORDER BY 1;
SELECT focus_id, action, path, message FROM focus_adopt('byhand.focus_profiles');
SELECT focus_id, tone, temperature_delta, expertise_keywords, created_at FROM focus_profiles
    WHERE focus_id IN ('good', 'twice') ORDER BY 1;
SELECT action, count(*) FROM focus_adopt('byhand.focus_profiles') GROUP BY 1 ORDER BY 1;
SELECT count(*) AS kept FROM byhand.focus_profiles;
SELECT * FROM focus_adopt('focus_profiles');
SELECT * FROM focus_adopt(NULL);
SELECT * FROM focus_adopt('pg_class');

-- What hangs on it.
ALTER TABLE byhand.focus_profiles DROP COLUMN colour;
DELETE FROM byhand.focus_profiles WHERE focus_id NOT IN ('good', 'same');
ALTER TABLE byhand.focus_profiles ALTER focus_id TYPE varchar(50), ALTER emoji TYPE varchar(10),
    ADD PRIMARY KEY (focus_id);
CREATE TABLE byhand.agents (name text, focus varchar(50) REFERENCES byhand.focus_profiles ON UPDATE CASCADE);
INSERT INTO byhand.agents VALUES ('one', 'good');
CREATE VIEW byhand.names AS SELECT focus_id, display_name FROM byhand.focus_profiles;
CREATE MATERIALIZED VIEW byhand.numbers AS SELECT count(*) FROM byhand.focus_profiles;
GRANT SELECT ON byhand.focus_profiles TO PUBLIC;
SELECT kind, name, CASE WHEN kind <> 'view' THEN command END AS command FROM focus_dependents('byhand.focus_profiles');
SELECT * FROM focus_dependents(NULL);
BEGIN;
\set ECHO errors
SELECT command FROM focus_dependents('byhand.focus_profiles') WHERE kind IN ('foreign key', 'view') \gexec
\set ECHO all
SELECT kind, name FROM focus_dependents('byhand.focus_profiles');
SELECT count(*) FROM byhand.names;
DELETE FROM focus_profiles WHERE focus_id = 'good';
ROLLBACK;
SET client_min_messages = warning;
DROP SCHEMA byhand CASCADE;
DELETE FROM focus_profiles;
