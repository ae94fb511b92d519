"""The statements that faults are made in: each has much to do, and one row as its answer."""

from __future__ import annotations

from typing import List, NamedTuple, Optional

from clusters import Session

MESSAGE = "(SELECT message FROM faults.inputs WHERE name = '{}')"
DOCUMENT = "(SELECT document FROM faults.inputs WHERE name = '{}')"
# What a session can answer whatever happened before, and its answer: by profiles, by a list, by no keyword at all.
QUESTION = (
    "SELECT aria_engine.focus_route('now ' || faults.word(0), NULL), aria_engine.focus_specialty_score('x', NULL),"
    " (SELECT string_agg(keyword || pos, ' ') FROM aria_engine.focus_keyword_hits('a deploy', '[\"deploy\"]'))"
)
ANSWER = [("p0", 0.3, "deploy3")]


class Work(NamedTuple):
    """A statement; one that writes leaves profiles called `leaves`0, 1, ..., all of them or none."""

    name: str
    query: str
    leaves: Optional[str] = None


def prepare(session: Session, scale: float) -> None:
    """Fills table and arguments; the statements take some tens of milliseconds times the scale."""

    def scaled(count: int) -> int:
        """So many of something at a scale of 1."""
        return round(count * scale)

    session.run(
        f"CALL faults.fill({scaled(20)}, 200)",
        "TRUNCATE faults.inputs, faults.by_hand",
        f"INSERT INTO faults.inputs (name, message) VALUES ('runs', repeat('a', {scaled(500_000)})),"
        f" ('words', repeat('we ' || faults.word(7) || ' so ', {scaled(20_000)})),"
        f" ('many', repeat(faults.word(5) || ' ', {scaled(8_000)})), ('blank', repeat(' ', {scaled(1_000_000)}))",
        f"INSERT INTO faults.inputs (name, document) VALUES ('agents', faults.agents({scaled(1000)})),"
        f" ('import', faults.document('i', {scaled(8)}, 50, 10000000)),"
        f" ('list', (SELECT jsonb_agg(faults.word(i)) FROM generate_series(1, {scaled(5000)}) AS i)),"
        " ('long', (SELECT jsonb_agg(jsonb_build_object('keyword', repeat('a', 101 - i) || 'b', 'match', 'fragment'))"
        " FROM generate_series(2, 60) AS i))",
        "INSERT INTO faults.by_hand SELECT 'h' || i, 'By hand', jsonb_build_array(faults.word(20000000 + i), 'short')"
        f" FROM generate_series(0, {scaled(40) - 1}) AS i",
    )


def reading() -> List[Work]:
    """Statements that only read; the profiles must be compiled for some of them."""
    words, many, runs = MESSAGE.format("words"), MESSAGE.format("many"), MESSAGE.format("runs")
    agents, listed = DOCUMENT.format("agents"), DOCUMENT.format("list")
    return [
        Work("compile", "SELECT aria_engine.focus_route(faults.word(301), NULL)"),
        Work("compile, specialty", "SELECT aria_engine.focus_specialty_score(faults.word(301), 'p1')"),
        Work("compile a list", f"SELECT count(*) FROM aria_engine.focus_keyword_hits('x', {listed})"),
        Work("scan", f"SELECT count(*) FROM aria_engine.focus_keyword_hits({runs}, {DOCUMENT.format('long')})"),
        Work("rank", f"SELECT r::text FROM aria_engine.focus_rank({words}) AS r"),
        Work("rank in LATERAL",
             "SELECT sum(r.hits) FROM generate_series(0, (SELECT count(*) FROM faults.by_hand) - 1) AS i,"
             " LATERAL aria_engine.focus_rank(repeat(faults.word(i) || ' ', 2000)) AS r"),
        Work("explain", f"SELECT count(*), sum(pos::bigint) FROM aria_engine.focus_explain({many})"),
        Work("highlight",
             "SELECT octet_length(h), md5(left(h, 9000)) FROM (SELECT"
             f" aria_engine.focus_highlight({many}, 'p0', repeat('<', 1000), '>') AS h OFFSET 0) AS s"),
        Work("keyword hits",
             f"SELECT sum(len::bigint) FROM aria_engine.focus_keyword_hits(left({runs}, 2000000), '[\"a\","
             ' {"keyword": "aa", "match": "fragment"}]\')'),
        Work("validate",
             "SELECT count(*) FROM aria_engine.focus_validate(jsonb_build_object('focus_id', 'x', 'display_name', 'X',"
             f" 'expertise_keywords', {listed}))"),
        Work("doctor", "SELECT count(*) FROM aria_engine.focus_doctor()"),
        Work("export", "SELECT md5(aria_engine.focus_export()::text)"),
        Work("etag", "SELECT aria_engine.focus_etag()"),
        Work("import, dry run",
             f"SELECT count(*) FROM aria_engine.focus_import({DOCUMENT.format('import')}, 'error', true)"),
        Work("agent scores", f"SELECT count(total) FROM aria_engine.focus_agent_scores('x', {agents})"),
        Work("select agents",
             f"SELECT count(*) FROM aria_engine.focus_select_agents(faults.word(3), {agents}, 5)"),
        Work("fallback chain", f"SELECT count(*) FROM aria_engine.focus_fallback_chain('a1', {agents})"),
        Work("compose prompt",
             "SELECT octet_length(p), md5(left(p, 9000)) FROM (SELECT"
             f" aria_engine.focus_compose_prompt({MESSAGE.format('blank')}, {runs}) AS p OFFSET 0) AS s"),
        Work("escalation", f"SELECT (aria_engine.focus_escalation({words})).should_escalate"),
    ]  # fmt: skip


def writing() -> List[Work]:
    """Statements that write, all or nothing."""
    return [
        Work("import", f"SELECT count(*) FROM aria_engine.focus_import({DOCUMENT.format('import')})", "i"),
        Work("adopt",
             "SELECT count(*) FROM aria_engine.focus_adopt('faults.by_hand') WHERE action = 'adopted'", "h"),
        Work("insert",
             "INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)"
             f" SELECT 'n' || i, 'New', {DOCUMENT.format('list')} FROM generate_series(0, 2) AS i", "n"),
    ]  # fmt: skip


def stored(session: Session, work: Work) -> int:
    """How many of the profiles that a statement leaves are there; 0 of one that only reads."""
    if work.leaves is None:
        return 0
    return session.value(
        f"SELECT count(*) FROM aria_engine.focus_profiles WHERE focus_id ~ '^{work.leaves}[0-9]+$'"
    )


def remove(session: Session, work: Work) -> None:
    """Takes away what a statement left."""
    if work.leaves is not None:
        session.run(f"DELETE FROM aria_engine.focus_profiles WHERE focus_id ~ '^{work.leaves}[0-9]+$'")


def profile(focus_id: str, keywords: str) -> str:
    """A document for focus_put, as an SQL literal."""
    return f"'{{\"focus_id\": \"{focus_id}\", \"display_name\": \"Put\", \"expertise_keywords\": {keywords}}}'"


def lives() -> List[Work]:
    """Small statements, most of them of a profile's life; some are refused."""
    insert = "INSERT INTO aria_engine.focus_profiles (focus_id, display_name, tone, expertise_keywords)"
    return [
        Work("route", "SELECT aria_engine.focus_route('a ' || faults.word(301), 'p1', 0.5)"),
        Work("settings",
             "SELECT s::text FROM aria_engine.focus_effective_settings('p1', '{\"model\": \"m\", \"skills\": [\"a\"],"
             " \"system_prompt\": \"Be.\", \"temperature\": 0.5}', '{\"max_tokens\": 9000}') AS s"),
        Work("settings, refused", "SELECT aria_engine.focus_effective_settings('p1', '{\"skills\": [7, null]}')"),
        Work("skills", "SELECT aria_engine.focus_skills('[\"a\", \"b\"]', '[\"b\", \"c\"]')"),
        Work("digest", "SELECT md5(aria_engine.focus_digest()), (SELECT count(*) FROM aria_engine.focus_catalog)"),
        Work("nearest", "SELECT aria_engine.focus_nearest('precize', ARRAY['blunt', 'precise'])"),
        Work("revisions", "SELECT count(*), sum(revision) FROM aria_engine.focus_revisions('p2')"),
        Work("diff", "SELECT field, new_value FROM aria_engine.focus_diff('p2', 1, 2)"),
        Work("put", "SELECT focus_id FROM aria_engine.focus_put("
                    + profile("put", '["put it", {"keyword": "put", "weight": 2}]') + ")"),
        Work("put a change", f"SELECT display_name FROM aria_engine.focus_put({profile('p1', '[]')}, 'why')"),
        Work("put, refused", f"SELECT aria_engine.focus_put({profile('Wrong id', '[7, null, {}]')})"),
        Work("restore", "SELECT display_name FROM aria_engine.focus_restore('p2', 1)"),
        Work("update", "UPDATE aria_engine.focus_profiles SET tone = 'warm' WHERE focus_id < 'p4'"),
        Work("insert, refused", f"{insert} VALUES ('wrong id', ' ', 'precize', '[\"a\", \"A\", 7]')"),
        Work("delete", "DELETE FROM aria_engine.focus_profiles WHERE focus_id < 'p4'"),
        # Any TRUNCATE removes files when it has committed, and PostgreSQL panics where it finds no memory for that.
        Work("truncate", "TRUNCATE aria_engine.focus_profiles; SELECT faults.fail_no_more()"),
        Work("seed", "SELECT inserted FROM aria_engine.focus_seed()"),
        Work("new tone", "INSERT INTO aria_engine.focus_tones (tone) VALUES ('dry')"),
    ]  # fmt: skip
