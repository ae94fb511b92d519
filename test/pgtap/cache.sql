-- Answers follow the rows that a statement sees: READ COMMITTED.
BEGIN;
\ir lib/cache.sql
ROLLBACK;
