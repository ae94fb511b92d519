-- Chapter keywords: keyword lists as such.

CREATE FUNCTION aria_engine.focus_is_keyword_list(keywords jsonb) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100
    AS 'MODULE_PATHNAME', 'focus_is_keyword_list';
COMMENT ON FUNCTION aria_engine.focus_is_keyword_list(jsonb) IS
'True for a valid keyword list: an array of strings or of objects {"keyword", "match", "weight"}; texts of 1 to 100 '
'characters with single inner spaces, no two equal after case folding; match auto, word, prefix or fragment; weight in '
'[-10, 10], not 0, at most three decimals. NULL gives NULL. focus_validate says what is wrong. Raises 54000 for a '
'document of more than 10,000,000 values.';

CREATE FUNCTION aria_engine.focus_keyword_hits(
    message text, keywords jsonb,
    OUT keyword text, OUT pos integer, OUT len integer, OUT matched text, OUT weight double precision)
    RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 5
    AS 'MODULE_PATHNAME', 'focus_keyword_hits';
COMMENT ON FUNCTION aria_engine.focus_keyword_hits(text, jsonb) IS
'The counted hits of a keyword list in a message, in order of position: the entry as the list has it, 1-based position '
'and length in characters (substr(message, pos, len) = matched), the matched text, the entry''s weight. Leftmost '
'first, at one position the entry listed first, no overlap. NULL gives no rows. Raises 22023 for an invalid list, '
'naming every problem with its path; 54000 beyond 10,000,000 hits.';

CREATE FUNCTION aria_engine.focus_is_blank(value text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'focus_is_blank';
COMMENT ON FUNCTION aria_engine.focus_is_blank(text) IS
'True for the empty text and for white space alone (Unicode property White_Space). NULL gives NULL. Used by the '
'constraints of focus_profiles.';

CREATE FUNCTION aria_engine.focus_is_skill_list(skills jsonb) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10
    AS 'MODULE_PATHNAME', 'focus_is_skill_list';
COMMENT ON FUNCTION aria_engine.focus_is_skill_list(jsonb) IS
'True for an array of non-blank strings without duplicates. NULL gives NULL. Raises 54000 for a document of more than '
'10,000,000 values. Used by the constraints of focus_profiles.';
