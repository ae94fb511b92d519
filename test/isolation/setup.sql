-- What the specs share. The functions' bodies are texts, so that nothing depends on the extension.
CREATE EXTENSION aria_focus;

-- Where the three words lead, as the extension says it: "alpha>one beta>two gamma>-".
CREATE FUNCTION public.routes() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT string_agg(word || '>' || coalesce(aria_engine.focus_route(word, NULL), '-'), ' ' ORDER BY word)
    FROM unnest(ARRAY['alpha', 'beta', 'gamma']) AS word
$$;

-- The same, as a plain SELECT of the rows says it.
CREATE FUNCTION public.stored() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT string_agg(word || '>' || coalesce((
        SELECT focus_id FROM aria_engine.focus_profiles WHERE enabled AND expertise_keywords ? word
        ORDER BY delegation_level, focus_id COLLATE "C" LIMIT 1), '-'), ' ' ORDER BY word)
    FROM unnest(ARRAY['alpha', 'beta', 'gamma']) AS word
$$;

-- The extension with two profiles, as every permutation begins.
CREATE PROCEDURE public.reset() LANGUAGE plpgsql AS $$
BEGIN
    SET LOCAL client_min_messages = warning;
    CREATE EXTENSION IF NOT EXISTS aria_focus;
    TRUNCATE aria_engine.focus_profiles;
    INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)
    VALUES ('one', 'One', '["alpha"]'), ('two', 'Two', '["beta"]');
END
$$;

-- Adds a profile with one keyword.
CREATE FUNCTION public.add(id text, keyword text) RETURNS void LANGUAGE sql VOLATILE AS $$
    INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)
    VALUES (id, id, jsonb_build_array(keyword))
$$;

-- Gives a profile another keyword.
CREATE FUNCTION public.give(id text, keyword text) RETURNS void LANGUAGE sql VOLATILE AS $$
    UPDATE aria_engine.focus_profiles SET expertise_keywords = jsonb_build_array(keyword) WHERE focus_id = id
$$;

-- Waits until nobody holds this advisory lock; gives the number back.
CREATE FUNCTION public.passed(gate integer) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_lock(gate);
    PERFORM pg_advisory_unlock(gate);
    RETURN gate;
END
$$;

CREATE ROLE isolation_reader;
GRANT isolation_reader TO CURRENT_USER;
CREATE TABLE public.untouched ();
GRANT SELECT ON public.untouched TO isolation_reader;
