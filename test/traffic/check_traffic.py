"""Routing under load, each answer checked in its own statement, while two clients edit; figures and memory.

pgbench ends a client, and with it the test, at the first error: an error of the server, or the one that the scripts
raise where the extension and the oracle in setup.sql disagree about the rows of the statement's snapshot.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Dict, List, Tuple

import support

HERE = Path(__file__).resolve().parent
BIN = Path(os.environ["PG_BIN"])
MEGABYTE = 1024 * 1024

DATABASE = "traffic"
DEFAULT_SECONDS = 15
CLIENTS = (1, 8, 64)
EDITORS = 2
EDITS_A_SECOND = 200
# Script and weight, in the order of pgbench's numbers.
SCRIPTS = (("route.sql", 20), ("rank.sql", 4), ("held.sql", 1))
# Of so many transactions the log keeps the time.
SAMPLED = 0.2
# A backend may grow by so much after the first third of its life, when its caches are full.
WORST_GROWTH = 4 * MEGABYTE


def start(clients: int, seconds: int, *more: str) -> "subprocess.Popen[str]":
    """Starts a pgbench."""
    command = [str(BIN / "pgbench"), "-n", "-c", str(clients), "-j", str(min(clients, 2)), "-T", str(seconds), *more]
    return subprocess.Popen(
        [*command, DATABASE], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=HERE
    )


def start_routers(clients: int, seconds: int, logs: Path) -> "subprocess.Popen[str]":
    """Starts those who route; their log goes to a directory."""
    scripts = [part for name, weight in SCRIPTS for part in ("-f", f"{name}@{weight}")]
    log = ["-l", "--sampling-rate", str(SAMPLED), "--log-prefix", str(logs / "times")]
    os.environ["PGAPPNAME"] = "router"
    return start(clients, seconds, "-M", "prepared", *scripts, *log)


def start_editors(seconds: int) -> "subprocess.Popen[str]":
    """Starts those who edit."""
    os.environ["PGAPPNAME"] = "editor"
    return start(EDITORS, seconds, "-f", "edit.sql", "-R", str(EDITS_A_SECOND))


def private_bytes(process: int) -> int:
    """Memory that a process has for itself; 0 if it is gone."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return 1024 * sum(int(kilobytes) for kilobytes in re.findall(r"^Private_\w+: +(\d+) kB", text, re.MULTILINE))


class Memory:
    """The private memory of the routers' backends over time."""

    def __init__(self) -> None:
        """Opens a session to ask who they are."""
        self.session = support.connect()
        self.cursor = self.session.cursor()
        self.samples: Dict[int, List[int]] = {}

    def sample(self) -> None:
        """Looks once at each that routes: pgbench has a session more, to look at the database before it starts."""
        query = ("SELECT pid FROM pg_stat_activity WHERE datname = %s AND application_name = 'router'"
                 " AND query LIKE '%%FROM traffic.messages%%'")  # fmt: skip
        for (process,) in support.rows_of(self.cursor, query, (DATABASE,)):
            found = private_bytes(process)
            if found > 0:
                self.samples.setdefault(process, []).append(found)

    def growth(self) -> Tuple[int, int]:
        """The most that a backend had, and the most that one grew after its first third."""
        grown = [max(seen[len(seen) // 3:]) - max(seen[: len(seen) // 3 + 1]) for seen in self.samples.values()]
        return max(max(seen) for seen in self.samples.values()), max(grown)

    def close(self) -> None:
        """Ends the session."""
        self.session.close()


def times_of(logs: Path, script: int) -> List[int]:
    """The sampled times of a script in microseconds, sorted."""
    found = []
    for log in logs.iterdir():
        for line in log.read_text(encoding="ascii").splitlines():
            fields = line.split()
            if int(fields[3]) == script:
                found.append(int(fields[2]))
    return sorted(found)


def counts_of(said: str) -> List[Tuple[int, float]]:
    """Transactions, and transactions a second, of each script; from 18 on pgbench says so in other words."""
    found = re.findall(r"^ - (?:number of transactions actually processed: )?(\d+) (?:transactions )?"
                       r"\((?:[\d.]+% of total, )?tps = ([\d.]+)\)$", said, re.MULTILINE)  # fmt: skip
    return [(int(count), float(speed)) for count, speed in found]


def check_clients(clients: int, seconds: int, report: support.Report) -> None:
    """So many clients route for so long."""
    with tempfile.TemporaryDirectory(prefix="traffic.", dir=os.environ.get("ARIA_FOCUS_STAGE")) as directory:
        logs = Path(directory)
        memory = Memory()
        running = {"routers": start_routers(clients, seconds, logs), "editors": start_editors(seconds)}
        while running["routers"].poll() is None and running["editors"].poll() is None:
            memory.sample()
            time.sleep(max(0.2, seconds / 100))
        said = {name: process.communicate()[0] for name, process in running.items()}
        for name, process in running.items():
            clean = process.returncode == 0 and "error:" not in said[name]
            report.true(f"{clients} clients: {name}", clean, said[name][:2000])
        counts = counts_of(said["routers"])
        report.true(f"{clients} clients: each script ran", len(counts) == 3 and min(counts)[0] > 0, str(counts))
        highest, grown = memory.growth()
        memory.close()
        report.equal(f"{clients} clients: backends that were looked at", clients, len(memory.samples))
        report.true(f"{clients} clients: growth", grown <= WORST_GROWTH, f"{grown / MEGABYTE:.1f} MB")
        show(clients, counts, times_of(logs, 0), said["editors"])
        print(f"   memory: a backend had at most {highest / MEGABYTE:.1f} MB, and grew by {grown / MEGABYTE:.1f} MB"
              " after its first third", flush=True)


def show(clients: int, counts: List[Tuple[int, float]], times: List[int], editors: str) -> None:
    """Prints the figures."""
    edits = re.search(r"transactions actually processed: (\d+)", editors)
    (routed, speed), (ranked, _), (held, _) = counts
    half, nearly, last = (times[int((len(times) - 1) * share)] / 1000 for share in (0.5, 0.99, 1))
    print(f"{clients:2} clients: {routed} routed ({speed:.0f}/s), {ranked} ranked, {held} transactions that hold a"
          f" snapshot, beside {edits.group(1) if edits else 'no'} edits")
    print(f"   focus_route with its check: p50 {half:.2f} ms, p99 {nearly:.2f} ms, max {last:.1f} ms")


def check_history(cursor: object, report: support.Report) -> None:
    """After all the edits every profile has all its revisions, the last of which is not what is stored."""
    gaps = support.rows_of(
        cursor, "SELECT focus_id FROM aria_engine.focus_history GROUP BY focus_id HAVING count(*) <> max(revision)"
    )
    report.equal("histories with gaps", [], gaps)


def main() -> int:
    """Runs all; returns the exit status."""
    seconds = int("".join(sys.argv[1:2]) or DEFAULT_SECONDS)
    report = support.Report()
    maintenance = support.connect()
    cursor = maintenance.cursor()
    cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
    cursor.execute(f"CREATE DATABASE {DATABASE}")
    try:
        subprocess.run(
            [BIN / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", DATABASE, "-f", HERE / "setup.sql"],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        for clients in CLIENTS:
            check_clients(clients, seconds, report)
        session = support.connect(DATABASE)
        check_history(session.cursor(), report)
        session.close()
    finally:
        cursor.execute(f"DROP DATABASE {DATABASE}")
        maintenance.close()
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
