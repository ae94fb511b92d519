#!/usr/bin/env python3
"""Compare focus_specialty_score with the Aria engine's own function, bit for bit.

    n = len(re.compile('(' + '|'.join(map(re.escape, texts)) + ')', re.IGNORECASE).findall(message))

0 is 0.1, 1 is 0.6, 2 is 0.8, 3 and more are 1.0; an empty list is 0.3. First every character that
has case is asked, then random pairs of a list and a message.
"""

from __future__ import annotations

import json
import random
import re
import sys
from typing import Any, Dict, List, Pattern, Sequence, Tuple

import support

PAIRS = 240_000
LISTS_A_ROUND = 60
MESSAGES_A_ROUND = 160
SCORES = (0.1, 0.6, 0.8, 1.0)
EMPTY = 0.3


def engine_pattern(texts: Sequence[str]) -> Pattern[str]:
    """The engine's expression.

    Python turns alternatives of one character each into a set, and there forgets the case of
    upper-case characters beyond U+FFFF: (a|X) with X = U+10400 does not even match X. That is no
    rule anyone relies on, so for such lists an alternative that never matches keeps the set away.
    """
    alternatives = list(map(re.escape, texts))
    if all(len(text) == 1 for text in texts) and any(text > "\uffff" for text in texts):
        alternatives.append("(?!)")
    return re.compile("(" + "|".join(alternatives) + ")", re.IGNORECASE)


def engine_score(texts: Sequence[str], messages: Sequence[str]) -> List[float]:
    """What the engine answers for each message."""
    if not texts:
        return [EMPTY] * len(messages)
    pattern = engine_pattern(texts)
    return [SCORES[min(len(pattern.findall(message)), 3)] for message in messages]


def has_twins(texts: Sequence[str]) -> bool:
    """Are two keywords equal when case does not count?"""
    return any(
        support.same_letters(text, other) for i, text in enumerate(texts) for other in texts[:i]
    )


def store_profiles(cursor: Any, lists: Dict[str, List[str]]) -> None:
    """Makes the table hold these lists and nothing else."""
    cursor.execute("TRUNCATE aria_engine.focus_profiles")
    support.copy_rows(
        cursor,
        "aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)",
        ((name, name, json.dumps(texts)) for name, texts in lists.items()),
    )


def ask(cursor: Any, pairs: Sequence[Tuple[str, str]]) -> List[float]:
    """The server's scores of (message, focus_id)."""
    cursor.execute("CREATE TEMP TABLE IF NOT EXISTS pairs (n int, message text, focus_id text)")
    cursor.execute("TRUNCATE pairs")
    support.copy_rows(cursor, "pairs", ((n, *pair) for n, pair in enumerate(pairs)))
    rows = support.rows_of(
        cursor,
        "SELECT aria_engine.focus_specialty_score(message, focus_id) FROM pairs ORDER BY n",
    )
    return [score for (score,) in rows]


def cased_characters(characters: support.Characters) -> str:
    """The characters that Python changes in some way when it changes case."""
    return "".join(
        char
        for char in characters.all
        if not char.lower() == char.upper() == char.title() == char.casefold() == char
    )


def check_cased_characters(cursor: Any, characters: support.Characters, report: support.Report) -> None:
    """Each character with case as a keyword: alone it is found in its class and nowhere else."""
    cased = cased_characters(characters)
    store_profiles(cursor, {f"u{ord(char):x}": [char] for char in cased})
    pairs, expected = [], []
    for char in cased:
        found = re.compile(re.escape(char), re.IGNORECASE).findall(cased)
        others = cased.translate({ord(member): None for member in found})
        for message in [cased, others, *found]:
            pairs.append((message, f"u{ord(char):x}"))
            expected.append(engine_score([char], [message])[0])
    for (message, focus), right, score in zip(pairs, expected, ask(cursor, pairs)):
        report.equal(f"keyword {focus}, message {message[:20]!r}", right, score)
    print(f"{len(cased)} characters with case, {len(pairs)} messages")


def check_round(
    cursor: Any, generator: random.Random, characters: support.Characters, report: support.Report
) -> List[float]:
    """Random lists and messages; returns the right scores, one a pair."""
    lists: Dict[str, List[str]] = {}
    makers = [support.TextMaker(generator, characters) for _ in range(6)]
    owners = {}
    for i in range(LISTS_A_ROUND):
        maker = makers[i % len(makers)]
        lists[f"list-{i}"] = maker.keyword_list(generator.choice((1, 3, 6, 12)))
        owners[f"list-{i}"] = maker
    valid = support.rows_of(
        cursor,
        "SELECT aria_engine.focus_is_keyword_list(l::jsonb) FROM unnest(%s) AS l",
        ([json.dumps(texts) for texts in lists.values()],),
    )
    for (name, texts), (is_valid,) in zip(list(lists.items()), valid):
        report.equal(f"is {texts!r} valid", not has_twins(texts), is_valid)
        if not is_valid:
            del lists[name]
    store_profiles(cursor, lists)
    pairs, expected, texts_of = [], [], []
    for name, texts in lists.items():
        messages = [owners[name].message() for _ in range(MESSAGES_A_ROUND)]
        pairs += [(message, name) for message in messages]
        expected += engine_score(texts, messages)
        texts_of += [texts] * len(messages)
    for (message, _), texts, right, score in zip(pairs, texts_of, expected, ask(cursor, pairs)):
        report.equal(f"keywords {texts!r}, message {message!r}", right, score)
    return expected


def check_fixed_cases(cursor: Any, report: support.Report) -> None:
    """The cases that stand in the contract, and what is no list at all."""
    store_profiles(
        cursor, {"ops": ["deploy", "docker"], "tests": ["test"], "empty": [], "off": ["deploy"]}
    )
    cursor.execute("UPDATE aria_engine.focus_profiles SET enabled = false WHERE focus_id = 'off'")
    cases = [
        ("deploy new docker container", "ops", 0.8),
        ("test test test", "tests", 1.0),
        ("test test test test test", "tests", 1.0),
        ("", "tests", 0.1),
        ("deploy", "empty", 0.3),
        ("deploy", "off", 0.3),
        ("deploy", "nobody", 0.3),
        ("deploy", None, 0.3),
        (None, "ops", None),
        (None, None, None),
    ]
    pairs = [(message, focus) for message, focus, _ in cases]
    for (message, focus, right), score in zip(cases, ask(cursor, pairs)):
        report.equal(f"focus {focus}, message {message!r}", right, score)


def main() -> int:
    """Runs all; returns the exit status."""
    report = support.Report()
    generator = support.make_random("test_specialty")
    characters = support.Characters()
    with support.connect() as connection, connection.cursor() as cursor:
        check_fixed_cases(cursor, report)
        check_cased_characters(cursor, characters, report)
        scores: List[float] = []
        while len(scores) < PAIRS:
            scores += check_round(cursor, generator, characters, report)
        cursor.execute("TRUNCATE aria_engine.focus_profiles")
    for score in (EMPTY, *SCORES):
        share = scores.count(score) / len(scores)
        report.true(f"pairs of score {score}", share > 0.02, f"only {share:.1%}: nothing was asked")
    print(f"{len(scores)} random pairs")
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
