"""Every function of the extension with every odd argument.

The functions are those of pg_proc, so a new one is covered by itself. Each argument in turn gets every odd value of
its type while the others are sane; then random combinations. A call must end in time, in rows or in an error that
the README's table names, with a message; and the same session must route right afterwards.

ARIA_FOCUS_ODD=long: ten times the random calls, and texts of 64 MB and near the limit of 1 GB.
"""

from __future__ import annotations

import collections
import json
import os
import random
import re
import sys
import time
from pathlib import Path
from typing import Any, Counter, Dict, List, NamedTuple, Optional, Sequence, Tuple

ROOT = Path(__file__).resolve().parents[2]
import odd_triggers
import odd_values
import psycopg2
import support

LONG = os.environ.get("ARIA_FOCUS_ODD") == "long"
RANDOM_CALLS = 20_000 if LONG else 1_000
TIME_LIMIT_S = 60
PROBE = "SELECT aria_engine.focus_route('Please deploy the docker image')"

# Sane values by the name of the argument, or by its name and type where overloads differ; documents are those of
# odd_values.RIGHT.
SANE = {
    "focus_id": "'devsecops'", "start_agent": "'a1'", "start_agent bigint": "7", "on_conflict": "'error'",
    "source": "'odd.a_view'::regclass",
    "specialty": "'evidence'", "severity": "'warning'",
    "column_name": "'focus_id'", "top": "3", "max_agents": "5", "revision": "1", "from_revision": "1",
    "to_revision": "2", "keywords": "'{deploy}'",
    "kind": "'tone'", "word": "'laconic'",
    "document": odd_values.quoted(json.dumps(odd_values.RIGHT["document"])),
    "expected_revision": "NULL", "focus_ids": "'{devsecops,data}'", "at": "now()",
    "name": "'hedges'", "known": "'{devsecops,data}'",
    "query": "$$VALUES ('deploy the image', 'devsecops'), ('a table of figures', 'data'), ('hello', NULL)$$",
    "start": "'lists'", "folds": "2",
}  # fmt: skip
SANE_BY_TYPE = {
    "text": "'Please deploy the docker image, should we?'", "integer": "1", "bigint": "1", "double precision": "0.5",
    "boolean": "false", "timestamp with time zone": "now()", "text[]": "'{devsecops}'", "regclass": "'odd.a_view'",
    "name": "'focus_id'", "aria_engine.focus_profiles":
        f"jsonb_populate_record(NULL::aria_engine.focus_profiles, {odd_values.quoted(json.dumps(odd_values.PROFILE))})",
}  # fmt: skip

# Long form only: up to the limit of a text.
HUGE = (
    ("64 MB of keywords", "repeat('please deploy ', 4793490)"),
    ("600 MB of keywords", "repeat('please deploy ', 42000000)"),
    ("1 GB of letters", "repeat('a', 1073741000)"),
)

# What belongs to an argument and not to us, by words of the call: bytes that were never checked, a view that
# fails; a trigger at a place that it refuses, and one that fires itself.
OF_THE_ARGUMENT = {
    "22021": ("bytes",),
    "22P05": ("bytes",),
    "22012": ("odd.a_failing_view",),
    "39P01": ("focus_profiles_", "focus_history_", "focus_contracts_"),
    "54001": ("focus_words_admit",),
}


class Function(NamedTuple):
    """A function of the extension: its name and its arguments' names and types."""

    name: str
    arguments: Tuple[Tuple[str, str], ...]

    def call(self, values: Sequence[str]) -> str:
        """A query that computes and reads all that the function returns."""
        arguments = ", ".join(f"({value})::{kind}" for value, (_, kind) in zip(values, self.arguments))
        return f"SELECT count(*), sum(octet_length(r::text)) FROM aria_engine.{self.name}({arguments}) AS r"

    def sane(self, place: int) -> str:
        """A good value for one of its arguments."""
        name, kind = self.arguments[place]
        if kind in ("json", "jsonb"):
            return f"{odd_values.quoted(json.dumps(odd_values.RIGHT[name]))}::{kind}"
        return SANE.get(f"{name} {kind}") or SANE.get(name) or SANE_BY_TYPE[kind]


def allowed_states() -> frozenset:
    """The SQLSTATEs of the table of errors: but for "a bug", and for a call that did not end in time."""
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| ([0-9A-Z, ]+) \|", text, re.MULTILINE)
    return frozenset(state for cell in cells for state in cell.split(", ")) - {"XX000", "57014"}


def functions_of(cursor: Any) -> List[Function]:
    """The functions of the extension but for the triggers."""
    rows = support.rows_of(
        cursor,
        "SELECT p.proname, coalesce(p.proargnames, '{}'), ARRAY(SELECT format_type(t, NULL) FROM"
        " unnest(p.proargtypes) WITH ORDINALITY AS a (t, n) ORDER BY n)"
        " FROM pg_proc AS p JOIN pg_depend AS d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass"
        " JOIN pg_extension AS e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass"
        " WHERE e.extname = 'aria_focus' AND d.deptype = 'e' AND p.prorettype <> 'trigger'::regtype"
        " ORDER BY p.proname",
    )
    return [Function(name, tuple(zip(names[: len(kinds)], kinds))) for name, names, kinds in rows]


class Attack:
    """Calls in one database, and what came of them."""

    def __init__(self, database: str, report: support.Report, generator: random.Random) -> None:
        """Opens the session and makes the odd values of every type and argument."""
        self.database = database
        self.report = report
        self.generator = generator
        self.allowed = allowed_states()
        self.states: Counter[str] = collections.Counter()
        self.slowest = (0.0, "")
        self.skipped = 0
        self.role: Optional[str] = None
        self.answer: Optional[str] = None
        self.tables: Dict[str, List[Tuple[str, str]]] = {}
        self._open()
        self.encoding = support.value_of(self.cursor, "SHOW server_encoding")
        self.functions = functions_of(self.cursor)

    def _open(self) -> None:
        """Opens the session."""
        self.connection = support.connect(self.database)
        self.cursor = self.connection.cursor()
        self.cursor.execute(f"SET statement_timeout = '{TIME_LIMIT_S}s'")
        self.cursor.execute("SET client_min_messages = error")

    def odds(self, function: Function, place: int) -> List[Tuple[str, str]]:
        """The odd values of an argument: label, and the expression that reads it from its table."""
        name, kind = function.arguments[place]
        table = kind if kind != "jsonb" else f"jsonb {name}"
        if table not in self.tables:
            values = odd_values.general(kind)
            if kind == "jsonb":
                right = odd_values.RIGHT[name]
                values += list(odd_values.wrong_documents(right)) + list(odd_values.bad_documents(right))
            if kind == "text" and LONG:
                values += HUGE
            self.tables[table] = [("NULL", f"NULL::{kind}")] + self._store(f"values_{len(self.tables)}", kind, values)
        return self.tables[table]

    def _store(self, table: str, kind: str, values: Sequence[Tuple[str, str]]) -> List[Tuple[str, str]]:
        """Computes values into a table of their own; those that this encoding cannot have are left out."""
        self.cursor.execute(f"CREATE TABLE odd.{table} (n int PRIMARY KEY, v {kind})")
        self.cursor.execute(f"GRANT SELECT ON odd.{table} TO PUBLIC")
        stored = []
        for number, (label, expression) in enumerate(values):
            try:
                self.cursor.execute(f"INSERT INTO odd.{table} SELECT {number}, {expression}".replace("%", "%%"), ())
                stored.append((label, f"(SELECT v FROM odd.{table} WHERE n = {number})"))
            except psycopg2.Error as error:
                self.skipped += 1
                self.report.true(f"{self.encoding}: {label} can be made", self.encoding != "UTF8", str(error))
        return stored

    def run(self, what: str, query: str) -> None:
        """One call, undone afterwards; checks how it ended and that the session goes on."""
        started = time.monotonic()
        state, message = "00000", "-"
        role = f"SET LOCAL ROLE {self.role}; " if self.role else ""
        try:
            self.cursor.execute(f"BEGIN; {role}{query}")
        except psycopg2.Error as error:
            state, message = error.pgcode or "no SQLSTATE", error.diag.message_primary or ""
        seconds = time.monotonic() - started
        self.slowest = max(self.slowest, (seconds, what))
        self.states[state] += 1
        expected = state in self.allowed or any(word in what for word in OF_THE_ARGUMENT.get(state, ()))
        ends_well = state == "00000" or (expected and message != "" and "internal error" not in message)
        self.report.true(what, ends_well, f"{state} {message}\n    {query[:2000]}")
        self.report.true(f"the session after {what}", self._goes_on(), "it does not answer right")

    def _goes_on(self) -> bool:
        """Does the session answer right? A new one is opened where it is gone."""
        try:
            return bool(support.value_of(self.cursor, f"ROLLBACK; {PROBE}") == self.answer)
        except psycopg2.Error:
            self._reopen()
            return False

    def _reopen(self) -> None:
        """Waits until the server takes sessions again."""
        for _ in range(100):
            try:
                self._open()
                return
            except psycopg2.Error:
                time.sleep(0.1)
        raise TimeoutError("the server does not come back")

    def one_at_a_time(self, label: str) -> None:
        """Every argument with every odd value, the others sane."""
        for function in self.functions:
            sane = [function.sane(place) for place in range(len(function.arguments))]
            self.run(f"{label}: {function.name}, all sane", function.call(sane))
            for place, (name, _) in enumerate(function.arguments):
                for odd, expression in self.odds(function, place):
                    values = sane[:place] + [expression] + sane[place + 1:]
                    self.run(f"{label}: {function.name}({name} = {odd})", function.call(values))

    def at_random(self, label: str, count: int) -> None:
        """Random functions with random odd values in all places; now and then in the select list."""
        several = [function for function in self.functions if len(function.arguments) > 1]
        for _ in range(count):
            function = self.generator.choice(several)
            chosen = [self.generator.choice(self.odds(function, place)) for place in range(len(function.arguments))]
            query = function.call([expression for _, expression in chosen])
            if self.generator.random() < 0.3:
                call = query[query.index("aria_engine."): query.rindex(" AS r")]
                query = f"SELECT count(*) FROM (SELECT {call} OFFSET 0) AS q"
            self.run(f"{label}: {function.name} with {', '.join(odd for odd, _ in chosen)}", query)

    def expect(self, answer: Optional[str]) -> None:
        """What a good call answers from now on."""
        self.answer = answer

    def close(self) -> None:
        """Ends the session and prints what came of the calls."""
        histogram = ", ".join(f"{state} {count}" for state, count in sorted(self.states.items()))
        print(f"{self.encoding}: {sum(self.states.values())} calls: {histogram}")
        print(f"{self.encoding}: slowest {self.slowest[0]:.1f} s, {self.slowest[1]}; {self.skipped} values left out")
        self.connection.close()


def make_database(maintenance: Any, name: str, encoding: str) -> None:
    """An empty database with the extension, the stock profiles, and the relations of the odd values."""
    maintenance.execute(f"DROP DATABASE IF EXISTS {name}")
    maintenance.execute(
        f"CREATE DATABASE {name} ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
    )
    session = support.connect(name)
    cursor = session.cursor()
    cursor.execute("CREATE EXTENSION aria_focus")
    cursor.execute("SELECT aria_engine.focus_seed()")
    cursor.execute("UPDATE aria_engine.focus_profiles SET description = 'changed' WHERE focus_id = 'devsecops'")
    cursor.execute("CREATE CAST (bytea AS text) WITHOUT FUNCTION")
    cursor.execute(odd_values.RELATIONS)
    cursor.execute("GRANT USAGE ON SCHEMA aria_engine, odd TO PUBLIC")
    session.close()


def attack(database: str, report: support.Report, generator: random.Random) -> None:
    """All calls in one database: with profiles, as a role without rights, with the table empty."""
    calls = Attack(database, report, generator)
    calls.expect("devsecops")
    report.true("functions are found", len(calls.functions) > 30, f"{len(calls.functions)} functions")
    if calls.encoding == "UTF8":
        calls.one_at_a_time("stock profiles")
    calls.at_random(calls.encoding, RANDOM_CALLS)
    if calls.encoding == "UTF8":
        odd_triggers.attack(calls)
    calls.role = "odd_stranger"
    calls.at_random("a role without rights", RANDOM_CALLS // 4)
    calls.role = None
    calls.cursor.execute("TRUNCATE aria_engine.focus_profiles")
    calls.expect(None)
    calls.at_random("no profiles", RANDOM_CALLS // 4)
    calls.close()


def main() -> int:
    """Attacks databases of three encodings; returns the exit status."""
    report = support.Report()
    generator = support.make_random("odd")
    maintenance = support.connect().cursor()
    maintenance.execute("DROP ROLE IF EXISTS odd_stranger")
    maintenance.execute("CREATE ROLE odd_stranger")
    for encoding in ("UTF8", "SQL_ASCII", "EUC_JP"):
        name = f"odd_{encoding.lower()}"
        make_database(maintenance, name, encoding)
        attack(name, report, generator)
        maintenance.execute(f"DROP DATABASE {name}")
    maintenance.execute("DROP ROLE odd_stranger")
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
