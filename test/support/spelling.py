"""What counts as the same text, written from the rules over Python's own unicodedata.

A text becomes letters: canonical clusters in NFC, without what is not there for the reader, apostrophes and hyphens as
the ASCII ones. Nothing is taken from the extension's tables.
"""

from __future__ import annotations

import functools
import sys
import unicodedata
from typing import FrozenSet, List, NamedTuple, Sequence, Tuple

# The code points with the property White_Space.
WHITE_SPACE = "".join(
    map(chr, [*range(0x09, 0x0E), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)])
) + "\u2028\u2029\u202f\u205f\u3000"
# What a space of a keyword stands for a run of.
SPACES = WHITE_SPACE + "\u200b"
DASH = "\u2014"

ABSENT = frozenset(
    map(
        chr,
        [
            0xAD, 0x34F, 0x61C, *range(0x180B, 0x1810), *range(0x200C, 0x2010), *range(0x202A, 0x202F),
            *range(0x2060, 0x206A), *range(0xFE00, 0xFE10), 0xFEFF, *range(0xE0100, 0xE01F0),
        ],
    )
)  # fmt: skip
RESPELLED = {
    **dict.fromkeys("\u2018\u2019\u02bc\uff07", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe58\ufe63\uff0d", "-"),
    "\u2015": DASH,
    **dict.fromkeys("\u2000\u2001", " "),
}

# Property Script, for what Unicode 14 assigns.
HANGUL = (
    (0x1100, 0x11FF), (0x302E, 0x302F), (0x3131, 0x318E), (0x3200, 0x321E), (0x3260, 0x327E),
    (0xA960, 0xA97C), (0xAC00, 0xD7A3), (0xD7B0, 0xD7C6), (0xD7CB, 0xD7FB), (0xFFA0, 0xFFBE),
    (0xFFC2, 0xFFC7), (0xFFCA, 0xFFCF), (0xFFD2, 0xFFD7), (0xFFDA, 0xFFDC),
)  # fmt: skip
SPACELESS = (
    # Han
    (0x2E80, 0x2E99), (0x2E9B, 0x2EF3), (0x2F00, 0x2FD5), (0x3005, 0x3005), (0x3007, 0x3007),
    (0x3021, 0x3029), (0x3038, 0x303B), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFA6D),
    (0xFA70, 0xFAD9), (0x16FE2, 0x16FE3), (0x16FF0, 0x16FF1), (0x20000, 0x2A6DF), (0x2A700, 0x2B739),
    (0x2B740, 0x2B81D), (0x2B820, 0x2CEA1), (0x2CEB0, 0x2EBE0), (0x2F800, 0x2FA1D),
    (0x30000, 0x3134A), (0x31350, 0x323AF),
    # Hiragana
    (0x3041, 0x3096), (0x309D, 0x309F), (0x1B001, 0x1B11F), (0x1B132, 0x1B132), (0x1B150, 0x1B152),
    (0x1F200, 0x1F200),
    # Katakana
    (0x30A1, 0x30FA), (0x30FD, 0x30FF), (0x31F0, 0x31FF), (0x32D0, 0x32FE), (0x3300, 0x3357),
    (0xFF66, 0xFF6F), (0xFF71, 0xFF9D), (0x1AFF0, 0x1AFF3), (0x1AFF5, 0x1AFFB), (0x1AFFD, 0x1AFFE),
    (0x1B000, 0x1B000), (0x1B120, 0x1B122), (0x1B155, 0x1B155), (0x1B164, 0x1B167),
    # Bopomofo, Yi
    (0x02EA, 0x02EB), (0x3105, 0x312F), (0x31A0, 0x31BF), (0xA000, 0xA48C), (0xA490, 0xA4C6),
    # Thai, Lao
    (0x0E01, 0x0E3A), (0x0E40, 0x0E5B), (0x0E81, 0x0EDF),
    # Khmer, Myanmar
    (0x1780, 0x17DD), (0x17E0, 0x17E9), (0x17F0, 0x17F9), (0x19E0, 0x19FF),
    (0x1000, 0x109F), (0xA9E0, 0xA9FE), (0xAA60, 0xAA7F),
    # Tai Le, New Tai Lue, Tai Tham, Tai Viet
    (0x1950, 0x1974), (0x1980, 0x19DF), (0x1A20, 0x1AAD), (0xAA80, 0xAAC2), (0xAADB, 0xAADF),
    # sound and iteration marks
    (0x30FC, 0x30FC), (0xFF70, 0xFF70), (0xFF9E, 0xFF9F), (0x3005, 0x3007), (0x3031, 0x3035), (0x303C, 0x303C),
)  # fmt: skip


class Letter(NamedTuple):
    """One character of the form that is compared."""

    char: str
    begin: int  # of its cluster in the text
    end: int
    is_edge: bool  # a hit may start here, or end in front
    joins: bool  # no boundary lies between it and a neighbour that joins


def in_ranges(char: str, ranges: Sequence[Tuple[int, int]]) -> bool:
    """Does a character lie in one of the ranges?"""
    return any(first <= ord(char) <= last for first, last in ranges)


@functools.lru_cache(maxsize=None)
def is_word_character(char: str) -> bool:
    """A letter, digit or mark."""
    return unicodedata.category(char)[0] in "LNM"


@functools.lru_cache(maxsize=None)
def is_mark(char: str) -> bool:
    """A combining mark."""
    return unicodedata.category(char)[0] == "M"


@functools.lru_cache(maxsize=None)
def is_spaceless(char: str) -> bool:
    """Of a script written without spaces."""
    return in_ranges(char, SPACELESS)


@functools.lru_cache(maxsize=None)
def trailing() -> FrozenSet[str]:
    """What stands behind the first character of some decomposition, or has a combining class."""
    found = set()
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if unicodedata.combining(char):
            found.add(char)
        if not 0xD800 <= code < 0xE000:
            found.update(unicodedata.normalize("NFD", char)[1:])
    return frozenset(found)


@functools.lru_cache(maxsize=None)
def extends(char: str) -> bool:
    """Does the character belong to the cluster in front of it?"""
    return unicodedata.normalize("NFD", char)[0] in trailing()


def clusters_of(text: str) -> List[Tuple[str, int, int, bool]]:
    """The clusters in NFC, with their places, and whether they go on with white space in front."""
    found: List[List] = []
    for i, char in enumerate(text):
        if char in ABSENT:
            if found and found[-1][2] == i and is_mark(char) and found[-1][0] not in SPACES:
                found[-1][2] = i + 1
            continue
        goes_on = bool(found) and extends(char)
        if goes_on and found[-1][0] not in SPACES:
            found[-1][0] += char
            found[-1][2] = i + 1
        else:
            found.append([char, i, i + 1, goes_on])
    return [(unicodedata.normalize("NFC", chars), begin, end, goes_on) for chars, begin, end, goes_on in found]


def letters_of(text: str) -> List[Letter]:
    """The letters of a text."""
    letters: List[Letter] = []
    is_lone = is_half_flag = False
    for chars, begin, end, goes_on in clusters_of(text):
        for place, raw in enumerate(chars):
            char = RESPELLED.get(raw, raw)
            if not letters or not is_mark(char):
                is_lone = is_spaceless(char)
            is_indicator = "\U0001f1e6" <= char <= "\U0001f1ff"
            is_edge = place == 0 and not goes_on and not (is_indicator and is_half_flag)
            is_half_flag = is_indicator and not is_half_flag
            letters.append(Letter(char, begin, end, is_edge, is_word_character(char) and not is_lone))
    return letters


def keyword_form(text: str) -> str:
    """The characters of a keyword that are compared."""
    chars = "".join(" " if letter.char in SPACES else letter.char for letter in letters_of(text))
    return " ".join(part for part in chars.replace(DASH, "-").split(" ") if part)


class Message:
    """A text made ready for many keywords."""

    def __init__(self, text: str) -> None:
        """Reads it."""
        self.text = text
        self.letters = letters_of(text)
        self.chars = "".join(letter.char for letter in self.letters)

    def is_edge(self, at: int) -> bool:
        """May a hit start or end in front of this letter?"""
        return at == len(self.letters) or self.letters[at].is_edge

    def is_boundary(self, at: int) -> bool:
        """May a word start or end in front of this letter?"""
        if at in (0, len(self.letters)):
            return True
        return not (self.letters[at - 1].joins and self.letters[at].joins)

    def place(self, first: int, last: int) -> Tuple[int, int]:
        """Where letters stand in the text."""
        return self.letters[first].begin, self.letters[last - 1].end


