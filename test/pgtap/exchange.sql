-- Documents: what is exported comes back the same; one error stops all and all errors are told; catalog,
-- digest, adoption.
BEGIN;
\ir lib/attempt.sql
SELECT plan(81);
SET LOCAL search_path = public, aria_engine;
SELECT setseed(0.20211);

-- --- export of random profiles, there and back -----------------------------------------------------------

-- A text with everything that JSON has to escape.
CREATE FUNCTION pg_temp.words(n int) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT string_agg((ARRAY['a', 'B', E'\\', '"', E'\n', E'\t', E'\x01', U&'\00E9', U&'\+01F3AF', U&'\2028', ' ', '/',
        '%', '<b>'])
                      [1 + floor(random() * 14)], '') || 'x' FROM generate_series(1, n)
$$;
CREATE FUNCTION pg_temp.fill() RETURNS void LANGUAGE sql VOLATILE AS $$
    INSERT INTO focus_profiles (focus_id, display_name, description, tone, style, delegation_level, token_budget_hint,
        temperature_delta, expertise_keywords, system_prompt_addon, model_override, auto_skills, enabled)
    SELECT (ARRAY['a', 'z', '0'])[1 + i % 3] || (ARRAY['-', '_', 'b', ''])[1 + i % 4] || i, pg_temp.words(5),
           CASE WHEN random() < 0.7 THEN pg_temp.words(i) END, (ARRAY['warm', 'blunt', 'neutral'])[1 + i % 3],
           (ARRAY['concise', 'narrative'])[1 + i % 2], 1 + i % 3, i * 1000,
           CASE i % 4 WHEN 0 THEN random() WHEN 1 THEN -random() * 1e-9 WHEN 2 THEN '-0'
               ELSE round(random()::numeric, 2) END,
           (SELECT coalesce(jsonb_agg(CASE (i + k) % 3 WHEN 0 THEN to_jsonb('k' || k || U&'\00DF"\\')
                 WHEN 1 THEN jsonb_build_object('keyword', 'k' || k, 'weight', ((1 + i + k) % 9 + 1)::numeric(6,2) / 4)
                 ELSE jsonb_build_object('weight', -1.000, 'match', 'prefix', 'keyword', 'k' || k) END), '[]')
            FROM generate_series(1, i % 5) AS k),
           CASE WHEN random() < 0.7 THEN pg_temp.words(i * 2) END, CASE WHEN random() < 0.5 THEN pg_temp.words(3) END,
           to_jsonb(ARRAY(SELECT pg_temp.words(2) || s FROM generate_series(1, i % 4) AS s)), random() < 0.8
    FROM generate_series(1, 40) AS i
$$;
SELECT pg_temp.fill();
CREATE TEMP TABLE saved AS SELECT focus_export() AS document, focus_etag() AS etag;
SELECT is(jsonb_array_length(document::jsonb -> 'profiles'), 40, 'all profiles') FROM saved;
SELECT is((SELECT string_agg(key, ' ') FROM json_object_keys(document -> 'profiles' -> 0) AS key),
    (SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute
     WHERE attrelid = 'focus_profiles'::regclass AND attnum BETWEEN 1 AND 14), 'keys in column order') FROM saved;
SELECT is((SELECT array_agg(e ->> 'focus_id') FROM json_array_elements(document -> 'profiles') AS e),
          ARRAY(SELECT focus_id::text COLLATE "C" FROM focus_profiles ORDER BY 1), 'profiles by focus_id') FROM saved;
SELECT is_empty($$
    SELECT p.focus_id FROM saved, jsonb_array_elements(document::jsonb -> 'profiles') AS e
    RIGHT JOIN focus_profiles AS p ON p.focus_id = e ->> 'focus_id'
    WHERE e IS DISTINCT FROM focus_content(p)$$, 'every value as it is stored');
SELECT doesnt_match(document::text, '\.[0-9]*0[,}]|-0,', 'no trailing zeros, no negative zero') FROM saved;
SELECT is((SELECT string_agg(DISTINCT action, ',') FROM focus_import(document::jsonb)), 'unchanged',
    'importing it changes nothing') FROM saved;
SELECT is((SELECT count(*) FROM focus_history), 0::bigint, 'and writes no history');
SELECT is(etag, encode(sha256(convert_to(document::text, 'UTF8')), 'hex'), 'the etag is its sha256') FROM saved;
DELETE FROM focus_profiles;
SELECT is((SELECT string_agg(DISTINCT action, ',') FROM focus_import(document::jsonb)), 'inserted',
    'imported into an empty table') FROM saved;
SELECT is(focus_export()::text, document::text, 'it is exported again byte for byte') FROM saved;
-- in another physical order, with other spellings of the same numbers and other times
CREATE TEMP TABLE shuffled AS SELECT * FROM focus_profiles ORDER BY random();
DELETE FROM focus_profiles;
UPDATE shuffled SET created_at = '2001-01-01Z', updated_at = '2002-02-02Z', temperature_delta = CASE temperature_delta
    WHEN 0 THEN '-0' ELSE temperature_delta END,
    expertise_keywords = (SELECT coalesce(jsonb_agg(CASE WHEN e ? 'weight'
        THEN e || jsonb_build_object('weight', (e ->> 'weight')::numeric(9,3)) ELSE e END
                                                    ORDER BY n), '[]')
                                                        FROM jsonb_array_elements(expertise_keywords) WITH ORDINALITY
                                                        AS k (e, n));
INSERT INTO focus_profiles SELECT * FROM shuffled;
SELECT is(focus_export()::text, document::text, 'equal content, equal text') FROM saved;
SELECT is(focus_etag(), etag, 'equal content, equal etag') FROM saved;
-- each column counts
CREATE TEMP TABLE touches (change text);
INSERT INTO touches VALUES ('focus_id = ''other'''), ('display_name = ''x'''), ('emoji = ''x'''),
    ('description = ''changed'''), ('tone = ''formal'''),
    ('style = ''socratic'''), ('delegation_level = delegation_level % 3 + 1'), ('token_budget_hint = 7'),
        ('temperature_delta = 0.5'),
    ('expertise_keywords = ''["changed"]'''), ('system_prompt_addon = ''changed'''), ('model_override = ''changed'''),
        ('auto_skills = ''["changed"]'''),
    ('enabled = NOT enabled');
-- The etag after a change of one profile, which is then taken back.
CREATE FUNCTION pg_temp.etag_after(change text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('UPDATE focus_profiles SET %s WHERE focus_id = ''z_13''', change);
    RAISE EXCEPTION USING ERRCODE = 'P0099', MESSAGE = focus_etag();
EXCEPTION WHEN SQLSTATE 'P0099' THEN
    RETURN SQLERRM;
END
$$;
SELECT ok(EXISTS (SELECT FROM focus_profiles WHERE focus_id = 'z_13'), 'there is z_13');
SELECT isnt(pg_temp.etag_after(change), etag, 'another etag: ' || change) FROM saved, touches;
SELECT is(pg_temp.etag_after('updated_at = now()'), etag, 'times are no content') FROM saved;
SELECT is(focus_export(ARRAY['z_13'])::jsonb,
    jsonb_build_object('format', 1, 'partial', true, 'profiles', jsonb_build_array(focus_content(p))), 'one of them')
FROM focus_profiles AS p WHERE focus_id = 'z_13';

-- --- errors --------------------------------------------------------------------------------------------------

CREATE TEMP TABLE failing (n serial, command text, message text, detail text);
INSERT INTO failing (command, message, detail) VALUES
($$focus_export('{z_13,none}')$$, 'focus profile "none" does not exist', ''),
($$focus_import('{"format": 1, "profiles": []}', 'merge')$$, 'on_conflict "merge" is not known', ''),
($$focus_import('7')$$, 'invalid document: a document must be an object, not of type number',
    '$: a document must be an object, not of type number.'),
($$focus_import(NULL)$$, 'invalid document: a document must be an object', '$: a document must be an object.'),
($$focus_import('{"profiles": []}')$$, 'invalid document: format is missing', '$.format: format is missing.'),
($$focus_import('{"format": 2, "profiles": 3, "z": 0, "a": 0}')$$,
    'invalid document: format 2 is not 1 (and 3 more problems)',
 E'$.format: format 2 is not 1.\n$.profiles: profiles must be an array, not of type number.\n'
 '$.a: key "a" is not known in a document.\n$.z: key "z" is not known in a document.'),
($$focus_import('{"format": 1, "profiles": [{"focus_id": "new", "display_name": "New"},
    {"focus_id": "z_13", "display_name": "Z"}]}')$$,
 'invalid document: profile "z_13" exists already with other content',
     '$.profiles[1].focus_id: profile "z_13" exists already with other content.'),
($$focus_import('{"format": 1, "profiles": [{"focus_id": "new", "display_name": "New"},
    {"focus_id": "new", "display_name": "New"}, {"focus_id": "new", "display_name": "New"}]}', 'skip')$$,
 'invalid document: profile "new" stands already at $.profiles[0] (and 1 more problem)',
 E'$.profiles[1].focus_id: profile "new" stands already at $.profiles[0].\n'
 '$.profiles[2].focus_id: profile "new" stands already at $.profiles[0].'),
($$focus_import('{"format": 1, "profiles": [{"focus_id": "new", "display_name": "New", "expertise_keywords": ["k",
    "K"]}, null, {"emojy": 1}]}', 'update')$$,
 'invalid document: keyword "K" stands already at $.profiles[0].expertise_keywords[0] (and 4 more problems)',
 E'$.profiles[0].expertise_keywords[1]: keyword "K" stands already at $.profiles[0].expertise_keywords[0].\n'
 '$.profiles[1]: a profile must be an object, not null.\n$.profiles[2].focus_id: focus_id is missing.\n'
 '$.profiles[2].display_name: display_name is missing.\n$.profiles[2].emojy: key "emojy" is no column of a profile. '
 'Did you mean "emoji"?'),
-- One problem is one line, whatever is quoted.
($$focus_import('{"format": 1, "profiles": [{"focus_id": "a\nb", "display_name": "New", "to\"e\r": 1,
    "tone": "\u2028"}], "k\n\"": 1}')$$,
 'invalid document: key "k\n\"" is not known in a document (and 3 more problems)',
 '$.k\n\": key "k\n\"" is not known in a document.' || E'\n'
 '$.profiles[0].focus_id: focus_id "a\\nb" is not a slug.\n'
 '$.profiles[0].tone: tone "\\u2028" is not a known tone.\n'
 '$.profiles[0].to\\"e\\r: key "to\\"e\\r" is no column of a profile. Did you mean "tone"?'),
($$focus_adopt(NULL)$$, 'focus_adopt needs another table, not NULL', ''),
($$focus_adopt('aria_engine.focus_profiles')$$, 'focus_adopt needs another table, not aria_engine.focus_profiles', '');
SELECT results_eq(format('SELECT state, message, detail FROM pg_temp.attempt(%L)', 'SELECT ' || command),
                  format('VALUES (%L, %L, %L)', '22023', message, detail), command) FROM failing ORDER BY n;
-- The place of the first problem is that of an INSERT; what no column has is nowhere.
SELECT is((SELECT place FROM pg_temp.attempt(format('SELECT focus_import(%L)', document))), place, document)
FROM (VALUES
    ('{"format": 1, "profiles": [{"focus_id": "new", "display_name": "N"}, {"focus_id": "p", "display_name": "P", '
        '"style": "x"}]}',
     'aria_engine.focus_profiles.style focus_profiles_style_fkey'),
    ('{"format": 1, "profiles": {}}', '')) AS v (document, place);
SELECT results_eq($$SELECT state, message FROM pg_temp.attempt('SELECT focus_adopt(''pg_class'')')$$,
                  $$VALUES ('42703', 'column "focus_id" of relation "pg_class" does not exist')$$,
                      'no table of profiles');
SELECT is(focus_export()::text, document::text, 'none of them changed anything') FROM saved;
-- a thousand errors are a thousand lines, in the order of the document
CREATE TEMP TABLE told AS
SELECT regexp_split_to_table(detail, E'\n') AS line
FROM pg_temp.attempt($$SELECT focus_import((SELECT jsonb_build_object('format', 1, 'profiles',
    jsonb_agg(jsonb_build_object('focus_id', 'many-' || i, 'tone', 'x'))) FROM generate_series(1, 500) AS i))$$);
SELECT is((SELECT string_agg(line, E'\n') FROM told WHERE line !~ '^\$\.profiles\[\d+\]\.(display_name|tone): .*\.$'),
    NULL,
          'every line tells place and problem');
SELECT is((SELECT count(*) FROM told), 1000::bigint, 'and none is left out');
-- a dry run says the same
SELECT is((SELECT string_agg(message || '.', E'\n') FROM focus_import(d, w, true) WHERE action = 'error'),
          (SELECT detail FROM pg_temp.attempt(format('SELECT focus_import(%L, %L)', d, w))),
              'a dry run lists the same errors')
FROM (SELECT '{"format": 1, "x": 1, "profiles": [{"focus_id": "new", "tone": "x"}, {"focus_id": "z_13", '
    '"display_name": "Z"}, 5]}'::jsonb, 'error') AS v (d, w);
SELECT is(focus_export()::text, document::text, 'and changes nothing') FROM saved;

-- --- conflicts --------------------------------------------------------------------------------------------------

CREATE TEMP TABLE mixed AS SELECT jsonb_build_object('format', 1, 'profiles', jsonb_build_array(
    jsonb_build_object('focus_id', 'new', 'display_name', 'New', 'created_at', '2001-01-01', 'updated_at', 5),
    jsonb_build_object('focus_id', 'z_13', 'display_name', 'Bare'), focus_content(p))) AS document
FROM focus_profiles AS p WHERE focus_id = 'z_1';
SELECT results_eq('SELECT i.focus_id, i.action FROM mixed, focus_import(document, ''skip'', true) AS i',
    $$VALUES ('new', 'inserted'), ('z_1', 'unchanged'), ('z_13', 'skipped')$$, 'what skip would do');
SELECT results_eq('SELECT i.focus_id, i.action FROM mixed, focus_import(document, ''skip'') AS i',
    $$VALUES ('new', 'inserted'), ('z_1', 'unchanged'), ('z_13', 'skipped')$$, 'and does');
SELECT results_eq('SELECT i.focus_id, i.action FROM mixed, focus_import(document, ''update'', true) AS i',
    $$VALUES ('new', 'unchanged'), ('z_1', 'unchanged'), ('z_13', 'updated')$$, 'what update would do');
SELECT results_eq('SELECT i.focus_id, i.action FROM mixed, focus_import(document, ''update'') AS i',
    $$VALUES ('new', 'unchanged'), ('z_1', 'unchanged'), ('z_13', 'updated')$$, 'and does');
SELECT is(focus_content(p), (SELECT focus_content(n) || '{"focus_id": "z_13", "display_name": "Bare"}'
    FROM focus_profiles AS n WHERE focus_id = 'new'),
          'a profile of a document is a whole one') FROM focus_profiles AS p WHERE focus_id = 'z_13';
SELECT is((SELECT created_at FROM focus_profiles WHERE focus_id = 'new'), now(), 'times in a document are not taken');
SELECT results_eq($$SELECT focus_id::text, operation FROM focus_history WHERE operation <> 'DELETE'$$,
    $$VALUES ('z_13', 'UPDATE')$$, 'one change, one version kept');

-- --- catalog and digest -----------------------------------------------------------------------------------------

SELECT results_eq($$SELECT to_jsonb(c) - 'system_prompt_addon_length' || jsonb_build_object('enabled', true)
    FROM focus_catalog AS c ORDER BY focus_id$$,
    $$SELECT to_jsonb(p) - 'system_prompt_addon' FROM focus_profiles AS p WHERE enabled ORDER BY focus_id$$,
        'the catalog has the enabled profiles');
SELECT results_eq($$SELECT system_prompt_addon_length FROM focus_catalog AS c ORDER BY focus_id$$,
    $$SELECT char_length(system_prompt_addon) FROM focus_profiles AS p WHERE enabled ORDER BY focus_id$$,
        'and the length of each addon');
SELECT is((SELECT count(*) FROM regexp_split_to_table(focus_digest(), E'\n')),
    (SELECT count(*) FROM focus_profiles WHERE enabled), 'a line a profile');
INSERT INTO focus_profiles (focus_id, display_name) VALUES ('blank', U&'a\2028b\0085c\00A0\3000d\000B\2029e');
SELECT is((SELECT line FROM regexp_split_to_table(focus_digest(), E'\n') AS line WHERE line LIKE 'blank:%'),
          'blank: a b c d e (2)', 'whatever white space a name has');
SELECT is((SELECT reloptions FROM pg_class WHERE oid = 'focus_catalog'::regclass),
          '{security_barrier=true}'::text[], 'the view shows its reader''s functions no other rows');
SELECT is((SELECT count(*) FROM pg_class, aclexplode(relacl) AS a WHERE relname IN ('focus_catalog', 'focus_history')
    AND a.grantee = 0),
          0::bigint, 'nothing of it is granted to everybody');
DELETE FROM focus_profiles;
SELECT is(inserted, 8, 'the stock profiles') FROM focus_seed();
SELECT cmp_ok(octet_length(focus_digest()), '<=', 240, 'the stock''s digest fits');

-- --- adoption ----------------------------------------------------------------------------------------------------

-- The table as people made it before there was an extension, without a rule.
DELETE FROM focus_profiles;
CREATE TABLE public.byhand (LIKE aria_engine.focus_profiles);
ALTER TABLE public.byhand ALTER emoji DROP NOT NULL, ALTER tone DROP NOT NULL, ALTER created_at DROP NOT NULL,
    ALTER enabled DROP NOT NULL,
    ALTER focus_id TYPE text, ALTER expertise_keywords TYPE json USING expertise_keywords::json;
INSERT INTO byhand SELECT * FROM shuffled;
SELECT count(*) || '::bigint' AS kept FROM focus_history \gset
UPDATE byhand SET created_at = NULL WHERE focus_id = 'z_1';
SELECT results_eq($$SELECT action, count(*) FROM focus_adopt('byhand', true) GROUP BY 1$$,
    $$VALUES ('adopted', 40::bigint)$$, 'all of them would do');
SELECT results_eq($$SELECT action, count(*) FROM focus_adopt('byhand') GROUP BY 1$$,
    $$VALUES ('adopted', 40::bigint)$$, 'all are adopted');
SELECT is(focus_export()::text, document::text, 'with all their content') FROM saved;
SELECT is_empty($$SELECT focus_id FROM byhand AS b JOIN focus_profiles AS p USING (focus_id)
    WHERE coalesce(b.created_at, now()) <> p.created_at OR b.updated_at <> p.updated_at$$, 'and their times');
SELECT results_eq($$SELECT action, count(*) FROM focus_adopt('byhand') GROUP BY 1$$, $$VALUES ('exists', 40::bigint)$$,
    'again: all are there');
SELECT is((SELECT count(*) FROM focus_history), :kept, 'adoption writes no history');
INSERT INTO byhand (focus_id, display_name, emoji, tone, style, delegation_level, token_budget_hint, temperature_delta,
    expertise_keywords, auto_skills, enabled, updated_at) VALUES
    ('UPPER', 'U', '*', 'warm', 'concise', 9, -1, 'Infinity', '["a", "A"]', '[""]', true, now()),
    ('nulls', 'N', NULL, NULL, 'concise', 1, 1, 0, '[]', '[]', NULL, now()),
        ('fine', 'F', '*', 'warm', 'concise', 1, 1, 0, '[]', '[]', true, now());
SELECT results_eq($$SELECT focus_id, action, path, message FROM focus_adopt('byhand') WHERE action <> 'exists'$$,
    $$VALUES
    ('UPPER', 'refused', '$.focus_id', 'focus_id "UPPER" is not a slug'),
    ('UPPER', 'refused', '$.delegation_level', 'delegation_level 9 is not between 1 and 3'),
    ('UPPER', 'refused', '$.token_budget_hint', 'token_budget_hint -1 is not between 0 and 2147483647'),
    ('UPPER', 'refused', '$.temperature_delta', 'temperature_delta Infinity is not between -1 and 1'),
    ('UPPER', 'refused', '$.expertise_keywords[1]', 'keyword "A" stands already at $.expertise_keywords[0]'),
    ('UPPER', 'refused', '$.auto_skills[0]', 'a skill is blank'),
    ('fine', 'adopted', NULL, NULL), ('nulls', 'refused', '$.emoji', 'emoji is null'),
        ('nulls', 'refused', '$.tone', 'tone is null'),
    ('nulls', 'refused', '$.enabled', 'enabled is null')$$, 'the good one is taken, the others are told why not');
SELECT is((SELECT count(*) FROM byhand), 43::bigint, 'and all are kept');
-- What only the insert finds out does not stop the others.
CREATE UNIQUE INDEX mine ON aria_engine.focus_profiles (display_name);
INSERT INTO byhand SELECT 'a-twin', 'F', '*', NULL, 'warm', 'concise', 1, 1, 0, '[]', NULL, NULL, '[]', true, now(),
    now();
INSERT INTO byhand SELECT 'zz-last', 'Last', '*', NULL, 'warm', 'concise', 1, 1, 0, '[]', NULL, NULL, '[]', true,
    now(), now();
SELECT results_eq($$SELECT focus_id, action, path, message FROM focus_adopt('byhand')
    WHERE focus_id IN ('a-twin', 'zz-last')$$, $$VALUES
    ('a-twin', 'refused', '$', 'duplicate key value violates unique constraint "mine"'),
        ('zz-last', 'adopted', NULL, NULL)$$, 'a rule of one''s own');
CREATE TABLE written (focus_id text, display_name text, created_at text);
INSERT INTO written VALUES ('zz-zone', 'Zone', '2026-01-01 00:00 Nowhere/Town'),
    ('zz-zoned', 'Zoned', '2026-01-01 00:00 UTC');
SELECT results_eq($$SELECT focus_id, action, path FROM focus_adopt('written')$$,
    $$VALUES ('zz-zone', 'refused', '$'), ('zz-zoned', 'adopted', NULL)$$, 'a time zone that is none');
-- What PostgreSQL says where a pattern or a setting finds no memory is no fault of the row.
CREATE FUNCTION pg_temp.run_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE 'no memory' USING ERRCODE = tg_argv[0];
END
$$;
INSERT INTO byhand SELECT 'zz-next', 'Next', '*', NULL, 'warm', 'concise', 1, 1, 0, '[]', NULL, NULL, '[]', true,
    now(), now();
CREATE TRIGGER run_out BEFORE INSERT ON focus_profiles FOR EACH ROW EXECUTE FUNCTION pg_temp.run_out('2201B');
SELECT results_eq($$SELECT state, message FROM pg_temp.attempt('SELECT focus_adopt(''byhand'')')$$,
    $$VALUES ('2201B', 'no memory')$$, 'a pattern without memory ends it');
DROP TRIGGER run_out ON focus_profiles;
CREATE TRIGGER run_out BEFORE INSERT ON focus_profiles FOR EACH ROW EXECUTE FUNCTION pg_temp.run_out('22023');
SELECT results_eq($$SELECT state, message FROM pg_temp.attempt('SELECT focus_adopt(''byhand'')')$$,
    $$VALUES ('22023', 'no memory')$$, 'a setting without memory, too');
DROP TRIGGER run_out ON focus_profiles;
SELECT results_eq($$SELECT action FROM focus_adopt('byhand') WHERE focus_id = 'zz-next'$$, $$VALUES ('adopted')$$,
    'with memory it is adopted');

-- --- what hangs on the old table ---------------------------------------------------------------------------------

CREATE TABLE public.hung (focus_id varchar(50), display_name varchar(100), enabled boolean);
CREATE VIEW public.hung_names WITH (security_barrier = true, check_option = local) AS SELECT focus_id, display_name
    FROM hung WHERE enabled;
CREATE ROLE "hung reader";
GRANT SELECT ON hung TO "hung reader";
GRANT UPDATE (display_name) ON hung TO "hung reader";
GRANT INSERT ON hung TO "hung reader" WITH GRANT OPTION;
SELECT bag_eq($$SELECT command FROM focus_dependents('hung') WHERE kind = 'grant'$$, $$VALUES
    ('GRANT SELECT, UPDATE (display_name) ON aria_engine.focus_profiles TO "hung reader"'),
    ('GRANT INSERT ON aria_engine.focus_profiles TO "hung reader" WITH GRANT OPTION')$$,
        'rights on columns, and to hand on, are rights too');
ALTER TABLE hung RENAME TO focus_profiles;
SELECT command FROM focus_dependents('public.focus_profiles') \gexec
SELECT is_empty($$SELECT name FROM focus_dependents('public.focus_profiles') WHERE kind = 'view'$$,
    'the view reads the new table');
SELECT is(reloptions, '{security_barrier=true,check_option=local}', 'and guards its rows as before')
FROM pg_class WHERE oid = 'public.hung_names'::regclass;
SELECT ok(has_column_privilege('hung reader', 'aria_engine.focus_profiles', 'display_name', 'UPDATE')
          AND has_table_privilege('hung reader', 'aria_engine.focus_profiles', 'INSERT WITH GRANT OPTION'),
              'the rights are carried over');
SELECT finish();
ROLLBACK;
