"""A server set up as in production, to be hurt: its sessions, its processes, and what they answer."""

from __future__ import annotations

import os
import re
import signal
import sys
from pathlib import Path
from typing import Any, List, NamedTuple, Optional

from clusters import Cluster, Session, wait_for

import psycopg2
from psycopg2 import errorcodes

SETUP = Path(__file__).resolve().parent / "setup.sql"
DATABASE = "faults"
# Instead of a SQLSTATE, where the connection ended.
GONE = "the session is gone"
MEGABYTE = 1024 * 1024
# A FATAL that found no memory for its own report.
UNREPORTED = "the report of an error"
# What PostgreSQL itself makes of a malloc that fails, where it is not 53200, by the function that says so. Settings are
# kept by malloc itself, and one that is set or put back at the wrong moment ends the session (seen in version 15).
OWN = {
    ("guc_malloc", GONE), ("guc_realloc", GONE), ("guc_strdup", GONE), ("InitializeOneGUCOption", GONE),
    (UNREPORTED, GONE),
    # A setting whose check found no memory, a regular expression, a hash of OpenSSL, a library.
    ("call_string_check_hook", errorcodes.INVALID_PARAMETER_VALUE),
    ("RE_compile_and_cache", errorcodes.INVALID_REGULAR_EXPRESSION),
    ("RE_wchar_execute", errorcodes.INVALID_REGULAR_EXPRESSION),
    ("md5_text", errorcodes.INTERNAL_ERROR), ("cryptohash_internal", errorcodes.INTERNAL_ERROR),
    ("internal_load_library", errorcodes.UNDEFINED_FILE),
}  # fmt: skip
SETTINGS = """
fsync = on
full_page_writes = on
synchronous_commit = on
wal_level = replica
autovacuum = on
restart_after_crash = on
"""


class Outcome(NamedTuple):
    """What a statement came to: SQLSTATE, message and the server's function that raised it, or the answer's rows."""

    code: Optional[str]
    message: str
    rows: Optional[List[Any]]
    source: Optional[str] = None


class Server(Cluster):
    """A cluster that is made, started and given the database of this suite."""

    def create(self) -> None:
        """Makes it, with the settings of production."""
        super().create()
        with open(self.data / "postgresql.conf", "a", encoding="ascii") as settings:
            settings.write(SETTINGS)

    def session(self, database: str = DATABASE) -> Session:
        """Opens a session."""
        return super().session(database)

    def make_database(self, name: str = DATABASE) -> Session:
        """A session in a new database with what the parts share."""
        maintenance = self.session("postgres")
        maintenance.run(f"CREATE DATABASE {name}")
        maintenance.close()
        return self.set_up(name)

    def set_up(self, name: str) -> Session:
        """Puts what the parts share into an empty database; a session there."""
        self.tool("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", name, "-f", SETUP)
        return self.session(name)

    def postmaster(self) -> int:
        """The process of the server."""
        return int((self.data / "postmaster.pid").read_text(encoding="ascii").split()[0])

    def kill(self, process: int) -> None:
        """Ends a process of this server as the kernel does when memory is short."""
        parent = re.search(r"^PPid:\s*(\d+)", Path(f"/proc/{process}/status").read_text(encoding="ascii"), re.MULTILINE)
        if parent is None or int(parent.group(1)) != self.postmaster():
            raise ValueError(f"{process} is no session of this server")
        os.kill(process, signal.SIGKILL)

    def panic(self) -> str:
        """What the server said when it gave up; nothing if it did not."""
        found = re.search(r"PANIC: .*", self.log.read_text(encoding="utf-8"))
        return found.group(0) if found else ""

    def runs(self) -> bool:
        """Is there a server at all?"""
        return (self.data / "postmaster.pid").exists()

    def has_restarted(self) -> bool:
        """Has it noticed a crash, and begun anew?"""
        return "reinitializing" in self.log.read_text(encoding="utf-8")

    def wait_until_up(self) -> Session:
        """A session as soon as the server takes one again."""
        wait_for(self.answers, "the server is back")
        return self.session()

    def answers(self) -> bool:
        """Does the server take sessions?"""
        try:
            self.session().close()
        except psycopg2.OperationalError:
            return False
        return True


def process_of(session: Session) -> int:
    """The process of a session."""
    return session.connection.info.backend_pid


def status_of(process: int, field: str) -> int:
    """Bytes that /proc says of a process, such as VmSize or RssAnon."""
    text = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(rf"^{field}:\s*(\d+) kB", text, re.MULTILINE)
    if found is None:
        raise ValueError(f"no {field}")
    return int(found.group(1)) * 1024


def attempt(session: Session, query: str) -> Outcome:
    """Runs a statement to its answer or its error; a session that is gone has no SQLSTATE."""
    try:
        session.cursor.execute(query)
        return Outcome(None, "", session.cursor.fetchall() if session.cursor.description else [])
    except psycopg2.Error as error:
        return Outcome(error.pgcode or GONE, str(error).strip(), None, error.diag.source_function)
