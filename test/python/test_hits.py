#!/usr/bin/env python3
"""Compare the hits of a list, and what routing makes of them, with a naive reference.

The reference is written from the rules and not from the C++ code: at each letter (support/spelling.py says what that
is) it tries every entry in list order with a regular expression of its own, looks at the letters around, and takes
the first that holds; then it goes on behind it.
"""

from __future__ import annotations

import json
import random
import re
import sys
from fractions import Fraction
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple

import spelling
import support

PAIRS = 200_000
LISTS_A_ROUND = 100
MESSAGES_A_LIST = 50
ROUTED_PAIRS = 80_000
PROFILES_A_ROUND = 20
MESSAGES_A_ROUND = 100

MATCHES = ("auto", "word", "prefix", "fragment")
# How a weight may be written, and its thousandths.
WEIGHTS = {
    "1": 1000, "2": 2000, "0.5": 500, "-1": -1000, "-0.5": -500, "10": 10000, "-10": -10000, "0.001": 1,
    "-0.001": -1, "1.500": 1500, "2.125": 2125, "1e1": 10000, "25e-1": 2500, "-3E0": -3000, "0.1": 100,
    "0.2": 200, "0.3": 300, "9.999": 9999, "1.0": 1000,
}  # fmt: skip


class Entry(NamedTuple):
    """One entry of a list."""

    text: str
    match: str
    thousandths: int
    json: str  # as the list has it


class Hit(NamedTuple):
    """One row of focus_keyword_hits, without what it repeats."""

    keyword: str
    pos: int
    length: int
    matched: str
    weight: float


class Candidate:
    """An entry, made ready to be tried at a letter."""

    def __init__(self, entry: Entry) -> None:
        """Reads the rules of its match."""
        text = spelling.keyword_form(entry.text)
        self.entry = entry
        self.pattern = re.compile("".join(self._piece(text, i) for i in range(len(text))), re.IGNORECASE)
        base = text.rstrip("".join(char for char in text[1:] if spelling.is_mark(char) and char != "\u0345")) or text
        runs_on = len(text) > 3 or spelling.in_ranges(base[-1], spelling.HANGUL)
        at_start = entry.match != "fragment"
        at_end = entry.match == "word" or (entry.match == "auto" and not runs_on)
        self.at_start = at_start and spelling.is_word_character(text[0])
        self.at_end = at_end and spelling.is_word_character(text[-1])

    @staticmethod
    def _piece(text: str, i: int) -> str:
        """What one character of the keyword takes of a message."""
        if text[i] == "-":
            return f"[-{spelling.DASH}]"
        if text[i] != " ":
            return re.escape(text[i])
        is_between = spelling.is_word_character(text[i - 1]) and spelling.is_word_character(text[i + 1])
        return f"(?:[{spelling.SPACES}]+{'|-' if is_between else ''})"

    def end_at(self, message: spelling.Message, start: int) -> Optional[int]:
        """Behind which letter an occurrence that starts at this one ends."""
        found = self.pattern.match(message.chars, start)
        if found is None or not message.is_edge(start) or not message.is_edge(found.end()):
            return None
        if self.at_start and not message.is_boundary(start):
            return None
        if self.at_end and not message.is_boundary(found.end()):
            return None
        return found.end()


def find_hits(text: str, candidates: Sequence[Candidate]) -> List[Hit]:
    """Leftmost first, at one position the entry listed first, no overlap."""
    hits: List[Hit] = []
    message = spelling.Message(text)
    at = 0
    while at < len(message.letters):
        for candidate in candidates:
            end = candidate.end_at(message, at)
            if end is not None:
                entry = candidate.entry
                weight = float(Fraction(entry.thousandths, 1000))
                first, last = message.place(at, end)
                hits.append(Hit(entry.text, first + 1, last - first, text[first:last], weight))
                at = end
                break
        else:
            at += 1
    return hits


def make_entry(generator: random.Random, text: str) -> Entry:
    """A keyword as a string or as an object."""
    if generator.random() < 0.3:
        return Entry(text, "auto", 1000, json.dumps(text))
    members = {"keyword": json.dumps(text)}
    match, thousandths = "auto", 1000
    if generator.random() < 0.8:
        match = generator.choice(MATCHES)
        members["match"] = json.dumps(match)
    if generator.random() < 0.6:
        members["weight"] = generator.choice(sorted(WEIGHTS))
        thousandths = WEIGHTS[members["weight"]]
    pairs = [f'"{key}": {value}' for key, value in members.items()]
    generator.shuffle(pairs)
    return Entry(text, match, thousandths, "{" + ", ".join(pairs) + "}")


def make_list(generator: random.Random, maker: support.TextMaker, longest: int) -> List[Entry]:
    """A valid list: no two texts equal when case does not count."""
    texts: List[str] = []
    for text in maker.keyword_list(longest):
        if not any(support.same_letters(text, other) for other in texts):
            texts.append(text)
    return [make_entry(generator, text) for text in texts]


def to_json(entries: Sequence[Entry]) -> str:
    """A list as JSON text."""
    return "[" + ", ".join(entry.json for entry in entries) + "]"


def server_hits(cursor: Any) -> Dict[Tuple[int, int], List[Tuple]]:
    """The server's hits of each list in each of its messages, as (hit, does substr agree)."""
    cursor.execute(
        "SELECT m.list, m.n, h.keyword, h.pos, h.len, h.matched, h.weight,"
        " substr(m.message, h.pos, h.len) = h.matched"
        " FROM messages m JOIN lists l USING (list),"
        " aria_engine.focus_keyword_hits(m.message, l.keywords) WITH ORDINALITY AS h"
        " ORDER BY m.list, m.n, h.ordinality"
    )
    hits: Dict[Tuple[int, int], List[Tuple]] = {}
    for number, n, *hit, agrees in cursor:
        hits.setdefault((number, n), []).append((Hit(*hit), agrees))
    return hits


def check_list_round(
    cursor: Any, generator: random.Random, characters: support.Characters, report: support.Report
) -> Tuple[int, int]:
    """Random lists and messages; returns how many pairs, and how many hits."""
    lists, messages = [], []
    for _ in range(LISTS_A_ROUND):
        maker = support.TextMaker(generator, characters)
        for _ in range(4):
            maker.keyword()
        lists.append(make_list(generator, maker, generator.choice((1, 3, 6, 12))))
        messages.append([maker.message() for _ in range(MESSAGES_A_LIST)])
    cursor.execute("TRUNCATE lists, messages")
    support.copy_rows(cursor, "lists", ((i, to_json(entries)) for i, entries in enumerate(lists)))
    support.copy_rows(
        cursor,
        "messages",
        ((i, n, text) for i, texts in enumerate(messages) for n, text in enumerate(texts)),
    )
    found = server_hits(cursor)
    hits = 0
    for i, entries in enumerate(lists):
        candidates = [Candidate(entry) for entry in entries]
        for n, message in enumerate(messages[i]):
            expected = find_hits(message, candidates)
            hits += len(expected)
            report.equal(
                f"hits of {to_json(entries)} in {message!r}",
                [(hit, True) for hit in expected],
                found.get((i, n), []),
            )
    return LISTS_A_ROUND * MESSAGES_A_LIST, hits


class Profile(NamedTuple):
    """A profile as routing sees it."""

    focus_id: str
    level: int
    enabled: bool
    entries: List[Entry]
    candidates: List[Candidate]


def score_of(evidence: Fraction) -> float:
    """The piecewise linear curve."""
    points = [(0, "0.1"), (1, "0.6"), (2, "0.8"), (3, "1.0")]
    if evidence <= 0:
        return 0.1
    for (left, low), (right, high) in zip(points, points[1:]):
        if evidence <= right:
            rise = Fraction(high) - Fraction(low)
            return float(Fraction(low) + rise * (evidence - left) / (right - left))
    return 1.0


def rank_rows(profiles: Sequence[Profile], explained: Dict[str, List[Hit]]) -> List[Tuple]:
    """The rows of focus_rank, from the hits of each profile."""
    rated = []
    for profile in profiles:
        hits = explained.get(profile.focus_id, [])
        if not hits:
            continue
        weights = {hit.keyword: Fraction(str(hit.weight)) for hit in hits}
        evidence = sum(weights.values(), Fraction(0))
        keywords = [entry.text for entry in profile.entries if entry.text in weights]
        rated.append((-evidence, -len(hits), profile.level, profile.focus_id, keywords))
    rated.sort(key=lambda row: row[:3] + (row[3].encode(),))
    rows = []
    for i, (evidence, hits, _, focus_id, keywords) in enumerate(rated):
        following = -rated[i + 1][0] if i + 1 < len(rated) else Fraction(0)
        margin = float(-evidence - following)
        rows.append((i + 1, focus_id, score_of(-evidence), float(-evidence), -hits, keywords, margin))
    return rows


def route(
    profiles: Sequence[Profile], rows: Sequence[Tuple], fallback: Optional[str], threshold: Optional[float]
) -> Optional[str]:
    """The answer of focus_route, from the rows of focus_rank."""
    if rows and rows[0][3] > 0 and rows[0][3] >= (1 if threshold is None else threshold):
        return rows[0][1]
    if fallback is None:
        return None
    enabled = sorted(profile.focus_id for profile in profiles if profile.enabled)
    if fallback in enabled:
        return fallback
    cores = sorted(p.focus_id for p in profiles if p.enabled and p.level == 1)
    return cores[0] if cores else None


def highlight(message: str, hits: Sequence[Hit], before: str, after: str) -> str:
    """The answer of focus_highlight, from the rows of focus_explain."""
    parts, done = [], 0
    for hit in hits:
        parts += [message[done : hit.pos - 1], before, hit.matched, after]
        done = hit.pos - 1 + hit.length
    return "".join(parts) + message[done:]


def make_profiles(
    generator: random.Random, makers: Sequence[support.TextMaker]
) -> List[Profile]:
    """Random profiles; ids that sort otherwise in C than in a language."""
    stems = ["a", "a-b", "a_b", "ab", "b", "b-", "b0", "b_", "0", "z"]
    numbers = generator.sample(range(100), PROFILES_A_ROUND)
    ids = [generator.choice(stems) + str(number) for number in numbers]
    profiles = []
    for focus_id in ids:
        entries = make_list(generator, generator.choice(makers), generator.choice((0, 2, 5, 9)))
        candidates = [Candidate(entry) for entry in entries]
        level = generator.choice((1, 2, 2, 3))
        profiles.append(Profile(focus_id, level, generator.random() < 0.85, entries, candidates))
    return profiles


def store(cursor: Any, profiles: Sequence[Profile]) -> None:
    """Makes the table hold these profiles and nothing else."""
    cursor.execute("TRUNCATE aria_engine.focus_profiles")
    support.copy_rows(
        cursor,
        "aria_engine.focus_profiles"
        " (focus_id, display_name, delegation_level, enabled, expertise_keywords)",
        ((p.focus_id, p.focus_id, p.level, p.enabled, to_json(p.entries)) for p in profiles),
    )


def explained_by_focus(
    cursor: Any, count: int, report: support.Report, messages: Sequence[str]
) -> List[Dict[str, List[Hit]]]:
    """The rows of focus_explain by message and focus; their order is checked."""
    rows = support.rows_of(
        cursor,
        "SELECT m.n, e.focus_id, e.keyword, e.pos, e.len, e.matched, e.weight,"
        " substr(m.message, e.pos, e.len) = e.matched"
        " FROM routed m, aria_engine.focus_explain(m.message) WITH ORDINALITY AS e"
        " ORDER BY m.n, e.ordinality",
    )
    explained: List[Dict[str, List[Hit]]] = [{} for _ in range(count)]
    order: List[List[Tuple]] = [[] for _ in range(count)]
    for n, focus_id, *hit, agrees in rows:
        explained[n].setdefault(focus_id, []).append(Hit(*hit))
        order[n].append((hit[1], focus_id.encode()))
        report.true(f"substr in {messages[n]!r}", agrees, f"{focus_id} {hit}")
    for n, places in enumerate(order):
        report.equal(f"order of focus_explain in {messages[n]!r}", sorted(places), places)
    return explained


def check_rank(
    cursor: Any, profiles: Sequence[Profile], explained: Sequence[Dict[str, List[Hit]]],
    tops: Sequence[Optional[int]], report: support.Report,
) -> List[List[Tuple]]:  # fmt: skip
    """focus_rank agrees with focus_explain; returns the right rows of each message."""
    found: Dict[int, List[Tuple]] = {}
    for n, *row in support.rows_of(
        cursor,
        "SELECT m.n, r.* FROM routed m, aria_engine.focus_rank(m.message, m.top) WITH ORDINALITY AS r"
        " ORDER BY m.n, ordinality",
    ):
        found.setdefault(n, []).append(tuple(row[:-1]))
    enabled = [profile for profile in profiles if profile.enabled]
    rows = [rank_rows(enabled, hits) for hits in explained]
    for n, expected in enumerate(rows):
        report.equal(f"rank of message {n}", expected[: tops[n]], found.get(n, []))
    return rows


def check_profile_round(
    cursor: Any, generator: random.Random, characters: support.Characters, report: support.Report
) -> int:
    """Random profiles and messages; returns how many pairs."""
    makers = [support.TextMaker(generator, characters) for _ in range(3)]
    profiles = make_profiles(generator, makers)
    store(cursor, profiles)
    messages = [
        " ".join(generator.choice(makers).message() for _ in range(generator.choice((1, 1, 2))))
        for _ in range(MESSAGES_A_ROUND)
    ]
    tops = [generator.choice((None, None, 1, 2, 3, 100)) for _ in messages]
    ids = [profile.focus_id for profile in profiles]
    marks = [generator.choice((("<b>", "</b>"), ("", ""), ("[", ""), ("\u00ab", "\u00bb"))) for _ in messages]
    focuses = [generator.choice((*ids, *ids, "nobody", None)) for _ in messages]
    fallbacks = [generator.choice((*ids, "orchestrator", None, None)) for _ in messages]
    thresholds = [generator.choice((None, 0, 0.5, 1, 2.125, -1, 0.001, 1e300)) for _ in messages]
    cursor.execute("TRUNCATE routed")
    support.copy_rows(
        cursor,
        "routed",
        (
            (n, message, tops[n], focuses[n], *marks[n], fallbacks[n], thresholds[n])
            for n, message in enumerate(messages)
        ),
    )
    explained = explained_by_focus(cursor, len(messages), report, messages)
    for n, message in enumerate(messages):
        for profile in profiles:
            expected = find_hits(message, profile.candidates) if profile.enabled else []
            found = explained[n].get(profile.focus_id, [])
            report.equal(f"explain of {to_json(profile.entries)} in {message!r}", expected, found)
    rows = check_rank(cursor, profiles, explained, tops, report)
    answers = support.rows_of(
        cursor,
        "SELECT aria_engine.focus_route(message, fallback, threshold),"
        " aria_engine.focus_route(message),"
        " aria_engine.focus_highlight(message, focus_id, before, after)"
        " FROM routed ORDER BY n",
    )
    for n, (message, found) in enumerate(zip(messages, answers)):
        expected = (
            route(profiles, rows[n], fallbacks[n], thresholds[n]),
            route(profiles, rows[n], "orchestrator", 1),
            highlight(message, explained[n].get(focuses[n] or "", []), *marks[n]),
        )
        report.equal(f"route and highlight of {message!r}", expected, found)
    return len(messages) * len(profiles)


def main() -> int:
    """Runs all; returns the exit status."""
    report = support.Report()
    generator = support.make_random("test_hits")
    characters = support.Characters()
    with support.connect() as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE lists (list int, keywords jsonb)")
        cursor.execute("CREATE TEMP TABLE messages (list int, n int, message text)")
        cursor.execute(
            "CREATE TEMP TABLE routed (n int, message text, top int, focus_id text,"
            " before text, after text, fallback text, threshold float8)"
        )
        pairs = hits = routed = 0
        while pairs < PAIRS:
            more_pairs, more_hits = check_list_round(cursor, generator, characters, report)
            pairs += more_pairs
            hits += more_hits
        while routed < ROUTED_PAIRS:
            routed += check_profile_round(cursor, generator, characters, report)
        cursor.execute("TRUNCATE aria_engine.focus_profiles")
    report.true("enough hits", hits > pairs / 2, f"{hits} hits in {pairs} pairs: nothing was asked")
    print(f"{pairs} pairs of list and message with {hits} hits, {routed} of profile and message")
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
