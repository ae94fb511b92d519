"""Throwaway clusters for the tests: unix sockets only, in a temporary directory, ended by their pid."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Callable, List, Optional

import psycopg2
import support

BIN = Path(os.environ["PG_BIN"])
SHARED_SQL = Path(__file__).resolve().parents[1] / "isolation" / "setup.sql"
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "operating.md"
PATIENCE_S = 30.0

SETTINGS = """
listen_addresses = ''
fsync = off
shared_buffers = 16MB
max_connections = 40
wal_level = logical
max_wal_senders = 6
max_replication_slots = 6
max_prepared_transactions = 10
hot_standby_feedback = on
wal_retrieve_retry_interval = 100ms
autovacuum = off
jit = off
log_line_prefix = '%m [%p] %d '
"""


def major() -> int:
    """The major version of the server."""
    said = subprocess.run([BIN / "postgres", "--version"], check=True, capture_output=True, text=True).stdout
    return int("".join(char if char.isdigit() else " " for char in said).split()[0])


def guide_block(kind: str) -> str:
    """The block of the operator's guide with this word behind its fence, such as: sql publisher."""
    (block,) = re.findall(rf"^```{kind}\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return block


def wait_for(holds: Callable[[], Any], what: str) -> None:
    """Polls until a condition holds."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {PATIENCE_S:.0f} s in vain: {what}")
        time.sleep(0.02)


Report = support.Report


def run_suite(run_parts: Callable[[Path, Report], None]) -> int:
    """Runs the parts of a suite in a directory that is gone afterwards; returns the exit status."""
    report = Report()
    with tempfile.TemporaryDirectory(prefix="aria.", dir=os.environ.get("ARIA_FOCUS_STAGE")) as base:
        run_parts(Path(base), report)
    return report.finish()


class Session:
    """An open session; each statement is its own transaction unless BEGIN says otherwise."""

    def __init__(self, cluster: "Cluster", database: str) -> None:
        """Opens it."""
        self.connection = psycopg2.connect(host=str(cluster.socket), port=5432, user="postgres", dbname=database)
        self.connection.autocommit = True
        self.cursor = self.connection.cursor()
        self.cursor.execute(f"SET statement_timeout = '{PATIENCE_S:.0f}s'")

    def run(self, *statements: str) -> None:
        """Runs statements one by one."""
        for statement in statements:
            self.cursor.execute(statement)

    def value(self, query: str) -> Any:
        """The only value of a query."""
        return support.value_of(self.cursor, query)

    def rows(self, query: str) -> List[Any]:
        """All rows of a query."""
        return support.rows_of(self.cursor, query)

    def routes(self) -> str:
        """What the extension says of the three words; the plain SELECT in the same statement must agree."""
        ((cached, stored),) = self.rows("SELECT routes(), stored()")
        return cached if cached == stored else f"the cache says {cached}, the table {stored}"

    def refusal(self, query: str) -> Optional[str]:
        """The SQLSTATE that a query ends with; None if it succeeds."""
        try:
            self.cursor.execute(query)
        except psycopg2.Error as error:
            return error.pgcode or "no SQLSTATE"
        return None

    def close(self) -> None:
        """Ends it."""
        self.connection.close()


class Cluster:
    """A cluster with its directory, its socket and its server."""

    def __init__(self, base: Path, name: str, programs: Path = BIN) -> None:
        """Names the places; makes nothing but the socket's directory."""
        self.programs = programs
        self.data = base / name
        self.socket = base / f"{name}.s"
        self.log = base / f"{name}.log"
        self.socket.mkdir()

    def create(self) -> None:
        """Makes an empty cluster."""
        subprocess.run(
            [self.programs / "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C",
             "-N"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        with open(self.data / "postgresql.conf", "a", encoding="ascii") as settings:
            settings.write(SETTINGS)

    def copy_from(self, primary: "Cluster") -> None:
        """Makes a standby of another cluster."""
        self.tool("pg_basebackup", "-D", self.data, "-c", "fast", "-X", "stream", "-R", "-N", server=primary)

    def start(self) -> None:
        """Starts the server and waits until it takes sessions."""
        self._control("start", "-l", self.log, "-o", f"-k {self.socket}")

    def stop(self, mode: str) -> None:
        """Stops the server; nothing happens if it does not run."""
        if (self.data / "postmaster.pid").exists():
            self._control("stop", "-m", mode)

    def tool(self, name: str, *arguments: Any, server: Optional["Cluster"] = None, **more: Any) -> Any:
        """Runs one of PostgreSQL's programs against this server or another."""
        socket = (server or self).socket
        command = [self.programs / name, "-h", socket, "-p", "5432", "-U", "postgres", *arguments]
        return subprocess.run(list(map(str, command)), check=True, **more)

    def session(self, database: str = "postgres") -> Session:
        """Opens a session."""
        return Session(self, database)

    def make_database(self, name: str) -> Session:
        """A session in a new database with the extension, two profiles and the functions of the specs."""
        maintenance = self.session()
        maintenance.run(f"CREATE DATABASE {name}", "DROP ROLE IF EXISTS isolation_reader")
        maintenance.close()
        self.tool("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", name, "-f", SHARED_SQL)
        session = self.session(name)
        session.run("DROP TABLE public.untouched", "DROP ROLE isolation_reader", "CALL reset()")
        return session

    def _control(self, *arguments: Any) -> None:
        """Runs pg_ctl and waits for its end; the server does not inherit our output."""
        command = [self.programs / "pg_ctl", "-D", self.data, "-w", "-s", "-t", int(PATIENCE_S), *arguments]
        subprocess.run(
            list(map(str, command)), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
