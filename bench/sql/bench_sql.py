"""The SQL part of the benchmark: bench_sql.py DIRECTORY [--quick], on the server of PGHOST.

Prints a measurement a line, columns separated by tabs, for report.py. Times are the CPU time of the
server's process unless they say otherwise; contenders take turns, and of each the fastest counts.
"""

from __future__ import annotations

import json
import os
import random
import re
import statistics
import sys
import time
from io import StringIO
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence

import psycopg2

HERE = Path(__file__).resolve().parent
SETS = Path(sys.argv[1])
QUICK = "--quick" in sys.argv
ROUNDS = 3 if QUICK else 7
ROWS = {"short": 1_000_000, "medium": 100_000, "long": 4_800}
if QUICK:
    ROWS = {name: rows // 5 for name, rows in ROWS.items()}
GUARDED = 500
FEW_ROWS = 500 if QUICK else 2000
RANK_ROWS = 20_000 if QUICK else 100_000
STATEMENTS = 300 if QUICK else 2000
SESSIONS = 5 if QUICK else 15
PROFILE_SETS = {"1,000": "sparse 12,000", "10,000": "sparse 120,000"}


def emit(kind: str, name: str, what: str, engine: str, value: float) -> None:
    """One line of output."""
    print(kind, name, what, engine, f"{value:.6g}", sep="\t", flush=True)


class Session:
    """A session of its own, and the CPU time of its process."""

    def __init__(self, database: str) -> None:
        """Connects; no parallel plans."""
        self.connection = psycopg2.connect(dbname=database)
        self.connection.autocommit = True
        self.cursor = self.connection.cursor()
        self.cursor.execute("SET max_parallel_workers_per_gather = 0")
        self.cursor.execute("SET synchronize_seqscans = off")
        process = self.value("SELECT pg_backend_pid()")
        self._schedule = Path(f"/proc/{process}/schedstat")
        self._status = Path(f"/proc/{process}/stat")

    def run(self, query: str, arguments: Optional[Sequence[object]] = None) -> None:
        """Runs a statement."""
        self.cursor.execute(query, arguments)

    def value(self, query: str) -> Any:
        """The only value of a query."""
        self.run(query)
        ((value,),) = self.cursor.fetchall()
        return value

    def cpu(self) -> float:
        """Seconds of CPU time so far."""
        try:
            return int(self._schedule.read_text(encoding="ascii").split()[0]) / 1e9
        except OSError:
            fields = self._status.read_text(encoding="ascii").rsplit(")", 1)[1].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def cpu_of(self, query: str) -> float:
        """Seconds of CPU time of a query."""
        before = self.cpu()
        self.run(query)
        return self.cpu() - before

    def close(self) -> None:
        """Ends the session."""
        self.connection.close()


def race(session: Session, queries: Dict[str, str], rounds: int = ROUNDS) -> Dict[str, float]:
    """The least CPU time of each query, which take turns."""
    best = {name: float("inf") for name in queries}
    for _ in range(rounds):
        for name, query in queries.items():
            best[name] = min(best[name], session.cpu_of(query))
    return best


def copy(session: Session, table: str, rows: Sequence[Sequence[str]]) -> None:
    """Loads rows of texts."""
    lines = (
        "\t".join(text.replace("\\", "\\\\").replace("\t", "\\t") for text in row) + "\n" for row in rows
    )
    session.cursor.copy_expert(f"COPY {table} FROM STDIN", StringIO("".join(lines), newline=""))


def make_database(name: str) -> Session:
    """A database with the extension."""
    maintenance = psycopg2.connect("")
    maintenance.autocommit = True
    maintenance.cursor().execute(f"CREATE DATABASE {name}")
    maintenance.close()
    session = Session(name)
    session.run("CREATE EXTENSION aria_focus")
    return session


def keyword_lists(name: str) -> Dict[str, List[str]]:
    """A keyword set by list."""
    lists: Dict[str, List[str]] = {}
    for line in (SETS / f"keywords.{name}").read_text(encoding="utf-8").splitlines():
        focus_id, text = line.split("\t")
        lists.setdefault(focus_id, []).append(text)
    return lists


def load_profiles(session: Session, name: str) -> None:
    """Makes a keyword set the profiles."""
    rows = [(key, key, json.dumps(texts)) for key, texts in keyword_lists(name).items()]
    copy(session, "aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)", rows)
    session.run("VACUUM ANALYZE aria_engine.focus_profiles")


def load_messages(session: Session, name: str) -> None:
    """A table of a message set, repeated in random order; nothing compressed."""
    messages = (SETS / f"messages.{name}").read_text(encoding="utf-8").splitlines()
    session.run(f"CREATE TABLE messages_{name} (message text)")
    session.run(f"ALTER TABLE messages_{name} ALTER message SET STORAGE EXTERNAL")
    chance = random.Random(1)
    copy(session, f"messages_{name}", [(chance.choice(messages),) for _ in range(ROWS[name])])
    session.run(f"VACUUM ANALYZE messages_{name}")


def postgres(session: Session) -> int:
    """The server's version as a number."""
    return session.connection.server_version


def bench_scalar(session: Session) -> None:
    """focus_route in a scan, against the executor's floor and against counting characters."""
    for name, rows in ROWS.items():
        table = f"FROM messages_{name}"
        best = race(session, {
            "focus_route": f"SELECT count(aria_engine.focus_route(message)) {table}",
            "sum(octet_length)": f"SELECT sum(octet_length(message)) {table}",
            "sum(length)": f"SELECT sum(length(message)) {table}",
            "count(*)": f"SELECT count(*) {table}",
            "focus_route('')": f"SELECT count(aria_engine.focus_route('')) {table}",
        })
        for engine, seconds in best.items():
            emit("scalar", name, "ns per row", engine, seconds / rows * 1e9)


def has_plpython(session: Session) -> bool:
    """Makes the engine's Python; False without PL/Python."""
    try:
        session.run((HERE / "plpython.sql").read_text(encoding="utf-8"))
        return True
    except psycopg2.Error as error:
        print(f"skipped: the engine's Python ({str(error).splitlines()[0]})", file=sys.stderr)
        return False


def peer_expressions(session: Session, lists: Dict[str, List[str]]) -> Dict[str, str]:
    """Expressions over `message` that ask each profile's keywords, with constants in them."""
    def literals(function: str, kind: str) -> List[str]:
        quoted = f"SELECT quote_literal({function}(%s)::text) || '::{kind}'"
        out = []
        for name in lists:
            session.run(quoted, (name,))
            out.append(session.cursor.fetchone()[0])
        return out

    def total(terms: List[str]) -> str:
        return f"sum({' + '.join(terms)})"

    patterns = literals("bench_pattern", "text")
    likes = literals("bench_likes", "text[]")
    queries = literals("bench_tsquery", "tsquery")
    counts = [f"regexp_count(message, {p}, 1, 'i')" for p in patterns]
    if postgres(session) < 150000:
        counts = [f"(SELECT count(*) FROM regexp_matches(message, {p}, 'gi'))" for p in patterns]
    return {
        "regexp_count": total(counts),
        "~*": total([f"(message ~* {p})::int" for p in patterns]),
        "ILIKE ANY": total([f"(message ILIKE ANY ({p}))::int" for p in likes]),
        "tsquery": total([f"(vector @@ {q})::int" for q in queries]),
    }


def guard(session: Session, lists: Dict[str, List[str]]) -> None:
    """The engine's Python and focus_specialty_score agree on a sample; else the run ends."""
    checks = 0
    messages = (SETS / "messages.short").read_text(encoding="utf-8").splitlines()[:GUARDED]
    for name, texts in lists.items():
        pattern = re.compile("(" + "|".join(map(re.escape, texts)) + ")", re.IGNORECASE)
        session.run("SELECT aria_engine.focus_specialty_score(m, %s) FROM unnest(%s) AS m", (name, messages))
        for message, (score,) in zip(messages, session.cursor.fetchall()):
            if score != (0.1, 0.6, 0.8, 1.0)[min(len(pattern.findall(message)), 3)]:
                sys.exit(f"error: {name} scores {score} in: {message}")
            checks += 1
    print(f"focus_specialty_score agrees with Python's re in {checks} scores", file=sys.stderr)


def bench_peers(session: Session) -> None:
    """The server's own means and the engine's Python, on fewer rows."""
    lists = keyword_lists("stock")
    guard(session, lists)
    session.run("CREATE TABLE bench_keywords (focus_id text, place int, keyword text)")
    rows = [(name, str(i), text) for name, texts in lists.items() for i, text in enumerate(texts)]
    copy(session, "bench_keywords", rows)
    session.run((HERE / "peers.sql").read_text(encoding="utf-8"))
    session.run(f"CREATE TABLE few AS SELECT message FROM messages_short LIMIT {FEW_ROWS}")
    queries = {}
    for engine, expression in peer_expressions(session, lists).items():
        source = "few"
        if engine == "tsquery":
            source = "(SELECT to_tsvector('english', message) AS vector FROM few OFFSET 0) AS vectors"
        queries[engine] = f"SELECT {expression} FROM {source}"
    if has_plpython(session):
        queries["PL/Python"] = "SELECT count(bench_engine_route(message)) FROM few"
    for query in queries.values():
        session.run(query)  # patterns are compiled at the first use
    for engine, seconds in race(session, queries, 3).items():
        emit("scalar", "short", "ns per row", engine, seconds / FEW_ROWS * 1e9)


def bench_rank(session: Session) -> None:
    """focus_rank through LATERAL, eight rows a message, against eight constant rows."""
    lists = list(keyword_lists("stock").values())
    chance = random.Random(2)
    session.run("CREATE TABLE messages_eight (message text)")
    copy(session, "messages_eight", [
        (", ".join(chance.choice(texts) for texts in lists),) for _ in range(RANK_ROWS)
    ])
    session.run("VACUUM ANALYZE messages_eight")
    query = "SELECT count(*), sum(rank), sum(hits), count(keywords) FROM messages_eight, LATERAL {} AS r"
    queries = {"focus_rank": query.format("aria_engine.focus_rank(message)")}
    try:
        session.run("""
            CREATE FUNCTION bench_constant_rows(message text, OUT rank integer, OUT focus_id text,
                OUT score double precision, OUT evidence double precision, OUT hits integer,
                OUT keywords text[], OUT margin double precision) RETURNS SETOF record
            LANGUAGE c STABLE ROWS 8 AS '$libdir/bench_constant_rows', 'bench_constant_rows'""")
        queries["8 constant rows in C"] = query.format("bench_constant_rows(message)")
    except psycopg2.Error as error:
        print(f"skipped: 8 constant rows in C ({str(error).splitlines()[0]})", file=sys.stderr)
    per_message = session.value(
        "SELECT count(*)::float8 FROM messages_eight, LATERAL aria_engine.focus_rank(message) AS r"
    ) / RANK_ROWS
    print(f"focus_rank: {per_message:.2f} rows a message", file=sys.stderr)
    for engine, seconds in race(session, queries).items():
        emit("lateral", "eight", "ns per message", engine, seconds / RANK_ROWS * 1e9)


def bench_parallel(session: Session) -> None:
    """Two parallel workers against one, by the clock; over the messages four times, since to start workers takes
    PostgreSQL some 20 ms whatever they do."""
    for setting in ("parallel_leader_participation = off", "parallel_setup_cost = 0",
                    "parallel_tuple_cost = 0", "min_parallel_table_scan_size = 0"):
        session.run(f"SET {setting}")
    session.run("ALTER TABLE messages_short SET (parallel_workers = 2)")
    messages = " UNION ALL ".join(["SELECT message FROM messages_short"] * 4)
    query = f"SELECT count(aria_engine.focus_route(message)) FROM ({messages}) AS m"
    best: Dict[int, float] = {}
    for _ in range(ROUNDS):
        for workers in (1, 2):
            session.run(f"SET max_parallel_workers_per_gather = {workers}")
            started = time.perf_counter()
            session.run(query)
            best[workers] = min(best.get(workers, 1e9), time.perf_counter() - started)
    for workers, seconds in best.items():
        emit("parallel", "short", "seconds", str(workers), seconds)


# Statements in transactions of their own, without a client that is waited for.
LOOP = """
DO $$
DECLARE message text := 'good morning';
BEGIN
    FOR i IN 1..{statements} LOOP
        {first}
        PERFORM {function}(message);
        COMMIT;
    END LOOP;
END $$"""
FUNCTIONS = ("aria_engine.focus_route", "lower")


def check_in_loop(session: Session, first: str = "") -> float:
    """CPU seconds that a statement with focus_route takes beyond one with lower(), each after the statement
    `first` in a transaction of its own."""
    loops = {name: LOOP.format(statements=STATEMENTS, function=name, first=first) for name in FUNCTIONS}
    best = race(session, loops, 2 * ROUNDS)
    return (best["aria_engine.focus_route"] - best["lower"]) / STATEMENTS


def check_after_commits(session: Session, other: Session) -> float:
    """The same where another session's transaction commits before each statement; the median of batches,
    since a session that waits for its client is measured less exactly."""
    batch, found = 50, []
    for name in FUNCTIONS:
        session.run(f"PREPARE {name.split('_')[-1]}(text) AS SELECT {name}($1)")
    for _ in range(STATEMENTS // batch):
        costs = []
        for name in FUNCTIONS:
            before = session.cpu()
            for _ in range(batch):
                other.run("SELECT txid_current()")
                session.run(f"EXECUTE {name.split('_')[-1]}('good morning')")
            costs.append((session.cpu() - before) / batch)
        found.append(costs[0] - costs[1])
    return statistics.median(found)


def bench_check(database: str, profiles: str) -> None:
    """What a statement pays for the proof that the compiled profiles are right."""
    session, other = Session(database), Session(database)
    emit("check", profiles, "stable snapshot", "ours", check_in_loop(session) * 1e6)
    emit("check", profiles, "in a transaction with an id", "ours",
         check_in_loop(session, "PERFORM txid_current();") * 1e6)
    emit("check", profiles, "after a commit elsewhere", "ours", check_after_commits(session, other) * 1e6)
    session.close()
    other.close()


def bench_first_call(database: str, profiles: str) -> None:
    """The first call of a new session, by the clock."""
    best = 1e9
    for _ in range(SESSIONS):
        session = Session(database)
        started = time.perf_counter()
        session.run("SELECT aria_engine.focus_route('good morning')")
        best = min(best, time.perf_counter() - started)
        session.close()
    emit("first", profiles, "ms", "ours", best * 1e3)


def bench_agents(session: Session) -> None:
    """Ten thousand agents in one call, with the columns that an application's table has."""
    session.run("SET max_parallel_workers_per_gather = 0")  # a worker's time would not be seen
    session.run("""
        CREATE TABLE everyone AS
        SELECT jsonb_agg(jsonb_build_object(
            'agent_id', i::text, 'parent_agent_id', (i / 2)::text,
            'focus_type', (ARRAY['data', 'social', NULL])[1 + i % 3],
            'status', (ARRAY['idle', 'busy', 'error', 'offline'])[1 + i % 4], 'enabled', true,
            'pheromone_score', i % 1000 / 1000.0, 'consecutive_failures', i % 7, 'recent_success_rate', 0.5,
            'model', 'gpt', 'fallback_model', 'fb', 'created_at', now(), 'updated_at', now(),
            'system_prompt', 'You are an agent.', 'temperature', 0.7, 'max_tokens', 2000,
            'skills', ARRAY['a', 'b'], 'metadata', '{"a": [1, 2, 3]}'::jsonb)) AS agents
        FROM generate_series(1, 10000) AS i""")
    query = "SELECT count(*) FROM everyone, aria_engine.{} AS r"
    calls = {
        "focus_agent_scores": "focus_agent_scores('deploy the docker schema', agents)",
        "focus_select_agents": "focus_select_agents('deploy the docker schema', agents)",
        "focus_fallback_chain": "focus_fallback_chain('10000', agents)",
    }
    for name, seconds in race(session, {name: query.format(call) for name, call in calls.items()}).items():
        emit("agents", name, "ms", "ours", seconds * 1e3)


def main() -> None:
    """Run everything."""
    session = make_database("bench_stock")
    session.run("SELECT * FROM aria_engine.focus_seed()")
    session.run("VACUUM ANALYZE aria_engine.focus_profiles")
    for name in ROWS:
        load_messages(session, name)
    bench_scalar(session)
    bench_peers(session)
    bench_rank(session)
    bench_parallel(session)
    bench_agents(session)
    session.close()
    bench_check("bench_stock", "8")
    bench_first_call("bench_stock", "8")
    for profiles, keywords in PROFILE_SETS.items():
        database = "bench_" + profiles.replace(",", "")
        session = make_database(database)
        load_profiles(session, keywords)
        session.close()
        bench_check(database, profiles)
        bench_first_call(database, profiles)


main()
