-- The border between C++ and PostgreSQL: what is thrown behind the door arrives as an ordinary
-- error with its SQLSTATE and words, every destructor has run, nothing leaks, the session goes on.
-- The functions are those of test/border/border_test.cpp. All in one transaction, rolled back.
-- The database's encoding is UTF8.
\set ECHO none
\set QUIET 1
\pset format unaligned
\pset tuples_only true
\pset pager off
\set ON_ERROR_STOP true

BEGIN;
SET LOCAL client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
SELECT plan(134);

CREATE SCHEMA border;
SET LOCAL search_path = border, public;

CREATE FUNCTION focus_border_throw(name text, ballast bigint DEFAULT 1) RETURNS void
    AS '$libdir/border_test' LANGUAGE C STRICT;
CREATE FUNCTION focus_border_error(is_limit boolean, message bytea, detail bytea, hint bytea)
    RETURNS void AS '$libdir/border_test' LANGUAGE C STRICT;
CREATE FUNCTION focus_border_execute(command text, ballast bigint DEFAULT 1) RETURNS void
    AS '$libdir/border_test' LANGUAGE C STRICT;
CREATE FUNCTION focus_border_report(ballast bigint DEFAULT 1) RETURNS void
    AS '$libdir/border_test' LANGUAGE C STRICT;
CREATE FUNCTION focus_border_divide(ballast bigint DEFAULT 1) RETURNS void
    AS '$libdir/border_test' LANGUAGE C STRICT;
CREATE FUNCTION focus_border_throw_in_call_pg() RETURNS void
    AS '$libdir/border_test' LANGUAGE C STRICT;
CREATE FUNCTION focus_border_made() RETURNS bigint
    AS '$libdir/border_test' LANGUAGE C STRICT;
CREATE FUNCTION focus_border_destroyed() RETURNS bigint
    AS '$libdir/border_test' LANGUAGE C STRICT;
CREATE FUNCTION focus_border_context_restored() RETURNS boolean
    AS '$libdir/border_test' LANGUAGE C STRICT;
CREATE FUNCTION focus_border_resident_bytes() RETURNS bigint
    AS '$libdir/border_test' LANGUAGE C STRICT;
CREATE FUNCTION focus_border_leak(bytes bigint) RETURNS boolean
    AS '$libdir/border_test' LANGUAGE C STRICT;
CREATE FUNCTION focus_border_work(milliseconds integer, ballast bigint DEFAULT 1) RETURNS bigint
    AS '$libdir/border_test' LANGUAGE C STRICT;
CREATE FUNCTION focus_border_work_on(milliseconds integer) RETURNS boolean
    AS '$libdir/border_test' LANGUAGE C STRICT;
CREATE FUNCTION focus_border_allocate(bytes bigint) RETURNS boolean
    AS '$libdir/border_test' LANGUAGE C STRICT;
CREATE FUNCTION focus_border_compute(bytes bytea) RETURNS bytea
    AS '$libdir/border_test' LANGUAGE C STRICT;
CREATE FUNCTION focus_border_own(ending text, ballast bigint) RETURNS bigint
    AS '$libdir/border_test' LANGUAGE C STRICT;
CREATE FUNCTION focus_border_row(columns integer, OUT a integer, OUT b integer)
    AS '$libdir/border_test' LANGUAGE C STRICT;
CREATE FUNCTION focus_border_rows(columns integer, OUT a integer, OUT b integer) RETURNS SETOF record
    AS '$libdir/border_test' LANGUAGE C STRICT;

-- The error that a command raises, in all its fields; no row if it raises none.
CREATE FUNCTION caught(
    command text,
    OUT state text, OUT message text, OUT detail text, OUT hint text, OUT context text,
    OUT schema_name text, OUT table_name text, OUT column_name text, OUT type_name text,
    OUT constraint_name text
) RETURNS SETOF record LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE command;
EXCEPTION WHEN OTHERS OR query_canceled THEN
    GET STACKED DIAGNOSTICS
        state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL,
        hint = PG_EXCEPTION_HINT, context = PG_EXCEPTION_CONTEXT, schema_name = SCHEMA_NAME,
        table_name = TABLE_NAME, column_name = COLUMN_NAME, type_name = PG_DATATYPE_NAME,
        constraint_name = CONSTRAINT_NAME;
    RETURN NEXT;
END $$;

-- How many of so many runs of a command end in an error.
CREATE FUNCTION rounds(command text, count integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    failed integer := 0;
BEGIN
    FOR i IN 1..count LOOP
        BEGIN
            EXECUTE command;
        EXCEPTION WHEN OTHERS THEN
            failed := failed + 1;
        END;
    END LOOP;
    RETURN failed;
END $$;

-- How many bytes this session grows by in 500 failing runs of a command, after some to warm up.
CREATE FUNCTION growth(command text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    before bigint;
BEGIN
    PERFORM rounds(command, 50);
    before := focus_border_resident_bytes();
    IF rounds(command, 500) <> 500 THEN RAISE 'not every run failed'; END IF;
    RETURN focus_border_resident_bytes() - before;
END $$;

-- How many more objects live after a command that fails: (made, still alive).
CREATE FUNCTION objects(command text, OUT made bigint, OUT alive bigint) LANGUAGE plpgsql AS $$
BEGIN
    made := -focus_border_made();
    alive := focus_border_destroyed() - focus_border_made();
    PERFORM rounds(command, 1);
    made := made + focus_border_made();
    alive := alive + focus_border_made() - focus_border_destroyed();
END $$;

-- What becomes of such bytes as the words of an exception.
CREATE FUNCTION arrival(bytes bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    words text;
BEGIN
    SELECT concat(message, detail, hint) INTO words
    FROM caught(format('SELECT focus_border_error(false, %1$L, %1$L, %1$L)', bytes));
    PERFORM convert_to(words, 'UTF8');
    RETURN CASE WHEN words = '' THEN 'nothing' ELSE 'UTF-8' END;
EXCEPTION WHEN character_not_in_repertoire THEN
    RETURN 'no UTF-8';
END $$;

CREATE TEMP TABLE start ON COMMIT DROP AS SELECT pg_backend_pid() AS pid;

-- Everything that C++ throws: SQLSTATE, message, detail, hint; and no object stays behind.
CREATE TEMP TABLE thrown (
    n integer GENERATED ALWAYS AS IDENTITY, command text, state text, message text, detail text,
    hint text
) ON COMMIT DROP;
INSERT INTO thrown (command, state, message, detail, hint) VALUES
    ($$SELECT focus_border_error(false, 'weight 7 is too big', 'It is 1 to 5.', 'Lower it.')$$,
     '22023', 'weight 7 is too big', 'It is 1 to 5.', 'Lower it.'),
    ($$SELECT focus_border_error(true, '2001 keywords', 'There are up to 2000.', 'Split it.')$$,
     '54000', '2001 keywords', 'There are up to 2000.', 'Split it.'),
    ($$SELECT focus_border_error(false, 'no more words', '', '')$$,
     '22023', 'no more words', '', ''),
    ($$SELECT focus_border_error(true, 'with a hint alone', '', 'Look.')$$,
     '54000', 'with a hint alone', '', 'Look.'),
    ($$SELECT focus_border_error(false, '100 %s %n', '%d', '%m')$$,
     '22023', '100 %s %n', '%d', '%m'),
    ($$SELECT focus_border_error(false, '', '', '')$$, '22023', '', '', ''),
    ($$SELECT focus_border_throw('bad_alloc')$$, '53200', 'out of memory', '', ''),
    ($$SELECT focus_border_throw('length_error')$$,
     '54000', 'value is too large', 'the list is full', ''),
    ($$SELECT focus_border_throw('runtime_error')$$,
     'XX000', 'internal error in aria_focus', 'the table has 100 %s %d holes', ''),
    ($$SELECT focus_border_throw('exception')$$,
     'XX000', 'internal error in aria_focus', 'std::exception', ''),
    ($$SELECT focus_border_throw('number')$$,
     'XX000', 'internal error in aria_focus', 'An exception of unknown type was thrown.', ''),
    ($$SELECT focus_border_throw('words')$$,
     'XX000', 'internal error in aria_focus', 'An exception of unknown type was thrown.', ''),
    ($$SELECT focus_border_throw('rootless')$$,
     'XX000', 'internal error in aria_focus', 'An exception of unknown type was thrown.', ''),
    ($$SELECT focus_border_throw('enormous')$$,
     'XX000', 'internal error in aria_focus', repeat('e', 8191), ''),
    ($$SELECT focus_border_allocate(9223372036854775807)$$, '53200', 'out of memory', '', ''),
    ($$SELECT focus_border_allocate(1::bigint << 60)$$, '53200', 'out of memory', '', ''),
    ($$SELECT focus_border_allocate(-1)$$, '53200', 'out of memory', '', '');
SELECT throws_ok(command, state::char(5), message, left(command, 60)) FROM thrown ORDER BY n;
SELECT is((c.detail, c.hint)::text, (t.detail, t.hint)::text,
    'detail and hint: ' || left(t.command, 60))
FROM thrown t, caught(t.command) c ORDER BY n;
SELECT is(alive, 0::bigint, 'no object stays behind: ' || left(command, 60))
FROM thrown, objects(command) ORDER BY n;
SELECT throws_ok($$SELECT focus_border_throw('real_length_error')$$, '54000', 'value is too large',
    'the standard library''s own length_error');

-- Texts that are too long are cut, never inside a character. The euro sign has three bytes.
CREATE TEMP TABLE cut ON COMMIT DROP AS SELECT * FROM caught($$
    SELECT focus_border_error(false, m, 'xx'::bytea || m, 'x'::bytea || m)
    FROM (SELECT convert_to(repeat(U&'\20AC', 33333334), 'UTF8') AS m) AS enormous
$$);
SELECT is((SELECT state FROM cut), '22023', 'an error of 100 MB arrives');
SELECT is((SELECT message FROM cut), repeat(U&'\20AC', 341), 'its message is cut at 1023 bytes');
SELECT is((SELECT detail FROM cut), 'xx' || repeat(U&'\20AC', 2729),
    'its detail is cut before the character that begins at 8189');
SELECT is((SELECT hint FROM cut), 'x' || repeat(U&'\20AC', 340),
    'its hint is cut before the character that begins at 1021');

-- Errors of PostgreSQL below live objects keep every field.
SELECT throws_ok('SELECT focus_border_report()', '23505', 'the message', 'ereport in call_pg');
SELECT is(
    (SELECT (detail, hint, schema_name, table_name, column_name, type_name, constraint_name)::text
     FROM caught('SELECT focus_border_report()')),
    '("the detail","the hint","the schema","the table","the column","the type","the constraint")',
    'and its other fields');
SELECT matches((SELECT context FROM caught('SELECT focus_border_report()')),
    '^the context\n.*SELECT focus_border_report\(\)', 'its context goes from inside out');
SELECT ok(focus_border_context_restored(), 'and the memory context is the caller''s');
SELECT throws_ok('SELECT focus_border_divide()', '22012', 'division by zero', 'numeric division');
SELECT ok(focus_border_context_restored(), 'and the memory context is the caller''s');

CREATE TABLE things (id integer CONSTRAINT things_once UNIQUE);
INSERT INTO things VALUES (1);
SELECT throws_ok($$SELECT focus_border_execute('INSERT INTO things VALUES (1)')$$, '23505',
    'duplicate key value violates unique constraint "things_once"', 'a command in call_pg');
SELECT is(
    (SELECT (detail, schema_name, table_name, constraint_name)::text
     FROM caught($$SELECT focus_border_execute('INSERT INTO things VALUES (1)')$$)),
    '("Key (id)=(1) already exists.",border,things,things_once)', 'and its other fields');
SELECT matches(
    (SELECT context FROM caught($$SELECT focus_border_execute('INSERT INTO things VALUES (1)')$$)),
    '^SQL statement "INSERT INTO things', 'its context names the command');
SELECT ok(focus_border_context_restored(), 'and the memory context is the caller''s, not SPI''s');
SELECT throws_ok(
    $$SELECT focus_border_execute(
          $c$DO 'BEGIN RAISE SQLSTATE ''AF001'' USING MESSAGE = ''mine''; END'$c$)$$,
    'AF001', 'mine', 'a SQLSTATE that nobody knows');

-- Through several doors, and caught between two of them.
SELECT throws_ok($$SELECT focus_border_execute('SELECT focus_border_throw(''length_error'')')$$,
    '54000', 'value is too large', 'a C++ exception below call_pg');
SELECT throws_ok(
    $$SELECT focus_border_execute(
          'SELECT focus_border_execute(''SELECT focus_border_report()'')')$$,
    '23505', 'the message', 'an error through three doors');
SELECT lives_ok(
    $$SELECT focus_border_execute('SELECT rounds(''SELECT focus_border_report()'', 3)')$$,
    'errors caught below call_pg do not reach it');

-- Destructors ran, each once.
SELECT is(objects('SELECT focus_border_report(10000000)')::text, '(2,0)', 'destructors: ereport');
SELECT is(objects('SELECT focus_border_divide(10000000)')::text, '(2,0)', 'destructors: division');
SELECT is(objects($$SELECT focus_border_throw('number', 10000000)$$)::text, '(2,0)',
    'destructors: exception');
SELECT is(objects(format('SELECT focus_border_throw(%L)', 'owning ' || kind))::text, '(3,0)',
    'destructors: the exception itself, an owning ' || kind)
FROM unnest(ARRAY['core error', 'bad_alloc', 'length_error', 'runtime_error', 'pointer']) AS kind;
SELECT is(
    objects($$SELECT focus_border_execute('SELECT focus_border_execute(''SELECT 1 / 0'')')$$)::text,
    '(4,0)', 'destructors: two doors');
SELECT is(
    objects(
        $$SELECT focus_border_execute(
              'SELECT rounds(''SELECT focus_border_divide()'', 3)')$$)::text,
    '(8,0)', 'destructors: three errors caught below a door');

-- 500 errors over 10 MB each: lost once, each would be seen; the session grows by less than 1 MB.
CREATE TEMP TABLE before ON COMMIT DROP AS SELECT focus_border_resident_bytes() AS bytes;
SELECT focus_border_leak(10000000) \g /dev/null
SELECT cmp_ok(focus_border_resident_bytes() - bytes, '>', 9000000::bigint,
    'the measure sees a loss of 10 MB') FROM before;
SELECT cmp_ok(growth('SELECT focus_border_divide(10000000)'), '<', 1048576::bigint,
    'growth: 500 errors of PostgreSQL');
SELECT cmp_ok(growth($$SELECT focus_border_throw('runtime_error', 10000000)$$), '<',
    1048576::bigint, 'growth: 500 exceptions');
SELECT cmp_ok(growth($$SELECT focus_border_execute('SELECT focus_border_divide()', 10000000)$$),
    '<', 1048576::bigint, 'growth: 500 errors through two doors');

-- Interrupts: a timeout ends a computation, what is harmless does not.
SET LOCAL statement_timeout = '100ms';
CREATE TEMP TABLE stopped ON COMMIT DROP AS
SELECT c.*, clock_timestamp() - statement_timestamp() AS after
FROM caught('SELECT focus_border_work(20000, 10000000)') AS c;
SET LOCAL statement_timeout = 0;
SELECT is((SELECT (state, message)::text FROM stopped),
    '(57014,"canceling statement due to statement timeout")', 'a timeout stops a computation');
SELECT cmp_ok((SELECT after FROM stopped), '<', '2 s'::interval, 'and soon');
SELECT is(focus_border_made() - focus_border_destroyed(), 1::bigint,
    'destructors: timeout (one object was lost for the measure)');
SELECT cmp_ok(focus_border_work(10), '>', 0::bigint, 'a computation after it runs to its end');
SELECT ok(focus_border_work_on(50), 'a harmless interrupt is served and the computation goes on');

-- allocate, and results of the core that own memory.
SELECT ok(focus_border_allocate(0), 'allocate: nothing');
SELECT ok(focus_border_allocate(2000000000), 'allocate: more than 1 GB');
SELECT is(focus_border_compute(''), ''::bytea, 'compute: an empty text');
SELECT is(focus_border_compute('\x00ff00'), '\x00ff00'::bytea, 'compute: any bytes');
SELECT is(md5(focus_border_compute(convert_to(repeat('0123456789', 1000000), 'UTF8'))),
    md5(repeat('0123456789', 1000000)), 'compute: 10 MB');
-- One object was lost for the measure.
SELECT is(focus_border_own('return', 10000000), 3::bigint, 'results live as long as the call');
SELECT is(focus_border_made() - focus_border_destroyed(), 1::bigint, 'and no longer than the statement');
SELECT is(max(focus_border_own('return', 1000 + n)), 3::bigint, 'those of a row end with the row')
FROM generate_series(1, 1000) AS n;
SELECT is(focus_border_made() - focus_border_destroyed(), 1::bigint, 'and none of 1000 rows is left');
CREATE TEMP TABLE endings ON COMMIT DROP AS
SELECT ending, format('SELECT focus_border_own(%L, 10000000)', ending) AS command
FROM unnest(ARRAY['throw', 'error', 'throw in step', 'error in step']) AS ending;
SELECT is(objects(command)::text, '(2,0)', 'destructors of results: ' || ending) FROM endings;
SELECT cmp_ok(growth(command), '<', 1048576::bigint, 'growth: 500 results lost by: ' || ending)
FROM endings;
SELECT is(
    objects($$SELECT focus_border_execute('SELECT focus_border_own(''error'', 1000)')$$)::text,
    '(4,0)', 'destructors of results: two doors');
CREATE FUNCTION own_twice() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    PERFORM focus_border_own('return', 1000);
    RETURN focus_border_own('error', 1000);
END $$;
SELECT is(objects('SELECT own_twice()')::text, '(4,0)', 'destructors of results: in PL/pgSQL');

-- Rows have the columns that are declared, or are no rows.
SELECT is(focus_border_row(2)::text, '(0,1)', 'a row');
SELECT is((SELECT (a, b)::text FROM focus_border_rows(2)), '(0,1)', 'a set of rows');
SELECT throws_ok(format('SELECT * FROM focus_border_%s(%s)', function, columns), 'XX000',
    format('%s columns were written, 2 are declared', columns),
    format('focus_border_%s: %s columns', function, columns))
FROM unnest(ARRAY['row', 'rows']) AS function, unnest(ARRAY[0, 1, 3, 16, 17, 1000]) AS columns;

-- At top level too, where no PL/pgSQL catches. psql prints these two errors.
\set ON_ERROR_STOP false
SAVEPOINT top;
SELECT focus_border_error(true, 'expected: an exception at top level', '', '');
\set state :SQLSTATE
ROLLBACK TO top;
SELECT is(:'state'::text, '54000', 'an exception at top level');
SELECT focus_border_execute('SELECT 1 / 0 AS expected_at_top_level');
\set state :SQLSTATE
ROLLBACK TO top;
\set ON_ERROR_STOP true
SELECT is(:'state'::text, '22012', 'an error of PostgreSQL at top level');

-- Texts that are no UTF-8 must not reach SQL, where they could be stored.
SELECT is(arrival(bytes), 'UTF-8', 'no UTF-8: ' || left(bytes::text, 20))
FROM (VALUES (1, '\xfffe'::bytea), (2, '\x626164e282'), (3, '\xc080'), (4, '\xeda080'),
             (5, '\xf4908080'), (6, decode(repeat('80', 3000), 'hex'))) AS broken (n, bytes)
ORDER BY n;

-- A C++ exception that leaves the body of call_pg.
SELECT throws_ok('SELECT focus_border_throw_in_call_pg()', '53200', 'out of memory',
    'an exception in the body of call_pg');
SELECT ok(focus_border_context_restored(), 'and the memory context is the caller''s');
SELECT throws_ok('SELECT 1 / 0', '22012', 'division by zero', 'and later errors arrive');

SELECT is(pg_backend_pid(), pid, 'all that in one session') FROM start;

SELECT * FROM finish();
ROLLBACK;
