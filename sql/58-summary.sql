-- Chapter history: what differs between two versions of a profile, in words for people who review.

CREATE FUNCTION aria_engine.focus_keyword_changes(old_keywords jsonb, new_keywords jsonb)
    RETURNS TABLE(was jsonb, "now" jsonb, words text)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 5
    SET search_path = pg_catalog, pg_temp
    AS $$
    WITH entry AS (
        SELECT p.n, o.entry AS was, w.entry AS "now"
        FROM ROWS FROM (aria_engine.focus_keyword_pairs($1, $2)) WITH ORDINALITY AS p (old_place, new_place, n)
        LEFT JOIN jsonb_array_elements($1) WITH ORDINALITY AS o (entry, n) ON o.n = p.old_place
        LEFT JOIN jsonb_array_elements($2) WITH ORDINALITY AS w (entry, n) ON w.n = p.new_place
    ), changed AS (
        SELECT e.*, CASE WHEN e.was IS NULL THEN 1 WHEN e."now" IS NULL THEN 2 ELSE 3 END AS kind
        FROM entry AS e WHERE e.was IS DISTINCT FROM e."now"
    ), said AS (
        SELECT c.*, o.keyword AS old_keyword, o.match AS old_match, o.weight AS old_weight,
               w.keyword, w.match, w.weight,
               -- what would be taken for a part of the summary stands in quotes
               CASE WHEN s.name ~ '[,;"()]|->|^[-+]| [0-9]' THEN to_json(s.name)::text ELSE s.name END AS name
        FROM changed AS c
        CROSS JOIN LATERAL aria_engine.focus_keyword_entry(coalesce(c.was, 'null')) AS o
        CROSS JOIN LATERAL aria_engine.focus_keyword_entry(coalesce(c."now", 'null')) AS w
        CROSS JOIN LATERAL (SELECT coalesce(o.keyword, w.keyword)) AS s (name)
    )
    SELECT s.was, s."now", CASE s.kind
               WHEN 1 THEN '+' || s.name || coalesce(' (' || nullif(concat_ws(', ',
                   CASE WHEN s.weight <> 1 THEN s.weight END, nullif(s.match, 'auto')), '') || ')', '')
               WHEN 2 THEN '-' || s.name
               ELSE nullif(concat_ws(' ', s.name,
                   CASE WHEN s.old_keyword <> s.keyword THEN '-> ' || s.keyword END,
                   CASE WHEN s.old_weight <> s.weight THEN s.old_weight || ' -> ' || s.weight END,
                   CASE WHEN s.old_match <> s.match THEN s.old_match || ' -> ' || s.match END), s.name) END
    FROM said AS s ORDER BY s.kind, s.n
$$;
COMMENT ON FUNCTION aria_engine.focus_keyword_changes(jsonb, jsonb) IS
'Internal: the entries that two keyword lists do not share: what each was, what it is (NULL: not there), and in words '
'(+added, -removed, changed 1 -> 2; NULL where it is only written otherwise). Added ones first, then removed, then '
'changed ones.';

CREATE FUNCTION aria_engine.focus_summary(old_profile jsonb, new_profile jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
    WITH field AS (
        SELECT key, nullif(o.value, 'null') AS was, nullif(w.value, 'null') AS "now",
               CASE key WHEN 'expertise_keywords' THEN 0
                    ELSE coalesce(array_position(ARRAY[
                        'focus_id', 'display_name', 'emoji', 'description', 'tone', 'style', 'delegation_level',
                        'token_budget_hint', 'temperature_delta', '', 'system_prompt_addon', 'model_override',
                        'auto_skills', 'enabled'], key), 100) END AS n
        FROM jsonb_each($1) AS o FULL JOIN jsonb_each($2) AS w USING (key)
        WHERE key NOT IN ('created_at', 'updated_at', 'renamed_to')
    ), said AS (
        SELECT f.n, f.key, CASE
            WHEN f.key = 'expertise_keywords' THEN coalesce(
                (SELECT string_agg(c.words, ', ' ORDER BY c.n) FILTER (WHERE c.n <= 20)
                        || CASE WHEN count(*) > 20 THEN format(', and %s more', count(*) - 20) ELSE '' END
                 FROM (SELECT words, row_number() OVER () AS n
                       FROM aria_engine.focus_keyword_changes(f.was, f."now") WHERE words IS NOT NULL) AS c),
                CASE WHEN EXISTS (SELECT FROM aria_engine.focus_keyword_changes(f.was, f."now"))
                     THEN 'keywords written otherwise' ELSE 'keywords in another order' END)
            WHEN f.key = 'auto_skills' THEN 'auto_skills ' || coalesce(
                (SELECT string_agg(s.sign || s.skill, ', ' ORDER BY s.sign, s.n)
                 FROM (SELECT '+' AS sign, e.skill, e.n
                       FROM jsonb_array_elements_text(f."now") WITH ORDINALITY AS e (skill, n) WHERE NOT f.was ? e.skill
                       UNION ALL
                       SELECT '-', e.skill, e.n
                       FROM jsonb_array_elements_text(f.was) WITH ORDINALITY AS e (skill, n)
                       WHERE NOT f."now" ? e.skill) AS s), 'in another order')
            WHEN f.key IN ('description', 'system_prompt_addon') THEN format('%s %s -> %s', f.key,
                coalesce(length(f.was #>> '{}') || ' characters', 'none'),
                coalesce(length(f."now" #>> '{}') || ' characters', 'none'))
            WHEN f.n = 100 THEN f.key || ' changed'
            ELSE (SELECT format('%s %s -> %s', f.key, max(v.shown) FILTER (WHERE v.is_old),
                                max(v.shown) FILTER (WHERE NOT v.is_old))
                  FROM (SELECT x.is_old, CASE
                            WHEN x.value IS NULL THEN 'none'
                            WHEN x.value #>> '{}' ~ '^[A-Za-z0-9_.:/-]+$' COLLATE "C" THEN x.value #>> '{}'
                            ELSE left(x.value::text, 100) END
                        FROM (VALUES (true, f.was), (false, f."now")) AS x (is_old, value)) AS v (is_old, shown)) END
                AS words
        FROM field AS f WHERE f.was IS DISTINCT FROM f."now"
    )
    SELECT string_agg(s.words, '; ' ORDER BY s.n, s.key COLLATE "C") FROM said AS s
$$;
COMMENT ON FUNCTION aria_engine.focus_summary(jsonb, jsonb) IS
'Internal: what differs between two versions of a profile, for people: "+invoice, -down, refund 1 -> 2; tone warm -> '
'playful". Of texts that may be long it says the length, of more than 20 keywords the number. NULL where nothing does.';
