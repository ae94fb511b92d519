-- Chapter contracts: texts against contracts, and what a contract may say.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS aria_focus;
RESET client_min_messages;
\pset null '(null)'

SELECT proname, provolatile AS volatile, proisstrict AS strict, proparallel AS parallel
FROM pg_proc
WHERE pronamespace = 'aria_engine'::regnamespace
  AND proname IN ('focus_lint', 'focus_conforms', 'focus_text_metrics', 'focus_estimate_tokens', 'focus_lexicon',
                  'focus_validate_contract', 'focus_is_contract')
ORDER BY proname COLLATE "C";

--
-- Findings
--
SELECT * FROM aria_engine.focus_lint(E'It is done!\nWe don''t know, it''s late.',
    '{"exclamations": {"max": 0}, "contractions": {"max_per_100_words": 1.5, "severity": "error", "located": '
    '"suggestion"}}');
SELECT rule, severity, message, pos, len, matched FROM aria_engine.focus_lint('Great synergy, Synergy! 🎉 Source: me.',
    '{"emojis": {"max": 0}, "phrases": {"forbidden": ["synergy"], "required": [{"keyword": "WARNING:", "at": "line '
    'start"}],
      "required_any": ["no source found", "source:"]}}');
SELECT rule, severity, message FROM aria_engine.focus_lint('Too long a text.',
    '{"tokens": [{"max": 3}, {"max": 2, "severity": "suggestion"}]}');
SELECT rule, severity, message FROM aria_engine.focus_lint('Die Sicherung ist fertig, und das wäre schön für uns.',
    '{"hedges": {"max": 0}, "words": {"max": 9}}');
SELECT * FROM aria_engine.focus_lint('Fine.', '{"exclamations": {"max": 0}}');
SELECT * FROM aria_engine.focus_lint('Fine.', '{}');
SELECT * FROM aria_engine.focus_lint(NULL, '{}');
SELECT * FROM aria_engine.focus_lint('Fine.', NULL);
SELECT count(*) AS places, max(measured) AS total
    FROM aria_engine.focus_lint(repeat('Wow! ', 30), '{"exclamations": {"max": 0}}') WHERE pos IS NOT NULL;

--
-- Conforming
--
SELECT severity, aria_engine.focus_conforms('Wow!', '{"exclamations": {"max": 0, "severity": "warning"}}',
    severity) AS conforms
FROM unnest(ARRAY['suggestion', 'warning', 'error', NULL]) AS severity;
SELECT aria_engine.focus_conforms('Wow!', '{"exclamations": {"max": 0}}') AS usual,
       aria_engine.focus_conforms(NULL, '{}') AS no_text, aria_engine.focus_conforms('Wow!', NULL) AS no_contract;
CREATE TEMP TABLE posts (body text CHECK (aria_engine.focus_conforms(body,
    '{"characters": {"max": 20}, "hashtags": {"max": 1}}')));
INSERT INTO posts VALUES ('Short #one'), (NULL);
INSERT INTO posts VALUES ('Short #one #two');
INSERT INTO posts VALUES ('Longer than twenty characters');

--
-- Metrics and tokens
--
SELECT key, value FROM jsonb_each(aria_engine.focus_text_metrics(
    E'# Title\n\nIt isn''t done! Is it?\n\n- one\n- two 2\n\n```\ncode\n```\n')) WHERE value NOT IN ('0', 'null')
        ORDER BY key COLLATE "C";
SELECT count(*) AS metrics, count(*) FILTER (WHERE value = 'null') AS without_meaning
    FROM jsonb_each(aria_engine.focus_text_metrics(''));
SELECT aria_engine.focus_text_metrics(NULL) AS metrics, aria_engine.focus_estimate_tokens(NULL) AS tokens,
    aria_engine.focus_estimate_tokens('') AS none;
SELECT aria_engine.focus_estimate_tokens('The backup finished at 02:14 UTC. It copied 412 GB in 38 minutes.') AS tokens;

--
-- Word lists
--
SELECT * FROM aria_engine.focus_lexicon('wordy') LIMIT 3;
SELECT name, count(*) > 30 AS many FROM unnest(ARRAY['contractions', 'slang', 'hedges', 'hype', 'emotive', 'harsh',
    'courtesy']) AS name,
    LATERAL aria_engine.focus_lexicon(name) GROUP BY name ORDER BY name;
SELECT * FROM aria_engine.focus_lexicon(NULL);
SELECT * FROM aria_engine.focus_lexicon('hedge');

--
-- What a contract may say
--
SELECT contract, aria_engine.focus_is_contract(contract::jsonb) AS valid
FROM unnest(ARRAY['{}', '{"words": "off"}', '{"words": {"max": 3, "from": "profile"}}', '{"language": "en"}', NULL,
    '[]', 'null', '{"word": {"max": 3}}',
                  '{"words": {}}', '{"words": {"max": 1, "min": 2}}',
                      '{"phrases": {"forbidden": ["a", "A"]}}']) WITH ORDINALITY AS c (contract, n)
ORDER BY n;
SELECT * FROM aria_engine.focus_validate_contract(
    '{"exclamation": {"max": 0}, "hype": {"max": "1", "severity": "warn"}, "words": {"max_per_100_words": 1},
    "phrases": {"required": [{"keyword": "a", "at": "beginning"}, ""]}}');
SELECT * FROM aria_engine.focus_validate_contract('{"exclamations": {"max": 0}}');
SELECT * FROM aria_engine.focus_lint('x', '{"exclamation": {"max": 0}, "words": 3}');
SELECT aria_engine.focus_conforms('x', '[]');
SELECT aria_engine.focus_conforms('x', '{}', 'eror');
