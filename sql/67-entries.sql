-- Chapter keywords: entries of a stored list, one at a time.

-- Locks the row. What waits for another transaction's change goes on with what it left.
CREATE FUNCTION aria_engine.focus_locked_keywords(focus_id text) RETURNS jsonb
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    known text[];
    stored jsonb;
BEGIN
    FOR round IN 1..100 LOOP
        SELECT p.expertise_keywords INTO stored FROM aria_engine.focus_profiles AS p WHERE p.focus_id = $1
        FOR NO KEY UPDATE;
        IF FOUND THEN RETURN stored; END IF;
        -- somebody else may have put another row in the place of one that he deleted
        EXIT WHEN NOT EXISTS (SELECT FROM aria_engine.focus_profiles AS p WHERE p.focus_id = $1);
    END LOOP;
    SELECT array_agg(p.focus_id::text ORDER BY p.focus_id COLLATE "C") INTO known FROM aria_engine.focus_profiles AS p;
    RAISE EXCEPTION 'focus profile "%" does not exist', $1
        USING ERRCODE = 'invalid_parameter_value',
              HINT = coalesce('Did you mean "' || aria_engine.focus_nearest($1, known) || '"?',
                              'focus_put(profile) makes one; focus_keywords lists those that have keywords.');
END
$$;
COMMENT ON FUNCTION aria_engine.focus_locked_keywords(text) IS
'Internal: the keyword list of a profile, whose row is locked until the transaction ends. Raises 22023 for an unknown '
'id.';

CREATE FUNCTION aria_engine.focus_add_keywords(focus_id text, keywords jsonb, reason text DEFAULT NULL)
    RETURNS aria_engine.focus_profiles
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    list jsonb;
BEGIN
    -- an invalid list is refused with the paths of what was given
    PERFORM aria_engine.focus_keyword_hits(''::text, coalesce($2, 'null'));
    list := aria_engine.focus_locked_keywords($1);
    WITH given AS (
        SELECT p.old_place, e.entry, e.n
        FROM jsonb_array_elements($2) WITH ORDINALITY AS e (entry, n)
        JOIN aria_engine.focus_keyword_pairs(list, $2) AS p ON p.new_place = e.n
    ), kept AS (
        SELECT e.n, CASE WHEN o.weight = w.weight AND o.match = w.match OR g.entry IS NULL THEN e.entry ELSE g.entry END
            AS entry
        FROM jsonb_array_elements(list) WITH ORDINALITY AS e (entry, n)
        LEFT JOIN given AS g ON g.old_place = e.n
        LEFT JOIN LATERAL aria_engine.focus_keyword_entry(e.entry) AS o ON g.entry IS NOT NULL
        LEFT JOIN LATERAL aria_engine.focus_keyword_entry(g.entry) AS w ON true
    )
    SELECT coalesce(jsonb_agg(a.entry ORDER BY a.is_new, a.n), '[]') INTO list
    FROM (SELECT k.entry, false, k.n FROM kept AS k
          UNION ALL
          SELECT g.entry, true, g.n FROM given AS g WHERE g.old_place IS NULL) AS a (entry, is_new, n);
    RETURN aria_engine.focus_put(
        jsonb_build_object('focus_id', $1, 'expertise_keywords', list), $3, NULL::bigint);
END
$$;
COMMENT ON FUNCTION aria_engine.focus_add_keywords(text, jsonb, text) IS
'Adds the entries of a keyword list at the end of a profile''s own. An entry whose keyword is there already (case does '
'not count) takes its place, if weight or match differ, else nothing is done. Locks the row: of two sessions that add '
'at once neither loses anything. Returns the stored row. reason goes into the history of this change. Raises 22023 for '
'an unknown id, an invalid list (all problems, each with its path) and for what focus_put refuses; 40001 as any write. '
'Needs the rights of focus_put.';

CREATE FUNCTION aria_engine.focus_remove_keywords(focus_id text, keywords text[], reason text DEFAULT NULL)
    RETURNS aria_engine.focus_profiles
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    list jsonb;
    places integer[];
    known text[];
    unknown text[];
    help text;
BEGIN
    IF $2 IS NULL THEN
        RAISE EXCEPTION 'keywords is NULL'
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Write ARRAY[''deploy'', ''docker''].';
    END IF;
    list := aria_engine.focus_locked_keywords($1);
    SELECT array_agg(f.place), array_agg(coalesce(f.keyword, 'NULL') ORDER BY f.n) FILTER (WHERE f.place IS NULL)
    INTO places, unknown
    FROM ROWS FROM (aria_engine.focus_keyword_places(list, $2)) WITH ORDINALITY AS f (keyword, place, n);
    IF unknown IS NOT NULL THEN
        SELECT array_agg(k.keyword ORDER BY e.n) INTO known
        FROM jsonb_array_elements(list) WITH ORDINALITY AS e (entry, n), aria_engine.focus_keyword_entry(e.entry) AS k;
        SELECT string_agg(DISTINCT format('"%s"', aria_engine.focus_nearest(u.keyword, known)), ', ') INTO help
        FROM unnest(unknown[:20]) AS u (keyword) WHERE aria_engine.focus_nearest(u.keyword, known) IS NOT NULL;
        RAISE EXCEPTION 'focus profile "%" has no keyword %', $1,
            (SELECT string_agg(to_json(left(u.keyword, 100))::text, ', ' ORDER BY u.n)
             FROM unnest(unknown[:20]) WITH ORDINALITY AS u (keyword, n))
                || CASE WHEN cardinality(unknown) > 20
                        THEN format(' and %s more', cardinality(unknown) - 20) ELSE '' END
            USING ERRCODE = 'invalid_parameter_value', DETAIL = 'Nothing was removed.',
                  HINT = coalesce('Did you mean ' || help || '?', 'The view focus_keywords lists what there is.');
    END IF;
    RETURN aria_engine.focus_put(
        jsonb_build_object('focus_id', $1, 'expertise_keywords', (
            SELECT coalesce(jsonb_agg(e.entry ORDER BY e.n), '[]')
            FROM jsonb_array_elements(list) WITH ORDINALITY AS e (entry, n)
            WHERE NOT EXISTS (SELECT FROM unnest(places) AS gone (place) WHERE gone.place = e.n))), $3, NULL::bigint);
END
$$;
COMMENT ON FUNCTION aria_engine.focus_remove_keywords(text, text[], text) IS
'Removes the entries with these keywords (case does not count) from the list of a profile, all or nothing. Locks the '
'row: of two sessions that edit at once neither loses anything. Returns the stored row. reason goes into the history '
'of this change. Raises 22023 for an unknown id, for keywords that are not in the list, naming them all with "did you '
'mean", and for NULL; 40001 as any write. Needs the rights of focus_put.';

-- The reader's own rights and policies count.
CREATE VIEW aria_engine.focus_keywords WITH (security_invoker = true) AS
    SELECT p.focus_id, e.place::integer AS place,
           CASE WHEN t.is_object THEN e.entry OPERATOR(pg_catalog.->>) 'keyword'::text
                ELSE e.entry OPERATOR(pg_catalog.#>>) '{}'::text[] END AS keyword,
           COALESCE(CASE WHEN t.is_object THEN e.entry OPERATOR(pg_catalog.->>) 'match'::text END, 'auto') AS match,
           CASE WHEN pg_catalog.jsonb_typeof(e.entry OPERATOR(pg_catalog.->) 'weight'::text)
                     OPERATOR(pg_catalog.=) 'number'::text
                THEN (e.entry OPERATOR(pg_catalog.->>) 'weight'::text)::double precision
                ELSE 1 END AS weight
    FROM aria_engine.focus_profiles AS p
    CROSS JOIN LATERAL pg_catalog.jsonb_array_elements(
        CASE WHEN pg_catalog.jsonb_typeof(p.expertise_keywords) OPERATOR(pg_catalog.=) 'array'::text
             THEN p.expertise_keywords END) WITH ORDINALITY AS e (entry, place)
    CROSS JOIN LATERAL (SELECT pg_catalog.jsonb_typeof(e.entry) OPERATOR(pg_catalog.=) 'object'::text) AS t (is_object);
COMMENT ON VIEW aria_engine.focus_keywords IS
'The keyword lists of all profiles, disabled ones too, a row an entry. Read-only: focus_add_keywords and '
'focus_remove_keywords change lists. The reader needs SELECT on focus_id and expertise_keywords of focus_profiles.';
COMMENT ON COLUMN aria_engine.focus_keywords.focus_id IS 'whose list';
COMMENT ON COLUMN aria_engine.focus_keywords.place IS
'place in the list, from 1: of two that could hit at one position the earlier one does';
COMMENT ON COLUMN aria_engine.focus_keywords.keyword IS 'the text, as written';
COMMENT ON COLUMN aria_engine.focus_keywords.match IS 'auto, word, prefix or fragment';
COMMENT ON COLUMN aria_engine.focus_keywords.weight IS 'evidence of a hit, -10 to 10; 1 where the entry does not say';
