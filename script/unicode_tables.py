#!/usr/bin/env python3
"""Write src/core/text/unicode_tables.inc from the Unicode Character Database.

Three questions about a character decide what a keyword hits: which other characters are the same
letter in another case, of what kind it is (letter, white space, a script without spaces), and which
sequences of characters are canonically equivalent to it (script/lib/unicode_canonical.py).
The answers must not change with the server's locale or with a library's version, so they come
from one pinned version of Unicode, and the table made from it is committed.

Case classes
    "The same letter" is what Python's re.IGNORECASE takes as equal, one code point to one. The
    rule behind it has two steps, and both need only the database:
      1. two characters are equal if they have the same simple lower case (K, k and the Kelvin
         sign U+212A; the dotted I U+0130 and i);
      2. two lower-case characters are also equal if their *full* upper case is the same text
         (s and the long s U+017F; both sigmas; the two st ligatures, which become "ST").
    A step-2 set that met another one would make the relation intransitive; the generator stops
    if a version of Unicode ever brings that. The upper case of U+00DF is "SS", which no other
    single character has: it only meets U+1E9E, whose simple lower case it is.

Table
    Everything known about a code point is one record (properties, distance to the canonical
    member of its class). There are about a hundred different records, so one byte names one,
    and the bytes are kept in blocks of 128 of which equal ones are stored once:

        code point --> block_of[c / 128] --> record_of[block * 128 + c % 128] --> records[...]

Usage
    unicode_tables.py [--ucd DIR] [--output FILE] [--check]

The files are those of Debian's package `unicode-data` or of
https://www.unicode.org/Public/15.0.0/ucd/. Exit status: 0 good, 1 --check found a difference,
2 no use of the input.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path
from typing import Dict, FrozenSet, Iterable, List, NamedTuple, Sequence, Set, Tuple

sys.path.insert(0, str(Path(__file__).resolve().parent / "lib"))
from unicode_canonical import Canonical, extending, not_composed, read_canonical, render_canonical  # noqa: E402
from unicode_files import (  # noqa: E402
    UNICODE_VERSION,
    DataError,
    code_points_in,
    code_points_with,
    fields_of,
    read_pinned,
)

DEFAULT_UCD = Path("/usr/share/unicode")
DEFAULT_OUTPUT = Path(__file__).resolve().parent.parent / "src" / "core" / "text" / "unicode_tables.inc"

CODE_POINTS = 0x110000
BLOCK_BITS = 7
BLOCK_SIZE = 1 << BLOCK_BITS

# The bits of `properties`; src/core/text/unicode.hpp gives them the same names and values.
WORD, SPACELESS, WHITE_SPACE, CONTROL, HANGUL, MARK, EXTENDS, SPECIAL = (1 << bit for bit in range(8))
# What may differ in one case class: how a character is written (and U+0345 is a mark, the other iotas are not).
SPELLING = MARK | EXTENDS | SPECIAL

SPACELESS_SCRIPTS = {
    "Han", "Hiragana", "Katakana", "Bopomofo", "Yi", "Thai", "Lao", "Khmer", "Myanmar",
    "Tai_Le", "New_Tai_Lue", "Tai_Tham", "Tai_Viet",
}  # fmt: skip
# Sound marks, iteration marks and the like: Japanese, but Common because two scripts share them.
SPACELESS_EXTRA = {0x30FC, 0xFF70, 0xFF9E, 0xFF9F, *range(0x3005, 0x3008), *range(0x3031, 0x3036), 0x303C}

# Spelled otherwise than they are meant: apostrophes, hyphens, the zero-width space, flags' letters.
APOSTROPHES = {0x2018, 0x2019, 0x02BC, 0xFF07}
HYPHENS = {*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0xFF0D}
SPECIAL_EXTRA = APOSTROPHES | HYPHENS | {0x200B, *range(0x1F1E6, 0x1F200)}
# Not there for the reader: soft hyphen, joiners, direction controls, variation selectors and so on.
ABSENT = {
    0x00AD, 0x034F, 0x061C, *range(0x180B, 0x1810), *range(0x200C, 0x2010), *range(0x202A, 0x202F),
    *range(0x2060, 0x206A), *range(0xFE00, 0xFE10), 0xFEFF, *range(0xE0100, 0xE01F0),
}  # fmt: skip


class CharacterData(NamedTuple):
    """What the database says, keyed by code point; absent = not assigned or no mapping."""

    category: Dict[int, str]
    lower: Dict[int, int]
    full_upper: Dict[int, str]
    spaceless: Set[int]
    hangul: Set[int]
    white_space: Set[int]
    canonical: Canonical
    extends: FrozenSet[int]
    special: FrozenSet[int]


class Record(NamedTuple):
    """All that the table knows about a code point, relative to it so that records repeat."""

    properties: int
    fold: int


class Tables(NamedTuple):
    """The compressed form."""

    block_of: List[int]
    record_of: List[int]
    records: List[Record]


# ---------------------------------------------------------------- reading the database


def read_category_and_case(text: str) -> Tuple[Dict[int, str], Dict[int, int], Dict[int, str]]:
    """General category, simple lower case and simple upper case from UnicodeData.txt."""
    category: Dict[int, str] = {}
    lower: Dict[int, int] = {}
    upper: Dict[int, str] = {}
    range_start = 0
    for fields in fields_of(text):
        code = int(fields[0], 16)
        if fields[1].endswith(", First>"):
            range_start = code
            continue
        first = range_start if fields[1].endswith(", Last>") else code
        category.update((member, fields[2]) for member in range(first, code + 1))
        if fields[12]:
            upper[code] = chr(int(fields[12], 16))
        if fields[13]:
            lower[code] = int(fields[13], 16)
    return category, lower, upper


def read_special_upper(text: str) -> Dict[int, str]:
    """The unconditional full upper cases of SpecialCasing.txt."""
    special: Dict[int, str] = {}
    for fields in fields_of(text):
        conditions = fields[4]
        if not conditions:
            special[int(fields[0], 16)] = "".join(chr(int(c, 16)) for c in fields[3].split())
    return special


def read_database(directory: Path) -> CharacterData:
    """Everything that the tables need."""
    unicode_data = read_pinned(directory, "UnicodeData.txt")
    category, lower, upper = read_category_and_case(unicode_data)
    equivalence = read_canonical(
        fields_of(unicode_data), code_points_in(read_pinned(directory, "CompositionExclusions.txt"))
    )
    scripts = read_pinned(directory, "Scripts.txt")
    return CharacterData(
        category=category,
        lower=lower,
        full_upper={**upper, **read_special_upper(read_pinned(directory, "SpecialCasing.txt"))},
        spaceless=code_points_with(scripts, SPACELESS_SCRIPTS) | SPACELESS_EXTRA,
        hangul=code_points_with(scripts, {"Hangul"}),
        white_space=code_points_with(read_pinned(directory, "PropList.txt"), {"White_Space"}),
        canonical=equivalence,
        extends=extending(equivalence) | ABSENT,
        special=not_composed(equivalence) | SPECIAL_EXTRA,
    )


# ---------------------------------------------------------------- case classes


def same_upper_case(data: CharacterData) -> Dict[int, int]:
    """Step 2 of the rule: lower-case code point -> representative of its set, if it has one."""
    by_upper: Dict[str, Set[int]] = defaultdict(set)
    for code in data.category:
        by_upper[data.full_upper.get(code, chr(code))].add(data.lower.get(code, code))
    representative: Dict[int, int] = {}
    for members in by_upper.values():
        if len(members) > 1:
            for member in members:
                if member in representative:
                    raise DataError(f"U+{member:04X} has two upper cases: not an equivalence")
                representative[member] = min(members)
    return representative


def case_classes(data: CharacterData) -> List[List[int]]:
    """The classes of more than one member, each ascending."""
    representative = same_upper_case(data)
    members: Dict[int, List[int]] = defaultdict(list)
    for code in sorted(data.category):
        low = data.lower.get(code, code)
        if data.lower.get(low, low) != low:
            raise DataError(f"the lower case of U+{code:04X} is not lower case")
        members[representative.get(low, low)].append(code)
    return [group for group in members.values() if len(group) > 1]


def canonical(group: Sequence[int], data: CharacterData) -> int:
    """The member that stands for a class: the lower case of its upper-case letters, if any."""
    lower_cases = sorted({data.lower[code] for code in group if code in data.lower})
    if len(lower_cases) > 1:
        raise DataError(f"two lower cases in one case class: {group}")
    chosen = (lower_cases or group)[0]
    if min(group) < 0x80 and not ord("a") <= chosen <= ord("z"):
        raise DataError(f"an ASCII letter is not canonical in its case class: {group}")
    return chosen


def check_class(group: Sequence[int], data: CharacterData) -> None:
    """What the matcher builds on: no boundary depends on the case."""
    if len({properties_of(code, data) & ~SPELLING for code in group}) > 1:
        raise DataError(f"members of one case class differ in their properties: {group}")


# ---------------------------------------------------------------- the tables


def properties_of(code: int, data: CharacterData) -> int:
    """The property bits of one code point."""
    category = data.category.get(code, "Cn")
    return (
        WORD * (category[0] in "LNM")
        + SPACELESS * (code in data.spaceless)
        + WHITE_SPACE * (code in data.white_space)
        + CONTROL * (category == "Cc")
        + HANGUL * (code in data.hangul)
        + MARK * (category[0] == "M")
        + EXTENDS * (code in data.extends)
        + SPECIAL * (code in data.special)
    )


def all_records(data: CharacterData) -> List[Record]:
    """The record of every code point, up to the last one that says anything, in whole blocks."""
    records = [Record(properties_of(code, data), 0) for code in range(CODE_POINTS)]
    for group in case_classes(data):
        check_class(group, data)
        chosen = canonical(group, data)
        for code in group:
            records[code] = Record(records[code].properties, chosen - code)
    last = max(code for code in range(CODE_POINTS) if records[code] != Record(0, 0))
    return records[: (last // BLOCK_SIZE + 1) * BLOCK_SIZE]


def compress(records: Sequence[Record]) -> Tables:
    """Number the different records, then the different blocks."""
    numbers: Dict[Record, int] = {Record(0, 0): 0}  # record 0 = nothing known
    for record in sorted(set(records)):
        numbers.setdefault(record, len(numbers))
    block_numbers: Dict[Tuple[int, ...], int] = {}
    block_of = []
    for start in range(0, len(records), BLOCK_SIZE):
        block = tuple(numbers[record] for record in records[start : start + BLOCK_SIZE])
        block_of.append(block_numbers.setdefault(block, len(block_numbers)))
    if max(len(numbers), len(block_numbers)) > 256:
        raise DataError("one byte no longer names every record and every block")
    record_of = [number for block in block_numbers for number in block]
    return Tables(block_of, record_of, list(numbers))


def check_lookup(tables: Tables, records: Sequence[Record]) -> None:
    """Look every code point up as the C++ code does."""
    for code, expected in enumerate(records):
        block = tables.block_of[code >> BLOCK_BITS]
        number = tables.record_of[block << BLOCK_BITS | code & (BLOCK_SIZE - 1)]
        if tables.records[number] != expected:
            raise DataError(f"compression lost U+{code:04X}")


# ---------------------------------------------------------------- writing C++


def wrapped(numbers: Iterable[int], width: int = 96) -> str:
    """Numbers with commas, in indented lines."""
    lines, line = [], ""
    for number in numbers:
        item = f"{number},"
        if len(line) + len(item) > width:
            lines.append(line)
            line = ""
        line += item
    return "\n".join("    " + line for line in [*lines, line])


def render_array(intent: str, name: str, numbers: Sequence[int]) -> str:
    """One array of bytes."""
    return (
        f"// {intent}\n"
        f"inline constexpr std::uint8_t {name}[{len(numbers)}] = {{\n{wrapped(numbers)}\n}};\n"
    )


def render_record(record: Record) -> str:
    """One record as an initialiser."""
    return f"    {{{record.fold}, {record.properties}}},"


def render_records(records: Sequence[Record]) -> str:
    """The array of records with its type."""
    body = "\n".join(map(render_record, records))
    return f"""\
// What is known about a code point, as distances from it.
struct Record {{
    std::int32_t fold;        // to the canonical member of its case class
    std::uint8_t properties;  // bits of unicode::property
}};

// Every different record; the first one knows nothing.
inline constexpr Record records[{len(records)}] = {{
{body}
}};
"""


def render(tables: Tables, equivalence: Canonical) -> str:
    """The whole generated file."""
    return f"""\
// Generated by script/unicode_tables.py from Unicode {UNICODE_VERSION}: do not edit.
// How the tables are laid out and why stands there.
// Derived from the Unicode Character Database, (c) 1991-2022 Unicode, Inc.;
// terms of use: https://www.unicode.org/terms_of_use.html
// clang-format off
#pragma once

#include "core/base/core_only.hpp"

#include <cstdint>

namespace aria_focus::core::text::unicode::tables {{

inline constexpr char unicode_version[] = "{UNICODE_VERSION}";
inline constexpr unsigned block_bits = {BLOCK_BITS};

// Nothing is known about this code point and those after it.
inline constexpr char32_t limit = 0x{len(tables.block_of) << BLOCK_BITS:X};

{render_records(tables.records)}
{render_array("The block of each 128 code points.", "block_of", tables.block_of)}
{render_array("The records of each block, block after block.", "record_of", tables.record_of)}
{render_canonical(equivalence)}
}}  // namespace aria_focus::core::text::unicode::tables
// clang-format on
"""


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """The command line."""
    summary = (__doc__ or "").split("\n", 1)[0]
    parser = argparse.ArgumentParser(description=summary)
    parser.add_argument("--ucd", type=Path, default=DEFAULT_UCD, help="directory of the UCD files")
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT, help="file to write")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    return parser.parse_args(arguments)


def generate(directory: Path) -> str:
    """From the database to the text of the table."""
    data = read_database(directory)
    records = all_records(data)
    tables = compress(records)
    check_lookup(tables, records)
    return render(tables, data.canonical)


def is_current(output: Path, text: str) -> bool:
    """True if the file already holds the text."""
    return output.is_file() and output.read_text(encoding="ascii") == text


def main(arguments: Sequence[str]) -> int:
    """Write the table or compare it; returns the exit status."""
    options = parse_arguments(arguments)
    try:
        text = generate(options.ucd)
    except DataError as error:
        print(f"unicode_tables.py: {error}", file=sys.stderr)
        return 2
    if not options.check:
        options.output.write_text(text, encoding="ascii")
    elif not is_current(options.output, text):
        print(f"{options.output} differs: run script/unicode_tables.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
