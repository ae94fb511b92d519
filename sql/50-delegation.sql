-- Chapter delegation: which agent gets a message, who joins in, which models are tried.
--
-- Agents come in as a jsonb array of objects, so that no table of the application is asked for:
-- jsonb_agg(to_jsonb(a)) over any table will do. core/agent/agents.hpp has the keys and their defaults.

CREATE FUNCTION aria_engine.focus_agent_scores(
    message text, agents jsonb, specialty text DEFAULT 'evidence', seed text DEFAULT NULL,
    OUT agent_id text, OUT total double precision, OUT pheromone double precision,
    OUT specialty double precision, OUT load double precision, OUT recency double precision,
    OUT excluded text)
    RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE COST 100 ROWS 10
    AS 'MODULE_PATHNAME', 'focus_agent_scores';
COMMENT ON FUNCTION aria_engine.focus_agent_scores(text, jsonb, text, text) IS
'Every agent''s score for a message, best first: total = 0.35 pheromone + 0.30 specialty + 0.20 load + 0.15 recency, '
'rounded to 15 digits; of equal totals the one with more evidence, then by seed where one is given, then by agent_id. '
'specialty is, by the argument: evidence (the default, also for NULL): focus_rank''s score of its focus_type for the '
'message, 0.1 without positive evidence, 0.3 where the focus is NULL, unknown or disabled or has no keywords; aria: '
'focus_specialty_score of it, as the Aria engine computes it. seed (say, the id of a conversation) spreads ties: the '
'same seed makes the same choice everywhere, different seeds choose evenly among equals. load is 0.1 in status error, '
'0.3 busy, else 1 - least(0.1 * consecutive_failures, 0.5); recency is recent_success_rate. An agent that is disabled, '
'offline or not enabled comes last, with a NULL total and the reason in excluded. agents: an array of objects with '
'agent_id (required), focus_type, status, enabled, pheromone_score (0.5), consecutive_failures (0), '
'recent_success_rate (0.5); null = absent; other keys not looked at. A NULL message or NULL agents give no rows. '
'Raises 22023 for another specialty, and with the path for a value of the wrong type, and for id, focus, focus_id, '
'pheromone, failures, success_rate or parent_id where the key that is meant is not there; 42501 without SELECT on '
'focus_profiles; 0A000 where row-level security applies; 54000 for a document of more than 10,000,000 values.';

CREATE FUNCTION aria_engine.focus_select_agents(
    topic text, agents jsonb, max_agents bigint DEFAULT 5, seed text DEFAULT NULL,
    OUT place integer, OUT agent_id text, OUT focus_id text, OUT delegation_level integer,
    OUT evidence double precision, OUT score double precision, OUT reason text)
    RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE COST 100 ROWS 5
    AS 'MODULE_PATHNAME', 'focus_select_agents';
COMMENT ON FUNCTION aria_engine.focus_select_agents(text, jsonb, bigint, text) IS
'The agents for a topic, in order: the best of level 1 (reason initiator); those of level 2 with positive evidence, at '
'most 3 (specialist); those of level 3 with positive evidence, at most 2 (ephemeral); where fewer than two were found, '
'the best idle one of level 2 without (filler, behind the specialists). Best: evidence, pheromone_score, then by seed '
'where one is given (as in focus_agent_scores), then agent_id. An agent without an enabled focus is of level 2 with '
'evidence 0 and a NULL focus_id. Excluded agents are never chosen, those in status error only for a place that nobody '
'else can take. max_agents (NULL: 5) cuts from the end. score is the total of focus_agent_scores, which says what '
'agents may hold. A NULL topic or NULL agents give no rows. Raises 22023 for max_agents < 1, and with the path for a '
'value of the wrong type; 42501 without SELECT on focus_profiles; 0A000 where row-level security applies; 54000 for a '
'document of more than 10,000,000 values.';

CREATE FUNCTION aria_engine.focus_context_cap(focus_ids text[], default_cap integer DEFAULT 2000)
    RETURNS integer
    LANGUAGE sql STABLE PARALLEL SAFE COST 500 SET search_path = pg_catalog, pg_temp
    AS $$
    SELECT coalesce((
        SELECT min(p.token_budget_hint)
        FROM aria_engine.focus_profiles AS p
        WHERE p.focus_id::text = ANY ($1 COLLATE "default") AND p.enabled AND p.token_budget_hint <> 0),
        CASE WHEN $2 >= 1 THEN $2 END)
$$;
COMMENT ON FUNCTION aria_engine.focus_context_cap(text[], integer) IS
'The smallest token budget among the enabled profiles of these ids that have one; default_cap if there is none, and '
'NULL where that is NULL or below 1: such a cap is none. Needs SELECT on focus_profiles.';

CREATE FUNCTION aria_engine.focus_swarm_weight(
    pheromone double precision, score double precision, evidence double precision)
    RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT CASE
        WHEN evidence OPERATOR(pg_catalog.>) 0::double precision
             AND evidence OPERATOR(pg_catalog.<>) 'NaN'::double precision
        -- numeric holds the 15 digits of a decimal, which the product of decimals is meant to be
        THEN (pheromone OPERATOR(pg_catalog.*)
              (1::double precision OPERATOR(pg_catalog.+) (0.3::double precision OPERATOR(pg_catalog.*) score)))
             ::numeric::double precision
        ELSE pheromone
    END
$$;
COMMENT ON FUNCTION aria_engine.focus_swarm_weight(double precision, double precision, double precision) IS
'An agent''s weight in a swarm: pheromone * (1 + 0.3 * score), rounded to 15 digits, where its focus has evidence, '
'else its pheromone. score and evidence are those of focus_rank. NULL or NaN evidence is none. Inlined by the planner.';

CREATE FUNCTION aria_engine.focus_escalation(
    message text,
    OUT should_escalate boolean, OUT score double precision, OUT mode text, OUT reasons text[],
    OUT domains text[])
    RETURNS record
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 50
    AS 'MODULE_PATHNAME', 'focus_escalation';
COMMENT ON FUNCTION aria_engine.focus_escalation(text) IS
'Whether a message wants several agents, always one row. reasons are the parts that add up to score: several-minds '
'0.9, comparison 0.7, strategy 0.6, opinion 0.4, cross-domain 0.3, each counted once; domains, 0.15 for each profile '
'with evidence of at least 1 where there are two or more, up to 0.4; length, 0.005 for each word beyond 50, up to 0.2; '
'cap, what is beyond 1. should_escalate from 0.6 on; mode is then roundtable or swarm: the one that the message names '
'first, else swarm where it asks for a decision, else roundtable. domains are the profiles with evidence of at least '
'1, by rank. NULL gives NULLs. Raises 42501 without SELECT on focus_profiles; 0A000 where row-level security applies.';

CREATE FUNCTION aria_engine.focus_fallback_chain(
    start_agent text, agents jsonb,
    OUT step integer, OUT agent_id text, OUT model text, OUT source text)
    RETURNS SETOF record
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 100 ROWS 5
    AS 'MODULE_PATHNAME', 'focus_fallback_chain';
COMMENT ON FUNCTION aria_engine.focus_fallback_chain(text, jsonb) IS
'The models to try for an agent, in order: model_override of its enabled focus, its model, its fallback_model where '
'that is another; then the same for its parent (parent_agent_id), and so on; a cycle ends the chain, and so does a '
'parent that is not among the agents. source says which of the three it is. An unknown agent, and a chain without any '
'model, give one row with a NULL model and the reason in source. Of agents with one id the first counts. NULL gives no '
'rows. Raises 22023 with the path for a value of the wrong type; 42501 without SELECT on focus_profiles; 54000 for a '
'document of more than 10,000,000 values.';

CREATE FUNCTION aria_engine.focus_fallback_chain(
    start_agent bigint, agents jsonb,
    OUT step integer, OUT agent_id text, OUT model text, OUT source text)
    RETURNS SETOF record
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100 ROWS 5
    SET search_path = pg_catalog, pg_temp
    AS $$ SELECT * FROM aria_engine.focus_fallback_chain($1::text, $2) $$;
COMMENT ON FUNCTION aria_engine.focus_fallback_chain(bigint, jsonb) IS
'The same for an agent whose agent_id is a number: 7 is the agent with agent_id 7 or "7". NULL gives no rows. Raises '
'what the other one raises.';

CREATE FUNCTION aria_engine.focus_nearest(name text, known text[]) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100
    AS 'MODULE_PATHNAME', 'focus_nearest';
COMMENT ON FUNCTION aria_engine.focus_nearest(text, text[]) IS
'The first of the known names nearest to a name: Damerau-Levenshtein distance (insert, delete, substitute, swap '
'neighbours; in characters) of at most 2, and less than the name is long; NULL if there is none. NULL gives NULL; '
'NULLs among the known are not looked at.';

CREATE FUNCTION aria_engine.focus_dangling(source regclass, column_name name)
    RETURNS TABLE(value text, occurrences bigint, hint text)
    -- restricted: the source may be a temporary table
    LANGUAGE plpgsql STABLE STRICT PARALLEL RESTRICTED COST 10000 ROWS 10 SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    known CONSTANT text[] := (
        SELECT array_agg(p.focus_id::text ORDER BY p.focus_id::text COLLATE "C") FROM aria_engine.focus_profiles AS p);
BEGIN
    IF NOT EXISTS (SELECT FROM pg_attribute AS a
                   WHERE a.attrelid = source AND a.attname = column_name AND a.attnum > 0 AND NOT a.attisdropped) THEN
        RAISE EXCEPTION 'column "%" of "%" does not exist', column_name, source USING ERRCODE = 'undefined_column';
    END IF;
    RETURN QUERY EXECUTE format(
        'WITH dangling AS (
             SELECT s.%2$I::text COLLATE "C" AS value, count(*) AS occurrences
             FROM %1$s AS s
             WHERE s.%2$I IS NOT NULL
               AND NOT EXISTS (SELECT FROM aria_engine.focus_profiles AS p
                               WHERE p.focus_id::text = s.%2$I::text COLLATE "C")
             GROUP BY 1)
         SELECT d.value, d.occurrences, ''did you mean '' || n.nearest || ''?''
         FROM dangling AS d
         CROSS JOIN LATERAL (SELECT coalesce(aria_engine.focus_nearest(d.value, $1),
                                             aria_engine.focus_nearest(lower(btrim(d.value)), $1))) AS n (nearest)
         ORDER BY d.occurrences DESC, d.value COLLATE "C"',
        source::text, column_name)
    USING known;
END
$$;
COMMENT ON FUNCTION aria_engine.focus_dangling(regclass, name) IS
'The values of a column of yours that are no focus_id, the most frequent first, with "did you mean devsecops?" where '
'an id is near: what stands in the way of a foreign key. NULLs point nowhere on purpose. Needs SELECT on the source '
'and on focus_profiles. NULL gives no rows. Raises 42703 for an unknown column.';
