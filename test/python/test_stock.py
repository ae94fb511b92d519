#!/usr/bin/env python3
"""Route messages that people sorted by hand with the stock profiles.

test/data/stock_messages.tsv has a label and a message on each line. A message is routed right if
rank 1 is its label with evidence >= 1 and a margin > 0; one labelled `none`, if no profile has
evidence >= 1.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any, List, Tuple

import support

MESSAGES = Path(__file__).resolve().parents[1] / "data" / "stock_messages.tsv"
FLOOR = 0.60
NONE = "none"


def read_messages() -> List[Tuple[str, str]]:
    """The lines as (label, message)."""
    lines = MESSAGES.read_text(encoding="utf-8").splitlines()
    pairs = [tuple(line.split("\t", 1)) for line in lines if line.strip()]
    return [(label, message) for label, message in pairs]


def check_seed(cursor: Any, report: support.Report) -> None:
    """Seeding inserts what is missing and nothing else."""
    seed = "SELECT inserted, total FROM aria_engine.focus_seed()"
    report.equal("the first time", [(8, 8)], support.rows_of(cursor, seed))
    report.equal("the second time", [(0, 8)], support.rows_of(cursor, seed))
    doctor = "SELECT focus_id, code, message FROM aria_engine.focus_doctor()"
    report.equal("what the doctor says of the stock", [], support.rows_of(cursor, doctor))


def is_right(cursor: Any, label: str, message: str) -> bool:
    """Is the message routed as its label says?"""
    query = "SELECT focus_id, evidence, margin FROM aria_engine.focus_rank(%s, 1)"
    rows = support.rows_of(cursor, query, (message,))
    if label == NONE:
        return not rows or rows[0][1] < 1
    return bool(rows) and rows[0][0] == label and rows[0][1] >= 1 and rows[0][2] > 0


def check_messages(cursor: Any, report: support.Report) -> None:
    """Counts what is right, per label and in all."""
    pairs = read_messages()
    known = {focus for (focus,) in support.rows_of(cursor, "SELECT focus_id FROM aria_engine.focus_profiles")}
    report.equal("labels without a profile", set(), {label for label, _ in pairs} - known - {NONE})
    asked: Counter = Counter(label for label, _ in pairs)
    right: Counter = Counter(label for label, message in pairs if is_right(cursor, label, message))
    for label in sorted(asked):
        print(f"{label:14} {right[label]:4} of {asked[label]:4}  {right[label] / asked[label]:6.1%}")
    share = sum(right.values()) / max(len(pairs), 1)
    print(f"{'all':14} {sum(right.values()):4} of {len(pairs):4}  {share:6.1%}")
    report.true("strict top-1", share >= FLOOR, f"{share:.1%} is below {FLOOR:.0%}")


def main() -> int:
    """Runs all; returns the exit status."""
    report = support.Report()
    with support.connect() as connection, connection.cursor() as cursor:
        seeds = "SELECT to_regprocedure('aria_engine.focus_seed()') IS NOT NULL"
        if not support.value_of(cursor, seeds):
            print("skipped: there is no focus_seed()\n0 passed, 0 failed")
            return 0
        cursor.execute("TRUNCATE aria_engine.focus_profiles")
        check_seed(cursor, report)
        if MESSAGES.exists():
            check_messages(cursor, report)
        else:
            print(f"skipped: the messages, because there is no {MESSAGES.name}")
        cursor.execute("TRUNCATE aria_engine.focus_profiles")
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
