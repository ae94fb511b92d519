"""Random SQL of sqlsmith against a database with the extension: no crash, no internal error, and sound profiles after.

The server writes every error with its SQLSTATE and the source line that raised it; the log is the verdict. The
session of a witness stays open all the while: what it routes with its cache is what a new session says.
"""

from __future__ import annotations

import collections
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Counter, Dict, List, NamedTuple

import clusters
import psycopg2
import support

DEFAULT_S = 45.0
SEED = int(os.environ.get("ARIA_FOCUS_SEED", support.DEFAULT_SEED))
SOURCES = Path(__file__).resolve().parents[2] / "src"
SETTINGS = """
log_line_prefix = '%m [%p] %e '
log_error_verbosity = verbose
track_functions = all
max_stack_depth = 2MB
autovacuum = on
autovacuum_naptime = 1s
"""
# An entry begins with a time; what follows until the next one is its own.
ENTRY = re.compile(
    r"^\d{4}-\d\d-\d\d [\d:.]+ \w+ \[\d+\] ([0-9A-Z]{5}) (ERROR|FATAL|PANIC|WARNING|LOG|DETAIL|STATEMENT|LOCATION"
    r"|CONTEXT|HINT|QUERY):  ?(.*)$"
)
BAD_LINES = re.compile(r"was terminated by signal|PANIC:|TRAP:|problem in alloc set|reference leak|not closed")

# What must hold of the stored rows whatever was done to them.
SOUND = {
    "the doctor finds no error": "SELECT count(*) FROM aria_engine.focus_doctor() WHERE severity = 'error'",
    "every list is one": "SELECT count(*) FROM aria_engine.focus_profiles WHERE NOT"
                         " aria_engine.focus_is_keyword_list(expertise_keywords)"
                         " OR NOT aria_engine.focus_is_skill_list(auto_skills)",
    "every word is known": "SELECT count(*) FROM aria_engine.focus_profiles WHERE NOT aria_engine.focus_is_tone(tone)"
                           " OR NOT aria_engine.focus_is_style(style)",
    "history has no gap": "SELECT count(*) FROM (SELECT 1 FROM aria_engine.focus_history GROUP BY focus_id"
                          " HAVING count(*) <> max(revision)) AS gaps",
    "an export is imported unchanged": "SELECT count(*) FROM aria_engine.focus_import("
                                       "aria_engine.focus_export()::jsonb) WHERE action <> 'unchanged'",
}  # fmt: skip
CHECKS = "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint" \
         " WHERE contype IN ('c', 'f') AND connamespace = 'aria_engine'::regnamespace"
ROUTES = "SELECT aria_engine.focus_etag(), (SELECT array_agg(aria_engine.focus_route(message) ORDER BY id)" \
         " FROM smith.messages)"


class Failure(NamedTuple):
    """An error of the server's log."""

    state: str
    message: str
    place: str
    statement: str


def failures_of(log: str) -> List[Failure]:
    """The errors that a log tells of."""
    found: List[Dict[str, str]] = []
    label = ""
    for line in log.splitlines():
        entry = ENTRY.match(line)
        if entry:
            state, label, text = entry.groups()
            if label in ("ERROR", "FATAL", "PANIC", "WARNING", "LOG"):
                found.append({"state": state, "level": label})
                text = text.partition(": ")[2]
                label = "message"
            found[-1][label] = text
        elif found:
            found[-1][label] += "\n" + line
    return [
        Failure(entry["state"], entry["message"], entry.get("LOCATION", ""), entry.get("STATEMENT", ""))
        for entry in found
        if entry["level"] in ("ERROR", "FATAL", "PANIC")
    ]


def run_sqlsmith(cluster: clusters.Cluster, seconds: float, report: support.Report) -> int:
    """Lets sqlsmith work for so long, restarted with another seed where it ends by itself; the number of queries."""
    queries = 0
    end = time.monotonic() + seconds
    seed = SEED
    while (left := end - time.monotonic()) > 1:
        command = ["sqlsmith", f"--target=host={cluster.socket} port=5432 user=smith dbname=smith", "--verbose",
                   "--exclude-catalog", f"--seed={seed}"]  # fmt: skip
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            _, said = process.communicate(timeout=left)
        except subprocess.TimeoutExpired:
            process.terminate()
            _, said = process.communicate()
        counts = re.findall(r"queries: (\d+)", said)
        if not counts and not queries:
            report.true("sqlsmith works", False, said[-500:])
            return 0
        queries += int(counts[-1]) if counts else 0
        seed += 1
    return queries


def judge_log(log: str, report: support.Report) -> None:
    """No crash, and no internal error where our code or our functions are in play."""
    states: Counter[str] = collections.Counter()
    ours = {path.name for path in SOURCES.rglob("*.?pp")}
    for line in log.splitlines():
        if BAD_LINES.search(line) and "STATEMENT" not in line:
            report.true("the server is well", False, line)
    for failure in failures_of(log):
        states[failure.state] += 1
        source = re.search(r", ([\w.]+):\d+$", failure.place)
        is_ours = "aria_focus" in failure.message or (source is not None and source.group(1) in ours)
        if failure.state == "XX000":
            called = sorted(set(re.findall(r"focus_\w+", failure.statement)))
            print(f"XX000 {failure.message[:200]} at {failure.place}; in a statement with {called or 'none of ours'}")
        report.true("no internal error of ours", not (is_ours and failure.state == "XX000"), str(failure)[:3000])
        report.true("an error has a message", failure.message != "", str(failure)[:500])
    print("errors: " + ", ".join(f"{state} {count}" for state, count in states.most_common()))


def judge_profiles(cluster: clusters.Cluster, witness: clusters.Session, report: support.Report) -> None:
    """The stored rows keep every rule, and old and new sessions answer alike."""
    session = cluster.session("smith")
    for what, query in SOUND.items():
        report.equal(what, 0, session.value(query))
    for table, name, definition in session.rows(CHECKS):
        refused = session.refusal(f"ALTER TABLE {table} ADD CONSTRAINT again {definition}; "
                                  f"ALTER TABLE {table} DROP CONSTRAINT again")
        report.equal(f"{name} holds for every row", None, refused)
    report.equal("the witness answers as a new session", session.rows(ROUTES), witness.rows(ROUTES))
    session.run("DROP EXTENSION aria_focus CASCADE")
    session.close()


def calls_of(cluster: clusters.Cluster) -> Dict[str, int]:
    """How often each function of ours was called."""
    session = cluster.session("smith")
    rows = session.rows("SELECT funcname, calls FROM pg_stat_user_functions WHERE schemaname = 'aria_engine'")
    session.close()
    return dict(sorted(rows))


def attack(cluster: clusters.Cluster, seconds: float, report: support.Report) -> None:
    """Prepares the database, lets sqlsmith work, looks at what is left."""
    session = cluster.session()
    session.run("CREATE DATABASE smith")
    session.close()
    setup = str(Path(__file__).with_name("setup.sql"))
    cluster.tool("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", "smith", "-o", os.devnull, "-f", setup)
    witness = cluster.session("smith")
    witness.run("GRANT SELECT ON ALL TABLES IN SCHEMA smith TO witness", "GRANT USAGE ON SCHEMA smith TO witness",
                "SET ROLE witness")
    witness.rows(ROUTES)
    started = len(cluster.log.read_text(encoding="utf-8", errors="replace"))
    queries = run_sqlsmith(cluster, seconds, report)
    log = cluster.log.read_text(encoding="utf-8", errors="replace")[started:]
    calls = calls_of(cluster)
    print(f"{queries} queries in {seconds:.0f} s; {sum(calls.values())} calls of {len(calls)} functions of ours: "
          + ", ".join(f"{name} {count}" for name, count in calls.items()))
    report.true("queries were run", queries > seconds, f"{queries} queries")
    report.true("our functions were called", len(calls) > 10, str(calls))
    judge_log(log, report)
    try:
        judge_profiles(cluster, witness, report)
    except psycopg2.Error as error:
        report.true("the server answers afterwards", False, str(error))


def main() -> int:
    """Runs all; returns the exit status."""
    report = support.Report()
    if shutil.which("sqlsmith") is None:
        print("no sqlsmith (Debian: package sqlsmith): nothing was run")
        print("1 passed, 0 failed")
        return 0
    seconds = float(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("ARIA_FOCUS_SQLSMITH", DEFAULT_S))
    with tempfile.TemporaryDirectory(prefix="aria_focus.", dir="/tmp") as base:
        cluster = clusters.Cluster(Path(base), "smith")
        cluster.create()
        with open(cluster.data / "postgresql.conf", "a", encoding="ascii") as settings:
            settings.write(SETTINGS)
        cluster.start()
        try:
            attack(cluster, seconds, report)
        finally:
            cluster.stop("immediate")
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
