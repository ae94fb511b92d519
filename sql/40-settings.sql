-- Chapter settings: what an agent runs with under a focus.
--
-- focus_temperature and focus_max_tokens are inlined into the query that calls them: one expression each, no
-- SET clause, nothing that the search_path could change.

CREATE FUNCTION aria_engine.focus_compose_prompt(base text, addon text) RETURNS text
    LANGUAGE c IMMUTABLE PARALLEL SAFE COST 5
    AS 'MODULE_PATHNAME', 'focus_compose_prompt';
COMMENT ON FUNCTION aria_engine.focus_compose_prompt(text, text) IS
'A base prompt with an addon behind it: the base without white space at its end, an empty line, ---, an empty line, '
'the addon. A NULL or blank addon leaves the base unchanged; a NULL or blank base gives way to the addon. White space '
'is that of Unicode (White_Space). Raises 54000 if the result passes 1 GB.';

CREATE FUNCTION aria_engine.focus_temperature(base double precision, delta double precision)
    RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT CASE
        WHEN base IS NULL OR delta IS NULL OR delta OPERATOR(pg_catalog.=) 0::double precision
             OR base OPERATOR(pg_catalog.=) 'NaN'::double precision
             OR delta OPERATOR(pg_catalog.=) 'NaN'::double precision THEN base
        -- what would overflow is not added
        WHEN base OPERATOR(pg_catalog.>=) 1::double precision
             AND delta OPERATOR(pg_catalog.>) 0::double precision THEN 1::double precision
        WHEN base OPERATOR(pg_catalog.<=) 0::double precision
             AND delta OPERATOR(pg_catalog.<) 0::double precision THEN 0::double precision
        -- numeric holds the 15 digits of a decimal: 0.7 less 0.2 is 0.5, and not 0.49999999999999994
        ELSE LEAST(GREATEST(base OPERATOR(pg_catalog.+) delta, 0::double precision), 1::double precision)
             ::numeric::double precision
    END
$$;
COMMENT ON FUNCTION aria_engine.focus_temperature(double precision, double precision) IS
'The temperature under a focus: base plus delta, the sum clamped to [0, 1] and rounded to 15 digits, so that 0.7 less '
'0.2 is 0.5. A delta of NULL, 0 or NaN, and a base of NaN, leave the base untouched: 1.3 stays 1.3 under a focus that '
'wants no change. A NULL base gives NULL. Inlined by the planner.';

CREATE FUNCTION aria_engine.focus_max_tokens(requested bigint, budget bigint) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT LEAST(CASE WHEN requested OPERATOR(pg_catalog.>=) 1::bigint THEN requested END,
                 CASE WHEN budget OPERATOR(pg_catalog.>=) 1::bigint THEN budget END)::integer
$$;
COMMENT ON FUNCTION aria_engine.focus_max_tokens(bigint, bigint) IS
'The tokens that a caller gets: what he requested, at most the budget. A request below 1, which some model servers '
'take as "no limit", is none, as NULL is: it gets the budget. A budget of NULL or below 1 is none; neither: NULL. '
'Raises 22003 where the result is beyond integer. Inlined by the planner.';

CREATE FUNCTION aria_engine.focus_skills(own jsonb, auto jsonb) RETURNS jsonb
    LANGUAGE c IMMUTABLE PARALLEL SAFE COST 10
    AS 'MODULE_PATHNAME', 'focus_skills';
COMMENT ON FUNCTION aria_engine.focus_skills(jsonb, jsonb) IS
'The union of two arrays of strings: own first, then auto, in their order, each string once. NULL, JSON null and nulls '
'among the elements are nothing. Raises 22023 with the path for anything else; 54000 for a document of more than '
'10,000,000 values.';

CREATE FUNCTION aria_engine.focus_voice(focus_id text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
    -- one line, whatever an operator's own words look like
    SELECT format('Tone: %s. Style: %s.',
                  p.tone || coalesce(' (' || nullif(btrim(regexp_replace(t.description, '[[:space:]]+', ' ', 'g')), '')
                      || ')', ''),
                  p.style || coalesce(' (' || nullif(btrim(regexp_replace(s.description, '[[:space:]]+', ' ', 'g')), '')
                      || ')', ''))
    FROM aria_engine.focus_profiles AS p
    JOIN aria_engine.focus_tones AS t ON t.tone = p.tone
    JOIN aria_engine.focus_styles AS s ON s.style = p.style
    WHERE p.focus_id = $1 AND p.enabled
$$;
COMMENT ON FUNCTION aria_engine.focus_voice(text) IS
'What tone and style of a profile ask of an answer, as one line for a prompt: "Tone: warm (friendly and encouraging). '
'Style: concise (as short as it can be)." The words in brackets are the descriptions in focus_tones and focus_styles. '
'A NULL, unknown or disabled focus gives NULL. Needs SELECT on focus_profiles, focus_tones and focus_styles.';

CREATE FUNCTION aria_engine.focus_effective_settings(
    focus_id text, agent jsonb, request jsonb DEFAULT '{}', voice boolean DEFAULT false,
    OUT system_prompt text, OUT temperature double precision, OUT max_tokens integer, OUT model text,
    OUT skills jsonb, OUT sources jsonb)
    RETURNS record
    LANGUAGE c STABLE PARALLEL SAFE COST 500
    AS 'MODULE_PATHNAME', 'focus_effective_settings';
COMMENT ON FUNCTION aria_engine.focus_effective_settings(text, jsonb, jsonb, boolean) IS
'What an agent runs with under a focus, always one row. agent and request are objects with system_prompt, temperature, '
'max_tokens, model, skills, each optional, null = absent, other keys not looked at: a whole row of yours will do. Base '
'of each is the request''s value, else the agent''s (max_tokens below 1 is none); then an enabled focus acts: '
'focus_compose_prompt, focus_temperature, focus_max_tokens; model is the request''s, else model_override, else the '
'agent''s ('''' is none); skills are the agent''s, the request''s, auto_skills. voice adds what focus_voice says '
'behind the addon. A NULL, unknown or disabled focus changes nothing. sources has, for each of the five, "by" (nobody, '
'agent, request, focus), "before" (what would hold without that one) and "words" for a person; and "focus" with its '
'focus_id and state (none, unknown, disabled, active). Raises 22023 with the path for a value of the wrong type; 42501 '
'without SELECT on focus_profiles; 54000 for a document of more than 10,000,000 values.';
