-- The setting aria_focus.max_cache_mb: what compiled profiles may take.
BEGIN;
\ir lib/attempt.sql
SELECT plan(8);

-- The library makes its settings known when it is loaded.
DO $$ BEGIN PERFORM aria_engine.focus_is_blank(''); END $$;

SELECT is(current_setting('aria_focus.max_cache_mb'), '256MB', 'the default');
SELECT is((SELECT state FROM pg_temp.attempt('SET aria_focus.max_cache_mb = 0')), '22023', 'none at all is refused');

-- Profile number i with 100 keywords.
CREATE FUNCTION pg_temp.add(first int, last int) RETURNS void LANGUAGE sql AS $$
    INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)
    SELECT 'p' || i, 'P', (SELECT jsonb_agg('keyword ' || md5((100 * i + j)::text)) FROM generate_series(1, 100) AS j)
    FROM generate_series(first, last) AS i
$$;
SET LOCAL aria_focus.max_cache_mb = 1;
SELECT pg_temp.add(1, 20);
SELECT is(aria_engine.focus_route('keyword ' || md5('101')), 'p1', 'what fits is compiled');
-- Six states of the table, of which not all fit at once.
SELECT pg_temp.add(21, 60);
SELECT is(aria_engine.focus_route('keyword ' || md5('6001')), 'p60', 'a former version makes room');
SAVEPOINT larger;
SELECT pg_temp.add(61, 300);
SELECT is((SELECT state || ' ' || message FROM pg_temp.attempt($$SELECT aria_engine.focus_route('x')$$)),
          '54000 compiled focus profiles take more memory than aria_focus.max_cache_mb allows',
              'what does not fit is an error');
SELECT is((SELECT hint FROM pg_temp.attempt($$SELECT aria_engine.focus_route('x')$$)),
          'Raise aria_focus.max_cache_mb, or disable profiles that are not needed.', 'that says what to do');
SET LOCAL aria_focus.max_cache_mb = 64;
SELECT is(aria_engine.focus_route('keyword ' || md5('30001')), 'p300', 'raised, it works');
ROLLBACK TO larger;
SELECT is(aria_engine.focus_route('keyword ' || md5('101')), 'p1', 'and so do fewer profiles');

SELECT * FROM finish();
ROLLBACK;
