"""Runs the parts of the suite on one primary, or those that are named."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Callable, Dict

import check_crash
import check_dumps
import check_editing
import check_listeners
import check_pools
import check_sessions
import check_standby
import check_subscriber
import check_upgrade
import random_sessions
import support
from clusters import Cluster, Report, run_suite

DEFAULT_SEED = 20211


def run_parts(base: Path, report: Report) -> None:
    """Makes the primary and runs the parts on it, one after the other."""
    seed = int(os.environ.get("ARIA_FOCUS_SEED", DEFAULT_SEED))
    primary = Cluster(base, "primary")
    standby = Cluster(base, "standby")
    parts: Dict[str, Callable[[], None]] = {
        "prepared": lambda: check_sessions.check_prepared(primary, report),
        "places": lambda: check_sessions.check_places(primary, report),
        "pruned": lambda: check_sessions.check_pruned(primary, report),
        "frozen": lambda: check_sessions.check_frozen(primary, report),
        "defaults": lambda: check_sessions.check_column_defaults(primary, report),
        "parallel": lambda: check_sessions.check_parallel(primary, report),
        "dumps": lambda: check_dumps.check(primary, base, report),
        "editing": lambda: check_editing.check(primary, report),
        "listeners": lambda: check_listeners.check(primary, report),
        "upgrade": lambda: check_upgrade.check(base, report),
        "subscriber": lambda: check_subscriber.check(primary, report),
        "guide": lambda: check_subscriber.check_guide(primary, Cluster(base, "guide"), report),
        "pool": lambda: check_pools.check_pool(primary, Cluster(base, "pool"), report),
        "foreign": lambda: check_pools.check_foreign(primary, report),
        "standby": lambda: check_standby.check(primary, standby, report),
        "random": lambda: random_sessions.check(primary, seed, report),
        "crash": lambda: check_crash.check(primary, report),
        "overflow": lambda: check_sessions.check_overflow(primary, report),
    }
    print(f"ARIA_FOCUS_SEED={seed}")
    primary.create()
    primary.start()
    try:
        support.run_parts(parts, sys.argv[1:])
    finally:
        primary.stop("immediate")
    crashes = [line for line in primary.log.read_text(encoding="utf-8").splitlines() if "terminated by signal" in line]
    report.equal("sessions that died", [], crashes)


if __name__ == "__main__":
    sys.exit(run_suite(run_parts))
