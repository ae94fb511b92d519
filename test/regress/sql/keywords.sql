-- Chapter keywords: lists, and what counts as a hit.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS aria_focus;
RESET client_min_messages;
\pset null '(null)'

SELECT proname, provolatile AS volatile, proisstrict AS strict, proparallel AS parallel, procost AS cost,
    prorows AS rows
FROM pg_proc
WHERE pronamespace = 'aria_engine'::regnamespace AND proname IN ('focus_is_keyword_list', 'focus_keyword_hits')
ORDER BY proname COLLATE "C";

--
-- Lists
--
SELECT list, aria_engine.focus_is_keyword_list(list::jsonb) AS valid
FROM unnest(ARRAY[
    '[]', '["deploy", "docker"]', '["c++", "#tag", ".net", "a.b", "(x"]', '["full stack"]',
    '[{"keyword": "post", "match": "word", "weight": -2.5}]', '[{"keyword": "x"}]',
    '["ss", "\u00df"]', '["\u00e9", "e\u0301"]',
    NULL, 'null', '{}', '"deploy"', '[5]', '[null]', '[""]', '[" "]', '[" a"]', '["a "]', '["a  b"]', '["a\tb"]',
        '["a\u00a0b"]',
    '["a\u0001b"]', '["a", "A"]', '["test", "te\u017ft"]', '["k8s", "\u212a8S"]', '["i", "\u0131"]', '["i", "\u0130"]',
        '["\u03c3", "\u03c2"]',
    '[{}]', '[{"keyword": "a", "wieght": 1}]', '[{"keyword": "a", "match": "Word"}]', '[{"keyword": "a", "weight": 0}]',
    '[{"keyword": "a", "weight": 10.001}]', '[{"keyword": "a", "weight": 0.0001}]',
        '[{"keyword": "a", "weight": 1e-400}]',
    '[{"keyword": "a", "weight": "1"}]', '[{"keyword": ["a"]}]']) WITH ORDINALITY AS l (list, n)
ORDER BY n;
SELECT length, aria_engine.focus_is_keyword_list(jsonb_build_array(repeat('x', length))) AS letters,
       aria_engine.focus_is_keyword_list(jsonb_build_array(repeat('🎯', length))) AS emojis
FROM unnest(ARRAY[1, 100, 101]) AS length;

--
-- Hits
--
SELECT * FROM aria_engine.focus_keyword_hits('Deploy a new Docker container, then deploy again.',
    '["deploy", "docker"]');
SELECT * FROM aria_engine.focus_keyword_hits('nothing here', '["deploy"]');
SELECT * FROM aria_engine.focus_keyword_hits('', '["deploy"]');
SELECT * FROM aria_engine.focus_keyword_hits('deploy', '[]');
SELECT * FROM aria_engine.focus_keyword_hits(NULL, '["deploy"]');
SELECT * FROM aria_engine.focus_keyword_hits('deploy', NULL);
SELECT * FROM aria_engine.focus_keyword_hits('deploy', '["deploy", 5, {"keyword": "x", "mtach": "word"}]');
SELECT * FROM aria_engine.focus_keyword_hits('deploy', '{"deploy": 1}');
SELECT * FROM aria_engine.focus_keyword_hits('Post the postgres repost; POST it.',
    '[{"keyword": "post", "match": "word", "weight": -0.125}, {"keyword": "it", "weight": 2}]');

-- The hits of a list in a message, on one line: entry@position+length.
CREATE FUNCTION pg_temp.hits(message text, list text) RETURNS text LANGUAGE sql AS $$
    SELECT coalesce(string_agg(format('%s@%s+%s', keyword, pos, len), ' '
                    || CASE WHEN substr(message, pos, len) = matched THEN '' ELSE 'NOT WHAT WAS MATCHED ' END), '-')
    FROM aria_engine.focus_keyword_hits(message, list::jsonb)
$$;
-- A table of cases: what, message, list.
CREATE TEMP TABLE examples (n serial, chapter text, message text, list text);

-- Boundaries.
INSERT INTO examples (chapter, message, list) VALUES
('auto', 'the analysis', '["analy"]'), ('auto', 'two deployments', '["deploy"]'),
    ('auto', 'a redeployment', '["deploy"]'),
('auto', 'decide', '["ci"]'), ('auto', 'city', '["ci"]'), ('auto', 'social', '["ci"]'),
    ('auto', 'run ci, now', '["ci"]'), ('auto', 'CI/CD', '["ci", "cd"]'),
('auto', 'apis', '["api"]'), ('auto', 'an api.', '["api"]'), ('auto', 'the postgres', '["post"]'),
('word', 'the postgres post', '[{"keyword": "post", "match": "word"}]'),
    ('word', 'my_post_office', '[{"keyword": "post", "match": "word"}]'),
('word', 'post2 4post', '[{"keyword": "post", "match": "word"}]'),
('prefix', 'cities in cicada', '[{"keyword": "ci", "match": "prefix"}]'),
    ('prefix', 'social', '[{"keyword": "ci", "match": "prefix"}]'),
('fragment', 'decide on a social city', '[{"keyword": "ci", "match": "fragment"}]'),
('_', 'pre_deploy_now', '["deploy", "now"]'),
('sign', 'I like c++11 and c++', '["c++"]'), ('sign', 'abc++', '["c++"]'), ('sign', 'see #tag and x#tags', '["#tag"]'),
('sign', 'asp.net or .networks', '[".net"]'), ('sign', 'x(y a.b axb', '["(y", "a.b"]'),
    ('sign', 'a* b+ [c]', '["a*", "b+", "[c]"]'),
('end', 'ci', '["ci"]'), ('end', 'x', '["xx"]');

-- Letters of the world.
INSERT INTO examples (chapter, message, list) VALUES
('é', 'testé', '[{"keyword": "test", "match": "word"}]'), ('é', 'étest', '["test"]'),
    ('é', U&'caf\00E9 CAF\00C9', '["caf\u00e9"]'),
('é', U&'cafe\0301', '["caf\u00e9"]'), ('é', U&'cafe\0301', '["cafe\u0301"]'),
('mark', 'test' || U&'\0301', '[{"keyword": "test", "match": "word"}]'),
('digit', 'test٣', '[{"keyword": "test", "match": "word"}]'),
('fold', U&'te\017Ft TEST', '["test"]'), ('fold', U&'\212A8s k8S', '["k8s"]'),
    ('fold', U&'\0130stanbul \0131stanbul', '["istanbul"]'),
('fold', U&'I\0130\0131i', '[{"keyword": "\u0131", "match": "fragment"}]'),
('fold', 'ΣΊΣΥΦΟΣ', '["σίσυφος"]'), ('fold', 'ὈΔΥΣΣΕΎΣ', '["ὀδυσσεύς"]'),
    ('fold', 'STRASSE Straße STRAẞE', '["straße"]'),
('fold', 'ДЕПЛОЙ деплой', '["Деплой"]'), ('fold', 'ﬁne FINE', '["fine"]'), ('fold', 'Ǆ ǅ ǆ', '["ǆ"]'),
('Han', '请部署服务器', '["部署"]'), ('Han', '用docker部署', '["docker"]'), ('Han', '请部署', '[{"keyword": "部", "match": "word"}]'),
('Hiragana', 'これをデプロイしてください', '["デプロイ"]'), ('Hiragana', 'ciを回す', '["ci"]'), ('Katakana', 'サーバー', '["サーバ"]'),
    ('Katakana', 'ﾃﾞﾌﾟﾛｲｰ', '["ﾛｲ"]'),
('Thai', 'ช่วยทดสอบระบบ', '["ทดสอบ"]'), ('Lao', 'ທົດສອບລະບົບ', '["ລະບົບ"]'), ('Khmer', 'សូមសាកល្បង', '["សាក"]'),
    ('Myanmar', 'စမ်းသပ်ပါ', '["သပ်"]'),
('Hangul', '서버를 배포', '["서버"]'), ('Hangul', '새서버', '["서버"]'), ('Hangul', '서버를', '[{"keyword": "서버", "match": "word"}]'),
    ('Hangul', '배포하다', '["배포"]');

-- White space in a message.
INSERT INTO examples (chapter, message, list) VALUES
('space', 'full stack', '["full stack"]'), ('space', E'full \t\n  stack', '["full stack"]'),
    ('space', U&'full\3000stack', '["full stack"]'),
('space', 'full' || U&'\00A0\2003' || 'stack', '["full stack"]'), ('space', 'full-stack fullstack', '["full stack"]'),
    ('space', 'full stacks', '["full stack"]'),
('space', 'go to it', '["to it"]'), ('space', E'a\n\nb  c', '["a b c"]');

-- The order of a list, and hits that meet.
INSERT INTO examples (chapter, message, list) VALUES
('order', 'deploy now', '["dep", "deploy"]'), ('order', 'dep now', '["dep", "deploy"]'),
    ('order', 'deployment', '["deploy", "deployment"]'),
('order', 'deployment', '["deployment", "deploy"]'),
    ('order', 'machine learning rate', '["learning rate", "machine learning"]'),
('order', 'aaaa', '[{"keyword": "a", "match": "fragment"}, {"keyword": "aa", "match": "fragment"}]'),
('order', 'aaaaa', '[{"keyword": "aa", "match": "fragment"}, {"keyword": "a", "match": "fragment"}]'),
('order', 'abcd', '[{"keyword": "bcd", "match": "fragment"}, {"keyword": "ab", "match": "fragment"}]'),
('order', 'deploy deploy deploy', '["deploy"]');
-- Unaligned: how wide these characters are is a matter of psql's version.
\pset format unaligned
SELECT chapter, to_json(message) AS message, list, pg_temp.hits(message, list) AS hits FROM examples ORDER BY n;

-- Characters, not bytes.
SELECT pos, len, matched, substr('🎯 é 部 deploy', pos, len) AS there
FROM aria_engine.focus_keyword_hits('🎯 é 部 deploy', '["deploy", "部", "🎯"]');
-- The keyword comes back as the list has it, the match as the message has it.
SELECT keyword, matched FROM aria_engine.focus_keyword_hits(U&'DePlOy te\017Ft', '["Deploy", "TEST"]');
\pset format aligned
-- Calls of one statement with different lists.
SELECT list, (SELECT count(*) FROM aria_engine.focus_keyword_hits('a b c', list))
FROM unnest(ARRAY['["a"]', '["a", "b"]', '["a"]', '[]']::jsonb[]) WITH ORDINALITY AS l (list, n) ORDER BY n;

-- Text as people type it: one line a way, each with what it hits.
CREATE FUNCTION typed(message text, keyword text) RETURNS text LANGUAGE sql AS $$
    SELECT coalesce(string_agg(pos || '+' || len, ' '), 'none')
    FROM aria_engine.focus_keyword_hits(message, jsonb_build_array(keyword))
$$;
SELECT typed(U&'my writer\2019s block', 'writer''s block') AS phone,
       typed('getting-started guide', 'getting started') AS hyphen, typed('getting started', 'getting-started') AS none,
       typed(U&'a trade\2011off', 'trade-off') AS no_break, typed(U&'U\0308bung', U&'\00FCbung') AS decomposed;
SELECT typed(U&'in\00ADci\00ADdent', 'ci') AS soft, typed(U&'in\00ADci\00ADdent', 'incident') AS whole,
       typed(U&'\FEFFdocker', U&'\FEFFdocker') AS bom, typed(U&'a\200Bdocker', 'docker') AS zero_width,
       typed(U&'\304B\3099docker', 'docker') AS kana, typed(U&'\FF76\FF9Edocker', 'docker') AS half_width,
       typed(U&'\+01F1E9\+01F1EA\+01F1EB\+01F1F7', U&'\+01F1EA\+01F1EB') AS third_flag;
SELECT aria_engine.focus_keyword_hits('a', jsonb_build_array(U&'\FEFF'));
SELECT aria_engine.focus_is_keyword_list(jsonb_build_array(U&'\00FCbung', U&'u\0308bung')) AS same_text_twice;
DROP FUNCTION typed(text, text);
