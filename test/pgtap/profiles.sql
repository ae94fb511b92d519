-- The rules of focus_profiles: each bad row is refused by INSERT, UPDATE and COPY with the same
-- error and stores nothing; the constraints refuse it where the trigger does not fire; updated_at.
BEGIN;
\ir lib/attempt.sql
SELECT plan(545);

-- --- bad rows, one problem each -----------------------------------------------------------------------

-- A value as text for one column. `said` follows 'invalid focus profile "...": ' where the trigger
-- speaks; it is the whole message where the column's type refuses the value (SQLSTATE class 22).
CREATE TEMP TABLE bad (
    n serial, label text, col text, value text, state text, said text, suffix text DEFAULT 'check');

INSERT INTO bad (label, col, value, state, said) VALUES
('empty slug', 'focus_id', '', '23514', 'focus_id "" is not a slug'),
('upper case', 'focus_id', 'DevOps', '23514', 'focus_id "DevOps" is not a slug'),
('leading -', 'focus_id', '-ops', '23514', 'focus_id "-ops" is not a slug'),
('leading _', 'focus_id', '_ops', '23514', 'focus_id "_ops" is not a slug'),
('trailing newline', 'focus_id', E'ops\n', '23514', 'focus_id "ops\n" is not a slug'),
('trailing space', 'focus_id', 'ops ', '23514', 'focus_id "ops " is not a slug'),
('inner space', 'focus_id', 'dev ops', '23514', 'focus_id "dev ops" is not a slug'),
('dot', 'focus_id', 'dev.ops', '23514', 'focus_id "dev.ops" is not a slug'),
('letter beyond ASCII', 'focus_id', U&'d\00E9v', '23514', U&'focus_id "d\00E9v" is not a slug'),
('digit beyond ASCII', 'focus_id', U&'dev\0661', '23514', U&'focus_id "dev\0661" is not a slug'),
('empty name', 'display_name', '', '23514', 'display_name is blank'),
('name of spaces', 'display_name', '   ', '23514', 'display_name is blank'),
('name of tab and newline', 'display_name', E'\t\n', '23514', 'display_name is blank'),
('name of no-break space', 'display_name', U&'\00A0', '23514', 'display_name is blank'),
('name of ideographic space', 'display_name', U&'\3000\2003', '23514', 'display_name is blank'),
('name of next line, line and paragraph separator', 'display_name', U&'\0085\2028\2029', '23514',
 'display_name is blank'),
('empty emoji', 'emoji', '', '23514', 'emoji is blank'),
('emoji of spaces', 'emoji', U&' \3000', '23514', 'emoji is blank'),
('level 0', 'delegation_level', '0', '23514', 'delegation_level 0 is not between 1 and 3'),
('level 4', 'delegation_level', '4', '23514', 'delegation_level 4 is not between 1 and 3'),
('level -2147483648', 'delegation_level', '-2147483648', '23514',
 'delegation_level -2147483648 is not between 1 and 3'),
('negative budget', 'token_budget_hint', '-1', '23514',
 'token_budget_hint -1 is not between 0 and 2147483647'),
('delta NaN', 'temperature_delta', 'NaN', '23514', 'temperature_delta NaN is not between -1 and 1'),
('delta Infinity', 'temperature_delta', 'Infinity', '23514',
 'temperature_delta Infinity is not between -1 and 1'),
('delta -Infinity', 'temperature_delta', '-Infinity', '23514',
 'temperature_delta -Infinity is not between -1 and 1'),
('delta 1.0000001', 'temperature_delta', '1.0000001', '23514',
 'temperature_delta 1.0000001 is not between -1 and 1'),
('delta -1.0000000000000002', 'temperature_delta', '-1.0000000000000002', '23514',
 'temperature_delta -1.0000000000000002 is not between -1 and 1'),
('empty keyword', 'expertise_keywords', '["ok", ""]', '23514', 'keyword "" is blank'),
('blank keyword', 'expertise_keywords', '["\u00a0"]', '23514', U&'keyword "\00A0" is blank'),
('number as keyword', 'expertise_keywords', '[5]', '23514', 'a keyword must be a string, not a number'),
('null as keyword', 'expertise_keywords', '[null]', '23514', 'a keyword must be a string, not null'),
('list as keyword', 'expertise_keywords', '[["a"]]', '23514', 'a keyword must be a string, not an array'),
('object as list', 'expertise_keywords', '{"keyword": "a"}', '23514',
 'expertise_keywords must be an array, not an object'),
('string as list', 'expertise_keywords', '"a"', '23514',
 'expertise_keywords must be an array, not a string'),
-- A JSON null is not the SQL NULL.
('JSON null as list', 'expertise_keywords', 'null', '23514', 'expertise_keywords must be an array, not null'),
('duplicate by case', 'expertise_keywords', '["Deploy", "deploY"]', '23514',
 'keyword "deploY" stands already at $.expertise_keywords[0]'),
('duplicate by long s', 'expertise_keywords', '["test", "te\u017ft"]', '23514',
 U&'keyword "te\017Ft" stands already at $.expertise_keywords[0]'),
('duplicate by Kelvin sign', 'expertise_keywords', '["k8s", "\u212a8S"]', '23514',
 U&'keyword "\212A8S" stands already at $.expertise_keywords[0]'),
('duplicate whatever the match', 'expertise_keywords',
 '["post", {"keyword": "POST", "match": "word", "weight": 2}]', '23514',
 'keyword "POST" stands already at $.expertise_keywords[0]'),
('unknown key in a keyword object', 'expertise_keywords', '[{"keyword": "a", "wieght": 1}]', '23514',
 'key "wieght" is not known in a keyword entry'),
('keyword object without keyword', 'expertise_keywords', '[{"match": "word"}]', '23514',
 'a keyword entry has no key "keyword"'),
('weight 0', 'expertise_keywords', '[{"keyword": "a", "weight": 0}]', '23514',
 'weight 0 is not in [-10, 10] without 0'),
('weight 0.000', 'expertise_keywords', '[{"keyword": "a", "weight": 0.000}]', '23514',
 'weight 0.000 is not in [-10, 10] without 0'),
('weight 1e-400', 'expertise_keywords', '[{"keyword": "a", "weight": 1e-400}]', '23514',
 'weight 0.0000000000000000000000... has more than three decimals'),
('weight 10.001', 'expertise_keywords', '[{"keyword": "a", "weight": 10.001}]', '23514',
 'weight 10.001 is not in [-10, 10] without 0'),
('weight -11', 'expertise_keywords', '[{"keyword": "a", "weight": -11}]', '23514',
 'weight -11 is not in [-10, 10] without 0'),
('weight 1e400', 'expertise_keywords', '[{"keyword": "a", "weight": 1e400}]', '23514',
 'weight 100000000000000000000000... is not in [-10, 10] without 0'),
('weight 0.0001', 'expertise_keywords', '[{"keyword": "a", "weight": 0.0001}]', '23514',
 'weight 0.0001 has more than three decimals'),
('weight as string', 'expertise_keywords', '[{"keyword": "a", "weight": "1"}]', '23514',
 'weight must be a number, not a string'),
('unknown match', 'expertise_keywords', '[{"keyword": "a", "match": "wrod"}]', '23514',
 'match "wrod" is not known'),
('match in upper case', 'expertise_keywords', '[{"keyword": "a", "match": "Word"}]', '23514',
 'match "Word" is not known'),
('match null', 'expertise_keywords', '[{"keyword": "a", "match": null}]', '23514',
 'match must be a string, not null'),
('keyword of 101 characters', 'expertise_keywords', jsonb_build_array(repeat('x', 101))::text, '23514',
 'keyword "' || repeat('x', 101) || '" is longer than 100 characters'),
('control character', 'expertise_keywords', '["a\u0001b"]', '23514',
 'keyword "a\u0001b" has a control character or white space other than a plain space'),
('delete character', 'expertise_keywords', '["a\u007fb"]', '23514',
 'keyword "a\u007fb" has a control character or white space other than a plain space'),
('tab', 'expertise_keywords', '["a\tb"]', '23514',
 'keyword "a\tb" has a control character or white space other than a plain space'),
('no-break space', 'expertise_keywords', '["a\u00a0b"]', '23514',
 U&'keyword "a\00A0b" has a control character or white space other than a plain space'),
('double space', 'expertise_keywords', '["a  b"]', '23514',
 'keyword "a  b" has a space at an end or two spaces in a row'),
('space in front', 'expertise_keywords', '[" a"]', '23514',
 'keyword " a" has a space at an end or two spaces in a row'),
('space behind', 'expertise_keywords', '["a "]', '23514',
 'keyword "a " has a space at an end or two spaces in a row'),
('blank model', 'model_override', '', '23514', 'model_override is blank'),
('model of white space', 'model_override', U&'\2009 ', '23514', 'model_override is blank'),
('skills not an array', 'auto_skills', '{"a": 1}', '23514', 'auto_skills must be an array, not an object'),
('JSON null as skills', 'auto_skills', 'null', '23514', 'auto_skills must be an array, not null'),
('blank skill', 'auto_skills', '["llm", " "]', '23514', 'a skill is blank'),
('number as skill', 'auto_skills', '[1]', '23514', 'a skill must be a string, not a number'),
('duplicate skill', 'auto_skills', '["llm", "llm"]', '23514',
 'skill "llm" stands already at $.auto_skills[0]');

INSERT INTO bad (label, col, value, state, said, suffix) VALUES
('unknown tone', 'tone', 'precize', '23503', 'tone "precize" is not a known tone', 'fkey'),
('tone in upper case', 'tone', 'Warm', '23503', 'tone "Warm" is not a known tone', 'fkey'),
('empty tone', 'tone', '', '23503', 'tone "" is not a known tone', 'fkey'),
('unknown style', 'style', 'dramatic', '23503', 'style "dramatic" is not a known style', 'fkey'),
('a tone as style', 'style', 'warm', '23503', 'style "warm" is not a known style', 'fkey');

-- NULL, column by column, in the order of the table.
INSERT INTO bad (label, col, value, state, said, suffix)
SELECT 'NULL in ' || col, col, NULL, '23502', col || ' is null', 'not_null'
FROM unnest(ARRAY['focus_id', 'display_name', 'emoji', 'tone', 'style', 'delegation_level',
    'token_budget_hint', 'temperature_delta', 'expertise_keywords', 'auto_skills', 'enabled',
    'created_at', 'updated_at']) WITH ORDINALITY AS u (col, at)
ORDER BY at;

-- What the column's type refuses itself: PostgreSQL's own message, before any trigger.
INSERT INTO bad (label, col, value, state, said, suffix) VALUES
('focus_id of 51 characters', 'focus_id', repeat('a', 51), '22001',
 'value too long for type character varying(50)', NULL),
('name of 101 characters', 'display_name', repeat('n', 101), '22001',
 'value too long for type character varying(100)', NULL),
('emoji of 11 characters', 'emoji', repeat(U&'\+01F3AF', 11), '22001',
 'value too long for type character varying(10)', NULL),
('tone of 31 characters', 'tone', repeat('t', 31), '22001',
 'value too long for type character varying(30)', NULL),
('model of 201 characters', 'model_override', repeat('m', 201), '22001',
 'value too long for type character varying(200)', NULL),
('level beyond integer', 'delegation_level', '2147483648', '22003',
 'value "2147483648" is out of range for type integer', NULL),
('budget beyond integer', 'token_budget_hint', '3000000000', '22003',
 'value "3000000000" is out of range for type integer', NULL),
('delta beyond double precision', 'temperature_delta', '1e400', '22003',
 '"1e400" is out of range for type double precision', NULL),
('level as text', 'delegation_level', 'two', '22P02', 'invalid input syntax for type integer: "two"', NULL),
('keywords not JSON', 'expertise_keywords', '[deploy]', '22P02', 'invalid input syntax for type json', NULL),
('skills not JSON', 'auto_skills', '', '22P02', 'invalid input syntax for type json', NULL),
('enabled as text', 'enabled', 'perhaps', '22P02', 'invalid input syntax for type boolean: "perhaps"', NULL);

-- What the error of a bad row must say: SQLSTATE, message, schema.table.column constraint.
CREATE FUNCTION pg_temp.expected(b bad, row_id text) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN b.suffix IS NULL THEN concat_ws(' | ', b.state, b.said, '')
           ELSE concat_ws(' | ', b.state,
               'invalid focus profile' || coalesce(' ' || to_json(row_id), '') || ': ' || b.said,
               format('aria_engine.focus_profiles.%s focus_profiles_%s_%s', b.col, b.col, b.suffix))
           END
$$;

-- What it does say.
CREATE FUNCTION pg_temp.answer(command text) RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws(' | ', state, message, place) FROM pg_temp.attempt(command)
$$;

-- INSERT of a sound row but for one column.
CREATE FUNCTION pg_temp.insert_of(b bad) RETURNS text LANGUAGE sql AS $$
    SELECT format('INSERT INTO aria_engine.focus_profiles (%s) VALUES (%s)',
                  string_agg(quote_ident(col), ', '), string_agg(quote_nullable(value), ', '))
    FROM (SELECT b.col, b.value
          UNION ALL SELECT 'focus_id', 'bad-row' WHERE b.col <> 'focus_id'
          UNION ALL SELECT 'display_name', 'Bad row' WHERE b.col <> 'display_name') AS c
$$;

-- UPDATE of a sound row.
CREATE FUNCTION pg_temp.update_of(b bad) RETURNS text LANGUAGE sql AS $$
    SELECT format('UPDATE aria_engine.focus_profiles SET %I = %L WHERE focus_id = %L',
                  b.col, b.value, 'victim')
$$;

-- A value in COPY's text format.
CREATE FUNCTION pg_temp.copied(value text) RETURNS text LANGUAGE sql AS $$
    SELECT coalesce(replace(replace(replace(value, '\', '\\'), E'\n', '\n'), E'\t', '\t'), '\N')
$$;

-- COPY of that row; the line comes through a program, so that no file is needed.
CREATE FUNCTION pg_temp.copy_of(b bad) RETURNS text LANGUAGE sql AS $$
    SELECT format('COPY aria_engine.focus_profiles (%s) FROM PROGRAM %L WITH (ENCODING ''UTF8'')',
                  string_agg(quote_ident(col), ', '),
                  'echo ' || translate(encode(convert_to(
                      string_agg(pg_temp.copied(value), E'\t') || E'\n', 'UTF8'), 'base64'), E'\n', '')
                  || ' | base64 -d')
    FROM (SELECT b.col, b.value
          UNION ALL SELECT 'focus_id', 'bad-row' WHERE b.col <> 'focus_id'
          UNION ALL SELECT 'display_name', 'Bad row' WHERE b.col <> 'display_name') AS c
$$;

INSERT INTO aria_engine.focus_profiles (focus_id, display_name) VALUES ('victim', 'Victim');
CREATE TEMP TABLE before AS SELECT * FROM aria_engine.focus_profiles;

SELECT is(pg_temp.answer(pg_temp.insert_of(b)),
          pg_temp.expected(b, CASE b.col WHEN 'focus_id' THEN b.value ELSE 'bad-row' END),
          'INSERT: ' || label)
FROM bad AS b ORDER BY n;
SELECT set_eq('SELECT * FROM aria_engine.focus_profiles', 'SELECT * FROM before',
              'no INSERT has stored anything');

SELECT is(pg_temp.answer(pg_temp.update_of(b)),
          pg_temp.expected(b, CASE b.col WHEN 'focus_id' THEN b.value ELSE 'victim' END),
          'UPDATE: ' || label)
FROM bad AS b ORDER BY n;
SELECT set_eq('SELECT * FROM aria_engine.focus_profiles', 'SELECT * FROM before',
              'no UPDATE has changed anything');

SELECT is(pg_temp.answer(pg_temp.copy_of(b)),
          pg_temp.expected(b, CASE b.col WHEN 'focus_id' THEN b.value ELSE 'bad-row' END),
          'COPY: ' || label)
FROM bad AS b ORDER BY n;
SELECT set_eq('SELECT * FROM aria_engine.focus_profiles', 'SELECT * FROM before',
              'no COPY has stored anything');

-- --- what is just inside the rules --------------------------------------------------------------------

SELECT lives_ok($$INSERT INTO aria_engine.focus_profiles VALUES
    (repeat('z', 50), repeat('n', 100), repeat('e', 10), '', 'blunt', 'concise', 3, 2147483647, -1,
     '[]', '', repeat('m', 200), '[]', false, '-infinity', 'infinity')$$, 'the longest and lowest values');
SELECT lives_ok($$INSERT INTO aria_engine.focus_profiles
    (focus_id, display_name, delegation_level, token_budget_hint, temperature_delta, expertise_keywords,
     auto_skills)
    VALUES ('0-_', ' x ', 1, 0, 1, jsonb_build_array(repeat('k', 100), 'a b c', 'c++', '#tag', '.net',
        '{"keyword": "w", "weight": -10}'::jsonb, '{"keyword": "v", "weight": 0.001, "match": "prefix"}'::jsonb,
        '{"keyword": "u", "weight": 1.5000}'::jsonb, '{"keyword": "ß"}'::jsonb, 'ss', 'é', U&'e\0301'),
     '["a", "A", " a"]')$$, 'keywords and skills that differ');
SELECT lives_ok($$UPDATE aria_engine.focus_profiles SET model_override = NULL, description = NULL,
    system_prompt_addon = NULL$$, 'the three nullable columns take NULL');

-- --- one error for all problems -----------------------------------------------------------------------

CREATE TEMP VIEW many AS
SELECT * FROM pg_temp.attempt($$INSERT INTO aria_engine.focus_profiles
    (focus_id, display_name, tone, style, delegation_level, temperature_delta, expertise_keywords,
     model_override, auto_skills)
    VALUES ('ok', 'OK', 'precize', NULL, 9, 'NaN', '["a", 7, "A"]', ' ', '["x", "x"]')$$);
SELECT is(state, '23503', 'SQLSTATE of the first problem in column order') FROM many;
SELECT is(message, 'invalid focus profile "ok": tone "precize" is not a known tone (and 7 more problems)',
          'MESSAGE names field and value') FROM many;
SELECT is(detail,
E'$.tone: tone "precize" is not a known tone. Did you mean "precise"?
$.style: style is null.
$.delegation_level: delegation_level 9 is not between 1 and 3.
$.temperature_delta: temperature_delta NaN is not between -1 and 1.
$.expertise_keywords[1]: a keyword must be a string, not a number.
$.expertise_keywords[2]: keyword "A" stands already at $.expertise_keywords[0].
$.model_override: model_override is blank.
$.auto_skills[1]: skill "x" stands already at $.auto_skills[0].', 'DETAIL lists every problem') FROM many;
SELECT is(hint, 'Did you mean "precise"?', 'HINT has the nearest allowed value') FROM many;
SELECT is(place, 'aria_engine.focus_profiles.tone focus_profiles_tone_fkey',
          'schema, table, column and constraint of the first problem') FROM many;

SELECT is(hint, 'Allowed: analytical, blunt, formal, neutral, playful, precise, warm.',
          'HINT has the allowed tones where none is near')
FROM pg_temp.attempt($$UPDATE aria_engine.focus_profiles SET tone = 'sarcastic'$$);
SELECT is(hint, 'Allowed: analytical, concise, directive, narrative, socratic.',
          'HINT has the allowed styles where none is near')
FROM pg_temp.attempt($$UPDATE aria_engine.focus_profiles SET style = 'x'$$);
SELECT is(hint, 'Did you mean "socratic"?', 'HINT knows a swap of neighbours')
FROM pg_temp.attempt($$UPDATE aria_engine.focus_profiles SET style = 'scoratic'$$);
SELECT is(hint, 'Did you mean "weight"?', 'HINT has the nearest key of a keyword entry')
FROM pg_temp.attempt($$UPDATE aria_engine.focus_profiles
    SET expertise_keywords = '[{"keyword": "a", "wieght": 2}]'$$);
SELECT is(hint, 'Did you mean "word"?', 'HINT has the nearest match')
FROM pg_temp.attempt($$UPDATE aria_engine.focus_profiles
    SET expertise_keywords = '[{"keyword": "a", "match": "wrod"}]'$$);

-- Column order decides, not the kind of problem.
SELECT is(state, order_state, 'first of ' || columns)
FROM (VALUES
    ('focus_id, display_name', $$'Bad', NULL, 'x'$$, '23514'),
    ('display_name, tone', $$'b', NULL, 'x'$$, '23502'),
    ('display_name (blank), tone', $$'b', ' ', 'x'$$, '23514'),
    ('tone', $$'b', 'B', 'x'$$, '23503')) AS o (columns, vals, order_state),
    pg_temp.attempt('INSERT INTO aria_engine.focus_profiles (focus_id, display_name, tone) VALUES (' || vals || ')');

-- A statement of many rows stores all or none.
SELECT is(pg_temp.answer($$INSERT INTO aria_engine.focus_profiles (focus_id, display_name)
    VALUES ('fine', 'Fine'), ('also-fine', 'Also fine'), ('bad', '')$$),
    '23514 | invalid focus profile "bad": display_name is blank | aria_engine.focus_profiles.display_name '
    'focus_profiles_display_name_check',
    'the third of three rows is bad');
SELECT is_empty($$SELECT focus_id FROM aria_engine.focus_profiles WHERE focus_id LIKE '%fine'$$,
    'and none of them is stored');
SELECT is(state, '23505', 'a second row of one id')
FROM pg_temp.attempt($$INSERT INTO aria_engine.focus_profiles (focus_id, display_name) VALUES ('victim', 'V')$$);

-- Long values are cut in messages, and the list of problems ends somewhere.
SELECT cmp_ok(length(message), '<', 400, 'a value of 10,000 characters does not fill the message')
FROM pg_temp.attempt($$UPDATE aria_engine.focus_profiles
    SET expertise_keywords = jsonb_build_array(repeat('x', 10000))$$);
SELECT is(state, '23514', '10,000 problems are one error')
FROM pg_temp.attempt($$UPDATE aria_engine.focus_profiles
    SET expertise_keywords = (SELECT jsonb_agg(i) FROM generate_series(1, 10000) AS i)$$);

-- --- an own vocabulary --------------------------------------------------------------------------------

INSERT INTO aria_engine.focus_tones (tone, description) VALUES ('sarcastic', 'says the opposite');
SELECT lives_ok($$UPDATE aria_engine.focus_profiles SET tone = 'sarcastic' WHERE focus_id = 'victim'$$,
    'a tone of one''s own');
SELECT is(state, '23503', 'a tone in use stays')
FROM pg_temp.attempt($$DELETE FROM aria_engine.focus_tones WHERE tone = 'sarcastic'$$);
SELECT lives_ok($$WITH new AS (INSERT INTO aria_engine.focus_styles (style) VALUES ('haiku') RETURNING style)
    SELECT FROM new$$, 'a style of one''s own');
SELECT is(hint, 'Did you mean "haiku"?', 'HINT knows it')
FROM pg_temp.attempt($$UPDATE aria_engine.focus_profiles SET style = 'haikus'$$);
SELECT is(builtin, false, 'it is not builtin') FROM aria_engine.focus_styles WHERE style = 'haiku';
SELECT is(state, '428C9', 'builtin cannot be set')
FROM pg_temp.attempt($$UPDATE aria_engine.focus_tones SET builtin = true$$);
SELECT is(state, '23514', 'no blank ' || label) FROM (VALUES
    ('tone', $$INSERT INTO aria_engine.focus_tones (tone) VALUES (U&'\00A0')$$),
    ('style', $$INSERT INTO aria_engine.focus_styles (style) VALUES ('')$$)) AS v (label, command),
    pg_temp.attempt(command);
UPDATE aria_engine.focus_profiles SET tone = 'neutral';

-- --- the constraints where the trigger does not fire --------------------------------------------------

DELETE FROM aria_engine.focus_profiles WHERE focus_id <> 'victim';
TRUNCATE before;
INSERT INTO before SELECT * FROM aria_engine.focus_profiles;

ALTER TABLE aria_engine.focus_profiles DISABLE TRIGGER focus_profiles_validate;
SELECT is(a.state, b.state, 'trigger disabled, INSERT: ' || label)
FROM bad AS b, pg_temp.attempt(pg_temp.insert_of(b)) AS a ORDER BY n;
SELECT is(a.place, format('aria_engine.focus_profiles focus_profiles_%s_%s', col, suffix),
          'trigger disabled: constraint of ' || label)
FROM (SELECT DISTINCT ON (col, suffix) b FROM bad AS b WHERE suffix IN ('check', 'fkey')
      ORDER BY col, suffix, n) AS d, LATERAL (SELECT (d.b).*) AS e,
     pg_temp.attempt(pg_temp.update_of(d.b)) AS a ORDER BY n;
ALTER TABLE aria_engine.focus_profiles ENABLE TRIGGER focus_profiles_validate;

-- Foreign keys are triggers too: a replica does not ask the vocabularies.
SET LOCAL session_replication_role = replica;
SELECT is(a.state, b.state, 'replica, UPDATE: ' || label)
FROM bad AS b, pg_temp.attempt(pg_temp.update_of(b)) AS a WHERE suffix IS DISTINCT FROM 'fkey' ORDER BY n;
SET LOCAL session_replication_role = origin;
SELECT set_eq('SELECT * FROM aria_engine.focus_profiles', 'SELECT * FROM before',
              'the constraints have let nothing in');

-- --- updated_at ---------------------------------------------------------------------------------------

INSERT INTO aria_engine.focus_profiles (focus_id, display_name) VALUES ('clock', 'Clock');
CREATE TEMP VIEW clock AS SELECT * FROM aria_engine.focus_profiles WHERE focus_id = 'clock';
CREATE TEMP TABLE seen AS SELECT updated_at FROM clock;

-- Says whether updated_at has moved since the last question.
CREATE FUNCTION pg_temp.moved() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    answer boolean;
BEGIN
    SELECT c.updated_at <> s.updated_at INTO answer FROM clock AS c, seen AS s;
    UPDATE seen SET updated_at = (SELECT updated_at FROM clock);
    PERFORM pg_sleep(0.002);
    RETURN answer;
END
$$;

SELECT is(created_at = now() AND updated_at = now(), true, 'INSERT: both are now()') FROM clock;
UPDATE aria_engine.focus_profiles SET description = 'ticks' WHERE focus_id = 'clock';
SELECT is(pg_temp.moved(), true, 'it moves within the transaction of the INSERT');
SELECT cmp_ok(updated_at, '<=', clock_timestamp(), 'to the time of the change') FROM clock;
SELECT is(created_at, now(), 'created_at does not') FROM clock;
UPDATE aria_engine.focus_profiles SET description = 'tocks' WHERE focus_id = 'clock';
SELECT is(pg_temp.moved(), true, 'it moves again with the second change');

UPDATE aria_engine.focus_profiles SET description = 'tocks' WHERE focus_id = 'clock';
SELECT is(pg_temp.moved(), false, 'UPDATE to the same value does not move it');
SELECT is(affected, 1::bigint, 'but counts one row')
FROM pg_temp.attempt($$UPDATE aria_engine.focus_profiles SET tone = tone WHERE focus_id = 'clock'$$);
SELECT results_eq($$WITH u AS (UPDATE aria_engine.focus_profiles SET enabled = enabled
        WHERE focus_id = 'clock' RETURNING focus_id, updated_at)
    SELECT u.focus_id::text, u.updated_at = s.updated_at FROM u, seen AS s$$,
    $$VALUES ('clock', true)$$, 'and RETURNING returns it');
SELECT is(pg_temp.moved(), false, 'nor do they');
UPDATE aria_engine.focus_profiles SET expertise_keywords = '[]', model_override = NULL WHERE focus_id = 'clock';
SELECT is(pg_temp.moved(), false, 'nor does NULL to NULL');

UPDATE aria_engine.focus_profiles SET enabled = false WHERE focus_id = 'clock';
SELECT is(pg_temp.moved(), true, 'disabling moves it');
UPDATE aria_engine.focus_profiles SET model_override = 'm' WHERE focus_id = 'clock';
SELECT is(pg_temp.moved(), true, 'NULL to a value moves it');
UPDATE aria_engine.focus_profiles SET model_override = NULL WHERE focus_id = 'clock';
SELECT is(pg_temp.moved(), true, 'a value to NULL moves it');

UPDATE aria_engine.focus_profiles SET description = 'old', updated_at = '2001-02-03 04:05:06+00'
    WHERE focus_id = 'clock';
SELECT is(updated_at, '2001-02-03 04:05:06+00', 'what the statement sets itself stays') FROM clock;
UPDATE aria_engine.focus_profiles SET updated_at = '2002-02-03 04:05:06+00' WHERE focus_id = 'clock';
SELECT is(updated_at, '2002-02-03 04:05:06+00', 'also alone') FROM clock;
UPDATE aria_engine.focus_profiles SET updated_at = '2102-02-03 04:05:06+00' WHERE focus_id = 'clock';
UPDATE aria_engine.focus_profiles SET description = 'back' WHERE focus_id = 'clock';
SELECT cmp_ok(updated_at, '<=', clock_timestamp(), 'the next change corrects a future time') FROM clock;

UPDATE seen SET updated_at = (SELECT updated_at FROM clock);
INSERT INTO aria_engine.focus_profiles (focus_id, display_name) VALUES ('clock', 'Clock 2')
    ON CONFLICT (focus_id) DO UPDATE SET display_name = EXCLUDED.display_name;
SELECT is(pg_temp.moved(), true, 'INSERT ... ON CONFLICT DO UPDATE moves it');
INSERT INTO aria_engine.focus_profiles (focus_id, display_name) VALUES ('clock', 'Clock 2')
    ON CONFLICT (focus_id) DO UPDATE SET display_name = EXCLUDED.display_name;
SELECT is(pg_temp.moved(), false, 'but not without effect');
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, updated_at) VALUES ('restored', 'R', '2001-01-01Z');
SELECT is(updated_at, '2001-01-01Z', 'INSERT keeps a given time, as a restore needs it')
FROM aria_engine.focus_profiles WHERE focus_id = 'restored';
UPDATE aria_engine.focus_profiles SET focus_id = 'renamed' WHERE focus_id = 'restored';
SELECT cmp_ok(updated_at, '>', now(), 'a rename moves it') FROM aria_engine.focus_profiles WHERE focus_id = 'renamed';

SELECT * FROM finish();
ROLLBACK;
