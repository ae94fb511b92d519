-- Contracts: SQLSTATEs and messages, places by the substr identity on random texts, agreement of focus_conforms with
-- focus_lint, contracts that are known again, rights.
BEGIN;
\ir lib/attempt.sql
SELECT plan(48);

-- --- errors -------------------------------------------------------------------------------------------------

SELECT throws_ok($$SELECT aria_engine.focus_lint('x', '{"exclamation": {"max": 0}}')$$, '22023',
    'invalid contract: key "exclamation" is no metric', 'an unknown metric');
SELECT throws_ok($$SELECT aria_engine.focus_conforms('x', '5')$$, '22023',
    'invalid contract: a contract must be an object, not a number', 'no object');
SELECT throws_ok($$SELECT aria_engine.focus_conforms('x', '{}', 'fatal')$$, '22023',
    'severity "fatal" is not known', 'an unknown severity');
SELECT throws_ok($$SELECT aria_engine.focus_lexicon('hypes')$$, '22023', 'there is no word list "hypes"',
    'an unknown list');
SELECT is(aria_engine.focus_conforms('Wow!', '{"exclamations": {"max": 0}}'), false, 'an error leaves nothing behind');

-- --- places -------------------------------------------------------------------------------------------------

CREATE TEMP TABLE pieces AS SELECT ARRAY[
    E'`', E'``', E'```\n', E'\n', E'\n\n', '- ', '> ', '# ', E'| a | b |\n|---|---|\n', 'don''t ', 'It ', '! ', '? ',
        '. ', '[Name]', '](x)',
    'http://a.b/c ', '<b x=y>', '<!-- ', '-->', 'é', '’t ', '🎉', '。', '&amp; ', '#tag ', '@me ', '{{x}}', 'maybe ',
        '4.5 ', 'Drop it. '] AS pieces;
SELECT setseed(0.42);
CREATE TEMP TABLE texts AS
SELECT t AS id, string_agg(pieces[1 + floor(random() * 31)::int], '') AS body
FROM pieces, generate_series(1, 400) AS t, generate_series(1, 1 + t % 40) GROUP BY t;
CREATE TEMP TABLE contracts AS
SELECT jsonb_object_agg(key, '{"max": 0, "located": "suggestion"}'::jsonb)
    || '{"language": "en", "phrases": {"forbidden": ["maybe"]}}' AS everything
FROM jsonb_object_keys(aria_engine.focus_text_metrics('')) AS key;
CREATE TEMP TABLE findings AS
SELECT id, body, f.* FROM texts, contracts, aria_engine.focus_lint(body, everything) WITH ORDINALITY AS f;
SELECT cmp_ok((SELECT count(*) FROM findings WHERE pos IS NOT NULL), '>', 2000::bigint, 'many places');
SELECT is_empty($$SELECT * FROM findings WHERE substr(body, pos::int, len::int) <> matched$$,
    'substr gives what matched');
SELECT is_empty($$SELECT * FROM findings WHERE pos IS NOT NULL
    AND (line <> 1 + length(left(body, pos::int - 1)) - length(replace(left(body, pos::int - 1), E'\n', ''))
    OR col <> 1 + length(regexp_replace(left(body, pos::int - 1), '^.*\n', '')))$$, 'line and column');
SELECT is_empty($$SELECT * FROM (SELECT id,
    coalesce(pos, 0) < lag(coalesce(pos, 0)) OVER (PARTITION BY id ORDER BY ordinality) AS back FROM findings) AS f
    WHERE back$$,
    'whole texts first, then by position');
SELECT is_empty($$SELECT * FROM (SELECT id, rule, count(*) AS places FROM findings WHERE pos IS NOT NULL GROUP BY id,
    rule) AS f WHERE places > 20$$, 'at most twenty places a rule');
SELECT is_empty($$SELECT * FROM texts, contracts,
    unnest(ARRAY['suggestion', 'warning', 'error']) WITH ORDINALITY AS s (severity, grade)
    WHERE aria_engine.focus_conforms(body, everything, severity) IS DISTINCT FROM NOT EXISTS (
        SELECT FROM findings AS f WHERE f.id = texts.id
            AND array_position(ARRAY['suggestion', 'warning', 'error'],
            f.severity) >= grade)$$, 'focus_conforms agrees');
SELECT is_empty($$SELECT * FROM texts, contracts,
    LATERAL jsonb_each(aria_engine.focus_text_metrics(body)) AS m (key, value)
    WHERE value NOT IN ('null', '0') AND value::text::numeric > 0
        AND aria_engine.focus_conforms(body, jsonb_build_object(key, '{"max": 0}'::jsonb))$$,
    'what focus_text_metrics measures is what is judged');

-- --- known contracts ----------------------------------------------------------------------------------------

SELECT is((SELECT count(*) FROM generate_series(1, 200) AS i
    WHERE aria_engine.focus_conforms('a b c', jsonb_build_object('words', jsonb_build_object('max', i % 50)))),
    200 - 3 * 4::bigint, 'more contracts than are kept, again and again');
SELECT is((SELECT bool_and(aria_engine.focus_is_contract(jsonb_build_object(key, '{"min": 1, "max": 2}'::jsonb)))
    FROM jsonb_object_keys(aria_engine.focus_text_metrics('')) AS key),
    true, 'each metric can be bounded');
SELECT is((SELECT count(*) FROM jsonb_object_keys(aria_engine.focus_text_metrics(''))), 59::bigint, 'so many metrics');

-- --- rights -------------------------------------------------------------------------------------------------

CREATE ROLE aria_contract_stranger;
GRANT USAGE ON SCHEMA aria_engine TO aria_contract_stranger;
SET LOCAL ROLE aria_contract_stranger;
SELECT is((SELECT count(*) FROM aria_engine.focus_lint('Wow!', '{"exclamations": {"max": 0}}')), 2::bigint,
    'needs no right');
RESET ROLE;
SELECT is((SELECT count(*) FROM aria_engine.focus_lexicon('person') WHERE keyword = 'i.e'), 0::bigint,
    'exceptions are not shown');

-- --- what a profile promises ----------------------------------------------------------------------------------

DELETE FROM aria_engine.focus_profiles;
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, emoji, tone, style, token_budget_hint, enabled)
VALUES ('formal', 'Formal', 'F', 'formal', 'concise', 1000, true),
    ('free', 'Free', 'F', 'playful', 'socratic', 0, true),
       ('off', 'Off', 'O', 'formal', 'concise', 1000, false);
SELECT is(aria_engine.focus_contract('formal') -> 'tokens',
    '[{"max": 1150, "severity": "warning", "from": "budget"}, {"max": 1000, "severity": "suggestion", "from": '
    '"budget"}]', 'the budget');
SELECT is(aria_engine.focus_contract('formal') -> 'slang', '{"max": 0, "severity": "warning", "from": "tone formal"}',
    'the tone');
SELECT is(aria_engine.focus_contract('formal') #>> '{wordy,from}', 'style concise', 'the style');
SELECT is(aria_engine.focus_contract('formal') #>> '{unclosed_fences,from}', 'every text', 'every text');
SELECT is(aria_engine.focus_contract('free') ? 'tokens', false, 'no budget');
SELECT is(aria_engine.focus_is_contract(aria_engine.focus_contract('formal')), true, 'is itself a contract');
SELECT is(aria_engine.focus_contract(id), NULL, 'no contract for ' || coalesce(id, 'NULL'))
    FROM unnest(ARRAY['off', 'nobody', NULL]) AS id;
SELECT is((SELECT array_agg(rule || coalesce(' ' || pos, ''))
    FROM aria_engine.focus_check('It''s gonna be great!', 'formal')),
    ARRAY['contractions', 'exclamations', 'slang', 'contractions 1', 'slang 6', 'exclamations 20'], 'focus_check');
SELECT is_empty($$SELECT * FROM aria_engine.focus_check('It is gonna be great!', 'off')$$,
    'a disabled focus judges nothing');
SELECT is_empty($$SELECT * FROM aria_engine.focus_check('It is done.', 'formal')$$, 'a clean reply');
SELECT is_empty($$SELECT tone, style FROM aria_engine.focus_tones, aria_engine.focus_styles
    WHERE NOT aria_engine.focus_is_contract(aria_engine.focus_layered_contract(2147483647, tone,
        focus_tones.contract, style, focus_styles.contract, '{}'))$$, 'all tones under all styles');

-- --- the trigger ------------------------------------------------------------------------------------------------

CREATE TEMP TABLE reply (id int, body text, focus varchar(50), findings jsonb, number int);
CREATE TRIGGER annotated BEFORE INSERT OR UPDATE
    ON reply FOR EACH ROW EXECUTE FUNCTION aria_engine.focus_check_reply('body', 'focus', 'annotate', 'findings');
INSERT INTO reply VALUES (1, 'It is gonna be.', 'formal'), (2, 'It is done.', 'formal'), (3, NULL, 'formal'),
    (4, 'It is gonna be.', 'nobody'), (5, 'It is gonna be.', NULL);
SELECT is(findings #>> '{0,rule}', 'slang', 'findings are kept') FROM reply WHERE id = 1;
SELECT is(findings -> 1, '{"rule": "slang", "severity": "warning", "message": "\"gonna\" counts as slang", "pos": 7, '
    '"len": 5, "line": 1, "col": 7, "matched": "gonna", "measured": 1, "allowed": 0, "suggestion": "going to"}',
    'with their places') FROM reply WHERE id = 1;
SELECT is(findings, '[]', 'a clean reply') FROM reply WHERE id = 2;
SELECT is(findings, NULL, 'not checked: ' || id) FROM reply WHERE id >= 3 ORDER BY id;
UPDATE reply SET findings = '["mine"]', number = 1 WHERE id = 1;
SELECT is(findings, '["mine"]', 'neither text nor focus has changed') FROM reply WHERE id = 1;
UPDATE reply SET focus = 'free' WHERE id = 1;
SELECT is(findings @> '[{"rule": "slang"}]', false, 'another focus') FROM reply WHERE id = 1;
DROP TRIGGER annotated ON reply;
CREATE TRIGGER strict BEFORE INSERT OR UPDATE
    ON reply FOR EACH ROW EXECUTE FUNCTION aria_engine.focus_check_reply('body', 'focus', 'reject');
SELECT throws_ok($$INSERT INTO reply VALUES (6, 'It is gonna be.', 'formal')$$, '23514',
    'the reply breaks what focus "formal" promises', 'refused');
SELECT lives_ok($$INSERT INTO reply VALUES (6, 'It is done.', 'formal'), (7, NULL, 'formal'),
    (8, 'It is gonna be.', 'nobody')$$, 'taken');

-- What a trigger with these arguments says.
CREATE FUNCTION pg_temp.fires(arguments text, kind text DEFAULT 'BEFORE INSERT') RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    DROP TRIGGER IF EXISTS strict ON reply;
    EXECUTE format('CREATE TRIGGER strict %s ON reply FOR EACH ROW EXECUTE FUNCTION aria_engine.focus_check_reply(%s)',
        kind, arguments);
    INSERT INTO reply VALUES (9, 'It is done.', 'formal');
    RETURN '00000';
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE;
END
$$;
SELECT is(pg_temp.fires(arguments), code, arguments) FROM (VALUES
    ($$'body', 'focus', 'reject', 'error'$$, '00000'), ($$'body', 'focus'$$, '22023'),
        ($$'body', 'focus', 'annotate'$$, '22023'),
    ($$'body', 'focus', 'reject', 'fatal'$$, '22023'), ($$'bdoy', 'focus', 'reject'$$, '42703'),
        ($$'body', 'number', 'reject'$$, '42804'),
    ($$'body', 'focus', 'annotate', 'number'$$, '42804')) AS t (arguments, code);
SELECT is(pg_temp.fires($$'body', 'focus', 'reject'$$, 'AFTER INSERT'), '22023', 'an AFTER trigger');
SELECT * FROM finish();
ROLLBACK;
