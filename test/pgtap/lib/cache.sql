-- Included by cache*.sql, one an isolation level: every function answers from exactly the rows that
-- its statement sees, as far as one session can show it. Two sessions: test/isolation.
\ir attempt.sql
SELECT plan(93);

DELETE FROM aria_engine.focus_profiles;
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords) VALUES
('one', 'One', '["alpha"]'), ('two', 'Two', '["beta"]');

-- Where the three words lead, as the functions say it: "alpha>one beta>two gamma>-".
CREATE FUNCTION pg_temp.routes() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT string_agg(word || '>' || coalesce(aria_engine.focus_route(word, NULL), '-'), ' ' ORDER BY word)
    FROM unnest(ARRAY['alpha', 'beta', 'gamma']) AS word
$$;

-- The same, in the snapshot of the calling statement, and as the table says it.
CREATE FUNCTION pg_temp.stable_routes() RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT string_agg(word || '>' || coalesce(aria_engine.focus_route(word, NULL), '-'), ' ' ORDER BY word)
            FROM unnest(ARRAY['alpha', 'beta', 'gamma']) AS word);
END
$$;
CREATE FUNCTION pg_temp.stored_routes() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT string_agg(word || '>' || coalesce((SELECT min(focus_id COLLATE "C") FROM aria_engine.focus_profiles
                                               WHERE enabled AND expertise_keywords ? word), '-'), ' ' ORDER BY word)
    FROM unnest(ARRAY['alpha', 'beta', 'gamma']) AS word
$$;

-- Moves a keyword list to a profile.
CREATE FUNCTION pg_temp.give(id text, list jsonb) RETURNS void LANGUAGE sql VOLATILE AS $$
    UPDATE aria_engine.focus_profiles SET expertise_keywords = list WHERE focus_id = id
$$;

-- --- the next statement sees one's own edits -------------------------------------------------------------

SELECT is(pg_temp.routes(), 'alpha>one beta>two gamma>-', 'as inserted');
SELECT is(pg_temp.routes(), 'alpha>one beta>two gamma>-', 'asked again');
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)
    VALUES ('three', 'Three', '["gamma"]');
SELECT is(pg_temp.routes(), 'alpha>one beta>two gamma>three', 'INSERT');
UPDATE aria_engine.focus_profiles SET expertise_keywords = '["gamma", "beta"]' WHERE focus_id = 'one';
SELECT is(pg_temp.routes(), 'alpha>- beta>one gamma>one', 'UPDATE of keywords');
UPDATE aria_engine.focus_profiles SET enabled = false WHERE focus_id = 'one';
SELECT is(pg_temp.routes(), 'alpha>- beta>two gamma>three', 'disabled');
UPDATE aria_engine.focus_profiles SET enabled = true WHERE focus_id = 'one';
SELECT is(pg_temp.routes(), 'alpha>- beta>one gamma>one', 'enabled again');
UPDATE aria_engine.focus_profiles SET delegation_level = 1 WHERE focus_id = 'two';
SELECT is(pg_temp.routes(), 'alpha>- beta>two gamma>one', 'a level that breaks a tie');
UPDATE aria_engine.focus_profiles SET description = 'new words', display_name = 'Uno' WHERE focus_id = 'one';
SELECT is(pg_temp.routes(), 'alpha>- beta>two gamma>one', 'an edit that routing does not read');
UPDATE aria_engine.focus_profiles SET focus_id = 'zwei' WHERE focus_id = 'two';
SELECT is(pg_temp.routes(), 'alpha>- beta>zwei gamma>one', 'a rename');
DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'one';
SELECT is(pg_temp.routes(), 'alpha>- beta>zwei gamma>three', 'DELETE');
DELETE FROM aria_engine.focus_profiles;
SELECT is(pg_temp.routes(), 'alpha>- beta>- gamma>-', 'the last rows are gone');
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords) VALUES ('two', 'Two', '["beta"]'),
    ('one', 'One', '["alpha"]');
SELECT is(pg_temp.routes(), 'alpha>one beta>two gamma>-', 'the same rows in another order');
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords) VALUES ('one', 'One', '["gamma"]')
    ON CONFLICT (focus_id) DO UPDATE SET expertise_keywords = EXCLUDED.expertise_keywords;
SELECT is(pg_temp.routes(), 'alpha>- beta>two gamma>one', 'INSERT ... ON CONFLICT DO UPDATE');
SELECT is(state, '00000', 'COPY works') FROM pg_temp.attempt($$COPY aria_engine.focus_profiles
    (focus_id, display_name, expertise_keywords) FROM PROGRAM 'printf "three\tThree\t[\"alpha\"]\n"'$$);
SELECT is(pg_temp.routes(), 'alpha>three beta>two gamma>one', 'COPY');
TRUNCATE aria_engine.focus_profiles;
SELECT is(pg_temp.routes(), 'alpha>- beta>- gamma>-', 'TRUNCATE');
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords) VALUES ('one', 'One', '["alpha"]'),
    ('two', 'Two', '["beta"]');
SELECT is(pg_temp.routes(), 'alpha>one beta>two gamma>-', 'rows after TRUNCATE');
-- A second TRUNCATE in one transaction empties the very file: new rows stand where the old ones stood.
TRUNCATE aria_engine.focus_profiles;
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords) VALUES ('one', 'One', '["beta"]'),
    ('two', 'Two', '["alpha"]');
SELECT is(pg_temp.routes(), 'alpha>two beta>one gamma>-', 'other rows at the same places of the same file');
TRUNCATE aria_engine.focus_profiles;
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords) VALUES ('one', 'One', '["alpha"]'),
    ('two', 'Two', '["beta"]');
SELECT is(pg_temp.routes(), 'alpha>one beta>two gamma>-', 'and the first ones again');

-- Every function, before and after an edit.
CREATE FUNCTION pg_temp.all_answers(message text) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT concat_ws(' | ', aria_engine.focus_route(message, NULL),
        (SELECT string_agg(rank || focus_id || keywords::text, ',') FROM aria_engine.focus_rank(message)),
        (SELECT string_agg(focus_id || pos, ',') FROM aria_engine.focus_explain(message)),
        aria_engine.focus_highlight(message, 'one'), aria_engine.focus_specialty_score(message, 'one'))
$$;
SELECT is(pg_temp.all_answers('say alpha'), 'one | 1one{alpha} | one5 | say <b>alpha</b> | 0.6',
    'all functions before an edit');
SELECT pg_temp.give('one', '["say"]') \g /dev/null
SELECT is(pg_temp.all_answers('say alpha'), 'one | 1one{say} | one1 | <b>say</b> alpha | 0.6',
    'all functions after it');
SELECT pg_temp.give('one', '["alpha"]') \g /dev/null
SELECT is(aria_engine.focus_specialty_score('say alpha', 'one'), 0.6::float8,
    'each of them first after an edit: specialty_score');
SELECT pg_temp.give('one', '["beta"]') \g /dev/null
SELECT is(aria_engine.focus_specialty_score('say alpha', 'one'), 0.1::float8, 'again');
SELECT pg_temp.give('one', '["alpha"]') \g /dev/null
SELECT is(aria_engine.focus_highlight('say alpha', 'one'), 'say <b>alpha</b>', 'highlight');
SELECT pg_temp.give('one', '["say"]') \g /dev/null
SELECT results_eq($$SELECT focus_id FROM aria_engine.focus_explain('say')$$, $$VALUES ('one')$$, 'explain');
SELECT pg_temp.give('one', '["alpha"]') \g /dev/null
SELECT is_empty($$SELECT focus_id FROM aria_engine.focus_rank('say')$$, 'rank');

-- --- savepoints -----------------------------------------------------------------------------------------------

SAVEPOINT a;
SELECT pg_temp.give('one', '["gamma"]') \g /dev/null
SELECT is(pg_temp.routes(), 'alpha>- beta>two gamma>one', 'inside a savepoint');
ROLLBACK TO a;
SELECT is(pg_temp.routes(), 'alpha>one beta>two gamma>-', 'ROLLBACK TO');
SELECT pg_temp.give('two', '["gamma"]') \g /dev/null
SELECT is(pg_temp.routes(), 'alpha>one beta>- gamma>two', 'another edit under the same savepoint');
RELEASE a;
SELECT is(pg_temp.routes(), 'alpha>one beta>- gamma>two', 'RELEASE');
SAVEPOINT a;
DELETE FROM aria_engine.focus_profiles;
ROLLBACK TO a;
SELECT is(pg_temp.routes(), 'alpha>one beta>- gamma>two', 'a DELETE that nobody looked at, rolled back');
TRUNCATE aria_engine.focus_profiles;
SELECT is(pg_temp.routes(), 'alpha>- beta>- gamma>-', 'TRUNCATE in a savepoint');
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords) VALUES ('one', 'One', '["beta"]'),
    ('two', 'Two', '["alpha"]');
SELECT is(pg_temp.routes(), 'alpha>two beta>one gamma>-', 'other rows at the same places');
ROLLBACK TO a;
SELECT is(pg_temp.routes(), 'alpha>one beta>- gamma>two', 'TRUNCATE rolled back');
RELEASE a;

-- More versions than any cache keeps, and back through all of them.
SAVEPOINT v0;
SELECT pg_temp.give('one', '["v0"]') \g /dev/null
SAVEPOINT v1;
SELECT pg_temp.give('one', '["v1"]') \g /dev/null
SAVEPOINT v2;
SELECT pg_temp.give('one', '["v2"]') \g /dev/null
SAVEPOINT v3;
SELECT pg_temp.give('one', '["v3"]') \g /dev/null
SAVEPOINT v4;
SELECT pg_temp.give('one', '["v4"]') \g /dev/null
SAVEPOINT v5;
SELECT pg_temp.give('one', '["v5"]') \g /dev/null
SELECT is(aria_engine.focus_rank('alpha v0 v1 v2 v3 v4 v5')::text, '(1,one,0.6,1,1,{v5},1)', 'six savepoints deep');
ROLLBACK TO v5;
SELECT is(aria_engine.focus_rank('alpha v0 v1 v2 v3 v4 v5')::text, '(1,one,0.6,1,1,{v4},1)', 'five');
ROLLBACK TO v4;
SELECT is(aria_engine.focus_rank('alpha v0 v1 v2 v3 v4 v5')::text, '(1,one,0.6,1,1,{v3},1)', 'four');
ROLLBACK TO v3;
SELECT is(aria_engine.focus_rank('alpha v0 v1 v2 v3 v4 v5')::text, '(1,one,0.6,1,1,{v2},1)', 'three');
ROLLBACK TO v1;
SELECT is(aria_engine.focus_rank('alpha v0 v1 v2 v3 v4 v5')::text, '(1,one,0.6,1,1,{v0},1)', 'one');
ROLLBACK TO v0;
SELECT is(aria_engine.focus_rank('alpha v0 v1 v2 v3 v4 v5')::text, '(1,one,0.6,1,1,{alpha},1)', 'none');
RELEASE v0;

-- --- PL/pgSQL: exception blocks, one statement after the other ----------------------------------------------

CREATE FUNCTION pg_temp.fail_after(id text, list jsonb, OUT inside text, OUT outside text) LANGUAGE plpgsql AS $$
BEGIN
    BEGIN
        PERFORM pg_temp.give(id, list);
        inside := pg_temp.routes();
        PERFORM 1 / 0;
    EXCEPTION WHEN division_by_zero THEN
        outside := pg_temp.routes();
    END;
END
$$;
SELECT is(inside, 'alpha>- beta>one gamma>two', 'before the exception') FROM pg_temp.fail_after('one', '["beta"]');
SELECT is(outside, 'alpha>one beta>- gamma>two', 'in the handler') FROM pg_temp.fail_after('one', '["beta"]');
SELECT is(pg_temp.routes(), 'alpha>one beta>- gamma>two', 'after the block');

CREATE FUNCTION pg_temp.steps() RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN NEXT pg_temp.routes();
    PERFORM pg_temp.give('two', '["beta"]');
    RETURN NEXT pg_temp.routes();
    FOR i IN 1..3 LOOP
        BEGIN
            PERFORM pg_temp.give('two', jsonb_build_array('step' || i));
            RETURN NEXT coalesce(aria_engine.focus_route('step' || i, NULL), '-');
            IF i = 2 THEN RAISE EXCEPTION 'no'; END IF;
        EXCEPTION WHEN raise_exception THEN
            RETURN NEXT coalesce(aria_engine.focus_route('step1', NULL), '-')
                || coalesce(aria_engine.focus_route('step2', NULL), '-');
        END;
    END LOOP;
    RETURN NEXT coalesce(aria_engine.focus_route('step3', NULL), '-');
    PERFORM pg_temp.give('two', '["gamma"]');
END
$$;
SELECT results_eq('SELECT pg_temp.steps()', $$VALUES ('alpha>one beta>- gamma>two'), ('alpha>one beta>two gamma>-'),
    ('two'), ('two'), ('two-'), ('two'), ('two')$$, 'a function sees its own edits, step by step');
SELECT is(state, '23514', 'a refused row')
    FROM pg_temp.attempt($$UPDATE aria_engine.focus_profiles SET expertise_keywords = '["beta", ""]'$$);
SELECT is(pg_temp.routes(), 'alpha>one beta>- gamma>two', 'leaves the answers as they were');

-- --- one statement, one version ----------------------------------------------------------------------------------

SELECT results_eq($$WITH moved AS (UPDATE aria_engine.focus_profiles SET expertise_keywords = '["beta"]'
        WHERE focus_id = 'one' RETURNING 1)
    SELECT aria_engine.focus_route('alpha', NULL), aria_engine.focus_route('beta', NULL) FROM moved$$,
    $$VALUES ('one', NULL)$$, 'a statement does not see its own edit');
SELECT is(pg_temp.routes(), 'alpha>- beta>one gamma>two', 'the next one does');
SELECT pg_temp.give('one', '["alpha"]') \g /dev/null

CREATE FUNCTION pg_temp.edit_at(i integer, at integer) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF i = at THEN PERFORM pg_temp.give('one', '["beta"]'); END IF;
    RETURN i;
END
$$;
SELECT results_eq($$SELECT aria_engine.focus_route('alpha', NULL), count(*)
    FROM (SELECT pg_temp.edit_at(i, 500) FROM generate_series(1, 1000) AS i OFFSET 0) AS rows (i) WHERE i > 0
        GROUP BY 1$$,
    $$VALUES ('one', 1000::bigint)$$, 'an edit in the middle of a statement does not reach it');
SELECT is(pg_temp.routes(), 'alpha>- beta>one gamma>two', 'but the next one');
SELECT results_eq($$SELECT pg_temp.give('one', '["alpha"]') IS NULL, pg_temp.routes(), pg_temp.stable_routes(),
    pg_temp.routes()$$,
    $$VALUES (true, 'alpha>one beta>- gamma>two', 'alpha>- beta>one gamma>two', 'alpha>one beta>- gamma>two')$$,
    'a STABLE function has the statement''s snapshot, a VOLATILE one its own');
SELECT is(pg_temp.stable_routes(), 'alpha>one beta>- gamma>two', 'and in the next statement they agree');

-- --- cursors -------------------------------------------------------------------------------------------------------

-- The next value of a cursor.
CREATE FUNCTION pg_temp.fetched(name refcursor) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
BEGIN
    FETCH name INTO answer;
    RETURN coalesce(answer, '-');
END
$$;
DECLARE early CURSOR FOR SELECT aria_engine.focus_route('alpha', NULL) FROM generate_series(1, 9);
DECLARE untouched CURSOR FOR SELECT aria_engine.focus_route('alpha', NULL) FROM generate_series(1, 9);
SELECT is(pg_temp.fetched('early'), 'one', 'a cursor');
SELECT pg_temp.give('one', '["beta"]') \g /dev/null
SELECT is(pg_temp.fetched('early'), 'one', 'keeps its answers after an edit');
SELECT is(pg_temp.fetched('untouched'), 'one', 'even if nothing was fetched before');
SELECT is(pg_temp.routes(), 'alpha>- beta>one gamma>two', 'while statements see the edit');
DECLARE late CURSOR FOR SELECT aria_engine.focus_route('alpha', NULL) FROM generate_series(1, 9);
SELECT is(pg_temp.fetched('late'), '-', 'a later cursor');
SELECT is(pg_temp.fetched('early'), 'one', 'in turns');
SELECT is(pg_temp.fetched('late'), '-', 'with the earlier one');
DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'one';
SELECT is(pg_temp.fetched('early'), 'one', 'a cursor keeps a deleted profile');
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords) VALUES ('one', 'One', '["alpha"]');
SELECT is(pg_temp.fetched('late'), '-', 'and does not see a new one');
SELECT is(pg_temp.fetched('untouched'), 'one', 'whichever is asked');
SELECT is(pg_temp.routes(), 'alpha>one beta>- gamma>two', 'statements do');
CLOSE early;
CLOSE late;
CLOSE untouched;
SAVEPOINT a;
DECLARE inner_cursor CURSOR FOR SELECT aria_engine.focus_route('alpha', NULL) FROM generate_series(1, 9);
SELECT pg_temp.give('one', '["beta"]') \g /dev/null
SELECT is(pg_temp.fetched('inner_cursor'), 'one', 'a cursor in a savepoint');
ROLLBACK TO a;
SELECT is(pg_temp.routes(), 'alpha>one beta>- gamma>two', 'and after its end');
RELEASE a;

-- --- prepared statements, triggers switched off, parallel workers --------------------------------------------------

PREPARE asked AS SELECT aria_engine.focus_route('alpha', NULL);
SELECT results_eq('asked', $$VALUES ('one')$$, 'a prepared statement');
SELECT pg_temp.give('one', '["beta"]') \g /dev/null
SELECT results_eq('asked', $$VALUES (NULL::text)$$, 'answers anew after an edit');
DEALLOCATE asked;

SET LOCAL session_replication_role = replica;
UPDATE aria_engine.focus_profiles SET expertise_keywords = '["alpha"]' WHERE focus_id = 'one';
SELECT is(pg_temp.routes(), 'alpha>one beta>- gamma>two', 'session_replication_role = replica');
SET LOCAL session_replication_role = origin;
ALTER TABLE aria_engine.focus_profiles DISABLE TRIGGER ALL;
UPDATE aria_engine.focus_profiles SET expertise_keywords = '["beta"]' WHERE focus_id = 'one';
SELECT is(pg_temp.routes(), 'alpha>- beta>one gamma>two', 'DISABLE TRIGGER ALL');
ALTER TABLE aria_engine.focus_profiles ENABLE TRIGGER ALL;

SELECT set_config(name, CASE vartype WHEN 'enum' THEN 'on' ELSE 'true' END, true) FROM pg_settings
WHERE name IN ('force_parallel_mode', 'debug_parallel_query') \g /dev/null
-- The plan of a query, as one text.
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO answer;
    RETURN answer;
END
$$;
CREATE TABLE public.aria_words AS SELECT word FROM unnest(ARRAY['alpha', 'beta', 'gamma']) AS word;
SELECT matches(pg_temp.plan_of('SELECT word, aria_engine.focus_route(word, NULL) FROM public.aria_words'), 'Gather',
    'the next queries run in a parallel worker');
SELECT results_eq($$SELECT word, aria_engine.focus_route(word, NULL) FROM public.aria_words ORDER BY word$$,
    $$VALUES ('alpha', NULL), ('beta', 'one'), ('gamma', 'two')$$, 'a parallel worker sees uncommitted edits');
SAVEPOINT a;
SELECT pg_temp.give('one', '["alpha"]') \g /dev/null
SELECT results_eq($$SELECT word, aria_engine.focus_route(word, NULL) FROM public.aria_words ORDER BY word$$,
    $$VALUES ('alpha', 'one'), ('beta', NULL), ('gamma', 'two')$$, 'also those of a savepoint');
ROLLBACK TO a;
SELECT results_eq($$SELECT word, aria_engine.focus_route(word, NULL) FROM public.aria_words ORDER BY word$$,
    $$VALUES ('alpha', NULL), ('beta', 'one'), ('gamma', 'two')$$, 'and not those rolled back');
RELEASE a;
SELECT set_config(name, 'off', true) FROM pg_settings
WHERE name IN ('force_parallel_mode', 'debug_parallel_query') \g /dev/null

-- --- the table itself changes ----------------------------------------------------------------------------------------

ALTER TABLE aria_engine.focus_profiles ADD COLUMN team text DEFAULT 'ops';
SELECT is(pg_temp.routes(), 'alpha>- beta>one gamma>two', 'a column was added');
SELECT pg_temp.give('one', '["alpha"]') \g /dev/null
SELECT is(pg_temp.routes(), 'alpha>one beta>- gamma>two', 'and a row edited');
ALTER TABLE aria_engine.focus_profiles DROP COLUMN team;
SELECT is(pg_temp.routes(), 'alpha>one beta>- gamma>two', 'the column was dropped');
ALTER TABLE aria_engine.focus_profiles ADD COLUMN dice double precision DEFAULT random();
SELECT is(pg_temp.routes(), 'alpha>one beta>- gamma>two', 'the table was rewritten');
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)
    VALUES ('three', 'Three', '["beta"]');
SELECT is(pg_temp.routes(), 'alpha>one beta>three gamma>two', 'and takes rows');
CLUSTER aria_engine.focus_profiles USING focus_profiles_pkey;
SELECT is(pg_temp.routes(), 'alpha>one beta>three gamma>two', 'CLUSTER');
UPDATE aria_engine.focus_profiles SET expertise_keywords = '[]' WHERE focus_id = 'three';
SELECT is(pg_temp.routes(), 'alpha>one beta>- gamma>two', 'and an edit');

SAVEPOINT a;
ALTER TABLE aria_engine.focus_profiles RENAME COLUMN expertise_keywords TO keywords;
SELECT is(state, '42703', 'a column is missing') FROM pg_temp.attempt($$SELECT aria_engine.focus_route('alpha')$$);
ALTER TABLE aria_engine.focus_profiles RENAME COLUMN auto_skills TO expertise_keywords;
SELECT is(pg_temp.routes(), 'alpha>- beta>- gamma>-', 'the same rows, but another column has the name');
ROLLBACK TO a;
SELECT is(pg_temp.routes(), 'alpha>one beta>- gamma>two', 'and the right one again');
CREATE FUNCTION pg_temp.emptied() RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    TRUNCATE aria_engine.focus_profiles;
    RETURN true;
END
$$;
SELECT results_eq($$SELECT aria_engine.focus_route('alpha', NULL), pg_temp.emptied(),
    aria_engine.focus_route('alpha', NULL)$$,
    $$VALUES ('one', true, NULL)$$, 'TRUNCATE reaches the statement that runs, as it reaches its scans');
ROLLBACK TO a;
ALTER TABLE aria_engine.focus_profiles RENAME TO other_profiles;
SELECT is(state || ' ' || hint, '42P01 The extension is here, but its table was renamed: ALTER TABLE ... RENAME gives '
    'it its name back.', 'the table has another name')
FROM pg_temp.attempt($$SELECT aria_engine.focus_route('alpha')$$);
ROLLBACK TO a;
SELECT is(pg_temp.routes(), 'alpha>one beta>- gamma>two', 'and its own again');
CREATE TABLE public.focus_profiles AS SELECT * FROM aria_engine.focus_profiles WHERE false;
SET LOCAL search_path = public, pg_temp;
SELECT is(pg_temp.routes(), 'alpha>one beta>- gamma>two', 'a table of the same name elsewhere is another');
ROLLBACK TO a;
DROP EXTENSION aria_focus;
CREATE EXTENSION aria_focus;
SELECT is(pg_temp.routes(), 'alpha>- beta>- gamma>-', 'DROP and CREATE EXTENSION: a new, empty table');
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords) VALUES ('new', 'New', '["alpha"]');
SELECT is(pg_temp.routes(), 'alpha>new beta>- gamma>-', 'with rows of its own');
ROLLBACK TO a;
SELECT is(pg_temp.routes(), 'alpha>one beta>- gamma>two', 'rolled back: the old one');
RELEASE a;

-- --- many profiles, random edits: always as the table says -----------------------------------------------------------

INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)
SELECT 'p' || i, 'P', jsonb_build_array('word' || i) FROM generate_series(1001, 2000) AS i;
SELECT is(count(*), 0::bigint, '1,000 profiles, each found by its word') FROM generate_series(1001, 2000) AS i
WHERE aria_engine.focus_route('the word' || i, NULL) IS DISTINCT FROM 'p' || i;
DELETE FROM aria_engine.focus_profiles WHERE focus_id LIKE 'p%' AND right(focus_id, 1) = '7';
SELECT is(count(aria_engine.focus_route('word' || i, NULL)), 900::bigint, 'a hundred of them deleted')
FROM generate_series(1001, 2000) AS i WHERE aria_engine.focus_route('word' || i, NULL) = 'p' || i;
DELETE FROM aria_engine.focus_profiles WHERE focus_id LIKE 'p%';

-- Random edits and rollbacks; how often the functions and the table disagree.
CREATE FUNCTION pg_temp.disagreements(rounds integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    words text[] := ARRAY['alpha', 'beta', 'gamma'];
    wrong integer := 0;
BEGIN
    PERFORM setseed(0.25);
    FOR i IN 1..rounds LOOP
        BEGIN
            CASE (random() * 4)::integer
                WHEN 0 THEN UPDATE aria_engine.focus_profiles SET enabled = NOT enabled WHERE random() < 0.5;
                WHEN 1 THEN DELETE FROM aria_engine.focus_profiles WHERE random() < 0.3;
                WHEN 2 THEN UPDATE aria_engine.focus_profiles SET description = i::text;
                ELSE INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)
                     VALUES ('r' || (random() * 5)::integer, 'R', jsonb_build_array(words[1 + (random() * 2)::integer]))
                     ON CONFLICT (focus_id) DO UPDATE SET expertise_keywords = EXCLUDED.expertise_keywords;
            END CASE;
            IF pg_temp.routes() <> pg_temp.stored_routes() THEN wrong := wrong + 1; END IF;
            IF random() < 0.4 THEN RAISE EXCEPTION 'back'; END IF;
        EXCEPTION WHEN raise_exception THEN
            IF pg_temp.routes() <> pg_temp.stored_routes() THEN wrong := wrong + 1; END IF;
        END;
    END LOOP;
    RETURN wrong;
END
$$;
SELECT is(pg_temp.disagreements(500), 0, '500 random edits, two fifths rolled back');

SELECT * FROM finish();
