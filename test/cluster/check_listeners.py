"""Listeners hear of every profile that changed, once a transaction, and of nothing else."""

from __future__ import annotations

import select
from typing import Any, List

from clusters import Cluster, Session

WAIT_S = 5.0

# A transaction, and what is heard of it.
CASES = (
    (("SELECT add('n', 'x')",), ["n"]),
    (("SELECT give('n', 'y')",), ["n"]),
    (("SELECT give('n', 'y')",), []),
    (("UPDATE aria_engine.focus_profiles SET tone = tone",), []),
    (("BEGIN", "SELECT give('n', 'z')", "SELECT give('n', 'a')", "SELECT give('one', 'z')", "COMMIT"), ["n", "one"]),
    (("BEGIN", "SELECT give('n', 'b')", "ROLLBACK"), []),
    (("BEGIN", "SAVEPOINT s", "SELECT give('n', 'b')", "ROLLBACK TO s", "SELECT give('two', 'z')", "COMMIT"), ["two"]),
    (("UPDATE aria_engine.focus_profiles SET focus_id = 'm' WHERE focus_id = 'n'",), ["m", "n"]),
    (("SELECT aria_engine.focus_put('{\"focus_id\": \"m\", \"tone\": \"warm\"}')",), ["m"]),
    (("SELECT aria_engine.focus_restore('m', 1)",), ["m"]),
    (("SELECT * FROM aria_engine.focus_import(aria_engine.focus_export()::jsonb)",), []),
    (("DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'm'",), ["m"]),
    (("SET aria_focus.notify = off", "SELECT give('one', 'b')", "RESET aria_focus.notify"), []),
    (("SET aria_focus.notify = on", "SELECT give('one', 'c')", "RESET aria_focus.notify"), ["one"]),
    (("SET session_replication_role = replica", "SELECT give('one', 'd')", "RESET session_replication_role"), []),
    (("TRUNCATE aria_engine.focus_profiles",), ["one", "two"]),
    (("TRUNCATE aria_engine.focus_profiles",), []),
)  # fmt: skip


def heard(listener: Session, writer: Session) -> List[str]:
    """What has arrived, in order; a mark of our own tells that all has."""
    writer.run("NOTIFY aria_focus, 'the end'")
    connection = listener.connection
    while not any(notice.payload == "the end" for notice in connection.notifies):
        if not select.select([connection], [], [], WAIT_S)[0]:
            raise TimeoutError("no notification came")
        connection.poll()
    payloads = [notice.payload for notice in connection.notifies if notice.payload != "the end"]
    connection.notifies.clear()
    return payloads


def check(cluster: Cluster, report: Any) -> None:
    """Every case, heard by another session."""
    writer = cluster.make_database("listen_test")
    listener = cluster.session("listen_test")
    listener.run("LISTEN aria_focus")
    for transaction, expected in CASES:
        writer.run(*transaction)
        report.equal(f"heard of {'; '.join(transaction)}", expected, sorted(heard(listener, writer)))
    report.equal("no prepared transaction with it", "0A000", refusal_of_prepare(writer, "on"))
    report.equal("but without", None, refusal_of_prepare(writer, "off"))
    for session in (writer, listener):
        session.close()


def refusal_of_prepare(session: Session, notify: str) -> Any:
    """The SQLSTATE that PREPARE TRANSACTION ends with after an edit."""
    session.run(f"SET aria_focus.notify = {notify}", "BEGIN", f"SELECT add('p-{notify}', 'x')")
    state = session.refusal("PREPARE TRANSACTION 'listen'")
    session.run("ROLLBACK" if state else "ROLLBACK PREPARED 'listen'", "RESET aria_focus.notify")
    return state
