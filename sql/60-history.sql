-- Chapter history: every version of a profile that was replaced or removed.

-- A row is the profile *before* a change, and what the change was. Nothing is written on INSERT: a
-- restore inserts profiles, and its history comes with it. No foreign key: history outlives its profile,
-- and tables restore in any order.
CREATE TABLE aria_engine.focus_history (
    focus_id varchar(50) CONSTRAINT focus_history_focus_id_not_null NOT NULL,
    revision integer CONSTRAINT focus_history_revision_not_null NOT NULL
        CONSTRAINT focus_history_revision_check CHECK (revision OPERATOR(pg_catalog.>=) 1),
    operation text CONSTRAINT focus_history_operation_not_null NOT NULL
        CONSTRAINT focus_history_operation_check CHECK (operation OPERATOR(pg_catalog.=)
            ANY (ARRAY['UPDATE', 'RENAME', 'DELETE', 'TRUNCATE']::text[])),
    changed_at timestamptz CONSTRAINT focus_history_changed_at_not_null NOT NULL,
    changed_by text CONSTRAINT focus_history_changed_by_not_null NOT NULL,
    reason text,
    profile jsonb CONSTRAINT focus_history_profile_not_null NOT NULL
        CONSTRAINT focus_history_profile_check
            CHECK (pg_catalog.jsonb_typeof(profile) OPERATOR(pg_catalog.=) 'object'::text),
    author text,
    CONSTRAINT focus_history_pkey PRIMARY KEY (focus_id, revision)
);
-- The recorder compresses a version itself, unless it is so large that a cancel would have to wait.
ALTER TABLE aria_engine.focus_history ALTER COLUMN profile SET STORAGE EXTERNAL;
-- Finds how an id came by a rename: few rows have it.
CREATE INDEX idx_focus_history_renamed_to ON aria_engine.focus_history
    ((profile OPERATOR(pg_catalog.->>) 'renamed_to'::text))
    WHERE operation OPERATOR(pg_catalog.=) 'RENAME'::text;
COMMENT ON INDEX aria_engine.idx_focus_history_renamed_to IS 'finds how an id came by a rename';
COMMENT ON TABLE aria_engine.focus_history IS
'The former versions of the profiles: a row is a profile before an UPDATE with effect, a DELETE or a TRUNCATE. Written '
'by a trigger of focus_profiles with the rights of whoever changes them, and by nobody else; only added to.';
COMMENT ON COLUMN aria_engine.focus_history.focus_id IS 'whose version; on a rename the old id';
COMMENT ON COLUMN aria_engine.focus_history.revision IS
'1, 2, 3, ... for each id; the current version is one more than the highest here; an id that comes back goes on '
'counting';
COMMENT ON COLUMN aria_engine.focus_history.operation IS 'what ended this version: UPDATE, RENAME, DELETE or TRUNCATE';
COMMENT ON COLUMN aria_engine.focus_history.changed_at IS
'when this version ended; never before an earlier one of the same id';
COMMENT ON COLUMN aria_engine.focus_history.changed_by IS 'the session''s user who ended it';
COMMENT ON COLUMN aria_engine.focus_history.reason IS
'why: the reason given to focus_put or focus_restore, else the setting aria_focus.reason';
COMMENT ON COLUMN aria_engine.focus_history.profile IS
'the row, as an object keyed by column, with the profile''s contract under the key contract where it had one; on a '
'rename the key renamed_to has the new id';
COMMENT ON COLUMN aria_engine.focus_history.author IS
'the setting aria_focus.author of the session: a label that anybody can set, no proof; for pools, whose session''s '
'user is always the same';
COMMENT ON CONSTRAINT focus_history_pkey ON aria_engine.focus_history IS 'a revision of an id is there once';
COMMENT ON CONSTRAINT focus_history_revision_check ON aria_engine.focus_history IS 'revisions count from 1';
COMMENT ON CONSTRAINT focus_history_operation_check ON aria_engine.focus_history IS
'a version ends by UPDATE, RENAME, DELETE or TRUNCATE';
COMMENT ON CONSTRAINT focus_history_profile_check ON aria_engine.focus_history IS 'a version is an object';
COMMENT ON INDEX aria_engine.focus_history_pkey IS 'finds the versions of a profile in order';

-- A version reads the same whatever the session's settings were. Policies that would hide rows from the
-- query are an error: a row that is not read would be lost, or a revision given twice.
CREATE FUNCTION aria_engine.focus_profiles_record() RETURNS trigger
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET extra_float_digits = 1 SET row_security = off
    AS 'MODULE_PATHNAME', 'focus_profiles_record';
COMMENT ON FUNCTION aria_engine.focus_profiles_record() IS
'Trigger of focus_profiles: keeps the version that an UPDATE of its content, a DELETE or a TRUNCATE ends in '
'focus_history, puts created_at back, moves updated_at, and notifies the channel aria_focus of every focus_id that '
'changed, unless the setting aria_focus.notify is off. Raises 42501 without SELECT and INSERT on focus_history; 54000 '
'where an id has no revision left; 55000 if another trigger that fires before a row sorts after this one.';

CREATE TRIGGER focus_profiles_record
    AFTER INSERT ON aria_engine.focus_profiles
    FOR EACH ROW EXECUTE FUNCTION aria_engine.focus_profiles_record();
COMMENT ON TRIGGER focus_profiles_record ON aria_engine.focus_profiles IS
'tells listeners of new profiles';
-- Its name sorts last: it keeps what really happens to the row, in the order in which it happens.
CREATE TRIGGER zz_focus_profiles_record
    BEFORE UPDATE OR DELETE ON aria_engine.focus_profiles
    FOR EACH ROW EXECUTE FUNCTION aria_engine.focus_profiles_record();
COMMENT ON TRIGGER zz_focus_profiles_record ON aria_engine.focus_profiles IS
'keeps the former version of a profile that is changed or deleted in focus_history; moves updated_at; tells listeners';
CREATE TRIGGER focus_profiles_record_truncate
    BEFORE TRUNCATE ON aria_engine.focus_profiles
    FOR EACH STATEMENT EXECUTE FUNCTION aria_engine.focus_profiles_record();
COMMENT ON TRIGGER focus_profiles_record_truncate ON aria_engine.focus_profiles IS
'keeps all profiles in focus_history before TRUNCATE removes them; tells listeners of each';

CREATE FUNCTION aria_engine.focus_history_guard() RETURNS trigger
    LANGUAGE c VOLATILE
    AS 'MODULE_PATHNAME', 'focus_history_guard';
COMMENT ON FUNCTION aria_engine.focus_history_guard() IS
'Trigger of focus_history: refuses with 42501 a row that is not being written by an edit of its profile, unless the '
'caller has the rights of the table''s owner, as a restore needs it.';
CREATE TRIGGER focus_history_guard
    BEFORE INSERT ON aria_engine.focus_history
    FOR EACH ROW EXECUTE FUNCTION aria_engine.focus_history_guard();
COMMENT ON TRIGGER focus_history_guard ON aria_engine.focus_history IS
'lets edits of profiles write history, and nobody forge it; restores of its owner and replicas insert';

CREATE FUNCTION aria_engine.focus_history_keep() RETURNS trigger
    LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
    AS $$
BEGIN
    RAISE EXCEPTION 'the history of focus profiles is only added to'
        USING ERRCODE = 'insufficient_privilege',
              DETAIL = format('%s on aria_engine.focus_history would rewrite what happened.', tg_op),
              HINT = 'To prune it on purpose, its owner disables the trigger focus_history_keep in the same '
                  'transaction.';
END
$$;
COMMENT ON FUNCTION aria_engine.focus_history_keep() IS
'Trigger of focus_history: refuses UPDATE, DELETE and TRUNCATE with 42501, whoever tries.';
CREATE TRIGGER focus_history_keep
    BEFORE UPDATE OR DELETE OR TRUNCATE ON aria_engine.focus_history
    FOR EACH STATEMENT EXECUTE FUNCTION aria_engine.focus_history_keep();
COMMENT ON TRIGGER focus_history_keep ON aria_engine.focus_history IS
'refuses to change or remove history; restores and replicas only insert';

CREATE FUNCTION aria_engine.focus_current_revision(focus_id text) RETURNS bigint
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
    SELECT 1 + coalesce((SELECT max(h.revision)::bigint FROM aria_engine.focus_history AS h WHERE h.focus_id = $1), 0)
$$;
COMMENT ON FUNCTION aria_engine.focus_current_revision(text) IS
'Internal: the revision that a profile of this id has, or would have. Needs SELECT on focus_history.';

CREATE FUNCTION aria_engine.focus_revision(focus_id text, revision integer) RETURNS jsonb
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET extra_float_digits = 1
    AS $$
    SELECT h.profile - 'renamed_to' FROM aria_engine.focus_history AS h WHERE h.focus_id = $1 AND h.revision = $2
    UNION ALL
    SELECT aria_engine.focus_whole(p) FROM aria_engine.focus_profiles AS p
    WHERE p.focus_id = $1 AND $2::bigint = aria_engine.focus_current_revision($1)
$$;
COMMENT ON FUNCTION aria_engine.focus_revision(text, integer) IS
'One version of a profile, former or current, as an object keyed by column; NULL if there is none. Needs SELECT on '
'focus_profiles and focus_history.';

CREATE FUNCTION aria_engine.focus_diff(
    focus_id text, from_revision integer, to_revision integer,
    OUT field text, OUT old_value jsonb, OUT new_value jsonb, OUT summary text)
    RETURNS SETOF record
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE ROWS 3
    SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    old_profile CONSTANT jsonb := aria_engine.focus_revision($1, $2);
    new_profile CONSTANT jsonb := aria_engine.focus_revision($1, $3);
BEGIN
    IF old_profile IS NULL OR new_profile IS NULL THEN
        RAISE EXCEPTION 'focus profile "%" has no revision %', $1, CASE WHEN old_profile IS NULL THEN $2 ELSE $3 END
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'focus_revisions(focus_id) lists those that there are.';
    END IF;
    RETURN QUERY
        SELECT f.name, coalesce(k.was, old_profile -> f.name), coalesce(k.became, new_profile -> f.name),
               aria_engine.focus_summary(jsonb_build_object(f.name, old_profile -> f.name),
                                         jsonb_build_object(f.name, new_profile -> f.name))
        FROM (
            SELECT a.attname::text, a.attnum::integer
            FROM pg_attribute AS a
            WHERE a.attrelid = 'aria_engine.focus_profiles'::regclass AND a.attnum > 0 AND NOT a.attisdropped
              AND a.attname NOT IN ('created_at', 'updated_at')
            UNION ALL
            VALUES ('contract', 10000)
        ) AS f (name, place)
        -- of the lists only what they do not share, unless that is the order
        LEFT JOIN LATERAL (
            SELECT coalesce(jsonb_agg(c.was) FILTER (WHERE c.was IS NOT NULL), '[]'),
                   coalesce(jsonb_agg(c.now) FILTER (WHERE c.now IS NOT NULL), '[]')
            FROM aria_engine.focus_keyword_changes(old_profile -> f.name, new_profile -> f.name) AS c
            WHERE f.name = 'expertise_keywords'
            HAVING count(*) > 0) AS k (was, became) ON true
        WHERE old_profile -> f.name IS DISTINCT FROM new_profile -> f.name
        ORDER BY f.place;
END
$$;
COMMENT ON FUNCTION aria_engine.focus_diff(text, integer, integer) IS
'What differs between two versions of a profile, a row a column, in the table''s order, its contract last; created_at '
'and updated_at aside. Of keyword lists old_value and new_value have only the entries that the lists do not share (the '
'whole lists where only their order differs). summary says it for people: "+invoice, -down, refund 1 -> 2". A NULL '
'argument gives no rows. Raises 22023 for a revision that does not exist. Needs SELECT on focus_profiles and '
'focus_history.';

CREATE FUNCTION aria_engine.focus_revisions(
    focus_id text,
    OUT revision integer, OUT operation text, OUT changed_at timestamptz, OUT changed_by text,
    OUT reason text, OUT changes jsonb, OUT author text, OUT summary text)
    RETURNS SETOF record
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 1000 ROWS 10
    SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1
    AS $$
    WITH version AS (
        SELECT h.revision, h.operation, h.changed_at, h.changed_by, h.reason, h.author, h.profile
        FROM aria_engine.focus_history AS h WHERE h.focus_id = $1
        UNION ALL
        SELECT aria_engine.focus_current_revision($1), NULL, NULL, NULL, NULL, NULL,
               aria_engine.focus_whole(p)
        FROM aria_engine.focus_profiles AS p WHERE p.focus_id = $1
    ), step AS (
        -- what ended the version before made this one, if it was an UPDATE
        SELECT v.*, lag(v.profile) OVER earlier AS earlier, lag(v.operation) OVER earlier AS earlier_operation,
               lag(v.changed_at) OVER earlier AS began_at, lag(v.changed_by) OVER earlier AS began_by,
               lag(v.reason) OVER earlier AS began_why, lag(v.author) OVER earlier AS began_author,
               lag(v.revision) OVER earlier = v.revision - 1 AS follows
        FROM version AS v WINDOW earlier AS (ORDER BY v.revision)
    )
    SELECT CASE WHEN event.revision <= 2147483647 THEN event.revision::integer END, event.operation, event.changed_at,
           event.changed_by, event.reason, event.changes, event.author, event.summary
    FROM step AS s
    -- an id may begin as the new name of another one
    LEFT JOIN LATERAL (
        SELECT h.focus_id, h.changed_at, h.changed_by, h.reason, h.author
        FROM aria_engine.focus_history AS h
        WHERE h.operation = 'RENAME' AND h.profile ->> 'renamed_to' = $1
          AND NOT coalesce(s.follows AND s.earlier_operation = 'UPDATE', false)
          AND h.changed_at >= coalesce(s.began_at, '-infinity') AND h.changed_at <= coalesce(s.changed_at, 'infinity')
        ORDER BY h.changed_at DESC LIMIT 1) AS was ON true,
    LATERAL (
        SELECT s.revision, 'UPDATE', s.began_at, s.began_by, s.began_why, (
            SELECT coalesce(jsonb_object_agg(o.key, jsonb_build_array(o.value, s.profile -> o.key)), '{}')
            -- a version without a contract has no key of it
            FROM jsonb_each('{"contract": null}' || s.earlier) AS o
            WHERE o.key NOT IN ('created_at', 'updated_at')
              AND o.value IS DISTINCT FROM coalesce(
                  s.profile -> o.key, CASE o.key WHEN 'contract' THEN 'null'::jsonb END)),
            s.began_author, aria_engine.focus_summary(s.earlier, s.profile)
        WHERE s.follows AND s.earlier_operation = 'UPDATE'
        UNION ALL
        SELECT s.revision, CASE WHEN s.revision = 1 OR s.follows THEN 'INSERT' END,
               coalesce(was.changed_at, (s.profile ->> 'created_at')::timestamptz), was.changed_by, was.reason,
               CASE WHEN was.focus_id IS NOT NULL
                   THEN jsonb_build_object('focus_id', jsonb_build_array(was.focus_id, $1)) END,
               was.author, 'focus_id ' || was.focus_id || ' -> ' || $1
        WHERE NOT coalesce(s.follows AND s.earlier_operation = 'UPDATE', false)
        UNION ALL
        SELECT NULL, s.operation, s.changed_at, s.changed_by, s.reason,
               CASE WHEN s.profile ? 'renamed_to' AND s.operation = 'RENAME'
                    THEN jsonb_build_object('focus_id', jsonb_build_array($1, s.profile -> 'renamed_to')) END,
               s.author, 'focus_id ' || $1 || ' -> ' || (s.profile ->> 'renamed_to')
        WHERE s.operation <> 'UPDATE'
    ) AS event (revision, operation, changed_at, changed_by, reason, changes, author, summary)
    ORDER BY s.revision, event.revision NULLS LAST
$$;
COMMENT ON FUNCTION aria_engine.focus_revisions(text) IS
'Everything that happened to a profile, oldest first: a row for every version with what made it (INSERT, which is also '
'how an id begins after a rename, or UPDATE), when, by whom and why, and the fields that changed as {"field": [old, '
'new]}; and a row without revision for every DELETE, TRUNCATE or RENAME that ended the id''s life. A rename says both '
'ids as a change of focus_id, at either end. By whom and why is not kept of an INSERT. summary says the changes for '
'people: "+invoice, -down, refund 1 -> 2; tone warm -> playful". author is a label that anybody can set. NULL or an '
'unknown id gives no rows. Needs SELECT on focus_profiles and focus_history.';

CREATE FUNCTION aria_engine.focus_at(focus_id text, at timestamptz) RETURNS SETOF aria_engine.focus_profiles
    LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 1
    SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1
    AS $$
    SELECT was.*
    FROM (
        (SELECT h.profile, h.changed_at, h.revision FROM aria_engine.focus_history AS h
         WHERE h.focus_id = $1 AND h.changed_at > $2 ORDER BY h.revision LIMIT 1)
        UNION ALL
        (SELECT to_jsonb(p), 'infinity', NULL FROM aria_engine.focus_profiles AS p WHERE p.focus_id = $1)
        ORDER BY 3 LIMIT 1
    ) AS version,
    LATERAL jsonb_populate_record(NULL::aria_engine.focus_profiles, version.profile) AS was
    WHERE was.created_at <= $2
      -- a profile that had another id then was not this one
      AND NOT EXISTS (
          SELECT FROM aria_engine.focus_history AS h
          WHERE h.operation = 'RENAME' AND h.profile ->> 'renamed_to' = $1
            AND h.changed_at > $2 AND h.changed_at <= version.changed_at)
$$;
COMMENT ON FUNCTION aria_engine.focus_at(text, timestamptz) IS
'The profile as it was at a time, its 16 columns without its contract (see focus_revision), or no row if there was '
'none of this id: the oldest version that ended after that time, else the current one, if it had been created by '
'then, and had this id. A NULL argument gives no rows. Needs SELECT on focus_profiles and focus_history.';
