-- Chapter keywords: entries of a stored list, one at a time.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS aria_focus;
RESET client_min_messages;
\pset null '(null)'
\set SHOW_CONTEXT never
DELETE FROM aria_engine.focus_profiles;
SET search_path = public, aria_engine;
INSERT INTO focus_profiles (focus_id, display_name, expertise_keywords, enabled) VALUES
('billing', 'Billing', '["invoice", {"keyword": "refund", "weight": 2}, {"keyword": "VAT", "match": "word"}]', true),
('asleep', 'Asleep', '["dream"]', false), ('mute', 'Mute', '[]', true);

--
-- focus_keywords
--
SELECT * FROM focus_keywords ORDER BY focus_id, place;
SELECT is_updatable, is_insertable_into FROM information_schema.views WHERE table_name = 'focus_keywords';
DELETE FROM focus_keywords;

--
-- focus_add_keywords
--
SELECT focus_id, expertise_keywords FROM focus_add_keywords('billing',
    '["down payment", {"keyword": "card", "match": "word"}]', 'asked for');
SELECT focus_id, expertise_keywords FROM focus_add_keywords('mute', '["loud"]');
-- What is there is changed at its place where weight or match differ, and stays as it is elsewhere.
SELECT expertise_keywords FROM focus_add_keywords('billing',
    '["Invoice", "REFUND", {"keyword": "vat", "match": "word", "weight": 1.0}]');
SELECT expertise_keywords FROM focus_add_keywords('billing',
    '[{"keyword": "Refund", "weight": 3}, {"keyword": "invoice", "match": "auto"}]');
-- Without effect nothing is written.
SELECT count(*) FROM focus_history WHERE focus_id = 'billing';
SELECT focus_id FROM focus_add_keywords('billing', '["invoice"]', 'again');
SELECT focus_id FROM focus_add_keywords('billing', '[]');
SELECT revision, reason FROM focus_history WHERE focus_id = 'billing' ORDER BY 1;
-- Each problem has its path in what was given; nothing is added.
SELECT focus_add_keywords('billing',
    '["fine", "", {"keyword": "x", "weight": 0}, {"keyword": "y", "weigth": 2}, "Fine"]');
SELECT focus_add_keywords('billing', '{"keyword": "x"}');
SELECT focus_add_keywords('billing', '"x"');
SELECT focus_add_keywords('billing', 'null');
SELECT focus_add_keywords('billing', NULL);
SELECT focus_add_keywords('biling', '["x"]');
SELECT focus_add_keywords('unlike anything', '["x"]');
SELECT focus_add_keywords(NULL, '["x"]');

--
-- focus_remove_keywords
--
SELECT expertise_keywords FROM focus_remove_keywords('billing', ARRAY['INVOICE', 'vat', 'Vat'], 'no more');
SELECT expertise_keywords FROM focus_remove_keywords('billing', '{}');
SELECT focus_remove_keywords('billing', ARRAY['card', 'refunds', 'crad', 'weather', NULL]);
SELECT focus_remove_keywords('billing', ARRAY['weather']);
SELECT focus_remove_keywords('billing', NULL);
SELECT focus_remove_keywords('bilings', ARRAY['card']);
SELECT expertise_keywords FROM focus_remove_keywords('billing', ARRAY['refund', 'down payment', 'card']);
SELECT revision, operation, reason FROM focus_revisions('billing');
SELECT * FROM focus_keywords ORDER BY focus_id, place;

--
-- What they are made of
--
SELECT * FROM focus_keyword_places('["Deploy", 7, {"keyword": "docker"}]',
    ARRAY['deploy', 'DOCKER', '7', 'dock', '', NULL, 'Deploy']);
SELECT focus_remove_keywords('billing', ARRAY(SELECT 'k' || i FROM generate_series(1, 30) AS i));
SELECT jsonb_array_length(expertise_keywords) AS many
FROM focus_add_keywords('asleep', (SELECT jsonb_agg('word ' || i) FROM generate_series(1, 100000) AS i));
SELECT jsonb_array_length(expertise_keywords) AS left
FROM focus_remove_keywords('asleep', ARRAY(SELECT 'WORD ' || i FROM generate_series(2, 100000) AS i));
SELECT k.* FROM focus_keyword_entry('"x"') AS k;
SELECT k.*
FROM jsonb_array_elements(
    '["a", {"keyword": "b", "match": "word", "weight": 1.50}, {"weight": -2, "keyword": "c"}]') AS e,
    focus_keyword_entry(e) AS k;
SELECT focus_locked_keywords('mute');
BEGIN TRANSACTION READ ONLY;
SELECT focus_locked_keywords('mute');
ROLLBACK;

DELETE FROM focus_profiles;
