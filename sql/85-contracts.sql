-- Chapter contracts: whether a text keeps what its focus promises. Pure functions: no table, no setting.

CREATE FUNCTION aria_engine.focus_lint(
    body text, contract jsonb,
    OUT rule text, OUT severity text, OUT message text, OUT pos bigint, OUT len bigint, OUT line bigint,
    OUT col bigint, OUT matched text, OUT measured double precision, OUT allowed double precision,
    OUT suggestion text)
    RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 2000 ROWS 5
    AS 'MODULE_PATHNAME', 'focus_lint';
COMMENT ON FUNCTION aria_engine.focus_lint(text, jsonb) IS
'What in a text breaks a contract: the rule (a metric, phrases.forbidden, phrases.required, phrases.required_any, language), its severity (suggestion, warning, error), a message with measure and limit, both as numbers, and for single hits the 1-based position and length in characters (substr(body, pos, len) = matched), line, column, and what to write instead where there is something. Findings about the whole text come first, with NULL as position; then at most 20 places a rule, in order. The text is read as Markdown; docs/contracts.md defines the metrics. NULL gives no rows. Raises 22023 for an invalid contract, naming every problem with its path; 54000 for a document of more than 10,000,000 values.';

CREATE FUNCTION aria_engine.focus_conforms(
    body text, contract jsonb, severity text DEFAULT 'warning')
    RETURNS boolean
    LANGUAGE c IMMUTABLE PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'focus_conforms';
COMMENT ON FUNCTION aria_engine.focus_conforms(text, jsonb, text) IS
'True if focus_lint(body, contract) has no finding of the severity (suggestion, warning, error; NULL: warning) or above; stops at the first that decides. May stand in a CHECK: rules without word lists never change their answer, word lists may change with a version (declare such a CHECK as NOT VALID). A NULL body or contract gives NULL. Raises 22023 for an invalid contract or severity; 54000 for a document of more than 10,000,000 values.';

CREATE FUNCTION aria_engine.focus_text_metrics(body text) RETURNS jsonb
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 2000
    AS 'MODULE_PATHNAME', 'focus_text_metrics';
COMMENT ON FUNCTION aria_engine.focus_text_metrics(text) IS
'Everything that a contract can bound, measured of a text read as Markdown: an object with a number for each metric, at most two decimals, null where it is not meaningful (a mean of nothing; words of English in a text of another language). docs/contracts.md defines the metrics. NULL gives NULL.';

CREATE FUNCTION aria_engine.focus_estimate_tokens(body text) RETURNS bigint
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 300
    AS 'MODULE_PATHNAME', 'focus_estimate_tokens';
COMMENT ON FUNCTION aria_engine.focus_estimate_tokens(text) IS
'How many tokens a text takes in a language model, estimated without its tokenizer (fitted to o200k), rounded up; 0 for the empty text. docs/contracts.md has the error a language: 3 to 6 percent for English, markdown and code; 1.15 times the estimate covers the true count of 94 texts in 100. NULL gives NULL.';

CREATE FUNCTION aria_engine.focus_lexicon(
    name text,
    OUT keyword text, OUT match text, OUT suggestion text)
    RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 50
    AS 'MODULE_PATHNAME', 'focus_lexicon';
COMMENT ON FUNCTION aria_engine.focus_lexicon(text) IS
'What a built-in word list holds, in the order that decides between entries: the keyword, how it matches, what to write instead (or NULL). The lists are called as their metrics: contractions, slang, hedges, vague_quantifiers, intensifiers, hype, emotive, harsh, wordy, pleasantries, filler_openers, courtesy, connectives, temporal, interjections, person. A list may grow with a version. NULL gives no rows. Raises 22023 for an unknown name.';

CREATE FUNCTION aria_engine.focus_validate_contract(
    contract jsonb,
    OUT field text, OUT path text, OUT code text, OUT severity text, OUT message text, OUT hint text)
    RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 ROWS 3
    AS 'MODULE_PATHNAME', 'focus_validate_contract';
COMMENT ON FUNCTION aria_engine.focus_validate_contract(jsonb) IS
'Every problem of a contract, in the order of its keys, as rows of focus_validate: unknown_key, missing, bad_type, not_in_vocabulary, out_of_range, and those of keyword lists. No row: it would be accepted. NULL gives no rows. Raises 54000 for a document of more than 10,000,000 values.';

CREATE FUNCTION aria_engine.focus_is_contract(contract jsonb) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100
    AS 'MODULE_PATHNAME', 'focus_is_contract';
COMMENT ON FUNCTION aria_engine.focus_is_contract(jsonb) IS
'True for a valid contract; focus_validate_contract says what is wrong. NULL gives NULL. Raises 54000 for a document of more than 10,000,000 values.';
