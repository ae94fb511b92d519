-- Chapter profiles: restores that load the tables in any order.
--
-- pg_dump knows that profiles refer to tones and styles and dumps those first, but does not write that
-- into the archive (data entries carry no dependency but their table), and pg_restore with several jobs
-- loads the largest table first. Foreign keys of an extension's tables are there before any data. So in a
-- session that restores, a profile brings its words along, and the row of the vocabulary that comes later
-- gives them their description and contract. The foreign keys hold at every moment.
--
-- A session restores if it looks like one of pg_dump's scripts or pg_restore's jobs: the search_path is
-- empty and function bodies are not checked. Elsewhere these triggers do nothing.

CREATE FUNCTION aria_engine.focus_profiles_admit() RETURNS trigger
    LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
    AS $$
BEGIN
    IF aria_engine.focus_is_tone(NEW.tone::text) AND aria_engine.focus_is_style(NEW.style::text) THEN
        RETURN NEW;
    END IF;
    -- One job at a time adds words; who waited sees those of the other.
    PERFORM pg_advisory_xact_lock('aria_engine.focus_profiles'::regclass::oid::bigint);
    INSERT INTO aria_engine.focus_tones (tone) SELECT NEW.tone
    WHERE NOT aria_engine.focus_is_blank(NEW.tone::text) ON CONFLICT DO NOTHING;
    INSERT INTO aria_engine.focus_styles (style) SELECT NEW.style
    WHERE NOT aria_engine.focus_is_blank(NEW.style::text) ON CONFLICT DO NOTHING;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION aria_engine.focus_profiles_admit() IS
'Trigger of focus_profiles, in sessions that restore a dump: adds the tone and style that a profile has and the '
'vocabularies have not yet.';
CREATE TRIGGER focus_profiles_admit
    BEFORE INSERT ON aria_engine.focus_profiles
    FOR EACH ROW WHEN (pg_catalog.current_setting('search_path') OPERATOR(pg_catalog.=) ''::text
                       AND pg_catalog.current_setting('check_function_bodies') OPERATOR(pg_catalog.=) 'off'::text)
    EXECUTE FUNCTION aria_engine.focus_profiles_admit();
COMMENT ON TRIGGER focus_profiles_admit ON aria_engine.focus_profiles IS
'lets a restore load profiles before their tones and styles';

CREATE FUNCTION aria_engine.focus_words_admit() RETURNS trigger
    LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
    AS $$
BEGIN
    PERFORM pg_advisory_xact_lock('aria_engine.focus_profiles'::regclass::oid::bigint);
    IF TG_RELID = 'aria_engine.focus_tones'::regclass THEN
        UPDATE aria_engine.focus_tones AS t SET description = NEW.description, contract = NEW.contract
        WHERE t.tone = NEW.tone AND t.description IS NULL AND t.contract = '{}';
    ELSE
        UPDATE aria_engine.focus_styles AS s SET description = NEW.description, contract = NEW.contract
        WHERE s.style = NEW.style AND s.description IS NULL AND s.contract = '{}';
    END IF;
    IF FOUND THEN RETURN NULL; END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION aria_engine.focus_words_admit() IS
'Trigger of focus_tones and focus_styles, in sessions that restore a dump: gives a word that a profile brought along '
'its description and contract, instead of colliding with it.';
CREATE TRIGGER focus_tones_admit
    BEFORE INSERT ON aria_engine.focus_tones
    FOR EACH ROW WHEN (pg_catalog.current_setting('search_path') OPERATOR(pg_catalog.=) ''::text
                       AND pg_catalog.current_setting('check_function_bodies') OPERATOR(pg_catalog.=) 'off'::text)
    EXECUTE FUNCTION aria_engine.focus_words_admit();
COMMENT ON TRIGGER focus_tones_admit ON aria_engine.focus_tones IS
'lets a restore load tones after the profiles that have them';
CREATE TRIGGER focus_styles_admit
    BEFORE INSERT ON aria_engine.focus_styles
    FOR EACH ROW WHEN (pg_catalog.current_setting('search_path') OPERATOR(pg_catalog.=) ''::text
                       AND pg_catalog.current_setting('check_function_bodies') OPERATOR(pg_catalog.=) 'off'::text)
    EXECUTE FUNCTION aria_engine.focus_words_admit();
COMMENT ON TRIGGER focus_styles_admit ON aria_engine.focus_styles IS
'lets a restore load styles after the profiles that have them';
