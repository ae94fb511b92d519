"""History and exchange in other encodings: the same documents, etags and versions as in UTF8; in encodings
that know no way to UTF-8 the bytes as they are."""

from __future__ import annotations

import hashlib
import json
import random
from typing import Any, List

import support

PROFILES = 30
ANSWERS = (
    "SELECT aria_engine.focus_export()::text, aria_engine.focus_etag(), aria_engine.focus_digest()",
    "SELECT h.focus_id, h.revision, h.operation, h.reason, h.profile - '{created_at,updated_at}'::text[]"
    " FROM aria_engine.focus_history AS h ORDER BY 1, 2",
    "SELECT p.focus_id, r.revision, r.reason, r.changes FROM aria_engine.focus_profiles AS p,"
    " aria_engine.focus_revisions(p.focus_id) AS r ORDER BY 1, 2",
    "SELECT count(*), min(action), max(action) FROM aria_engine.focus_import(aria_engine.focus_export()::jsonb)",
)


def random_profiles(generator: random.Random, letters: str) -> List[Any]:
    """Profiles with texts of these letters in every place that takes text."""

    def text(longest: int) -> str:
        return "x" + "".join(generator.choices(letters, k=generator.randint(0, longest))) + "x"

    return [
        {
            "focus_id": f"p{number}",
            "display_name": text(30),
            "emoji": text(3),
            "description": text(200),
            "expertise_keywords": [f"{number}k{text(8)}", {"keyword": f"{number}l{text(8)}", "weight": 1.5}],
            "system_prompt_addon": text(100),
            "auto_skills": [f"{number}{text(5)}"],
        }
        for number in range(PROFILES)
    ]


def check_same(cursor: Any, utf8: Any, encoding: str, letters: str, generator: random.Random, report: Any) -> None:
    """Puts the same profiles into both databases, changes them, and compares every answer."""
    plain = "".join(char for char in letters if support.is_keyword_character(char)) + 'a"\\/'
    profiles = random_profiles(generator, plain)
    for database in (cursor, utf8):
        database.execute("SET session_replication_role = replica")
        database.execute("DELETE FROM aria_engine.focus_profiles")
        database.execute("DELETE FROM aria_engine.focus_history")
        database.execute("RESET session_replication_role")
        for number, profile in enumerate(profiles):
            database.execute("SELECT aria_engine.focus_put(%s)", (json.dumps(profile, ensure_ascii=False),))
            patch = {"focus_id": profile["focus_id"], "description": profiles[number - 1]["description"]}
            database.execute("SELECT aria_engine.focus_put(%s, %s)",
                             (json.dumps(patch, ensure_ascii=False), profile["display_name"]))  # fmt: skip
        database.execute("SELECT aria_engine.focus_restore('p0', 1)")
        database.execute("DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'p1'")
    for query in ANSWERS:
        report.equal(f"{encoding}: {query}", support.rows_of(utf8, query), support.rows_of(cursor, query))


def check_raw(cursor: Any, encoding: str, raw: bytes, report: Any) -> None:
    """Bytes that have no meaning to us come out as they went in, and the etag is over them."""
    statement = b"SELECT aria_engine.focus_put(jsonb_build_object('focus_id', 'raw', 'display_name', '?'), '?')"
    cursor.execute(statement.replace(b"?", raw))
    cursor.execute("SELECT aria_engine.focus_put('{\"focus_id\": \"raw\", \"tone\": \"warm\"}')")
    convert = f"convert_to(%s, '{encoding}')"
    cursor.execute("SELECT " + convert % "aria_engine.focus_export()::text" + ", aria_engine.focus_etag(), "
                   + convert % "aria_engine.focus_revision('raw', 1) ->> 'display_name'")  # fmt: skip
    document, etag, name = cursor.fetchone()
    report.equal(f"{encoding}: the name as it was", raw, bytes(name))
    report.true(f"{encoding}: the document has it", raw in bytes(document), repr(bytes(document)))
    report.equal(f"{encoding}: the etag", hashlib.sha256(bytes(document)).hexdigest(), etag)
    cursor.execute("SELECT action FROM aria_engine.focus_import(aria_engine.focus_export()::jsonb) GROUP BY 1")
    report.equal(f"{encoding}: imported", "unchanged", cursor.fetchone()[0])
