-- Chapter learning: routing that is measured, and improves.

CREATE TABLE aria_engine.focus_examples (
    example_id uuid DEFAULT pg_catalog.gen_random_uuid()
        CONSTRAINT focus_examples_pkey PRIMARY KEY,
    message text NOT NULL,
    focus_id character varying(50),
    note text,
    added_at timestamp with time zone DEFAULT pg_catalog.now() NOT NULL,
    added_by text DEFAULT SESSION_USER NOT NULL
);
COMMENT ON TABLE aria_engine.focus_examples IS
'Messages and the profiles that they should go to, for those who have no such table of their own: what focus_evaluate '
'and the other functions of the chapter learning read unless they are given a query. No foreign key, so that a profile '
'may be deleted and restored without its examples; a label without a profile is an error of the functions that read '
    'it.';
COMMENT ON COLUMN aria_engine.focus_examples.example_id IS 'a random key';
COMMENT ON COLUMN aria_engine.focus_examples.message IS 'the message as it came';
COMMENT ON COLUMN aria_engine.focus_examples.focus_id IS
'the profile that it should go to; NULL: it belongs to nobody';
COMMENT ON COLUMN aria_engine.focus_examples.note IS 'whatever helps: where it came from, why this label';
COMMENT ON COLUMN aria_engine.focus_examples.added_at IS 'when it was added';
COMMENT ON COLUMN aria_engine.focus_examples.added_by IS 'who added it: the session''s user';
COMMENT ON CONSTRAINT focus_examples_pkey ON aria_engine.focus_examples IS 'each example has a key of its own';

CREATE FUNCTION aria_engine.focus_evaluate(
    query text DEFAULT 'SELECT message, focus_id FROM aria_engine.focus_examples',
    threshold double precision DEFAULT 1, unknown_penalty double precision DEFAULT 0,
    OUT n bigint, OUT accuracy double precision, OUT accuracy_low double precision,
    OUT accuracy_high double precision, OUT ties double precision, OUT coverage double precision,
    OUT false_rejections double precision, OUT out_of_scope_recall double precision,
    OUT macro_precision double precision, OUT macro_recall double precision, OUT macro_f1 double precision,
    OUT weighted_f1 double precision, OUT baseline double precision)
    RETURNS record
    LANGUAGE c STABLE PARALLEL RESTRICTED COST 10000
    AS 'MODULE_PATHNAME', 'focus_evaluate';
COMMENT ON FUNCTION aria_engine.focus_evaluate(text, double precision, double precision) IS
'How well labelled messages are routed, in one row. query: one SELECT, VALUES or TABLE statement of two text columns, '
'message and focus_id (NULL: nobody''s); it runs read-only with the caller''s rights. Right is rank 1 with evidence >= '
'threshold (NULL: 1) and margin > 0; a message of nobody is right if it is not routed. unknown_penalty (0 to 10): what '
'each unknown word takes from all evidence, as focus_rank says. accuracy with its 95 % interval (Wilson); ties: share '
'of all where two profiles tie for rank 1; coverage: share routed at all; false_rejections: share of labelled messages '
'not routed; out_of_scope_recall: share of nobody''s not routed (both NULL without such messages); macro figures over '
'all actual and predicted classes, nobody included; baseline: the commonest label for all. Raises 22004 for a NULL '
'query, 42601 for another statement, 42804 for other columns, 22023 for labels without a profile, for no messages and '
'for another unknown_penalty, 54000 beyond aria_focus.max_learn_mb, and what the query and focus_rank raise.';

CREATE FUNCTION aria_engine.focus_classification_report(
    query text DEFAULT 'SELECT message, focus_id FROM aria_engine.focus_examples',
    threshold double precision DEFAULT 1, unknown_penalty double precision DEFAULT 0,
    OUT focus_id text, OUT "precision" double precision, OUT recall double precision,
    OUT f1 double precision, OUT support bigint, OUT predicted bigint, OUT most_confused_with text)
    RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL RESTRICTED COST 10000 ROWS 10
    AS 'MODULE_PATHNAME', 'focus_classification_report';
COMMENT ON FUNCTION aria_engine.focus_classification_report(text, double precision, double precision) IS
'A row for each enabled profile and one for nobody (focus_id NULL), last: precision, recall, f1 (0 where nothing can '
'be divided), support (messages that are its), predicted (messages that it was said of), most_confused_with (what its '
'messages were most often taken for; nobody for none; NULL where all were right). Arguments and errors as '
'focus_evaluate.';

CREATE FUNCTION aria_engine.focus_confusion(
    query text DEFAULT 'SELECT message, focus_id FROM aria_engine.focus_examples',
    threshold double precision DEFAULT 1, unknown_penalty double precision DEFAULT 0,
    OUT actual text, OUT predicted text, OUT n bigint, OUT example text)
    RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL RESTRICTED COST 10000 ROWS 50
    AS 'MODULE_PATHNAME', 'focus_confusion';
COMMENT ON FUNCTION aria_engine.focus_confusion(text, double precision, double precision) IS
'The confusion matrix, a row for each cell that is not 0, the largest first: actual and predicted profile (NULL: '
'nobody), n messages, and the first of them. Of a tie the predicted one is the tied profile that is not the actual one '
'and comes first in rank order. Arguments and errors as focus_evaluate.';

CREATE FUNCTION aria_engine.focus_predictions(
    query text DEFAULT 'SELECT message, focus_id FROM aria_engine.focus_examples',
    threshold double precision DEFAULT 1, unknown_penalty double precision DEFAULT 0,
    OUT message text, OUT actual text, OUT predicted text, OUT correct boolean,
    OUT evidence double precision, OUT margin double precision, OUT keywords text[],
    OUT actual_evidence double precision, OUT actual_keywords text[])
    RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL RESTRICTED COST 10000 ROWS 1000
    AS 'MODULE_PATHNAME', 'focus_predictions';
COMMENT ON FUNCTION aria_engine.focus_predictions(text, double precision, double precision) IS
'A row for each message, in the order of the query: actual and predicted profile (NULL: nobody), whether that is '
'right, evidence and margin of rank 1 (margin 0: a tie, which is an error), the keywords that the predicted profile '
'(of nobody: rank 1) hit, evidence and keywords of the actual profile. Arguments and errors as focus_evaluate.';

CREATE FUNCTION aria_engine.focus_threshold_sweep(
    query text DEFAULT 'SELECT message, focus_id FROM aria_engine.focus_examples',
    steps bigint DEFAULT 20, rejection double precision DEFAULT 0.02,
    unknown_penalty double precision DEFAULT 0,
    OUT threshold double precision, OUT accuracy double precision, OUT coverage double precision,
    OUT false_rejections double precision, OUT out_of_scope_recall double precision,
    OUT keeps_budget boolean, OUT auroc double precision)
    RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL RESTRICTED COST 10000 ROWS 20
    AS 'MODULE_PATHNAME', 'focus_threshold_sweep';
COMMENT ON FUNCTION aria_engine.focus_threshold_sweep(text, bigint, double precision, double precision) IS
'What other thresholds would do. They are quantiles of the evidence of rank 1, at most steps of them, ascending. '
'keeps_budget: false_rejections <= rejection (a share from 0 to 1). auroc, the same in all rows: the area under the '
'ROC curve of evidence as a sign that a message is somebody''s, 0.5 is chance; NULL where all messages or none are '
'labelled. Other figures as focus_evaluate. Raises 22023 for steps < 1 and for a rejection that is no share; other '
'errors as focus_evaluate.';

CREATE FUNCTION aria_engine.focus_keyword_report(
    query text DEFAULT 'SELECT message, focus_id FROM aria_engine.focus_examples',
    OUT focus_id text, OUT keyword text, OUT weight double precision, OUT hits bigint, OUT "right" bigint,
    OUT wrong bigint, OUT "precision" double precision, OUT overlaps bigint, OUT example_wrong text)
    RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL RESTRICTED COST 10000 ROWS 1000
    AS 'MODULE_PATHNAME', 'focus_keyword_report';
COMMENT ON FUNCTION aria_engine.focus_keyword_report(text) IS
'What each keyword of each enabled profile does on labelled messages, in list order, those that never hit included: '
'hits (messages), right (of them messages of its own profile; for a negative weight all others), wrong (the rest), '
'precision (right of hits; NULL without hits), overlaps (messages where another keyword of the profile hit too), the '
'first message where it was wrong. Arguments and errors as focus_evaluate.';

CREATE FUNCTION aria_engine.focus_suggest(
    query text DEFAULT 'SELECT message, focus_id FROM aria_engine.focus_examples',
    top bigint DEFAULT 5, threshold double precision DEFAULT 1, unknown_penalty double precision DEFAULT 0,
    OUT focus_id text, OUT keyword text, OUT match text, OUT weight double precision,
    OUT fixes bigint, OUT breaks bigint, OUT example text)
    RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL RESTRICTED COST 100000 ROWS 20
    AS 'MODULE_PATHNAME', 'focus_suggest';
COMMENT ON FUNCTION aria_engine.focus_suggest(text, bigint, double precision, double precision) IS
'New keywords for the lists of enabled profiles, at most top (NULL: 5) a profile, the most useful first. Each alone, '
'appended to its list, would mend fixes messages and break breaks others, exactly; fixes > breaks. match is word or '
'prefix; weight is 1, 0.5 (breaks ties) or -1 (speaks against the profile); example is the first message that it would '
'mend. Never a pure function word; at equal effect phrases go before words, words before prefixes; one that mends '
'nothing which those before it do not mend is left out. Raises 22023 for top < 1, 54000 beyond '
'aria_focus.max_learn_mb; other arguments and errors as focus_evaluate.';

CREATE FUNCTION aria_engine.focus_report(
    query text DEFAULT 'SELECT message, focus_id FROM aria_engine.focus_examples',
    title text DEFAULT 'How messages are routed', threshold double precision DEFAULT 1,
    unknown_penalty double precision DEFAULT 0)
    RETURNS text
    LANGUAGE c STABLE PARALLEL RESTRICTED COST 100000
    AS 'MODULE_PATHNAME', 'focus_report';
COMMENT ON FUNCTION aria_engine.focus_report(text, text, double precision, double precision) IS
'What the other functions say about labelled messages as one HTML page to look at: figures, confusion matrix, '
'profiles, mistakes with their hits marked, the threshold''s curve, keywords that mislead or never hit. '
'Self-contained: no script, nothing loaded from elsewhere, every value escaped; light and dark. Write it to a file in '
'UTF-8. title: the heading (NULL: the default). Raises 22023 for no messages; other arguments and errors as '
'focus_evaluate.';

CREATE FUNCTION aria_engine.focus_learn(
    query text DEFAULT 'SELECT message, focus_id FROM aria_engine.focus_examples',
    start text DEFAULT 'lists', new_entries bigint DEFAULT 5, max_entries bigint DEFAULT NULL,
    cut double precision DEFAULT 0.02, phrases bigint DEFAULT 500, function_words boolean DEFAULT false,
    rejection double precision DEFAULT 0.02, folds bigint DEFAULT 5,
    OUT focus_id text, OUT expertise_keywords jsonb, OUT added integer, OUT reweighted integer,
    OUT removed integer, OUT summary text, OUT recall_before double precision,
    OUT recall_after double precision, OUT messages integer)
    RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL RESTRICTED COST 1000000 ROWS 10
    AS 'MODULE_PATHNAME', 'focus_learn';
COMMENT ON FUNCTION aria_engine.focus_learn(
    text, text, bigint, bigint, double precision, bigint, boolean, double precision, bigint) IS
'Keyword lists that labelled messages teach; it writes nothing, focus_put does. query as focus_evaluate''s. start: '
'lists (entries of the present lists get new weights, up to new_entries are added) or nothing (a new list of words, '
'prefixes and up to phrases phrases). max_entries: of a list, NULL is no limit. cut (0 to 10): entries that change '
'less go. function_words: may they be new entries of present lists. rejection (0 to 1): from nothing, weights are '
'scaled so that threshold 1 sends away this share of held-out messages. folds (0, or 2 to 100): of the held-out '
'estimate; 0: none, and no scaling. A row for each enabled profile with messages: the list, how many entries were '
'added, reweighted, removed, a summary, recall on its messages before, recall_after held out (an estimate on these '
'rows, too high where the list was written from them; NULL without folds), and how many different messages it has. The '
'order of rows does not matter. Raises 22023 for options out of range, labels without a profile, fewer than two '
'profiles with messages; 54000 beyond aria_focus.max_learn_mb; other errors as focus_evaluate.';
