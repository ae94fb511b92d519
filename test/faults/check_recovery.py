"""Killed sessions and a stopped server under load: what was committed is there, what was not is nowhere.

Each editor counts: his n-th transaction writes n into the description of two profiles of his own and into the keyword
of one. So a profile at n must have the revisions 1 to n in its history, the r-th of which says r - 1, both profiles
must be at the same n, that n is at least the last one whose COMMIT was answered, and at most one more. What an editor
takes back, or leaves open, says "never".
"""

from __future__ import annotations

import threading
import time
from typing import Any, Callable, List, NamedTuple

import psycopg2
from check_cancel import Runner
from clusters import Report, Session
from psycopg2 import errorcodes
from servers import GONE, Server, attempt, process_of
from work import ANSWER, QUESTION, prepare

EDITORS = 3
ROUTERS = 3
COMMITS = 20
# What a client hears when the server goes away.
LOST = (GONE, errorcodes.CRASH_SHUTDOWN, errorcodes.ADMIN_SHUTDOWN, errorcodes.CANNOT_CONNECT_NOW)
SCALE = 20

EDIT = (
    "UPDATE aria_engine.focus_profiles SET description = '{n}', expertise_keywords = CASE focus_id WHEN"
    " '{editor}a' THEN jsonb_build_array('{editor}word{n}') ELSE expertise_keywords END"
    " WHERE focus_id IN ('{editor}a', '{editor}b')"
)
# Profiles whose history does not lead to what they are now.
BROKEN = (
    "SELECT p.focus_id FROM aria_engine.focus_profiles AS p WHERE p.focus_id ~ '^editor' AND"
    " (SELECT array_agg(h.revision || ':' || (h.profile ->> 'description') ORDER BY h.revision)"
    " FROM aria_engine.focus_history AS h WHERE h.focus_id = p.focus_id) IS DISTINCT FROM"
    " (SELECT array_agg(r || ':' || r - 1 ORDER BY r) FROM generate_series(1, p.description::integer) AS r)"
)
NEVER = (
    "SELECT focus_id FROM aria_engine.focus_profiles WHERE description = 'never' UNION ALL"
    " SELECT focus_id FROM aria_engine.focus_history WHERE profile ->> 'description' = 'never'"
)


class Client(threading.Thread):
    """Works on a session of its own until the server goes away; notes what went wrong before."""

    def __init__(self, server: Server, number: int) -> None:
        """Opens the session."""
        super().__init__()
        self.session = server.session()
        self.number = number
        self.done = 0
        self.failure = ""

    def run(self) -> None:
        """Until the end."""
        try:
            while True:
                self.work()
        except psycopg2.Error as error:
            if (error.pgcode or GONE) not in LOST:
                self.failure = f"{error.pgcode} {error}"
        except AssertionError as error:
            self.failure = str(error)
        self.session.close()

    def work(self) -> None:
        """One piece of it."""
        raise NotImplementedError


class Editor(Client):
    """Counts in two profiles at once; now and then takes something back."""

    @property
    def name(self) -> str:
        """Of the profiles, without their last letter."""
        return f"editor{self.number}"

    def start(self) -> None:
        """Goes on where the last round ended."""
        self.done = int(self.session.value(
            f"SELECT description FROM aria_engine.focus_profiles WHERE focus_id = '{self.name}a'"))  # fmt: skip
        super().start()

    def work(self) -> None:
        """One transaction that is committed, in every second round one more that is not."""
        self.session.run("BEGIN", EDIT.format(n=self.done + 1, editor=self.name), "COMMIT")
        self.done += 1
        if self.done % 2 == 0:
            self.session.run("BEGIN", EDIT.format(n="never", editor=self.name), "ROLLBACK")


class Router(Client):
    """Asks where an editor's word leads, and checks it in the same statement."""

    def work(self) -> None:
        """One question."""
        ((told, known),) = self.session.rows(
            "SELECT aria_engine.focus_route('to ' || (expertise_keywords ->> 0), NULL), focus_id"
            f" FROM aria_engine.focus_profiles WHERE focus_id = 'editor{self.number % EDITORS}a'"
        )
        assert told == known, f"{told} is not {known}"
        self.done += 1


def leave_open(server: Server) -> Session:
    """A session with a transaction that never commits."""
    session = server.session()
    session.run("BEGIN", "INSERT INTO aria_engine.focus_profiles (focus_id, display_name, description) VALUES"
                " ('open', 'Open', 'never')")  # fmt: skip
    return session


def prepare_transaction(server: Server, number: int) -> None:
    """A transaction that is prepared before the crash and committed after it."""
    session = server.session()
    session.run("SET aria_focus.notify = off", "BEGIN",
                f"SELECT FROM aria_engine.focus_put('{{\"focus_id\": \"prepared\", \"display_name\": \"{number}\","
                f" \"expertise_keywords\": [\"prepared{number}x\"]}}')",
                f"PREPARE TRANSACTION 'round{number}'")  # fmt: skip
    session.close()


def check_prepared(session: Session, number: int, report: Report) -> None:
    """The prepared transaction is invisible until it is committed."""
    route = f"SELECT aria_engine.focus_route('a prepared{number}x', NULL)"
    report.equal("prepared, not committed", None, session.value(route))
    session.run(f"COMMIT PREPARED 'round{number}'")
    report.equal("committed after the crash", "prepared", session.value(route))
    kept = session.rows("SELECT revision, profile ->> 'display_name' FROM aria_engine.focus_history"
                        " WHERE focus_id = 'prepared' ORDER BY revision")  # fmt: skip
    report.equal("its history", [(round_, str(round_ - 1)) for round_ in range(1, number + 1)], kept)


def check_books(session: Session, editors: List[Editor], report: Report) -> None:
    """Nothing committed is lost, nothing else is there, and history agrees with the table."""
    for editor in editors:
        found = session.rows("SELECT description::integer FROM aria_engine.focus_profiles"
                             f" WHERE focus_id IN ('{editor.name}a', '{editor.name}b')")  # fmt: skip
        report.true(f"{editor.name}: {editor.done} commits were answered",
                    len(found) == 2 and found[0] == found[1] and found[0][0] - editor.done in (0, 1), str(found))
    report.equal("history disagrees", [], session.rows(BROKEN))
    report.equal("what was never committed", [], session.rows(NEVER))
    wrong = session.rows("SELECT focus_id FROM aria_engine.focus_profiles WHERE focus_id ~ '^editor.*a$' AND focus_id"
                         " IS DISTINCT FROM aria_engine.focus_route(expertise_keywords ->> 0, NULL)")  # fmt: skip
    report.equal("routed wrongly", [], wrong)
    report.equal("answers", ANSWER, attempt(session, QUESTION).rows)


def kill_compiler(server: Server) -> None:
    """Kills a session in the middle of compiling, as the kernel does when memory is short."""
    victim = server.session()
    victim.run("UPDATE aria_engine.focus_profiles SET expertise_keywords = expertise_keywords || '[\"other\"]'"
               " WHERE focus_id = 'p7' AND NOT expertise_keywords ? 'other'")  # fmt: skip
    process = process_of(victim)
    runner = Runner(victim, "SELECT aria_engine.focus_route(faults.word(9), NULL)")
    time.sleep(0.01)
    server.kill(process)
    outcome = runner.wait(0).outcome
    if outcome.code not in LOST:
        raise ValueError(f"the compile was over before it was killed: {outcome}")
    victim.close()


def start_again(server: Server) -> Session:
    """Starts a server that was stopped."""
    server.start()
    return server.session()


class Crash(NamedTuple):
    """A kind of crash, and how the server comes back from it once all clients have noticed."""

    name: str
    happen: Callable[[Server], None]
    come_back: Callable[[Server], Session]


CRASHES = (
    Crash("kill -9", kill_compiler, lambda server: server.wait_until_up()),
    Crash("immediate stop", lambda server: server.stop("immediate"), start_again),
)


def one_round(server: Server, number: int, crash: Crash, report: Report) -> int:
    """Load, a crash in the middle of it, and what is there afterwards; the number of commits."""
    editors = [Editor(server, i) for i in range(EDITORS)]
    clients: List[Any] = [*editors, *(Router(server, i) for i in range(ROUTERS))]
    first = {}
    for client in clients:
        client.start()
        first[client] = client.done
    opened = leave_open(server)
    prepare_transaction(server, number)
    end = time.monotonic() + 30
    while any(client.is_alive() and client.done - first[client] < COMMITS for client in clients):
        if time.monotonic() > end:
            break
        time.sleep(0.01)
    crash.happen(server)
    for client in clients:
        client.join()
        report.equal(f"round {number}, client {client.number}", "", client.failure)
        report.true(f"round {number}: a {type(client).__name__} worked", client.done - first[client] >= COMMITS,
                    f"{client.done - first[client]} times")
    opened.close()
    session = crash.come_back(server)
    check_books(session, editors, report)
    check_prepared(session, number, report)
    session.close()
    return sum(editor.done - first[editor] for editor in editors)


def check(server: Server, rounds: int, report: Report) -> None:
    """So many rounds of each kind of crash."""
    session = server.session()
    prepare(session, SCALE)
    session.run("INSERT INTO aria_engine.focus_profiles (focus_id, display_name, description, expertise_keywords)"
                " SELECT 'editor' || i || c, 'Editor', '0', jsonb_build_array('editor' || i || c || 'word0')"
                f" FROM generate_series(0, {EDITORS - 1}) AS i, unnest('{{a,b}}'::text[]) AS c",
                "INSERT INTO aria_engine.focus_profiles (focus_id, display_name) VALUES ('prepared', '0')")  # fmt: skip
    session.close()
    number = 0
    for crash in CRASHES:
        commits = 0
        for _ in range(rounds):
            number += 1
            commits += one_round(server, number, crash, report)
        print(f"recovery: {rounds} times {crash.name}: {commits} commits", flush=True)
