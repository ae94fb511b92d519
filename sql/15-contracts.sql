-- Chapter contracts: the form of a contract, which tables of other chapters keep.

CREATE FUNCTION aria_engine.focus_validate_contract(
    contract jsonb,
    OUT field text, OUT path text, OUT code text, OUT severity text, OUT message text, OUT hint text)
    RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 ROWS 3
    AS 'MODULE_PATHNAME', 'focus_validate_contract';
COMMENT ON FUNCTION aria_engine.focus_validate_contract(jsonb) IS
'Every problem of a contract, in the order of its keys, as rows of focus_validate: unknown_key, missing, bad_type, '
'not_in_vocabulary, out_of_range, and those of keyword lists. No row: it would be accepted. NULL gives no rows. Raises '
'54000 for a document of more than 10,000,000 values.';

CREATE FUNCTION aria_engine.focus_is_contract(contract jsonb) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100
    AS 'MODULE_PATHNAME', 'focus_is_contract';
COMMENT ON FUNCTION aria_engine.focus_is_contract(jsonb) IS
'True for a valid contract; focus_validate_contract says what is wrong. NULL gives NULL. Raises 54000 for a document '
'of more than 10,000,000 values.';

CREATE FUNCTION aria_engine.focus_builtin_contract(kind text, word text) RETURNS jsonb
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'focus_builtin_contract';
COMMENT ON FUNCTION aria_engine.focus_builtin_contract(text, text) IS
'Internal: the contract that this version gives a built-in word; kind is tone or style. NULL for every other word, and '
'for NULL.';
