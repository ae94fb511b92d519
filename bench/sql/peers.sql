-- What the database itself and PL/Python have to offer instead, for the keywords in bench_keywords.

CREATE FUNCTION bench_pattern(id text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT string_agg(regexp_replace(keyword, '([][(){}.*+?^$|\\-])', '\\\1', 'g'), '|' ORDER BY place)
    FROM bench_keywords WHERE focus_id = id
$$;

CREATE FUNCTION bench_likes(id text) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT array_agg('%' || regexp_replace(keyword, '([\\%_])', '\\\1', 'g') || '%')
    FROM bench_keywords WHERE focus_id = id
$$;

CREATE FUNCTION bench_tsquery(id text) RETURNS tsquery LANGUAGE sql STABLE AS $$
    SELECT string_agg('(' || query || ')', ' | ')::tsquery
    FROM (SELECT phraseto_tsquery('english', keyword)::text AS query
          FROM bench_keywords WHERE focus_id = id) AS queries
    WHERE query <> ''
$$;
