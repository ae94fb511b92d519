-- Labelled messages, suggestions and the penalty for unknown words: what each does, with SQLSTATE and message.
BEGIN;
\ir lib/attempt.sql
SELECT plan(36);
DELETE FROM aria_engine.focus_profiles;
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, enabled, expertise_keywords) VALUES
('billing', 'Billing', true, '["bill", "invoice", {"keyword": "pay", "match": "prefix"}]'),
('travel', 'Travel', true, '["flight", {"keyword": "book", "weight": 0.5}]'),
('asleep', 'Asleep', false, '["dream"]');
INSERT INTO aria_engine.focus_examples (message, focus_id) VALUES
('pay my bill', 'billing'), ('the invoice is wrong', 'billing'), ('what do I owe?', 'billing'),
('why do I owe so much', 'billing'), ('I owe how much', 'billing'), ('I owe how much', 'billing'),
('book a flight', 'travel'), ('a flight to rome', 'travel'), ('bill me for the flight', 'travel'),
('a hotel in rome', 'travel'), ('is there a hotel near', 'travel'), ('rome on foot', 'travel'),
('hello', NULL), ('the bill of a duck', NULL), ('a duck bill', NULL), ('who is there', NULL);
SET client_min_messages = warning;

-- --- suggestions, each really added and taken back -------------------------------------------------------------

-- Which messages are right; equal ones are told apart.
CREATE FUNCTION pg_temp.right_ones(penalty float8) RETURNS TABLE (id text, correct boolean) LANGUAGE sql AS $$
    SELECT message || '#' || row_number() OVER (PARTITION BY message, actual), correct
    FROM aria_engine.focus_predictions(unknown_penalty => penalty)
$$;

-- Adds each suggestion alone; how many do not do what they say.
CREATE FUNCTION pg_temp.wrong_suggestions(penalty float8, OUT tried int, OUT wrong int) LANGUAGE plpgsql AS $$
DECLARE
    it record;
    found record;
    before jsonb;
BEGIN
    tried := 0;
    wrong := 0;
    SELECT jsonb_object_agg(id, correct) INTO before FROM pg_temp.right_ones(penalty);
    FOR it IN SELECT * FROM aria_engine.focus_suggest(top => 8, unknown_penalty => penalty) LOOP
        BEGIN
            UPDATE aria_engine.focus_profiles
            SET expertise_keywords = expertise_keywords
                || jsonb_build_object('keyword', it.keyword, 'match', it.match, 'weight', it.weight)
            WHERE focus_id = it.focus_id;
            SELECT count(*) FILTER (WHERE correct AND NOT (before -> id)::boolean) AS fixes,
                   count(*) FILTER (WHERE NOT correct AND (before -> id)::boolean) AS breaks
            INTO found
            FROM pg_temp.right_ones(penalty);
            tried := tried + 1;
            wrong := wrong + (found.fixes <> it.fixes OR found.breaks <> it.breaks)::int;
            RAISE EXCEPTION SQLSTATE 'TAKEN';
        EXCEPTION WHEN SQLSTATE 'TAKEN' THEN NULL;
        END;
    END LOOP;
END
$$;
SELECT is(wrong, 0, 'suggestions do what they say') FROM pg_temp.wrong_suggestions(0);
SELECT cmp_ok(tried, '>', 4, 'there are some') FROM pg_temp.wrong_suggestions(0);
SELECT is(wrong, 0, 'with a penalty for unknown words, too') FROM pg_temp.wrong_suggestions(0.2);
SELECT cmp_ok(tried, '>', 2, 'there are some') FROM pg_temp.wrong_suggestions(0.2);
SELECT is(count(*), 0::bigint, 'no function words')
FROM aria_engine.focus_suggest() WHERE keyword IN ('the', 'is', 'a', 'do i', 'i');
SELECT is((SELECT fixes FROM aria_engine.focus_suggest() WHERE focus_id = 'billing' AND weight > 0 LIMIT 1), 4::bigint,
    'equal messages count each');
SELECT is((SELECT max(n) FROM (SELECT count(*) AS n FROM aria_engine.focus_suggest(top => 1) GROUP BY focus_id) AS c),
    1::bigint, 'top is a number a profile');
SELECT is((SELECT count(*) FROM aria_engine.focus_suggest($$VALUES ('pay my bill', 'billing')$$)), 0::bigint,
    'nothing to mend, nothing suggested');
SELECT is(state || ' ' || message, '22023 top must be at least 1, not 0', 'top 0')
FROM pg_temp.attempt('SELECT * FROM aria_engine.focus_suggest(top => 0)');
SELECT is(state || ' ' || message, '22004 the query is NULL', 'no query')
FROM pg_temp.attempt('SELECT * FROM aria_engine.focus_suggest(NULL)');
SELECT is(state, '42601', 'no SELECT')
FROM pg_temp.attempt('SELECT * FROM aria_engine.focus_suggest($$DELETE FROM x$$)');
SELECT is(state, '42804', 'one column') FROM pg_temp.attempt('SELECT * FROM aria_engine.focus_suggest($$SELECT 1$$)');
SELECT is(state || ' ' || message || ' ' || detail,
    '22023 label "biling" names no profile "biling": 1 message; did you mean "billing"?', 'a label without a profile')
FROM pg_temp.attempt($$SELECT * FROM aria_engine.focus_suggest('VALUES (''a'', ''biling'')')$$);
SET aria_focus.max_learn_mb = 1;
SELECT is(state || ' ' || message, '54000 suggestions take more memory than aria_focus.max_learn_mb allows', 'memory')
FROM pg_temp.attempt($$SELECT * FROM aria_engine.focus_suggest(
    'SELECT ''word'' || n || '' other'' || n, ''billing'' FROM generate_series(1, 6000) AS n')$$);
RESET aria_focus.max_learn_mb;

SELECT is(state || ' ' || message, '22023 there are no labelled messages to evaluate', 'a report about nothing')
FROM pg_temp.attempt('SELECT aria_engine.focus_report($$SELECT NULL::text, NULL::text$$)');
SELECT is(state, '22023', 'a report with a penalty below 0')
FROM pg_temp.attempt('SELECT aria_engine.focus_report(unknown_penalty => -1)');

-- --- the penalty for unknown words ---------------------------------------------------------------------------------

SELECT is(state || ' ' || message, '22023 unknown_penalty must be from 0 to 10, not NaN', call)
FROM (VALUES ('focus_route(''x'', unknown_penalty => %L)'), ('focus_rank(''x'', unknown_penalty => %L)'),
    ('focus_decide(''x'', unknown_penalty => %L)'), ('focus_explain(''x'', %L)'),
    ('focus_evaluate(unknown_penalty => %L)'),
    ('focus_predictions(unknown_penalty => %L)'), ('focus_confusion(unknown_penalty => %L)'),
    ('focus_classification_report(unknown_penalty => %L)'), ('focus_threshold_sweep(unknown_penalty => %L)'),
    ('focus_suggest(unknown_penalty => %L)')) AS c (call),
    LATERAL pg_temp.attempt('SELECT * FROM aria_engine.' || format(call, 'NaN'));
SELECT is(state, '22023', 'more than 10')
FROM pg_temp.attempt('SELECT aria_engine.focus_route(''x'', unknown_penalty => 10.001)');
SELECT is(evidence, 0.7::float8, 'prefixes know no word')
FROM aria_engine.focus_rank('pay', unknown_penalty => 0.3);
SELECT is(evidence, 0.7::float8, 'each occurrence of an unknown word')
FROM aria_engine.focus_rank('the bill, the flight', unknown_penalty => 0.15) WHERE focus_id = 'billing';
SELECT is(evidence, 1::float8, 'a penalty below half a thousandth is none')
FROM aria_engine.focus_rank('the bill', unknown_penalty => 0.0004);
SELECT is(evidence, 1::float8, 'NULL is none') FROM aria_engine.focus_rank('the bill', unknown_penalty => NULL);
-- A word becomes known with its keyword, in the same transaction.
UPDATE aria_engine.focus_profiles SET expertise_keywords = '["flight", "the"]' WHERE focus_id = 'travel';
SELECT is(evidence, 1::float8, 'known by another profile')
FROM aria_engine.focus_rank('the bill', unknown_penalty => 0.3) WHERE focus_id = 'billing';
UPDATE aria_engine.focus_profiles SET enabled = false WHERE focus_id = 'travel';
SELECT is(evidence, 0.7::float8, 'a disabled profile knows nothing')
FROM aria_engine.focus_rank('the bill', unknown_penalty => 0.3) WHERE focus_id = 'billing';
UPDATE aria_engine.focus_profiles SET enabled = true WHERE focus_id = 'travel';
SELECT is(accuracy, 1::float8, 'focus_evaluate takes it')
FROM aria_engine.focus_evaluate($$VALUES ('bill of my friend', NULL)$$, unknown_penalty => 0.5);

-- --- a query that edits profiles while it is read --------------------------------------------------------------------

CREATE FUNCTION pg_temp.edits(message text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    UPDATE aria_engine.focus_profiles SET expertise_keywords = '["zork"]' WHERE focus_id = 'billing';
    PERFORM aria_engine.focus_route(message);
    RETURN message;
END
$$;
-- The statement goes on with its own snapshot, which does not show the edits.
SELECT is(array_agg(predicted ORDER BY message), '{billing,NULL}'::text[], 'a query that edits profiles')
FROM aria_engine.focus_predictions($$SELECT pg_temp.edits(m), 'billing' FROM unnest('{bill,zork}'::text[]) AS m$$);
SELECT is(aria_engine.focus_route('zork', NULL), 'billing', 'its edits are there afterwards');

SELECT * FROM finish();
ROLLBACK;
