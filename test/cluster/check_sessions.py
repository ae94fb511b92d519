"""What takes a quiet server or other settings: prepared transactions, places used again, parallel
workers, snapshots whose list of subtransactions overflowed."""

from __future__ import annotations

import random
from typing import Any, Dict

import psycopg2
from clusters import Cluster, Session, major, wait_for

FOUR_WORDS = (
    "CREATE TABLE messages AS SELECT i, (ARRAY['alpha', 'say beta', 'gamma!', 'none'])[1 + i % 4] AS message"
    " FROM generate_series(1, 20000) AS i"
)
COUNTS = (
    "SELECT aria_engine.focus_route(message, NULL) AS focus, count(*), sum((10 * aria_engine.focus_specialty_score("
    "message, 'one'))::integer) FROM messages GROUP BY 1 ORDER BY 1"
)


def check_prepared(cluster: Cluster, report: Any) -> None:
    """A prepared transaction is seen when somebody commits it, by whom it may be."""
    writer = cluster.make_database("prepared_test")
    reader, third = cluster.session("prepared_test"), cluster.session("prepared_test")
    before, after = "alpha>one beta>two gamma>-", "alpha>- beta>two gamma>one"
    writer.run("SET aria_focus.notify = off")  # else PostgreSQL refuses to prepare
    for end, expected in (("ROLLBACK", before), ("COMMIT", after)):
        reader.routes()
        writer.run("BEGIN", "SELECT give('one', 'gamma')")
        report.equal("in its own transaction", after, writer.routes())
        writer.run("PREPARE TRANSACTION 'edit'")
        for name, session in (("the writer", writer), ("a reader", reader)):
            report.equal(f"{name} while it is prepared", before, session.routes())
        reader.run("BEGIN ISOLATION LEVEL REPEATABLE READ")
        reader.routes()
        third.run(f"{end} PREPARED 'edit'")
        report.equal(f"an old snapshot after {end} PREPARED", before, reader.routes())
        reader.run("COMMIT")
        for name, session in (("the writer", writer), ("a reader", reader), ("who ended it", third)):
            report.equal(f"{name} after {end} PREPARED", expected, session.routes())
    for session in (writer, reader, third):
        session.close()


def check_places(cluster: Cluster, report: Any) -> None:
    """A place is used again by another transaction: VACUUM in between, no other difference."""
    writer = cluster.make_database("places_test")
    reader = cluster.session("places_test")
    where = "SELECT string_agg(ctid::text, ' ' ORDER BY ctid) FROM aria_engine.focus_profiles"
    writer.run("DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'two'")
    report.equal("one row", "alpha>one beta>- gamma>-", reader.routes())
    place = reader.value(where)
    writer.run(
        "DELETE FROM aria_engine.focus_profiles",
        "VACUUM (TRUNCATE off) aria_engine.focus_profiles",
        "SELECT add('other', 'gamma')",
    )
    report.equal("another one", "alpha>- beta>- gamma>other", reader.routes())
    report.equal("stands where it stood", place, reader.value(where))
    for session in (writer, reader):
        session.close()


def check_pruned(cluster: Cluster, report: Any) -> None:
    """A place is used again by another transaction without VACUUM: a page that is full is pruned."""
    writer = cluster.make_database("pruned_test")
    reader = cluster.session("pruned_test")
    # Four versions fill a page; what a hash gives is not compressed.
    writer.run(
        "DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'two'",
        "UPDATE aria_engine.focus_profiles SET system_prompt_addon ="
        " (SELECT string_agg(md5(i::text), '') FROM generate_series(1, 55) AS i)",
    )
    seen: Dict[str, str] = {}
    came_again = 0
    chance = random.Random(1)
    for i in range(30):
        keyword = chance.choice(("alpha", "beta", "gamma"))
        writer.run(f"SELECT give('one', '{keyword}')")
        place = reader.value("SELECT ctid::text FROM aria_engine.focus_profiles")
        expected = " ".join(f"{word}>{'one' if word == keyword else '-'}" for word in ("alpha", "beta", "gamma"))
        report.equal(f"edit {i + 1}, at {place}", expected, reader.routes())
        came_again += seen.get(place, keyword) != keyword
        seen[place] = keyword
    report.equal("a place came again, with another keyword", True, came_again > 3)
    for session in (writer, reader):
        session.close()


def go_parallel(session: Session) -> None:
    """Makes every plan that can be parallel so."""
    forced = "debug_parallel_query" if major() >= 16 else "force_parallel_mode"
    session.run(
        "SET parallel_setup_cost = 0",
        "SET parallel_tuple_cost = 0",
        "SET min_parallel_table_scan_size = 0",
        "SET max_parallel_workers_per_gather = 2",
        f"SET {forced} = on",
    )


def workers_of(plan: Any) -> int:
    """How many workers the plan has launched, all nodes together."""
    return plan.get("Workers Launched", 0) + sum(workers_of(part) for part in plan.get("Plans", ()))


def check_parallel(cluster: Cluster, report: Any) -> None:
    """Parallel workers see what the leader's statement sees, uncommitted edits and all."""
    parallel = cluster.make_database("parallel_test")
    serial = cluster.session("parallel_test")
    serial.run(FOUR_WORDS, "ANALYZE messages", "SET max_parallel_workers_per_gather = 0")
    go_parallel(parallel)
    report.equal("committed profiles", serial.rows(COUNTS), parallel.rows(COUNTS))
    edits = (
        "SELECT give('one', 'gamma')",
        "SAVEPOINT s",
        "DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'two'",
        "SELECT add('three', 'alpha')",
        "ROLLBACK TO s",
        "TRUNCATE aria_engine.focus_profiles",
        "SELECT add('four', 'beta')",
        "ROLLBACK TO s",
    )
    for level in ("READ COMMITTED", "REPEATABLE READ"):
        parallel.run(f"BEGIN ISOLATION LEVEL {level}")
        answers = []
        for edit in edits:
            parallel.run(edit)
            parallel.run("SET LOCAL max_parallel_workers_per_gather = 2")
            found = parallel.rows(COUNTS)
            plan = parallel.value(f"EXPLAIN (ANALYZE, COSTS off, FORMAT JSON) {COUNTS}")[0]["Plan"]
            report.true(f"{level}, {edit}: workers", workers_of(plan) > 0, "none was launched")
            parallel.run("SET LOCAL max_parallel_workers_per_gather = 0")
            report.equal(f"{level}, {edit}: as without workers", parallel.rows(COUNTS), found)
            answers.append(tuple(found))
        report.equal(f"{level}: the edits count", 5, len(set(answers)))
        parallel.run("ROLLBACK")
    for session in (parallel, serial):
        session.close()


def begin_subtransactions(session: Session, count: int) -> None:
    """Opens a transaction with so many subtransactions that have written."""
    session.run("BEGIN")
    for number in range(count):
        session.run(f"SAVEPOINT s{number}", f"CREATE TEMP TABLE t{number} ()")


def check_overflow(cluster: Cluster, report: Any) -> None:
    """A snapshot with some subtransactions of one transaction and too many of another."""
    writer = cluster.make_database("overflow_test")
    reader = cluster.session("overflow_test")
    others = [cluster.session("overflow_test") for _ in range(9)]
    try:
        # The one with too many stands in the middle: the server may read them in any order.
        for number, session in enumerate(others):
            begin_subtransactions(session, 70 if number == 4 else 3)
        for edit, expected in (
            ("SELECT give('one', 'gamma')", "alpha>- beta>two gamma>one"),
            ("SELECT add('three', 'alpha')", "alpha>three beta>two gamma>one"),
        ):
            writer.run(edit)
            report.equal(f"overflowed subtransactions: {edit}", expected, reader.routes())
        for session in (writer, reader, *others):
            session.close()
    except psycopg2.Error as error:
        report.equal("overflowed subtransactions", "an answer", str(error).split("\n", maxsplit=1)[0])
        wait_for(lambda: can_connect(cluster), "the server's recovery")


def can_connect(cluster: Cluster) -> bool:
    """Does the server take sessions?"""
    try:
        cluster.session().close()
    except psycopg2.OperationalError:
        return False
    return True


def check_frozen(cluster: Cluster, report: Any) -> None:
    """COPY FREEZE twice in one transaction: other rows at the same places, frozen at once. Without an index
    the second TRUNCATE tells nobody."""
    session = cluster.make_database("frozen_test")
    session.run("BEGIN", "ALTER TABLE aria_engine.focus_profiles DROP CONSTRAINT focus_profiles_pkey CASCADE", *(
        f"DROP INDEX {name}" for name, in session.rows(
            "SELECT indexrelid::regclass::text FROM pg_index"
            " WHERE indrelid = 'aria_engine.focus_profiles'::regclass AND NOT indisprimary")
    ))
    copy = "COPY aria_engine.focus_profiles (focus_id, display_name, expertise_keywords) FROM PROGRAM "
    for keyword, expected in (("alpha", "alpha>x beta>- gamma>-"), ("beta", "alpha>- beta>x gamma>-")):
        session.run("TRUNCATE aria_engine.focus_profiles")
        session.run(copy + f"""'printf "x\\tX\\t[\\"{keyword}\\"]\\n"' (FREEZE)""")
        report.equal(f"COPY FREEZE of {keyword}", expected, session.routes())
    session.run("COMMIT")
    report.equal("COPY FREEZE after the commit", "alpha>- beta>x gamma>-", session.routes())
    session.close()


def check_column_defaults(cluster: Cluster, report: Any) -> None:
    """A column made anew, twice, with another value for the rows that are there."""
    session = cluster.make_database("defaults_test")
    for enabled, expected in (("true", "alpha>one beta>two gamma>-"), ("false", "alpha>- beta>- gamma>-")):
        session.run(
            "BEGIN",
            # the catalog shows the column; as a member of the extension it would take that along
            "ALTER EXTENSION aria_focus DROP VIEW aria_engine.focus_catalog",
            "ALTER TABLE aria_engine.focus_profiles DROP COLUMN enabled CASCADE",
            f"ALTER TABLE aria_engine.focus_profiles ADD COLUMN enabled boolean NOT NULL DEFAULT {enabled}",
        )
        report.equal(f"enabled made anew, {enabled}", expected, session.routes())
        session.run("ROLLBACK")
    session.close()
