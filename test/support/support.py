"""What the tests in Python share: the seed, the counting, random texts, rows for the server."""

from __future__ import annotations

import os
import random
import re
import sys
import time
from io import StringIO
from typing import Any, Callable, Iterable, List, Mapping, Optional, Sequence, Tuple

import psycopg2

import spelling
from spelling import WHITE_SPACE
from case_table import TABLE, Table, assigned_in_both

DEFAULT_SEED = 20211
MAX_SHOWN = 20

# Characters that deserve to be met often, by kind; a random text mixes a few kinds.
KINDS = {
    "ascii": "abcXYZ019",
    "short": "aAbB",
    "signs": ".^$*+?{}[]\\|()-_#/&~'\"<>%:,!@=`;",
    "folding": "iI\u0130\u0131sS\u017f\u00df\u1e9ekK\u212a\u00e5\u00c5\u212b\u03c3\u03c2\u03a3\u00b5\u03bc",
    "greek": "\u03b8\u0398\u03d1\u03f4\u03c9\u2126\u03a9\u0345\u03b9\u0399\u1fbe\u0390\u1fd3\u03b0\u1fe3",
    "titles": "\u01c4\u01c5\u01c6\u01f1\u01f2\u01f3\u1f88\u1f80\ufb05\ufb06\u1e60\u1e61\u1e9b",
    "cyrillic": "\u0432\u0412\u1c80\u0434\u0414\u1c81\u043e\u041e\u1c82\ua64a\ua64b\u1c88",
    "rare": "\u13a0\uab70\u13f8\u13f0\u10d0\u1c90\u10a0\u2d00\U00010400\U00010428\U0001e900\U0001e922",
    "marks": "e\u0301\u0300\u200d\ufe0f\u20e3\u0903\u093e\u0915n\u0303",
    "numbers": "\u00b2\u00bd\u2460\u0664\u2167\u2177\u24b6\u24d0\U0001d7d9",
    "han": "\u4e2d\u6587\u3005\u3007\u2e80\uf900\U00020000\U0002a6d6",
    "kana": "\u3042\u30a2\u30fc\uff70\uff71\u30fb\u309d\u3099\u3300\U0001b000",
    "southeast": "\u0e01\u0e3f\u0e46\u0e81\u0ea5\u1780\u17d4\u17e0\u1000\u104a\u1040\ua9e0",
    "hangul": "\uac00\ub098\u1100\u1161\u3131\u302e\uffa1\ua960\ud7b0\u3200",
    "emoji": "\U0001f3af\U0001f468\u2764\U0001f1e6\u00a9\ufffd\ue000",
    "space": WHITE_SPACE,
    "typed": "-'\u2019\u02bc\u2010\u2011\u2013\u2014\u2212\uff0d\u200b\u00ad\u200d\ufeff\u2060",
    "composed": "\u00e9e\u0301\u0323\u1eb9\u01d7\u00fcu\u0308\u0304\u0958\u0915\u093c\u0f43\u0fb7\u2260=\u0338",
    "jamo": "\u1100\u1161\u11a8\uac00\uac01\u09c7\u09be\u304b\u3099\u304c\u309a\uff9e\u034f",
    "flags": "\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7\u200d",
}


def make_random(name: str) -> random.Random:
    """The generator of a test: always the same numbers, or those of ARIA_FOCUS_SEED."""
    seed = int(os.environ.get("ARIA_FOCUS_SEED", DEFAULT_SEED))
    print(f"{name}: ARIA_FOCUS_SEED={seed}")
    return random.Random(seed)


def connect(database: Optional[str] = None) -> Any:
    """A session as the environment says, each statement its own transaction."""
    connection = psycopg2.connect("" if database is None else f"dbname={database}")
    connection.autocommit = True
    return connection


class Report:
    """Counts checks and shows the first failures."""

    def __init__(self) -> None:
        """Starts at nothing."""
        self.passed = 0
        self.failed = 0
        self.started = time.monotonic()

    def equal(self, what: str, expected: object, found: object) -> bool:
        """One check: two values are equal."""
        return self.true(what, expected == found, f"expected {expected!r}, found {found!r}")

    def true(self, what: str, holds: bool, otherwise: str = "") -> bool:
        """One check: something holds."""
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            if self.failed <= MAX_SHOWN:
                print(f"FAILED {what}: {otherwise}", file=sys.stderr, flush=True)
        return holds

    def finish(self) -> int:
        """Prints the count; returns the exit status."""
        if self.passed + self.failed == 0:
            self.true("the test", False, "it checked nothing")
        print(f"took {time.monotonic() - self.started:.1f} s")
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed else 0


def run_parts(parts: Mapping[str, Callable[[], None]], names: Sequence[str] = ()) -> None:
    """Runs the named parts of a suite, or all, one after the other, and says how long each of them took."""
    for name in names or parts:
        started = time.monotonic()
        parts[name]()
        print(f"-- {name}: {time.monotonic() - started:.1f} s", flush=True)


def copy_value(value: object) -> str:
    """A value in COPY's text format."""
    if value is None:
        return "\\N"
    text = str(value)
    for plain, escaped in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(plain, escaped)
    return text


def copy_rows(cursor: Any, table: str, rows: Iterable[Sequence[object]]) -> None:
    """Loads rows into a table, which may name its columns."""
    lines = StringIO("".join("\t".join(map(copy_value, row)) + "\n" for row in rows), newline="")
    cursor.copy_expert(f"COPY {table} FROM STDIN", lines)


def rows_of(cursor: Any, query: str, arguments: Optional[Sequence[object]] = None) -> List[Tuple]:
    """All rows of a query."""
    cursor.execute(query, arguments)
    return cursor.fetchall()


def value_of(cursor: Any, query: str, arguments: Optional[Sequence[object]] = None) -> Any:
    """The only value of a query."""
    ((value,),) = rows_of(cursor, query, arguments)
    return value


class Characters:
    """The characters that both this Python and the extension's Unicode version assign."""

    def __init__(self) -> None:
        """Asks both, once."""
        table = Table(TABLE.read_text(encoding="ascii"))
        codes = [code for code in assigned_in_both(table) if not 0xD800 <= code < 0xE000]
        self.all = "".join(map(chr, codes[1:]))  # a text of the server has no NUL
        known = frozenset(self.all)
        self.kinds = [[char for char in letters if char in known] for letters in KINDS.values()]


def same_letters(one: str, other: str) -> bool:
    """Are two texts equal when case does not count?"""
    return len(one) == len(other) and re.fullmatch(re.escape(one), other, re.IGNORECASE) is not None


def recased(generator: random.Random, text: str) -> str:
    """The text with some letters in another case, character for character."""
    out = []
    for char in text:
        other = generator.choice((char, char, char.upper(), char.lower(), char.title()))
        out.append(other if len(other) == 1 else char)
    return "".join(out)


def is_keyword_character(char: str) -> bool:
    """May the character stand inside a keyword?"""
    return char == " " or (char not in WHITE_SPACE and not ("\0" <= char < " " or "\x7f" <= char < "\xa0"))


class TextMaker:
    """Random keywords, and messages in which they occur, over a small alphabet."""

    def __init__(self, generator: random.Random, characters: Characters) -> None:
        """Chooses the alphabet."""
        self.generator = generator
        alphabet = [generator.choice(characters.all)]
        for letters in generator.sample(characters.kinds, generator.randint(1, 3)):
            alphabet += generator.sample(letters, min(len(letters), generator.randint(1, 5)))
        self.letters = alphabet + ["a"]
        self.inner = [char for char in self.letters if is_keyword_character(char)]
        self.keywords: List[str] = ["a"]

    def keyword(self) -> str:
        """A keyword: new, or a prefix, an extension or a part of an earlier one."""
        generator = self.generator
        kind = generator.random()
        if kind < 0.25:
            earlier = generator.choice(self.keywords)
            text = earlier[: generator.randint(1, len(earlier))]
        elif kind < 0.45:
            text = generator.choice(self.keywords) + self._letters(1, 2)
        elif kind < 0.55:
            text = generator.choice(self.keywords) + " " + generator.choice(self.keywords)
        elif kind < 0.6:
            earlier = generator.choice(self.keywords)
            text = earlier[generator.randint(0, len(earlier) - 1):]
        else:
            text = self._letters(1, generator.choice((1, 2, 3, 4, 5, 12)))
        text = re.sub(" +", " ", recased(generator, text)).strip(" ")[:100].strip(" ") or "a"
        if not spelling.keyword_form(text):
            text = "a"
        self.keywords.append(text)
        return text

    def keyword_list(self, longest: int) -> List[str]:
        """Some keywords; now and then two are equal but for case."""
        return [self.keyword() for _ in range(self.generator.randint(0, longest))]

    def message(self) -> str:
        """A text of keywords, parts of keywords, white space and single characters."""
        generator = self.generator
        parts = []
        for _ in range(generator.choice((0, 1, 2, 3, 4, 6, 9, 14))):
            kind = generator.random()
            keyword = generator.choice(self.keywords)
            if kind < 0.35:
                parts.append(recased(generator, keyword))
            elif kind < 0.5:
                spaces = "".join(generator.choices(WHITE_SPACE, k=generator.randint(1, 3)))
                parts.append(recased(generator, keyword).replace(" ", spaces))
            elif kind < 0.6:
                parts.append(keyword[: generator.randint(0, len(keyword))])
            elif kind < 0.7:
                parts.append(generator.choice(" -_.,"))
            elif kind < 0.8:
                parts.append("".join(generator.choices(WHITE_SPACE, k=generator.randint(1, 3))))
            else:
                parts.append(generator.choice(self.letters))
        text = "".join(parts)
        return text * generator.randint(20, 200) if generator.random() < 0.002 else text

    def _letters(self, shortest: int, longest: int) -> str:
        """Some letters of the alphabet that a keyword may have."""
        count = self.generator.randint(shortest, max(shortest, longest))
        return "".join(self.generator.choices(self.inner, k=count))
