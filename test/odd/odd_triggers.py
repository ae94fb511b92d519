"""The extension's trigger functions on tables that they were not made for, in every way to make a trigger."""

from __future__ import annotations

import itertools
from typing import Any, Iterator, Tuple

import psycopg2
import support

# Name, what makes it, and statements that fire INSERT, UPDATE, DELETE on it.
TABLES = (
    ("public.bare", "CREATE TABLE public.bare (n int)", "(n) VALUES (1)", "n = 2"),
    ("public.mixed", "CREATE TABLE public.mixed (tone int, style jsonb, focus_id float8, description bool,"
                     " updated_at int)", "(tone, focus_id) VALUES (1, 'NaN')", "tone = 2"),
    ("public.alike", "CREATE TABLE public.alike (LIKE aria_engine.focus_profiles)",
     "SELECT * FROM aria_engine.focus_profiles LIMIT 2", "focus_id = focus_id || 'y', tone = 'odd'"),
    ("public.seen", "CREATE VIEW public.seen AS SELECT * FROM aria_engine.focus_profiles",
     "(focus_id, display_name) VALUES ('x', 'X')", "description = 'd'"),
    ("public.parts", "CREATE TABLE public.parts (focus_id text) PARTITION BY LIST (focus_id);"
                     " CREATE TABLE public.part PARTITION OF public.parts DEFAULT",
     "(focus_id) VALUES ('x')", "focus_id = 'y'"),
    ("aria_engine.focus_history", "SELECT 1",
     "(focus_id, revision, operation, changed_at, changed_by, profile)"
     " VALUES ('x', 1, 'UPDATE', now(), 'me', '{}')", "reason = 'r'"),
    ("aria_engine.focus_tones", "SELECT 1", "(tone) VALUES ('x')", "description = 'd'"),
    ("aria_engine.focus_contracts", "SELECT 1", "(focus_id, contract) VALUES ('x', '{}')", "contract = '{}'"),
    ("aria_engine.focus_profiles", "SELECT 1", "(focus_id, display_name) VALUES ('x', 'X')", "emoji = '!'"),
)  # fmt: skip

WHENS = ("BEFORE", "AFTER", "INSTEAD OF")
LEVELS = ("ROW", "STATEMENT")


def trigger_functions(cursor: Any) -> Iterator[str]:
    """The trigger functions of the extension."""
    for (name,) in support.rows_of(
        cursor,
        "SELECT p.oid::regproc::text FROM pg_proc AS p WHERE p.pronamespace = 'aria_engine'::regnamespace"
        " AND p.prorettype = 'trigger'::regtype ORDER BY 1",
    ):
        yield name


def statements(table: str, insert: str, update: str) -> Iterator[Tuple[str, str]]:
    """Event and a statement that fires it."""
    yield "INSERT", f"INSERT INTO {table} {insert}"
    yield "UPDATE", f"UPDATE {table} SET {update}"
    yield "DELETE", f"DELETE FROM {table}"
    yield "TRUNCATE", f"TRUNCATE {table} CASCADE"


def possible(cursor: Any, trigger: str) -> bool:
    """Can such a trigger be made at all?"""
    cursor.execute("BEGIN")
    try:
        cursor.execute(trigger)
        return True
    except psycopg2.Error:
        return False
    finally:
        cursor.execute("ROLLBACK")


def attack(calls: Any) -> None:
    """Every trigger function, on every table, at every time and level, for every event; then called directly."""
    cursor = calls.cursor
    for _, make, _, _ in TABLES:
        cursor.execute(make)
    cursor.execute("INSERT INTO public.alike SELECT * FROM aria_engine.focus_profiles")
    cursor.execute("INSERT INTO public.bare VALUES (7); INSERT INTO public.mixed (tone) VALUES (3)")
    cursor.execute("INSERT INTO public.parts VALUES ('p')")
    for function in list(trigger_functions(cursor)):
        calls.run(f"{function}() without a trigger", f"SELECT {function}()")
        for (table, _, insert, update), when, level in itertools.product(TABLES, WHENS, LEVELS):
            for event, statement in statements(table, insert, update):
                place = f"{when} {event} ON {table} FOR EACH {level}"
                trigger = f"CREATE TRIGGER odd {place} EXECUTE FUNCTION {function}(1)"
                if possible(cursor, trigger):
                    calls.run(f"{function} {place}", f"{trigger}; {statement}; SET CONSTRAINTS ALL IMMEDIATE")
