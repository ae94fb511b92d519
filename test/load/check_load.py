"""What large inputs do: right answers or a clear limit, linear time, prompt cancelling, flat memory.

Measured figures are printed; the limits that fail the suite are generous, so that a busy machine
does not.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple

import large_rows
import psycopg2
import support
from psycopg2 import errorcodes

MEGABYTE = 1024 * 1024
GIGABYTE = 1024 * MEGABYTE
MEMORY_FOR_GIGABYTES = 8 * GIGABYTE

# Time per byte may differ by so much between a short and a long message. Where the long one would take
# so many seconds, the smaller pair is compared.
SIZES = (4 * MEGABYTE, 32 * MEGABYTE)
SLOW_SIZES = (MEGABYTE // 2, 4 * MEGABYTE)
SLOW_SECONDS = 4.0
WORST_FACTOR = 4.0

TIMEOUT_MS = 50
WORST_OVERSHOOT_MS = 1000
GOAL_OVERSHOOT_MS = 100
CANCELS = 50
WORST_GROWTH = 20 * MEGABYTE


class Databases:
    """The databases of this suite."""

    def __init__(self) -> None:
        """Opens the session that makes databases."""
        self.maintenance = support.connect()
        self.cursor = self.maintenance.cursor()
        self.sessions: Dict[str, Any] = {}

    def make(self, name: str, encoding: str = "UTF8") -> Any:
        """A cursor in a new database with the extension."""
        self.cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        self.cursor.execute(
            f"CREATE DATABASE {name} ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
        )
        session = support.connect(name)
        self.sessions[name] = session
        cursor = session.cursor()
        cursor.execute("CREATE EXTENSION aria_focus")
        return cursor

    def close(self) -> None:
        """Drops the databases."""
        for name, session in self.sessions.items():
            session.close()
            self.cursor.execute(f"DROP DATABASE {name}")
        self.maintenance.close()


def available_memory() -> int:
    """Bytes of memory that new work can have."""
    for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    raise ValueError("no MemAvailable")


class Backend:
    """The memory of a session's process: its own pages, not the server's shared ones."""

    def __init__(self, cursor: Any) -> None:
        """Finds the process."""
        process = support.value_of(cursor, "SELECT pg_backend_pid()")
        self._status = Path(f"/proc/{process}/status")

    def resident(self) -> int:
        """Bytes of memory that it has for itself."""
        for line in self._status.read_text(encoding="ascii").splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
        raise ValueError("no RssAnon")


def store(cursor: Any, lists: Dict[str, Sequence[object]]) -> None:
    """Makes the table hold these lists and nothing else."""
    cursor.execute("TRUNCATE aria_engine.focus_profiles")
    support.copy_rows(
        cursor,
        "aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)",
        ((name, name, json.dumps(texts)) for name, texts in lists.items()),
    )


def fragments(texts: Sequence[str]) -> List[Dict[str, str]]:
    """Keywords that hit anywhere."""
    return [{"keyword": text, "match": "fragment"} for text in texts]


def timed(cursor: Any, query: str, arguments: Optional[Sequence[object]] = None) -> Tuple[float, Any]:
    """Seconds that a query took, and its only row."""
    started = time.monotonic()
    (row,) = support.rows_of(cursor, query, arguments)
    return time.monotonic() - started, row


# --- large messages ----------------------------------------------------------------------------------


def check_large_messages(cursor: Any, report: support.Report) -> None:
    """Messages up to the largest text: every repeat is counted, and the last word is found."""
    store(cursor, {"zebra": ["zebraword"], "ops": ["deploy"], "never": ["qqqq", "xyzzy"]})
    unit = "please deploy this to the cluster again. "
    sizes = [MEGABYTE, 10 * MEGABYTE, 100 * MEGABYTE]
    if available_memory() > MEMORY_FOR_GIGABYTES:
        sizes.append(GIGABYTE - 64 * 1024)
    else:
        sizes.append(300 * MEGABYTE)
        print("note: less than 8 GB of free memory, so 300 MB instead of 1 GB")
    for size in sizes:
        count = size // len(unit)
        arguments = {"unit": unit, "count": count, "last": "zebraword"}
        message = "repeat(%(unit)s, %(count)s) || %(last)s"
        cases = (
            ("focus_id, hits, margin", f"FROM aria_engine.focus_rank({message}, 1)", ("ops", count, 0.0)),
            ("aria_engine.focus_route", f"({message})", ("ops",)),
            ("aria_engine.focus_specialty_score", f"({message}, 'zebra')", (0.6,)),
        )
        for what, call, expected in cases:
            seconds, found = timed(cursor, f"SELECT {what} {call}", arguments)
            name = (what + call).split("focus_")[-1].split("(")[0]
            report.equal(f"{name} on {size} bytes", expected, found)
            speed = size / seconds / MEGABYTE
            print(f"{name:22} {size / MEGABYTE:7.0f} MB  {seconds:6.2f} s  {speed:7.0f} MB/s")


def check_large_encoded(cursor: Any, encoding: str, size: int, report: support.Report) -> None:
    """A large message that must be converted: it is answered, or refused with the limit."""
    store(cursor, {"ops": ["deploy"]})
    query = "SELECT aria_engine.focus_route(repeat(convert_from('\\xe9'::bytea, %s), %s) || ' deploy')"
    try:
        seconds, (found,) = timed(cursor, query, (encoding, size))
        report.equal(f"{encoding}: focus_route on {size} bytes", ("ops", True), (found, 3 * size < 2**31))
        print(f"{'focus_route ' + encoding:22} {size / MEGABYTE:7.0f} MB  {seconds:6.2f} s")
    except psycopg2.Error as error:
        said = f"{error.diag.message_primary} {error.diag.message_detail}"
        report.equal(
            f"{encoding}: refusal of {size} bytes ({said})",
            (errorcodes.PROGRAM_LIMIT_EXCEEDED, True, True),
            (error.pgcode, "2147483647" in said, 3 * size >= 2**31),
        )
        print(f"{encoding}, {size / MEGABYTE:.0f} MB: {error.pgcode} {said}")


def check_large_conversions(databases: Databases, report: support.Report) -> None:
    """LATIN1, and SQL_ASCII, where bytes triple on the way: within the limit, and beyond it."""
    latin1 = databases.make("load_latin1", "LATIN1")
    check_large_encoded(latin1, "LATIN1", 100 * MEGABYTE, report)
    cursor = databases.make("load_sql_ascii", "SQL_ASCII")
    check_large_encoded(cursor, "SQL_ASCII", 100 * MEGABYTE, report)
    if available_memory() > MEMORY_FOR_GIGABYTES:
        check_large_encoded(cursor, "SQL_ASCII", 720 * MEGABYTE, report)
    else:
        print("note: less than 8 GB of free memory, so no message beyond the limit of SQL_ASCII")


def check_large_prompt(cursor: Any, report: support.Report) -> None:
    """A prompt that would not fit is refused, and one that just fits is composed."""
    if available_memory() <= MEMORY_FOR_GIGABYTES:
        print("note: less than 8 GB of free memory, so no prompt of 1 GB")
        return
    query = "SELECT length(aria_engine.focus_compose_prompt(repeat('a', %s), repeat('b', %s)))"
    half = GIGABYTE // 2
    report.equal("a prompt of nearly 1 GB", GIGABYTE - 100, support.value_of(cursor, query, (half - 107, half)))
    try:
        found = support.value_of(cursor, query, (half, half))
        report.true("a prompt beyond 1 GB", False, f"has {found} characters")
    except psycopg2.Error as error:
        said = (error.pgcode, error.diag.message_primary)
        report.equal("a prompt beyond 1 GB", (errorcodes.PROGRAM_LIMIT_EXCEEDED, "composed prompt is too long"), said)


# --- linear time -------------------------------------------------------------------------------------


def linear_cases() -> List[Tuple[str, List[object], str]]:
    """Name, keyword list, and the unit that the message repeats."""
    runs = ["a" * length for length in range(1, 101)]
    phrases = [" ".join("a" * length) for length in range(1, 51)]
    misses = ["a" * 99 + "b", " ".join("a" * 49 + "b")]
    prose = "We deploy the new cluster on Tuesday, if the backup works; so please review the pipeline. "
    words = ["deploy", "docker", "backup", "ci", "merge request", "kubernetes", "c++", "review"]
    return [
        ("prose", list(words), prose),
        ("a..., shortest first", fragments(runs), "a"),
        ("a..., longest first", fragments(runs[::-1]), "a"),
        ("a... that all miss", fragments(misses), "a"),
        ("a... as words", [{"keyword": text, "match": "word"} for text in runs[::-1]], "a"),
        ("a a ..., shortest first", list(phrases), "a" + " " * 999),
        ("a a ..., longest first", list(phrases[::-1]), "a" + " " * 999),
        ("a a ..., dense", list(phrases[::-1]), "a "),
        ("a a ... that all miss", list(misses), "a" + " \t\n" * 5),
        ("white space", ["x y", "a b"], " "),
    ]


def check_linear(cursor: Any, report: support.Report) -> None:
    """The time per byte of a long message is about that of a short one."""
    cursor.execute("CREATE TEMP TABLE linear (message text)")
    cursor.execute("ALTER TABLE linear ALTER COLUMN message SET STORAGE EXTERNAL")
    calls = (
        "aria_engine.focus_route(message, NULL)",
        # Of the other list, which is never hit: the score stops reading at the third hit.
        "aria_engine.focus_specialty_score(message, 'other')",
    )
    for name, keywords, unit in linear_cases():
        store(cursor, {"list": keywords, "other": ["zq"]})
        for call in calls:
            first = time_per_byte(cursor, call, unit, SLOW_SIZES[0])
            short, long = SLOW_SIZES if first * SIZES[1] > SLOW_SECONDS else SIZES
            if short != SLOW_SIZES[0]:
                first = time_per_byte(cursor, call, unit, short)
            second = time_per_byte(cursor, call, unit, long)
            # What is over within 2 ms says nothing, and what reading the message takes is not ours: a
            # scan may well be faster than the memory that a long message is copied to.
            floor = max(0.002 / short, time_per_byte(cursor, "octet_length(message || '')", unit, long))
            factor = max(second, floor) / max(first, floor)
            function = call.split("focus_")[1].split("(")[0]
            report.true(f"{name}: {function}", factor <= WORST_FACTOR, f"{factor:.1f} times slower a byte")
            print(
                f"{name:24} {function:16} {first * 1e9:8.2f} ns a byte of {short / MEGABYTE:3.1f} MB,"
                f" {second * 1e9:8.2f} of {long / MEGABYTE:4.1f} MB, factor {factor:.2f}"
            )


def time_per_byte(cursor: Any, call: str, unit: str, size: int) -> float:
    """Seconds a byte, the best of three where that is quick."""
    count = size // len(unit)
    cursor.execute("TRUNCATE linear")
    cursor.execute("INSERT INTO linear SELECT repeat(%s, %s)", (unit, count))
    best = float("inf")
    for _ in range(3):
        seconds, _ = timed(cursor, f"SELECT {call} FROM linear")
        best = min(best, seconds)
        if seconds > 0.5:
            break
    return best / (count * len(unit))


# --- many keywords -----------------------------------------------------------------------------------


def planted(number: int) -> str:
    """A keyword of its own; none is a prefix of another."""
    return f"w{number:06d}{'abcdefghij'[number % 10]} end"


def check_many(cursor: Any, name: str, lists: Dict[str, List[str]], report: support.Report) -> None:
    """So many keywords are stored, compiled and found, each in its own profile."""
    started = time.monotonic()
    store(cursor, lists)
    stored = time.monotonic() - started
    seconds, _ = timed(cursor, "SELECT aria_engine.focus_route('nothing', NULL)")
    print(f"{name}: stored in {stored:.2f} s, compiled in {seconds:.2f} s")
    owners = {text: focus for focus, texts in lists.items() for text in texts}
    texts = sorted(owners)[:: max(1, len(owners) // 500)]
    cursor.execute("CREATE TEMP TABLE IF NOT EXISTS asked (n int, message text, focus_id text)")
    cursor.execute("TRUNCATE asked")
    support.copy_rows(
        cursor,
        "asked",
        ((n, f"x {text.upper()}. w{n} {text[:-1]}", owners[text]) for n, text in enumerate(texts)),
    )
    rows = support.rows_of(
        cursor,
        "SELECT r.focus_id, r.keywords, r.hits, aria_engine.focus_route(message),"
        " aria_engine.focus_specialty_score(message, asked.focus_id)"
        " FROM asked LEFT JOIN LATERAL aria_engine.focus_rank(message) AS r ON true ORDER BY n",
    )
    report.equal(f"{name}: rows", len(texts), len(rows))
    for text, row in zip(texts, rows):
        report.equal(f"{name}: {text}", (owners[text], [text], 1, owners[text], 0.6), row)
    message = f"a {texts[7]} b {texts[3]}"
    seconds, (found,) = timed(
        cursor,
        "SELECT array_agg(keyword || '@' || pos) FROM aria_engine.focus_keyword_hits(%s, %s)",
        (message, json.dumps(list(owners))),
    )
    expected = [f"{text}@{message.index(text) + 1}" for text in (texts[7], texts[3])]
    report.equal(f"{name}: focus_keyword_hits", expected, found)
    print(f"{name}: focus_keyword_hits with all of them {seconds:.2f} s")


def check_many_keywords(cursor: Any, report: support.Report) -> None:
    """100,000 keywords in one list, and in a thousand."""
    texts = [planted(number) for number in range(100_000)]
    check_many(cursor, "1 x 100,000 keywords", {"all": texts}, report)
    lists = {f"p{i}": texts[i::1000] for i in range(1000)}
    check_many(cursor, "1,000 x 100 keywords", lists, report)


# --- cancelling --------------------------------------------------------------------------------------


def cancel(cursor: Any, query: str) -> Tuple[str, float]:
    """Runs a query under a short timeout; its SQLSTATE, and the milliseconds beyond the timeout."""
    cursor.execute(f"SET statement_timeout = {TIMEOUT_MS}")
    started = time.monotonic()
    code = "it ran to its end"
    try:
        cursor.execute(query)
    except psycopg2.Error as error:
        code = error.pgcode
    overshoot = (time.monotonic() - started) * 1000 - TIMEOUT_MS
    cursor.execute("RESET statement_timeout")
    return code, overshoot


def check_cancel(
    cursor: Any, name: str, query: str, answers: Callable[[], object], expected: object,
    report: support.Report,
) -> None:  # fmt: skip
    """Cancels a long query many times; in between the session answers, and its memory stays."""
    backend = Backend(cursor)
    worst, before = 0.0, 0
    for i in range(CANCELS):
        code, overshoot = cancel(cursor, query)
        worst = max(worst, overshoot)
        report.equal(f"{name}: SQLSTATE", errorcodes.QUERY_CANCELED, code)
        report.true(f"{name}: overshoot", overshoot < WORST_OVERSHOOT_MS, f"{overshoot:.0f} ms")
        report.equal(f"{name}: answer after it", expected, answers())
        if i == CANCELS // 5:
            before = backend.resident()
    growth = backend.resident() - before
    report.true(f"{name}: growth", growth < WORST_GROWTH, f"{growth / MEGABYTE:.1f} MB")
    verdict = "" if worst < GOAL_OVERSHOOT_MS else f" (the goal is {GOAL_OVERSHOOT_MS} ms)"
    grown = f"growth {growth / MEGABYTE:.1f} MB"
    print(f"cancel {name:22} overshoot at most {worst:6.1f} ms{verdict}, {grown}")


def check_cancelled_scans(cursor: Any, report: support.Report) -> None:
    """A scan of a long message stops."""
    store(cursor, {"runs": fragments(["a" * n for n in range(100, 0, -1)]), "ops": ["deploy"]})
    cursor.execute("CREATE TEMP TABLE long_text (message text)")
    cursor.execute("ALTER TABLE long_text ALTER COLUMN message SET STORAGE EXTERNAL")
    cursor.execute("INSERT INTO long_text SELECT repeat('a', %s)", (32 * MEGABYTE,))
    cursor.execute("INSERT INTO long_text SELECT repeat('d ', %s)", (16 * MEGABYTE,))

    def answers() -> object:
        return support.rows_of(
            cursor,
            "SELECT aria_engine.focus_route('we deploy it', NULL),"
            " aria_engine.focus_specialty_score('deploy', 'ops'),"
            " (SELECT sum(evidence) FROM aria_engine.focus_rank('aaaa deploy'))",
        )

    expected = [("ops", 0.6, 2.0)]
    report.equal("before the cancelling", expected, answers())
    for call in (
        "aria_engine.focus_route(message)",
        "(SELECT count(*) FROM aria_engine.focus_rank(message))",
        "(SELECT count(*) FROM aria_engine.focus_explain(message))",
        "aria_engine.focus_highlight(message, 'runs')",
        "aria_engine.focus_specialty_score(repeat(message, 20), 'ops')",
        "(SELECT count(*) FROM aria_engine.focus_keyword_hits(message,"
        " '[{\"keyword\": \"a\", \"match\": \"fragment\"}, \"d d d d d d d d d d d d d d d d d e\"]'))",
    ):
        name = call.split("focus_")[1].split("(")[0]
        check_cancel(cursor, f"scan, {name}", f"SELECT {call} FROM long_text", answers, expected, report)


def check_cancelled_compiles(cursor: Any, report: support.Report) -> None:
    """Reading and compiling many keywords stops, as does checking them."""
    lists = {f"p{i}": [planted(number) for number in range(i, 1_000_000, 500)] for i in range(500)}
    store(cursor, lists)

    def answers() -> object:
        hits = "SELECT keyword, pos FROM aria_engine.focus_keyword_hits('a deploy', '[\"deploy\"]')"
        return support.rows_of(cursor, hits)

    expected = [("deploy", 3)]
    route = "SELECT aria_engine.focus_route('a w000007h end', NULL)"
    check_cancel(cursor, "compile, profiles", route, answers, expected, report)
    seconds, found = timed(cursor, route)
    report.equal("route after the cancelling", ("p7",), found)
    print(f"1,000,000 keywords compiled in {seconds:.2f} s")
    plain = "SELECT aria_engine.focus_specialty_score('a w000007h end', 'p7')"
    check_cancel(cursor, "compile, specialty", plain, answers, expected, report)
    report.equal("specialty after the cancelling", (0.6,), timed(cursor, plain)[1])
    cursor.execute("CREATE TEMP TABLE long_list (keywords jsonb)")
    everything = json.dumps([planted(number) for number in range(1_000_000)])
    cursor.execute("INSERT INTO long_list VALUES (%s)", (everything,))
    for call in (
        "aria_engine.focus_is_keyword_list(keywords)",
        "(SELECT count(*) FROM aria_engine.focus_keyword_hits('x', keywords))",
        "(SELECT count(*) FROM aria_engine.focus_validate("
        "jsonb_build_object('focus_id', 'x', 'display_name', 'X', 'expertise_keywords', keywords)))",
    ):
        name = call.split("focus_")[1].split("(")[0]
        check_cancel(cursor, f"list, {name}", f"SELECT {call} FROM long_list", answers, expected, report)


# --- memory ------------------------------------------------------------------------------------------


def growth_during(cursor: Any, query: str) -> Tuple[int, Any]:
    """The most memory that the backend had while a query ran, less that before; and its only row."""
    backend = Backend(cursor)
    rows: List[Tuple] = []
    before = highest = backend.resident()
    worker = threading.Thread(target=lambda: rows.extend(support.rows_of(cursor, query)))
    worker.start()
    while worker.is_alive():
        worker.join(0.01)
        highest = max(highest, backend.resident())
    return max(highest, backend.resident()) - before, rows[0] if rows else None


def check_flat_memory(cursor: Any, report: support.Report) -> None:
    """Very many messages in one statement need no more memory than a few."""
    store(cursor, {"ops": ["deploy", "docker"], "data": ["sql", "query"], "orchestrator": ["plan"]})
    start = "CASE i % 3 WHEN 0 THEN 'deploy ' WHEN 1 THEN 'a query ' ELSE 'no ' END"
    message = f"{start} || i || repeat(' x', 20)"
    agents = (
        "jsonb_build_array(jsonb_build_object('agent_id', 1, 'focus_type', 'ops', 'model', 'm' || i,"
        " 'parent_agent_id', 2),"
        " jsonb_build_object('agent_id', 2, 'focus_type', 'data', 'status', 'busy', 'model', 'n'))"
    )
    routed = "count(*) FILTER (WHERE r = 'ops'), count(*) FILTER (WHERE r = 'data'), count(*)"
    cases = (
        ("focus_route", 1_000_000, (333_333, 333_334, 1_000_000),
         f"SELECT {routed} FROM (SELECT aria_engine.focus_route({message}) AS r"
         " FROM generate_series(1, {count}) AS i) AS s"),
        ("focus_specialty_score", 300_000, (100_000, 300_000),
         "SELECT count(*) FILTER (WHERE r = 0.6), count(*) FROM"
         f" (SELECT aria_engine.focus_specialty_score({message}, 'ops') AS r"
         " FROM generate_series(1, {count}) AS i) AS s"),
        ("focus_rank", 300_000, (200_000,),
         f"SELECT count(r.rank) FROM generate_series(1, {{count}}) AS i,"
         f" aria_engine.focus_rank({message}) AS r"),
        ("focus_explain", 300_000, (200_000,),
         f"SELECT count(r.pos) FROM generate_series(1, {{count}}) AS i,"
         f" aria_engine.focus_explain({message}) AS r"),
        ("focus_highlight", 300_000, (100_000,),
         "SELECT count(*) FILTER (WHERE r LIKE '<b>deploy</b> %') FROM"
         f" (SELECT aria_engine.focus_highlight({message}, 'ops') AS r"
         " FROM generate_series(1, {count}) AS i) AS s"),
        ("focus_keyword_hits", 300_000, (100_000,),
         "SELECT count(r.pos) FROM generate_series(1, {count}) AS i,"
         f" aria_engine.focus_keyword_hits({message}, '[\"deploy\", \"docker\"]') AS r"),
        ("changing lists", 100_000, (100_000,),
         "SELECT count(r.pos) FROM generate_series(1, {count}) AS i,"
         " aria_engine.focus_keyword_hits('word' || i, jsonb_build_array('word' || i)) AS r"),
        ("focus_compose_prompt", 1_000_000, (1_000_000,),
         "SELECT count(*) FILTER (WHERE r LIKE 'base%addon') FROM"
         " (SELECT aria_engine.focus_compose_prompt('base' || i, 'addon') AS r"
         " FROM generate_series(1, {count}) AS i) AS s"),
        ("focus_skills", 300_000, (300_000,),
         "SELECT count(*) FILTER (WHERE jsonb_array_length(r) = 2) FROM"
         " (SELECT aria_engine.focus_skills(jsonb_build_array('s' || i), '[\"llm\"]') AS r"
         " FROM generate_series(1, {count}) AS i) AS s"),
        ("focus_effective_settings", 100_000, (100_000,),
         "SELECT count(s.max_tokens) FROM generate_series(1, {count}) AS i,"
         " aria_engine.focus_effective_settings('ops', jsonb_build_object('model', 'm' || i)) AS s"),
        ("focus_escalation", 300_000, (300_000,),
         "SELECT count(*) FILTER (WHERE (r).score = 0.9) FROM"
         f" (SELECT aria_engine.focus_escalation('discuss ' || {message}) AS r"
         " FROM generate_series(1, {count}) AS i OFFSET 0) AS s"),
        ("focus_agent_scores", 100_000, (200_000,),
         "SELECT count(r.total) FROM generate_series(1, {count}) AS i,"
         f" aria_engine.focus_agent_scores({message}, {agents}) AS r"),
        ("focus_select_agents", 100_000, (133_334,),
         "SELECT count(r.score) FROM generate_series(1, {count}) AS i,"
         f" aria_engine.focus_select_agents({message}, {agents}) AS r"),
        ("focus_fallback_chain", 100_000, (200_000,),
         "SELECT count(r.model) FROM generate_series(1, {count}) AS i,"
         f" aria_engine.focus_fallback_chain('1', {agents}) AS r"),
    )  # fmt: skip
    for name, count, expected, query in cases:
        growth_during(cursor, query.format(count=1000))
        started = time.monotonic()
        growth, row = growth_during(cursor, query.format(count=count))
        seconds = time.monotonic() - started
        report.equal(f"{name} on {count} messages", expected, row)
        report.true(f"{name}: growth", growth < WORST_GROWTH, f"{growth / MEGABYTE:.1f} MB")
        print(f"{name:22} {count:8} messages in {seconds:5.2f} s, growth {growth / MEGABYTE:.1f} MB")


def main() -> int:
    """Runs all; returns the exit status."""
    report = support.Report()
    databases = Databases()
    try:
        cursor = databases.make("load_utf8")
        support.run_parts({
            "flat memory": lambda: check_flat_memory(cursor, report),
            "linear": lambda: check_linear(cursor, report),
            "many keywords": lambda: check_many_keywords(cursor, report),
            "cancelled scans": lambda: check_cancelled_scans(cursor, report),
            "cancelled compiles": lambda: check_cancelled_compiles(cursor, report),
            "large messages": lambda: check_large_messages(cursor, report),
            "large conversions": lambda: check_large_conversions(databases, report),
            "large prompt": lambda: check_large_prompt(cursor, report),
            "large rows": lambda: large_rows.check(cursor, report),
        }, sys.argv[1:])  # fmt: skip
    finally:
        databases.close()
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
