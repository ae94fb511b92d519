-- What sqlsmith finds: profiles it may spoil, messages and documents to call functions with, and each function of
-- the extension many times over, so that it is not lost among those of the server.
CREATE EXTENSION aria_focus;
SELECT aria_engine.focus_seed();
CREATE ROLE smith LOGIN;
CREATE SCHEMA smith AUTHORIZATION smith;
GRANT USAGE ON SCHEMA aria_engine TO smith;
GRANT SELECT, INSERT, UPDATE, DELETE ON aria_engine.focus_profiles, aria_engine.focus_tones,
    aria_engine.focus_styles TO smith;
GRANT SELECT, INSERT ON aria_engine.focus_history TO smith;
GRANT SELECT ON aria_engine.focus_catalog TO smith;
-- To be asked by, while the others write.
CREATE ROLE witness LOGIN BYPASSRLS;
GRANT USAGE ON SCHEMA aria_engine TO witness;
GRANT SELECT ON ALL TABLES IN SCHEMA aria_engine TO witness;

CREATE TABLE smith.messages (id serial, message text, keywords jsonb, focus_id text, ids text[], number float8,
    count int);
INSERT INTO smith.messages (message, keywords, focus_id, ids, number, count)
SELECT 'please ' || w || ' the docker image ' || i,
    jsonb_build_array(w, jsonb_build_object('keyword', w || 'x', 'weight', i)),
       (ARRAY['devsecops', 'data', 'none', NULL])[1 + i % 4], ARRAY[w, 'devsecops', NULL],
           (ARRAY['NaN', 'Infinity', '1', '-0.5'])[1 + i % 4]::float8, i - 2
FROM generate_series(1, 20) AS i, unnest(ARRAY['deploy', 'paint', 'analyse']) AS w;
CREATE TABLE smith.agents AS
SELECT jsonb_agg(jsonb_build_object('agent_id', i, 'focus_type', focus_id, 'parent_agent_id', i + 1, 'model', 'm' || i))
    AS agents,
       jsonb_build_object('format', 1, 'profiles',
           jsonb_agg(jsonb_build_object('focus_id', 's' || i, 'display_name', focus_id))) AS document,
       jsonb_build_object('focus_id', 's' || n % 5, 'display_name', 'S', 'delegation_level', n % 5) AS profile
FROM generate_series(1, 10) AS n, generate_series(1, 5) AS i, aria_engine.focus_profiles GROUP BY n;
GRANT ALL ON ALL TABLES IN SCHEMA smith TO smith;
GRANT ALL ON ALL SEQUENCES IN SCHEMA smith TO smith;

-- Those that return rows are no part of sqlsmith's expressions: here as relations,
CREATE VIEW smith.ranked AS SELECT m.id, r.* FROM smith.messages AS m, aria_engine.focus_rank(m.message) AS r;
CREATE VIEW smith.explained AS SELECT m.id, e.* FROM smith.messages AS m, aria_engine.focus_explain(m.message) AS e;
CREATE VIEW smith.hits AS SELECT m.id, h.* FROM smith.messages AS m,
    aria_engine.focus_keyword_hits(m.message, m.keywords) AS h;
CREATE VIEW smith.doctored AS SELECT * FROM aria_engine.focus_doctor();
CREATE VIEW smith.scores AS SELECT m.id, s.* FROM smith.messages AS m, smith.agents AS a,
    aria_engine.focus_agent_scores(m.message, a.agents) AS s;
CREATE VIEW smith.escalated AS SELECT m.id, e.* FROM smith.messages AS m, aria_engine.focus_escalation(m.message) AS e;
CREATE VIEW smith.revisions AS SELECT p.focus_id, r.* FROM aria_engine.focus_profiles AS p,
    aria_engine.focus_revisions(p.focus_id) AS r;
GRANT SELECT ON ALL TABLES IN SCHEMA smith TO smith;

-- and here as text. The others: under ten names each.
DO $$
DECLARE
    f record;
BEGIN
    FOR f IN
        SELECT p.oid, p.proname, p.prorettype::regtype AS result, p.proretset, p.provolatile,
               (SELECT string_agg(format_type(t, NULL), ', ' ORDER BY n)
                   FROM unnest(p.proargtypes) WITH ORDINALITY AS a (t, n)) AS kinds,
               (SELECT string_agg('$' || n, ', ' ORDER BY n)
                   FROM unnest(p.proargtypes) WITH ORDINALITY AS a (t, n)) AS numbers
        FROM pg_proc AS p JOIN pg_depend AS d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
        WHERE p.pronamespace = 'aria_engine'::regnamespace AND p.prorettype <> 'trigger'::regtype
    LOOP
        FOR i IN 1..10 LOOP
            EXECUTE CASE WHEN f.proretset OR f.result::text = 'record' THEN format(
                'CREATE FUNCTION smith.%s_%s(%s) RETURNS text LANGUAGE sql AS $f$ SELECT string_agg(r::text, '','') '
                'FROM aria_engine.%1$s(%4$s) AS r $f$',
                f.proname, i, f.kinds, f.numbers)
            ELSE format('CREATE FUNCTION smith.%s_%s(%s) RETURNS %s LANGUAGE sql AS $f$ SELECT aria_engine.%1$s(%5$s) '
                '$f$',
                f.proname, i, f.kinds, f.result, f.numbers) END;
        END LOOP;
    END LOOP;
END
$$;
