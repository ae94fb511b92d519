-- Answers follow the rows that a statement sees: SERIALIZABLE.
BEGIN ISOLATION LEVEL SERIALIZABLE;
\ir lib/cache.sql
ROLLBACK;
