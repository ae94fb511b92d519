-- Who may do what; what stands where the table should stand; a search_path that lies. The install by
-- a database owner who is no superuser: test/trusted.
BEGIN;
\ir lib/attempt.sql
SELECT plan(298);

CREATE ROLE aria_stranger;
CREATE ROLE aria_reader;
CREATE ROLE aria_editor;
CREATE ROLE aria_bypass BYPASSRLS;
GRANT USAGE ON SCHEMA aria_engine TO aria_stranger, aria_reader, aria_editor, aria_bypass;
GRANT SELECT ON aria_engine.focus_profiles TO aria_reader, aria_editor, aria_bypass;
GRANT INSERT, UPDATE, DELETE ON aria_engine.focus_profiles TO aria_editor;
GRANT SELECT, INSERT ON aria_engine.focus_history TO aria_editor;

DELETE FROM aria_engine.focus_profiles;
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords) VALUES
('ops', 'Ops', '["deploy", "docker"]'), ('data', 'Data', '["schema", "deploy"]');

-- Every function that reads profiles, and what it answers those who may. Those that are plain queries see what a
-- policy shows: what they answer then is the last column.
CREATE TEMP TABLE reading (n serial, query text, answer text, is_query boolean DEFAULT false, by_policy text);
INSERT INTO reading (query, answer) VALUES
($$aria_engine.focus_route('deploy docker')$$, 'ops'),
($$(SELECT d.focus_id || ' ' || d.decided_by || ' ' || d.margin FROM aria_engine.focus_decide('deploy docker') AS d)$$,
 'ops keywords 1'),
($$(SELECT string_agg(r::text, ' ') FROM aria_engine.focus_rank('deploy docker') AS r)$$,
 '(1,ops,0.8,2,2,"{deploy,docker}",1) (2,data,0.6,1,1,{deploy},1)'),
($$(SELECT string_agg(e::text, ' ') FROM aria_engine.focus_explain('docker') AS e)$$, '(ops,docker,1,6,docker,1)'),
($$aria_engine.focus_highlight('a docker', 'ops')$$, 'a <b>docker</b>'),
($$aria_engine.focus_specialty_score('deploy docker', 'ops')$$, '0.8'),
($$(SELECT string_agg(s.agent_id || ' ' || s.specialty, ', ')
    FROM aria_engine.focus_agent_scores('deploy docker',
    '[{"agent_id": "a", "focus_type": "ops"}, {"agent_id": "b"}]') AS s)$$, 'a 0.8, b 0.3'),
($$(SELECT string_agg(s.agent_id || ' ' || s.reason, ', ' ORDER BY s.place)
    FROM aria_engine.focus_select_agents('deploy docker',
    '[{"agent_id": "a", "focus_type": "ops"}, {"agent_id": "b"}]') AS s)$$, 'a specialist, b filler'),
($$(aria_engine.focus_escalation('should we deploy docker?')).domains$$, '{ops,data}');
INSERT INTO reading (query, answer, is_query, by_policy)
SELECT query, answer, true, by_policy FROM (VALUES
($$(aria_engine.focus_effective_settings('ops', '{"max_tokens": 9000}')).max_tokens$$, '2000', '9000'),
($$aria_engine.focus_context_cap(ARRAY['ops'], 7)$$, '2000', '7'),
($$(SELECT string_agg(c.model, ' ') FROM aria_engine.focus_fallback_chain('a',
    '[{"agent_id": "a", "model": "m"}]') AS c)$$, 'm', 'm'),
($$(SELECT string_agg(d.value || ' ' || d.hint, ',')
    FROM aria_engine.focus_dangling('public.near_words', 'word') AS d)$$,
 'opps did you mean ops?', NULL),
($$(SELECT string_agg(d.focus_id || ' ' || d.code, ', ' ORDER BY d.focus_id) FROM aria_engine.focus_doctor() AS d)$$,
 'data shared_keyword, ops shared_keyword', NULL)) AS q (query, answer, by_policy);
CREATE TABLE public.near_words AS SELECT 'opps'::text AS word;
GRANT SELECT ON public.near_words TO PUBLIC;

-- What a query answers a role, or "SQLSTATE message".
CREATE FUNCTION pg_temp.as_role(role name, query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
    problem text;
BEGIN
    EXECUTE format('SET LOCAL ROLE %I', role);
    EXECUTE 'SELECT ' || query INTO answer;
    RESET ROLE;
    RETURN answer;
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE || ' ' || SQLERRM;
END
$$;
GRANT USAGE ON SCHEMA public TO PUBLIC;

-- --- SELECT on the table decides ------------------------------------------------------------------------

SELECT is(pg_temp.as_role(session_user, query), answer, 'the owner: ' || query) FROM reading ORDER BY n;
SELECT is(pg_temp.as_role('aria_reader', query), answer, 'with SELECT: ' || query) FROM reading ORDER BY n;
SELECT is(pg_temp.as_role('aria_stranger', query), '42501 permission denied for table focus_profiles',
          'without SELECT: ' || query) FROM reading ORDER BY n;
SELECT is(pg_temp.as_role('aria_reader', query), answer, 'with SELECT, after that: ' || query) FROM reading ORDER BY n;
SELECT is(pg_temp.as_role('aria_reader', query) || ', ' || pg_temp.as_role('aria_stranger', query),
          answer || ', 42501 permission denied for table focus_profiles',
              'in one statement, under one snapshot: ' || query)
FROM reading ORDER BY n;
REVOKE SELECT ON aria_engine.focus_profiles FROM aria_reader;
SELECT is(pg_temp.as_role('aria_reader', query), '42501 permission denied for table focus_profiles',
          'SELECT revoked: ' || query) FROM reading ORDER BY n;
GRANT SELECT ON aria_engine.focus_profiles TO aria_reader;
SELECT is(pg_temp.as_role('aria_stranger', query), answer, 'needs no right: ' || query)
FROM (VALUES
    ($$(SELECT count(*) FROM aria_engine.focus_keyword_hits('deploy', '["dep", "deploy"]'))$$, '1'),
    ($$aria_engine.focus_is_keyword_list('["a"]')$$, 'true'),
    ($$aria_engine.focus_is_tone('warm')$$, 'true'),
    ($$aria_engine.focus_is_style('warm')$$, 'false'),
    ($$(SELECT string_agg(code, ',') FROM aria_engine.focus_validate(
        '{"focus_id": "a", "display_name": "A", "tone": "x"}'))$$,
     'not_in_vocabulary'),
    ($$(SELECT count(*) FROM aria_engine.focus_tones)$$, '7'),
    ($$(SELECT count(*) FROM aria_engine.focus_styles)$$, '5')) AS q (query, answer);

-- --- four columns are enough to route -----------------------------------------------------------------------

CREATE ROLE aria_router;
GRANT USAGE ON SCHEMA aria_engine TO aria_router;
GRANT SELECT (focus_id, delegation_level, expertise_keywords) ON aria_engine.focus_profiles TO aria_router;
SELECT is(pg_temp.as_role('aria_router', query), '42501 permission denied for table focus_profiles',
    'three of four columns: ' || query)
FROM reading WHERE n = 1;
GRANT SELECT (enabled) ON aria_engine.focus_profiles TO aria_router;
SELECT is(pg_temp.as_role('aria_router', query), answer, 'with SELECT on four columns: ' || query)
FROM reading WHERE NOT is_query ORDER BY n;
SELECT is(pg_temp.as_role('aria_router', 'max(system_prompt_addon) FROM aria_engine.focus_profiles'),
          '42501 permission denied for table focus_profiles', 'and no more');
REVOKE SELECT (enabled) ON aria_engine.focus_profiles FROM aria_router;
SELECT is(pg_temp.as_role('aria_router', query), '42501 permission denied for table focus_profiles',
    'one of them revoked: ' || query)
FROM reading WHERE n = 1;

-- --- writing ----------------------------------------------------------------------------------------------

-- What a command's error says to a role; 00000 for none.
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
SELECT is(pg_temp.try_as(role, command), said, role || ': ' || command)
FROM (VALUES
    ('aria_reader', $$INSERT INTO aria_engine.focus_profiles (focus_id, display_name) VALUES ('x', 'X')$$,
     '42501 permission denied for table focus_profiles'),
    ('aria_reader', $$UPDATE aria_engine.focus_profiles SET enabled = false$$,
        '42501 permission denied for table focus_profiles'),
    ('aria_reader', $$DELETE FROM aria_engine.focus_profiles$$, '42501 permission denied for table focus_profiles'),
    ('aria_reader', $$INSERT INTO aria_engine.focus_tones (tone) VALUES ('x')$$,
        '42501 permission denied for table focus_tones'),
    ('aria_editor', $$TRUNCATE aria_engine.focus_profiles$$, '42501 permission denied for table focus_profiles'),
    ('aria_editor', $$INSERT INTO aria_engine.focus_styles (style) VALUES ('x')$$,
        '42501 permission denied for table focus_styles'),
    ('aria_editor', $$INSERT INTO aria_engine.focus_profiles (focus_id, display_name) VALUES ('x', 'X')$$, '00000'),
    ('aria_editor', $$UPDATE aria_engine.focus_profiles SET tone = 'warm' WHERE focus_id = 'x'$$, '00000'),
    ('aria_editor', $$UPDATE aria_engine.focus_profiles SET tone = 'wram' WHERE focus_id = 'x'$$,
     '23503 invalid focus profile "x": tone "wram" is not a known tone'),
    ('aria_editor', $$DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'x'$$, '00000')) AS w (role, command,
        said);
REVOKE SELECT ON aria_engine.focus_tones, aria_engine.focus_styles FROM PUBLIC;
SELECT is(pg_temp.try_as('aria_editor', $$INSERT INTO aria_engine.focus_profiles (focus_id, display_name, tone)
    VALUES ('x', 'X', 'blunt')$$),
    '00000', 'an editor needs no right on the vocabularies');
DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'x';
GRANT SELECT ON aria_engine.focus_tones, aria_engine.focus_styles TO PUBLIC;

-- --- history and exchange ------------------------------------------------------------------------------------

INSERT INTO aria_engine.focus_profiles (focus_id, display_name) VALUES ('spare', 'Spare');
CREATE ROLE aria_blind;  -- may edit, and not write history
GRANT USAGE ON SCHEMA aria_engine TO aria_blind;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON aria_engine.focus_profiles TO aria_blind;
SELECT is(pg_temp.try_as(role::name, command), said, role || ': ' || command)
FROM (VALUES
    -- readers: what reads profiles needs SELECT on them, what reads history needs it there
    ('aria_reader', $$SELECT aria_engine.focus_export(), aria_engine.focus_etag(), aria_engine.focus_digest()$$,
        '00000'),
    ('aria_stranger', $$SELECT aria_engine.focus_export()$$, '42501 permission denied for table focus_profiles'),
    ('aria_stranger', $$SELECT aria_engine.focus_etag()$$, '42501 permission denied for table focus_profiles'),
    ('aria_stranger', $$SELECT aria_engine.focus_digest()$$, '42501 permission denied for table focus_profiles'),
    ('aria_stranger', $$SELECT * FROM aria_engine.focus_catalog$$, '42501 permission denied for view focus_catalog'),
    ('aria_reader', $$SELECT * FROM aria_engine.focus_catalog$$, '42501 permission denied for view focus_catalog'),
    ('aria_reader', $$SELECT * FROM aria_engine.focus_keywords$$, '42501 permission denied for view focus_keywords'),
    ('aria_reader', $$SELECT aria_engine.focus_add_keywords('ops', '["x"]')$$,
        '42501 permission denied for table focus_profiles'),
    ('aria_reader', $$SELECT aria_engine.focus_remove_keywords('ops', '{deploy}')$$,
        '42501 permission denied for table focus_profiles'),
    ('aria_reader', $$SELECT * FROM aria_engine.focus_history$$, '42501 permission denied for table focus_history'),
    ('aria_reader', $$SELECT * FROM aria_engine.focus_revisions('spare')$$,
        '42501 permission denied for table focus_history'),
    ('aria_reader', $$SELECT * FROM aria_engine.focus_diff('spare', 1, 1)$$,
        '42501 permission denied for table focus_history'),
    ('aria_reader', $$SELECT * FROM aria_engine.focus_at('spare', now())$$,
        '42501 permission denied for table focus_history'),
    ('aria_reader', $$SELECT aria_engine.focus_revision('spare', 1)$$,
        '42501 permission denied for table focus_history'),
    ('aria_reader', $$SELECT aria_engine.focus_put('{"focus_id": "spare", "tone": "warm"}')$$,
        '42501 permission denied for table focus_profiles'),
    ('aria_reader', $$SELECT aria_engine.focus_put('{"focus_id": "more", "display_name": "More"}')$$,
        '42501 permission denied for table focus_profiles'),
    ('aria_reader', $$SELECT aria_engine.focus_restore('spare', 1)$$,
        '42501 permission denied for table focus_history'),
    ('aria_reader', $$SELECT aria_engine.focus_import(
        '{"format": 1, "profiles": [{"focus_id": "more", "display_name": "More"}]}')$$,
     '42501 permission denied for table focus_profiles'),
    ('aria_reader', $$SELECT aria_engine.focus_import(
        '{"format": 1, "profiles": [{"focus_id": "more", "display_name": "More"}]}', dry_run => true)$$, '00000'),
    ('aria_stranger', $$SELECT aria_engine.focus_import('{"format": 1, "profiles": []}')$$,
        '42501 permission denied for table focus_profiles'),
    ('aria_stranger', $$SELECT aria_engine.focus_put('{"focus_id": "more", "display_name": "More"}')$$,
        '42501 permission denied for table focus_profiles'),
    ('aria_stranger', $$SELECT aria_engine.focus_adopt('pg_temp.reading')$$,
        '42703 column "focus_id" of relation "reading" does not exist'),
    -- editors without the history: they may create, and nothing else
    ('aria_blind', $$SELECT aria_engine.focus_put('{"focus_id": "more", "display_name": "More"}')$$, '00000'),
    ('aria_blind', $$SELECT aria_engine.focus_put('{"focus_id": "more", "tone": "warm"}')$$,
        '42501 permission denied for table focus_history'),
    ('aria_blind', $$UPDATE aria_engine.focus_profiles SET tone = 'warm' WHERE focus_id = 'spare'$$,
        '42501 permission denied for table focus_history'),
    ('aria_blind', $$UPDATE aria_engine.focus_profiles SET tone = tone WHERE focus_id = 'spare'$$, '00000'),
    ('aria_blind', $$DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'spare'$$,
        '42501 permission denied for table focus_history'),
    ('aria_blind', $$TRUNCATE aria_engine.focus_profiles$$, '42501 permission denied for table focus_history'),
    -- editors
    ('aria_editor', $$SELECT aria_engine.focus_put('{"focus_id": "spare", "tone": "warm"}', 'why', 1)$$, '00000'),
    ('aria_editor', $$SELECT aria_engine.focus_restore('spare', 1)$$, '00000'),
    ('aria_editor', $$SELECT aria_engine.focus_import(aria_engine.focus_export()::jsonb, 'update')$$, '00000'),
    ('aria_editor', $$SELECT * FROM aria_engine.focus_revisions('spare')$$, '00000'),
    ('aria_editor', $$DELETE FROM aria_engine.focus_profiles WHERE focus_id IN ('spare', 'more')$$, '00000'),
    ('aria_editor', $$UPDATE aria_engine.focus_history SET reason = ''$$,
        '42501 permission denied for table focus_history'),
    ('aria_editor', $$DELETE FROM aria_engine.focus_history$$, '42501 permission denied for table focus_history'),
    ('aria_editor', $$TRUNCATE aria_engine.focus_history$$, '42501 permission denied for table focus_history'))
        AS w (role, command, said);
SELECT is(pg_temp.try_as(session_user, $$DELETE FROM aria_engine.focus_history$$),
    '42501 the history of focus profiles is only added to',
          'not even the owner does it by accident');
-- the hint
SET LOCAL ROLE aria_blind;
SELECT hint AS said FROM pg_temp.attempt('DELETE FROM aria_engine.focus_profiles') \gset
RESET ROLE;
SELECT is(:'said'::text, 'Who changes profiles needs SELECT and INSERT on aria_engine.focus_history, where their '
    'former versions are kept.',
          'and who may not is told what is missing');
GRANT SELECT ON aria_engine.focus_catalog TO aria_reader, aria_stranger;
SELECT is(pg_temp.as_role('aria_reader', '(SELECT count(*) FROM aria_engine.focus_catalog)'), '2',
    'the catalog for those who may read the profiles');
SELECT is(pg_temp.as_role('aria_stranger', '(SELECT count(*) FROM aria_engine.focus_catalog)'), '2',
    'and for those who may read nothing but it');
SELECT is(pg_temp.as_role('aria_stranger', 'aria_engine.focus_catalog_is_whole()'), 'true',
    'whole as it is without policies');
SELECT is(pg_temp.as_role('aria_stranger', 'max(description) FROM aria_engine.focus_profiles'),
    '42501 permission denied for table focus_profiles', 'still');

-- --- row-level security ---------------------------------------------------------------------------------------

ALTER TABLE aria_engine.focus_profiles ENABLE ROW LEVEL SECURITY;
CREATE POLICY some_rows ON aria_engine.focus_profiles FOR SELECT USING (focus_id = 'data');
SELECT is(pg_temp.as_role('aria_reader', query),
          '0A000 row-level security applies to you on table "focus_profiles"', 'row-level security: ' || query)
FROM reading WHERE NOT is_query ORDER BY n;
SELECT is(pg_temp.as_role('aria_reader', query), by_policy, 'a plain query sees the policy''s rows: ' || query)
FROM reading WHERE is_query ORDER BY n;
SELECT is(pg_temp.as_role('aria_bypass', query), answer, 'BYPASSRLS: ' || query) FROM reading ORDER BY n;
SELECT is(pg_temp.as_role(role, '(SELECT count(*) FROM aria_engine.focus_catalog)'), said,
    'the catalog under row-level security: ' || role)
FROM (VALUES ('aria_reader', '0A000 row-level security applies to you on table "focus_profiles"'),
             ('aria_stranger', '0A000 row-level security applies to you on table "focus_profiles"'),
                 (session_user, '2')) AS w (role, said);
SELECT is(pg_temp.as_role(session_user, query), answer, 'a superuser: ' || query) FROM reading ORDER BY n;
SELECT is(pg_temp.as_role('aria_reader', query),
    '42501 query would be affected by row-level security policy for table "focus_profiles"', query)
FROM unnest(ARRAY['aria_engine.focus_export()', 'aria_engine.focus_etag()']) AS query;
CREATE POLICY all_rows ON aria_engine.focus_profiles FOR DELETE USING (true);
SELECT is(pg_temp.try_as('aria_blind', 'TRUNCATE aria_engine.focus_profiles'),
    '42501 permission denied for table focus_history', 'TRUNCATE and policies');
GRANT SELECT, INSERT ON aria_engine.focus_history TO aria_blind;
SELECT is(pg_temp.try_as('aria_blind', 'TRUNCATE aria_engine.focus_profiles'),
          '42501 query would be affected by row-level security policy for table "focus_profiles"',
              'no version is lost to a policy');
DROP POLICY all_rows ON aria_engine.focus_profiles;
ALTER TABLE aria_engine.focus_profiles DISABLE ROW LEVEL SECURITY;
DROP POLICY some_rows ON aria_engine.focus_profiles;
SELECT is(pg_temp.as_role('aria_reader', query), answer, 'row-level security switched off: ' || query) FROM reading
    ORDER BY n;

-- --- something else in the table's place -------------------------------------------------------------------------

SAVEPOINT whole;
ALTER TABLE aria_engine.focus_profiles RENAME TO real_profiles;
CREATE VIEW aria_engine.focus_profiles AS SELECT * FROM aria_engine.real_profiles;
SELECT is(pg_temp.as_role(session_user, query), '42809 "aria_engine.focus_profiles" is not a plain heap table',
    'a view: ' || query)
FROM reading WHERE NOT is_query ORDER BY n;
ROLLBACK TO whole;
ALTER TABLE aria_engine.focus_profiles RENAME TO real_profiles;
CREATE TABLE aria_engine.focus_profiles (LIKE aria_engine.real_profiles) PARTITION BY LIST (focus_id);
SELECT is(pg_temp.as_role(session_user, query), '42809 "aria_engine.focus_profiles" is not a plain heap table',
    'a partitioned table: ' || query)
FROM reading WHERE n = 1;
ROLLBACK TO whole;
ALTER TABLE aria_engine.focus_profiles RENAME TO real_profiles;
CREATE MATERIALIZED VIEW aria_engine.focus_profiles AS SELECT * FROM aria_engine.real_profiles;
SELECT is(pg_temp.as_role(session_user, query), '42809 "aria_engine.focus_profiles" is not a plain heap table',
    'a materialized view: ' || query)
FROM reading WHERE n = 1;
ROLLBACK TO whole;
CREATE TABLE public.more_profiles () INHERITS (aria_engine.focus_profiles);
SELECT is(pg_temp.as_role(session_user, query), '42809 "aria_engine.focus_profiles" is not a plain heap table',
    'a table with children: ' || query)
FROM reading WHERE n = 1;
ROLLBACK TO whole;
ALTER TABLE aria_engine.focus_profiles RENAME TO real_profiles;
SELECT is(pg_temp.as_role(session_user, query), '42P01 table aria_engine.focus_profiles does not exist',
    'nothing: ' || query)
FROM reading WHERE n = 1;
ROLLBACK TO whole;

-- --- DROP and CREATE EXTENSION -------------------------------------------------------------------------------------

DROP EXTENSION aria_focus;
SELECT is(left(pg_temp.as_role(session_user, query), 5), '42883', 'gone with the extension: ' || query) FROM reading
    ORDER BY n;
SELECT is_empty($$SELECT relname FROM pg_class WHERE relnamespace = 'aria_engine'::regnamespace$$, 'and every table');
SELECT is(state, '00000', 'an existing schema is accepted') FROM pg_temp.attempt('CREATE EXTENSION aria_focus');
DROP EXTENSION aria_focus;
DROP SCHEMA aria_engine;
SELECT is(state, '00000', 'an absent one is created') FROM pg_temp.attempt('CREATE EXTENSION aria_focus');
DROP EXTENSION aria_focus;

CREATE TABLE aria_engine.focus_profiles (focus_id text, display_name text);
INSERT INTO aria_engine.focus_profiles VALUES ('old', 'Old');
SELECT results_eq($$SELECT state, message, detail FROM pg_temp.attempt('CREATE EXTENSION aria_focus')$$,
    $$VALUES ('42P07', 'relation "aria_engine.focus_profiles" exists already',
              'aria_focus brings a table of this name and takes over none that was made by hand.')$$,
    'a table made by hand is not taken over');
SELECT matches(hint, '^In one transaction: ALTER TABLE aria_engine\.focus_profiles SET SCHEMA .*CREATE EXTENSION '
    'aria_focus', 'and the way in is told')
FROM pg_temp.attempt('CREATE EXTENSION aria_focus');
SELECT results_eq('SELECT * FROM aria_engine.focus_profiles', $$VALUES ('old', 'Old')$$, 'it is as it was');
ALTER TABLE aria_engine.focus_profiles SET SCHEMA public;
SELECT is(state, '00000', 'moved away, it is in nobody''s way') FROM pg_temp.attempt('CREATE EXTENSION aria_focus');
DROP EXTENSION aria_focus;
CREATE TABLE aria_engine.focus_tones (tone text);
SELECT is(state, '42P07', 'nor is any other table of ours taken over')
    FROM pg_temp.attempt('CREATE EXTENSION aria_focus');
ROLLBACK TO whole;
CREATE TABLE aria_engine.agents (agent_id text, focus_type varchar(50) REFERENCES aria_engine.focus_profiles);
SELECT is(state, '2BP01', 'DROP EXTENSION does not drop what depends on it')
    FROM pg_temp.attempt('DROP EXTENSION aria_focus');
INSERT INTO aria_engine.agents VALUES ('a1', 'ops');
SELECT is(state, '23503', 'a profile that agents use stays')
FROM pg_temp.attempt($$DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'ops'$$);
ROLLBACK TO whole;

-- --- a search_path that lies
-- ------------------------------------------------------------------------------------------

-- Operators that always say yes, or fail; tables and functions of our names.
CREATE SCHEMA evil;
CREATE FUNCTION evil.yes(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION evil.yes(varchar, varchar) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION evil.yes(varchar, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION evil.yes(jsonb, jsonb) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION evil.yes(oid, oid) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE OPERATOR evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.yes);
CREATE OPERATOR evil.= (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = evil.yes);
CREATE OPERATOR evil.= (LEFTARG = varchar, RIGHTARG = text, FUNCTION = evil.yes);
CREATE OPERATOR evil.= (LEFTARG = jsonb, RIGHTARG = jsonb, FUNCTION = evil.yes);
CREATE OPERATOR evil.= (LEFTARG = oid, RIGHTARG = oid, FUNCTION = evil.yes);
CREATE FUNCTION evil.nine(float8, float8) RETURNS float8 LANGUAGE sql AS 'SELECT 9::float8';
CREATE OPERATOR evil.+ (LEFTARG = float8, RIGHTARG = float8, FUNCTION = evil.nine);
CREATE OPERATOR evil.* (LEFTARG = float8, RIGHTARG = float8, FUNCTION = evil.nine);
CREATE FUNCTION evil.never(float8, float8) RETURNS boolean LANGUAGE sql AS 'SELECT false';
CREATE OPERATOR evil.> (LEFTARG = float8, RIGHTARG = float8, FUNCTION = evil.never);
CREATE FUNCTION evil.never(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT false';
CREATE OPERATOR evil.<> (LEFTARG = int, RIGHTARG = int, FUNCTION = evil.never);
CREATE OPERATOR evil.~ (LEFTARG = varchar, RIGHTARG = text, FUNCTION = evil.yes);
CREATE FUNCTION evil.now() RETURNS timestamptz LANGUAGE sql AS $$SELECT '1999-01-01Z'::timestamptz$$;
CREATE FUNCTION evil.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS $$SELECT '1999-01-01Z'::timestamptz$$;
CREATE FUNCTION evil.to_jsonb(anyelement) RETURNS jsonb LANGUAGE sql AS $$SELECT '{}'::jsonb$$;
CREATE FUNCTION evil.format(text, VARIADIC "any") RETURNS text LANGUAGE internal AS 'text_format';
CREATE FUNCTION evil.focus_is_blank(text) RETURNS boolean LANGUAGE sql AS 'SELECT false';
CREATE FUNCTION evil.focus_route(text, text DEFAULT 'x',
    double precision DEFAULT 1) RETURNS text LANGUAGE sql AS $$SELECT 'evil'$$;
CREATE AGGREGATE evil.jsonb_agg(jsonb) (SFUNC = jsonb_concat, STYPE = jsonb);
CREATE TABLE evil.focus_profiles (LIKE aria_engine.focus_profiles);
INSERT INTO evil.focus_profiles SELECT 'evil' AS focus_id, 'Evil', 'e', NULL, 'neutral', 'directive', 1, 0, 0,
    '["docker"]', NULL, NULL, '[]', true, now(), now();
CREATE TABLE evil.focus_tones AS SELECT 'evil'::varchar AS tone;
CREATE TABLE evil.pg_constraint AS SELECT * FROM pg_catalog.pg_constraint;
UPDATE evil.pg_constraint SET convalidated = false;
CREATE TEMP TABLE focus_profiles (LIKE aria_engine.focus_profiles);
CREATE TEMP TABLE focus_tones AS SELECT 'temporary'::varchar AS tone;
GRANT USAGE ON SCHEMA evil TO PUBLIC;

-- What a query answers under the lying path.
CREATE FUNCTION pg_temp.misled(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
BEGIN
    SET LOCAL search_path = evil, pg_temp, pg_catalog;
    EXECUTE 'SELECT ' || query INTO answer;
    SET LOCAL search_path = public;
    RETURN answer;
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE || ' ' || SQLERRM;
END
$$;
SELECT is(pg_temp.misled(query), answer, 'hostile search_path: ' || query) FROM reading ORDER BY n;
SELECT is(pg_temp.misled(query), answer, 'hostile search_path: ' || query)
FROM (VALUES
    ($$aria_engine.focus_is_tone('evil')$$, 'false'), ($$aria_engine.focus_is_tone('temporary')$$, 'false'),
    ($$aria_engine.focus_temperature(0.5, 0.25)$$, '0.75'), ($$aria_engine.focus_max_tokens(2000, 800)$$, '800'),
    ($$aria_engine.focus_swarm_weight(0.5, 1, 1)$$, '0.65'),
    ($$aria_engine.focus_is_tone('warm')$$, 'true'), ($$aria_engine.focus_is_style('evil')$$, 'false'),
    ($$aria_engine.focus_is_blank('x')$$, 'false'), ($$aria_engine.focus_is_keyword_list('[1]')$$, 'false'),
    ($$(SELECT pg_catalog.string_agg(code, ',')
        FROM aria_engine.focus_validate('{"focus_id": "a", "display_name": "A", "tone": "evil"}'))$$,
     'not_in_vocabulary')) AS q (query, answer);
SET LOCAL search_path = evil, pg_temp, pg_catalog;
UPDATE aria_engine.focus_profiles SET description = 'touched' WHERE focus_id OPERATOR(pg_catalog.=) 'ops'::text;
INSERT INTO aria_engine.focus_profiles (focus_id, display_name) VALUES ('plain', 'Plain');
SET LOCAL search_path = public;
SELECT cmp_ok(updated_at, '>', now(), 'updated_at under a hostile search_path') FROM aria_engine.focus_profiles
    WHERE focus_id = 'ops';
SELECT is(created_at, now(), 'created_at too') FROM aria_engine.focus_profiles WHERE focus_id = 'plain';

-- The same with the extension created under that path.
DROP EXTENSION aria_focus;
SET LOCAL search_path = evil, pg_temp, pg_catalog;
CREATE EXTENSION aria_focus;
SET LOCAL search_path = public;
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords) VALUES
('ops', 'Ops', '["deploy", "docker"]'), ('data', 'Data', '["schema", "deploy"]');
SELECT is(pg_temp.misled(query), answer, 'created under a hostile search_path: ' || query) FROM reading ORDER BY n;
SET LOCAL session_replication_role = replica;
SELECT is(state, '23514', 'its constraints call our functions')
FROM pg_temp.attempt($$INSERT INTO aria_engine.focus_profiles (focus_id, display_name) VALUES ('b', ' ')$$);
SELECT is(state, '23514', 'and our operators')
FROM pg_temp.attempt($$INSERT INTO aria_engine.focus_profiles (focus_id, display_name) VALUES ('B', 'B')$$);

SELECT * FROM finish();
ROLLBACK;
