-- Chapter profiles: the vocabularies, the table, its rules.

-- Operators are named in full and their operands cast: the schema may be the installing role's own, and
-- an operator planted there for the very types (varchar = varchar) would be called by a superuser.

-- The vocabularies are data. `builtin` is generated so that no restore and no UPDATE can change which
-- rows the script brings; its lists never change.
CREATE TABLE aria_engine.focus_tones (
    tone varchar(30)
        CONSTRAINT focus_tones_pkey PRIMARY KEY
        CONSTRAINT focus_tones_tone_check CHECK (NOT aria_engine.focus_is_blank(tone::text)),
    description text,
    contract jsonb DEFAULT '{}'
        CONSTRAINT focus_tones_contract_not_null NOT NULL
        CONSTRAINT focus_tones_contract_check CHECK (aria_engine.focus_is_contract(contract)),
    builtin boolean GENERATED ALWAYS AS (
        tone::text OPERATOR(pg_catalog.=) ANY (ARRAY[
            'precise', 'analytical', 'playful', 'formal', 'warm', 'blunt', 'neutral']::text[])) STORED
);
COMMENT ON TABLE aria_engine.focus_tones IS
'The tones that a profile may have. Add one with INSERT; your own are dumped and restored.';
COMMENT ON COLUMN aria_engine.focus_tones.tone IS 'the word, as focus_profiles.tone has it';
COMMENT ON COLUMN aria_engine.focus_tones.description IS 'what it means for an answer';
COMMENT ON COLUMN aria_engine.focus_tones.contract IS
'what an answer keeps, in numbers; see focus_validate_contract. That of a built-in tone changes with a version alone';
COMMENT ON COLUMN aria_engine.focus_tones.builtin IS 'true for those that the extension brings';
COMMENT ON CONSTRAINT focus_tones_pkey ON aria_engine.focus_tones IS 'a tone is there once';
COMMENT ON CONSTRAINT focus_tones_tone_check ON aria_engine.focus_tones IS 'a tone is not blank';
COMMENT ON CONSTRAINT focus_tones_contract_check ON aria_engine.focus_tones IS 'a contract is valid';
COMMENT ON INDEX aria_engine.focus_tones_pkey IS 'finds a tone';

INSERT INTO aria_engine.focus_tones (tone, description, contract)
SELECT word, meaning, aria_engine.focus_builtin_contract('tone'::text, word)
FROM (VALUES
    ('precise', 'exact terms, numbers with units, no filler'),
    ('analytical', 'takes things apart, weighs causes and evidence'),
    ('playful', 'light, inventive, fond of images'),
    ('formal', 'measured and impersonal'),
    ('warm', 'friendly and encouraging'),
    ('blunt', 'says it straight, without cushioning'),
    ('neutral', 'no colouring of its own')) AS builtin (word, meaning);

CREATE TABLE aria_engine.focus_styles (
    style varchar(30)
        CONSTRAINT focus_styles_pkey PRIMARY KEY
        CONSTRAINT focus_styles_style_check CHECK (NOT aria_engine.focus_is_blank(style::text)),
    description text,
    contract jsonb DEFAULT '{}'
        CONSTRAINT focus_styles_contract_not_null NOT NULL
        CONSTRAINT focus_styles_contract_check CHECK (aria_engine.focus_is_contract(contract)),
    builtin boolean GENERATED ALWAYS AS (
        style::text OPERATOR(pg_catalog.=) ANY (ARRAY[
            'directive', 'socratic', 'analytical', 'narrative', 'concise']::text[])) STORED
);
COMMENT ON TABLE aria_engine.focus_styles IS
'The styles that a profile may have. Add one with INSERT; your own are dumped and restored.';
COMMENT ON COLUMN aria_engine.focus_styles.style IS 'the word, as focus_profiles.style has it';
COMMENT ON COLUMN aria_engine.focus_styles.description IS 'what it means for an answer';
COMMENT ON COLUMN aria_engine.focus_styles.contract IS
'what an answer keeps, in numbers; see focus_validate_contract. That of a built-in style changes with a version alone';
COMMENT ON COLUMN aria_engine.focus_styles.builtin IS 'true for those that the extension brings';
COMMENT ON CONSTRAINT focus_styles_pkey ON aria_engine.focus_styles IS 'a style is there once';
COMMENT ON CONSTRAINT focus_styles_style_check ON aria_engine.focus_styles IS 'a style is not blank';
COMMENT ON CONSTRAINT focus_styles_contract_check ON aria_engine.focus_styles IS 'a contract is valid';
COMMENT ON INDEX aria_engine.focus_styles_pkey IS 'finds a style';

INSERT INTO aria_engine.focus_styles (style, description, contract)
SELECT word, meaning, aria_engine.focus_builtin_contract('style'::text, word)
FROM (VALUES
    ('directive', 'tells what to do, step by step'),
    ('socratic', 'leads by questions'),
    ('analytical', 'shows the reasoning and the alternatives'),
    ('narrative', 'tells it as a story'),
    ('concise', 'as short as it can be')) AS builtin (word, meaning);

-- Exactly the 16 columns that applications map; constraint names say the column. The names of the NOT
-- NULL constraints are kept by PostgreSQL 18 and only read by earlier ones.
CREATE TABLE aria_engine.focus_profiles (
    focus_id varchar(50) CONSTRAINT focus_profiles_focus_id_not_null NOT NULL
        CONSTRAINT focus_profiles_pkey PRIMARY KEY
        CONSTRAINT focus_profiles_focus_id_check
            CHECK (focus_id::text OPERATOR(pg_catalog.~) '^[a-z0-9][a-z0-9_-]{0,49}$'::text),
    display_name varchar(100) CONSTRAINT focus_profiles_display_name_not_null NOT NULL
        CONSTRAINT focus_profiles_display_name_check CHECK (NOT aria_engine.focus_is_blank(display_name::text)),
    emoji varchar(10) CONSTRAINT focus_profiles_emoji_not_null NOT NULL
        CONSTRAINT focus_profiles_emoji_check CHECK (NOT aria_engine.focus_is_blank(emoji::text)),
    description text,
    tone varchar(30) DEFAULT 'neutral' CONSTRAINT focus_profiles_tone_not_null NOT NULL
        CONSTRAINT focus_profiles_tone_fkey REFERENCES aria_engine.focus_tones (tone),
    style varchar(30) DEFAULT 'directive' CONSTRAINT focus_profiles_style_not_null NOT NULL
        CONSTRAINT focus_profiles_style_fkey REFERENCES aria_engine.focus_styles (style),
    delegation_level integer DEFAULT 2 CONSTRAINT focus_profiles_delegation_level_not_null NOT NULL
        CONSTRAINT focus_profiles_delegation_level_check
            CHECK (delegation_level OPERATOR(pg_catalog.>=) 1 AND delegation_level OPERATOR(pg_catalog.<=) 3),
    token_budget_hint integer DEFAULT 2000 CONSTRAINT focus_profiles_token_budget_hint_not_null NOT NULL
        CONSTRAINT focus_profiles_token_budget_hint_check CHECK (token_budget_hint OPERATOR(pg_catalog.>=) 0),
    temperature_delta double precision DEFAULT 0.0
        CONSTRAINT focus_profiles_temperature_delta_not_null NOT NULL
        -- NaN is greater than any number here, so the upper bound refuses it
        CONSTRAINT focus_profiles_temperature_delta_check
            CHECK (temperature_delta OPERATOR(pg_catalog.>=) '-1'::double precision
                   AND temperature_delta OPERATOR(pg_catalog.<=) '1'::double precision),
    expertise_keywords jsonb DEFAULT '[]' CONSTRAINT focus_profiles_expertise_keywords_not_null NOT NULL
        CONSTRAINT focus_profiles_expertise_keywords_check
            CHECK (aria_engine.focus_is_keyword_list(expertise_keywords)),
    system_prompt_addon text,
    model_override varchar(200)
        CONSTRAINT focus_profiles_model_override_check CHECK (NOT aria_engine.focus_is_blank(model_override::text)),
    auto_skills jsonb DEFAULT '[]' CONSTRAINT focus_profiles_auto_skills_not_null NOT NULL
        CONSTRAINT focus_profiles_auto_skills_check CHECK (aria_engine.focus_is_skill_list(auto_skills)),
    enabled boolean DEFAULT true CONSTRAINT focus_profiles_enabled_not_null NOT NULL,
    created_at timestamptz DEFAULT pg_catalog.now() CONSTRAINT focus_profiles_created_at_not_null NOT NULL,
    updated_at timestamptz DEFAULT pg_catalog.now() CONSTRAINT focus_profiles_updated_at_not_null NOT NULL
);

-- The script is ASCII and serves every encoding: the target emoji exists in UTF8 only. (The CASE stands
-- inside chr(): around it, the planner would compute both branches.)
DO $$
BEGIN
    EXECUTE pg_catalog.format(
        'ALTER TABLE aria_engine.focus_profiles ALTER COLUMN emoji SET DEFAULT %L',
        pg_catalog.chr(CASE WHEN pg_catalog.getdatabaseencoding() OPERATOR(pg_catalog.=) 'UTF8'::name
                       THEN 127919 ELSE 42 END));
END
$$;

CREATE INDEX idx_focus_profiles_enabled ON aria_engine.focus_profiles (enabled);

COMMENT ON TABLE aria_engine.focus_profiles IS
'Focus profiles: named personality layers of LLM agents. Bad rows are refused with one error that lists every problem; '
'edits take effect with the next statement.';
COMMENT ON COLUMN aria_engine.focus_profiles.focus_id IS
'slug such as devsecops: 1 to 50 of a-z, 0-9, _ and -, the first one a letter or digit';
COMMENT ON COLUMN aria_engine.focus_profiles.display_name IS 'name shown to people, 1 to 100 characters, not blank';
COMMENT ON COLUMN aria_engine.focus_profiles.emoji IS 'sign shown to people, 1 to 10 characters, not blank';
COMMENT ON COLUMN aria_engine.focus_profiles.description IS 'what the focus is for';
COMMENT ON COLUMN aria_engine.focus_profiles.tone IS 'one of focus_tones';
COMMENT ON COLUMN aria_engine.focus_profiles.style IS 'one of focus_styles';
COMMENT ON COLUMN aria_engine.focus_profiles.delegation_level IS '1 core initiator, 2 specialist, 3 ephemeral';
COMMENT ON COLUMN aria_engine.focus_profiles.token_budget_hint IS
'ceiling on max_tokens (tokens) while this focus is active; 0 = off';
COMMENT ON COLUMN aria_engine.focus_profiles.temperature_delta IS 'added to the agent''s temperature, -1 to 1';
COMMENT ON COLUMN aria_engine.focus_profiles.expertise_keywords IS
'keyword list for routing: strings, or objects {"keyword", "match", "weight"}; see focus_is_keyword_list';
COMMENT ON COLUMN aria_engine.focus_profiles.system_prompt_addon IS
'appended after the agent''s base prompt, never replaces it';
COMMENT ON COLUMN aria_engine.focus_profiles.model_override IS
'model id used instead of the agent''s; NULL keeps the agent''s';
COMMENT ON COLUMN aria_engine.focus_profiles.auto_skills IS
'skills added while this focus is active: an array of non-blank strings without duplicates';
COMMENT ON COLUMN aria_engine.focus_profiles.enabled IS 'false takes the profile out of routing';
COMMENT ON COLUMN aria_engine.focus_profiles.created_at IS 'when the row was inserted; no UPDATE changes it';
COMMENT ON COLUMN aria_engine.focus_profiles.updated_at IS
'when the content last changed; moves on every effective UPDATE that does not set it itself';

COMMENT ON CONSTRAINT focus_profiles_pkey ON aria_engine.focus_profiles IS 'a focus_id is there once';
COMMENT ON CONSTRAINT focus_profiles_focus_id_check ON aria_engine.focus_profiles IS 'focus_id is a slug';
COMMENT ON CONSTRAINT focus_profiles_display_name_check ON aria_engine.focus_profiles IS 'display_name is not blank';
COMMENT ON CONSTRAINT focus_profiles_emoji_check ON aria_engine.focus_profiles IS 'emoji is not blank';
COMMENT ON CONSTRAINT focus_profiles_tone_fkey ON aria_engine.focus_profiles IS 'tone is in the vocabulary';
COMMENT ON CONSTRAINT focus_profiles_style_fkey ON aria_engine.focus_profiles IS 'style is in the vocabulary';
COMMENT ON CONSTRAINT focus_profiles_delegation_level_check ON aria_engine.focus_profiles IS
    'delegation_level is 1, 2 or 3';
COMMENT ON CONSTRAINT focus_profiles_token_budget_hint_check ON aria_engine.focus_profiles IS
    'token_budget_hint is not negative';
COMMENT ON CONSTRAINT focus_profiles_temperature_delta_check ON aria_engine.focus_profiles IS
    'temperature_delta is a number in [-1, 1]';
COMMENT ON CONSTRAINT focus_profiles_expertise_keywords_check ON aria_engine.focus_profiles IS
    'expertise_keywords is a valid keyword list';
COMMENT ON CONSTRAINT focus_profiles_model_override_check ON aria_engine.focus_profiles IS
    'model_override is not blank';
COMMENT ON CONSTRAINT focus_profiles_auto_skills_check ON aria_engine.focus_profiles IS
    'auto_skills is an array of distinct non-blank strings';
COMMENT ON INDEX aria_engine.focus_profiles_pkey IS 'finds a profile';
COMMENT ON INDEX aria_engine.idx_focus_profiles_enabled IS 'finds the enabled profiles';

-- The trigger says everything that is wrong at once; the constraints stand behind it where triggers
-- do not fire.
CREATE FUNCTION aria_engine.focus_profiles_validate() RETURNS trigger
    LANGUAGE c VOLATILE
    AS 'MODULE_PATHNAME', 'focus_profiles_validate';
COMMENT ON FUNCTION aria_engine.focus_profiles_validate() IS
'Trigger of focus_profiles: refuses a bad row with one error. SQLSTATE of the first problem in column order (23502 '
'null, 23503 unknown tone or style, 23514 anything else), DETAIL with every problem and its path, HINT with the next '
'step. Raises 54000 for a row whose columns have more than 267,386,880 bytes together: history could not hold it.';

CREATE TRIGGER focus_profiles_validate
    BEFORE INSERT OR UPDATE ON aria_engine.focus_profiles
    FOR EACH ROW EXECUTE FUNCTION aria_engine.focus_profiles_validate();
COMMENT ON TRIGGER focus_profiles_validate ON aria_engine.focus_profiles IS
'refuses a bad row with one error that lists every problem';

CREATE FUNCTION aria_engine.focus_is_tone(tone text) RETURNS boolean
    LANGUAGE sql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
    AS $$ SELECT EXISTS (SELECT FROM aria_engine.focus_tones AS known WHERE known.tone = $1 COLLATE "C") $$;
COMMENT ON FUNCTION aria_engine.focus_is_tone(text) IS
'True if the text is a tone of focus_tones, exactly and case-sensitively. NULL gives NULL.';

CREATE FUNCTION aria_engine.focus_is_style(style text) RETURNS boolean
    LANGUAGE sql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
    AS $$ SELECT EXISTS (SELECT FROM aria_engine.focus_styles AS known WHERE known.style = $1 COLLATE "C") $$;
COMMENT ON FUNCTION aria_engine.focus_is_style(text) IS
'True if the text is a style of focus_styles, exactly and case-sensitively. NULL gives NULL.';

CREATE FUNCTION aria_engine.focus_validate(
    profile jsonb,
    OUT field text, OUT path text, OUT code text, OUT severity text, OUT message text, OUT hint text)
    RETURNS SETOF record
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 500 ROWS 3
    AS 'MODULE_PATHNAME', 'focus_validate';
COMMENT ON FUNCTION aria_engine.focus_validate(jsonb) IS
'Every problem of a candidate profile (an object keyed by column; an absent key or JSON null means the default; '
'created_at and updated_at are known and not looked at), errors in column order, then warnings. No row of severity '
'error: it would be accepted. Codes: unknown_key, missing, bad_type, not_in_vocabulary, out_of_range, blank, '
'duplicate, too_long, bad_format (errors); risky_keyword, possible_secret, large_budget (warnings). NULL gives no '
'rows. Raises 54000 for a document of more than 10,000,000 values.';

CREATE FUNCTION aria_engine.focus_examine(
    profiles jsonb,
    OUT focus_id text, OUT code text, OUT severity text, OUT message text, OUT hint text)
    RETURNS SETOF record
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 5000 ROWS 10
    AS 'MODULE_PATHNAME', 'focus_examine';
COMMENT ON FUNCTION aria_engine.focus_examine(jsonb) IS
'What focus_doctor finds, for an array of profile rows (jsonb_agg(to_jsonb(p))) that need not be stored. NULL gives no '
'rows. Raises 54000 for a document of more than 10,000,000 values.';

CREATE FUNCTION aria_engine.focus_doctor(
    OUT focus_id text, OUT code text, OUT severity text, OUT message text, OUT hint text)
    RETURNS SETOF record
    LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 10 SET search_path = pg_catalog, pg_temp
    AS $$
    SELECT found.*
    FROM aria_engine.focus_examine((
        SELECT coalesce(jsonb_agg(to_jsonb(p) ORDER BY p.focus_id COLLATE "C"), '[]')
        FROM aria_engine.focus_profiles AS p)) AS found
    UNION ALL
    SELECT odd.*
    FROM aria_engine.focus_odd_contracts() AS odd
    UNION ALL
    SELECT NULL, lost.code, lost.severity, lost.message, lost.hint
    FROM aria_engine.focus_losses() AS lost
$$;
COMMENT ON FUNCTION aria_engine.focus_doctor() IS
'What is wrong or unwise in the stored profiles, row by row and across rows: the codes of focus_validate, and '
'legacy_id (an id that today''s rule refuses), shadowed_keyword (never counts), hidden_veto (a negative keyword inside '
'a phrase that hits instead), shared_keyword (stands in several enabled profiles), inside_word (hits inside a word of '
'another enabled profile), unreachable (no message can lead there), idle_fallback (of level 1, and never the '
'fallback), no_fallback (no enabled profile is one), contradicting_contract (no text can keep it), orphan_contract (of '
'no profile). Of the tables of the extension: foreign_column (a dump of the database will not restore), missing_, '
'changed_ and disabled_ column, not_null, default, constraint, trigger, index, unvalidated_constraint, late_trigger; '
'the hint is the statement that puts it right. Needs SELECT on '
'focus_profiles and sees the rows that a SELECT would.';

