-- What part allocations adds: the functions of the malloc that fails, and ways to compare and to undo.
-- Variable: library, the file of that malloc.
CREATE FUNCTION faults.fail_from(first bigint, burst bigint) RETURNS void LANGUAGE c AS :'library', 'fail_from';
CREATE FUNCTION faults.fail_no_more() RETURNS void LANGUAGE c AS :'library', 'fail_no_more';
CREATE FUNCTION faults.allocations() RETURNS bigint LANGUAGE c AS :'library', 'allocations';
CREATE FUNCTION faults.blocks_in_use() RETURNS bigint LANGUAGE c AS :'library', 'blocks_in_use';

-- Everything that a statement may leave, but for its times.
CREATE FUNCTION faults.state() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT md5(concat(
        (SELECT jsonb_agg(to_jsonb(p) - 'created_at' - 'updated_at' ORDER BY p.focus_id)
         FROM aria_engine.focus_profiles AS p),
        (SELECT jsonb_agg(to_jsonb(h) - 'changed_at' #- '{profile,created_at}' #- '{profile,updated_at}'
                          ORDER BY h.focus_id, h.revision)
         FROM aria_engine.focus_history AS h),
        (SELECT string_agg(t.tone, ' ' ORDER BY t.tone) FROM aria_engine.focus_tones AS t)))
$$;

-- The state to go back to.
CREATE TABLE faults.profiles_kept AS TABLE aria_engine.focus_profiles;
CREATE TABLE faults.history_kept AS TABLE aria_engine.focus_history;

-- Goes back to it.
CREATE PROCEDURE faults.undo() LANGUAGE plpgsql AS $$
BEGIN
    SET LOCAL session_replication_role = replica;
    DELETE FROM aria_engine.focus_profiles;
    DELETE FROM aria_engine.focus_history;
    DELETE FROM aria_engine.focus_tones WHERE NOT builtin;
    INSERT INTO aria_engine.focus_profiles SELECT * FROM faults.profiles_kept;
    INSERT INTO aria_engine.focus_history SELECT * FROM faults.history_kept;
END
$$;

-- Gives a profile a list that no session has seen; that is the state to go back to from now on.
CREATE PROCEDURE faults.forget() LANGUAGE plpgsql AS $$
BEGIN
    UPDATE faults.profiles_kept SET expertise_keywords = jsonb_build_array('again ' || md5(random()::text))
    WHERE focus_id = 'p5';
    CALL faults.undo();
END
$$;
