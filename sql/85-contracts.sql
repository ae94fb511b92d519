-- Chapter contracts: whether a text keeps what its focus promises. The functions up to focus_lexicon read no table.

CREATE FUNCTION aria_engine.focus_lint(
    body text, contract jsonb,
    OUT rule text, OUT severity text, OUT message text, OUT pos bigint, OUT len bigint, OUT line bigint,
    OUT col bigint, OUT matched text, OUT measured double precision, OUT allowed double precision,
    OUT suggestion text)
    RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 2000 ROWS 5
    AS 'MODULE_PATHNAME', 'focus_lint';
COMMENT ON FUNCTION aria_engine.focus_lint(text, jsonb) IS
'What in a text breaks a contract: the rule (a metric, phrases.forbidden, phrases.required, phrases.required_any, '
'language), its severity (suggestion, warning, error), a message with measure and limit, both as numbers, and for '
'single hits the 1-based position and length in characters (substr(body, pos, len) = matched), line, column, and what '
'to write instead where there is something. Findings about the whole text come first, with NULL as position; then at '
'most 20 places a rule, in order. The text is read as Markdown; docs/contracts.md defines the metrics. NULL gives no '
'rows. Raises 22023 for an invalid contract, naming every problem with its path; 54000 for a document of more than '
'10,000,000 values.';

CREATE FUNCTION aria_engine.focus_conforms(
    body text, contract jsonb, severity text DEFAULT 'warning')
    RETURNS boolean
    LANGUAGE c IMMUTABLE PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'focus_conforms';
COMMENT ON FUNCTION aria_engine.focus_conforms(text, jsonb, text) IS
'True if focus_lint(body, contract) has no finding of the severity (suggestion, warning, error; NULL: warning) or '
'above; stops at the first that decides. May stand in a CHECK: rules without word lists never change their answer, '
'word lists may change with a version (declare such a CHECK as NOT VALID). A NULL body or contract gives NULL. Raises '
'22023 for an invalid contract or severity; 54000 for a document of more than 10,000,000 values.';

CREATE FUNCTION aria_engine.focus_text_metrics(body text) RETURNS jsonb
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 2000
    AS 'MODULE_PATHNAME', 'focus_text_metrics';
COMMENT ON FUNCTION aria_engine.focus_text_metrics(text) IS
'Everything that a contract can bound, measured of a text read as Markdown: an object with a number for each metric, '
'at most two decimals, null where it is not meaningful (a mean of nothing; words of English in a text of another '
'language). docs/contracts.md defines the metrics. NULL gives NULL.';

CREATE FUNCTION aria_engine.focus_estimate_tokens(body text) RETURNS bigint
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 300
    AS 'MODULE_PATHNAME', 'focus_estimate_tokens';
COMMENT ON FUNCTION aria_engine.focus_estimate_tokens(text) IS
'How many tokens a text takes in a language model, estimated without its tokenizer (fitted to o200k), rounded up; 0 '
'for the empty text. docs/contracts.md has the error a language: 3 to 6 percent for English, markdown and code; 1.15 '
'times the estimate covers the true count of 94 texts in 100. NULL gives NULL.';

CREATE FUNCTION aria_engine.focus_lexicon(
    name text,
    OUT keyword text, OUT match text, OUT suggestion text)
    RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 50
    AS 'MODULE_PATHNAME', 'focus_lexicon';
COMMENT ON FUNCTION aria_engine.focus_lexicon(text) IS
'What a built-in word list holds, in the order that decides between entries: the keyword, how it matches, what to '
'write instead (or NULL). The lists are called as their metrics: contractions, slang, hedges, vague_quantifiers, '
'intensifiers, hype, emotive, harsh, wordy, pleasantries, filler_openers, courtesy, connectives, temporal, '
'interjections, person. A list may grow with a version. NULL gives no rows. Raises 22023 for an unknown name.';

CREATE FUNCTION aria_engine.focus_contract(focus_id text) RETURNS jsonb
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 300
    AS 'MODULE_PATHNAME', 'focus_contract';
COMMENT ON FUNCTION aria_engine.focus_contract(text) IS
'What a profile promises, as a contract: closed fences, no invisible characters, no placeholders, its token budget (a '
'warning from 1.15 times, a suggestion from 1 time on; 0: none), the contracts of its tone and its style, and its own; '
'"from" says where each limit comes from. Of two limits of one kind and severity the stricter one stands; a member of '
'its own contract replaces all limits of that metric, "off" removes them. NULL for NULL, an unknown or a disabled '
'focus. Raises 42501 without SELECT on focus_profiles.';

CREATE FUNCTION aria_engine.focus_check(
    reply text, focus_id text,
    OUT rule text, OUT severity text, OUT message text, OUT pos bigint, OUT len bigint, OUT line bigint,
    OUT col bigint, OUT matched text, OUT measured double precision, OUT allowed double precision,
    OUT suggestion text)
    RETURNS SETOF record
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 3000 ROWS 5
    AS 'MODULE_PATHNAME', 'focus_check';
COMMENT ON FUNCTION aria_engine.focus_check(text, text) IS
'What in a reply breaks what its focus promises: focus_lint(reply, focus_contract(focus_id)). No rows for a clean '
'reply, for NULL, and for an unknown or disabled focus. Raises 42501 without SELECT on focus_profiles.';

CREATE FUNCTION aria_engine.focus_check_reply() RETURNS trigger
    LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    mode text := TG_ARGV[2];
    least text := coalesce(TG_ARGV[3], 'warning');
    row_now jsonb;
    wanted record;
    contract jsonb;
    reply text;
    findings jsonb;
BEGIN
    IF TG_WHEN <> 'BEFORE' OR TG_LEVEL <> 'ROW' OR TG_OP NOT IN ('INSERT', 'UPDATE') THEN
        RAISE EXCEPTION 'focus_check_reply is no trigger for % % ... FOR EACH %', TG_WHEN, TG_OP, TG_LEVEL
            USING ERRCODE = '22023', HINT = 'Write BEFORE INSERT OR UPDATE ... FOR EACH ROW.';
    END IF;
    IF mode IS NULL OR mode NOT IN ('annotate', 'reject') OR TG_NARGS > 4 OR (mode = 'annotate' AND TG_NARGS <> 4)
        OR (mode = 'reject' AND least NOT IN ('suggestion', 'warning', 'error')) THEN
        RAISE EXCEPTION 'invalid arguments of focus_check_reply: %', array_to_string(TG_ARGV, ', ')
            USING ERRCODE = '22023',
                  HINT = 'Write (''text column'', ''focus column'', ''annotate'', ''jsonb column''), or ''reject'' and '
                      'a severity.';
    END IF;
    FOR wanted IN
        SELECT w.name, w.types, a.atttypid::regtype::text AS type
        FROM (VALUES (TG_ARGV[0], ARRAY['text', 'character varying']), (TG_ARGV[1], ARRAY['text', 'character varying']),
                     (CASE WHEN mode = 'annotate' THEN TG_ARGV[3] END, ARRAY['jsonb'])) AS w (name, types)
        LEFT JOIN pg_attribute AS a ON a.attrelid = TG_RELID AND a.attname = w.name::name AND a.attnum > 0
            AND NOT a.attisdropped
        WHERE w.name IS NOT NULL
    LOOP
        IF wanted.type IS NULL THEN
            RAISE EXCEPTION 'table "%" has no column "%"', TG_TABLE_NAME, wanted.name
                USING ERRCODE = '42703', HINT = 'The arguments of the trigger name columns of its table.';
        ELSIF wanted.type <> ALL (wanted.types) THEN
            RAISE EXCEPTION 'column "%" is of type %, not %', wanted.name, wanted.type, wanted.types[1]
                USING ERRCODE = '42804', HINT = 'The reply and its focus are text, the findings jsonb.';
        END IF;
    END LOOP;
    row_now := to_jsonb(NEW);
    IF TG_OP = 'UPDATE' THEN
        IF ROW(row_now -> TG_ARGV[0], row_now -> TG_ARGV[1])
            IS NOT DISTINCT FROM ROW(to_jsonb(OLD) -> TG_ARGV[0], to_jsonb(OLD) -> TG_ARGV[1]) THEN
            RETURN NEW;
        END IF;
    END IF;
    reply := row_now ->> TG_ARGV[0];
    contract := aria_engine.focus_contract(row_now ->> TG_ARGV[1]);
    IF mode = 'annotate' THEN
        IF reply IS NOT NULL AND contract IS NOT NULL THEN
            SELECT coalesce(jsonb_agg(jsonb_strip_nulls(to_jsonb(f) - 'ordinality') ORDER BY f.ordinality), '[]')
            INTO findings FROM ROWS FROM (aria_engine.focus_lint(reply, contract)) WITH ORDINALITY AS f;
        END IF;
        RETURN jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[3], findings));
    END IF;
    IF NOT aria_engine.focus_conforms(reply, contract, least) THEN
        RAISE EXCEPTION 'the reply breaks what focus "%" promises', row_now ->> TG_ARGV[1]
            USING ERRCODE = '23514', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = TG_ARGV[0],
                  DETAIL = (SELECT string_agg(format('%s %s: %s', f.severity, f.rule, f.message)
                                || CASE WHEN f.pos IS NULL THEN ''
                                    ELSE format(' at line %s, column %s', f.line, f.col) END, E'\n'
                                    ORDER BY f.ordinality)
                            FROM ROWS FROM (aria_engine.focus_lint(reply, contract)) WITH ORDINALITY AS f),
                  HINT = 'focus_contract(focus_id) has the limits.';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION aria_engine.focus_check_reply() IS
'Trigger for a table of replies, BEFORE INSERT OR UPDATE FOR EACH ROW, with the arguments: the column of the text, the '
'column of the focus_id, and either ''annotate'' and a jsonb column (which gets the findings as an array, [] for a '
'clean reply, NULL where the text is NULL or the focus is NULL, unknown or disabled), or ''reject'' and optionally a '
'severity (suggestion, warning, error; default warning): such a reply is refused with 23514 and all findings in '
'DETAIL. An UPDATE that leaves text and focus alone judges nothing. Raises 22023 for wrong arguments or another kind '
'of trigger, 42703 for an unknown column, 42804 for one of another type, 42501 without SELECT on focus_profiles.';
