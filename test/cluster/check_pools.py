"""The guide's read pool, which is never behind for an editor, and its view for foreign tables."""

from __future__ import annotations

from typing import Any, Iterator

import psycopg2
from clusters import Cluster, Session, guide_block, wait_for

from check_subscriber import guide_pair, statements

EDITOR = "profile_editor"
RIGHTS = (
    f"CREATE ROLE {EDITOR} LOGIN",
    f"GRANT USAGE ON SCHEMA aria_engine TO {EDITOR}",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON aria_engine.focus_profiles TO {EDITOR}",
    f"GRANT SELECT, INSERT ON aria_engine.focus_history TO {EDITOR}",
)
STREAMS = "SELECT sync_state FROM pg_stat_replication WHERE application_name = 'focus' AND state = 'streaming'"
EDITS = 100
READ_ONLY = "25006"


def sync_state(publisher: Session) -> str:
    """How the publisher sees its subscriber; nothing while it is away."""
    return " ".join(row[0] for row in publisher.rows(STREAMS))


def edits() -> Iterator[str]:
    """Edits that each change the answer for the word alpha."""
    for i in range(EDITS):
        keywords = '["alpha"]' if i % 2 else '["omega"]'
        yield f"UPDATE aria_engine.focus_profiles SET expertise_keywords = '{keywords}' WHERE focus_id = 'one'"


def count_stale(editor: Any, subscriber: Session) -> int:
    """After how many edits the pool still gave the answer from before."""
    stale = 0
    for number, edit in enumerate(edits()):
        editor.execute(edit)
        answer = subscriber.value("SELECT aria_engine.focus_route('alpha', NULL)")
        stale += answer != ("one" if number % 2 else None)
    return stale


def check_pool(primary: Cluster, other: Cluster, report: Any) -> None:
    """An editor's commit waits for the pool, others' do not, and the pool refuses edits."""
    with guide_pair(primary, other) as (publisher, subscriber):
        publisher.run(*RIGHTS)
        wait_for(lambda: sync_state(publisher) == "async", "the subscription")
        publisher.run(*statements(guide_block("sql pool publisher")))
        subscriber.run(guide_block("sql pool subscriber"))
        try:
            wait_for(lambda: sync_state(publisher) == "sync", "the pool among the synchronous ones")
            connection = psycopg2.connect(host=str(primary.socket), port=5432, user=EDITOR, dbname="guide_test")
            connection.autocommit = True
            report.equal("stale answers", 0, count_stale(connection.cursor(), subscriber))
            connection.close()
            edit = "UPDATE aria_engine.focus_profiles SET tone = 'warm'"
            report.equal("an edit on the pool", READ_ONLY, subscriber.refusal(edit))
            report.equal("a TRUNCATE there", READ_ONLY, subscriber.refusal("TRUNCATE aria_engine.focus_profiles"))
            # Nobody else waits: not even while the pool is away.
            subscriber.run("ALTER SUBSCRIPTION focus DISABLE")
            wait_for(lambda: sync_state(publisher) == "", "the pool's absence")
            other_session = primary.session("guide_test")
            report.equal("an edit by another role", None, other_session.refusal(edit))
            other_session.close()
            subscriber.run("ALTER SUBSCRIPTION focus ENABLE")
        finally:
            publisher.run("ALTER SYSTEM RESET synchronous_standby_names", "ALTER SYSTEM RESET synchronous_commit",
                          "SELECT pg_reload_conf()")  # fmt: skip
        wait_for(lambda: sync_state(publisher) == "async", "the old settings")
        publisher.run(f"DROP OWNED BY {EDITOR}", f"DROP ROLE {EDITOR}")


def check_foreign(primary: Cluster, report: Any) -> None:
    """The guide's view on the remote side: its profiles answer, and its rows alone travel."""
    remote = primary.make_database("remote_test")
    if not remote.value("SELECT count(*) FROM pg_available_extensions WHERE name = 'postgres_fdw'"):
        print("left out: this server has no postgres_fdw")
        return
    remote.run("SELECT give('one', 'alpha')", guide_block("sql foreign remote"),
               "INSERT INTO mails VALUES (1, 'alpha'), (2, 'beta'), (3, 'none')")  # fmt: skip
    local = primary.make_database("local_test")
    local.run("TRUNCATE aria_engine.focus_profiles")
    commands = guide_block("sql foreign local")
    for written, ours in (("host 'publisher'", f"host '{primary.socket}', port '5432'"), ("'mydb'", "'remote_test'"),
                          ("'reader'", "'postgres'")):  # fmt: skip
        report.true(f"the guide says {written}", written in commands, commands)
        commands = commands.replace(written, ours)
    local.run(commands)
    report.equal("answers of the remote profiles", [(1, "one"), (2, "two"), (3, None)],
                 local.rows("SELECT id, focus FROM routed_mails ORDER BY id"))  # fmt: skip
    plan = "\n".join(row[0] for row in local.rows("EXPLAIN (VERBOSE) SELECT id FROM routed_mails WHERE focus = 'one'"))
    report.true("the condition travels", "WHERE ((focus = 'one'" in plan, plan)
    called = "EXPLAIN (VERBOSE) SELECT id FROM routed_mails WHERE aria_engine.focus_route(body, NULL) = 'one'"
    local.run("ALTER SERVER profiles OPTIONS (ADD extensions 'aria_focus')")
    plan = "\n".join(row[0] for row in local.rows(called))
    report.true("a call does not, whatever is said", "Filter: (aria_engine.focus_route" in plan, plan)
    for session in (remote, local):
        session.close()
