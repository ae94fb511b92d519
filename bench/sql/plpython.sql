-- The Aria engine's Python: one compiled alternation for each profile, findall over the message, the score
-- by the number of hits, the best profile. Patterns are compiled once a session.
CREATE EXTENSION plpython3u;

CREATE FUNCTION bench_engine_route(message text) RETURNS text LANGUAGE plpython3u STABLE AS $$
    import re
    if "patterns" not in SD:
        rows = plpy.execute("SELECT focus_id, keyword FROM bench_keywords ORDER BY focus_id, place")
        lists = {}
        for row in rows:
            lists.setdefault(row["focus_id"], []).append(re.escape(row["keyword"]))
        SD["patterns"] = [
            (name, re.compile("(" + "|".join(texts) + ")", re.IGNORECASE)) for name, texts in lists.items()
        ]
    best, best_score = "orchestrator", 0.3
    for name, pattern in SD["patterns"]:
        score = (0.1, 0.6, 0.8, 1.0)[min(len(pattern.findall(message)), 3)]
        if score > best_score:
            best, best_score = name, score
    return best
$$;
