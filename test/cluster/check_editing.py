"""Many clients edit at once: on different profiles nobody waits, on one profile no change is lost."""

from __future__ import annotations

import threading
from typing import Any, Callable, List

import psycopg2
from clusters import Cluster, Session
from psycopg2 import errorcodes

CLIENTS = 8
EDITS = 30
HISTORY = "SELECT count(*) FROM aria_engine.focus_history WHERE focus_id = "
# A lock that somebody waits for, of those that are held to the end of a transaction. Two are told apart, held
# for a moment by whoever writes and notifies: extend, while a table gets a new page; object, while a commit
# puts its notifications into the queue.
WAITING = (
    "SELECT locktype, relation::regclass::text FROM pg_locks"
    " WHERE NOT granted AND locktype NOT IN ('extend', 'object')"
)


def put(session: Session, more: str, *arguments: Any) -> None:
    """Calls focus_put with an object built in SQL."""
    session.cursor.execute(f"SELECT aria_engine.focus_put(jsonb_build_object({more}))", arguments)


def run_clients(work: Callable[[int], None]) -> List[str]:
    """Runs the work in as many threads as there are clients; returns what they failed with."""
    failures: List[str] = []

    def guarded(number: int) -> None:
        try:
            work(number)
        except Exception as error:  # pylint: disable=broad-except
            failures.append(repr(error))

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def check_open(cluster: Cluster, report: Any) -> None:
    """Everybody edits his profile, in transactions that are all open until the last one is done."""
    sessions = [cluster.session("editing_test") for _ in range(CLIENTS)]
    for number, session in enumerate(sessions):
        session.run("SET lock_timeout = '1s'", "BEGIN")
        put(session, "'focus_id', %s, 'tone', 'warm'", f"own{number}")
        session.run(f"SELECT aria_engine.focus_restore('own{number}', 1)", f"SELECT add('more{number}', 'word')")
        session.run(f"DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'more{number}'")
    report.equal("open edits of different profiles", CLIENTS, len(sessions))
    for session in sessions:
        session.run("COMMIT")
        session.close()


def check_different(cluster: Cluster, watcher: Session, report: Any) -> None:
    """The same under load, while a watcher looks who waits."""
    before = [watcher.value(f"{HISTORY}'own{number}'") for number in range(CLIENTS)]

    def work(number: int) -> None:
        session = cluster.session("editing_test")
        session.run("SET lock_timeout = '2s'")
        for count in range(EDITS):
            put(session, "'focus_id', %s, 'description', %s::text", f"own{number}", f"edit {count}")
            session.run(f"SELECT aria_engine.focus_restore('own{number}', 1)")
        session.close()

    waiting: List[Any] = []
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            waiting.extend(watcher.rows(WAITING))

    thread = threading.Thread(target=watch)
    thread.start()
    failures = run_clients(work)
    done.set()
    thread.join()
    report.equal("clients on different profiles", [], failures)
    report.equal("nobody waits", [], waiting)
    for number in range(CLIENTS):
        report.equal(f"versions of own{number}", before[number] + 2 * EDITS, watcher.value(f"{HISTORY}'own{number}'"))


def check_counter(cluster: Cluster, watcher: Session, report: Any) -> None:
    """Everybody counts one profile up by expected_revision, reading again when he is told to."""
    refused: List[int] = []

    def work(_: int) -> None:
        session = cluster.session("editing_test")
        for _ in range(EDITS):
            while True:
                ((revision, budget),) = session.rows(
                    "SELECT 1 + (SELECT count(*) FROM aria_engine.focus_history WHERE focus_id = 'counter'),"
                    " token_budget_hint FROM aria_engine.focus_profiles WHERE focus_id = 'counter'"
                )
                try:
                    session.cursor.execute(
                        "SELECT aria_engine.focus_put(jsonb_build_object('focus_id', 'counter', 'token_budget_hint',"
                        " %s), 'count', %s)",
                        (budget + 1, revision),
                    )
                    break
                except psycopg2.Error as error:
                    if error.pgcode != errorcodes.OBJECT_NOT_IN_PREREQUISITE_STATE:
                        raise
                    refused.append(revision)
        session.close()

    report.equal("clients that count", [], run_clients(work))
    total = CLIENTS * EDITS
    report.equal("no count is lost", total,
                 watcher.value("SELECT token_budget_hint FROM aria_engine.focus_profiles WHERE focus_id = 'counter'"))
    kept = "SELECT array_agg((profile ->> 'token_budget_hint')::int ORDER BY revision) FROM aria_engine.focus_history"
    report.equal("each is in the history", list(range(total)), watcher.value(f"{kept} WHERE focus_id = 'counter'"))
    report.true("they met", len(refused) > 0, "no put was refused")


def check_columns(cluster: Cluster, watcher: Session, report: Any) -> None:
    """Everybody patches a column of his own of one profile, without looking."""
    columns = ("display_name", "emoji", "description", "system_prompt_addon", "model_override", "style", "tone")
    words = {"style": ("concise", "socratic"), "tone": ("warm", "blunt")}

    def work(number: int) -> None:
        session = cluster.session("editing_test")
        column = columns[number % len(columns)]
        for count in range(EDITS):
            value = words[column][count % 2] if column in words else str(count)
            put(session, "'focus_id', 'shared', %s::text, %s::text", column, value)
        session.close()

    report.equal("clients on one profile", [], run_clients(work))
    shared = f"SELECT {', '.join(columns)} FROM aria_engine.focus_profiles WHERE focus_id = 'shared'"
    ((*values,),) = watcher.rows(shared)
    last = str(EDITS - 1)
    report.equal("no column is lost", [last] * 5 + ["socratic", "blunt"], values)
    changes = watcher.value("SELECT count(*) FROM aria_engine.focus_revisions('shared') WHERE operation = 'UPDATE'"
                            " AND (SELECT count(*) FROM jsonb_object_keys(changes)) = 1")
    report.equal("each version is one column's change", watcher.value(f"{HISTORY}'shared'"), changes)


def check(cluster: Cluster, report: Any) -> None:
    """All of it in one database."""
    watcher = cluster.make_database("editing_test")
    watcher.run(f"SELECT add('own' || i, 'word') FROM generate_series(0, {CLIENTS - 1}) AS i",
                "SELECT add('shared', 'x'), add('counter', 'x')",
                "UPDATE aria_engine.focus_profiles SET token_budget_hint = 0 WHERE focus_id = 'counter'",
                "SET session_replication_role = replica", "DELETE FROM aria_engine.focus_history",
                "RESET session_replication_role")  # fmt: skip
    check_open(cluster, report)
    check_different(cluster, watcher, report)
    check_counter(cluster, watcher, report)
    check_columns(cluster, watcher, report)
    watcher.close()
