"""What every function answers and what every trigger leaves behind, to be compared under another setting or role."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any, Dict, List, Tuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "odd"))

# Not at the top: the path to them is set above.
import check_odd
import odd_values
import psycopg2
import support

# The time of a call is its own.
TIMES = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[\d.]*(\+\d\d(:\d\d)?)?")

PATCH = '{"focus_id": "one", "temperature_delta": -0.3}'
DOCUMENT = '{"format": 1, "profiles": [{"focus_id": "three", "display_name": "3"}]}'


def exact(value: str, kind: str) -> str:
    """A literal of a type of the server's own."""
    return f"'{value}'::pg_catalog.{kind}"


# A life of profiles: every trigger and every way to write.
LIFE = (
    "INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords) VALUES"
    " ('one', 'One', '[\"first\", {\"keyword\": \"1st\", \"weight\": 0.25}]'), ('two', 'Two', '[]')",
    "INSERT INTO aria_engine.focus_tones (tone, description) VALUES ('odd', 'o')",
    "UPDATE aria_engine.focus_profiles SET tone = 'odd', temperature_delta = 0.1 WHERE focus_id"
    " OPERATOR(pg_catalog.=) 'one'::pg_catalog.text",
    f'SELECT FROM aria_engine.focus_put({exact(PATCH, "jsonb")}, {exact("a reason", "text")}, 2)',
    "INSERT INTO aria_engine.focus_contracts VALUES ('one', '{\"words\": {\"max\": 9}}')",
    "UPDATE aria_engine.focus_contracts SET contract = '{\"words\": {\"max\": 8.0}}'",
    "UPDATE aria_engine.focus_tones SET contract = '{\"hype\": {\"max\": 0}}' WHERE tone OPERATOR(pg_catalog.=)"
    " 'odd'::pg_catalog.text",
    f'SELECT FROM aria_engine.focus_restore({exact("one", "text")}, 1, {exact("again", "text")})',
    f'SELECT FROM aria_engine.focus_import({exact(DOCUMENT, "jsonb")}, {exact("error", "text")}, false,'
    " false, NULL::pg_catalog.text)",
    f'SELECT FROM aria_engine.focus_adopt({exact("public.made_by_hand", "regclass")}, false)',
    "UPDATE aria_engine.focus_profiles SET focus_id = 'four' WHERE focus_id OPERATOR(pg_catalog.=)"
    " 'two'::pg_catalog.text",
    "DELETE FROM aria_engine.focus_profiles WHERE focus_id OPERATOR(pg_catalog.=) 'three'::pg_catalog.text",
    "TRUNCATE aria_engine.focus_profiles",
    f'SELECT FROM aria_engine.focus_restore({exact("one", "text")}, 5, NULL::pg_catalog.text)',
)

# What a life leaves behind, without what time it was.
LEFT = (
    "SELECT focus_id, revision, operation, changed_by, reason, profile - '{created_at,updated_at}'::text[]"
    " FROM aria_engine.focus_history ORDER BY 1, 2",
    "SELECT to_jsonb(p) - '{created_at,updated_at}'::text[] FROM aria_engine.focus_profiles AS p ORDER BY focus_id",
    "SELECT * FROM aria_engine.focus_tones ORDER BY 1",
    "SELECT c.*, aria_engine.focus_contract(focus_id::pg_catalog.text) FROM aria_engine.focus_contracts AS c"
    " ORDER BY focus_id",
    "SELECT aria_engine.focus_etag()",
)

MADE_BY_HAND = "CREATE TABLE public.made_by_hand AS SELECT 'hand'::text AS focus_id, 'By hand'::text AS display_name"


def functions(cursor: Any) -> List[Tuple[str, str]]:
    """Name and a sane call of every function; the call has every argument in its declared type."""
    calls = []
    for function in check_odd.functions_of(cursor):
        kinds = [kind for _, kind in function.arguments]
        values = [function.sane(place).replace("odd.a_view", "public.made_by_hand") for place in range(len(kinds))]
        arguments = ", ".join(f"CAST({value} AS {full_name(kind)})" for value, kind in zip(values, kinds))
        calls.append((function.name, f"aria_engine.{function.name}({arguments})"))
    return calls


def full_name(kind: str) -> str:
    """The name of a type with its schema."""
    short = {"integer": "int4", "bigint": "int8", "double precision": "float8", "boolean": "bool",
             "timestamp with time zone": "timestamptz"}.get(kind, kind)  # fmt: skip
    return short if "." in short else f"pg_catalog.{short}"


def literal(call: str) -> str:
    """A call whose own expressions no search_path can lead astray."""
    return call.replace("::json", "::pg_catalog.json").replace("::regclass", "::pg_catalog.regclass") \
        .replace("jsonb_populate_record(", "pg_catalog.jsonb_populate_record(").replace("now()", "pg_catalog.now()")


def answers(cursor: Any, settings: str) -> Dict[str, Any]:
    """What every function answers under these settings, by its call: its rows, read when the settings are gone."""
    found: Dict[str, Any] = {}
    for _, call in functions(cursor):
        try:
            # Values are kept as they are: how they would be printed is not what is compared.
            keep = f"CREATE TEMPORARY TABLE answers AS SELECT r.* FROM {literal(call)} AS r"
            rows = support.rows_of(
                cursor, f"BEGIN; {settings}; {keep}; RESET ALL; SELECT a::text FROM pg_temp.answers AS a"
            )
            found[call] = [TIMES.sub("(a time)", text) for (text,) in rows]
        except psycopg2.Error as error:
            found[call] = f"{error.pgcode} {error.diag.message_primary}"
        cursor.execute("ROLLBACK")
    return found


def life(cursor: Any, settings: str) -> List[Any]:
    """What the life of profiles leaves behind when it is lived under these settings."""
    cursor.execute("BEGIN")
    try:
        cursor.execute(settings)
        for statement in LIFE:
            cursor.execute(statement)
        cursor.execute("RESET ALL")
        return [support.rows_of(cursor, query) for query in LEFT]
    except psycopg2.Error as error:
        return [f"{error.pgcode} {error.diag.message_primary} {error.diag.context}"]
    finally:
        cursor.execute("ROLLBACK")
