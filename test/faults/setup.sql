-- What the parts of suite faults share: many profiles, large arguments, and a short question whose answer is known.
CREATE EXTENSION aria_focus;
CREATE SCHEMA faults;

-- The n-th keyword; none is a prefix of another.
CREATE FUNCTION faults.word(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT 'w' || lpad(n::text, 7, '0') || chr(97 + (n % 10)::integer) || ' end'
$$;

-- So many profiles with so many keywords, as a document for focus_import; `first` numbers the first keyword.
CREATE FUNCTION faults.document(name text, profiles bigint, keywords bigint, first bigint DEFAULT 0) RETURNS jsonb
    LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object('format', 1, 'profiles', jsonb_agg(jsonb_build_object(
        'focus_id', name || i, 'display_name', name || i, 'description', repeat(md5(i::text), 10),
        'expertise_keywords', (SELECT jsonb_agg(faults.word(first + i * keywords + k))
                               FROM generate_series(0, keywords - 1) AS k))))
    FROM generate_series(0, profiles - 1) AS i
$$;

-- So many agents.
CREATE FUNCTION faults.agents(agents integer) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_agg(jsonb_build_object(
        'agent_id', 'a' || i, 'focus_type', 'p' || i % 100, 'model', 'm' || i, 'parent_agent_id', 'a' || i + 1,
        'pheromone_score', i % 100 / 100.0, 'recent_success_rate', i % 7 / 7.0))
    FROM generate_series(1, agents) AS i
$$;

-- The table with so many profiles and nothing else; no history of what was there.
CREATE PROCEDURE faults.fill(profiles bigint, keywords bigint) LANGUAGE plpgsql AS $$
BEGIN
    SET LOCAL session_replication_role = replica;
    TRUNCATE aria_engine.focus_profiles;
    DELETE FROM aria_engine.focus_history;
    SET LOCAL session_replication_role = origin;
    PERFORM count(*) FROM aria_engine.focus_import(faults.document('p', profiles, keywords));
END
$$;

-- Large arguments by name.
CREATE TABLE faults.inputs (name text PRIMARY KEY, message text, document jsonb);
ALTER TABLE faults.inputs ALTER COLUMN message SET STORAGE EXTERNAL, ALTER COLUMN document SET STORAGE EXTERNAL;

-- A table as somebody made it by hand, for focus_adopt.
CREATE TABLE faults.by_hand (focus_id text, display_name text, expertise_keywords jsonb);
