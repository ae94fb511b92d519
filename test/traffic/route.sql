\set id random(0, 999)
SELECT CASE WHEN told IS NOT DISTINCT FROM known THEN told ELSE traffic.wrong(message, told, known) END
FROM (SELECT message, aria_engine.focus_route(message, NULL) AS told, traffic.route(word) AS known
      FROM traffic.messages WHERE kind = 'route' AND id = :id) AS both_sides;
