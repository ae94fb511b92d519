"""Make the benchmark's messages and keyword sets: make_sets.py DIRECTORY.

Everything comes from what Debian packages and the tree hold, and is the same on every run: messages
from the fortune collection (prose by many hands) and from test/data/stock_messages.tsv in turn,
keywords from the word list and from the messages.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Dict, Iterable, List, Sequence

TREE = Path(__file__).resolve().parents[1]
FORTUNES = Path("/usr/share/games/fortunes")
WORDS = Path("/usr/share/dict/words")
COLLECTIONS = (
    "computers cookie definitions education food fortunes humorists kids law literature love medicine "
    "men-women miscellaneous people pets platitudes politics science sports wisdom work"
).split()
SIZES = {"medium": (700, 400), "long": (16384, 24)}
SHORT_MESSAGES = 2000
SHORTEST, LONGEST = 50, 109
PER_PROFILE = 12
PROFILES = {"12,000": 1000, "120,000": 10000}
TOKEN = re.compile(r"[a-z]+")


def stock_messages() -> List[str]:
    """The messages of the stock profiles' test."""
    lines = (TREE / "test/data/stock_messages.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t", 1)[1].replace("\t", " ") for line in lines]


def fortunes() -> List[str]:
    """Texts of the fortune collection, each in one line, without who said it."""
    out: List[str] = []
    for name in COLLECTIONS:
        collection = (FORTUNES / name).read_text(encoding="utf-8", errors="ignore")
        for text in re.split(r"(?m)^%$", collection):
            text = re.sub(r"(?s)\n\s*--.*", "", text)
            text = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())
            if text:
                out.append(text)
    return out


def replies() -> List[str]:
    """Replies as models write them, in Markdown: those of the tests, and the sections of our documents."""
    lines = (TREE / "test/data/replies.tsv").read_text(encoding="utf-8").splitlines()
    out = [line.split("\t")[2].replace("\\n", "\n") for line in lines if not line.startswith("#")]
    for path in sorted((TREE / "docs").glob("*.md")):
        sections = re.split(r"(?m)^(?=## )", path.read_text(encoding="utf-8"))
        out += [section[at : at + 2000] for section in sections for at in range(0, len(section), 2000)]
    return out


def in_turn(one: Sequence[str], other: Sequence[str]) -> List[str]:
    """One of each, as long as both last."""
    return [text for pair in zip(one, other) for text in pair]


def short_messages(prose: Sequence[str], asked: Sequence[str], chance: random.Random) -> List[str]:
    """Sentences and questions of about 73 bytes."""
    sentences = [s for text in prose for s in re.split(r"(?<=[.!?]) +", text)]
    longer = [f"{asked[i]} {asked[i + 1]}" for i in range(0, len(asked) - 1, 2)]
    parts = []
    for texts in (sentences, [*asked, *longer]):
        fit = [text for text in texts if SHORTEST <= len(text.encode()) <= LONGEST]
        chance.shuffle(fit)
        parts.append(fit)
    return in_turn(*parts)[:SHORT_MESSAGES]


def joined_messages(texts: Sequence[str], size: int, count: int) -> List[str]:
    """Messages of about so many bytes, from texts one after the other."""
    out: List[str] = []
    words = " ".join(texts).split(" ")
    at = 0
    while len(out) < count:
        message: List[str] = []
        length = -1
        while length < size:
            message.append(words[at % len(words)])
            length += len(message[-1].encode()) + 1
            at += 1
        out.append(" ".join(message))
    return out


def typographic(text: str) -> str:
    """The text with the signs that phones and editors put in."""
    text = re.sub(r'(^|\s)"', "\\1\u201c", text).replace('"', "\u201d")
    return text.replace("'", "\u2019").replace(" - ", " \u2014 ").replace("--", "\u2014").replace("...", "\u2026")


def stock_lists() -> Dict[str, List[str]]:
    """The keyword lists of the stock profiles, by focus_id."""
    text = (TREE / "sql/80-stock.sql").read_text(encoding="ascii")
    rows = re.findall(r"(?s)\n\s+\('([a-z_]+)', '.*?'(\[.*?\])'", text)
    lists = {name: json.loads(array.replace("''", "'")) for name, array in rows}
    assert len(lists) == 8, sorted(lists)
    return dict(sorted(lists.items()))


def phrases_of(texts: Iterable[str]) -> Counter:
    """Phrases of two words that stand in the messages, with how often."""
    found: Counter = Counter()
    for text in texts:
        for part in re.split(r"[^a-z ]+", text.lower()):
            words = part.split()
            found.update(" ".join(words[i : i + 2]) for i in range(len(words) - 1))
    return found


def sparse_keywords(count: int, common: Counter, chance: random.Random) -> List[str]:
    """Words that the messages do not have, and phrases of two such words, half and half."""
    listed = WORDS.read_text(encoding="utf-8").split()
    rare = [w for w in listed if re.fullmatch(r"[A-Za-z]{5,}", w) and w.lower() not in common]
    rare = list({w.lower(): w for w in rare}.values())
    chance.shuffle(rare)
    words = rare[: min(count * 2 // 3, len(rare) * 9 // 10)]
    out = dict.fromkeys(words)
    while len(out) < count:
        out[f"{chance.choice(rare)} {chance.choice(rare)}"] = None
    return list(out)


def dense_keywords(count: int, common: Counter, phrases: Counter) -> List[str]:
    """The commonest words of four letters and more, up to half, then the commonest phrases."""
    words = [word for word, _ in common.most_common() if len(word) > 3][: count // 2]
    return words + [phrase for phrase, _ in phrases.most_common(count - len(words))]


def write_keywords(path: Path, lists: Dict[str, List[str]]) -> None:
    """Lines `list TAB keyword`."""
    lines = [f"{name}\t{text}\n" for name, texts in lists.items() for text in texts]
    path.write_text("".join(lines), encoding="utf-8")


def write_profiles(path: Path, keywords: List[str], profiles: int, chance: random.Random) -> None:
    """Deals the keywords out to the profiles."""
    if len(keywords) != profiles * PER_PROFILE:
        sys.exit(f"error: {len(keywords)} keywords for {path.name}")
    chance.shuffle(keywords)
    lists = {f"p{i:05}": keywords[i::profiles] for i in range(profiles)}
    write_keywords(path, lists)


def main() -> None:
    """Write all sets."""
    directory = Path(sys.argv[1])
    chance = random.Random(73)
    asked, prose = stock_messages(), fortunes()
    chance.shuffle(asked)
    chance.shuffle(prose)
    sets = {"short": short_messages(prose, asked, chance)}
    texts = in_turn(prose, asked)
    for name, (size, count) in SIZES.items():
        sets[name] = joined_messages(texts, size, count)
    sets["typographic"] = [typographic(text) for text in sets["medium"]]
    for name, messages in sets.items():
        (directory / f"messages.{name}").write_text("".join(m + "\n" for m in messages), encoding="utf-8")
        mean = sum(len(m.encode()) for m in messages) / len(messages)
        print(f"messages.{name}: {len(messages)} of {mean:.0f} bytes", file=sys.stderr)
    (directory / "replies").write_text("\n%\n".join(replies()), encoding="utf-8")
    everything = [*prose, *asked]
    common = Counter(word for text in everything for word in TOKEN.findall(text.lower()))
    phrases = phrases_of(everything)
    write_keywords(directory / "keywords.stock", stock_lists())
    small = {focus: texts[:12] for focus, texts in stock_lists().items()}
    write_keywords(directory / "keywords.small 96", small)
    for size, profiles in PROFILES.items():
        count = profiles * PER_PROFILE
        sparse = sparse_keywords(count, common, chance)
        write_profiles(directory / f"keywords.sparse {size}", sparse, profiles, chance)
        dense = dense_keywords(count, common, phrases)
        write_profiles(directory / f"keywords.dense {size}", dense, profiles, chance)


main()
