#!/usr/bin/env python3
"""Check replies that people judged by hand against the contracts of the stock profiles.

test/data/replies.tsv has a focus, a verdict and a reply on each line. A reply that follows the prompt of its
focus gets no warning; one that breaks it gets a warning of the rule that the verdict names. The focus `plain` is
a profile with nothing but defaults.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, List, Set

import support

REPLIES = Path(__file__).resolve().parents[1] / "data" / "replies.tsv"
FOLLOWS = "follows"


def read_replies() -> List[List[str]]:
    """The lines as focus, verdict and reply."""
    lines = REPLIES.read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n").split("\t") for line in lines if not line.startswith("#")]


def warned(cursor: Any, focus: str, reply: str) -> Set[str]:
    """The rules that warn of a reply."""
    query = "SELECT DISTINCT rule FROM aria_engine.focus_check(%s, %s) WHERE severity <> 'suggestion'"
    return {rule for (rule,) in support.rows_of(cursor, query, (reply, focus))}


def check_replies(cursor: Any, report: support.Report) -> None:
    """Every reply against its verdict, by both ways to ask."""
    for focus, verdict, reply in read_replies():
        rules = warned(cursor, focus, reply)
        what = f"{focus}: {reply[:60]!r}"
        if verdict == FOLLOWS:
            report.equal(what, set(), rules)
        else:
            report.true(f"{what} breaks {verdict}", verdict in rules, f"warnings of {sorted(rules)}")
        keeps = "SELECT aria_engine.focus_conforms(%s, aria_engine.focus_contract(%s))"
        report.equal(f"{what}: focus_conforms", not rules, support.value_of(cursor, keeps, (reply, focus)))


def main() -> int:
    """Runs all; returns the exit status."""
    report = support.Report()
    with support.connect() as connection, connection.cursor() as cursor:
        cursor.execute("TRUNCATE aria_engine.focus_profiles")
        cursor.execute("SELECT aria_engine.focus_seed()")
        cursor.execute("INSERT INTO aria_engine.focus_profiles (focus_id, display_name) VALUES ('plain', 'Plain')")
        check_replies(cursor, report)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
