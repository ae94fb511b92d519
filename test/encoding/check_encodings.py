"""Databases in several server encodings against one in UTF8, and SQL_ASCII against a reference.

  - Text that exists in an encoding has the same hits, ranks, routes, marks and scores there.
  - No hit begins inside a character: two characters whose inner bytes look like a third are tried.
  - Characters that UTF-8 does not know, and those that are two there, count as one and never raise.
  - Errors quote the same values in the same words.
  - Documents, etags and history are the same.
  - SQL_ASCII: a byte is a character, bytes from 0x80 are letters without case, and whatever stands at
    the end of a text is answered byte for byte.
"""

from __future__ import annotations

import itertools
import json
import random
import sys
from io import BytesIO
from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, List, Sequence, Tuple

import check_exchange
import psycopg2
import spelling
import support

# The lists that are made at random there serve here, too.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
import test_hits  # noqa: E402

PROFILES = 60
MESSAGES = 400
TRIPLES = 1500

# Server encoding, Python's codec for it.
ENCODINGS = {
    "LATIN1": "latin-1",
    "WIN1251": "cp1251",
    "EUC_JP": "euc_jp",
    "EUC_KR": "euc_kr",
    "EUC_JIS_2004": "euc_jis_2004",
}

# Nothing converts these to UTF-8: their clients get the bytes.
RAW = ("SQL_ASCII", "MULE_INTERNAL")

# Characters that deserve to be met often, by encoding.
FAVOURITES = {
    "LATIN1": (
        "aAbB",
        "\u00e9\u00c9\u00df\u00b5\u00ff\u00e5\u00c5",
        "\u00d7\u00f7\u00ab\u00bb\u00aa\u00b2\u00c3\u00a9",
        "-_.+ ",
    ),
    "WIN1251": (
        "aA",
        "\u0434\u0414\u0432\u043e\u0457\u0407\u0451",
        "\u00b5\u2116\u00ab\u00bb",
        "-_.+ ",
    ),
    "EUC_JP": (
        "aA",
        "\u3042\u30a2\u30fc\uff71\uff70\uff9e",
        "\u65e5\u672c\u8a9e\u3005",
        "\u03c3\u03a3\u0434\u0414\uff41\uff21",
        "\u3000\u3001 -",
    ),
    "EUC_KR": (
        "aA",
        "\ud55c\uae00\uac00\u3131",
        "\u6f22\u5b57",
        "\u03c3\u03a3\uff41\uff21",
        "\u3000\u3001 -",
    ),
    "EUC_JIS_2004": ("aA", "\u3042\u30a2\u30fc\uff71", "\u65e5\u672c\u8a9e", "\u3000\u3001 -"),
}

# Valid bytes that stand for no character in UTF-8, or for a sequence of two.
UNMAPPED = {
    "EUC_JP": [b"\xa9\xa1", b"\xaa\xfe", b"\x8f\xa1\xa1"],
    "EUC_KR": [b"\xc9\xa1", b"\xfe\xfe"],
    "WIN1251": [b"\x98"],
    "EUC_JIS_2004": [b"\xa4\xf7", b"\xa5\xfb"],
}

# A team whose ids and models are what the row has; no two of them tie.
AGENTS = (
    "LATERAL (SELECT jsonb_build_array("
    "jsonb_build_object('agent_id', m.message, 'focus_type', 'p' || m.n % 70, 'model', m.mark,"
    " 'fallback_model', m.message, 'parent_agent_id', m.mark || '1'),"
    " jsonb_build_object('agent_id', m.mark || '1', 'model', m.message || m.mark, 'pheromone_score', 0.123)))"
)

# The queries whose answers must not depend on the encoding, with a name for each.
ANSWERS = {
    "hits": "SELECT l.n, m.n, h.keyword, h.pos, h.len, h.matched, h.weight,"
    " substr(m.message, h.pos, h.len) = h.matched"
    " FROM lists l JOIN messages m ON m.n % 5 = l.n % 5,"
    " aria_engine.focus_keyword_hits(m.message, l.keywords) WITH ORDINALITY AS h"
    " ORDER BY l.n, m.n, h.ordinality",
    "explain": "SELECT m.n, e.* FROM messages m,"
    " aria_engine.focus_explain(m.message) WITH ORDINALITY AS e ORDER BY m.n, ordinality",
    "rank": "SELECT m.n, r.* FROM messages m,"
    " aria_engine.focus_rank(m.message) WITH ORDINALITY AS r ORDER BY m.n, ordinality",
    "route": "SELECT n, aria_engine.focus_route(message) FROM messages ORDER BY n",
    "highlight": "SELECT m.n, l.n, aria_engine.focus_highlight(m.message, 'p' || l.n, m.mark, m.mark)"
    " FROM messages m JOIN lists l ON m.n % 10 = l.n % 10 ORDER BY m.n, l.n",
    "specialty": "SELECT m.n, l.n, aria_engine.focus_specialty_score(m.message, 'p' || l.n)"
    " FROM messages m JOIN lists l ON m.n % 5 = l.n % 5 ORDER BY m.n, l.n",
    "prompt": "SELECT n, aria_engine.focus_compose_prompt(message || mark, mark || message),"
    " aria_engine.focus_compose_prompt(message, mark) FROM messages ORDER BY n",
    "settings": "SELECT m.n, s.* FROM messages m, aria_engine.focus_effective_settings('p' || m.n % 70,"
    " jsonb_build_object('system_prompt', m.message, 'model', m.mark, 'skills', jsonb_build_array(m.message, m.mark)),"
    " jsonb_build_object('skills', jsonb_build_array(m.mark || m.mark))) AS s ORDER BY m.n",
    "scores": f"SELECT m.n, a.* FROM messages m, {AGENTS} AS t (agents),"
    " aria_engine.focus_agent_scores(m.message, agents) WITH ORDINALITY AS a ORDER BY m.n, ordinality",
    "selection": f"SELECT m.n, a.* FROM messages m, {AGENTS} AS t (agents),"
    " aria_engine.focus_select_agents(m.message, agents) AS a ORDER BY m.n, place",
    "chain": f"SELECT m.n, c.* FROM messages m, {AGENTS} AS t (agents),"
    " aria_engine.focus_fallback_chain(m.message, agents) AS c ORDER BY m.n, step",
    "escalation": "SELECT m.n, e.* FROM messages m,"
    " aria_engine.focus_escalation(repeat(m.message || ' ', 9)) AS e ORDER BY m.n",
    "nearest": "SELECT m.n, aria_engine.focus_nearest(left(m.message, 9), ARRAY[left(n.message, 8), m.mark])"
    " FROM messages m JOIN messages n ON n.n = m.n / 2 ORDER BY m.n",
}

ERROR_OF = """
CREATE FUNCTION pg_temp.error_of(
    statement text, OUT code text, OUT message text, OUT detail text, OUT hint text)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE statement;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, message = MESSAGE_TEXT,
        detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
END $$"""  # fmt: skip


class Server:
    """The databases of this suite."""

    def __init__(self) -> None:
        """Opens the session that makes databases."""
        self.maintenance = support.connect()
        self.cursor = self.maintenance.cursor()
        self.sessions: Dict[str, Any] = {}

    def make(self, encoding: str) -> Any:
        """A cursor in a new database of an encoding, with the extension."""
        name = f"encoding_{encoding.lower()}"
        self.cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        self.cursor.execute(
            f"CREATE DATABASE {name} ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
        )
        client = "SQL_ASCII" if encoding in RAW else "UTF8"
        session = support.connect(f"{name} client_encoding={client}")
        self.sessions[name] = session
        cursor = session.cursor()
        cursor.execute("CREATE EXTENSION aria_focus")
        cursor.execute(ERROR_OF)
        return cursor

    def close(self) -> None:
        """Drops the databases."""
        for name, session in self.sessions.items():
            session.close()
            self.cursor.execute(f"DROP DATABASE {name}")
        self.maintenance.close()


def encodable(utf8: Any, encoding: str) -> str:
    """The characters that the server can bring into an encoding and back."""
    codec = ENCODINGS[encoding]
    candidates = []
    for code in itertools.chain(range(1, 0xD800), range(0xE000, 0x10000)):
        try:
            chr(code).encode(codec)
            candidates.append(chr(code))
        except UnicodeEncodeError:
            pass
    utf8.execute(
        "CREATE OR REPLACE FUNCTION pg_temp.survives(c text, encoding name) RETURNS boolean"
        " LANGUAGE plpgsql AS $$ BEGIN"
        " RETURN convert_from(convert_to(c, encoding), encoding) = c;"
        " EXCEPTION WHEN OTHERS THEN RETURN false; END $$"
    )
    rows = support.rows_of(
        utf8,
        "SELECT c FROM unnest(%s) AS c WHERE pg_temp.survives(c, %s)",
        (candidates, encoding),
    )
    return "".join(c for (c,) in rows)


class Alphabet:
    """The characters of an encoding, in the shape that TextMaker asks for."""

    def __init__(self, encoding: str, everything: str) -> None:
        """Keeps what exists."""
        self.all = everything
        self.known = frozenset(everything)
        kinds = [[c for c in letters if c in self.known] for letters in FAVOURITES[encoding]]
        self.kinds = [letters for letters in kinds if letters]

    def cut(self, text: str) -> str:
        """The text without what does not exist."""
        return "".join(c for c in text if c in self.known)


def random_lists(
    generator: random.Random, alphabet: Alphabet
) -> Tuple[List[str], List[str]]:
    """Keyword lists as JSON, and messages, that exist in the encoding."""
    lists: List[str] = []
    makers = []
    while len(lists) < PROFILES:
        maker = support.TextMaker(generator, alphabet)
        entries = test_hits.make_list(generator, maker, 8)
        text = "[" + ", ".join(entry.json for entry in entries) + "]"
        # json.dumps writes escapes, which only UTF8 databases take for what is not ASCII.
        text = json.dumps(json.loads(text), ensure_ascii=False)
        if frozenset(text) <= alphabet.known:
            lists.append(text)
            makers.append(maker)
    messages = []
    for _ in range(MESSAGES):
        parts = [generator.choice(makers).message() for _ in range(generator.randint(1, 4))]
        messages.append(alphabet.cut("".join(parts)))
    return lists, messages


def load(cursor: Any, lists: Sequence[str], messages: Sequence[str], mark: str) -> None:
    """Fills the tables that the queries read."""
    cursor.execute("CREATE TEMP TABLE IF NOT EXISTS lists (n int, keywords jsonb)")
    cursor.execute("CREATE TEMP TABLE IF NOT EXISTS messages (n int, message text, mark text)")
    cursor.execute("TRUNCATE lists, messages, aria_engine.focus_profiles")
    support.copy_rows(cursor, "lists", enumerate(lists))
    support.copy_rows(cursor, "messages", ((n, text, mark) for n, text in enumerate(messages)))
    cursor.execute(
        "INSERT INTO aria_engine.focus_profiles"
        " (focus_id, display_name, delegation_level, expertise_keywords, system_prompt_addon, auto_skills)"
        " SELECT 'p' || n, 'P' || n, 1 + n %% 3, keywords, CASE WHEN n %% 2 = 0 THEN %(mark)s || n END,"
        " jsonb_build_array(%(mark)s::text) FROM lists",
        {"mark": mark},
    )


def check_same_answers(
    cursor: Any, utf8: Any, encoding: str, alphabet: Alphabet,
    generator: random.Random, report: support.Report,
) -> None:  # fmt: skip
    """Every query answers here as it does in UTF8."""
    lists, messages = random_lists(generator, alphabet)
    mark = alphabet.kinds[1][0]
    load(utf8, lists, messages, mark)
    load(cursor, lists, messages, mark)
    for name, query in ANSWERS.items():
        expected, found = support.rows_of(utf8, query), support.rows_of(cursor, query)
        report.true(f"{encoding}: {name}", bool(expected), "no answer to compare")
        report.equal(f"{encoding}: number of rows of {name}", len(expected), len(found))
        for right, row in zip(expected, found):
            report.equal(f"{encoding}: {name}", right, row)


def straddling(
    generator: random.Random, codec: str, alphabet: Alphabet
) -> Iterator[Tuple[str, str, str]]:
    """Characters x, y and z where the last byte of x and the first of y are z."""
    by_bytes: Dict[bytes, str] = {}
    for char in alphabet.all:
        try:
            by_bytes[char.encode(codec)] = char
        except UnicodeEncodeError:
            continue
    pairs = [(code, char) for code, char in by_bytes.items() if len(code) == 2 and code[0] != 0x8E]
    for _ in range(TRIPLES):
        (left, x), (right, y) = generator.choice(pairs), generator.choice(pairs)
        z = by_bytes.get(left[1:] + right[:1])
        if z is not None and z not in (x, y):
            yield x, y, z


def check_inner_bytes(
    cursor: Any, encoding: str, alphabet: Alphabet, generator: random.Random, report: support.Report
) -> None:
    """What looks like a character across two others is none."""
    found = straddling(generator, ENCODINGS[encoding], alphabet)
    triples = [(x, y, z) for x, y, z in found
               if support.is_keyword_character(z) and not (spelling.extends(y) or spelling.extends(z))]  # fmt: skip
    report.true(f"{encoding}: straddling characters", len(triples) > 100, f"only {len(triples)}")
    cursor.execute("CREATE TEMP TABLE IF NOT EXISTS triples (n int, message text, keywords jsonb)")
    cursor.execute("TRUNCATE triples")
    rows = [
        (2 * n + k, message, json.dumps([{"keyword": z, "match": "fragment"}], ensure_ascii=False))
        for n, (x, y, z) in enumerate(triples)
        for k, message in enumerate((x + y + x + y, x + y + z + y))
    ]
    support.copy_rows(cursor, "triples", rows)
    found = support.rows_of(
        cursor,
        "SELECT t.n, array_agg(h.pos) FILTER (WHERE h.pos IS NOT NULL) FROM triples t"
        " LEFT JOIN LATERAL aria_engine.focus_keyword_hits(t.message, t.keywords) h ON true"
        " GROUP BY t.n ORDER BY t.n",
    )
    for (n, message, keywords), (_, positions) in zip(rows, found):
        where = f"{encoding}: {keywords} in {message!r}"
        report.equal(where, [3] if n % 2 else None, positions)


def check_passed_through(cursor: Any, encoding: str, raw: bytes, report: support.Report) -> None:
    """Ids, models, prompts and skills come out as they went in, byte for byte."""
    text = "convert_from(%(raw)s, %(encoding)s)"
    agents = (
        f"jsonb_build_array(jsonb_build_object('agent_id', {text}, 'model', {text},"
        f" 'system_prompt', {text}, 'skills', jsonb_build_array({text})))"
    )
    for call, columns in (
        (f"aria_engine.focus_agent_scores('x', {agents})", ("agent_id",)),
        (f"aria_engine.focus_select_agents('x', {agents})", ("agent_id",)),
        (f"aria_engine.focus_fallback_chain({text}, {agents})", ("agent_id", "model")),
        (
            f"aria_engine.focus_effective_settings({text}, {agents} -> 0)",
            ("system_prompt", "model", "skills ->> 0", "sources -> 'focus' ->> 'focus_id'"),
        ),
        (f"aria_engine.focus_compose_prompt({text} || ' ', '')", ("left(focus_compose_prompt, -1)",)),
        (f"aria_engine.focus_skills('[]', jsonb_build_array({text}))", ("focus_skills ->> 0",)),
    ):
        for column in columns:
            query = f"SELECT convert_to({column}, %(encoding)s) FROM {call}"
            found = support.value_of(cursor, query, {"raw": raw, "encoding": encoding})
            report.equal(f"{encoding}: {column} of {call.split('(')[0]}, {raw!r}", raw, bytes(found))


def check_unmapped(cursor: Any, encoding: str, report: support.Report) -> None:
    """Characters without a counterpart in UTF-8 are one letter each, and come back as they were."""
    cursor.execute("TRUNCATE aria_engine.focus_profiles")
    cursor.execute(
        "INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)"
        " VALUES ('ops', 'Ops', '[\"deploy\", \"go\"]')"
    )
    for char in UNMAPPED[encoding]:
        message = b"x" + char + b"deploy " + char + b" deploy go" + char + b" go" + char[:0] + b" " + char
        name = f"{encoding}: {message!r}"
        server = {"message": message, "encoding": encoding}
        text = "convert_from(%(message)s, %(encoding)s)"
        try:
            report.equal(
                f"{name}: keyword_hits",
                [("deploy", 12, True), ("go", 23, True)],
                support.rows_of(
                    cursor,
                    f"SELECT keyword, pos, substr({text}, pos, len) = matched"
                    f" FROM aria_engine.focus_keyword_hits({text}, '[\"deploy\", \"go\"]')",
                    server,
                ),
            )
            query = f"SELECT focus_id, pos FROM aria_engine.focus_explain({text})"
            rows = support.rows_of(cursor, query, server)
            report.equal(f"{name}: explain", [("ops", 12), ("ops", 23)], rows)
            query = f"SELECT focus_id, evidence FROM aria_engine.focus_rank({text})"
            report.equal(f"{name}: rank", [("ops", 2.0)], support.rows_of(cursor, query, server))
            query = f"SELECT aria_engine.focus_route({text})"
            report.equal(f"{name}: route", "ops", support.value_of(cursor, query, server))
            query = f"SELECT aria_engine.focus_specialty_score({text}, 'ops')"
            report.equal(f"{name}: specialty", 1.0, support.value_of(cursor, query, server))
            marks = f"aria_engine.focus_highlight({text}, 'ops', '[', ']')"
            query = f"SELECT convert_to({marks}, %(encoding)s)"
            marked = message.replace(b" deploy", b" [deploy]").replace(b" go ", b" [go] ")
            report.equal(f"{name}: highlight", marked, bytes(support.value_of(cursor, query, server)))
            check_passed_through(cursor, encoding, message, report)
        except Exception as error:
            report.true(name, False, f"raised {type(error).__name__} {error}")


def statements_with_errors(letters: str) -> List[str]:
    """Statements that quote a value in their error."""
    low, high = letters[0], letters[0].upper()
    words = [low + "x", letters * 60, letters[:3] + "'", f"{letters} {letters}  "]
    hits = "SELECT * FROM aria_engine.focus_keyword_hits('x', {})"
    insert = "INSERT INTO aria_engine.focus_profiles (focus_id, display_name, {}) VALUES ({}, 'X', {})"
    statements = [hits.format(quote(json.dumps([low + "a", high + "A"], ensure_ascii=False)))]
    for word in words:
        entries = [{"keyword": "a", "match": word}, {word: 1}, word + "\u0001"]
        listed = json.dumps(entries, ensure_ascii=False)
        statements.append(hits.format(quote(listed)))
        statements.append(hits.format(quote(json.dumps({word: word}, ensure_ascii=False))))
        statements.append(insert.format("description", quote(word[:50]), "NULL"))
        statements.append(insert.format("tone", "'ok'", quote(word[:30])))
        statements.append(insert.format("expertise_keywords", "'ok'", quote(listed)))
        skills = json.dumps([word, word, 3], ensure_ascii=False)
        statements.append(insert.format("auto_skills", "'ok'", quote(skills)))
    return statements


def quote(text: str) -> str:
    """A literal."""
    return "'" + text.replace("'", "''") + "'"


def check_errors(
    cursor: Any, utf8: Any, encoding: str, alphabet: Alphabet, report: support.Report
) -> None:
    """An error says the same as in UTF8."""
    letters = "".join(c for kind in alphabet.kinds for c in kind if ord(c) > 0x7F and c.isalpha())
    for statement in statements_with_errors(letters):
        query = "SELECT * FROM pg_temp.error_of(%s)"
        expected = support.rows_of(utf8, query, (statement,))
        found = support.rows_of(cursor, query, (statement,))
        report.true(f"{encoding}: {statement}", expected[0][0] is not None, "it raises nothing")
        report.equal(f"{encoding}: {statement}", expected, found)


def check_defaults(cursor: Any, encoding: str, report: support.Report) -> None:
    """The emoji that every encoding has, and the stock profiles with it."""
    cursor.execute("TRUNCATE aria_engine.focus_profiles")
    cursor.execute("INSERT INTO aria_engine.focus_profiles (focus_id, display_name) VALUES ('x', 'X')")
    emoji = support.value_of(cursor, "SELECT emoji FROM aria_engine.focus_profiles")
    report.equal(f"{encoding}: emoji", "*", emoji)
    cursor.execute("TRUNCATE aria_engine.focus_profiles")
    if not support.value_of(cursor, "SELECT to_regprocedure('aria_engine.focus_seed()') IS NOT NULL"):
        print(f"{encoding}: there is no focus_seed()")
        return
    seeded = support.rows_of(cursor, "SELECT inserted, total FROM aria_engine.focus_seed()")
    report.equal(f"{encoding}: seeded", [(8, 8)], seeded)
    # Beyond the fifth time, plans are made that fit every argument.
    for _ in range(7):
        try:
            again = support.rows_of(cursor, "SELECT inserted, total FROM aria_engine.focus_seed()")
        except psycopg2.Error as error:
            again = [(error.pgcode, error.diag.message_primary)]
        report.equal(f"{encoding}: seeded again", [(0, 8)], again)
    emojis = support.rows_of(cursor, "SELECT DISTINCT emoji FROM aria_engine.focus_profiles")
    report.equal(f"{encoding}: stock emojis", [("*",)], emojis)
    query = "SELECT aria_engine.focus_route('review the docker pipeline security')"
    found = support.value_of(cursor, query)
    report.equal(f"{encoding}: stock route", "devsecops", found)


# --- SQL_ASCII ---------------------------------------------------------------------------------------


def as_text(raw: bytes) -> str:
    """Bytes for the reference: those from 0x80 become letters without case (Canadian syllabics)."""
    return "".join(chr(byte if byte < 0x80 else 0x1400 + byte) for byte in raw)


def as_bytes(text: str) -> bytes:
    """And back."""
    return bytes(ord(char) if ord(char) < 0x80 else ord(char) - 0x1400 for char in text)


class ByteAlphabet:
    """All bytes, with those in front that begin, continue or end characters elsewhere."""

    def __init__(self) -> None:
        """Lists them."""
        self.all = as_text(bytes(byte for byte in range(1, 256)))
        kinds = (
            b"aAbBkKsS",
            b" -_.",
            b"\x80\x85\xa0\xbf",
            b"\xc2\xc3\xe3\xe9\xf0\xff",
            b"\xc4\xb0\xe2\x84\xaa\xc5\xbf",
        )
        self.kinds = [list(as_text(kind)) for kind in kinds]
        self.known = frozenset(self.all)


def copy_bytes(cursor: Any, table: str, rows: Iterable[Sequence[bytes]]) -> None:
    """Loads rows of bytes as text."""
    out = BytesIO()
    for row in rows:
        fields = []
        for value in row:
            for plain, letter in ((b"\\", b"\\"), (b"\t", b"t"), (b"\n", b"n"), (b"\r", b"r")):
                value = value.replace(plain, b"\\" + letter)
            fields.append(value)
        out.write(b"\t".join(fields) + b"\n")
    out.seek(0)
    cursor.copy_expert(f"COPY {table} FROM STDIN", out)


def odd_messages(keyword: bytes) -> List[bytes]:
    """A keyword with every byte, and every lead with every other byte, at the end or around it."""
    odd = [bytes([byte]) for byte in range(0x80, 0x100)]
    leads = (0xC2, 0xE3, 0xF0, 0xF4, 0xF8, 0x8E, 0x8F, 0xA1, 0xFF)
    odd += [bytes([lead, byte]) for lead in leads for byte in range(0x7F, 0x100, 3)]
    odd += [b"\xe3\x81", b"\xf0\x9f\x8e", b"\xf0\x9f\x8e\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"]
    return [
        message
        for piece in odd
        for space in (b"", b" ")
        for message in (piece + space, keyword + space + piece, piece + space + keyword)
    ]


def make_byte_lists(generator: random.Random) -> Tuple[List[List[Any]], List[bytes]]:
    """Random lists of entries over bytes, and messages for them."""
    alphabet = ByteAlphabet()
    lists, makers = [], []
    while len(lists) < PROFILES:
        maker = support.TextMaker(generator, alphabet)
        lists.append(test_hits.make_list(generator, maker, 6))
        makers.append(maker)
    messages = []
    for _ in range(MESSAGES):
        text = "".join(generator.choice(makers).message() for _ in range(generator.randint(1, 3)))
        messages.append(as_bytes("".join(char for char in text if char in alphabet.known)))
    keyword = "ab" + chr(0x1400 + 0xE3)
    lists.append([test_hits.Entry(keyword, "auto", 1000, json.dumps(keyword))])
    lists.append([test_hits.Entry("deploy", "word", 1000, '{"keyword": "deploy", "match": "word"}')])
    return lists, messages + odd_messages(b"deploy") + odd_messages(b"ab\xe3")


def list_bytes(entries: Sequence[Any]) -> bytes:
    """A list as JSON in raw bytes, without escapes for what is not ASCII."""
    text = "[" + ", ".join(entry.json for entry in entries) + "]"
    return as_bytes(json.dumps(json.loads(text, parse_float=float), ensure_ascii=False))


def byte_rows(cursor: Any, query: str) -> List[Tuple]:
    """Rows in which bytea is bytes."""
    return [
        tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
        for row in support.rows_of(cursor, query)
    ]


def check_bytes(cursor: Any, generator: random.Random, report: support.Report) -> None:
    """SQL_ASCII answers as the reference does, in bytes."""
    lists, messages = make_byte_lists(generator)
    cursor.execute("CREATE TEMP TABLE lists (n int, keywords jsonb)")
    cursor.execute("CREATE TEMP TABLE messages (n int, message text)")
    cursor.execute("TRUNCATE aria_engine.focus_profiles")
    copy_bytes(cursor, "lists", ((b"%d" % n, list_bytes(entries)) for n, entries in enumerate(lists)))
    copy_bytes(cursor, "messages", ((b"%d" % n, message) for n, message in enumerate(messages)))
    cursor.execute(
        "INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)"
        " SELECT 'p' || n, 'P', keywords FROM lists"
    )
    candidates = [[test_hits.Candidate(entry) for entry in entries] for entries in lists]
    expected: Dict[Tuple[int, int], List[Tuple]] = {}
    for n, message in enumerate(messages):
        for i, entries in enumerate(candidates):
            for hit in test_hits.find_hits(as_text(message), entries):
                row = (as_bytes(hit.keyword), hit.pos, hit.length, as_bytes(hit.matched), hit.weight)
                expected.setdefault((i, n), []).append(row)
    columns = "convert_to(keyword, 'SQL_ASCII'), pos, len, convert_to(matched, 'SQL_ASCII'), weight"
    compare_bytes(
        "keyword_hits",
        expected,
        byte_rows(
            cursor,
            f"SELECT l.n, m.n, {columns} FROM lists l, messages m,"
            " aria_engine.focus_keyword_hits(m.message, l.keywords) WITH ORDINALITY"
            " ORDER BY l.n, m.n, ordinality",
        ),
        messages,
        report,
    )
    compare_bytes(
        "explain",
        expected,
        byte_rows(
            cursor,
            f"SELECT substr(focus_id, 2)::int, m.n, {columns} FROM messages m,"
            " aria_engine.focus_explain(m.message) WITH ORDINALITY ORDER BY m.n, ordinality",
        ),
        messages,
        report,
    )
    check_byte_marks(cursor, messages, expected, report)


def compare_bytes(
    name: str, expected: Dict[Tuple[int, int], List[Tuple]], rows: Sequence[Tuple],
    messages: Sequence[bytes], report: support.Report,
) -> None:  # fmt: skip
    """The rows of each list and message are the expected ones; their bytes are the message's."""
    found: Dict[Tuple[int, int], List[Tuple]] = {}
    for i, n, *row in rows:
        found.setdefault((i, n), []).append(tuple(row))
        _, pos, length, matched, _ = row
        report.equal(f"SQL_ASCII: {name} matched", messages[n][pos - 1 : pos - 1 + length], matched)
    for key in sorted(expected.keys() | found.keys()):
        what = f"SQL_ASCII: {name} of list {key[0]} in {messages[key[1]]!r}"
        report.equal(what, expected.get(key, []), found.get(key, []))


def check_byte_marks(
    cursor: Any, messages: Sequence[bytes], expected: Dict[Tuple[int, int], List[Tuple]],
    report: support.Report,
) -> None:  # fmt: skip
    """Highlight keeps every byte; rank, route and the specialty score never raise."""
    marks = "aria_engine.focus_highlight(m.message, 'p' || l.n, '<', '>')"
    query = f"SELECT l.n, m.n, convert_to({marks}, 'SQL_ASCII') FROM lists l, messages m"
    for i, n, marked in byte_rows(cursor, query):
        out, done = b"", 0
        for _, pos, length, matched, _ in expected.get((i, n), []):
            out += messages[n][done : pos - 1] + b"<" + matched + b">"
            done = pos - 1 + length
        report.equal(f"SQL_ASCII: highlight {messages[n]!r}", out + messages[n][done:], marked)
    ranks = support.rows_of(
        cursor,
        "SELECT m.n, count(r.focus_id), sum(r.hits)::int,"
        " count(aria_engine.focus_route(m.message, NULL, -100)),"
        " count(aria_engine.focus_specialty_score(m.message, 'p1'))"
        " FROM messages m LEFT JOIN LATERAL aria_engine.focus_rank(m.message) r ON true"
        " GROUP BY m.n ORDER BY m.n",
    )
    hits: List[List[int]] = [[] for _ in messages]
    for (_, n), rows in expected.items():
        hits[n].append(len(rows))
    for n, profiles, total, _, scores in ranks:
        report.equal(
            f"SQL_ASCII: rank {messages[n]!r}",
            (len(hits[n]), sum(hits[n]) or None, max(len(hits[n]), 1)),
            (profiles, total, scores),
        )


def check_byte_errors(cursor: Any, report: support.Report) -> None:
    """Errors quote raw bytes as they are."""
    raw = b"\xe9\xff\xc3"
    insert = b"INSERT INTO aria_engine.focus_profiles (focus_id, display_name, "
    cases = [
        (b"SELECT * FROM aria_engine.focus_keyword_hits('x', '[\"?a\", \"?A\"]')", "22023"),
        (insert + b"description) VALUES ('?', 'X', '')", "23514"),
        (insert + b"tone) VALUES ('ok', 'X', '?')", "23503"),
        (insert + b"auto_skills) VALUES ('ok', 'X', '[\"?\", \"?\"]')", "23514"),
    ]
    for statement, code in cases:
        quoted = b"'" + statement.replace(b"?", raw).replace(b"'", b"''") + b"'"
        cursor.execute(
            b"SELECT code, convert_to(message, 'SQL_ASCII'), convert_to(detail, 'SQL_ASCII')"
            b" FROM pg_temp.error_of(" + quoted + b")"
        )
        found, message, detail = cursor.fetchone()
        report.equal(f"SQL_ASCII: SQLSTATE of {statement!r}", code, found)
        said = bytes(message or b"") + bytes(detail or b"")
        report.true(f"SQL_ASCII: error of {statement!r}", raw in said, f"it says {said!r}")


def main() -> int:
    """Runs all; returns the exit status."""
    report = support.Report()
    generator = support.make_random("encoding")
    server = Server()
    try:
        utf8 = server.make("UTF8")
        for encoding in ENCODINGS:
            cursor = server.make(encoding)
            alphabet = Alphabet(encoding, encodable(utf8, encoding))
            check_same_answers(cursor, utf8, encoding, alphabet, generator, report)
            if encoding.startswith("EUC"):
                check_inner_bytes(cursor, encoding, alphabet, generator, report)
            if encoding in UNMAPPED:
                check_unmapped(cursor, encoding, report)
            check_errors(cursor, utf8, encoding, alphabet, report)
            check_defaults(cursor, encoding, report)
            check_exchange.check_same(cursor, utf8, encoding, alphabet.all, generator, report)
            print(f"{encoding}: {len(alphabet.all)} characters")
        cursor = server.make("SQL_ASCII")
        check_bytes(cursor, generator, report)
        check_byte_errors(cursor, report)
        for raw in (b"a\xe9\xff\xc3 b", b"\xa0\x85", b"\xc4\xb0\xe2\x84"):
            check_passed_through(cursor, "SQL_ASCII", raw, report)
        check_defaults(cursor, "SQL_ASCII", report)
        check_exchange.check_raw(cursor, "SQL_ASCII", b"\xe9\xff\xc3", report)
        check_exchange.check_raw(server.make("MULE_INTERNAL"), "MULE_INTERNAL", b"\x81\xe9", report)
    finally:
        server.close()
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
