-- History against a plain copy of what it should hold, over random edits; errors; settings; snapshots of
-- several sessions are in test/isolation.
BEGIN;
\ir lib/attempt.sql
SELECT plan(81);
SET LOCAL search_path = public, aria_engine;
SELECT setseed(0.20211);

-- --- random edits against an oracle --------------------------------------------------------------------

-- What should be there: a row for each version that an edit ended, and who was there when.
CREATE TEMP TABLE expected (focus_id text, revision int, operation text, reason text, profile jsonb);
CREATE TEMP TABLE seen (n int, at timestamptz, focus_id text, profile jsonb);
CREATE TEMP TABLE counts (kind text, n int);

-- Notes that a version ends; the next revision is counted here, not asked of the extension.
CREATE FUNCTION pg_temp.ends(id text, how text, why text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO expected
    SELECT p.focus_id, 1 + (SELECT count(*) FROM expected AS e WHERE e.focus_id = p.focus_id), how, why, to_jsonb(p)
    FROM focus_profiles AS p WHERE p.focus_id = id OR id IS NULL
$$;

-- One random edit, by one of the ways that people have.
CREATE FUNCTION pg_temp.edit(kind int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    ids CONSTANT text[] := '{r1,r2,r3,r4}';
    id CONSTANT text := ids[1 + floor(random() * 4)];
    other CONSTANT text := ids[1 + floor(random() * 4)];
    tone CONSTANT text := (ARRAY['warm', 'blunt', 'formal'])[1 + floor(random() * 3)];
    stored focus_profiles;
BEGIN
    SELECT * INTO stored FROM focus_profiles AS p WHERE p.focus_id = id;
    IF kind = 0 AND stored.focus_id IS NULL THEN
        INSERT INTO focus_profiles (focus_id, display_name, temperature_delta, created_at)
        VALUES (id, 'New', round(random()::numeric, 3), clock_timestamp());
    ELSIF kind = 1 AND stored.focus_id IS NOT NULL THEN
        IF stored.tone <> tone THEN PERFORM pg_temp.ends(id, 'UPDATE', NULL); END IF;
        UPDATE focus_profiles AS p SET tone = edit.tone FROM (SELECT tone) AS edit WHERE p.focus_id = id;
    ELSIF kind = 2 AND stored.focus_id IS NOT NULL THEN
        IF stored.tone <> tone THEN PERFORM pg_temp.ends(id, 'UPDATE', 'put'); END IF;
        PERFORM focus_put(jsonb_build_object('focus_id', id, 'tone', tone), 'put');
    ELSIF kind = 3 THEN
        PERFORM pg_temp.ends(id, 'DELETE', NULL) WHERE stored.focus_id IS NOT NULL;
        DELETE FROM focus_profiles AS p WHERE p.focus_id = id;
    ELSIF kind = 4 AND stored.focus_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM focus_profiles AS p WHERE p.focus_id = other) THEN
        PERFORM pg_temp.ends(id, 'RENAME', NULL);
        UPDATE expected AS e SET profile = e.profile || jsonb_build_object('renamed_to', other)
        WHERE e.focus_id = id AND e.revision = (SELECT max(m.revision) FROM expected AS m WHERE m.focus_id = id);
        UPDATE focus_profiles AS p SET focus_id = other WHERE p.focus_id = id;
    ELSIF kind = 5 AND random() < 0.2 THEN
        PERFORM pg_temp.ends(NULL, 'TRUNCATE', NULL);
        TRUNCATE focus_profiles;
    ELSIF kind = 6 THEN
        UPDATE focus_profiles AS p SET tone = p.tone, expertise_keywords = p.expertise_keywords || '[]';
    ELSE
        RETURN;
    END IF;
    INSERT INTO counts VALUES (kind, 1);
END
$$;

DO $$
BEGIN
    FOR n IN 1..600 LOOP
        PERFORM pg_temp.edit(floor(random() * 7)::int);
        INSERT INTO seen SELECT n, clock_timestamp(), id,
            (SELECT to_jsonb(p) FROM focus_profiles AS p WHERE p.focus_id = id)
        FROM unnest('{r1,r2,r3,r4}'::text[]) AS id;
    END LOOP;
END
$$;
SELECT is((SELECT count(DISTINCT kind) FROM counts), 7::bigint, 'every kind of edit was made');
SELECT cmp_ok((SELECT count(*) FROM expected), '>', 100::bigint, 'and ended many versions');
SELECT results_eq(
    $$SELECT focus_id::text, revision, operation, reason, profile FROM focus_history ORDER BY focus_id, revision$$,
    $$SELECT focus_id, revision, operation, reason, profile FROM expected ORDER BY focus_id, revision$$,
    'history holds every version that an edit ended, and nothing else');
SELECT is_empty(
    $$SELECT s.n, s.focus_id, s.profile FROM seen AS s
      WHERE s.profile IS DISTINCT FROM (SELECT to_jsonb(a) FROM focus_at(s.focus_id, s.at) AS a)$$,
    'focus_at gives what was seen at each time');
SELECT is_empty(
    $$SELECT FROM (SELECT focus_id, changed_at < lag(changed_at) OVER (PARTITION BY focus_id ORDER BY revision) AS back
                   FROM focus_history) AS h WHERE back$$, 'times never go back');
SELECT is((SELECT count(*) FROM focus_history WHERE changed_by <> session_user), 0::bigint, 'by the session''s user');
SELECT is_empty(
    $$SELECT FROM unnest('{r1,r2,r3,r4}'::text[]) AS id, LATERAL (
          SELECT count(*) FILTER (WHERE revision IS NOT NULL) AS versions,
              count(*) FILTER (WHERE revision IS NULL) AS ends,
                 max(revision) AS last, array_agg(revision
                     ORDER BY revision) FILTER (WHERE revision IS NOT NULL) AS list
          FROM focus_revisions(id)) AS r
      WHERE r.list <> ARRAY(SELECT generate_series(1, r.last))
         OR r.ends <> (SELECT count(*) FROM expected AS e WHERE e.focus_id = id AND e.operation <> 'UPDATE')
         OR r.last <> (SELECT count(*) FROM expected AS e WHERE e.focus_id = id)
                      + (SELECT count(*) FROM focus_profiles AS p WHERE p.focus_id = id)$$,
    'focus_revisions numbers every version once, and has a row for every end');
-- The changes of each version are those of focus_diff; and applied to the version before they give it.
SELECT is_empty(
    $$SELECT id, r.revision FROM unnest('{r1,r2,r3,r4}'::text[]) AS id, focus_revisions(id) AS r
      WHERE r.operation = 'UPDATE' AND (
          r.changes <> (SELECT coalesce(jsonb_object_agg(d.field, jsonb_build_array(d.old_value, d.new_value)), '{}')
                        FROM focus_diff(id, r.revision - 1, r.revision) AS d)
          OR (focus_revision(id, r.revision) - '{updated_at,created_at}'::text[]) <> (focus_revision(id,
              r.revision - 1) - '{updated_at,created_at}'::text[])
             || coalesce((SELECT jsonb_object_agg(c.key, c.value -> 1) FROM jsonb_each(r.changes) AS c), '{}'))$$,
    'changes, focus_diff and focus_revision agree');
-- Every version comes back as it was.
SELECT is_empty(
    $$SELECT e.focus_id, e.revision FROM expected AS e, focus_restore(e.focus_id, e.revision, 'test') AS r
      WHERE focus_content(r) <> e.profile - '{created_at,updated_at,renamed_to}'::text[]$$,
          'focus_restore brings every version back');

-- --- defaults ---------------------------------------------------------------------------------------------

INSERT INTO focus_profiles (focus_id, display_name) VALUES ('plain', 'Plain');
SELECT is(to_jsonb(p) - '{focus_id,updated_at}'::text[], (SELECT to_jsonb(n) - '{focus_id,updated_at}'::text[]
          FROM focus_put('{"focus_id": "put", "display_name": "Plain"}') AS n), 'focus_put knows the table''s defaults')
FROM focus_profiles AS p WHERE focus_id = 'plain';
SELECT is(to_jsonb(p) - '{focus_id,updated_at}'::text[], (SELECT to_jsonb(n) - '{focus_id,updated_at}'::text[]
          FROM focus_put((SELECT jsonb_object_agg(attname, NULL) FROM pg_attribute
              WHERE attrelid = 'focus_profiles'::regclass
               AND attnum > 0) || '{"focus_id": "nulls", "display_name": "Plain"}') AS n), 'null asks for them')
FROM focus_profiles AS p WHERE focus_id = 'plain';
SELECT is(focus_content(n), focus_content(p) || '{"focus_id": "other"}', 'and a whole profile copies')
FROM focus_profiles AS p, focus_put(focus_content(p) || '{"focus_id": "other"}') AS n WHERE p.focus_id = 'plain';
SELECT is((SELECT count(*) FROM focus_history WHERE focus_id IN ('plain', 'put', 'nulls', 'other')), 0::bigint,
    'no history of creations');

-- --- errors ------------------------------------------------------------------------------------------------

INSERT INTO focus_profiles (focus_id, display_name, expertise_keywords) VALUES ('e', 'E', '["a"]');
UPDATE focus_profiles SET tone = 'warm' WHERE focus_id = 'e';
CREATE TEMP TABLE failing (n serial, command text, state text, message text, detail text, hint text);
INSERT INTO failing (command, state, message, detail, hint) VALUES
($$focus_put('{"focus_id": "e", "tone": "blunt"}', NULL, 1)$$, '55000', 'focus profile "e" is at revision 2, not 1',
 'Somebody changed or created it since you read it.', 'Read it again, look at focus_diff, and put your change on top.'),
($$focus_put('{"focus_id": "e"}', NULL, 0)$$, '55000', 'focus profile "e" is at revision 2, not 0',
 'Somebody changed or created it since you read it.', 'Read it again, look at focus_diff, and put your change on top.'),
($$focus_put('{"focus_id": "e"}', NULL, -1)$$, '55000', 'focus profile "e" is at revision 2, not -1',
 'Somebody changed or created it since you read it.', 'Read it again, look at focus_diff, and put your change on top.'),
($$focus_put('{"focus_id": "f", "display_name": "F"}', NULL, 2)$$, '55000', 'focus profile "f" is at revision 0, not 2',
 'Revision 0: it does not exist.', 'Read it again, look at focus_diff, and put your change on top.'),
($$focus_put('{"focus_id": "e", "nmae": 1}')$$, '22023',
    'invalid focus profile "e": key "nmae" is no column of a profile',
 '$.nmae: key "nmae" is no column of a profile.', NULL),
($$focus_put('{"focus_id": "e", "stlye": "x"}')$$, '22023',
    'invalid focus profile "e": key "stlye" is no column of a profile',
 '$.stlye: key "stlye" is no column of a profile. Did you mean "style"?', 'Did you mean "style"?'),
($$focus_put('{"focus_id": "e", "enabled": "yes", "expertise_keywords": ["a", {"keyword": ""}]}')$$, '22023',
 'invalid focus profile "e": keyword "" is blank (and 1 more problem)',
 E'$.expertise_keywords[1].keyword: keyword "" is blank.\n$.enabled: enabled must be a boolean, not a string.', NULL),
($$focus_put('{}')$$, '22023', 'invalid focus profile: focus_id is missing (and 1 more problem)',
 E'$.focus_id: focus_id is missing.\n$.display_name: display_name is missing.', 'It has no default: give it a value.'),
($$focus_put('{"focus_id": null, "display_name": "N"}')$$, '22023', 'invalid focus profile: focus_id is null',
 '$.focus_id: focus_id is null.', 'It has no default: give it a value.'),
($$focus_put('"e"')$$, '22023', 'invalid focus profile: a profile must be an object, not a string',
 '$: a profile must be an object, not a string.', 'Write {"focus_id": "...", "display_name": "..."}.'),
($$focus_restore('e', 3)$$, '22023', 'focus profile "e" has no revision 3', '',
    'focus_revisions(focus_id) lists those that there are.'),
($$focus_restore('nobody', 1)$$, '22023', 'focus profile "nobody" has no revision 1', '',
    'focus_revisions(focus_id) lists those that there are.'),
($$focus_diff('e', 1, 3)$$, '22023', 'focus profile "e" has no revision 3', '',
    'focus_revisions(focus_id) lists those that there are.'),
($$focus_diff('e', 0, 1)$$, '22023', 'focus profile "e" has no revision 0', '',
    'focus_revisions(focus_id) lists those that there are.');
SELECT results_eq(format('SELECT state, message, detail, hint FROM pg_temp.attempt(%L)', 'SELECT ' || command),
                  format('VALUES (%L, %L, %L, %L)', state, message, detail, coalesce(hint, 'x')), command)
FROM failing WHERE hint IS NOT NULL ORDER BY n;
SELECT results_eq(format('SELECT state, message, detail FROM pg_temp.attempt(%L)', 'SELECT ' || command),
                  format('VALUES (%L, %L, %L)', state, message, detail), command)
FROM failing WHERE hint IS NULL ORDER BY n;
-- The place of the first problem is that of an INSERT; what no column has is nowhere.
SELECT is((SELECT place FROM pg_temp.attempt(format('SELECT focus_put(%L)', profile))), place,
    'the place of ' || profile)
FROM (VALUES
    ('{"focus_id": "p", "display_name": "P", "tone": "wram", "style": "x"}',
        'aria_engine.focus_profiles.tone focus_profiles_tone_fkey'),
    ('{"focus_id": "p"}', 'aria_engine.focus_profiles.display_name focus_profiles_display_name_not_null'),
    ('{"focus_id": "p", "display_name": "P", "expertise_keywords": [{"keyword": "a", "match": "wrod"}]}',
     'aria_engine.focus_profiles.expertise_keywords focus_profiles_expertise_keywords_check'),
    ('{"focus_id": "p", "display_name": "P", "nope": 1}', ''), ('7', '')) AS v (profile, place);
SELECT results_eq($$SELECT state, message, detail, hint, place
    FROM pg_temp.attempt($c$SELECT focus_refuse('no',
    '[{"path": "$.tone", "message": "bad", "field": "tone", "code": "missing"}]', 'help')$c$)$$,
    $$VALUES ('22023', 'no: bad', '$.tone: bad.', 'help',
        'aria_engine.focus_profiles.tone focus_profiles_tone_not_null')$$, 'focus_refuse');
SELECT results_eq(format('SELECT state, message, detail FROM pg_temp.attempt(%L)', command),
    format($$VALUES ('42501', 'the history of focus profiles is only added to',
        '%s on aria_engine.focus_history would rewrite what happened.')$$,
           split_part(command, ' ', 1)), command)
FROM unnest(ARRAY['UPDATE focus_history SET reason = NULL', 'DELETE FROM focus_history', 'TRUNCATE focus_history'])
    AS command;
SELECT results_eq(format('SELECT state, place FROM pg_temp.attempt(%L)', format(
    'INSERT INTO focus_history (focus_id, revision, operation, changed_at, changed_by, profile) VALUES (%L, %s, %L, '
    'now(), %L, %L)',
    id, revision, operation, 'me', profile)),
        format('VALUES (%L, %L)', '23514', 'aria_engine.focus_history ' || broken), broken)
FROM (VALUES ('x', 0, 'UPDATE', '{}', 'focus_history_revision_check'),
    ('x', 1, 'EDIT', '{}', 'focus_history_operation_check'),
             ('x', 1, 'UPDATE', '5', 'focus_history_profile_check')) AS v (id, revision, operation, profile, broken);
CREATE TABLE public.other (focus_id varchar(50));
CREATE TRIGGER wrong BEFORE INSERT ON public.other FOR EACH ROW EXECUTE FUNCTION focus_profiles_record();
SELECT results_eq($$SELECT state, message FROM pg_temp.attempt('INSERT INTO public.other VALUES (''x'')')$$,
    $$VALUES ('39P01', 'focus_profiles_record must be fired before an UPDATE, a DELETE or a TRUNCATE, or after an '
        'INSERT')$$, 'the trigger function as another trigger');
SELECT is(state, '0A000', 'nor as a function') FROM pg_temp.attempt('SELECT focus_history_keep()');
SELECT is((SELECT max(revision) FROM focus_history WHERE focus_id = 'e'), 1, 'what was refused left no trace');

-- --- reasons -------------------------------------------------------------------------------------------------

-- The last reason that the history of e has.
CREATE FUNCTION pg_temp.reason() RETURNS text LANGUAGE sql AS
$$ SELECT reason FROM focus_history WHERE focus_id = 'e' ORDER BY revision DESC LIMIT 1 $$;
SELECT is((focus_put('{"focus_id": "e", "tone": "blunt"}', 'given')).tone || ' ' || pg_temp.reason(), 'blunt given',
    'a given reason');
UPDATE focus_profiles SET tone = 'warm' WHERE focus_id = 'e';
SELECT is(pg_temp.reason(), NULL, 'is gone after its statement');
SET LOCAL aria_focus.reason = 'session';
UPDATE focus_profiles SET tone = 'blunt' WHERE focus_id = 'e';
SELECT is(pg_temp.reason(), 'session', 'a setting''s reason');
SELECT is((focus_put('{"focus_id": "e", "tone": "warm"}')).tone || ' ' || pg_temp.reason(), 'warm session',
    'serves focus_put too');
SELECT is((focus_put('{"focus_id": "e", "tone": "blunt"}', 'own')).tone || ' ' || pg_temp.reason(), 'blunt own',
    'unless it has its own');
SELECT is(current_setting('aria_focus.reason'), 'session', 'and stays as it was');
SELECT is(state, '22023', 'a refused put')
    FROM pg_temp.attempt($$SELECT focus_put('{"focus_id": "e", "tone": "x"}', 'refused')$$);
SELECT is(current_setting('aria_focus.reason'), 'session', 'leaves it too');
CREATE FUNCTION pg_temp.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'mine'; END $$;
CREATE TRIGGER mine BEFORE UPDATE ON focus_profiles FOR EACH ROW EXECUTE FUNCTION pg_temp.refuse();
SELECT is(message, 'mine', 'and one that fails in the middle')
    FROM pg_temp.attempt($$SELECT focus_put('{"focus_id": "e", "tone": "warm"}', 'half')$$);
SELECT is(current_setting('aria_focus.reason'), 'session', 'as well');
DROP TRIGGER mine ON focus_profiles;
SET LOCAL aria_focus.reason = '';
SELECT is((focus_put('{"focus_id": "e", "tone": "formal"}')).tone || ' ' || coalesce(pg_temp.reason(), 'none'),
    'formal none', 'an empty one is none');
SELECT is((focus_restore('e', 1, 'undo')).tone || ' ' || pg_temp.reason(), 'neutral undo', 'focus_restore has one');
-- A trigger of the operator's own that keeps the row back: no endless loop.
CREATE FUNCTION pg_temp.swallow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER mine BEFORE INSERT ON focus_profiles FOR EACH ROW EXECUTE FUNCTION pg_temp.swallow();
SELECT results_eq($$SELECT state, message
    FROM pg_temp.attempt($x$SELECT focus_put('{"focus_id": "s", "display_name": "S"}')$x$)$$,
    $$VALUES ('40001', 'focus profile "s" could not be stored')$$, 'a swallowed row ends with an error');
DROP TRIGGER mine ON focus_profiles;

-- --- what changes nothing; settings that must not show -----------------------------------------------------------

SELECT is((SELECT count(*) FROM focus_history WHERE focus_id = 'e'), 8::bigint, 'eight changes so far');
SELECT is(affected, 1::bigint, command) FROM unnest(ARRAY[
    $$UPDATE focus_profiles SET tone = tone WHERE focus_id = 'e'$$,
    $$UPDATE focus_profiles SET focus_id = focus_id, updated_at = updated_at WHERE focus_id = 'e'$$,
    $$INSERT INTO focus_profiles (focus_id, display_name)
        VALUES ('e', 'x') ON CONFLICT (focus_id) DO UPDATE SET tone = focus_profiles.tone$$,
    $$UPDATE focus_profiles SET temperature_delta = '-0' WHERE focus_id = 'e'$$,
    $$SELECT focus_put('{"focus_id": "e"}')$$, $$SELECT focus_restore('e', 9)$$]) AS command, pg_temp.attempt(command);
SELECT is((SELECT count(*) FROM focus_history WHERE focus_id = 'e'), 8::bigint, 'none of them is a change');
UPDATE focus_profiles SET temperature_delta = 0.1::float8 + 0.2::float8 - 0.3::float8 WHERE focus_id = 'e';
CREATE TEMP TABLE settings (name text, value text);
INSERT INTO settings VALUES ('extra_float_digits', '-15'), ('DateStyle', 'SQL, DMY'), ('TimeZone', 'Asia/Kathmandu'),
    ('IntervalStyle', 'sql_standard'), ('bytea_output', 'escape'), ('search_path', ''), ('search_path', 'aria_engine'),
    -- From 19 on it can only be on.
    ('standard_conforming_strings', CASE WHEN current_setting('server_version_num')::int < 190000 THEN 'off'
        ELSE 'on' END);
-- The answers that must not depend on a setting, as one text.
CREATE FUNCTION pg_temp.answers() RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws(E'\n', aria_engine.focus_export()::text, aria_engine.focus_etag(),
        aria_engine.focus_revision('e', 9)::text,
        (SELECT string_agg(r.changes::text, ',') FROM aria_engine.focus_revisions('e') AS r),
        (SELECT string_agg(h.profile::text, ',') FROM aria_engine.focus_history AS h WHERE h.focus_id = 'e'),
        (SELECT aria_engine.focus_content(a)::text FROM aria_engine.focus_at('e', 'infinity') AS a),
            aria_engine.focus_digest())
$$;
SELECT pg_temp.answers() AS answers \gset
SELECT matches(:'answers'::text, '5.551115123125783e-17', 'every digit of a delta');
CREATE FUNCTION pg_temp.answers_under(name text, value text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
    before CONSTANT text := current_setting(name);
BEGIN
    PERFORM set_config(name, value, true);
    UPDATE aria_engine.focus_profiles SET enabled = NOT enabled WHERE focus_id = 'e';
    UPDATE aria_engine.focus_profiles SET enabled = NOT enabled WHERE focus_id = 'e';
    answer := (SELECT profile ->> 'temperature_delta' FROM aria_engine.focus_history WHERE focus_id = 'e'
        ORDER BY revision DESC LIMIT 1)
              || (SELECT right(profile ->> 'updated_at', 6) FROM aria_engine.focus_history WHERE focus_id = 'e'
                  ORDER BY revision DESC LIMIT 1);
    RAISE EXCEPTION USING ERRCODE = 'P0099', MESSAGE = answer;
EXCEPTION WHEN SQLSTATE 'P0099' THEN
    PERFORM set_config(name, value, true);
    answer := SQLERRM || pg_temp.answers();
    PERFORM set_config(name, before, true);
    RETURN answer;
END
$$;
SELECT is(pg_temp.answers_under(name, value), '0.00000000000000005551115123125783+00:00' || :'answers'::text,
    format('%s = %s', name, value)) FROM settings;

-- --- times -----------------------------------------------------------------------------------------------------

SET LOCAL search_path = public, aria_engine;
INSERT INTO focus_profiles (focus_id, display_name) VALUES ('late', 'Late');
INSERT INTO focus_history (focus_id, revision, operation, changed_at, changed_by, profile)
SELECT 'late', 7, 'UPDATE', '2100-01-01Z', 'clock', to_jsonb(p) FROM focus_profiles AS p WHERE focus_id = 'late';
UPDATE focus_profiles SET tone = 'warm' WHERE focus_id = 'late';
SELECT results_eq($$SELECT revision, changed_at FROM focus_history WHERE focus_id = 'late' ORDER BY 1 DESC LIMIT 1$$,
                  $$VALUES (8, '2100-01-01Z'::timestamptz)$$,
                      'a clock that went back does not take the history with it');
-- What was pruned is not made up.
SELECT results_eq($$SELECT revision, operation, changes FROM focus_revisions('late')$$,
                  $$VALUES (7, NULL, NULL::jsonb), (8, 'UPDATE', '{}'),
                      (9, 'UPDATE', '{"tone": ["neutral", "warm"]}')$$, 'a gap stays one');

-- --- notify, as far as one transaction can tell -------------------------------------------------------------------

SELECT is(state, CASE WHEN value IN ('maybe', '') THEN '22023' ELSE '00000' END,
    format('aria_focus.notify = "%s"', value))
FROM unnest('{on,off,true,no,0,maybe,""}'::text[]) AS value,
    pg_temp.attempt(format($$SET LOCAL aria_focus.notify = %L; UPDATE focus_profiles SET enabled = NOT enabled$$,
        value));

SELECT finish();
ROLLBACK;
