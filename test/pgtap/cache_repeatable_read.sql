-- Answers follow the rows that a statement sees: REPEATABLE READ.
BEGIN ISOLATION LEVEL REPEATABLE READ;
\ir lib/cache.sql
ROLLBACK;
