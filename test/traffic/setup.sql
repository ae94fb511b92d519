-- Profiles, messages, and an oracle that knows nothing of the extension: it splits a message at its spaces and looks
-- each word up in the rows. That is right here because all words have seven letters or digits: none is part of
-- another, and hits cannot overlap.
CREATE EXTENSION aria_focus;
CREATE SCHEMA traffic;

-- The n-th word of a kind; words of two kinds differ in their first letter.
CREATE FUNCTION traffic.word(kind text, n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT kind || substr(md5(kind || n), 1, 6)
$$;

-- A list: weighted words of kind w, in each kind of match, then plain words of kind r.
CREATE FUNCTION traffic.random_list() RETURNS jsonb LANGUAGE sql VOLATILE AS $$
    SELECT (SELECT jsonb_agg(jsonb_build_object(
                'keyword', CASE WHEN random() < 0.5 THEN upper(text) ELSE text END,
                'match', (ARRAY['auto', 'word', 'prefix', 'fragment'])[1 + floor(random() * 4)::integer],
                'weight', (ARRAY[0.5, 1, 1.125, 2, -1])[1 + floor(random() * 5)::integer]))
            FROM (SELECT DISTINCT traffic.word('w', floor(random() * 200)::bigint) AS text
                  FROM generate_series(1, 12)) AS weighted)
        || (SELECT jsonb_agg(text)
            FROM (SELECT DISTINCT traffic.word('r', floor(random() * 100)::bigint) AS text
                  FROM generate_series(1, 5)) AS plain)
$$;

INSERT INTO aria_engine.focus_profiles (focus_id, display_name, delegation_level, expertise_keywords)
SELECT 'p' || i, 'Profile ' || i, 1 + i % 3, traffic.random_list() FROM generate_series(0, 39) AS i;

-- To route: one word of kind r among others that are in no list. To rank: many words of kind w, some twice.
CREATE TABLE traffic.messages AS
SELECT id, kind, traffic.word('r', id % 100) AS word,
       (SELECT string_agg(CASE WHEN random() < 0.3 THEN initcap(text) WHEN random() < 0.3 THEN upper(text)
           ELSE text END,
                          ' ' ORDER BY random())
        FROM (SELECT traffic.word('x', floor(random() * 9999 + id * 0)::bigint) AS text FROM generate_series(1, 9)
              UNION ALL
              SELECT traffic.word('r', id % 100) WHERE kind = 'route'
              UNION ALL
              SELECT traffic.word('w', floor(random() * 200 + id * 0)::bigint) FROM generate_series(1, 20)
              WHERE kind = 'rank') AS words) AS message
FROM generate_series(0, 999) AS id, unnest(ARRAY['route', 'rank']) AS kind;
ALTER TABLE traffic.messages ADD PRIMARY KEY (kind, id);
-- Words that were equal by chance would make the oracle wrong.
DO $$
BEGIN
    ASSERT (SELECT count(DISTINCT word) = count(*) AND min(length(word)) = 7 AND max(length(word)) = 7
            FROM (SELECT traffic.word('r', n) AS word FROM generate_series(0, 99) AS n
                  UNION ALL SELECT traffic.word('w', n) FROM generate_series(0, 199) AS n) AS words);
END
$$;

-- Where the rows lead a message of kind route.
CREATE FUNCTION traffic.route(word text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT focus_id FROM aria_engine.focus_profiles WHERE enabled AND expertise_keywords ? word
    ORDER BY delegation_level, focus_id COLLATE "C" LIMIT 1
$$;

-- What the rows make of a message: what focus_rank should say.
CREATE FUNCTION traffic.rank(message text)
    RETURNS TABLE(rank bigint, focus_id text, score float8, evidence float8, hits bigint, keywords text[],
        margin float8)
    LANGUAGE sql STABLE AS $$
    WITH entry AS (
        SELECT p.focus_id, p.delegation_level, e.n,
               CASE jsonb_typeof(e.value) WHEN 'string' THEN e.value #>> '{}' ELSE e.value ->> 'keyword' END AS keyword,
               CASE jsonb_typeof(e.value) WHEN 'string' THEN 1 ELSE (e.value ->> 'weight')::numeric END AS weight
        FROM aria_engine.focus_profiles AS p, jsonb_array_elements(p.expertise_keywords) WITH ORDINALITY AS e (value, n)
        WHERE p.enabled
    ), said AS (
        SELECT word, count(*) AS times FROM unnest(string_to_array(lower(message), ' ')) AS word GROUP BY word
    ), profile AS (
        SELECT entry.focus_id, entry.delegation_level, sum(weight) AS evidence, sum(times)::bigint AS hits,
               array_agg(keyword ORDER BY n) AS keywords
        FROM entry JOIN said ON said.word = lower(entry.keyword)
        GROUP BY entry.focus_id, entry.delegation_level
    )
    SELECT row_number() OVER best, p.focus_id,
           (CASE WHEN p.evidence <= 0 THEN 0.1 WHEN p.evidence <= 1 THEN 0.1 + 0.5 * p.evidence
                 ELSE least(0.6 + 0.2 * (p.evidence - 1), 1) END)::float8,
           p.evidence::float8, p.hits, p.keywords,
           (p.evidence - lead(p.evidence, 1, 0::numeric) OVER best)::float8
    FROM profile AS p
    WINDOW best AS (ORDER BY p.evidence DESC, p.hits DESC, p.delegation_level, p.focus_id COLLATE "C")
$$;

-- Ends the client, and with it the test.
CREATE FUNCTION traffic.wrong(message text, told text, known text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'wrong answer for "%"', message USING DETAIL = format('told: %s, in the rows: %s', told, known);
END
$$;

-- What a message of kind rank gives, checked as a whole; the statement that calls it has one snapshot for both sides.
CREATE FUNCTION traffic.checked_rank(message text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN told IS NOT DISTINCT FROM known THEN told ELSE traffic.wrong(message, told, known) END
    FROM (SELECT (SELECT string_agg(r::text, E'\n' ORDER BY r.rank)
                  FROM (SELECT t.rank::bigint, t.focus_id, round(t.score::numeric, 9)::float8, t.evidence,
                      t.hits::bigint,
                               t.keywords, t.margin
                        FROM aria_engine.focus_rank(message) AS t) AS r) AS told,
                 (SELECT string_agg(r::text, E'\n' ORDER BY r.rank)
                  FROM (SELECT t.rank, t.focus_id, round(t.score::numeric, 9)::float8, t.evidence, t.hits, t.keywords,
                               t.margin
                        FROM traffic.rank(message) AS t) AS r) AS known) AS both_sides
$$;
ANALYZE;
