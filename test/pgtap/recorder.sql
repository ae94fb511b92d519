-- The recorder of history: in which order it records, what it does not record, and that nobody else writes there.
BEGIN;
\ir lib/attempt.sql
SELECT plan(75);
SET LOCAL search_path = public, aria_engine;

CREATE ROLE aria_editor;
CREATE ROLE aria_holder;  -- has the rights of the table's owner
GRANT USAGE ON SCHEMA aria_engine TO aria_editor, aria_holder;
GRANT SELECT, INSERT, UPDATE, DELETE ON focus_profiles TO aria_editor;
GRANT SELECT, INSERT ON focus_history TO aria_editor;
SELECT format('ALTER TABLE focus_history OWNER TO aria_holder') AS give \gset
INSERT INTO focus_profiles (focus_id, display_name, tone) VALUES ('a', 'A', 'neutral'), ('b', 'B', 'neutral');

-- The story of an id as history has it: what each version said, then what is stored.
CREATE FUNCTION pg_temp.story(id text) RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws(' ', (SELECT string_agg(h.revision || ':' ||
        left(h.operation, 1) || ':' || (h.profile ->> 'display_name'), ' ' ORDER BY h.revision)
                           FROM aria_engine.focus_history AS h WHERE h.focus_id = id),
                     'now:' || (SELECT p.display_name FROM aria_engine.focus_profiles AS p WHERE p.focus_id = id))
$$;

-- --- history cannot be forged ---------------------------------------------------------------------------------

-- What a command's end says to a role.
CREATE FUNCTION pg_temp.try_as(role name, command text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('SET LOCAL ROLE %I', role);
    EXECUTE command;
    RESET ROLE;
    RETURN '00000';
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE || ' ' || SQLERRM;
END
$$;
CREATE TABLE public.forgery AS SELECT * FROM focus_profiles WHERE focus_id = 'a';
UPDATE public.forgery SET display_name = 'Forged';
GRANT ALL ON public.forgery TO aria_editor;
GRANT CREATE ON SCHEMA public TO aria_editor;
ALTER TABLE public.forgery OWNER TO aria_editor;
SELECT is(pg_temp.try_as('aria_editor', command), said, command) FROM (VALUES
    ($$INSERT INTO aria_engine.focus_history VALUES ('a', 2147483647, 'UPDATE', now(), 'me', NULL, '{}')$$,
     '42501 history is written by edits of profiles, not by hand'),
    ($$INSERT INTO aria_engine.focus_history SELECT focus_id, 1, 'DELETE', now(), 'me', NULL, to_jsonb(p)
        FROM aria_engine.focus_profiles AS p$$,
     '42501 history is written by edits of profiles, not by hand'),
    ($$INSERT INTO aria_engine.focus_history VALUES (NULL, NULL, 'UPDATE', now(), 'me', NULL, '{}')$$,
     '42501 history is written by edits of profiles, not by hand'),
    ($$CREATE TRIGGER mine BEFORE DELETE
        ON public.forgery FOR EACH ROW EXECUTE FUNCTION aria_engine.focus_profiles_record()$$, '00000'),
    ($$DELETE FROM public.forgery$$, '39P01 focus_profiles_record is a trigger of aria_engine.focus_profiles alone'),
    ($$ALTER TABLE public.forgery RENAME TO focus_profiles$$, '00000'),
    ($$DELETE FROM public.focus_profiles$$,
        '39P01 focus_profiles_record is a trigger of aria_engine.focus_profiles alone'),
    ($$CREATE TRIGGER mine2 BEFORE UPDATE
        ON public.focus_profiles FOR EACH ROW EXECUTE FUNCTION aria_engine.focus_history_guard()$$, '00000'),
    ($$UPDATE public.focus_profiles SET tone = 'warm'$$, '39P01 focus_history_guard must be fired before an INSERT'),
    ($$UPDATE aria_engine.focus_profiles SET display_name = 'A2' WHERE focus_id = 'a'$$, '00000'),
    ($$INSERT INTO aria_engine.focus_history VALUES ('a', 2, 'UPDATE', now(), 'me', NULL, '{}')$$,
     '42501 history is written by edits of profiles, not by hand')) AS t (command, said);
DROP TABLE public.focus_profiles;
SELECT is(pg_temp.story('a'), '1:U:A now:A2', 'his edit is in the history, his forgeries are not');
-- An edit that fails between the mark and the row leaves nothing open.
CREATE FUNCTION public.break_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'mine'; END $$;
CREATE TRIGGER aa_fail BEFORE INSERT ON focus_history FOR EACH ROW EXECUTE FUNCTION public.break_it();
SELECT is(pg_temp.try_as('aria_editor', $$UPDATE aria_engine.focus_profiles SET display_name = 'A3'
    WHERE focus_id = 'a'$$), 'P0001 mine', 'an edit that fails');
DROP TRIGGER aa_fail ON focus_history;
SELECT is(pg_temp.try_as('aria_editor', $$INSERT INTO aria_engine.focus_history
    VALUES ('a', 2, 'UPDATE', now(), 'me', NULL, '{}')$$),
          '42501 history is written by edits of profiles, not by hand', 'leaves no door open');
-- Who has the rights of the owner is believed: a restore inserts.
SELECT is(pg_temp.try_as(session_user, $$INSERT INTO aria_engine.focus_history
    VALUES ('old', 1, 'DELETE', now(), 'me', NULL, '{}')$$), '00000', 'a superuser');
SAVEPOINT owned;
GRANT CREATE ON SCHEMA aria_engine TO aria_holder;
:give;
SELECT is(pg_temp.try_as('aria_holder', $$INSERT INTO aria_engine.focus_history
    VALUES ('old', 2, 'DELETE', now(), 'me', NULL, '{}')$$), '00000', 'the owner');
GRANT aria_holder TO aria_editor;
SELECT is(pg_temp.try_as('aria_editor', $$INSERT INTO aria_engine.focus_history
    VALUES ('old', 3, 'DELETE', now(), 'me', NULL, '{}')$$), '00000', 'a member of the owner');
ALTER ROLE aria_editor NOINHERIT;
SELECT is(pg_temp.try_as('aria_editor', $$INSERT INTO aria_engine.focus_history
    VALUES ('old', 4, 'DELETE', now(), 'me', NULL, '{}')$$),
          CASE WHEN current_setting('server_version_num')::int < 160000
              THEN '42501 history is written by edits of profiles, not by hand' ELSE '00000' END,
          'one without his rights');
ROLLBACK TO owned;

-- --- the end of the revisions -------------------------------------------------------------------------------------

INSERT INTO focus_history SELECT 'b', n, 'UPDATE', now(), 'me', NULL, to_jsonb(p)
FROM focus_profiles AS p, unnest('{1, 2, 2147483646, 2147483647}'::int[]) AS n WHERE p.focus_id = 'b';
CREATE TEMP TABLE said AS SELECT command, a.* FROM unnest(ARRAY[
    $$UPDATE focus_profiles SET tone = 'warm' WHERE focus_id = 'b'$$,
        $$DELETE FROM focus_profiles WHERE focus_id = 'b'$$,
    $$TRUNCATE focus_profiles$$, $$SELECT focus_put('{"focus_id": "b", "tone": "warm"}')$$,
        $$SELECT focus_restore('b', 1)$$,
    $$UPDATE focus_profiles SET focus_id = 'c' WHERE focus_id = 'b'$$]) AS command, pg_temp.attempt(command) AS a;
SELECT is(state || ' ' || message, CASE WHEN command LIKE '%restore%' THEN '00000'
    ELSE '54000 focus profile "b" has no revision left after 2147483647' END, command)
FROM said WHERE command NOT LIKE '%restore%';
SELECT is(state, '00000', command) FROM said WHERE command LIKE '%restore%';  -- to what it is already
SELECT is(focus_current_revision('b'), 2147483648, 'its number is one that no integer can be');
SELECT is(state, '55000', 'and with an expected revision')
    FROM pg_temp.attempt($$SELECT focus_put('{"focus_id": "b", "tone": "warm"}', NULL, 3)$$);
SELECT lives_ok(command, 'readers go on: ' || command) FROM unnest(ARRAY[
    $$SELECT focus_revisions('b')$$, $$SELECT focus_diff('b', 1, 2)$$, $$SELECT focus_revision('b', 7)$$,
        $$SELECT focus_at('b', now())$$]) AS command;
SELECT regexp_replace(hint, '^.*BEGIN; (.*) COMMIT;$', '\1') AS mend FROM said LIMIT 1 \gset
SELECT matches(:'mend'::text, '^ALTER TABLE .* focus_id = ''b'' AND revision >= 2147483646; ',
    'the statement that mends it');
:mend
SELECT is((SELECT string_agg(revision::text, ' ' ORDER BY revision) FROM focus_history WHERE focus_id = 'b'), '1 2',
    'takes away what cannot be');
UPDATE focus_profiles SET display_name = 'B2' WHERE focus_id = 'b';
SELECT is(pg_temp.story('b'), '1:U:B 2:U:B 3:U:B now:B2', 'and edits go on');

-- --- content alone counts -------------------------------------------------------------------------------------------

UPDATE focus_profiles SET created_at = '2001-01-01Z', updated_at = '2030-01-01Z' WHERE focus_id = 'b';
SELECT is(pg_temp.story('b'), '1:U:B 2:U:B 3:U:B now:B2', 'timestamps are no content');
SELECT results_eq($$SELECT created_at = now(), updated_at FROM focus_profiles WHERE focus_id = 'b'$$,
    $$VALUES (true, '2030-01-01Z'::timestamptz)$$,
                  'created_at stays, updated_at moves');
SELECT lives_ok($$SELECT focus_put('{"focus_id": "b"}', NULL, 4)$$, 'and expected_revision holds');
UPDATE focus_profiles SET created_at = '2001-01-01Z', display_name = 'B3' WHERE focus_id = 'b';
SELECT is(pg_temp.story('b'), '1:U:B 2:U:B 3:U:B 4:U:B2 now:B3', 'beside content they go along');
SELECT results_eq($$SELECT created_at = now(), updated_at > now() AND updated_at < '2030-01-01Z' FROM focus_profiles
    WHERE focus_id = 'b'$$,
                  'VALUES (true, true)', 'created_at stays, updated_at is now');
INSERT INTO focus_profiles AS p (focus_id, display_name, created_at, updated_at)
    VALUES ('b', 'B3', now(), '2031-01-01Z')
ON CONFLICT (focus_id) DO UPDATE SET display_name = excluded.display_name, updated_at = excluded.updated_at,
    created_at = excluded.created_at;
SELECT is(pg_temp.story('b'), '1:U:B 2:U:B 3:U:B 4:U:B2 now:B3', 'an upsert as ORMs write it makes no revision');
ALTER TABLE focus_profiles ADD COLUMN owner_team text;
UPDATE focus_profiles SET owner_team = 'x' WHERE focus_id = 'b';
SELECT is(pg_temp.story('b'), '1:U:B 2:U:B 3:U:B 4:U:B2 now:B3', 'nor does a column of one''s own');
UPDATE focus_profiles SET owner_team = 'y', display_name = 'B4' WHERE focus_id = 'b';
SELECT is((SELECT array_agg(key ORDER BY key) FROM focus_history AS h, jsonb_object_keys(profile) AS key
    WHERE focus_id = 'b' AND revision = 5),
          (SELECT array_agg(attname::text ORDER BY attname) FROM pg_attribute
              WHERE attrelid = 'focus_profiles'::regclass AND attnum BETWEEN 1 AND 16),
          'history has the 16 columns');
ALTER TABLE focus_profiles DROP COLUMN owner_team;
-- The recorder writes jsonb by itself: all sizes of texts, compressed or not, inline or not.
CREATE TEMP TABLE shapes AS
SELECT n, jsonb_build_object('focus_id', 's' || n, 'display_name', U&'\00e9\4e2d' || n, 'description', d,
    'temperature_delta', t,
    'expertise_keywords', k, 'auto_skills', CASE WHEN n % 2 = 0 THEN '["x", "y"]' ELSE '[]' END::jsonb,
        'model_override', m, 'system_prompt_addon', a) AS doc
FROM (SELECT n, CASE n % 5 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN repeat('long ', n * 5000) WHEN 3 THEN
             (SELECT string_agg(md5(i::text || n), '' ORDER BY i) FROM generate_series(1, n * 100) AS i)
                 ELSE E'"\\\n\x01' END AS d,
             (n % 7 - 3) / 7.0 AS t,
             (SELECT coalesce(jsonb_agg(CASE i % 3 WHEN 0 THEN to_jsonb('k' || i) WHEN 1
                 THEN jsonb_build_object('keyword', 'k' || i, 'weight', round(i % 29 / 3.0, 3) + 0.1)
                  ELSE jsonb_build_object('keyword', 'k' || i, 'match', 'word') END), '[]')
                      FROM generate_series(1, n * n) AS i) AS k,
             CASE WHEN n % 3 = 0 THEN repeat('m', n) END AS m, CASE WHEN n % 4 = 0
                 THEN repeat('p', n * n * 100) END AS a
      FROM generate_series(1, 30) AS n) AS made;
DO $$ BEGIN PERFORM focus_put(doc) FROM shapes; END $$;
ALTER TABLE focus_profiles ALTER COLUMN description SET STORAGE EXTERNAL;
DO $$ BEGIN PERFORM focus_put(doc || jsonb_build_object('focus_id', 'e' || n)) FROM shapes; END $$;
ALTER TABLE focus_profiles ALTER COLUMN description SET STORAGE EXTENDED;
SET LOCAL timezone = 'UTC';
CREATE TEMP TABLE wanted AS SELECT p.focus_id, to_jsonb(p) AS profile FROM focus_profiles AS p
    WHERE focus_id ~ '^[se][0-9]+$';
DELETE FROM focus_profiles WHERE focus_id ~ '^[se][0-9]+$';
SELECT is((SELECT count(*) FROM wanted), 60::bigint, 'sixty rows of all shapes');
SELECT is_empty($$SELECT w.focus_id FROM wanted AS w LEFT JOIN focus_history AS h USING (focus_id)
    WHERE w.profile IS DISTINCT FROM h.profile OR w.profile::text IS DISTINCT FROM h.profile::text
       OR (SELECT count(*) FROM jsonb_object_keys(h.profile) AS k WHERE h.profile -> k IS NOT DISTINCT
           FROM w.profile -> k) <> 16$$,
    'come out as to_jsonb has them');

-- --- labels ---------------------------------------------------------------------------------------------------------

SET LOCAL aria_focus.author = 'jo@example.org';
SET LOCAL aria_focus.reason = 'tidy';
UPDATE focus_profiles SET tone = 'warm' WHERE focus_id = 'b';
SET LOCAL aria_focus.author = '';
SET LOCAL aria_focus.reason = '';
UPDATE focus_profiles SET tone = 'blunt' WHERE focus_id = 'b';
SELECT results_eq($$SELECT author, reason, changed_by = session_user FROM focus_history WHERE focus_id = 'b'
    ORDER BY revision DESC LIMIT 2$$,
                  $$VALUES (NULL, NULL, true), ('jo@example.org', 'tidy', true)$$, 'author and reason');
SELECT results_eq($$SELECT author, reason FROM focus_revisions('b') ORDER BY revision DESC LIMIT 2$$,
                  $$VALUES (NULL, NULL), ('jo@example.org', 'tidy')$$, 'focus_revisions shows them');
SELECT is((focus_restore('b', 6)).tone, 'neutral', 'a restore without a reason');
SELECT is((SELECT reason FROM focus_history WHERE focus_id = 'b' ORDER BY revision DESC LIMIT 1),
    'restored revision 6', 'says what it was');
SELECT is((focus_restore('b', 7, 'mine')).tone, 'warm', 'with a reason');
SELECT is((SELECT reason FROM focus_history WHERE focus_id = 'b' ORDER BY revision DESC LIMIT 1), 'mine',
    'it says that');
SELECT is(a.state || ' ' || a.message, said, command) FROM (VALUES
    ($$SET LOCAL aria_focus.raeson = 'x'$$, '42602 invalid configuration parameter name "aria_focus.raeson"'),
    ($$SET LOCAL aria_focus.notify = 'maybe'$$, '22023 parameter "aria_focus.notify" requires a Boolean value'))
        AS t (command, said),
    pg_temp.attempt(command) AS a;

-- --- the order of events
-- ----------------------------------------------------------------------------------------------

DELETE FROM focus_profiles;
CREATE FUNCTION public.do_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF tg_op = 'DELETE' THEN
        INSERT INTO aria_engine.focus_profiles (focus_id, display_name) VALUES (OLD.focus_id, 'back');
        UPDATE aria_engine.focus_profiles SET display_name = 'back2' WHERE focus_id = OLD.focus_id;
    ELSIF NEW.display_name NOT LIKE '%!' THEN
        UPDATE aria_engine.focus_profiles SET display_name = NEW.display_name || '!' WHERE focus_id = NEW.focus_id;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.sideways(id text, said text) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    UPDATE aria_engine.focus_profiles SET display_name = said WHERE focus_id = id;
    RETURN 'warm';
END $$;
INSERT INTO focus_profiles (focus_id, display_name) VALUES ('o', 'v1');
CREATE TRIGGER aa AFTER UPDATE OR DELETE ON focus_profiles FOR EACH ROW EXECUTE FUNCTION public.do_again();
UPDATE focus_profiles SET display_name = 'v2' WHERE focus_id = 'o';
SELECT is(pg_temp.story('o'), '1:U:v1 2:U:v2 now:v2!', 'an AFTER trigger that changes the row again');
DELETE FROM focus_profiles WHERE focus_id = 'o';
SELECT is(pg_temp.story('o'), '1:U:v1 2:U:v2 3:D:v2! 4:U:back 5:U:back2 now:back2!', 'one that brings it back');
DROP TRIGGER aa ON focus_profiles;
CREATE CONSTRAINT TRIGGER aa AFTER UPDATE
    ON focus_profiles DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.do_again();
UPDATE focus_profiles SET display_name = 'v3' WHERE focus_id = 'o';
UPDATE focus_profiles SET display_name = 'v4' WHERE focus_id = 'o';
SET CONSTRAINTS ALL IMMEDIATE;
SELECT is(pg_temp.story('o'), '1:U:v1 2:U:v2 3:D:v2! 4:U:back 5:U:back2 6:U:back2! 7:U:v3 8:U:v4 9:U:v3! now:v4!',
    'a deferred one');
DROP TRIGGER aa ON focus_profiles;
-- A function of the same statement that changes a row which the statement has changed.
INSERT INTO focus_profiles (focus_id, display_name) VALUES ('p1', 'v1'), ('p2', 'v1');
UPDATE focus_profiles SET display_name = 'v2', tone = CASE focus_id WHEN 'p1' THEN 'blunt'
    ELSE public.sideways('p1', 'v3') END
WHERE focus_id IN ('p1', 'p2');
SELECT is(pg_temp.story('p1'), '1:U:v1 2:U:v2 now:v3', 'a function within the statement');
-- BEFORE triggers of the operator's own.
CREATE FUNCTION public.upper_name() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN NEW.display_name := upper(NEW.display_name); NEW.created_at := '1999-01-01Z'; RETURN NEW; END $$;
CREATE TRIGGER mine BEFORE UPDATE ON focus_profiles FOR EACH ROW EXECUTE FUNCTION public.upper_name();
UPDATE focus_profiles SET display_name = 'v4' WHERE focus_id = 'p1';
UPDATE focus_profiles SET display_name = 'v4' WHERE focus_id = 'p1';
SELECT is(pg_temp.story('p1'), '1:U:v1 2:U:v2 3:U:v3 now:V4', 'what a trigger makes of the row is what counts');
SELECT is((SELECT created_at FROM focus_profiles WHERE focus_id = 'p1'), now(), 'created_at stays whoever moves it');
ALTER TRIGGER mine ON focus_profiles RENAME TO zzz;
SELECT results_eq($$SELECT state, message, hint
    FROM pg_temp.attempt('UPDATE focus_profiles SET display_name = ''v5'' WHERE focus_id = ''p1''')$$,
    $$VALUES ('55000', 'trigger "zzz" fires after "zz_focus_profiles_record"',
              'ALTER TRIGGER zzz ON aria_engine.focus_profiles RENAME TO a name that sorts before '
                  'zz_focus_profiles_record.')$$, 'one that fires later is refused');
SELECT is(state, '00000', 'where it fires') FROM pg_temp.attempt('DELETE FROM focus_profiles WHERE focus_id = ''p2''');
ALTER TABLE focus_profiles DISABLE TRIGGER zzz;
SELECT is(state, '00000', 'and not disabled')
    FROM pg_temp.attempt('UPDATE focus_profiles SET display_name = ''v5'' WHERE focus_id = ''p1''');
DROP TRIGGER zzz ON focus_profiles;
-- A row that a BEFORE trigger keeps back is no version.
CREATE FUNCTION public.keep_back() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER mine BEFORE UPDATE OR DELETE ON focus_profiles FOR EACH ROW EXECUTE FUNCTION public.keep_back();
UPDATE focus_profiles SET display_name = 'v6' WHERE focus_id = 'p1';
DELETE FROM focus_profiles WHERE focus_id = 'p1';
SELECT is(pg_temp.story('p1'), '1:U:v1 2:U:v2 3:U:v3 4:U:V4 now:v5', 'a row that is kept back');
DROP TRIGGER mine ON focus_profiles;

-- --- renames
-- ------------------------------------------------------------------------------------------------------------

CREATE TEMP TABLE moments (n int, at timestamptz);
INSERT INTO moments VALUES (1, clock_timestamp());
UPDATE focus_profiles SET focus_id = 'q1' WHERE focus_id = 'p1';
INSERT INTO moments VALUES (2, clock_timestamp());
UPDATE focus_profiles SET display_name = 'w2' WHERE focus_id = 'q1';
SELECT results_eq($$SELECT n, (focus_at('p1', at)).display_name, (focus_at('q1', at)).display_name FROM moments
    ORDER BY n$$,
                  $$VALUES (1, 'v5'::varchar, NULL::varchar), (2, NULL, 'v5')$$, 'focus_at knows which id it had when');
SELECT is(profile ->> 'renamed_to', 'q1', 'the row of a rename has the new id') FROM focus_history
    WHERE focus_id = 'p1' AND operation = 'RENAME';
SELECT is(focus_revision('p1', 5) ? 'renamed_to', false, 'a version is a profile');

-- --- rows that history cannot hold
-- ------------------------------------------------------------------------------------------

SELECT is(concat_ws(' ', a.state, a.message), said, command) FROM (VALUES
    (1, $$INSERT INTO focus_profiles (focus_id, display_name, description)
        VALUES ('big', 'Big', repeat('x', 268000000))$$,
     '54000 focus profile "big" is too large for its history'),
    (2, $$INSERT INTO focus_profiles (focus_id, display_name, description, system_prompt_addon)
        VALUES ('big', 'Big', repeat('x', 134000000), repeat('y', 134000000))$$,
     '54000 focus profile "big" is too large for its history'),
    (3, $$INSERT INTO focus_profiles (focus_id, display_name, description)
        VALUES ('big', 'Big', repeat('x', 267300000))$$, '00000'),
    (4, $$UPDATE focus_profiles SET system_prompt_addon = repeat('y', 100000) WHERE focus_id = 'big'$$,
     '54000 focus profile "big" is too large for its history'),
    (5, $$UPDATE focus_profiles SET display_name = 'Bigger' WHERE focus_id = 'big'$$, '00000'),
    (6, $$UPDATE focus_profiles SET focus_id = 'bigger' WHERE focus_id = 'big'$$, '00000'),
    (7, $$TRUNCATE focus_profiles$$, '00000')) AS t (n, command, said),
    pg_temp.attempt(command) AS a;
SELECT results_eq($$SELECT focus_id::text, operation, length(profile ->> 'description') FROM focus_history
    WHERE focus_id LIKE 'big%' ORDER BY 1, revision$$,
    $$VALUES ('big', 'UPDATE', 267300000), ('big', 'RENAME', 267300000), ('bigger', 'TRUNCATE', 267300000)$$,
        'what may come in can go out');

-- A large version is a reference while its row is on its way; whoever reads it there sees the version.
INSERT INTO focus_profiles (focus_id, display_name, description)
    SELECT 'long', 'Long', string_agg(md5(i::text), '') FROM generate_series(1, 60000) AS i;
CREATE TABLE seen (at text, version text);
CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO public.seen VALUES (TG_WHEN, md5(NEW.profile::text));
    NEW.reason := 'seen';
    RETURN NEW;
END $$;
CREATE TRIGGER see_before BEFORE INSERT ON focus_history FOR EACH ROW EXECUTE FUNCTION see();
CREATE TRIGGER see_after AFTER INSERT ON focus_history FOR EACH ROW EXECUTE FUNCTION see();
CREATE TABLE long_version AS SELECT md5(to_jsonb(p)::text) AS version FROM focus_profiles AS p WHERE focus_id = 'long';
UPDATE focus_profiles SET display_name = 'Longer' WHERE focus_id = 'long';
SELECT results_eq('SELECT at, seen.version = wanted.version FROM seen, long_version AS wanted',
    $$VALUES ('BEFORE', true), ('AFTER', true)$$, 'triggers of the history read a large version');
SELECT results_eq($$SELECT md5(h.profile::text) = w.version, h.reason FROM focus_history AS h, long_version AS w
    WHERE focus_id = 'long'$$, $$VALUES (true, 'seen')$$, 'a large version is kept as it was');
SELECT is((SELECT pg_column_size(profile) > 1920000 FROM focus_history WHERE focus_id = 'long'), true,
    'it is large as it is stored');

SELECT * FROM finish();
ROLLBACK;
