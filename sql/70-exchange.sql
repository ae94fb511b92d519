-- Chapter exchange: profiles as a document, their fingerprint, and short forms for people and agents.

CREATE FUNCTION aria_engine.focus_document(profile aria_engine.focus_profiles) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1
    AS $$
    -- adding 0 makes a negative zero an ordinary one: they are equal
    SELECT format(
        E'{"focus_id": %s,\n   "display_name": %s,\n   "emoji": %s,\n   "description": %s,\n   "tone": %s,\n'
        '   "style": %s,\n   "delegation_level": %s,\n   "token_budget_hint": %s,\n   "temperature_delta": %s,\n'
        '   "expertise_keywords": [%s],\n   "system_prompt_addon": %s,\n   "model_override": %s,\n'
        '   "auto_skills": %s,\n   "enabled": %s%s}',
        to_json($1.focus_id), to_json($1.display_name), to_json($1.emoji),
        coalesce(to_json($1.description)::text, 'null'), to_json($1.tone), to_json($1.style),
        $1.delegation_level, $1.token_budget_hint, $1.temperature_delta + 0,
        (SELECT string_agg(E'\n      ' ||
             CASE WHEN jsonb_typeof(k.entry) = 'object' THEN
                 '{"keyword": ' || (k.entry -> 'keyword')::text
                 || coalesce(', "match": ' || (k.entry -> 'match')::text, '')
                 || coalesce(', "weight": ' || trim_scale((k.entry ->> 'weight')::numeric)::text, '') || '}'
             ELSE k.entry::text END, ',' ORDER BY k.n) || E'\n   '
         FROM jsonb_array_elements($1.expertise_keywords) WITH ORDINALITY AS k (entry, n)),
        coalesce(to_json($1.system_prompt_addon)::text, 'null'),
        coalesce(to_json($1.model_override)::text, 'null'), $1.auto_skills, to_json($1.enabled),
        E',\n   "contract": '
            || aria_engine.focus_contract_text(nullif(aria_engine.focus_own_contract($1.focus_id::text), '{}')))
$$;
COMMENT ON FUNCTION aria_engine.focus_document(aria_engine.focus_profiles) IS
'Internal: a profile as focus_export writes it. Equal content gives equal text.';

CREATE FUNCTION aria_engine.focus_own_words() RETURNS TABLE(kind text, word text, description text, contract jsonb)
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
    SELECT 'tone', t.tone::text, t.description, t.contract FROM aria_engine.focus_tones AS t WHERE NOT t.builtin
    UNION ALL
    SELECT 'style', s.style::text, s.description, s.contract FROM aria_engine.focus_styles AS s WHERE NOT s.builtin
$$;
COMMENT ON FUNCTION aria_engine.focus_own_words() IS
'Internal: the tones and styles that the extension did not bring. Needs SELECT on focus_tones and focus_styles.';

CREATE FUNCTION aria_engine.focus_brought_words(document jsonb)
    RETURNS TABLE(kind text, place bigint, entry jsonb, word text)
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
    SELECT k.kind, e.n - 1, e.entry, e.entry ->> k.kind
    FROM (VALUES ('tone'), ('style')) AS k (kind),
         jsonb_array_elements(CASE WHEN jsonb_typeof($1 -> (k.kind || 's')) = 'array' THEN $1 -> (k.kind || 's') END)
         WITH ORDINALITY AS e (entry, n)
$$;
COMMENT ON FUNCTION aria_engine.focus_brought_words(jsonb) IS
'Internal: the tones and styles that a document brings along, as they stand there.';

CREATE FUNCTION aria_engine.focus_export(focus_ids text[] DEFAULT NULL) RETURNS json
    LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000
    SET search_path = pg_catalog, pg_temp SET row_security = off
    AS $$
DECLARE
    unknown text;
    profiles text;
    words text;
BEGIN
    SELECT w.id INTO unknown FROM unnest(focus_ids) AS w (id)
    WHERE NOT EXISTS (SELECT FROM aria_engine.focus_profiles AS p WHERE p.focus_id = w.id) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'focus profile "%" does not exist', unknown
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Nothing was exported. focus_export() takes all profiles that there are.';
    END IF;
    SELECT string_agg(E'\n  ' || aria_engine.focus_document(p), ',' ORDER BY p.focus_id COLLATE "C") INTO profiles
    FROM aria_engine.focus_profiles AS p
    WHERE focus_ids IS NULL OR p.focus_id = ANY (focus_ids);
    -- the words that these profiles use and the extension did not bring
    SELECT string_agg(format(' "%ss": [%s],', k.kind, k.entries || E'\n'), E'\n' ORDER BY k.kind DESC) INTO words
    FROM (SELECT w.kind, string_agg(format(E'\n  {"%s": %s, "description": %s%s}', w.kind, to_json(w.word),
                     coalesce(to_json(w.description)::text, 'null'),
                     ', "contract": ' || aria_engine.focus_contract_text(nullif(w.contract, '{}'))), ','
                     ORDER BY w.word COLLATE "C") AS entries
          FROM aria_engine.focus_own_words() AS w
          WHERE EXISTS (SELECT FROM aria_engine.focus_profiles AS p
                        WHERE (focus_ids IS NULL OR p.focus_id = ANY (focus_ids))
                          AND w.word = CASE w.kind WHEN 'tone' THEN p.tone ELSE p.style END)
          GROUP BY w.kind) AS k;
    RETURN format('{"format": 1,%s%s "profiles": [%s]}',
                  CASE WHEN focus_ids IS NOT NULL THEN ' "partial": true,' END, words || E'\n',
                  profiles || E'\n')::json;
END
$$;
COMMENT ON FUNCTION aria_engine.focus_export(text[]) IS
'The profiles with these ids, with "partial": true, or all, as {"format": 1, "profiles": [...]}: sorted by focus_id, a '
'key a line in the table''s order, a keyword a line, the contract last where there is one, no timestamps; before them, '
'as "tones" and "styles", the words that they use and the extension did not bring. Equal content gives equal text, '
'whatever the settings. Raises 22023 for an id that does not exist; 42501 where row-level security would hide rows. '
'Needs SELECT on focus_profiles.';

CREATE FUNCTION aria_engine.focus_etag() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE COST 2000
    SET search_path = pg_catalog, pg_temp
    AS $$
    -- in UTF-8, so that databases of different encodings agree; two encodings know no way there
    SELECT encode(sha256(convert_to(
        aria_engine.focus_export(NULL::text[])::text,
        CASE WHEN getdatabaseencoding() IN ('SQL_ASCII', 'MULE_INTERNAL') THEN getdatabaseencoding()
             ELSE 'UTF8' END)), 'hex')
$$;
COMMENT ON FUNCTION aria_engine.focus_etag() IS
'A fingerprint of all profiles, disabled ones too, with the tones and styles of your own that they use: sha256 over '
'focus_export() in UTF-8, as 64 hexadecimal digits. It changes if and only if content changes, and is the same on a '
'replica: poll it where NOTIFY does not reach. Needs SELECT on focus_profiles.';

-- Answers before a row is read: it depends on none.
CREATE FUNCTION aria_engine.focus_catalog_is_whole() RETURNS boolean
    LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1
    SET search_path = pg_catalog, pg_temp
    AS $$
BEGIN
    IF row_security_active('aria_engine.focus_profiles'::regclass) THEN
        RAISE EXCEPTION 'row-level security applies to you on table "focus_profiles"'
            USING ERRCODE = 'feature_not_supported',
                  DETAIL = 'focus_catalog reads it as its owner, and would show what the policies hide.',
                  HINT = 'SELECT from focus_profiles, or read the catalog as a role with BYPASSRLS.';
    END IF;
    RETURN true;
END
$$;
COMMENT ON FUNCTION aria_engine.focus_catalog_is_whole() IS
'Internal: raises 0A000 where row-level security of focus_profiles applies to the caller.';

-- Its reader needs no right on the table. Barrier: a reader's own functions see the rows that the view
-- shows, and no others.
CREATE VIEW aria_engine.focus_catalog WITH (security_barrier = true) AS
    SELECT p.focus_id, p.display_name, p.emoji, p.description, p.tone, p.style, p.delegation_level,
           p.token_budget_hint, p.temperature_delta, p.expertise_keywords,
           pg_catalog.length(p.system_prompt_addon) AS system_prompt_addon_length, p.model_override,
           p.auto_skills, p.created_at, p.updated_at
    FROM aria_engine.focus_profiles AS p
    WHERE p.enabled AND aria_engine.focus_catalog_is_whole();
COMMENT ON VIEW aria_engine.focus_catalog IS
'The enabled profiles without the text of their prompt addons. SELECT on it is enough to read it. Raises 0A000 where '
'row-level security of focus_profiles applies to the reader.';
COMMENT ON COLUMN aria_engine.focus_catalog.focus_id IS 'as in focus_profiles';
COMMENT ON COLUMN aria_engine.focus_catalog.display_name IS 'as in focus_profiles';
COMMENT ON COLUMN aria_engine.focus_catalog.emoji IS 'as in focus_profiles';
COMMENT ON COLUMN aria_engine.focus_catalog.description IS 'as in focus_profiles';
COMMENT ON COLUMN aria_engine.focus_catalog.tone IS 'as in focus_profiles';
COMMENT ON COLUMN aria_engine.focus_catalog.style IS 'as in focus_profiles';
COMMENT ON COLUMN aria_engine.focus_catalog.delegation_level IS 'as in focus_profiles';
COMMENT ON COLUMN aria_engine.focus_catalog.token_budget_hint IS 'as in focus_profiles';
COMMENT ON COLUMN aria_engine.focus_catalog.temperature_delta IS 'as in focus_profiles';
COMMENT ON COLUMN aria_engine.focus_catalog.expertise_keywords IS 'as in focus_profiles';
COMMENT ON COLUMN aria_engine.focus_catalog.system_prompt_addon_length IS
'characters of the prompt addon; NULL if there is none';
COMMENT ON COLUMN aria_engine.focus_catalog.model_override IS 'as in focus_profiles';
COMMENT ON COLUMN aria_engine.focus_catalog.auto_skills IS 'as in focus_profiles';
COMMENT ON COLUMN aria_engine.focus_catalog.created_at IS 'as in focus_profiles';
COMMENT ON COLUMN aria_engine.focus_catalog.updated_at IS 'as in focus_profiles';

CREATE FUNCTION aria_engine.focus_digest() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
    -- Unicode's white space, which the server's own class has not in every locale
    SELECT coalesce(string_agg(
        format('%s: %s (%s)', p.focus_id, regexp_replace(p.display_name, w.white_space, ' ', 'g'), p.delegation_level),
        E'\n' ORDER BY p.delegation_level, p.focus_id COLLATE "C"), '')
    FROM aria_engine.focus_profiles AS p, (VALUES (CASE WHEN getdatabaseencoding() = 'UTF8'
        THEN '[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+' ELSE '[[:space:]]+' END))
            AS w (white_space)
    WHERE p.enabled
$$;
COMMENT ON FUNCTION aria_engine.focus_digest() IS
'The enabled profiles for an agent''s context, a line each: focus_id, display_name, delegation_level; by level, then '
'focus_id. Empty if there is none. Needs SELECT on focus_profiles.';
