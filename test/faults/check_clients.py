"""Clients that vanish in the middle of a statement, a COPY, a result, a transaction: nothing half done stays."""

from __future__ import annotations

import os
import random
import socket
import time
from typing import Any, Iterator, List

import psycopg2
from check_cancel import Runner, duration, figures, forget
from clusters import Report, Session, wait_for
from servers import GONE, Server, attempt, process_of
from work import ANSWER, DOCUMENT, QUESTION, Work, prepare, reading, remove, stored, writing

SCALE = 8
SEED = 20211
# A statement whose answer is sent for a while.
STREAMED = Work("explain, streamed", "SELECT * FROM aria_engine.focus_explain("
                "(SELECT message FROM faults.inputs WHERE name = 'many'))")  # fmt: skip
PUT = "SELECT FROM aria_engine.focus_put('{\"focus_id\": \"p1\", \"description\": \"never\"}')"


def hang_up(session: Session) -> None:
    """The client is gone, as the server sees it: the connection's other end is closed."""
    with socket.socket(fileno=os.dup(session.connection.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)


def wait_for_end(watcher: Session, process: int, what: str) -> float:
    """Waits until a session has ended; the milliseconds."""
    started = time.monotonic()
    wait_for(lambda: not watcher.value(f"SELECT count(*) FROM pg_stat_activity WHERE pid = {process}"), what)
    return (time.monotonic() - started) * 1000


def check_statement(server: Server, watcher: Session, work: Work, lasts: float, noticed: bool, report: Report) -> float:
    """A client vanishes in the middle of a statement; the milliseconds until its session ends."""
    session = server.session()
    if noticed:
        session.run("SET client_connection_check_interval = '20ms'")
    process = process_of(session)
    forget(watcher)
    runner = Runner(session, work.query)
    time.sleep(lasts)
    hang_up(session)
    runner.wait(0)
    took = wait_for_end(watcher, process, f"{work.name}: the session without its client ends")
    if work.leaves is not None:
        # A statement whose client is gone may still succeed, as a whole.
        report.true(f"{work.name}: all or nothing", stored(watcher, work) in (0, whole(server, watcher, work)))
    report.equal(f"{work.name}: another session answers", ANSWER, attempt(watcher, QUESTION).rows)
    session.close()
    return took


def whole(server: Server, watcher: Session, work: Work) -> int:
    """How many profiles a statement leaves; it leaves none of them here."""
    remove(watcher, work)
    session = server.session()
    session.run("BEGIN", work.query)
    found = stored(session, work)
    session.run("ROLLBACK")
    session.close()
    return found


class Rows:
    """What a COPY reads: rows, and in the middle of them the client is gone."""

    def __init__(self, session: Session, rows: int) -> None:
        """So many rows come before the end."""
        self._parts = self._all(session, rows)

    @staticmethod
    def _all(session: Session, rows: int) -> Iterator[str]:
        """The parts of the file."""
        for row in range(rows):
            yield f"copied{row}\tCopied\n"
        hang_up(session)
        while True:
            yield "copied\tCopied\n"

    def read(self, _: int) -> str:
        """The next part."""
        return next(self._parts)


def check_copy(server: Server, watcher: Session, report: Report) -> None:
    """A COPY that breaks off stores nothing."""
    session = server.session()
    process = process_of(session)
    try:
        session.cursor.copy_expert("COPY aria_engine.focus_profiles (focus_id, display_name) FROM STDIN",
                                   Rows(session, 20_000))  # fmt: skip
        report.true("the COPY broke off", False)
    except psycopg2.Error as error:
        report.equal("the COPY broke off", GONE, error.pgcode or GONE)
    wait_for_end(watcher, process, "the session of the COPY ends")
    report.equal("profiles of a COPY that broke off", 0, watcher.value(
        "SELECT count(*) FROM aria_engine.focus_profiles WHERE focus_id ~ '^copied'"))  # fmt: skip


def check_open(server: Server, watcher: Session, ends: Any, report: Report) -> None:
    """A transaction with edits whose client is gone: nothing of it stays, its locks neither."""
    session = server.session()
    process = process_of(session)
    session.run("BEGIN", PUT, f"SELECT count(*) FROM aria_engine.focus_import({DOCUMENT.format('import')})",
                "SAVEPOINT s",
                "DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'p0'", "ROLLBACK TO s",
                "DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'p2'")  # fmt: skip
    report.equal("its own edits", [(None, 1)], session.rows(
        "SELECT aria_engine.focus_route(faults.word(401), NULL), (SELECT count(*) FROM aria_engine.focus_history"
        " WHERE focus_id = 'p2' AND operation = 'DELETE')"))  # fmt: skip
    ends(session)
    wait_for_end(watcher, process, "the session with the open transaction ends")
    watcher.run("SET lock_timeout = '1s'")
    found = watcher.rows("SELECT aria_engine.focus_route(faults.word(401), NULL), description, (SELECT count(*)"
                         " FROM aria_engine.focus_history WHERE profile ->> 'description' = 'never'"
                         " OR operation = 'DELETE'),"
                         " (SELECT count(*) FROM aria_engine.focus_profiles WHERE focus_id ~ '^i')"
                         " FROM aria_engine.focus_profiles WHERE focus_id = 'p1' FOR UPDATE")  # fmt: skip
    ((route, description, kept, more),) = found
    left = (route, description != "never", kept, more)
    report.equal("nothing of an open transaction stays", ("p2", True, 0, 0), left)
    watcher.run("RESET lock_timeout")
    session.close()


def let_idle(session: Session) -> None:
    """The server ends a session that idles in its transaction."""
    session.run("SET idle_in_transaction_session_timeout = '50ms'")


def check(server: Server, rounds: int, report: Report) -> None:
    """So many clients vanish in the middle of each statement."""
    watcher = server.session()
    prepare(watcher, SCALE)
    check_open(server, watcher, hang_up, report)
    check_open(server, watcher, let_idle, report)
    check_copy(server, watcher, report)
    dice = random.Random(SEED)
    for noticed in (False, True):
        times: List[float] = []
        for work in [*reading(), STREAMED, *writing()]:
            session = server.session()
            lasts = duration(session, work)
            session.close()
            remove(watcher, work)
            for _ in range(rounds):
                times.append(check_statement(server, watcher, work, dice.random() * lasts, noticed, report))
                remove(watcher, work)
        what = "noticed at once" if noticed else "noticed at the end of the statement"
        print(f"clients: {len(times)} vanished, {what}; the session ended: {figures(times)}", flush=True)
    watcher.close()
