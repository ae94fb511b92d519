"""Editing a row as large as history can hold: it is done in seconds, and hears a cancel wherever it comes.

How long a cancel waits is measured in the time that the backend computes meanwhile: on a machine with other work
the clock tells more of that.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any, Optional, Tuple

import psycopg2
import support

SIZE = 250_000_000
STEPS = 16
GOAL_MS = 100
WORST_S = 60.0
TIMEOUT = f"SET LOCAL statement_timeout = {int(WORST_S * 1000)}"
EDITS = (
    "DELETE FROM aria_engine.focus_profiles",
    "UPDATE aria_engine.focus_profiles SET display_name = display_name || 'x'",
    "TRUNCATE aria_engine.focus_profiles",
)


class Edit:
    """An edit that is run in a thread; nothing of it stays."""

    def __init__(self, cursor: Any, command: str) -> None:
        """Starts it."""
        self.cursor = cursor
        self.command = command
        self.pid = cursor.connection.get_backend_pid()
        self.finished = False
        self.started = time.monotonic()
        self.begun = self.computed()
        self.took = 0.0
        self.cost = 0.0
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def computed(self) -> float:
        """Milliseconds that the backend has computed in its life."""
        return int(Path(f"/proc/{self.pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e6

    def _run(self) -> None:
        """Runs it to its end or to a cancel."""
        try:
            self.cursor.execute("BEGIN")
            self.cursor.execute(TIMEOUT)
            self.cursor.execute(self.command)
            self.finished = True
        except psycopg2.errors.QueryCanceled:
            pass
        self.took = time.monotonic() - self.started
        self.cost = self.computed() - self.begun

    def end(self) -> None:
        """Waits for the end and takes everything back."""
        self.thread.join()
        self.cursor.execute("ROLLBACK")


def deaf_ms(cursor: Any, canceller: Any, command: str, after_ms: float) -> Optional[float]:
    """What the edit computes between a cancel, that comes when it has computed so much, and its end; None if it was
    faster than the cancel."""
    edit = Edit(cursor, command)
    while edit.thread.is_alive() and edit.computed() - edit.begun < after_ms:
        time.sleep(0.0005)
    at = edit.computed() - edit.begun
    canceller.execute("SELECT pg_cancel_backend(%s)", (edit.pid,))
    edit.end()
    return None if edit.finished else max(0.0, edit.cost - at)


def longest_deaf(cursor: Any, command: str, cost: float) -> float:
    """The longest of many cancels all along the edit, which computes so many milliseconds."""
    canceller = support.connect().cursor()
    waits = [deaf_ms(cursor, canceller, command, cost * (step + 0.5) / STEPS) for step in range(STEPS)]
    canceller.connection.close()
    return max((wait for wait in waits if wait is not None), default=0.0)


def time_whole(cursor: Any, command: str) -> Tuple[bool, float, float]:
    """Whether the edit ends in time; its seconds, and the milliseconds that it computes."""
    edit = Edit(cursor, command)
    edit.end()
    return edit.finished, edit.took, edit.cost


def revisions(cursor: Any) -> int:
    """How many revisions the history has."""
    cursor.execute("SELECT count(*) FROM aria_engine.focus_history")
    return int(cursor.fetchone()[0])


def check(cursor: Any, report: Any) -> None:
    """Each edit whole, then with cancels all along it. A server with assertions wipes memory that it frees."""
    cursor.execute(
        "INSERT INTO aria_engine.focus_profiles (focus_id, display_name, description)"
        f" VALUES ('large', 'Large', repeat('x', {SIZE}))"
    )
    recorded = revisions(cursor)
    has_assertions = support.value_of(cursor, "SHOW debug_assertions") == "on"
    for command in EDITS:
        finished, seconds, cost = time_whole(cursor, command)
        report.true(f"{command}: in time", finished, f"not within {WORST_S:.0f} s")
        worst = longest_deaf(cursor, command, cost)
        report.true(
            f"{command}: hears a cancel", worst < GOAL_MS or has_assertions, f"computes {worst:.0f} ms after it"
        )
        print(
            f"{command.split()[0]:8} of {SIZE // 1_000_000} MB in {seconds:5.2f} s, "
            f"{cost:5.0f} ms of them computing, {worst:4.0f} ms at most after a cancel"
        )
    report.equal("no cancelled edit is in the history", recorded, revisions(cursor))
    cursor.execute("DELETE FROM aria_engine.focus_profiles")
