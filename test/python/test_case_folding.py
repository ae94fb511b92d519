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
from collections import defaultdict
from pathlib import Path
from typing import Dict, FrozenSet, Iterable, List, Sequence, Set, Tuple

TABLE = Path(__file__).resolve().parents[2] / "src" / "core" / "text" / "unicode_tables.inc"
CODE_POINTS = 0x110000
WORD = 1
MAX_SHOWN = 20


class Table:
    """The generated arrays."""

    def __init__(self, text: str) -> None:
        """Reads the arrays from the C++ text."""
        self.version = self._find(text, r'unicode_version\[\] = "([\d.]+)"')
        self.bits = int(self._find(text, r"block_bits = (\d+)"))
        self.limit = int(self._find(text, r"limit = (0x[0-9A-F]+)"), 16)
        self.block_of = self._array(text, "block_of")
        self.record_of = self._array(text, "record_of")
        self.records = [
            (int(fold), int(bits))
            for fold, bits in re.findall(r"^    \{(-?\d+), (\d+)\},$", text, re.MULTILINE)
        ]
        if len(self.records) != int(self._find(text, r" records\[(\d+)\] = ")):
            raise ValueError("not every record was read")
        self.others: Dict[int, Set[int]] = defaultdict(set)  # by canonical member
        for code in range(self.limit):
            distance = self.record(code)[0]
            if distance:
                self.others[code + distance].add(code)

    @staticmethod
    def _find(text: str, pattern: str) -> str:
        """The only group of a pattern that must occur."""
        match = re.search(pattern, text)
        if match is None:
            raise ValueError(f"no {pattern} in the table")
        return match.group(1)

    @classmethod
    def _array(cls, text: str, name: str) -> List[int]:
        """The numbers of one array, as many as it declares."""
        size = int(cls._find(text, rf" {name}\[(\d+)\] = "))
        body = cls._find(text, rf" {name}\[\d+\] = \{{([^}}]*)\}}")
        numbers = [int(number) for number in re.findall(r"\d+", body)]
        if len(numbers) != size:
            raise ValueError(f"{name} declares {size} numbers and has {len(numbers)}")
        return numbers

    def record(self, code: int) -> Tuple[int, int]:
        """Distance to the canonical member, properties."""
        if code >= self.limit:
            return self.records[0]
        block = self.block_of[code >> self.bits]
        return self.records[self.record_of[block << self.bits | code & ((1 << self.bits) - 1)]]

    def case_class(self, code: int) -> FrozenSet[int]:
        """All code points that fold to what this one folds to."""
        canonical = code + self.record(code)[0]
        return frozenset({canonical}) | self.others.get(canonical, set())


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


def version_of(text: str) -> Tuple[int, ...]:
    """A version that compares."""
    return tuple(map(int, text.split(".")))


def knows_cases(char: str) -> bool:
    """Does re take a character for equal to its own cases? That of Python 3.9 does not for U+1C80 to U+1C88."""
    cases = {case for case in (char.lower(), char.upper(), char.title()) if len(case) == 1} - {char}
    return all(re.fullmatch(re.escape(char), case, re.IGNORECASE) for case in cases)


def assigned_in_both(table: Table) -> List[int]:
    """The code points to compare.

    A Python that is newer than the table assigns more than the table knows; the new letters,
    digits and marks show by not being words in the table. An older one assigns less.
    """
    python_is_newer = version_of(unicodedata.unidata_version) > version_of(table.version)
    codes = []
    for code in range(CODE_POINTS):
        category = unicodedata.category(chr(code))
        known_word = table.record(code)[1] & WORD
        is_new = python_is_newer and category[0] in "LNM" and not known_word
        if category != "Cn" and not is_new and knows_cases(chr(code)):
            codes.append(code)
    return codes


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
