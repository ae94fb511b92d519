-- One snapshot for two statements; an own edit between them, which is taken back.
\set id random(0, 999)
\set other random(0, 39)
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT traffic.checked_rank(message) FROM traffic.messages WHERE kind = 'rank' AND id = :id;
SELECT traffic.checked_rank(message) FROM traffic.messages WHERE kind = 'rank' AND id = 999 - :id;
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)
VALUES ('own' || :client_id, 'Own', traffic.random_list());
SELECT traffic.checked_rank(message) FROM traffic.messages WHERE kind = 'rank' AND id = :id;
ROLLBACK;
