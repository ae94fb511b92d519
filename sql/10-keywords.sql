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

CREATE FUNCTION aria_engine.focus_keyword_places(
    keywords jsonb, wanted text[], OUT keyword text, OUT place integer)
    RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 5
    AS 'MODULE_PATHNAME', 'focus_keyword_places';
COMMENT ON FUNCTION aria_engine.focus_keyword_places(jsonb, text[]) IS
'Internal: a row for each of the wanted keywords, in their order: the place, from 1, of the entry of a keyword list '
'that has it, as duplicates are told (case does not count); NULL if none has.';

CREATE FUNCTION aria_engine.focus_keyword_entry(entry jsonb, OUT keyword text, OUT match text, OUT weight numeric)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
    SELECT CASE WHEN jsonb_typeof($1) = 'object' THEN $1 ->> 'keyword' ELSE $1 #>> '{}' END,
           coalesce(CASE WHEN jsonb_typeof($1) = 'object' THEN $1 ->> 'match' END, 'auto'),
           CASE WHEN jsonb_typeof($1 -> 'weight') = 'number' THEN trim_scale(($1 ->> 'weight')::numeric) ELSE 1 END
$$;
COMMENT ON FUNCTION aria_engine.focus_keyword_entry(jsonb) IS
'Internal: what an entry of a keyword list says, with the defaults of what it leaves out.';

CREATE FUNCTION aria_engine.focus_keyword_pairs(
    old_keywords jsonb, new_keywords jsonb, OUT old_place integer, OUT new_place integer)
    RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 50
    AS 'MODULE_PATHNAME', 'focus_keyword_pairs';
COMMENT ON FUNCTION aria_engine.focus_keyword_pairs(jsonb, jsonb) IS
'Internal: the places, from 1, of each entry in two keyword lists, as duplicates are told; NULL where a list has it '
'not. The entries of the new list in its order, then those that it has no more.';
