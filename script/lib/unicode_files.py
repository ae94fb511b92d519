"""The files of the Unicode Character Database, of one pinned version, for script/unicode_tables.py."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import FrozenSet, Iterator, List, Set

UNICODE_VERSION = "15.0.0"
# UnicodeData.txt does not say its version, so the pin is the content of each file.
PINNED = {
    "UnicodeData.txt": "806e9aed65037197f1ec85e12be6e8cd870fc5608b4de0fffd990f689f376a73",
    "Scripts.txt": "cca85d830f46aece2e7c1459ef1249993dca8f2e46d51e869255be140d7ea4b0",
    "PropList.txt": "e05c0a2811d113dae4abd832884199a3ea8d187ee1b872d8240a788a96540bfd",
    "SpecialCasing.txt": "78b29c64b5840d25c11a9f31b665ee551b8a499eca6c70d770fcad7dd710f494",
    "CompositionExclusions.txt": "3b019c0a33c3140cbc920c078f4f9af2680ba4f71869c8d4de5190667c70b6a3",
}


class DataError(Exception):
    """The input is not what the tables are made from."""


def read_pinned(directory: Path, name: str) -> str:
    """The text of one file, which must be the pinned version to the byte."""
    try:
        content = (directory / name).read_bytes()
    except OSError as error:
        raise DataError(f"cannot read {directory / name}: {error.strerror}") from error
    if hashlib.sha256(content).hexdigest() != PINNED[name]:
        head = content.split(b"\n", 1)[0].decode("utf-8", "replace")
        raise DataError(
            f"{directory / name} is not the file of Unicode {UNICODE_VERSION}; it starts: {head}"
        )
    return content.decode("utf-8")


def fields_of(text: str) -> Iterator[List[str]]:
    """The semicolon-separated fields of each line, without comments and empty lines."""
    for line in text.splitlines():
        line = line.split("#", 1)[0].strip()
        if line:
            yield [field.strip() for field in line.split(";")]


def code_points_with(text: str, values: Set[str]) -> Set[int]:
    """The code points to which a property file gives one of the values."""
    found: Set[int] = set()
    for span, value, *_ in fields_of(text):
        if value in values:
            first, _, last = span.partition("..")
            found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def code_points_in(text: str) -> FrozenSet[int]:
    """The code points that a file lists, one a line."""
    return frozenset(int(fields[0], 16) for fields in fields_of(text))
