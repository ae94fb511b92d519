"""Canonical equivalence for script/unicode_tables.py: what NFC needs, from the files of the database.

The arrays are sorted and looked up by halving: only text that is not in NFC already asks them. Hangul syllables are
left out, since arithmetic makes them (The Unicode Standard, 15.0, section 3.12).
"""

from __future__ import annotations

from typing import Dict, FrozenSet, Iterable, List, NamedTuple, Tuple

HANGUL_SYLLABLES = range(0xAC00, 0xD7A4)
# What a leading consonant, a syllable or a vowel may draw to itself.
HANGUL_TRAILING = frozenset([*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)])


class Canonical(NamedTuple):
    """What the database says about canonical equivalence."""

    combining_class: Dict[int, int]  # without 0
    full: Dict[int, List[int]]  # full decompositions
    composed: Dict[Tuple[int, int], int]  # pairs that NFC makes one


def read_canonical(unicode_data: Iterable[List[str]], exclusions: FrozenSet[int]) -> Canonical:
    """From the lines of UnicodeData.txt and the code points of CompositionExclusions.txt."""
    combining_class: Dict[int, int] = {}
    pairs: Dict[int, List[int]] = {}
    for fields in unicode_data:
        code = int(fields[0], 16)
        if fields[3] != "0":
            combining_class[code] = int(fields[3])
        if fields[5] and not fields[5].startswith("<"):
            pairs[code] = [int(part, 16) for part in fields[5].split()]
    full = {code: decompose(code, pairs, combining_class) for code in pairs}
    composed = {
        (parts[0], parts[1]): code
        for code, parts in pairs.items()
        if len(parts) == 2
        and code not in exclusions
        and code not in combining_class
        and parts[0] not in combining_class
    }
    return Canonical(combining_class, full, composed)


def decompose(code: int, pairs: Dict[int, List[int]], combining_class: Dict[int, int]) -> List[int]:
    """The full decomposition, in canonical order."""
    parts = [part for first in pairs.get(code, ()) for part in decompose(first, pairs, combining_class)] or [code]
    classes = [combining_class.get(part, 0) for part in parts]
    for left, right in zip(classes, classes[1:]):
        if left > right > 0:
            raise ValueError(f"the decomposition of U+{code:04X} is not in canonical order")
    return parts


def not_composed(canonical: Canonical) -> FrozenSet[int]:
    """The code points that never stand in NFC."""
    return frozenset(canonical.full) - frozenset(canonical.composed.values())


def extending(canonical: Canonical) -> FrozenSet[int]:
    """The code points that go on with the cluster in front: no canonical equivalent of a text starts one there."""
    later = {part for parts in canonical.full.values() for part in parts[1:]}
    trailing = later | set(canonical.combining_class) | HANGUL_TRAILING
    return frozenset(trailing | {code for code, parts in canonical.full.items() if parts[0] in trailing})


def ranges_of(classes: Dict[int, int]) -> List[Tuple[int, int, int]]:
    """Runs of neighbours of one class: first, last, class."""
    runs: List[Tuple[int, int, int]] = []
    for code in sorted(classes):
        if runs and runs[-1][1] == code - 1 and runs[-1][2] == classes[code]:
            runs[-1] = (runs[-1][0], code, classes[code])
        else:
            runs.append((code, code, classes[code]))
    return runs


def rows(items: Iterable[Tuple[int, ...]]) -> str:
    """One initialiser a line."""
    return "\n".join("    {" + ", ".join(f"0x{number:X}" for number in item) + "}," for item in items)


def render_canonical(canonical: Canonical) -> str:
    """The arrays of C++."""
    spans: List[Tuple[int, int, int]] = []
    parts: List[int] = []
    for code in sorted(canonical.full):
        spans.append((code, len(parts), len(canonical.full[code])))
        parts += canonical.full[code]
    runs = ranges_of(canonical.combining_class)
    pairs = sorted((first, second, code) for (first, second), code in canonical.composed.items())
    return f"""\
// Canonical combining classes but 0.
struct CombiningClasses {{
    char32_t first;
    char32_t last;
    std::uint8_t combining_class;
}};
inline constexpr CombiningClasses combining_classes[{len(runs)}] = {{
{rows(runs)}
}};

// Full canonical decompositions: where their characters lie.
struct Decomposition {{
    char32_t character;
    std::uint16_t at;
    std::uint16_t size;
}};
inline constexpr Decomposition decompositions[{len(spans)}] = {{
{rows(spans)}
}};
inline constexpr char32_t decomposed[{len(parts)}] = {{
{hexadecimal(parts)}
}};

// Pairs that NFC makes one character.
struct Composition {{
    char32_t first;
    char32_t second;
    char32_t composed;
}};
inline constexpr Composition compositions[{len(pairs)}] = {{
{rows(pairs)}
}};
"""


def hexadecimal(numbers: List[int]) -> str:
    """Numbers in indented lines."""
    return "\n".join(
        "    " + " ".join(f"0x{number:X}," for number in numbers[at : at + 10]) for at in range(0, len(numbers), 10)
    )
