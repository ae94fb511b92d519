#!/usr/bin/env python3
"""Text as people type it: named examples with their neighbours, and equivalent spellings against each other.

A message and its NFC and NFD forms say the same: their hits must be the same, at the positions that Python's
unicodedata gives. Keywords likewise. Nothing of the extension's tables is used; only characters are taken that both
this Python and the extension's Unicode version assign.
"""

from __future__ import annotations

import json
import random
import sys
import unicodedata
from typing import Any, Dict, List, Sequence, Tuple

import support

LISTS = 400
MESSAGES_A_LIST = 50
FORMS = ("NFC", "NFD")
# What the random texts are made of, beside the kinds of support.py.
TROUBLE = (
    "eE\u00e9\u0301\u0323\u1eb9\u0308u\u00fc\u01d7\u0304", "\u1100\u1161\u11a8\uac00\uac01\u1112\uae4c",
    "\u304b\u3099\u304c\u309a\u30cf\u30d0\uff76\uff9e",
    "\u0915\u093c\u0958\u094d\u09c7\u09be\u09cb\u0dd9\u0dcf\u0ddc",
    "\u0f42\u0fb7\u0f43\u0f71\u0f72\u0f73\u0344\u0345\u03b1\u1fb3",
    "=\u0338\u2260<\u226e-'\u2019\u2011\u2013\u2014\u02bc",
    "\u00ad\u200d\u200c\ufeff\u2060\ufe0f\u034f\u200b ", "\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7\u2764",
    "K\u212aA\u212b\u2126\uf900\u8c48\U0001d15e\U0001d157\U0001d165",
    "\u0e01\u0e48\u0e34\u05e9\u05c1\u05bc\ufb2c\u0627\u0653\u0622",
)  # fmt: skip

# A keyword, and messages in which the hits stand between brackets.
EXAMPLES: Tuple[Tuple[str, Tuple[str, ...]], ...] = (
    ("writer's block", (
        "my [writer\u2019s block]", "[Writer's block]!", "a [writer\u2018s block]", "[writer\u02bcs block]",
        "[writer\uff07s  block]", "[writer\u2019s\u00a0block]", "writers block", "writer\u02bbs block",
        "writer`s block",
        "[writer\u2019s-block]", "[WRITER\u2019S BLOCK]")),
    ("getting started", (
        "[getting-started] guide", "[getting\u2010started]", "[getting\u2011started]", "[getting\u2012started]",
        "[getting\u2013started]", "[getting\u2212started]", "[getting\ufe63started]", "getting\u2014started",
        "getting - started", "getting--started", "gettingstarted", "[getting\u200bstarted]")),
    ("trade-off", (
        "[trade-off]", "[trade\u2010off]s", "[trade\u2011off]", "[trade\u2012off]", "[trade\u2013off]",
        "[trade\u2014off]",
        "[trade\u2015off]", "[trade\u2212off]", "[trade\ufe58off]", "[trade\uff0doff]", "trade off", "tradeoff")),
    ("\u00fcbung", (
        "[u\u0308bung]", "[\u00fcbung]", "[U\u0308BUNG]", "[\u00dcbung]en", "ubung", "u\u0304bung",
        "u\u0308\u0304bung",
        "[u\u00ad\u0308bung]", "[\u00fc\u00adbung]", "x\u00fcbung", "\u00e9u\u0308bung")),
    ("ci", (
        "in\u00adci\u00addent", "in\u200dci\u200ddent", "in\u200cci\u200cdent", "in\u2060ci\u2060dent",
        "in\ufeffci\ufeffdent",
        "[ci]", "[c\u00adi]", "\u00ad[ci]\u00ad", "\ufeff[ci]/cd", "a\u200b[ci]\u200bb", "de-[ci]-de")),
    ("docker", (
        "\u304c[docker]", "\u304b\u3099[docker]", "\uff76\uff9e[docker]", "\u3006[docker]", "\u3031[docker]",
        "\u303c[docker]", "\u845b\U000e0100[docker]", "\u3105[docker]", "\ua000[docker]", "\u1950[docker]",
        "\u304b\u309a[docker]", "\u00e9docker", "e\u0301docker", "\u2764\ufe0f[docker]")),
    ("\ufeffdocker", ("[docker]", "\ufeff[docker]", "[do\u00adcker]s", "\ufeffadocker")),
    ("\U0001f1ea\U0001f1eb", (
        "\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7", "[\U0001f1ea\U0001f1eb]", "a[\U0001f1ea\U0001f1eb]",
        "\U0001f1e9\U0001f1ea[\U0001f1ea\U0001f1eb]", "\U0001f1e9 [\U0001f1ea\U0001f1eb]",
        "\U0001f1e9\U0001f1ea\U0001f1eb",
        "\U0001f1e9\u00ad\U0001f1ea\U0001f1eb", "\U0001f1e9\u200b[\U0001f1ea\U0001f1eb]")),
    ("\u0dbb", ("\u0dc1\u0dca\u200d\u0dbb\u0dd3", "[\u0dbb] x", "x [\u0dbb]")),
    ("\ubc30\ud3ec", ("[\ubc30\ud3ec]\ub97c", "[\u1107\u1162\u1111\u1169]\u1105\u1173\u11af", "\ubc30\ud3ed")),
)  # fmt: skip
BLANK = ("\ufeff", "\u00ad", "\u200d\u200c", "\u200b", "\ufe0f", "\u2060\u200b")

Hit = Tuple[str, int, int]


def hits_of(cursor: Any, pairs: Sequence[Tuple[str, str]]) -> List[List[Hit]]:
    """The hits of each pair of list and message."""
    cursor.execute("TRUNCATE pairs")
    support.copy_rows(cursor, "pairs", ((n, *pair) for n, pair in enumerate(pairs)))
    found: Dict[int, List[Hit]] = {}
    for n, keyword, pos, length in support.rows_of(
        cursor,
        "SELECT p.n, h.keyword, h.pos, h.len FROM pairs p,"
        " aria_engine.focus_keyword_hits(p.message, p.keywords) WITH ORDINALITY AS h ORDER BY p.n, h.ordinality",
    ):
        found.setdefault(n, []).append((keyword, pos, length))
    return [found.get(n, []) for n in range(len(pairs))]


def check_examples(cursor: Any, report: support.Report) -> None:
    """The named examples."""
    for keyword, drawn in EXAMPLES:
        messages = [text.replace("[", "").replace("]", "") for text in drawn]
        for text, message, hits in zip(
            drawn, messages, hits_of(cursor, [(json.dumps([keyword]), message) for message in messages])
        ):
            found, done = [], 0
            for _, pos, length in hits:
                found += [message[done : pos - 1], "[", message[pos - 1 : pos - 1 + length], "]"]
                done = pos - 1 + length
            report.equal(f"{keyword!r} in {message!r}", text, "".join(found) + message[done:])
    for keyword in BLANK:
        is_list = support.value_of(cursor, "SELECT aria_engine.focus_is_keyword_list(%s)", [json.dumps([keyword])])
        report.equal(f"{keyword!r} is refused", False, is_list)


def check_stock(cursor: Any, report: support.Report) -> None:
    """Each stock keyword with an apostrophe or a hyphen, as phones and editors write it."""
    support.rows_of(cursor, "SELECT inserted FROM aria_engine.focus_seed()")
    keywords = support.rows_of(
        cursor,
        "SELECT p.focus_id, k.keyword FROM aria_engine.focus_profiles p,"
        " jsonb_array_elements_text(p.expertise_keywords) AS k(keyword) WHERE k.keyword ~ '[''-]'",
    )
    report.true("stock keywords with an apostrophe or a hyphen", len(keywords) >= 18, f"{len(keywords)} of them")
    for focus, keyword in keywords:
        for apostrophe, hyphen in zip("\u2018\u2019\u02bc\uff07", "\u2010\u2011\u2013\u2212"):
            typed = keyword.replace("'", apostrophe).replace("-", hyphen)
            hits = support.rows_of(
                cursor,
                "SELECT keyword, pos, len, matched FROM aria_engine.focus_explain(%s) WHERE focus_id = %s",
                (f"My {typed} now", focus),
            )
            report.equal(f"{typed!r} of {focus}", [(keyword, 4, len(typed), typed)], hits)


def mapped(text: str, form: str, hits: Sequence[Hit], report: support.Report) -> List[Hit]:
    """The hits of a text, at the positions of a form of it."""
    whole = unicodedata.normalize(form, text)
    out = []
    for keyword, pos, length in hits:
        parts = text[: pos - 1], text[pos - 1 : pos - 1 + length], text[pos - 1 + length :]
        forms = [unicodedata.normalize(form, part) for part in parts]
        report.equal(f"a hit of {keyword!r} lies between clusters of {text!r}", whole, "".join(forms))
        out.append((keyword, len(forms[0]) + 1, len(forms[1])))
    return out


def random_text(generator: random.Random, letters: str, longest: int) -> str:
    """Some letters."""
    return "".join(generator.choices(letters, k=generator.randint(1, longest)))


def respelled(generator: random.Random, text: str) -> str:
    """The text in one of its forms."""
    form = generator.choice((None, *FORMS))
    return unicodedata.normalize(form, text) if form else text


def check_forms(cursor: Any, generator: random.Random, characters: support.Characters, report: support.Report) -> int:
    """Random lists and messages in all forms; returns how many hits there were."""
    hits = 0
    known = frozenset(characters.all)
    for _ in range(LISTS):
        letters = "".join(generator.sample(TROUBLE, generator.randint(1, 3)))
        if generator.random() < 0.3:
            letters += "".join(generator.sample(characters.all, 3))
        letters = "".join(char for char in letters if char in known) + "a "
        entries: Dict[str, str] = {}  # by folded text
        for _ in range(generator.randint(1, 6)):
            text = " ".join(random_text(generator, letters, 3).split())[:90]
            if text and support.spelling.keyword_form(text) and all(map(support.is_keyword_character, text)):
                if not any(support.same_letters(text, other) for other in entries):
                    entries[text] = generator.choice(("auto", "word", "prefix", "fragment"))
        keywords = json.dumps([{"keyword": text, "match": match} for text, match in entries.items()])
        messages = []
        for _ in range(MESSAGES_A_LIST):
            parts = [
                respelled(generator, generator.choice((*entries, random_text(generator, letters, 3))))
                for _ in range(generator.choice((1, 2, 4, 8, 8, 1000) if len(messages) == 0 else (1, 2, 4, 8)))
            ]
            messages.append("".join(parts))
        given = hits_of(cursor, [(keywords, message) for message in messages])
        for form in FORMS:
            forms = [unicodedata.normalize(form, message) for message in messages]
            for message, found, others in zip(messages, given, hits_of(cursor, [(keywords, text) for text in forms])):
                hits += len(found)
                expected = mapped(message, form, found, report)
                report.equal(f"{form} of {message!r} with {keywords}", expected, others)
    return hits


def main() -> int:
    """Runs all; returns the exit status."""
    report = support.Report()
    generator = support.make_random("test_spelling")
    characters = support.Characters()
    with support.connect() as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE pairs (n int, keywords jsonb, message text)")
        check_examples(cursor, report)
        check_stock(cursor, report)
        hits = check_forms(cursor, generator, characters, report)
    report.true("enough hits", hits > LISTS * MESSAGES_A_LIST, f"{hits} hits: nothing was asked")
    print(f"{hits} hits in {LISTS * MESSAGES_A_LIST} messages and their forms")
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
