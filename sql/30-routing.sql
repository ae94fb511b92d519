-- Chapter routing: which focus a message goes to, and why.

CREATE FUNCTION aria_engine.focus_rank(
    message text, top bigint DEFAULT NULL, unknown_penalty double precision DEFAULT 0,
    OUT rank integer, OUT focus_id text, OUT score double precision, OUT evidence double precision,
    OUT hits integer, OUT keywords text[], OUT margin double precision)
    RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE COST 50 ROWS 3
    AS 'MODULE_PATHNAME', 'focus_rank';
COMMENT ON FUNCTION aria_engine.focus_rank(text, bigint, double precision) IS
'The enabled profiles that a message hits, best first: evidence (sum of the weights of the distinct keywords hit) '
'descending, hits descending, delegation_level, focus_id. score is piecewise linear in evidence through (0, 0.1), (1, '
'0.6), (2, 0.8), (3, 1.0); hits counts every occurrence; keywords are the distinct entries hit, in list order; margin '
'is the evidence minus that of the next profile (0 for the last), whatever top cuts off. unknown_penalty (0 to 10, '
'rounded to thousandths; NULL: 0): what each occurrence of an unknown word of the message takes from the evidence of '
'every profile; known are the words of all keywords of enabled profiles with match auto or word. A NULL message gives '
'no rows. Raises 22023 for top < 1 and for another unknown_penalty; 42501 without SELECT on focus_profiles; 0A000 '
'where row-level security applies.';

CREATE FUNCTION aria_engine.focus_route(
    message text, fallback text DEFAULT 'orchestrator', threshold double precision DEFAULT 1,
    min_margin double precision DEFAULT 0, unknown_penalty double precision DEFAULT 0)
    RETURNS text
    LANGUAGE c STABLE PARALLEL SAFE COST 10
    AS 'MODULE_PATHNAME', 'focus_route';
COMMENT ON FUNCTION aria_engine.focus_route(text, text, double precision, double precision, double precision) IS
'The focus_id that a message goes to: that of rank 1 if its evidence is positive and at least threshold (NULL: 1), and '
'at least min_margin (0 or more; NULL: 0) ahead of the next profile; else fallback if that profile is enabled; else '
'the first enabled profile of delegation level 1 by focus_id; else NULL. fallback NULL: NULL instead of a fallback. '
'unknown_penalty (0 to 10; NULL: 0): what each unknown word takes from the evidence, as focus_rank says. A NULL '
'message gives NULL. Raises 22023 for a min_margin that is negative or NaN and for another unknown_penalty; 42501 '
'without SELECT on focus_profiles; 0A000 where row-level security applies.';

CREATE FUNCTION aria_engine.focus_decide(
    message text, fallback text DEFAULT 'orchestrator', threshold double precision DEFAULT 1,
    min_margin double precision DEFAULT 0, unknown_penalty double precision DEFAULT 0,
    OUT focus_id text, OUT decided_by text, OUT evidence double precision, OUT score double precision,
    OUT margin double precision, OUT keywords text[], OUT runner_up text, OUT routing_etag text)
    RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE COST 50 ROWS 1
    AS 'MODULE_PATHNAME', 'focus_decide';
COMMENT ON FUNCTION aria_engine.focus_decide(text, text, double precision, double precision, double precision) IS
'Where focus_route sends a message, and what decided that, in one row. decided_by: keywords (rank 1 has evidence of at '
'least threshold and is at least min_margin ahead), ambiguous (it is not, or it is a tie; focus_id is rank 1 with '
'min_margin 0, else the fallback), fallback (nothing reached the threshold), first core profile (the fallback is no '
'enabled profile), nobody (nor is there one of level 1, or fallback is NULL; focus_id is NULL). evidence, score, '
'margin and keywords are those of rank 1 (0, 0.1, 0 and none where nothing was hit); runner_up is the best profile '
'that did not get the message. routing_etag: sha256 over ids, levels and keywords of the enabled profiles, as 64 '
'hexadecimal digits; the same on a replica, and NULL in a session whose server''s library of cryptography ran short '
'of memory. unknown_penalty (0 to 10; NULL: 0): what each unknown word takes from the '
'evidence, as focus_rank says. A NULL message gives no row. Raises 22023 for a threshold or min_margin that is '
'negative or NaN (NULL: the default) and for another unknown_penalty; 42501 without SELECT on focus_profiles; 0A000 '
'where row-level security applies.';

CREATE FUNCTION aria_engine.focus_explain(
    message text, unknown_penalty double precision DEFAULT 0,
    OUT focus_id text, OUT keyword text, OUT pos integer, OUT len integer, OUT matched text,
    OUT weight double precision)
    RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE COST 50 ROWS 5
    AS 'MODULE_PATHNAME', 'focus_explain';
COMMENT ON FUNCTION aria_engine.focus_explain(text, double precision) IS
'Every counted hit of every enabled profile in a message, in order of position and focus_id; columns as '
'focus_keyword_hits. Per focus_id the weights of the distinct keywords add up to focus_rank''s evidence. With '
'unknown_penalty (0 to 10; NULL: 0) and unknown words a row follows for each profile hit: keyword, pos and len NULL, '
'matched the unknown words, folded (at most 20 of them), weight what they take. A NULL message gives no rows. Raises '
'22023 for another unknown_penalty; 42501 without SELECT on focus_profiles; 0A000 where row-level security applies; '
'54000 beyond 10,000,000 hits.';

CREATE FUNCTION aria_engine.focus_highlight(
    message text, focus_id text, start_sel text DEFAULT '<b>', stop_sel text DEFAULT '</b>')
    RETURNS text
    LANGUAGE c STABLE PARALLEL SAFE COST 50
    AS 'MODULE_PATHNAME', 'focus_highlight';
COMMENT ON FUNCTION aria_engine.focus_highlight(text, text, text, text) IS
'The message with every hit of one profile between start_sel and stop_sel (NULL: the default). It does NOT escape the '
'message: for HTML, escape first. A NULL, unknown or disabled focus leaves the message unchanged; a NULL message gives '
'NULL. Raises 42501 without SELECT on focus_profiles; 0A000 where row-level security applies; 54000 if the result '
'passes 1 GB.';

CREATE FUNCTION aria_engine.focus_specialty_score(message text, focus_id text)
    RETURNS double precision
    LANGUAGE c STABLE PARALLEL SAFE COST 10
    AS 'MODULE_PATHNAME', 'focus_specialty_score';
COMMENT ON FUNCTION aria_engine.focus_specialty_score(text, text) IS
'The Aria engine''s own specialty score, for migration: every keyword a plain case-insensitive fragment, n '
'non-overlapping occurrences, leftmost first: 0.1 for none, 0.6 for one, 0.8 for two, 1.0 for three or more. 0.3 for a '
'NULL, unknown or disabled focus and for an empty list; NULL for a NULL message. Raises 42501 without SELECT on '
'focus_profiles; 0A000 where row-level security applies.';
