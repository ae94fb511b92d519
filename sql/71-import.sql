-- Chapter exchange: documents come in.

CREATE FUNCTION aria_engine.focus_import_document(document jsonb, OUT whole jsonb, OUT root text)
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
    SELECT CASE s.kind WHEN 'array' THEN '{"format": 1, "partial": true}' || jsonb_build_object('profiles', $1)
                       WHEN 'profile' THEN '{"format": 1, "partial": true}'
                           || jsonb_build_object('profiles', jsonb_build_array($1))
                       ELSE $1 END,
           CASE s.kind WHEN 'array' THEN '$[' WHEN 'profile' THEN '$' ELSE '$.profiles[' END
    FROM (VALUES (CASE WHEN jsonb_typeof($1) = 'array' THEN 'array'
                       WHEN $1 ? 'focus_id' AND NOT $1 ?| '{profiles,format}' THEN 'profile' END)) AS s (kind)
$$;
COMMENT ON FUNCTION aria_engine.focus_import_document(jsonb) IS
'Internal: the document that an array of profiles, or one profile, stands for, a partial one; any other as it is. root '
'is how the paths of its profiles begin.';

CREATE FUNCTION aria_engine.focus_import_problems(document jsonb, on_conflict text, prune boolean)
    RETURNS TABLE(place bigint, focus_id text, field text, path text, code text, message text, hint text)
    LANGUAGE sql STABLE PARALLEL SAFE COST 5000 ROWS 10
    SET search_path = pg_catalog, pg_temp
    AS $$
    WITH candidate AS (
        SELECT e.n - 1 AS place, e.profile ->> 'focus_id' AS id,
               CASE d.root WHEN '$' THEN '$' ELSE d.root || (e.n - 1) || ']' END AS path, d.root,
               CASE WHEN jsonb_typeof(e.profile) = 'object' THEN e.profile - '{created_at,updated_at}'::text[]
                    ELSE e.profile END AS profile
        FROM aria_engine.focus_import_document($1) AS d,
             jsonb_array_elements(
                 CASE WHEN jsonb_typeof(d.whole -> 'profiles') = 'array' THEN d.whole -> 'profiles' END)
             WITH ORDINALITY AS e (profile, n)
    ), checked AS (
        SELECT c.place, v.n, c.id, v.field, c.path || substr(v.path, 2) AS path,
               v.code, replace(v.message, ' stands already at $.', ' stands already at ' || c.path || '.') AS message,
               v.hint
        FROM candidate AS c,
             ROWS FROM (aria_engine.focus_validate(c.profile))
             WITH ORDINALITY AS v (field, path, code, severity, message, hint, n)
        WHERE v.severity = 'error'
          AND NOT (v.code = 'not_in_vocabulary' AND EXISTS (
              SELECT FROM aria_engine.focus_brought_words($1) AS w
              WHERE w.kind = v.field AND w.word = c.profile ->> w.kind))
    ), brought AS (
        SELECT w.*, format('$.%ss[%s]', w.kind, w.place) AS path,
               min(w.place) OVER (PARTITION BY w.kind, w.word) AS first
        FROM aria_engine.focus_brought_words($1) AS w
    )
    SELECT found.place, found.id, found.field, found.path, found.code, found.message, found.hint
    FROM (
        SELECT -1 AS place, 0 AS n, NULL AS id, NULL AS field, '$' AS path,
               NULL AS code, 'a document must be an object'
                   || coalesce(', not of type ' || jsonb_typeof(d.whole), '') AS message,
               'Write what focus_export() gives: {"format": 1, "profiles": [...]}.' AS hint
        FROM aria_engine.focus_import_document($1) AS d
        WHERE jsonb_typeof(d.whole) IS DISTINCT FROM 'object'
        UNION ALL
        SELECT -1, 1, NULL, NULL, '$.format',
               NULL, CASE WHEN d.whole ? 'format'
                   THEN 'format ' || left((d.whole -> 'format')::text, 100) || ' is not 1'
                    ELSE 'format is missing' END,
               'This version reads format 1.'
        FROM aria_engine.focus_import_document($1) AS d
        WHERE jsonb_typeof(d.whole) = 'object' AND d.whole -> 'format' IS DISTINCT FROM '1'
        UNION ALL
        SELECT -1, 2, NULL, NULL, '$.profiles',
               NULL, CASE WHEN d.whole ? 'profiles'
                   THEN 'profiles must be an array, not of type ' || jsonb_typeof(d.whole -> 'profiles')
                    ELSE 'profiles is missing' END,
               'Write "profiles": [...].'
        FROM aria_engine.focus_import_document($1) AS d
        WHERE jsonb_typeof(d.whole) = 'object' AND jsonb_typeof(d.whole -> 'profiles') IS DISTINCT FROM 'array'
        UNION ALL
        SELECT -1, 3, NULL, NULL, '$.' || substr(k.quoted, 2, length(k.quoted) - 2),
               NULL, 'key ' || to_json(left(key, 100)) || ' is not known in a document',
               'A document has the keys format, partial, tones, styles and profiles.'
        FROM aria_engine.focus_import_document($1) AS d,
             jsonb_object_keys(CASE WHEN jsonb_typeof(d.whole) = 'object' THEN d.whole END) AS key,
             LATERAL (SELECT to_json(key)::text) AS k (quoted)
        WHERE key NOT IN ('format', 'partial', 'tones', 'styles', 'profiles')
        UNION ALL
        SELECT -1, 6, NULL, NULL, '$.' || k.key, NULL, k.key || ' must be an array', 'Write what focus_export() gives.'
        FROM (VALUES ('tones'), ('styles')) AS k (key)
        WHERE jsonb_typeof($1 -> k.key) <> 'array'
        UNION ALL
        SELECT -1, 7, NULL, NULL, b.path, NULL, format('a %s must be an object with a text "%s" of 1 to 30 characters, '
                   'a text "description" and an object "contract"', b.kind, b.kind), 'Write what focus_export() gives.'
        FROM brought AS b
        WHERE jsonb_typeof(b.entry) <> 'object' OR b.entry - ARRAY[b.kind, 'description', 'contract'] <> '{}'
           OR jsonb_typeof(b.entry -> b.kind) IS DISTINCT FROM 'string' OR length(b.word) > 30
           OR aria_engine.focus_is_blank(b.word)
           OR coalesce(jsonb_typeof(b.entry -> 'description'), 'null') NOT IN ('string', 'null')
           OR NOT coalesce(aria_engine.focus_is_contract(nullif(b.entry -> 'contract', 'null')), true)
        UNION ALL
        SELECT -1, 8, NULL, NULL, b.path, NULL,
               CASE WHEN b.first < b.place THEN format('%s %s stands already at $.%ss[%s]', b.kind,
                        to_json(left(b.word, 100)), b.kind, b.first)
                    WHEN k.is_builtin THEN format('%s "%s" is one of the extension', b.kind, b.word)
                    ELSE format('%s "%s" exists already with another description or contract', b.kind, b.word) END,
               CASE WHEN b.first < b.place THEN 'Keep one of them.'
                    WHEN k.is_builtin THEN 'Leave it out: every server has it.'
                    ELSE 'Choose on_conflict: update takes the document''s, skip keeps the stored one.' END
        FROM brought AS b
        LEFT JOIN LATERAL (
            SELECT o.description, o.contract, false FROM aria_engine.focus_own_words() AS o
            WHERE o.kind = b.kind AND o.word = b.word
            UNION ALL
            SELECT NULL, NULL, true
            WHERE CASE b.kind WHEN 'tone' THEN aria_engine.focus_is_tone(b.word)
                              ELSE aria_engine.focus_is_style(b.word) END
              AND NOT EXISTS (SELECT FROM aria_engine.focus_own_words() AS o
                              WHERE o.kind = b.kind AND o.word = b.word)) AS k (description, contract, is_builtin)
            ON true
        WHERE b.first < b.place OR k.is_builtin
           OR $2 = 'error' AND NOT k.is_builtin
              AND (k.description, k.contract) IS DISTINCT FROM (
                  b.entry ->> 'description', coalesce(nullif(b.entry -> 'contract', 'null'), '{}'))
        UNION ALL
        SELECT -1, 4, NULL, NULL, '$.partial', NULL,
               CASE WHEN jsonb_typeof(d.whole -> 'partial') <> 'boolean' THEN 'partial must be true or false'
                    ELSE 'a partial document cannot prune' END,
               CASE WHEN jsonb_typeof(d.whole -> 'partial') = 'boolean'
                    THEN 'Import it without prune, or export all profiles: focus_export().' END
        FROM aria_engine.focus_import_document($1) AS d
        WHERE jsonb_typeof(d.whole) = 'object'
          AND (jsonb_typeof(d.whole -> 'partial') <> 'boolean' OR $3 AND d.whole -> 'partial' = 'true')
        UNION ALL
        SELECT -1, 5, NULL, NULL, '$.profiles', NULL, 'no enabled profile of level 1 would be left',
               'Without one no message has a last resort: leave one in the document.'
        WHERE $3 AND EXISTS (SELECT FROM aria_engine.focus_profiles AS p WHERE p.enabled AND p.delegation_level = 1)
          AND NOT EXISTS (SELECT FROM checked)
          AND NOT EXISTS (
              SELECT FROM candidate AS c
              LEFT JOIN aria_engine.focus_profiles AS p ON p.focus_id = c.id AND $2 = 'skip'
              CROSS JOIN LATERAL aria_engine.focus_merge(NULL::aria_engine.focus_profiles, c.profile) AS m
              WHERE coalesce(p.enabled, m.enabled) AND coalesce(p.delegation_level, m.delegation_level) = 1)
        UNION ALL
        SELECT c.* FROM checked AS c
        UNION ALL
        SELECT c.place, 1000000000, c.id, NULL, c.path || '.focus_id',
               NULL, format('profile %s stands already at %s%s]', to_json(left(c.id, 100)), c.root, first.place),
               'Keep one of them.'
        FROM candidate AS c
        JOIN (SELECT o.id, min(o.place) AS place FROM candidate AS o GROUP BY o.id) AS first
            ON first.id = c.id AND first.place < c.place
        UNION ALL
        SELECT c.place, 1000000001, c.id, NULL, c.path || '.focus_id',
               NULL, format('profile "%s" exists already with other content', c.id),
               'Choose on_conflict: update takes the document''s content, skip keeps the stored one.'
        FROM candidate AS c
        JOIN aria_engine.focus_profiles AS p ON p.focus_id = c.id
        WHERE $2 = 'error' AND c.place NOT IN (SELECT k.place FROM checked AS k)
          AND (aria_engine.focus_content(p), aria_engine.focus_own_contract(p.focus_id::text))
              IS DISTINCT FROM (aria_engine.focus_content(aria_engine.focus_merge(NULL::aria_engine.focus_profiles,
                  c.profile)), aria_engine.focus_wanted_contract(c.profile))
    ) AS found
    ORDER BY found.place, found.n, found.path COLLATE "C"
$$;
COMMENT ON FUNCTION aria_engine.focus_import_problems(jsonb, text, boolean) IS
'Internal: everything that keeps a document from being imported, in its order; place counts its profiles from 0, -1 is '
'the document itself.';

CREATE FUNCTION aria_engine.focus_store_word(kind text, word text, description text, contract jsonb)
    RETURNS boolean
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
BEGIN
    IF $1 = 'tone' THEN
        INSERT INTO aria_engine.focus_tones AS t (tone, description, contract) VALUES ($2, $3, $4)
        ON CONFLICT (tone) DO UPDATE SET description = excluded.description, contract = excluded.contract;
    ELSE
        INSERT INTO aria_engine.focus_styles AS s (style, description, contract) VALUES ($2, $3, $4)
        ON CONFLICT (style) DO UPDATE SET description = excluded.description, contract = excluded.contract;
    END IF;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION aria_engine.focus_store_word(text, text, text, jsonb) IS
'Internal: adds a tone or a style of your own, or gives it another description and contract; false where '
'a trigger of yours keeps it back.';

CREATE FUNCTION aria_engine.focus_import(
    document jsonb, on_conflict text DEFAULT 'error', dry_run boolean DEFAULT false, prune boolean DEFAULT false,
    reason text DEFAULT NULL)
    RETURNS TABLE(focus_id text, action text, message text)
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE ROWS 10
    SET search_path = pg_catalog, pg_temp
    AS $$
#variable_conflict use_column
DECLARE
    way CONSTANT text := coalesce(on_conflict, 'error');
    trial CONSTANT boolean := coalesce(dry_run, false);
    whole CONSTANT jsonb := (SELECT d.whole FROM aria_engine.focus_import_document(document) AS d);
    listed CONSTANT jsonb := CASE WHEN jsonb_typeof(whole -> 'profiles') = 'array' THEN whole -> 'profiles' END;
    cuts CONSTANT boolean := coalesce(prune, false);
    problem record;
    refused bigint[] := '{}';
    problems jsonb;
    candidate record;
    brought record;
    wanted aria_engine.focus_profiles;
    stored aria_engine.focus_profiles;
    changed aria_engine.focus_profiles;
    promised jsonb;
    outer_reason CONSTANT text := coalesce(current_setting('aria_focus.reason', true), '');
BEGIN
    IF way NOT IN ('error', 'skip', 'update') THEN
        RAISE EXCEPTION 'on_conflict "%" is not known', way
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Use one of: error, skip, update.';
    END IF;

    -- what others insert meanwhile would be left
    IF cuts AND NOT trial THEN LOCK TABLE aria_engine.focus_profiles IN SHARE ROW EXCLUSIVE MODE; END IF;
    IF NOT trial THEN
        SELECT jsonb_agg(to_jsonb(p)) INTO problems FROM aria_engine.focus_import_problems(document, way, cuts) AS p;
        IF problems IS NOT NULL THEN
            PERFORM aria_engine.focus_refuse(
                'invalid document', problems, 'dry_run => true lists the problems as rows.');
        END IF;
    END IF;
    FOR problem IN SELECT * FROM aria_engine.focus_import_problems(document, way, cuts) AS p WHERE trial LOOP
        refused := refused || problem.place;
        focus_id := problem.focus_id;
        action := 'error';
        message := problem.path || ': ' || problem.message;
        RETURN NEXT;
    END LOOP;

    -- Words first, in one order, too: profiles refer to them.
    FOR brought IN
        SELECT w.kind, w.word, w.entry ->> 'description' AS description,
               coalesce(nullif(w.entry -> 'contract', 'null'), '{}') AS contract, o.word IS NOT NULL AS is_stored,
               (o.description, o.contract) IS NOT DISTINCT FROM
                   (w.entry ->> 'description', coalesce(nullif(w.entry -> 'contract', 'null'), '{}')) AS is_same
        FROM aria_engine.focus_brought_words(whole) AS w
        LEFT JOIN aria_engine.focus_own_words() AS o ON o.kind = w.kind AND o.word = w.word
        WHERE -1 <> ALL (refused)
        ORDER BY w.kind, w.word COLLATE "C"
    LOOP
        focus_id := NULL;
        action := CASE WHEN NOT brought.is_stored THEN 'inserted' WHEN brought.is_same THEN 'unchanged'
                       WHEN way = 'skip' THEN 'skipped' ELSE 'updated' END;
        message := format('%s "%s"', brought.kind, brought.word);
        IF NOT trial AND action IN ('inserted', 'updated') THEN
            PERFORM aria_engine.focus_store_word(brought.kind, brought.word, brought.description, brought.contract);
        END IF;
        RETURN NEXT;
    END LOOP;

    -- Row after row in the order of their ids, each locked or inserted before the next, as every import does: two of
    -- them cannot lock each other out, whichever rows are there and whichever come meanwhile.
    FOR candidate IN
        SELECT step.id, step.profile
        FROM (SELECT e.profile ->> 'focus_id', e.profile
              FROM jsonb_array_elements(listed) WITH ORDINALITY AS e (profile, n)
              WHERE e.n - 1 <> ALL (refused)
              UNION ALL
              SELECT p.focus_id, NULL
              FROM aria_engine.focus_profiles AS p
              WHERE cuts AND -1 <> ALL (refused)
                AND NOT EXISTS (SELECT FROM jsonb_array_elements(listed) AS e (profile)
                                WHERE e.profile ->> 'focus_id' = p.focus_id)) AS step (id, profile)
        ORDER BY step.id COLLATE "C"
    LOOP
        IF candidate.profile IS NULL THEN
            IF NOT trial THEN
                IF reason IS NOT NULL THEN PERFORM set_config('aria_focus.reason', reason, true); END IF;
                DELETE FROM aria_engine.focus_profiles AS p WHERE p.focus_id = candidate.id;
                IF reason IS NOT NULL THEN PERFORM set_config('aria_focus.reason', outer_reason, true); END IF;
            END IF;
            focus_id := candidate.id;
            action := 'deleted';
            message := NULL;
            RETURN NEXT;
            CONTINUE;
        END IF;
        wanted := aria_engine.focus_merge(NULL::aria_engine.focus_profiles, candidate.profile);
        promised := aria_engine.focus_wanted_contract(candidate.profile);
        focus_id := candidate.id;
        -- a second round where somebody else created it, or deleted it, between two statements
        FOR round IN 1..100 LOOP
            IF way = 'update' AND NOT trial THEN
                SELECT p.* INTO stored FROM aria_engine.focus_profiles AS p
                    WHERE p.focus_id = candidate.id FOR NO KEY UPDATE;
            ELSE
                SELECT p.* INTO stored FROM aria_engine.focus_profiles AS p WHERE p.focus_id = candidate.id;
            END IF;
            action := CASE WHEN NOT FOUND THEN 'inserted'
                           WHEN aria_engine.focus_content(stored) = aria_engine.focus_content(wanted)
                               AND aria_engine.focus_own_contract(candidate.id) = promised THEN 'unchanged'
                           WHEN way = 'skip' THEN 'skipped'
                           ELSE 'updated' END;
            message := CASE action
                WHEN 'skipped' THEN 'exists already with other content'
                WHEN 'updated' THEN aria_engine.focus_summary(
                    aria_engine.focus_content(stored)
                        || jsonb_build_object('contract', aria_engine.focus_own_contract(candidate.id)),
                    aria_engine.focus_content(wanted) || jsonb_build_object('contract', promised)) END;
            EXIT WHEN trial OR action NOT IN ('inserted', 'updated');
            changed := NULL;
            IF action = 'inserted' OR way = 'update' THEN
                IF reason IS NOT NULL THEN PERFORM set_config('aria_focus.reason', reason, true); END IF;
                changed := aria_engine.focus_store_with(wanted, action = 'inserted', promised);
                IF reason IS NOT NULL THEN PERFORM set_config('aria_focus.reason', outer_reason, true); END IF;
            END IF;
            EXIT WHEN changed.focus_id IS NOT NULL;
            IF way <> 'update' OR round = 100 THEN
                RAISE EXCEPTION 'focus profile "%" was changed by somebody else during the import', candidate.id
                    USING ERRCODE = 'serialization_failure', HINT = 'Nothing was imported. Try again.';
            END IF;
        END LOOP;
        RETURN NEXT;
    END LOOP;
END
$$;
COMMENT ON FUNCTION aria_engine.focus_import(jsonb, text, boolean, boolean, text) IS
'Imports a document of focus_export, or an array of profiles, or one profile, all or nothing. A profile of the '
'document is a whole one: what it leaves out has the default. on_conflict says what happens to a stored profile with '
'other content: error, skip or update. prune deletes the profiles that the document does not have, under a lock that '
'keeps other writers out; their history stays. Returns a row a profile: inserted, updated (message says what changes), '
'unchanged, skipped or deleted; dry_run changes nothing and returns the problems too, as rows with action error. '
'reason goes into the history of the changes. Profiles are locked in the order of their ids. Raises 22023 with every '
'problem and its path in DETAIL, and the column and constraint of the first; with prune also for a partial document, '
'and where no enabled profile of level 1 would be left; 23503 where something of yours refers to a profile that is '
'deleted; 40001 where somebody else creates or deletes one of the profiles meanwhile. Needs the rights of what it does '
'on focus_profiles, and SELECT and INSERT on focus_history to change profiles.';

CREATE FUNCTION aria_engine.focus_import(
    document json, on_conflict text DEFAULT 'error', dry_run boolean DEFAULT false, prune boolean DEFAULT false,
    reason text DEFAULT NULL)
    RETURNS TABLE(focus_id text, action text, message text)
    LANGUAGE sql VOLATILE PARALLEL UNSAFE ROWS 10
    SET search_path = pg_catalog, pg_temp
    AS $$
    SELECT i.* FROM aria_engine.focus_import($1::jsonb, $2, $3, $4, $5) AS i
$$;
COMMENT ON FUNCTION aria_engine.focus_import(json, text, boolean, boolean, text) IS
'The same for json, as focus_export() gives it. Raises what the other one raises.';

CREATE FUNCTION aria_engine.focus_import(
    document text, on_conflict text DEFAULT 'error', dry_run boolean DEFAULT false, prune boolean DEFAULT false,
    reason text DEFAULT NULL)
    RETURNS TABLE(focus_id text, action text, message text)
    LANGUAGE sql VOLATILE PARALLEL UNSAFE ROWS 10
    SET search_path = pg_catalog, pg_temp
    AS $$
    SELECT i.* FROM aria_engine.focus_import($1::jsonb, $2, $3, $4, $5) AS i
$$;
COMMENT ON FUNCTION aria_engine.focus_import(text, text, boolean, boolean, text) IS
'The same for a document as text, such as a literal or what a client sends. Raises what the other ones raise, and '
'22P02 for what is no JSON.';
