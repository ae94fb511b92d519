#!/usr/bin/env python3
"""Compare the committed case classes with Python's own re.IGNORECASE.

The question "which characters does a one-character pattern match, case ignored?" is put to the
running Python for every code point, and the answer must be the class that the table in
src/core/text/unicode_tables.inc gives it. Nothing of the generator is used: the arrays are read from
the C++ text and looked up as the C++ code does.

Python has a Unicode version of its own, so only code points are compared that both versions
assign, and whose case its re knows. Asking for all pairs would be 10^10 questions; two kinds of text make it less:
  - a pattern that is *involved* (Python changes its case, or the table has a class for it) is
    searched in a text of all code points;
  - any other pattern is searched in the text of all involved code points, to which its own
    neighbours and itself are added: it must find itself and nothing else;
  - two different code points of which neither is involved have no case at all, which is what
    "not involved" asked Python; re compares such characters by number.

Usage: test_case_folding.py [table]. Prints one line "N passed, N failed", a code point being one
comparison; details of failures go to standard error, and the exit status is 1 if there are any.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path
from typing import Dict, FrozenSet, Iterable, List, Sequence

from case_table import CODE_POINTS, TABLE, WORD, Table, assigned_in_both

MAX_SHOWN = 20


class Report:
    """Counts comparisons and shows the first failures."""

    def __init__(self) -> None:
        """Starts at nothing."""
        self.passed = 0
        self.failed = 0

    def compare(self, what: str, expected: object, found: object) -> None:
        """One comparison."""
        if expected == found:
            self.passed += 1
            return
        self.failed += 1
        if self.failed <= MAX_SHOWN:
            print(f"{what}: expected {expected}, found {found}", file=sys.stderr)


def code_names(codes: Iterable[int]) -> List[str]:
    """Code points as one reads them."""
    return [f"U+{code:04X}" for code in sorted(codes)]


def is_involved(code: int, table: Table) -> bool:
    """True if Python changes the character's case or the table has a class for it."""
    char = chr(code)
    return not (char.lower() == char.upper() == char.title() == char == char.casefold()) or len(
        table.case_class(code)
    ) > 1


def matched_by(code: int, text: str) -> FrozenSet[int]:
    """The characters of a text that Python takes as equal to a character."""
    pattern = re.compile(re.escape(chr(code)), re.IGNORECASE)
    return frozenset(map(ord, pattern.findall(text)))


def check_involved(
    codes: Sequence[int], involved: Sequence[int], table: Table, report: Report
) -> None:
    """What has case matches its class and nothing else among all code points."""
    everything = "".join(map(chr, codes))
    known = frozenset(codes)
    for code in involved:
        expected = code_names(table.case_class(code) & known)
        report.compare(f"case of U+{code:04X}", expected, code_names(matched_by(code, everything)))


def check_uninvolved(codes: Sequence[int], involved: Sequence[int], report: Report) -> None:
    """What has no case matches itself only."""
    cased = frozenset(involved)
    cased_text = "".join(map(chr, involved))
    for code in codes:
        if code in cased:
            continue
        neighbours = {abs(code - 1), min(code + 1, CODE_POINTS - 1), code ^ 0x20} - {code}
        text = cased_text + chr(code) + "".join(map(chr, neighbours))
        report.compare(f"case of U+{code:04X}", [code], sorted(matched_by(code, text)))


def check_equivalence(involved: Sequence[int], report: Report) -> None:
    """Python's relation is an equivalence: members of one answer give the same answer."""
    text = "".join(map(chr, involved))
    answers: Dict[int, FrozenSet[int]] = {code: matched_by(code, text) for code in involved}
    for code, answer in answers.items():
        report.compare(
            f"equivalence at U+{code:04X}",
            (True, {answer}),
            (code in answer, {answers[member] for member in answer}),
        )


def check_words(codes: Sequence[int], table: Table, report: Report) -> None:
    """Letters, digits and marks are the same in both versions."""
    for code in codes:
        report.compare(
            f"category of U+{code:04X}",
            unicodedata.category(chr(code))[0] in "LNM",
            bool(table.record(code)[1] & WORD),
        )


def main(arguments: Sequence[str]) -> int:
    """Runs all comparisons; returns the exit status."""
    path = Path(arguments[0]) if arguments else TABLE
    table = Table(path.read_text(encoding="ascii"))
    codes = assigned_in_both(table)
    involved = [code for code in codes if is_involved(code, table)]
    report = Report()
    check_involved(codes, involved, table, report)
    check_uninvolved(codes, involved, report)
    check_equivalence(involved, report)
    check_words(codes, table, report)
    print(f"{report.passed} passed, {report.failed} failed")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
