-- Included by the files beside this directory: how a command ends, with all that its error says.

-- One row, whatever happens: state 00000 and the command's row count where it raises nothing.
CREATE FUNCTION pg_temp.attempt(
    command text,
    OUT state text, OUT message text, OUT detail text, OUT hint text,
    OUT place text, OUT affected bigint)
    LANGUAGE plpgsql AS $$
DECLARE
    in_schema text;
    in_table text;
    in_column text;
    broken text;
BEGIN
    EXECUTE command;
    GET DIAGNOSTICS affected = ROW_COUNT;
    state := '00000';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS
        state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL,
        hint = PG_EXCEPTION_HINT, in_schema = SCHEMA_NAME, in_table = TABLE_NAME,
        in_column = COLUMN_NAME, broken = CONSTRAINT_NAME;
    -- schema.table.column constraint
    place := concat_ws('.', nullif(in_schema, ''), nullif(in_table, ''), nullif(in_column, ''))
             || coalesce(' ' || nullif(broken, ''), '');
END
$$;
