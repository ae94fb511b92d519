"""Editors in each other's way, and commits that fail: a clean SQLSTATE, nothing left, and a retry that works."""

from __future__ import annotations

import select
import threading
from collections import Counter
from typing import Any, Counter as CounterType, List

import psycopg2
from check_cancel import Runner
from clusters import Report, Session, major, wait_for
from psycopg2 import errorcodes
from servers import Server, attempt

EDITORS = 4
AGAIN = (errorcodes.SERIALIZATION_FAILURE, errorcodes.DEADLOCK_DETECTED)


def put(name: str, word: str) -> str:
    """A statement that gives a profile a keyword."""
    return (f"SELECT FROM aria_engine.focus_put('{{\"focus_id\": \"{name}\", \"display_name\": \"{name}\","
            f" \"expertise_keywords\": [\"{word}\"]}}')")  # fmt: skip


def route(session: Session, word: str) -> Any:
    """Where a word leads."""
    return session.value(f"SELECT aria_engine.focus_route('the {word}', NULL)")


def revisions(session: Session, name: str) -> List[Any]:
    """The kept versions of a profile: revision and keyword."""
    return session.rows("SELECT revision, profile -> 'expertise_keywords' ->> 0 FROM aria_engine.focus_history"
                        f" WHERE focus_id = '{name}' ORDER BY revision")  # fmt: skip


def check_deadlock(server: Server, report: Report) -> None:
    """Two editors in a circle: one is told 40P01, the other goes on; after a retry both edits are there."""
    one, other = server.session(), server.session()
    one.run(put("left", "left0"), put("right", "right0"))
    for session in (one, other):
        session.run("SET deadlock_timeout = '50ms'", "BEGIN")
    one.run(put("left", "left1"))
    other.run(put("right", "right2"))
    waiting = Runner(one, put("right", "right1"))
    outcomes = [attempt(other, put("left", "left2")), waiting.wait(0).outcome]
    codes = [outcome.code for outcome in outcomes]
    report.equal("a circle of two", {None, errorcodes.DEADLOCK_DETECTED}, {*codes})
    winner, loser = (one, other) if codes[0] else (other, one)
    number = 1 if winner is one else 2
    loser.run("ROLLBACK")
    winner.run("COMMIT")
    found = [route(loser, f"{name}{number}") for name in ("left", "right")]
    report.equal("the winner's edits", ["left", "right"], found)
    loser.run("BEGIN", put("left", "left9"), put("right", "right9"), "COMMIT")
    report.equal("the loser's retry", ["left", "right"], [route(winner, "left9"), route(winner, "right9")])
    report.equal("the circle's history", [(1, "left0"), (2, f"left{number}")], revisions(one, "left"))
    one.close()
    other.close()


def count_up(server: Server, level: str, times: int, codes: "CounterType[str]") -> None:
    """Counts a profile up so many times by what it routes to, trying again when told to."""
    session = server.session()
    session.run(f"SET default_transaction_isolation = '{level}'", "SET deadlock_timeout = '50ms'")
    done = 0
    while done < times:
        try:
            session.run("BEGIN")
            # Read through the extension: the profile's own word says how far it is.
            word = session.value("SELECT keywords[1] FROM aria_engine.focus_rank((SELECT string_agg('n' || i || 'n',"
                                 " ' ') FROM generate_series(0, 300) AS i)) WHERE focus_id = 'counted'")  # fmt: skip
            session.run(put("counted", f"n{int(word[1:-1]) + 1}n"), "COMMIT")
            done += 1
        except psycopg2.Error as error:
            codes[str(error.pgcode)] += 1
            session.run("ROLLBACK")
            if error.pgcode not in AGAIN:
                break
    session.close()


def check_counting(server: Server, level: str, times: int, report: Report) -> None:
    """Editors who read, compute and write at once: every conflict is said, and no count is lost."""
    session = server.session()
    session.run("DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'counted'")
    before = len(revisions(session, "counted"))
    session.run(put("counted", "n0n"))
    codes: CounterType[str] = Counter()
    editors = [threading.Thread(target=count_up, args=(server, level, times, codes)) for _ in range(EDITORS)]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    report.true(f"{level}: only what a retry helps against", {*codes} <= {*AGAIN}, str(dict(codes)))
    report.true(f"{level}: they met", sum(codes.values()) > 0)
    total = EDITORS * times
    report.equal(f"{level}: no count is lost", "counted", route(session, f"n{total}n"))
    report.equal(f"{level}: each is in the history", [f"n{n}n" for n in range(total)],
                 [word for _, word in revisions(session, "counted")][before:])  # fmt: skip
    print(f"conflicts: {level}: {total} counted, tried again: {dict(codes)}", flush=True)
    session.close()


def check_locked(server: Server, report: Report) -> None:
    """Who will not wait for a lock is told so, and asks again with success."""
    holder, session = server.session(), server.session()
    holder.run(put("locked", "locked0"))
    session.run("SET lock_timeout = '50ms'")
    for lock, statements in (
        ("SELECT FROM aria_engine.focus_profiles WHERE focus_id = 'locked' FOR UPDATE",
         [put("locked", "locked1"),
          "SELECT FROM aria_engine.focus_import(aria_engine.focus_export()::jsonb, 'update')"]),
        ("LOCK aria_engine.focus_profiles",
         ["SELECT aria_engine.focus_route('the locked0', NULL)", put("locked", "locked1"),
          "SELECT * FROM aria_engine.focus_doctor()", "SELECT aria_engine.focus_export()"]),
        ("LOCK aria_engine.focus_history", [put("locked", "locked1")]),
        ("LOCK aria_engine.focus_tones", [put("locked", "locked1")]),
    ):  # fmt: skip
        holder.run("BEGIN", lock)
        for statement in statements:
            report.equal(f"{lock}: {statement}", errorcodes.LOCK_NOT_AVAILABLE, attempt(session, statement).code)
        holder.run("ROLLBACK")
        found = (route(session, "locked0"), revisions(session, "locked"))
        report.equal(f"{lock}: nothing has changed", ("locked", []), found)
        for statement in statements:
            report.equal(f"{lock}: {statement}, again", None, attempt(session, statement).code)
        session.run(put("locked", "locked0"), "SET session_replication_role = replica",
                    "DELETE FROM aria_engine.focus_history WHERE focus_id = 'locked'",
                    "RESET session_replication_role")  # fmt: skip
    holder.close()
    session.close()


def check_commit(server: Server, report: Report) -> None:
    """A commit that fails, here by somebody's deferred trigger, leaves nothing and tells nobody."""
    session, listener = server.session(), server.session()
    session.run(put("late", "late0"),
                "CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = 'P0777'; END $$",
                "CREATE CONSTRAINT TRIGGER refuse AFTER UPDATE ON aria_engine.focus_profiles"
                " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.expertise_keywords ? 'late1')"
                " EXECUTE FUNCTION public.refuse()")  # fmt: skip
    listener.run("LISTEN aria_focus")
    session.run("BEGIN", put("late", "late1"))
    report.equal("before the commit", "late", route(session, "late1"))
    report.equal("a commit that fails", "P0777", attempt(session, "COMMIT").code)
    for asked in (session, listener):
        report.equal("after the commit that failed", ["late", None], [route(asked, "late0"), route(asked, "late1")])
    report.equal("its history", [], revisions(session, "late"))
    listener.connection.poll()
    select.select([listener.connection], [], [], 0.2)
    listener.connection.poll()
    report.equal("what was heard", [], [notice.payload for notice in listener.connection.notifies])
    session.run("DROP TRIGGER refuse ON aria_engine.focus_profiles", "DROP FUNCTION public.refuse()",
                put("late", "late1"))  # fmt: skip
    report.equal("the retry", ["late", None], [route(listener, "late1"), route(listener, "late0")])
    report.equal("the retry's history", [(1, "late0")], revisions(session, "late"))
    session.close()
    listener.close()


def check_queue(server: Server, report: Report) -> None:
    """The queue of notifications is full: edits are refused, with notifications off they are not."""
    if major() < 17:
        print("conflicts: SKIPPED the full queue of notifications: before PostgreSQL 17 it holds 8 GB", flush=True)
        return
    server.stop("fast")
    with open(server.data / "postgresql.conf", "a", encoding="ascii") as settings:
        settings.write("max_notify_queue_pages = 64\n")
    server.start()
    sleeper, session = server.session(), server.session()
    session.run(put("heard", "heard0"))
    sleeper.run("LISTEN aria_focus", "BEGIN")
    code, edits = None, 0
    while code is None and edits < 1000:
        edits += 1
        code = attempt(session, "UPDATE aria_engine.focus_profiles SET description = random()::text; NOTIFY other,"
                                f" '{'x' * 7000}'").code  # fmt: skip
    report.equal("the queue is full", errorcodes.PROGRAM_LIMIT_EXCEEDED, code)
    report.equal("a refused edit", (errorcodes.PROGRAM_LIMIT_EXCEEDED, None),
                 (attempt(session, put("heard", "heard1")).code, route(session, "heard1")))
    session.run("SET aria_focus.notify = off", put("heard", "heard2"))
    report.equal("an edit that tells nobody", "heard", route(session, "heard2"))
    sleeper.run("ROLLBACK")
    sleeper.close()
    # PostgreSQL looks for what everybody has read when a notification is sent, or when it is asked for the usage.
    wait_for(lambda: session.value("SELECT pg_notification_queue_usage()") == 0, "the queue is empty again")
    session.run("RESET aria_focus.notify", put("heard", "heard3"))
    report.equal("an edit afterwards", "heard", route(session, "heard3"))
    session.close()


def check(server: Server, times: int, report: Report) -> None:
    """All of it; so many counts an editor."""
    session = server.session()
    session.run("CALL faults.fill(5, 5)")
    session.close()
    check_deadlock(server, report)
    for level in ("repeatable read", "serializable"):
        check_counting(server, level, times, report)
    check_locked(server, report)
    check_commit(server, report)
    check_queue(server, report)
