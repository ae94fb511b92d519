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

-- The extension with two profiles and no history, as every permutation begins.
CREATE PROCEDURE public.reset() LANGUAGE plpgsql AS $$
BEGIN
    SET LOCAL client_min_messages = warning;
    CREATE EXTENSION IF NOT EXISTS aria_focus;
    SET LOCAL session_replication_role = replica;
    TRUNCATE aria_engine.focus_profiles, aria_engine.focus_contracts;
    DELETE FROM aria_engine.focus_history;
    SET LOCAL session_replication_role = origin;
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

-- Changes a column of a profile through focus_put; says how it is now.
CREATE FUNCTION public.put(id text, field text, value text, expected integer DEFAULT NULL, name text DEFAULT NULL)
    RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT focus_id || ': ' || tone || ' ' || style
    FROM aria_engine.focus_put(
        jsonb_strip_nulls(jsonb_build_object('focus_id', id, 'display_name', name, field, value)), 'put', expected)
$$;

-- A contract of at most so many words.
CREATE FUNCTION public.most(words integer) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_object('words', jsonb_build_object('max', words))
$$;

-- What the history holds, in order: "one 1 UPDATE neutral/directive".
CREATE FUNCTION public.history() RETURNS TABLE(version text) LANGUAGE sql STABLE AS $$
    SELECT concat_ws(' ', focus_id, revision, operation, (profile ->> 'tone') || '/' || (profile ->> 'style'))
    FROM aria_engine.focus_history ORDER BY focus_id COLLATE "C", revision
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
