"""A pgbouncer in transaction mode with a single connection to the server, so that every client gets the last one's."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Dict, Optional

PATIENCE_S = 20.0
SETTINGS = """
[databases]
{database} = host={host} port={port} user={user}
[pgbouncer]
pool_mode = transaction
default_pool_size = 1
auth_type = any
auth_file =
unix_socket_dir = {directory}
listen_addr = {address}
listen_port = {listen_port}
logfile = {directory}/pgbouncer.log
pidfile = {directory}/pgbouncer.pid
ignore_startup_parameters = extra_float_digits
"""


def find() -> Optional[str]:
    """The program; it is not on everybody's path."""
    return shutil.which("pgbouncer", path=os.environ["PATH"] + ":/usr/sbin")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Pooler:
    """Runs as long as a `with` block; gives the variables that lead a client to it."""

    def __init__(self, base: Path, database: str, over_network: bool) -> None:
        """Writes its settings: a unix socket, and this machine's own network where that is asked for."""
        self.directory = base / "pool"
        self.directory.mkdir(exist_ok=True)
        self.port = free_port()
        self.over_network = over_network
        self.settings = self.directory / "pgbouncer.ini"
        self.settings.write_text(
            SETTINGS.format(
                database=database,
                host=os.environ["PGHOST"],
                port=os.environ["PGPORT"],
                user=os.environ["PGUSER"],
                directory=self.directory,
                address="127.0.0.1" if over_network else "",
                listen_port=self.port,
            ),
            encoding="utf-8",
        )
        self.process: Optional[subprocess.Popen] = None

    def __enter__(self) -> Dict[str, str]:
        """Starts it and waits for its socket."""
        self.process = subprocess.Popen(
            [find() or "pgbouncer", "-q", str(self.settings)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        end = time.monotonic() + PATIENCE_S
        while not (self.directory / f".s.PGSQL.{self.port}").exists():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("pgbouncer does not start: " + (self.directory / "pgbouncer.log").read_text())
            time.sleep(0.02)
        return {"PGHOST": "127.0.0.1" if self.over_network else str(self.directory), "PGPORT": str(self.port)}

    def __exit__(self, *_: object) -> None:
        """Ends it."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait()
