"""A hot standby, its startup process paused, and its promotion, all under one open session."""

from __future__ import annotations

from typing import Any

from clusters import Cluster, Session, wait_for

MESSAGES = ("alpha", "say beta, then alpha", "gamma gamma beta", "nothing of it")


def is_past(session: Session, place: str, lsn: str) -> bool:
    """Has this server come to a position of the log?"""
    return session.value(f"SELECT coalesce({place}() >= '{lsn}'::pg_lsn, false)")


def wait_replayed(primary: Session, standby: Session) -> None:
    """Waits until the standby has replayed what the primary has done."""
    lsn = primary.value("SELECT pg_current_wal_lsn()")
    wait_for(lambda: is_past(standby, "pg_last_wal_replay_lsn", lsn), f"replay of {lsn}")


def wait_received(primary: Session, standby: Session) -> None:
    """Waits until the standby has received what the primary has done."""
    lsn = primary.value("SELECT pg_current_wal_lsn()")
    wait_for(lambda: is_past(standby, "pg_last_wal_receive_lsn", lsn), f"receipt of {lsn}")


# What every function that reads says of the profiles and their history.
READING = (
    "SELECT aria_engine.focus_etag(), aria_engine.focus_export()::text, aria_engine.focus_digest()",
    "SELECT c::text FROM aria_engine.focus_catalog AS c ORDER BY focus_id",
    "SELECT h::text FROM aria_engine.focus_history AS h ORDER BY focus_id, revision",
    "SELECT id, r::text FROM unnest(ARRAY['one', 'two', 'three']) AS id, aria_engine.focus_revisions(id) AS r",
    "SELECT d::text FROM aria_engine.focus_diff('one', 1, 2) AS d",
    "SELECT a::text FROM aria_engine.focus_at('one', (SELECT min(changed_at) FROM aria_engine.focus_history)) AS a",
    "SELECT aria_engine.focus_revision('one', 1)::text",
    "SELECT i::text FROM aria_engine.focus_import('{\"format\": 1, \"profiles\": [{\"focus_id\": \"x\"}]}',"
    " dry_run => true) AS i",
    "SELECT v::text FROM aria_engine.focus_validate('{\"focus_id\": \"X\"}') AS v",
    "SELECT a::text FROM aria_engine.focus_adopt('aria_engine.focus_catalog', true) AS a",
    "SELECT d::text FROM aria_engine.focus_dependents('aria_engine.focus_profiles') AS d",
)


def check_reading(primary: Session, reader: Session, other: Session, report: Any) -> None:
    """The functions that read answer as on the primary; those that write are refused as any write."""
    primary.run("SELECT aria_engine.focus_put('{\"focus_id\": \"one\", \"tone\": \"warm\"}', 'a reason')",
                "DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'two'",
                "SELECT aria_engine.focus_restore('two', 1)",
                "SELECT aria_engine.focus_restore('one', 1)")  # fmt: skip
    wait_replayed(primary, other)
    for query in READING:
        report.equal(f"the standby: {query}", primary.rows(query), reader.rows(query))
    for query in ("focus_put('{\"focus_id\": \"one\", \"tone\": \"warm\"}')", "focus_restore('two', 1)"):
        report.equal(f"the standby refuses {query}", "25006", reader.refusal(f"SELECT aria_engine.{query}"))


def ranks(session: Session) -> Any:
    """What the session answers on all messages."""
    texts = ", ".join(f"('{message}')" for message in MESSAGES)
    return session.rows(
        f"SELECT m, r.* FROM (VALUES {texts}) AS v (m), LATERAL aria_engine.focus_rank(m) AS r ORDER BY m, rank"
    )


AGENTS = (
    '[{"agent_id": "a", "focus_type": "one", "model": "m", "parent_agent_id": "b"},'
    ' {"agent_id": "b", "focus_type": "two", "fallback_model": "n"}, {"agent_id": "c", "focus_type": "three"}]'
)


def delegated(session: Session) -> Any:
    """What the session answers of agents: scores, seats, models, settings, and what points nowhere."""
    return [
        session.rows(f"SELECT r::text FROM {call} AS r")
        for call in (
            f"aria_engine.focus_agent_scores('alpha and beta', '{AGENTS}')",
            f"aria_engine.focus_select_agents('alpha and beta', '{AGENTS}')",
            f"aria_engine.focus_fallback_chain('a', '{AGENTS}')",
            "aria_engine.focus_escalation('should we compare alpha and beta?')",
            "aria_engine.focus_effective_settings('one', '{\"max_tokens\": 9000}')",
            "aria_engine.focus_context_cap(ARRAY['one', 'two'], 7)",
            "aria_engine.focus_dangling('aria_engine.focus_tones', 'tone')",
        )
    ]


def pause(standby: Session) -> None:
    """Pauses the startup process, and waits until it does."""
    standby.run("SELECT pg_wal_replay_pause()")
    has_state = standby.value("SELECT count(*) FROM pg_proc WHERE proname = 'pg_get_wal_replay_pause_state'")
    state = "pg_get_wal_replay_pause_state() = 'paused'" if has_state else "pg_is_wal_replay_paused()"
    wait_for(lambda: standby.value(f"SELECT {state}"), "the pause")


def check_replay(primary: Session, reader: Session, other: Session, report: Any) -> None:
    """Edits of the primary reach the standby's open session when they are replayed."""
    wait_replayed(primary, other)
    report.equal("the standby answers", "alpha>one beta>two gamma>-", reader.routes())
    report.equal("as the primary does", ranks(primary), ranks(reader))
    for edit, expected in (
        ("SELECT give('one', 'gamma')", "alpha>- beta>two gamma>one"),
        ("SELECT add('three', 'alpha')", "alpha>three beta>two gamma>one"),
        ("DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'two'", "alpha>three beta>- gamma>one"),
        ("VACUUM FULL aria_engine.focus_profiles", "alpha>three beta>- gamma>one"),
        ("TRUNCATE aria_engine.focus_profiles", "alpha>- beta>- gamma>-"),
        ("CALL reset()", "alpha>one beta>two gamma>-"),
    ):
        primary.run(edit)
        wait_replayed(primary, other)
        report.equal(f"the standby's open session after {edit}", expected, reader.routes())
        report.equal(f"ranks after {edit}", ranks(primary), ranks(reader))
        report.equal(f"delegation after {edit}", delegated(primary), delegated(reader))
    # The edit of a transaction that is open on the primary is there, and not seen.
    primary.run("BEGIN", "SELECT add('three', 'gamma')")
    wait_replayed(primary, other)
    report.equal("not before the commit", "alpha>one beta>two gamma>-", reader.routes())
    primary.run("COMMIT")
    wait_replayed(primary, other)
    report.equal("after it", "alpha>one beta>two gamma>three", reader.routes())


def check_old_snapshot(primary: Session, reader: Session, other: Session, report: Any) -> None:
    """A REPEATABLE READ transaction of the standby keeps its profiles while replay goes on."""
    reader.run("BEGIN ISOLATION LEVEL REPEATABLE READ")
    report.equal("a snapshot on the standby", "alpha>one beta>two gamma>three", reader.routes())
    primary.run("SELECT give('one', 'beta')")
    wait_replayed(primary, other)
    report.equal("stays", "alpha>one beta>two gamma>three", reader.routes())
    report.equal("in one session", "alpha>- beta>one gamma>three", other.routes())
    reader.run("COMMIT")
    report.equal("and ends", "alpha>- beta>one gamma>three", reader.routes())


def check_pause(primary: Session, reader: Session, other: Session, report: Any) -> None:
    """While the startup process is paused the old answers stay."""
    pause(other)
    primary.run("SELECT give('one', 'alpha')", "ANALYZE aria_engine.focus_profiles")
    wait_received(primary, other)
    report.equal("paused", "alpha>- beta>one gamma>three", reader.routes())
    report.equal("paused, a new transaction", "alpha>- beta>one gamma>three", reader.routes())
    other.run("SELECT pg_wal_replay_resume()")
    wait_replayed(primary, other)
    report.equal("resumed", "alpha>one beta>two gamma>three", reader.routes())


def check_promotion(primary: Session, reader: Session, other: Session, report: Any) -> None:
    """An open session goes on through the promotion and sees the edits that follow."""
    primary.run("SET aria_focus.notify = off", "BEGIN", "SELECT give('two', 'gamma')", "PREPARE TRANSACTION 'pending'")
    primary.run("SELECT give('three', 'delta')")
    wait_replayed(primary, other)
    report.equal("before the promotion", "alpha>one beta>two gamma>-", reader.routes())
    reader.run("BEGIN ISOLATION LEVEL REPEATABLE READ")
    reader.routes()
    report.true("promoted", other.value("SELECT pg_promote()"))
    wait_for(lambda: not other.value("SELECT pg_is_in_recovery()"), "the end of recovery")
    other.run("SELECT give('three', 'gamma')")
    report.equal("a snapshot of before", "alpha>one beta>two gamma>-", reader.routes())
    reader.run("COMMIT")
    report.equal("after the promotion", "alpha>one beta>two gamma>three", reader.routes())
    other.run("COMMIT PREPARED 'pending'")
    report.equal("what was prepared on the primary", "alpha>one beta>- gamma>three", reader.routes())
    reader.run("DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'three'")
    report.equal("an edit of its own", "alpha>one beta>- gamma>two", reader.routes())
    other.run("SELECT give('one', 'beta')", "VACUUM FULL aria_engine.focus_profiles")
    report.equal("and one of another", "alpha>- beta>one gamma>two", reader.routes())
    report.equal("the old primary is another", "alpha>one beta>two gamma>-", primary.routes())
    primary.run("ROLLBACK PREPARED 'pending'")


def check(primary_cluster: Cluster, standby_cluster: Cluster, report: Any) -> None:
    """All of it."""
    primary = primary_cluster.make_database("standby_test")
    standby_cluster.copy_from(primary_cluster)
    standby_cluster.start()
    try:
        reader, other = (standby_cluster.session("standby_test") for _ in range(2))
        for part in (check_replay, check_reading, check_old_snapshot, check_pause, check_promotion):
            part(primary, reader, other, report)
        for session in (primary, reader, other):
            session.close()
    finally:
        standby_cluster.stop("immediate")
