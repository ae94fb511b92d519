"""Runs the parts of the suite, or those that are named, on a server of their own."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Callable, Dict

from servers import Server

import support
from clusters import Report, run_suite

import check_allocations
import check_cancel
import check_clients
import check_conflicts
import check_damage
import check_disk
import check_memory
import check_recovery


def run_parts(base: Path, report: Report) -> None:
    """Makes the server and runs the parts on it, one after the other."""
    long = "--long" in sys.argv
    server = Server(base, "faults")
    # Without it, malloc keeps large blocks that were given back: growth that is none.
    os.environ["MALLOC_MMAP_THRESHOLD_"] = "131072"
    parts: Dict[str, Callable[[], None]] = {
        "memory": lambda: check_memory.check(server, 200 if long else 12, report),
        "allocations": lambda: check_allocations.check(base, sys.maxsize if long else 6, report),
        "cancel": lambda: check_cancel.check(server, 1250 if long else 200, report),
        "recovery": lambda: check_recovery.check(server, 10 if long else 1, report),
        "disk": lambda: check_disk.check(base, report),
        "damage": lambda: check_damage.check(server, report),
        "clients": lambda: check_clients.check(server, 10 if long else 1, report),
        "conflicts": lambda: check_conflicts.check(server, 60 if long else 15, report),
    }
    server.create()
    server.start()
    try:
        server.make_database().close()
        support.run_parts(parts, [name for name in sys.argv[1:] if name != "--long"])
    finally:
        server.stop("immediate")
    # Those that a part killed died of signal 9.
    died = re.findall(r".*(?:terminated by signal (?!9:)|PANIC:|TRAP:).*", server.log.read_text(encoding="utf-8"))
    report.equal("sessions that died", [], died)


if __name__ == "__main__":
    sys.exit(run_suite(run_parts))
