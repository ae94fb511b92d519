-- Chapter history: focus_put and focus_restore, and what they share with import and adoption.

CREATE FUNCTION aria_engine.focus_content(profile aria_engine.focus_profiles) RETURNS jsonb
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1
    AS $$
    SELECT jsonb_build_object(
        'focus_id', $1.focus_id, 'display_name', $1.display_name, 'emoji', $1.emoji,
        'description', $1.description, 'tone', $1.tone, 'style', $1.style,
        'delegation_level', $1.delegation_level, 'token_budget_hint', $1.token_budget_hint,
        'temperature_delta', $1.temperature_delta, 'expertise_keywords', $1.expertise_keywords,
        'system_prompt_addon', $1.system_prompt_addon, 'model_override', $1.model_override,
        'auto_skills', $1.auto_skills, 'enabled', $1.enabled)
$$;
COMMENT ON FUNCTION aria_engine.focus_content(aria_engine.focus_profiles) IS
'Internal: the content of a profile, its columns but for the two timestamps, as an object.';

CREATE FUNCTION aria_engine.focus_merge(base aria_engine.focus_profiles, patch jsonb)
    RETURNS aria_engine.focus_profiles
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1
    AS $$
    -- The CASE stands inside chr(): around it, the planner would compute both branches.
    WITH defaults (doc) AS (SELECT jsonb_build_object(
        'emoji', chr(CASE WHEN getdatabaseencoding() = 'UTF8' THEN 127919 ELSE 42 END),
        'tone', 'neutral', 'style', 'directive', 'delegation_level', 2, 'token_budget_hint', 2000,
        'temperature_delta', 0, 'expertise_keywords', '[]'::jsonb, 'auto_skills', '[]'::jsonb,
        'enabled', true, 'created_at', now(), 'updated_at', now()))
    SELECT jsonb_populate_record(
        CASE WHEN $1 IS NULL THEN jsonb_populate_record(NULL::aria_engine.focus_profiles, d.doc) ELSE $1 END,
        (SELECT jsonb_object_agg(e.key, CASE WHEN e.value = 'null' THEN d.doc -> e.key ELSE e.value END)
         FROM jsonb_each($2) AS e WHERE e.key <> 'created_at' AND e.key <> 'updated_at'))
    FROM defaults AS d
$$;
COMMENT ON FUNCTION aria_engine.focus_merge(aria_engine.focus_profiles, jsonb) IS
'Internal: a row with a merge patch applied, or a new row if there is none: an absent key keeps, JSON null sets the '
'default; the timestamps are left alone. The patch must have passed focus_validate.';

CREATE FUNCTION aria_engine.focus_store(profile aria_engine.focus_profiles, is_new boolean)
    RETURNS aria_engine.focus_profiles
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    stored aria_engine.focus_profiles;
BEGIN
    IF is_new THEN
        INSERT INTO aria_engine.focus_profiles AS p
            (focus_id, display_name, emoji, description, tone, style, delegation_level, token_budget_hint,
             temperature_delta, expertise_keywords, system_prompt_addon, model_override, auto_skills, enabled,
             created_at, updated_at)
        VALUES
            (profile.focus_id, profile.display_name, profile.emoji, profile.description, profile.tone,
             profile.style, profile.delegation_level, profile.token_budget_hint, profile.temperature_delta,
             profile.expertise_keywords, profile.system_prompt_addon, profile.model_override,
             profile.auto_skills, profile.enabled, profile.created_at, profile.updated_at)
        ON CONFLICT (focus_id) DO NOTHING
        RETURNING p.* INTO stored;
    ELSE
        UPDATE aria_engine.focus_profiles AS p
        SET (display_name, emoji, description, tone, style, delegation_level, token_budget_hint,
             temperature_delta, expertise_keywords, system_prompt_addon, model_override, auto_skills, enabled)
            = ROW(profile.display_name, profile.emoji, profile.description, profile.tone, profile.style,
                  profile.delegation_level, profile.token_budget_hint, profile.temperature_delta,
                  profile.expertise_keywords, profile.system_prompt_addon, profile.model_override,
                  profile.auto_skills, profile.enabled)
        WHERE p.focus_id = profile.focus_id
        RETURNING p.* INTO stored;
    END IF;
    RETURN stored;
END
$$;
COMMENT ON FUNCTION aria_engine.focus_store(aria_engine.focus_profiles, boolean) IS
'Internal: inserts a complete row, or gives the stored row of its focus_id the same content; returns what is stored, '
'NULL if nothing was because the id is there already, or is not.';

CREATE FUNCTION aria_engine.focus_refuse(subject text, problems jsonb, usual_hint text) RETURNS void
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    first CONSTANT jsonb := problems -> 0;
    beyond CONSTANT integer := jsonb_array_length(problems) - 1;
    words CONSTANT text := format('%s: %s%s', subject, first ->> 'message', CASE
        WHEN beyond = 1 THEN ' (and 1 more problem)'
        WHEN beyond > 1 THEN format(' (and %s more problems)', beyond) ELSE '' END);
    field CONSTANT text := CASE WHEN first ->> 'code' <> 'unknown_key' THEN nullif(first ->> 'field', '') END;
    place CONSTANT text := CASE field WHEN 'contract' THEN 'focus_contracts' ELSE 'focus_profiles' END;
    lines text;
    help text;
BEGIN
    -- One hint stands beside the whole list; a name that was probably meant is of use for its own line only.
    SELECT coalesce(string_agg(format('%s: %s.%s', p ->> 'path', p ->> 'message',
               CASE WHEN starts_with(p ->> 'hint', 'Did you mean ') THEN ' ' || (p ->> 'hint') ELSE '' END),
               E'\n' ORDER BY n), ''),
           coalesce((array_agg(p ->> 'hint' ORDER BY p ->> 'hint' IS NULL, n))[1], usual_hint, '')
    INTO lines, help
    FROM jsonb_array_elements(problems) WITH ORDINALITY AS e (p, n);
    IF field IS NULL THEN
        RAISE EXCEPTION '%', words USING ERRCODE = 'invalid_parameter_value', DETAIL = lines, HINT = help;
    END IF;
    RAISE EXCEPTION '%', words
        USING ERRCODE = 'invalid_parameter_value', DETAIL = lines, HINT = help,
              SCHEMA = 'aria_engine', TABLE = place, COLUMN = field,
              CONSTRAINT = format('%s_%s_%s', place, field, CASE
                  WHEN right(first ->> 'path', length(field) + 1) <> '.' || field THEN 'check'
                  WHEN first ->> 'code' = 'missing' THEN 'not_null'
                  WHEN first ->> 'code' = 'not_in_vocabulary' THEN 'fkey'
                  ELSE 'check' END);
END
$$;
COMMENT ON FUNCTION aria_engine.focus_refuse(text, jsonb, text) IS
'Internal: raises the 22023 of a refused profile or document: what it is, its problems (an array of objects with path, '
'message, hint, field and code), a hint for where none has one. Where the first is of a column, schema, table, column '
'and constraint are those of an INSERT.';

CREATE FUNCTION aria_engine.focus_put(
    profile jsonb, reason text DEFAULT NULL, expected_revision bigint DEFAULT NULL)
    RETURNS aria_engine.focus_profiles
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    patch CONSTANT jsonb := CASE WHEN jsonb_typeof(profile) = 'object' THEN profile - '{created_at,updated_at}'::text[]
                                 ELSE coalesce(profile, 'null') END;
    id CONSTANT text := patch ->> 'focus_id';
    outer_reason CONSTANT text := coalesce(current_setting('aria_focus.reason', true), '');
    stored aria_engine.focus_profiles;
    is_new boolean;
    current_revision bigint;
    problems jsonb;
BEGIN
    -- Each round sees what others have committed meanwhile. One round is enough, but where somebody
    -- else inserts or deletes this very profile between two statements.
    FOR round IN 1..100 LOOP
        SELECT p.* INTO stored FROM aria_engine.focus_profiles AS p WHERE p.focus_id = id;
        is_new := NOT FOUND;
        IF NOT is_new THEN
            SELECT p.* INTO stored FROM aria_engine.focus_profiles AS p WHERE p.focus_id = id
            FOR NO KEY UPDATE;
            CONTINUE WHEN NOT FOUND;
        END IF;

        SELECT jsonb_agg(to_jsonb(v) ORDER BY v.n) INTO problems
        FROM ROWS FROM (aria_engine.focus_validate(
            CASE WHEN is_new THEN patch ELSE aria_engine.focus_content(stored) || patch END))
            WITH ORDINALITY AS v (field, path, code, severity, message, hint, n)
        WHERE v.severity = 'error';
        IF problems IS NOT NULL THEN
            PERFORM aria_engine.focus_refuse(
                'invalid focus profile' || coalesce(' ' || to_json(left(id, 100))::text, ''), problems,
                'focus_validate(profile) lists the problems as rows.');
        END IF;

        IF expected_revision IS NOT NULL THEN
            current_revision := CASE WHEN is_new THEN 0 ELSE aria_engine.focus_current_revision(id) END;
            IF current_revision <> expected_revision THEN
                RAISE EXCEPTION 'focus profile "%" is at revision %, not %', id, current_revision, expected_revision
                    USING ERRCODE = 'object_not_in_prerequisite_state',
                          DETAIL = CASE WHEN is_new THEN 'Revision 0: it does not exist.'
                                        ELSE 'Somebody changed or created it since you read it.' END,
                          HINT = 'Read it again, look at focus_diff, and put your change on top.';
            END IF;
        END IF;

        IF reason IS NOT NULL THEN PERFORM set_config('aria_focus.reason', reason, true); END IF;
        stored := aria_engine.focus_store_with(aria_engine.focus_merge(stored, patch), is_new,
            CASE WHEN patch ? 'contract' THEN aria_engine.focus_wanted_contract(patch) END);
        IF reason IS NOT NULL THEN PERFORM set_config('aria_focus.reason', outer_reason, true); END IF;
        IF stored.focus_id IS NOT NULL THEN RETURN stored; END IF;
    END LOOP;
    RAISE EXCEPTION 'focus profile "%" could not be stored', id
        USING ERRCODE = 'serialization_failure',
              DETAIL = 'Others create and delete it all the time, or a trigger of yours suppresses the row.',
              HINT = 'Try again.';
END
$$;
COMMENT ON FUNCTION aria_engine.focus_put(jsonb, text, bigint) IS
'Inserts a profile or changes the one with its focus_id: an object keyed by column, in which an absent key keeps the '
'value (or takes the default of a new profile), JSON null sets the default; the key contract has the profile''s own '
'contract, null or {} for none; created_at and updated_at are not looked at. Returns the stored row. reason goes '
'into the history of this change alone. Raises 22023 with every problem and its path, and the column and constraint '
'of the first; 55000 if the current revision (see focus_history) is not expected_revision, where 0 means that the '
'profile must not exist; 40001 as any write. Needs SELECT, and INSERT or UPDATE, on focus_profiles, for a change '
'SELECT and INSERT on focus_history, and for a contract INSERT, UPDATE and DELETE on focus_contracts.';

CREATE FUNCTION aria_engine.focus_restore(focus_id text, revision integer, reason text DEFAULT NULL)
    RETURNS aria_engine.focus_profiles
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    wanted CONSTANT jsonb := aria_engine.focus_revision($1, $2);
BEGIN
    IF wanted IS NULL THEN
        RAISE EXCEPTION 'focus profile "%" has no revision %', $1, $2
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'focus_revisions(focus_id) lists those that there are.';
    END IF;
    RETURN aria_engine.focus_put(
        aria_engine.focus_content(jsonb_populate_record(NULL::aria_engine.focus_profiles, wanted))
            || jsonb_build_object('contract', wanted -> 'contract'),
        coalesce($3, format('restored revision %s', $2)), NULL::bigint);
END
$$;
COMMENT ON FUNCTION aria_engine.focus_restore(text, integer, text) IS
'Gives a profile the content of one of its versions again, its contract included, as a new revision; a deleted one '
'comes back, created now. Without a reason the history says "restored revision N". Returns the stored row. Raises '
'22023 for a revision that does not exist, or whose content today''s rules refuse. Needs the rights of focus_put and '
'SELECT on focus_history.';
