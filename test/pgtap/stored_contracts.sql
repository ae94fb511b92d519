-- Contracts that are kept: one revision and one notification for each change of a profile's content, whichever table
-- it begins with; deleted, renamed and truncated with their profile and restored with it; refusals; rights.
BEGIN;
\ir lib/attempt.sql
SELECT plan(90);
SET search_path = public, aria_engine;

CREATE FUNCTION pg_temp.revision(id text) RETURNS bigint LANGUAGE sql AS
    $$ SELECT aria_engine.focus_current_revision(id) $$;
CREATE FUNCTION pg_temp.own(id text) RETURNS jsonb LANGUAGE sql AS
    $$ SELECT contract FROM aria_engine.focus_contracts WHERE focus_id = id $$;
-- The limits of a metric in an effective contract: bound, severity and origin of each.
CREATE FUNCTION pg_temp.limits(id text, metric text) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(concat_ws(' ', l ->> 'max', l ->> 'min', l ->> 'severity', l ->> 'from'), '; ' ORDER BY n)
    FROM jsonb_path_query(aria_engine.focus_contract(id), ('strict $.' || metric)::jsonpath, silent => true) AS m,
         jsonb_array_elements(CASE jsonb_typeof(m) WHEN 'array' THEN m ELSE jsonb_build_array(m) END)
             WITH ORDINALITY AS e (l, n)
$$;

-- --- with focus_put ---------------------------------------------------------------------------------------------

SELECT lives_ok($$SELECT focus_put('{"focus_id": "desk", "display_name": "Desk", "tone": "formal", "style": "concise",
    "contract": {"words": {"max": 90.50}, "hype": "off"}}')$$, 'a new profile with a contract');
SELECT is(pg_temp.own('desk'), '{"words": {"max": 90.50}, "hype": "off"}', 'is stored');
SELECT is(pg_temp.revision('desk'), 1::bigint, 'as one revision');
SELECT is(pg_temp.limits('desk', 'words'), '90.5 warning profile', 'its own limit replaces that of the style');
SELECT is(pg_temp.limits('desk', 'hype'), NULL, 'off removes that of the tone');
SELECT is(pg_temp.limits('desk', 'slang'), '0 warning tone formal', 'the others stay');
SELECT is(pg_temp.limits('desk', 'tokens'), '2300 warning budget; 2000 suggestion budget', 'the budget');
SELECT lives_ok($$SELECT focus_put('{"focus_id": "desk", "tone": "blunt", "contract": {"words": {"max": 80}}}', 'why',
    1)$$, 'both change');
SELECT is(pg_temp.revision('desk'), 2::bigint, 'one revision');
SELECT results_eq($$SELECT operation, reason, profile -> 'contract', profile ->> 'tone' FROM focus_history
    WHERE focus_id = 'desk'$$,
    $$VALUES ('UPDATE', 'why', '{"words": {"max": 90.50}, "hype": "off"}'::jsonb, 'formal')$$,
    'the version before has its contract');
SELECT lives_ok($$SELECT focus_put('{"focus_id": "desk", "contract": {"words": {"max": 80.0}}}')$$,
    'an equal contract');
SELECT lives_ok($$SELECT focus_put('{"focus_id": "desk", "description": null}')$$, 'no key');
SELECT is(pg_temp.revision('desk'), 2::bigint, 'neither is a change');
SELECT is(pg_temp.own('desk'), '{"words": {"max": 80}}', 'an absent key keeps the contract');
SELECT throws_ok($$SELECT focus_put('{"focus_id": "desk", "contract": {}}', NULL, 1)$$, '55000',
    'focus profile "desk" is at revision 2, not 1', 'expected_revision counts contracts');
SELECT lives_ok($$SELECT focus_put('{"focus_id": "desk", "contract": null}', NULL, 2)$$, 'null is none');
SELECT is(pg_temp.own('desk'), NULL, 'and no row');
SELECT is(pg_temp.revision('desk'), 3::bigint, 'a revision');

-- --- in the table -----------------------------------------------------------------------------------------------

SELECT lives_ok($$INSERT INTO focus_contracts VALUES ('desk', '{"words": {"max": 7}}')$$, 'INSERT');
SELECT is(pg_temp.revision('desk'), 4::bigint, 'is a revision');
SELECT ok((SELECT updated_at > now() FROM focus_profiles WHERE focus_id = 'desk'), 'and moves updated_at');
SELECT lives_ok($$INSERT INTO focus_contracts VALUES ('desk', '{"words": {"max": 8}}')
    ON CONFLICT (focus_id) DO UPDATE SET contract = excluded.contract$$, 'INSERT over one that is there');
SELECT is(pg_temp.revision('desk'), 5::bigint, 'is one revision');
SELECT lives_ok($$INSERT INTO focus_contracts VALUES ('desk', '{}') ON CONFLICT DO NOTHING$$, 'INSERT of nothing');
SELECT lives_ok($$UPDATE focus_contracts SET contract = '{"words": {"max": 8.00}}'$$, 'UPDATE to the same');
SELECT is(pg_temp.revision('desk'), 5::bigint, 'are none');
SELECT lives_ok($$UPDATE focus_contracts SET contract = '{"words": {"max": 9}}'$$, 'UPDATE');
SELECT is(pg_temp.revision('desk'), 6::bigint, 'is a revision');
SELECT lives_ok($$DELETE FROM focus_contracts$$, 'DELETE');
SELECT is(pg_temp.revision('desk'), 7::bigint, 'is a revision');
SELECT results_eq($$SELECT revision, changes FROM focus_revisions('desk') WHERE changes ? 'contract' AND revision > 5$$,
    $$VALUES (6, '{"contract": [{"words": {"max": 8}}, {"words": {"max": 9}}]}'::jsonb),
             (7, '{"contract": [{"words": {"max": 9}}, null]}')$$, 'focus_revisions knows contracts');
SELECT results_eq($$SELECT field, old_value, new_value FROM focus_diff('desk', 6, 7)$$,
    $$VALUES ('contract', '{"words": {"max": 9}}'::jsonb, NULL::jsonb)$$, 'focus_diff, too');
SELECT is(focus_revision('desk', 6) -> 'contract', '{"words": {"max": 9}}', 'focus_revision, too');
SELECT ok(NOT focus_revision('desk', 7) ? 'contract', 'none is no key');
SELECT is((SELECT count(*) FROM focus_at('desk', now() + interval '1 day')), 1::bigint, 'focus_at has 16 columns');
INSERT INTO focus_profiles (focus_id, display_name) VALUES ('other', 'Other');
INSERT INTO focus_contracts VALUES ('desk', '{"words": {"max": 9}}');
SELECT lives_ok($$UPDATE focus_contracts SET focus_id = 'other'$$, 'a contract is given to another profile');
SELECT results_eq($$SELECT pg_temp.revision('desk'), pg_temp.revision('other')$$, $$VALUES (9::bigint, 2::bigint)$$,
    'a revision of both');

-- --- what happens to the profile --------------------------------------------------------------------------------

SELECT lives_ok($$UPDATE focus_profiles SET focus_id = 'third' WHERE focus_id = 'other'$$, 'a rename');
SELECT is(pg_temp.own('third'), '{"words": {"max": 9}}', 'takes the contract along');
SELECT is((SELECT profile -> 'contract' FROM focus_history WHERE focus_id = 'other' AND operation = 'RENAME'),
    '{"words": {"max": 9}}', 'which history has');
SELECT is(pg_temp.revision('third'), 1::bigint, 'and is no revision of the new id');
SELECT lives_ok($$DELETE FROM focus_profiles WHERE focus_id = 'third'$$, 'a DELETE');
SELECT is_empty($$TABLE focus_contracts$$, 'takes the contract');
SELECT lives_ok($$SELECT focus_restore('third', 1)$$, 'focus_restore');
SELECT is(pg_temp.own('third'), '{"words": {"max": 9}}', 'brings it back');
SELECT is(pg_temp.revision('third'), 2::bigint, 'in the same revision');
SELECT lives_ok($$SELECT focus_restore('desk', 1)$$, 'an old version');
SELECT is(pg_temp.own('desk'), '{"words": {"max": 90.50}, "hype": "off"}', 'with its contract');
SELECT lives_ok($$TRUNCATE focus_profiles$$, 'TRUNCATE');
SELECT is_empty($$TABLE focus_contracts$$, 'takes all contracts');
SELECT is((SELECT count(*) FROM focus_history WHERE operation = 'TRUNCATE' AND profile ? 'contract'), 2::bigint,
    'after history has them');
SELECT focus_restore('desk', 1), focus_restore('third', 1);
SELECT lives_ok($$TRUNCATE focus_contracts$$, 'TRUNCATE of the contracts');
SELECT is((SELECT count(*) FROM focus_history WHERE operation = 'UPDATE' AND changed_at >= (SELECT max(changed_at)
    FROM focus_history WHERE operation = 'TRUNCATE') AND profile ? 'contract'), 2::bigint, 'is an edit of each');

-- --- documents --------------------------------------------------------------------------------------------------

SELECT ok(focus_export()::text !~ 'contract', 'a document without contracts has no key');
SELECT is(focus_etag(), encode(sha256(convert_to(focus_export()::text, 'UTF8')), 'hex'), 'and the etag of before');
SELECT focus_restore('desk', 1);
SELECT matches(focus_export()::text, '"enabled": true,\n   "contract": {"hype": "off", "words": {"max": 90.5}}}',
    'one with them has it last, numbers without zeros');
SELECT results_eq($$SELECT focus_id, action FROM focus_import(focus_export()::jsonb)$$,
    $$VALUES ('desk', 'unchanged'), ('third', 'unchanged')$$, 'it is the same again');
CREATE TEMP TABLE kept AS SELECT focus_export()::jsonb AS document, focus_etag() AS etag;
UPDATE focus_contracts SET contract = '{"words": {"max": 1}}';
SELECT isnt(focus_etag(), etag, 'another contract is another etag') FROM kept;
SELECT results_eq($$SELECT f.focus_id, f.action FROM kept, focus_import(document, 'update') AS f$$,
    $$VALUES ('desk', 'updated'), ('third', 'unchanged')$$, 'import');
SELECT is(focus_etag(), etag, 'gives it back') FROM kept;
SELECT throws_like($$SELECT focus_import('{"format": 1, "profiles": [{"focus_id": "x", "display_name": "X",
    "contract": {"wrds": {"max": 1}}}]}')$$, '%key "wrds" is no metric%', 'a bad contract in a document');

-- --- tones and styles -------------------------------------------------------------------------------------------

SELECT is((SELECT count(*) FROM (SELECT tone, contract FROM focus_tones UNION ALL SELECT style, contract
    FROM focus_styles) AS w WHERE contract = '{}'), 0::bigint, 'the built-in words have contracts');
SELECT is((SELECT state || ' ' || message FROM pg_temp.attempt(
    $$UPDATE focus_tones SET contract = '{}' WHERE tone = 'warm'$$)),
    '55000 the contract of the built-in tone "warm" cannot be changed', 'which nobody changes');
INSERT INTO focus_tones (tone, contract) VALUES ('tale', '{"words": {"min": 300}}');
SELECT lives_ok($$SELECT focus_put('{"focus_id": "desk", "tone": "tale", "contract": {}}')$$, 'an own word');
SELECT is((SELECT message FROM focus_doctor() WHERE code = 'contradicting_contract'),
    'words must be at least 300 (tone tale) and at most 150 (style concise)', 'layers that contradict each other');

-- --- refusals ---------------------------------------------------------------------------------------------------

SELECT is((SELECT concat_ws(' | ', state, message, detail, place) FROM pg_temp.attempt(
    $$INSERT INTO focus_contracts VALUES ('desk', '{"wrds": {"max": 1}, "hype": 3}')$$)),
    '23514 | invalid contract of focus profile "desk": hype must be an object, not a number (and 1 more problem) | '
    '$.hype: hype must be an object, not a number.' || E'\n'
    || '$.wrds: key "wrds" is no metric. Did you mean "words"? | '
    'aria_engine.focus_contracts.contract focus_contracts_contract_check', 'every problem at once');
SELECT is((SELECT concat_ws(' | ', state, message, hint) FROM pg_temp.attempt(
    $$INSERT INTO focus_contracts VALUES ('desc', '{}')$$)),
    '23503 | a contract of focus profile "desc", which does not exist | Did you mean "desk"?', 'of no profile');
SELECT is((SELECT concat_ws(' | ', state, message, place) FROM pg_temp.attempt(
    $$SELECT focus_put('{"focus_id": "desk", "contract": {"hype": 3}}')$$)),
    '22023 | invalid focus profile "desk": hype must be an object, not a number | '
    'aria_engine.focus_contracts.contract focus_contracts_contract_check', 'focus_put names the column');
SELECT is((SELECT state || ' ' || message FROM pg_temp.attempt($$INSERT INTO focus_contracts SELECT 'desk',
    jsonb_build_object('phrases', jsonb_build_object('forbidden', jsonb_agg(md5(i::text))))
    FROM generate_series(1, 20000) AS i$$)), '54000 the contract of focus profile "desk" is too large', 'too large');

-- --- prompts ----------------------------------------------------------------------------------------------------

SELECT focus_seed();
SELECT is_empty($$SELECT * FROM focus_prompt_lint()$$, 'the stock prompts');
UPDATE focus_profiles SET system_prompt_addon = E'Be kind \u00e4 to [Name].\nUse at most 3 hashtags.', enabled = false
WHERE focus_id = 'social';
SELECT results_eq($$SELECT focus_id, rule, severity, pos, line, col, matched, allowed FROM focus_prompt_lint()$$,
    $$VALUES ('social', 'placeholders', 'warning', 14::bigint, 1::bigint, 14::bigint, '[Name]', 0::float8),
             ('social', 'contradicts_contract', 'warning', 26, 2, 5, 'at most 3 hashtags', 2)$$, 'a bad one, disabled');
SELECT is((SELECT count(*) FROM focus_prompt_lint('social')), 2::bigint, 'of one profile');
SELECT is((SELECT count(*) FROM focus_prompt_lint('data')), 0::bigint, 'of a good one');
SELECT is((SELECT count(*) FROM focus_prompt_lint('nobody')), 0::bigint, 'of nobody');
SELECT is((SELECT string_agg(rule, ' ') FROM focus_prompt_findings('At least 900 words.', '{"words": {"max": 5}}',
    100)), 'contradicts_budget contradicts_contract', 'a prompt that is not stored');

-- --- restores ---------------------------------------------------------------------------------------------------

SELECT set_config('search_path', '', true);
SET LOCAL check_function_bodies = off;
INSERT INTO aria_engine.focus_contracts VALUES ('orphan', '{"words": {"max": 9}}');
SET LOCAL check_function_bodies = on;
SET LOCAL search_path = public, aria_engine;
SELECT is((SELECT count(*) FROM focus_history WHERE focus_id = 'orphan'), 0::bigint, 'a restore records nothing');
SELECT is((SELECT hint FROM focus_doctor() WHERE code = 'orphan_contract'),
    $$DELETE FROM aria_engine.focus_contracts WHERE focus_id = 'orphan'$$, 'the doctor names a contract of no profile');

-- --- what they are made of ---------------------------------------------------------------------------------------

SELECT is(focus_builtin_contract('tone', 'formal') -> 'slang', '{"max": 0}', 'a built-in word');
SELECT is(focus_builtin_contract('style', 'formal'), NULL, 'and none of the other kind');
SELECT is_empty($$SELECT tone FROM focus_tones WHERE builtin AND contract <> focus_builtin_contract('tone', tone)$$,
    'the tones have theirs');
SELECT is_empty($$SELECT style FROM focus_styles WHERE builtin AND contract <> focus_builtin_contract('style', style)$$,
    'and the styles');
SELECT is(focus_contract_text('{"b": [1.50, -0.0, 100, 1e3, true, null, "x\"y\u00e4"], "a": {}, "c": []}'),
    '{"a": {}, "b": [1.5, 0, 100, 1000, true, null, "x\"y' || chr(228) || '"], "c": []}', 'numbers without zeros');
SELECT is(focus_own_contract('orphan'), '{"words": {"max": 9}}', 'a contract');
SELECT is(focus_own_contract('nobody'), '{}', 'and none');
SELECT is(focus_wanted_contract('{"contract": null}'), '{}', 'null is none');
SELECT is((SELECT focus_whole(p) - 'contract' FROM focus_profiles AS p WHERE focus_id = 'desk'),
    (SELECT focus_whole(p) FROM focus_profiles AS p WHERE focus_id = 'desk'), 'a profile without one');
SELECT is((SELECT focus_effective_contract(p) FROM focus_profiles AS p WHERE focus_id = 'desk'), focus_contract('desk'),
    'focus_contract is the effective contract');
SELECT is_empty($$SELECT message FROM focus_contract_conflicts(focus_builtin_contract('tone', 'blunt'))$$,
    'no conflict');
SELECT is((SELECT (focus_store_with(p, true, '{"words": {"max": 5}}')).focus_id FROM focus_profiles AS p
    WHERE focus_id = 'desk') || focus_own_contract('desk')::text, NULL, 'what is there already is not new');
SELECT is((SELECT count(*) FROM focus_odd_contracts() WHERE code = 'orphan_contract'), 1::bigint, 'the orphan');

SELECT * FROM finish();
ROLLBACK;
