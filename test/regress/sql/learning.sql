-- Chapter learning: routing that is measured, and improves.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS aria_focus;
RESET client_min_messages;
\pset null '(null)'
SET extra_float_digits = 0;
DELETE FROM aria_engine.focus_profiles;

SELECT proname, provolatile AS volatile, proisstrict AS strict, proparallel AS parallel, proconfig AS config
FROM pg_proc
WHERE pronamespace = 'aria_engine'::regnamespace
  AND proname IN ('focus_evaluate', 'focus_classification_report', 'focus_confusion', 'focus_predictions',
                  'focus_threshold_sweep', 'focus_keyword_report', 'focus_suggest', 'focus_report',
                  'focus_learn')
ORDER BY proname COLLATE "C";

INSERT INTO aria_engine.focus_profiles (focus_id, display_name, enabled, expertise_keywords) VALUES
('billing', 'Billing', true, '["bill", "invoice"]'),
('travel', 'Travel', true, '["flight", {"keyword": "book", "weight": 0.5}]'),
('asleep', 'Asleep', false, '["dream"]');

--
-- Without examples
--
SELECT * FROM aria_engine.focus_evaluate();
SELECT * FROM aria_engine.focus_confusion();
SELECT * FROM aria_engine.focus_predictions();
SELECT * FROM aria_engine.focus_threshold_sweep();
SELECT * FROM aria_engine.focus_suggest();
SELECT * FROM aria_engine.focus_learn();

INSERT INTO aria_engine.focus_examples (message, focus_id) VALUES
('pay my bill', 'billing'), ('the invoice is wrong', 'billing'), ('what do I owe?', 'billing'),
('book a flight', 'travel'), ('a flight to rome', 'travel'), ('bill me for the flight', 'travel'),
('hello', NULL), ('the bill of a duck', NULL);
SELECT focus_id, note, added_by = session_user AS mine, added_at <= now() AS before_now
FROM aria_engine.focus_examples WHERE message = 'hello';

--
-- Figures
--
\x
SELECT * FROM aria_engine.focus_evaluate();
\x
SELECT * FROM aria_engine.focus_classification_report();
SELECT * FROM aria_engine.focus_confusion();
SELECT * FROM aria_engine.focus_predictions() ORDER BY message COLLATE "C";
SELECT * FROM aria_engine.focus_threshold_sweep(steps => 4);
SELECT * FROM aria_engine.focus_keyword_report();
SELECT accuracy, ties, coverage FROM aria_engine.focus_evaluate(threshold => 1.25);

-- What each unknown word costs: "my", "a" and the like are unknown.
SELECT accuracy, coverage, out_of_scope_recall
FROM aria_engine.focus_evaluate(threshold => 0.5, unknown_penalty => 0.3);
SELECT count(*) FILTER (WHERE predicted IS NULL) AS not_routed, sum(n)
FROM aria_engine.focus_confusion(threshold => 0.5, unknown_penalty => 0.3);
SELECT predicted, support FROM aria_engine.focus_classification_report(unknown_penalty => 0.3);
SELECT message, predicted, evidence, margin
FROM aria_engine.focus_predictions(unknown_penalty => 0.25) ORDER BY message COLLATE "C";
SELECT threshold, coverage FROM aria_engine.focus_threshold_sweep(unknown_penalty => 0.3);
SELECT n FROM aria_engine.focus_evaluate(unknown_penalty => -1);

-- A query of one's own: varchar, domains and white space of char columns as the cast to text does it.
SELECT n, accuracy, false_rejections, out_of_scope_recall
FROM aria_engine.focus_evaluate($$VALUES ('my bill'::char(20), 'billing'::varchar), ('a flight', 'travel')$$);
SELECT n FROM aria_engine.focus_evaluate('SELEC message');
SELECT n, accuracy FROM aria_engine.focus_evaluate($$SELECT m, aria_engine.focus_route(m, NULL)
                                                       FROM unnest(ARRAY['my bill', 'a flight', 'x']) AS m$$);

--
-- Suggestions
--
SELECT * FROM aria_engine.focus_suggest();
SELECT * FROM aria_engine.focus_suggest(top => 1);
SELECT * FROM aria_engine.focus_suggest(threshold => 2);
SELECT * FROM aria_engine.focus_suggest(unknown_penalty => 0.3);
SELECT * FROM aria_engine.focus_suggest(top => 0);

--
-- The report
--
SELECT report LIKE '<!doctype html>%</html>%' AS is_page,
       report LIKE '%<title>Ours &amp; &lt;theirs&gt;</title>%' AS has_title,
       report LIKE '%8 labelled messages, 2 enabled profiles, threshold 0.5, each unknown word costs 0.1<%' AS says_how,
       report ~* '<script|src=|https?:' AS loads
FROM aria_engine.focus_report(title => 'Ours & <theirs>', threshold => 0.5, unknown_penalty => 0.1) AS report;
SELECT report LIKE '%<h1 class="m">How messages are routed</h1>%' AS has_default
FROM aria_engine.focus_report(title => NULL) AS report;
SELECT aria_engine.focus_report('SELECT message, focus_id FROM aria_engine.focus_examples WHERE false');
SELECT aria_engine.focus_report(NULL);

--
-- What is told, what is refused
--
SELECT n FROM aria_engine.focus_evaluate(
    $$VALUES ('a', 'asleep'), (NULL, 'billing'), ('b', 'billing'), ('b', 'billing'),
                                                  ('c', 'billing'), ('c', 'travel')$$);
SELECT n FROM aria_engine.focus_evaluate($$VALUES ('a', 'biling'), ('b', 'nowhere'), ('c', 'nowhere')$$);
SELECT n FROM aria_engine.focus_evaluate(NULL);
SELECT n FROM aria_engine.focus_evaluate('SELECT 1; SELECT 2');
SELECT n FROM aria_engine.focus_evaluate('');
SELECT n FROM aria_engine.focus_evaluate('DELETE FROM aria_engine.focus_examples RETURNING message, focus_id');
SELECT n FROM aria_engine.focus_evaluate($$WITH gone AS (DELETE FROM aria_engine.focus_examples RETURNING message)
                                           SELECT message, 'billing' FROM gone$$);
SELECT n FROM aria_engine.focus_evaluate('SELECT message, focus_id INTO gone FROM aria_engine.focus_examples');
SELECT n FROM aria_engine.focus_evaluate('SELECT message FROM aria_engine.focus_examples');
SELECT n FROM aria_engine.focus_evaluate('SELECT message, 1 FROM aria_engine.focus_examples');
SELECT * FROM aria_engine.focus_threshold_sweep(steps => 0);
SELECT * FROM aria_engine.focus_threshold_sweep(rejection => 2);

--
-- Learning
--
SELECT focus_id, added, reweighted, removed, recall_before, messages, recall_after IS NULL AS no_estimate
FROM aria_engine.focus_learn(folds => 0);
SELECT focus_id, expertise_keywords, summary
FROM aria_engine.focus_learn(start => 'nothing', max_entries => 3, folds => 0);
-- Whatever the order of the rows.
SELECT count(*) AS different
FROM aria_engine.focus_learn($$SELECT message, focus_id FROM aria_engine.focus_examples ORDER BY message$$) AS a
JOIN aria_engine.focus_learn($$SELECT message, focus_id FROM aria_engine.focus_examples ORDER BY message DESC$$) AS b
    USING (focus_id)
WHERE a.expertise_keywords <> b.expertise_keywords;
-- What it returns can be put, and routes.
SELECT (aria_engine.focus_put(jsonb_build_object('focus_id', focus_id, 'expertise_keywords', expertise_keywords),
                              'learned')).focus_id
FROM aria_engine.focus_learn();
SELECT accuracy, ties FROM aria_engine.focus_evaluate();
SELECT * FROM aria_engine.focus_learn($$VALUES ('a', 'billing')$$);
SELECT * FROM aria_engine.focus_learn(start => 'zero');
SELECT * FROM aria_engine.focus_learn(folds => 1);
SELECT * FROM aria_engine.focus_learn(folds => -1);
SELECT * FROM aria_engine.focus_learn(cut => 'NaN');
SELECT * FROM aria_engine.focus_learn(max_entries => 0);
SELECT * FROM aria_engine.focus_learn(rejection => 1.5);
SET aria_focus.max_learn_mb = 1;
SELECT * FROM aria_engine.focus_learn($$SELECT repeat('word' || n || ' ', 20), CASE WHEN n % 2 = 0 THEN 'billing'
    ELSE 'travel' END
                                        FROM generate_series(1, 20000) AS n$$);
RESET aria_focus.max_learn_mb;

DELETE FROM aria_engine.focus_examples;
DELETE FROM aria_engine.focus_profiles;
