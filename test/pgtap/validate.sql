-- focus_validate: every code with its path and hint, what is no object, and the agreement with the
-- table: no row of severity error means that the row would be stored.
BEGIN;
\ir lib/attempt.sql
SELECT plan(183);

-- --- codes, paths, hints --------------------------------------------------------------------------------

-- A sound candidate with one change, and the one row that focus_validate must give for it.
CREATE TEMP TABLE said (
    n serial, change jsonb, field text, path text, code text, message text, hint text,
    severity text DEFAULT 'error');

INSERT INTO said (change, field, path, code, message, hint) VALUES
('{"toen": "warm"}', 'toen', '$.toen', 'unknown_key', 'key "toen" is no column of a profile', 'Did you mean "tone"?'),
('{"to\ne": "warm"}', E'to\ne', '$.to\ne', 'unknown_key', 'key "to\ne" is no column of a profile',
    'Did you mean "tone"?'),
('{"expertise_keywords": [{"keyword": "k", "ma\ttch": "word"}]}', 'expertise_keywords',
    '$.expertise_keywords[0].ma\ttch', 'unknown_key',
 'key "ma\ttch" is not known in a keyword entry', 'Did you mean "match"?'),
('{"Tone": "warm"}', 'Tone', '$.Tone', 'unknown_key', 'key "Tone" is no column of a profile', 'Did you mean "tone"?'),
('{"expertise_keyword": []}', 'expertise_keyword', '$.expertise_keyword', 'unknown_key',
 'key "expertise_keyword" is no column of a profile', 'Did you mean "expertise_keywords"?'),
('{"dipslay_name": "x"}', 'dipslay_name', '$.dipslay_name', 'unknown_key',
 'key "dipslay_name" is no column of a profile', 'Did you mean "display_name"?'),
('{"focus_id": null}', 'focus_id', '$.focus_id', 'missing', 'focus_id is null', 'It has no default: give it a value.'),
('{"display_name": null}', 'display_name', '$.display_name', 'missing', 'display_name is null',
 'It has no default: give it a value.'),
('{"expertise_keywords": [{"weight": 1}]}', 'expertise_keywords', '$.expertise_keywords[0]', 'missing',
 'a keyword entry has no key "keyword"', 'Write {"keyword": "deploy"}.'),
('{"description": 1}', 'description', '$.description', 'bad_type', 'description must be a string, not a number',
 'Write it in double quotes.'),
('{"enabled": "true"}', 'enabled', '$.enabled', 'bad_type', 'enabled must be a boolean, not a string',
 'Write true or false, without quotes.'),
('{"created_at": 1}', 'created_at', '$.created_at', 'bad_type', 'created_at must be a string, not a number',
 'Write it in double quotes.'),
('{"delegation_level": "2"}', 'delegation_level', '$.delegation_level', 'bad_type',
 'delegation_level must be a number, not a string', 'Write it without quotes.'),
('{"delegation_level": 1.5}', 'delegation_level', '$.delegation_level', 'bad_type',
 'delegation_level 1.5 is not a whole number', '1 is a core initiator, 2 a specialist, 3 ephemeral.'),
('{"expertise_keywords": {}}', 'expertise_keywords', '$.expertise_keywords', 'bad_type',
 'expertise_keywords must be an array, not an object',
 'A list is written [...]. {} is what a driver sends that takes an empty list for a PostgreSQL array: hand it the list '
 'as JSON text.'),
('{"auto_skills": "[\"a\"]"}', 'auto_skills', '$.auto_skills', 'bad_type', 'auto_skills must be an array, not a string',
 'It is JSON within a string: it was encoded twice. Encode it once, or hand the driver the value itself.'),
('{"expertise_keywords": ["a", "b", "c", 4]}', 'expertise_keywords', '$.expertise_keywords[3]', 'bad_type',
 'a keyword must be a string, not a number', 'Write it in double quotes.'),
('{"expertise_keywords": [{"keyword": 1}]}', 'expertise_keywords', '$.expertise_keywords[0].keyword', 'bad_type',
 'a keyword must be a string, not a number', 'Write it in double quotes.'),
('{"auto_skills": [true]}', 'auto_skills', '$.auto_skills[0]', 'bad_type',
 'a skill must be a string, not a boolean', 'Write it in double quotes.'),
('{"tone": "wram"}', 'tone', '$.tone', 'not_in_vocabulary', 'tone "wram" is not a known tone', 'Did you mean "warm"?'),
('{"style": "epic"}', 'style', '$.style', 'not_in_vocabulary', 'style "epic" is not a known style',
 'Allowed: analytical, concise, directive, narrative, socratic.'),
('{"expertise_keywords": [{"keyword": "a", "match": "fragmnet"}]}', 'expertise_keywords',
 '$.expertise_keywords[0].match', 'not_in_vocabulary', 'match "fragmnet" is not known', 'Did you mean "fragment"?'),
('{"delegation_level": 4}', 'delegation_level', '$.delegation_level', 'out_of_range',
 'delegation_level 4 is not between 1 and 3', '1 is a core initiator, 2 a specialist, 3 ephemeral.'),
('{"token_budget_hint": 1e30}', 'token_budget_hint', '$.token_budget_hint', 'out_of_range',
 'token_budget_hint 100000000000000000000000... is not between 0 and 2147483647', '0 turns the ceiling off.'),
('{"temperature_delta": -1.5}', 'temperature_delta', '$.temperature_delta', 'out_of_range',
 'temperature_delta -1.5 is not between -1 and 1', 'It is added to the agent''s temperature; 0 changes nothing.'),
('{"expertise_keywords": [{"keyword": "a", "weight": 11}]}', 'expertise_keywords',
 '$.expertise_keywords[0].weight', 'out_of_range', 'weight 11 is not in [-10, 10] without 0',
 'Leave the key out for weight 1.'),
('{"display_name": "\u00a0"}', 'display_name', '$.display_name', 'blank', 'display_name is blank',
 'Write at least one visible character.'),
('{"emoji": ""}', 'emoji', '$.emoji', 'blank', 'emoji is blank', 'Write at least one visible character.'),
('{"model_override": ""}', 'model_override', '$.model_override', 'blank', 'model_override is blank',
 'Write at least one visible character.'),
('{"expertise_keywords": [""]}', 'expertise_keywords', '$.expertise_keywords[0]', 'blank', 'keyword "" is blank',
 'Remove it, or write a word.'),
('{"auto_skills": ["\t"]}', 'auto_skills', '$.auto_skills[0]', 'blank', 'a skill is blank',
 'Remove it, or write its name.'),
('{"expertise_keywords": ["a", "b", "A"]}', 'expertise_keywords', '$.expertise_keywords[2]', 'duplicate',
 'keyword "A" stands already at $.expertise_keywords[0]', 'Case does not count: keep one of them.'),
('{"auto_skills": ["a", "b", "b"]}', 'auto_skills', '$.auto_skills[2]', 'duplicate',
 'skill "b" stands already at $.auto_skills[1]', 'Keep one of them.'),
(jsonb_build_object('focus_id', repeat('i', 51)), 'focus_id', '$.focus_id', 'too_long', 'focus_id has 51 characters',
 'At most 50 fit.'),
(jsonb_build_object('emoji', repeat(U&'\+01F3AF', 11)), 'emoji', '$.emoji', 'too_long', 'emoji has 11 characters',
 'At most 10 fit.'),
(jsonb_build_object('expertise_keywords', jsonb_build_array(repeat('k', 101))), 'expertise_keywords',
 '$.expertise_keywords[0]', 'too_long', 'keyword "' || repeat('k', 101) || '" is longer than 100 characters',
 'Use the words that matter as keywords of their own.'),
('{"focus_id": "a b"}', 'focus_id', '$.focus_id', 'bad_format', 'focus_id "a b" is not a slug',
 'Use 1 to 50 lower-case ASCII letters, digits, _ and -, the first one a letter or digit.'),
('{"expertise_keywords": ["a  b"]}', 'expertise_keywords', '$.expertise_keywords[0]', 'bad_format',
 'keyword "a  b" has a space at an end or two spaces in a row', 'Write single spaces, between words only.'),
('{"expertise_keywords": ["a\nb"]}', 'expertise_keywords', '$.expertise_keywords[0]', 'bad_format',
 'keyword "a\nb" has a control character or white space other than a plain space',
 'A single space matches any white space of a message.');

INSERT INTO said (severity, change, field, path, code, message, hint) VALUES
('warning', '{"expertise_keywords": ["deploy", "The"]}', 'expertise_keywords', '$.expertise_keywords[1]',
 'risky_keyword', 'keyword "The" is one of the commonest English words', 'Use a phrase.'),
('warning', '{"expertise_keywords": [{"keyword": "ci", "match": "fragment"}]}', 'expertise_keywords',
 '$.expertise_keywords[0]', 'risky_keyword',
 'keyword "ci" is short and matches inside or at the start of many words', 'Use match "word", or a longer keyword.'),
('warning', '{"system_prompt_addon": "Use key sk-0123456789abcdefghijABCDEFGHIJ for all."}', 'system_prompt_addon',
 '$.system_prompt_addon', 'possible_secret', 'system_prompt_addon seems to hold an API key',
 'Profiles are configuration that many may read: keep secrets elsewhere.'),
('warning', '{"system_prompt_addon": "-----BEGIN RSA PRIVATE KEY-----\nMIIEow"}', 'system_prompt_addon',
 '$.system_prompt_addon', 'possible_secret', 'system_prompt_addon seems to hold a private key',
 'Profiles are configuration that many may read: keep secrets elsewhere.'),
('warning', '{"description": "The password: hunter2! is shared."}', 'description', '$.description',
 'possible_secret', 'description seems to hold a password or key',
 'Profiles are configuration that many may read: keep secrets elsewhere.'),
('warning', '{"token_budget_hint": 32769}', 'token_budget_hint', '$.token_budget_hint', 'large_budget',
 'token_budget_hint 32769 is above 32768', 'It is a ceiling on max_tokens; 0 turns it off.');

-- The sound candidate that is changed.
CREATE FUNCTION pg_temp.candidate(change jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT '{"focus_id": "ops", "display_name": "Ops"}'::jsonb || change
$$;

SELECT results_eq(
    format('SELECT * FROM aria_engine.focus_validate(%L) WHERE severity = %L', pg_temp.candidate(change), severity),
    format('VALUES (%L, %L, %L, %L, %L, %L)', field, path, code, severity, message, hint),
    severity || ' ' || code || ' at ' || path || ': ' || left(change::text, 60))
FROM said ORDER BY n;

SELECT set_eq('SELECT DISTINCT code FROM said', ARRAY['unknown_key', 'missing', 'bad_type', 'not_in_vocabulary',
    'out_of_range', 'blank', 'duplicate', 'too_long', 'bad_format', 'risky_keyword', 'possible_secret',
    'large_budget'], 'these were all the codes');

-- Every problem at once: errors in column order, then warnings.
SELECT results_eq($$SELECT path, code FROM aria_engine.focus_validate('{
    "style": "x", "focus_id": "A", "emoji": 5, "description": "password=hunter22", "token_budget_hint": 99999,
    "auto_skills": [1, ""], "expertise_keywords": [1, {"match": "m"}], "zzz": 1}')$$,
$$VALUES ('$.focus_id', 'bad_format'), ('$.display_name', 'missing'), ('$.emoji', 'bad_type'),
    ('$.style', 'not_in_vocabulary'), ('$.expertise_keywords[0]', 'bad_type'),
    ('$.expertise_keywords[1].match', 'not_in_vocabulary'), ('$.expertise_keywords[1]', 'missing'),
    ('$.auto_skills[0]', 'bad_type'), ('$.auto_skills[1]', 'blank'), ('$.zzz', 'unknown_key'),
    ('$.description', 'possible_secret'), ('$.token_budget_hint', 'large_budget')$$,
    'errors in column order, then warnings');
SELECT set_eq($$SELECT path, code FROM aria_engine.focus_validate(pg_temp.candidate(
    '{"expertise_keywords": ["the", 5, "of"]}'))$$,
$$VALUES ('$.expertise_keywords[0]', 'risky_keyword'), ('$.expertise_keywords[1]', 'bad_type'),
    ('$.expertise_keywords[2]', 'risky_keyword')$$, 'an error in a list hides no warning about its other entries');
SELECT is_empty($$SELECT * FROM aria_engine.focus_validate(pg_temp.candidate('{}'))$$, 'a sound candidate: no rows');
SELECT is_empty($$SELECT * FROM aria_engine.focus_validate(NULL)$$, 'NULL: no rows');
SELECT is_empty($$SELECT * FROM aria_engine.focus_validate(pg_temp.candidate('{"token_budget_hint": 32768,
    "expertise_keywords": ["ci", "theory", {"keyword": "ops", "match": "word"}],
    "system_prompt_addon": "Keep any password: refuse to print it.", "description": "the sk-learn toolkit"}'))$$,
    'nothing of this is unwise');
SELECT is_empty($$SELECT * FROM aria_engine.focus_validate(pg_temp.candidate(
    '{"system_prompt_addon": "When asked for a password: refuse."}'))$$, 'a sentence is no secret');
SELECT results_eq($$SELECT message FROM aria_engine.focus_validate(pg_temp.candidate('{"token_budget_hint": 1e30}'))
    WHERE severity = 'warning'$$, $$VALUES ('token_budget_hint 100000000000000000000000... is above 32768')$$,
    'a number that is cut in a message shows it');

-- --- no object -------------------------------------------------------------------------------------------

SELECT results_eq(format('SELECT * FROM aria_engine.focus_validate(%L)', document),
    format($$VALUES (NULL::text, '$', 'bad_type', 'error', 'a profile must be an object, not %s',
        'Write {"focus_id": "...", "display_name": "..."}.')$$, kind), 'no object: ' || document)
FROM (VALUES ('[]', 'an array'), ('[{"focus_id": "a", "display_name": "A"}]', 'an array'), ('null', 'null'),
    ('"x"', 'a string'), ('5', 'a number'), ('true', 'a boolean')) AS d (document, kind);
SELECT set_eq($$SELECT path, code FROM aria_engine.focus_validate('{}')$$,
    $$VALUES ('$.focus_id', 'missing'), ('$.display_name', 'missing')$$, 'an empty object misses two keys');

-- --- agreement with the table ------------------------------------------------------------------------------

-- Stores a candidate as the table takes it: keys that are absent or JSON null get their defaults.
CREATE FUNCTION pg_temp.store(profile jsonb) RETURNS text LANGUAGE sql AS $$
    SELECT state FROM pg_temp.attempt((
        SELECT format('INSERT INTO aria_engine.focus_profiles (%1$s)
                       SELECT %1$s FROM jsonb_populate_record(NULL::aria_engine.focus_profiles, %2$L)',
                      string_agg(quote_ident(key), ', '), profile)
        FROM jsonb_each(profile) WHERE value <> 'null'))
$$;

CREATE TEMP TABLE candidate (n serial, change jsonb, accepted boolean);
INSERT INTO candidate (change, accepted) VALUES
('{}', true),
('{"focus_id": "0"}', true), ('{"focus_id": "a_-9"}', true), ('{"focus_id": "-a"}', false), ('{"focus_id": ""}', false),
('{"focus_id": "\u017f"}', false), ('{"focus_id": "a\n"}', false), ('{"focus_id": "A"}', false),
(jsonb_build_object('focus_id', repeat('a', 50)), true), (jsonb_build_object('focus_id', repeat('a', 51)), false),
('{"display_name": "\u3000"}', false), ('{"display_name": "\u200b"}', true),
    ('{"display_name": "\u1680\u202f\u205f"}', false),
('{"display_name": "\u180e"}', true), ('{"display_name": "\u001f"}', true), ('{"display_name": "\u000b\u0085"}', false),
(jsonb_build_object('display_name', repeat(U&'\00E9', 100)), true),
    (jsonb_build_object('display_name', repeat(U&'\00E9', 101)), false),
(jsonb_build_object('emoji', repeat(U&'\+01F3AF', 10)), true),
    (jsonb_build_object('emoji', repeat(U&'\+01F3AF', 11)), false),
('{"emoji": " "}', false), ('{"emoji": null}', true), ('{"description": null}', true), ('{"description": ""}', true),
('{"tone": null, "style": null}', true), ('{"tone": "blunt", "style": "socratic"}', true), ('{"tone": "Blunt"}', false),
('{"tone": ""}', false), ('{"tone": "warm "}', false), ('{"style": "warm"}', false), ('{"style": "mine"}', true),
('{"delegation_level": 1}', true), ('{"delegation_level": 3}', true), ('{"delegation_level": 0}', false),
('{"delegation_level": 4}', false), ('{"delegation_level": 3e0}', true), ('{"delegation_level": 99999999999}', false),
('{"token_budget_hint": 0}', true), ('{"token_budget_hint": -0}', true), ('{"token_budget_hint": -1}', false),
('{"token_budget_hint": 2147483647}', true), ('{"token_budget_hint": 2147483648}', false),
    ('{"token_budget_hint": 0.5}', false),
('{"temperature_delta": 1}', true), ('{"temperature_delta": -1.0}', true), ('{"temperature_delta": 1.0000001}', false),
('{"temperature_delta": -1e5}', false), ('{"temperature_delta": 1e-300}', true),
    ('{"temperature_delta": 1e400}', false),
('{"expertise_keywords": []}', true), ('{"expertise_keywords": null}', true), ('{"expertise_keywords": {}}', false),
('{"expertise_keywords": "a"}', false), ('{"expertise_keywords": ["a", "b"]}', true),
    ('{"expertise_keywords": ["a", "A"]}', false),
('{"expertise_keywords": ["\u0131", "i"]}', false), ('{"expertise_keywords": ["\u00df", "ss"]}', true),
('{"expertise_keywords": ["\u03c3", "\u03c2"]}', false), ('{"expertise_keywords": ["\u00e9", "e\u0301"]}', true),
('{"expertise_keywords": [" "]}', false), ('{"expertise_keywords": ["a b c"]}', true),
    ('{"expertise_keywords": ["a\u3000b"]}', false),
('{"expertise_keywords": ["\u200b"]}', false), ('{"expertise_keywords": ["a\u200bb"]}', true),
(jsonb_build_object('expertise_keywords', jsonb_build_array(repeat(U&'\+01F3AF', 100))), true),
(jsonb_build_object('expertise_keywords', jsonb_build_array(repeat(U&'\+01F3AF', 101))), false),
('{"expertise_keywords": [{"keyword": "a", "match": "auto", "weight": 10}]}', true),
('{"expertise_keywords": [{"keyword": "a", "weight": -10.000}]}', true),
    ('{"expertise_keywords": [{"keyword": "a", "weight": 0.0010}]}', true),
('{"expertise_keywords": [{"keyword": "a", "weight": 0.0015}]}', false),
    ('{"expertise_keywords": [{"keyword": "a", "weight": null}]}', false),
('{"expertise_keywords": [{"keyword": "a", "weight": -0}]}', false), ('{"expertise_keywords": [{}]}', false),
('{"expertise_keywords": [[]]}', false), ('{"expertise_keywords": [{"keyword": {"keyword": "a"}}]}', false),
('{"system_prompt_addon": ""}', true), ('{"model_override": "m"}', true), ('{"model_override": " "}', false),
(jsonb_build_object('model_override', repeat('m', 201)), false),
('{"auto_skills": ["a", "A"]}', true), ('{"auto_skills": ["a", "a"]}', false), ('{"auto_skills": [""]}', false),
('{"auto_skills": [null]}', false), ('{"auto_skills": {"a": 1}}', false), ('{"auto_skills": [" a"]}', true),
('{"enabled": false}', true), ('{"enabled": null}', true),
('{"created_at": "2024-05-06T07:08:09Z", "updated_at": "2024-05-06T07:08:09+02:00"}', true),
-- Where the table's types are the judges: a jsonb number keeps its zeros, integers take none; double
-- precision rounds to 1 and refuses what is too small for it.
('{"delegation_level": 2.0}', NULL), ('{"temperature_delta": 1e-400}', NULL),
('{"temperature_delta": 1.00000000000000000001}', NULL);

INSERT INTO aria_engine.focus_styles (style) VALUES ('mine');

-- Each candidate is taken away again, so that none meets the one before.
CREATE FUNCTION pg_temp.verdicts(change jsonb, OUT validated boolean, OUT stored boolean) LANGUAGE plpgsql AS $$
BEGIN
    validated := NOT EXISTS (SELECT FROM aria_engine.focus_validate(pg_temp.candidate(change))
                             WHERE severity = 'error');
    stored := pg_temp.store(pg_temp.candidate(change)) = '00000';
    DELETE FROM aria_engine.focus_profiles;
END
$$;

SELECT is(format('validated %s, stored %s', validated, stored),
          format('validated %1$s, stored %1$s', coalesce(accepted, stored)), 'agreement: ' || left(change::text, 70))
FROM candidate, pg_temp.verdicts(change) ORDER BY n;

-- A key that is no column and a value of the wrong kind are errors, though a cast might save them.
SELECT is(validated, false, 'refused: ' || change)
FROM unnest(ARRAY['{"x": 1}', '{"": 1}', '{"display_name": 5}', '{"enabled": "yes"}', '{"token_budget_hint": "5"}',
    '{"temperature_delta": "0.5"}', '{"description": {}}']) AS c (change), pg_temp.verdicts(change::jsonb);

-- The functions of the constraints say what focus_validate says.
SELECT is(aria_engine.focus_is_keyword_list(change -> 'expertise_keywords'), accepted,
          'focus_is_keyword_list: ' || left(change ->> 'expertise_keywords', 60))
FROM candidate
WHERE jsonb_typeof(change -> 'expertise_keywords') <> 'null' ORDER BY n;

SELECT * FROM finish();
ROLLBACK;
