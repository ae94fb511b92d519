\set id random(0, 999)
SELECT traffic.checked_rank(message) FROM traffic.messages WHERE kind = 'rank' AND id = :id;
