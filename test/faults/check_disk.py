"""A full disk: an import fails as a whole, the server lives or recovers, and with room made it works.

The small disk is a tmpfs, mounted in namespaces of our own: `unshare` gives an ordinary user the right to, and a second
one inside gives it its own name back, since under root's PostgreSQL would not run. Where the kernel forbids such
namespaces the part says that it is skipped.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import List

from servers import DATABASE, GONE, MEGABYTE, Server, attempt

# Behind servers, which sets the path to it.
from clusters import Report, Session, wait_for
from work import ANSWER, QUESTION

from psycopg2 import errorcodes

SIZE_MB = 400
# So much room is left until the ballast goes.
ROOM_MB = 24
PROFILES = 600
# 600 times 60 kB that no compression makes smaller.
IMPORT = (
    "SELECT count(*) FROM aria_engine.focus_import((SELECT jsonb_build_object('format', 1, 'profiles', jsonb_agg("
    "jsonb_build_object('focus_id', 'big' || i, 'display_name', 'Big', 'expertise_keywords',"
    " jsonb_build_array('bigword' || i || 'x'), 'system_prompt_addon',"
    " (SELECT string_agg(md5(i || ' ' || k), '') FROM generate_series(1, 1875) AS k))))"
    f" FROM generate_series(1, {PROFILES}) AS i), 'update')"
)
# Hits that do not fit into work_mem go to the disk.
EXPLAIN = (
    "SELECT count(*) FROM aria_engine.focus_explain(repeat('deploy ', 1500000)),"
    " LATERAL (SELECT pg_sleep(0)) AS s"
)
INSIDE = (
    'mount -t tmpfs -o size="$1" none "$2" && shift 2 &&'
    f' exec unshare -U --map-user={os.getuid()} --map-group={os.getgid()} "$@"'
)


class Ballast:
    """A file that takes the room away."""

    def __init__(self, disk: Path, room: int) -> None:
        """Leaves so many bytes."""
        self.file = disk / "ballast"
        free = os.statvfs(disk)
        with open(self.file, "wb") as out:
            for _ in range((free.f_bavail * free.f_frsize - room) // MEGABYTE):
                out.write(bytes(MEGABYTE))

    def remove(self) -> None:
        """Makes room."""
        self.file.unlink()


def prepare(session: Session) -> None:
    """The profiles that must survive."""
    session.run("CALL faults.fill(20, 50)",
                "SELECT FROM aria_engine.focus_put('{\"focus_id\": \"p1\", \"tone\": \"warm\"}')",
                "SELECT FROM aria_engine.focus_put('{\"focus_id\": \"big7\", \"display_name\": \"Before\","
                " \"expertise_keywords\": [\"deploy\"]}')", "CHECKPOINT")  # fmt: skip


def state(session: Session) -> List[object]:
    """What an import would change: content, history, what is routed to."""
    return session.rows("SELECT aria_engine.focus_etag(), (SELECT count(*) FROM aria_engine.focus_history),"
                        " aria_engine.focus_route('bigword3x', NULL)")  # fmt: skip


def check_retry(session: Session, name: str, report: Report) -> None:
    """With room, the same import works."""
    outcome = attempt(session, IMPORT)
    report.equal(f"{name}: with room ({outcome.message})", [(PROFILES,)], outcome.rows)
    report.equal(f"{name}: routed to what was imported", "big3", session.value(
        "SELECT aria_engine.focus_route('bigword3x', NULL)"))  # fmt: skip
    report.equal(f"{name}: the version before is kept", "Before", session.value(
        "SELECT profile ->> 'display_name' FROM aria_engine.focus_history WHERE focus_id = 'big7'"))  # fmt: skip


def check_database(base: Path, disk: Path, report: Report) -> None:
    """The database's disk is full, and the log's is not: an error, and life goes on."""
    server = Server(base, "tables")
    server.create()
    server.start()
    try:
        (disk / "space").mkdir()
        maintenance = server.session("postgres")
        maintenance.run(f"CREATE TABLESPACE small LOCATION '{disk / 'space'}'",
                        f"CREATE DATABASE {DATABASE} TABLESPACE small")  # fmt: skip
        maintenance.close()
        session = server.set_up(DATABASE)
        prepare(session)
        before = state(session)
        ballast = Ballast(disk, ROOM_MB * MEGABYTE)
        for name, query in (("import", IMPORT), ("explain", EXPLAIN), ("import in memory", IMPORT)):
            # The last meets the end of the table, not of a temporary file.
            session.run(f"SET work_mem = '{'1GB' if 'memory' in name else '4MB'}'")
            outcome = attempt(session, query)
            report.equal(f"disk full, {name} ({outcome.message})", errorcodes.DISK_FULL, outcome.code)
            report.equal(f"disk full, {name}: nothing has changed", before, state(session))
            report.equal(f"disk full, {name}: answers", ANSWER, attempt(session, QUESTION).rows)
            session.run("VACUUM aria_engine.focus_profiles")
            print(f"disk: {name}: {outcome.code} {outcome.message.splitlines()[0]}", flush=True)
        ballast.remove()
        check_retry(session, "tables", report)
        session.close()
    finally:
        server.stop("immediate")
    shutil.rmtree(disk / "space")


def check_log(base: Path, disk: Path, report: Report) -> None:
    """The log's disk is full: the server goes down, and comes back with what was committed."""
    server = Server(base, "log")
    server.create()
    shutil.move(server.data / "pg_wal", disk / "pg_wal")
    (server.data / "pg_wal").symlink_to(disk / "pg_wal")
    server.start()
    try:
        session = server.make_database()
        prepare(session)
        before = state(session)
        ballast = Ballast(disk, ROOM_MB * MEGABYTE)
        outcome = attempt(session, IMPORT)
        report.equal(f"no room for the log ({outcome.message})", GONE, outcome.code)
        report.true("no room for the log: the server says so", "No space left" in server.panic(), server.panic())
        print(f"disk: import without room for the log: {server.panic()}", flush=True)
        ballast.remove()
        session.close()
        # It restarts by itself, or has given up, since recovery needs room as well.
        wait_for(lambda: not server.runs() or (server.has_restarted() and server.answers()), "the crash is over")
        if not server.runs():
            server.start()
        session = server.session()
        report.equal("no room for the log: nothing has changed", before, state(session))
        report.equal("no room for the log: answers", ANSWER, attempt(session, QUESTION).rows)
        check_retry(session, "log", report)
        session.close()
    finally:
        server.stop("immediate")


def inside(base: Path, *command: str) -> List[str]:
    """The command line that runs a command with the small disk at base/disk."""
    return ["unshare", "-rm", "sh", "-c", INSIDE, "sh", f"{SIZE_MB}m", str(base / "disk"), *command]


def check(base: Path, report: Report) -> None:
    """Runs this file inside, if that can be."""
    (base / "disk").mkdir()
    possible = subprocess.run(inside(base, "true"), capture_output=True, text=True, check=False)
    if possible.returncode != 0:
        print(f"disk: SKIPPED, this kernel gives us no namespace: {possible.stderr.strip()}", flush=True)
        return
    command = inside(base, "/usr/bin/python3", "-B", __file__, str(base))
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    print(done.stdout, end="", flush=True)
    counts = re.search(r"^(\d+) passed, (\d+) failed$", done.stdout, re.MULTILINE)
    if report.true("disk: it ran to its end", counts is not None, f"status {done.returncode}") and counts:
        report.passed += int(counts.group(1))
        report.failed += int(counts.group(2))


def main() -> int:
    """Inside: both disks."""
    base, report = Path(sys.argv[1]), Report()
    check_database(base, base / "disk", report)
    check_log(base, base / "disk", report)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
