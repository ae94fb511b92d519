-- Chapter learning: an edit is tried on messages before it is made.

CREATE FUNCTION aria_engine.focus_candidates(document jsonb)
    RETURNS TABLE(focus_id text, delegation_level integer, enabled boolean, expertise_keywords jsonb)
    LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 10
    SET search_path = pg_catalog, pg_temp
    AS $$
#variable_conflict use_column
DECLARE
    is_export CONSTANT boolean := jsonb_typeof(document) = 'object' AND document ? 'profiles';
    place CONSTANT text := CASE WHEN is_export THEN '$.profiles' ELSE '$' END;
    listed jsonb := CASE WHEN is_export THEN document -> 'profiles'
                         WHEN jsonb_typeof(document) = 'object' THEN jsonb_build_array(document) ELSE document END;
    problems jsonb;
BEGIN
    IF jsonb_typeof(listed) IS DISTINCT FROM 'array' THEN
        RAISE EXCEPTION 'a document must be an array of patches or an export, not of type %', jsonb_typeof(document)
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Write [{"focus_id": "ops", "expertise_keywords": [...]}], or what focus_export() gives.';
    END IF;
    -- a patch changes what is stored, an exported profile is a whole one
    WITH candidate AS (
        SELECT e.n, e.patch,
               CASE WHEN p.focus_id IS NOT NULL AND NOT is_export AND jsonb_typeof(e.patch) = 'object'
                    THEN aria_engine.focus_content(p) || (e.patch - '{created_at,updated_at}'::text[])
                    ELSE e.patch END AS whole
        FROM jsonb_array_elements(listed) WITH ORDINALITY AS e (patch, n)
        LEFT JOIN aria_engine.focus_profiles AS p ON p.focus_id = e.patch ->> 'focus_id'
    ), problem AS (
        SELECT c.n AS candidate, v.n, jsonb_build_object(
            'path', format('%s[%s]%s', place, c.n - 1, substr(v.path, 2)), 'message', v.message, 'hint', v.hint,
            'field', v.field, 'code', v.code) AS said
        FROM candidate AS c, ROWS FROM (aria_engine.focus_validate(c.whole)) WITH ORDINALITY
            AS v (field, path, code, severity, message, hint, n)
        WHERE v.severity = 'error'
          AND NOT (v.code = 'not_in_vocabulary' AND EXISTS (
              SELECT FROM aria_engine.focus_brought_words(document) AS w
              WHERE w.kind = v.field AND w.word = c.patch ->> w.kind))
        UNION ALL
        SELECT c.n, 1000000, jsonb_build_object(
            'path', format('%s[%s].focus_id', place, c.n - 1), 'hint', 'Keep one of them.',
            'message', format('profile %s stands already at %s[%s]', to_json(left(c.patch ->> 'focus_id', 100)), place,
                              first.n - 1))
        FROM candidate AS c
        JOIN (SELECT o.patch ->> 'focus_id' AS id, min(o.n) AS n FROM candidate AS o GROUP BY 1) AS first
            ON first.id = c.patch ->> 'focus_id' AND first.n < c.n
    )
    SELECT jsonb_agg(p.said ORDER BY p.candidate, p.n) INTO problems FROM problem AS p;
    IF problems IS NOT NULL THEN
        PERFORM aria_engine.focus_refuse(
            'invalid document', problems, 'focus_validate(profile) lists problems as rows.');
    END IF;
    RETURN QUERY
        SELECT c.*
        FROM (
            SELECT m.focus_id::text, m.delegation_level, m.enabled, m.expertise_keywords
            FROM jsonb_array_elements(listed) AS e (patch)
            LEFT JOIN aria_engine.focus_profiles AS p ON p.focus_id = e.patch ->> 'focus_id' AND NOT is_export
            CROSS JOIN LATERAL aria_engine.focus_merge(p, e.patch) AS m
            UNION ALL
            SELECT p.focus_id::text, p.delegation_level, p.enabled, p.expertise_keywords
            FROM aria_engine.focus_profiles AS p
            WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(listed) AS e (patch)
                              WHERE e.patch ->> 'focus_id' = p.focus_id)
        ) AS c (id, level, is_enabled, keywords)
        ORDER BY c.id COLLATE "C";
END
$$;
COMMENT ON FUNCTION aria_engine.focus_candidates(jsonb) IS
'Internal: what routing reads of all profiles as they would be with a document of focus_changed_routes. Raises 22023 '
'with every problem and its path.';

CREATE FUNCTION aria_engine.focus_changed_routes(
    query text, document jsonb, threshold double precision DEFAULT 1,
    OUT message text, OUT actual text, OUT focus_now text, OUT focus_then text,
    OUT evidence_now double precision, OUT evidence_then double precision, OUT keywords_then text[])
    RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL RESTRICTED COST 10000 ROWS 100
    AS 'MODULE_PATHNAME', 'focus_changed_routes';
COMMENT ON FUNCTION aria_engine.focus_changed_routes(text, jsonb, double precision) IS
'The messages that an edit would send elsewhere, in the order of the query; nothing is written. query: as '
'focus_evaluate''s, but its second column, focus_id, may be missing. document: an array of patches as focus_put takes '
'them (or one patch), or an export, whose profiles are whole ones; profiles that it does not name stay as they are. A '
'row: the message, the focus_id that the query says (actual), where it goes now and where then (NULL: to nobody, no '
'evidence reaches threshold (NULL: 1); of a tie, which is an error, the profile that is not the actual one), evidence '
'of rank 1 now and then, the keywords that decide then. Where the query has labels a NOTICE counts what is fixed and '
'broken. Raises 22004 for a NULL query or document; 22023 for a bad document, with every problem and its path, and for '
'labels that neither set has; 54000 beyond aria_focus.max_learn_mb and aria_focus.max_cache_mb; other errors as '
'focus_evaluate.';
