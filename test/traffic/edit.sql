-- Every kind of edit, one a transaction. Rows are locked in the order of their ids: editors wait, but never in a
-- circle.
\set kind random(1, 7)
\set one random(0, 39)
\set other random(0, 39)
\set word random(0, 99)
\if :kind = 1
-- A word moves between two profiles: seen whole or not at all.
BEGIN;
SELECT FROM aria_engine.focus_profiles WHERE focus_id IN ('p' || :one, 'p' || :other) ORDER BY focus_id FOR UPDATE;
UPDATE aria_engine.focus_profiles
SET expertise_keywords = CASE WHEN expertise_keywords ? traffic.word('r', :word)
                              THEN expertise_keywords - traffic.word('r', :word)
                              ELSE expertise_keywords || to_jsonb(traffic.word('r', :word)) END
WHERE focus_id IN ('p' || :one, 'p' || :other);
COMMIT;
\elif :kind = 2
SELECT FROM aria_engine.focus_put(
    jsonb_build_object('focus_id', 'p' || :one, 'display_name', 'Put', 'expertise_keywords', traffic.random_list()));
\elif :kind = 3
UPDATE aria_engine.focus_profiles SET enabled = NOT enabled WHERE focus_id = 'p' || :one;
\elif :kind = 4
UPDATE aria_engine.focus_profiles SET delegation_level = 1 + delegation_level % 3 WHERE focus_id = 'p' || :one;
\elif :kind = 5
-- Nothing that routing reads.
UPDATE aria_engine.focus_profiles SET description = 'edit ' || random() WHERE focus_id = 'p' || :one;
\elif :kind = 6
-- Deleted and made anew; one attempt is taken back.
BEGIN;
DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'p' || :one;
SAVEPOINT attempt;
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)
VALUES ('p' || :one, 'Never seen', traffic.random_list()) ON CONFLICT DO NOTHING;
ROLLBACK TO attempt;
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)
VALUES ('p' || :one, 'Anew', traffic.random_list()) ON CONFLICT DO NOTHING;
COMMIT;
\else
BEGIN;
UPDATE aria_engine.focus_profiles SET expertise_keywords = '[]' WHERE focus_id = 'p' || :one;
ROLLBACK;
\endif
