-- Chapter contracts: contracts that are kept, those of tones and styles and the profiles' own.

-- No foreign key: TRUNCATE of the profiles would be refused, a restore with several jobs would lose contracts that
-- come before their profile, and a cascade would fire before the recorder and take from history what it has to keep.
-- The recorder of focus_profiles deletes, renames and truncates them instead.
CREATE TABLE aria_engine.focus_contracts (
    focus_id varchar(50)
        CONSTRAINT focus_contracts_pkey PRIMARY KEY,
    contract jsonb CONSTRAINT focus_contracts_contract_not_null NOT NULL
        CONSTRAINT focus_contracts_contract_check CHECK (aria_engine.focus_is_contract(contract))
);
COMMENT ON TABLE aria_engine.focus_contracts IS
'The profiles'' own contracts: what a reply keeps beside the contracts of tone and style. Part of the profile: a '
'change is an UPDATE of its content, with a revision and a notification. Write it with focus_put, key contract.';
COMMENT ON COLUMN aria_engine.focus_contracts.focus_id IS 'whose contract';
COMMENT ON COLUMN aria_engine.focus_contracts.contract IS
'limits of metrics and lists of phrases; see focus_validate_contract. {} is none';
COMMENT ON CONSTRAINT focus_contracts_pkey ON aria_engine.focus_contracts IS 'a profile has one contract';
COMMENT ON CONSTRAINT focus_contracts_contract_check ON aria_engine.focus_contracts IS 'a contract is valid';
COMMENT ON INDEX aria_engine.focus_contracts_pkey IS 'finds the contract of a profile';

-- --- the door ---------------------------------------------------------------------------------------------------

CREATE FUNCTION aria_engine.focus_contracts_validate() RETURNS trigger
    LANGUAGE c VOLATILE
    AS 'MODULE_PATHNAME', 'focus_contracts_validate';
COMMENT ON FUNCTION aria_engine.focus_contracts_validate() IS
'Trigger of focus_contracts, focus_tones and focus_styles: refuses an invalid contract with one error (23514) that '
'lists every problem and its path. Raises 54000 for a contract of more than 524,288 bytes.';
CREATE TRIGGER focus_contracts_validate
    BEFORE INSERT OR UPDATE ON aria_engine.focus_contracts
    FOR EACH ROW EXECUTE FUNCTION aria_engine.focus_contracts_validate();
COMMENT ON TRIGGER focus_contracts_validate ON aria_engine.focus_contracts IS
'refuses an invalid contract with one error that lists every problem';
CREATE TRIGGER focus_tones_validate
    BEFORE INSERT OR UPDATE ON aria_engine.focus_tones
    FOR EACH ROW EXECUTE FUNCTION aria_engine.focus_contracts_validate();
COMMENT ON TRIGGER focus_tones_validate ON aria_engine.focus_tones IS
'refuses an invalid contract with one error that lists every problem';
CREATE TRIGGER focus_styles_validate
    BEFORE INSERT OR UPDATE ON aria_engine.focus_styles
    FOR EACH ROW EXECUTE FUNCTION aria_engine.focus_contracts_validate();
COMMENT ON TRIGGER focus_styles_validate ON aria_engine.focus_styles IS
'refuses an invalid contract with one error that lists every problem';

-- --- a profile's own contract is part of it ---------------------------------------------------------------------

CREATE FUNCTION aria_engine.focus_contracts_record() RETURNS trigger
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'focus_contracts_record';
COMMENT ON FUNCTION aria_engine.focus_contracts_record() IS
'Trigger of focus_contracts: makes a change of a contract an UPDATE of its profile, which keeps the former version and '
'tells listeners. Raises 23503 for an unknown focus_id; what an UPDATE of focus_profiles raises, 42501 among it.';
CREATE TRIGGER zz_focus_contracts_insert
    BEFORE INSERT ON aria_engine.focus_contracts
    FOR EACH ROW WHEN (NOT (pg_catalog.current_setting('search_path') OPERATOR(pg_catalog.=) ''::text
                       AND pg_catalog.current_setting('check_function_bodies') OPERATOR(pg_catalog.=) 'off'::text))
    EXECUTE FUNCTION aria_engine.focus_contracts_record();
COMMENT ON TRIGGER zz_focus_contracts_insert ON aria_engine.focus_contracts IS
'keeps the former version of the profile that gets a contract; not in a session that restores';
CREATE TRIGGER zz_focus_contracts_record
    BEFORE UPDATE OR DELETE ON aria_engine.focus_contracts
    FOR EACH ROW EXECUTE FUNCTION aria_engine.focus_contracts_record();
COMMENT ON TRIGGER zz_focus_contracts_record ON aria_engine.focus_contracts IS
'keeps the former version of the profile whose contract is changed or deleted';
CREATE TRIGGER focus_contracts_record_truncate
    BEFORE TRUNCATE ON aria_engine.focus_contracts
    FOR EACH STATEMENT EXECUTE FUNCTION aria_engine.focus_contracts_record();
COMMENT ON TRIGGER focus_contracts_record_truncate ON aria_engine.focus_contracts IS
'keeps the former versions of all profiles that have a contract before TRUNCATE removes them';

CREATE FUNCTION aria_engine.focus_own_contract(focus_id text) RETURNS jsonb
    LANGUAGE sql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
    AS $$
    SELECT coalesce((SELECT c.contract FROM aria_engine.focus_contracts AS c WHERE c.focus_id = $1), '{}')
$$;
COMMENT ON FUNCTION aria_engine.focus_own_contract(text) IS 'Internal: the contract of a profile itself, {} for none.';

CREATE FUNCTION aria_engine.focus_wanted_contract(profile jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
    AS $$ SELECT coalesce(nullif($1 -> 'contract', 'null'), '{}') $$;
COMMENT ON FUNCTION aria_engine.focus_wanted_contract(jsonb) IS
'Internal: the contract that a document or a version has for a profile, {} for none.';

CREATE FUNCTION aria_engine.focus_whole(profile aria_engine.focus_profiles) RETURNS jsonb
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET extra_float_digits = 1
    AS $$
    SELECT to_jsonb($1) || coalesce((
        SELECT jsonb_build_object('contract', c.contract) FROM aria_engine.focus_contracts AS c
        WHERE c.focus_id = $1.focus_id AND c.contract <> '{}'), '{}')
$$;
COMMENT ON FUNCTION aria_engine.focus_whole(aria_engine.focus_profiles) IS
'Internal: a profile as history has it: its columns, and its contract where it has one.';

CREATE FUNCTION aria_engine.focus_store_with(
    profile aria_engine.focus_profiles, is_new boolean, contract jsonb)
    RETURNS aria_engine.focus_profiles
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'focus_store_with';
COMMENT ON FUNCTION aria_engine.focus_store_with(aria_engine.focus_profiles, boolean, jsonb) IS
'Internal: focus_store, and the profile''s contract with it in the same revision; {} is none, NULL leaves it as it is.';

CREATE FUNCTION aria_engine.focus_contract_text(contract jsonb) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'focus_contract_text';
COMMENT ON FUNCTION aria_engine.focus_contract_text(jsonb) IS
'Internal: a contract as focus_export writes it: equal ones give equal text, numbers without trailing zeros.';

-- --- tones and styles -------------------------------------------------------------------------------------------

CREATE FUNCTION aria_engine.focus_words_promise() RETURNS trigger
    LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    kind CONSTANT text := CASE WHEN TG_RELID = 'aria_engine.focus_tones'::regclass THEN 'tone' ELSE 'style' END;
    word CONSTANT text := to_jsonb(NEW) ->> kind;
    builtin CONSTANT jsonb := aria_engine.focus_builtin_contract(kind, word);
BEGIN
    IF builtin IS NULL OR NEW.contract = builtin THEN RETURN NEW; END IF;
    IF TG_OP = 'INSERT' AND NEW.contract = '{}' THEN
        NEW.contract := builtin;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.contract = OLD.contract AND word = to_jsonb(OLD) ->> kind THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'the contract of the built-in % "%" cannot be changed', kind, word
        USING ERRCODE = 'object_not_in_prerequisite_state',
              DETAIL = 'No dump would keep the change: the built-in words come with the extension.',
              HINT = format('Give the profiles a contract of their own (focus_put, key contract), or add a %s of your '
                            'own.', kind),
              SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = 'contract';
END
$$;
COMMENT ON FUNCTION aria_engine.focus_words_promise() IS
'Trigger of focus_tones and focus_styles: a built-in word has the contract of this version; another one is refused '
'with 55000.';
CREATE TRIGGER focus_tones_promise
    BEFORE INSERT OR UPDATE ON aria_engine.focus_tones
    FOR EACH ROW EXECUTE FUNCTION aria_engine.focus_words_promise();
COMMENT ON TRIGGER focus_tones_promise ON aria_engine.focus_tones IS
'lets nobody change the contract of a built-in tone';
CREATE TRIGGER focus_styles_promise
    BEFORE INSERT OR UPDATE ON aria_engine.focus_styles
    FOR EACH ROW EXECUTE FUNCTION aria_engine.focus_words_promise();
COMMENT ON TRIGGER focus_styles_promise ON aria_engine.focus_styles IS
'lets nobody change the contract of a built-in style';

CREATE FUNCTION aria_engine.focus_words_tell() RETURNS trigger
    LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    kind CONSTANT text := CASE WHEN TG_RELID = 'aria_engine.focus_tones'::regclass THEN 'tone' ELSE 'style' END;
    word CONSTANT text := to_jsonb(NEW) ->> kind;
BEGIN
    IF coalesce(nullif(current_setting('aria_focus.notify', true), ''), 'on')::boolean THEN
        PERFORM pg_notify('aria_focus', p.focus_id) FROM aria_engine.focus_profiles AS p
        WHERE CASE kind WHEN 'tone' THEN p.tone ELSE p.style END = word;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION aria_engine.focus_words_tell() IS
'Trigger of focus_tones and focus_styles: notifies the channel aria_focus of every profile that has a word whose '
'contract changed, unless the setting aria_focus.notify is off. Raises 42501 without SELECT on focus_profiles.';
CREATE TRIGGER focus_tones_tell
    AFTER UPDATE ON aria_engine.focus_tones
    FOR EACH ROW WHEN (NOT old.contract OPERATOR(pg_catalog.=) new.contract)
    EXECUTE FUNCTION aria_engine.focus_words_tell();
COMMENT ON TRIGGER focus_tones_tell ON aria_engine.focus_tones IS
'tells listeners of the profiles whose tone promises something else now';
CREATE TRIGGER focus_styles_tell
    AFTER UPDATE ON aria_engine.focus_styles
    FOR EACH ROW WHEN (NOT old.contract OPERATOR(pg_catalog.=) new.contract)
    EXECUTE FUNCTION aria_engine.focus_words_tell();
COMMENT ON TRIGGER focus_styles_tell ON aria_engine.focus_styles IS
'tells listeners of the profiles whose style promises something else now';

-- --- what is in force -------------------------------------------------------------------------------------------

CREATE FUNCTION aria_engine.focus_layered_contract(
    token_budget_hint integer, tone text, tone_contract jsonb, style text, style_contract jsonb,
    own_contract jsonb)
    RETURNS jsonb
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200
    AS 'MODULE_PATHNAME', 'focus_layered_contract';
COMMENT ON FUNCTION aria_engine.focus_layered_contract(integer, text, jsonb, text, jsonb, jsonb) IS
'Internal: the contract of every text under a token budget (0: none), with those of a tone and a style laid on it, and '
'a profile''s own on top. NULL gives NULL.';

CREATE FUNCTION aria_engine.focus_effective_contract(profile aria_engine.focus_profiles) RETURNS jsonb
    LANGUAGE sql STABLE PARALLEL SAFE COST 300 SET search_path = pg_catalog, pg_temp
    AS $$
    SELECT aria_engine.focus_layered_contract($1.token_budget_hint,
        $1.tone::text, (SELECT t.contract FROM aria_engine.focus_tones AS t WHERE t.tone = $1.tone),
        $1.style::text, (SELECT s.contract FROM aria_engine.focus_styles AS s WHERE s.style = $1.style),
        aria_engine.focus_own_contract($1.focus_id::text))
$$;
COMMENT ON FUNCTION aria_engine.focus_effective_contract(aria_engine.focus_profiles) IS
'Internal: what a profile promises, enabled or not.';

CREATE FUNCTION aria_engine.focus_contract_conflicts(contract jsonb, OUT message text, OUT hint text)
    RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 ROWS 1
    AS 'MODULE_PATHNAME', 'focus_contract_conflicts';
COMMENT ON FUNCTION aria_engine.focus_contract_conflicts(jsonb) IS
'Internal: the limits of a contract that no text can keep together, and phrases that it both forbids and requires.';

CREATE FUNCTION aria_engine.focus_prompt_findings(
    prompt text, contract jsonb, token_budget_hint integer,
    OUT rule text, OUT severity text, OUT message text, OUT pos bigint, OUT len bigint, OUT line bigint,
    OUT col bigint, OUT matched text, OUT measured double precision, OUT allowed double precision,
    OUT suggestion text)
    RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 2000 ROWS 1
    AS 'MODULE_PATHNAME', 'focus_prompt_findings';
COMMENT ON FUNCTION aria_engine.focus_prompt_findings(text, jsonb, integer) IS
'Internal: what focus_prompt_lint says of one prompt, under the effective contract and the token budget (0: none) of '
'its replies.';

CREATE FUNCTION aria_engine.focus_prompt_lint(
    focus_id text DEFAULT NULL,
    OUT focus_id text, OUT rule text, OUT severity text, OUT message text, OUT pos bigint, OUT len bigint,
    OUT line bigint, OUT col bigint, OUT matched text, OUT measured double precision, OUT allowed double precision,
    OUT suggestion text)
    RETURNS SETOF record
    LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 5
    SET search_path = pg_catalog, pg_temp
    AS $$
    SELECT p.focus_id, f.rule, f.severity, f.message, f.pos, f.len, f.line, f.col, f.matched, f.measured, f.allowed,
           f.suggestion
    FROM aria_engine.focus_profiles AS p,
         ROWS FROM (aria_engine.focus_prompt_findings(
             p.system_prompt_addon, aria_engine.focus_effective_contract(p), p.token_budget_hint))
             WITH ORDINALITY AS f (rule, severity, message, pos, len, line, col, matched, measured, allowed,
                                   suggestion, n)
    WHERE $1 IS NULL OR p.focus_id = $1
    ORDER BY p.focus_id COLLATE "C", f.n
$$;
COMMENT ON FUNCTION aria_engine.focus_prompt_lint(text) IS
'What is wrong with the prompt addon of a profile, enabled or not, or of all (NULL): rows of focus_lint with the '
'focus_id. Prompts talk about a tone and need not keep it, so they have rules of their own: tokens (over 1000, '
'estimated), invisible_characters, unclosed_fences, placeholders, repeated_lines; and limits that a prompt states in '
'English ("at most two hashtags"): contradicts_contract where a reply that keeps it may break the contract of its '
'focus, contradicts_budget where its length takes more tokens than the budget, contradicts_itself where no reply can '
'keep two of them. A row a problem. No rows for an unknown focus. Raises 42501 without SELECT on focus_profiles.';

CREATE FUNCTION aria_engine.focus_odd_contracts(
    OUT focus_id text, OUT code text, OUT severity text, OUT message text, OUT hint text)
    RETURNS SETOF record
    LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 1
    SET search_path = pg_catalog, pg_temp
    AS $$
    (SELECT p.focus_id::text, 'contradicting_contract', 'warning', odd.message, odd.hint
     FROM aria_engine.focus_profiles AS p,
          LATERAL aria_engine.focus_contract_conflicts(aria_engine.focus_effective_contract(p)) AS odd
     WHERE p.enabled
     ORDER BY p.focus_id COLLATE "C")
    UNION ALL
    (SELECT c.focus_id, 'orphan_contract', 'warning',
            format('there is a contract of "%s" and no such profile', c.focus_id),
            format('DELETE FROM aria_engine.focus_contracts WHERE focus_id = %L', c.focus_id)
     FROM aria_engine.focus_contracts AS c
     WHERE NOT EXISTS (SELECT FROM aria_engine.focus_profiles AS p WHERE p.focus_id = c.focus_id)
     ORDER BY c.focus_id COLLATE "C")
$$;
COMMENT ON FUNCTION aria_engine.focus_odd_contracts() IS 'Internal: what focus_doctor says of contracts.';
