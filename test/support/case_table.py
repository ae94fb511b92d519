"""The committed case classes, read as the C++ code reads them, and the code points that Python knows as well."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Dict, FrozenSet, List, Set, Tuple

TABLE = Path(__file__).resolve().parents[2] / "src" / "core" / "text" / "unicode_tables.inc"
CODE_POINTS = 0x110000
WORD = 1


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
