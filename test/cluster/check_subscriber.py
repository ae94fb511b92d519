"""A logical subscriber to all tables of profiles: its open sessions see what arrives."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Any, Iterator, List, Tuple

from clusters import Cluster, Session, guide_block, wait_for

TABLES = ("focus_profiles", "focus_history", "focus_tones", "focus_styles", "focus_contracts")
PUBLISHED = ", ".join(f"aria_engine.{table}" for table in TABLES)
# All rows of all tables, times of change and all, and the etag.
LISTED = "(SELECT string_agg(t::text, E'\\n' ORDER BY t::text COLLATE \"C\") FROM aria_engine.{} AS t)"
CONTENT = f"SELECT concat_ws(E'\\n', aria_engine.focus_etag(), {', '.join(map(LISTED.format, TABLES))})"
COPIED = "SELECT bool_and(srsubstate = 'r') FROM pg_subscription_rel"
ROUTES = (
    "string_agg(word || '>' || coalesce(aria_engine.focus_route(word, NULL), '-'), ' ' ORDER BY word)"
    " FROM unnest(ARRAY['alpha', 'beta', 'gamma']) AS word"
)
PUT = "SELECT aria_engine.focus_put('{\"focus_id\": \"one\", \"tone\": \"%s\"}', 'a reason')"
CONTRACT = "SELECT aria_engine.focus_put('{\"focus_id\": \"one\", \"contract\": {\"words\": {\"max\": 9}}}')"
EDITS = (
    ("INSERT", "SELECT add('three', 'gamma')", "alpha>one beta>two gamma>three"),
    ("UPDATE", "SELECT give('one', 'beta')", "alpha>- beta>one gamma>three"),
    ("UPDATE of enabled", "UPDATE aria_engine.focus_profiles SET enabled = focus_id <> 'one'",
     "alpha>- beta>two gamma>three"),
    ("UPDATE of the key", "UPDATE aria_engine.focus_profiles SET focus_id = 'drei' WHERE focus_id = 'three'",
     "alpha>- beta>two gamma>drei"),
    ("INSERT of a tone", "INSERT INTO aria_engine.focus_tones (tone) VALUES ('dry')", "alpha>- beta>two gamma>drei"),
    ("focus_put", PUT % "dry", "alpha>- beta>two gamma>drei"),
    ("focus_restore", "SELECT aria_engine.focus_restore('one', 1)", "alpha>one beta>two gamma>drei"),
    ("a contract with focus_put", CONTRACT, "alpha>one beta>two gamma>drei"),
    ("a contract alone", "UPDATE aria_engine.focus_contracts SET contract = '{\"words\": {\"max\": 8}}'",
     "alpha>one beta>two gamma>drei"),
    ("a contract of a tone", "UPDATE aria_engine.focus_tones SET contract = '{\"hype\": {\"max\": 0}}'"
     " WHERE tone = 'dry'", "alpha>one beta>two gamma>drei"),
    ("another edit", "SELECT give('one', 'beta')", "alpha>- beta>one gamma>drei"),
    ("and its disabling", "UPDATE aria_engine.focus_profiles SET enabled = false WHERE focus_id = 'one'",
     "alpha>- beta>two gamma>drei"),
    ("DELETE", "DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'two'", "alpha>- beta>- gamma>drei"),
    ("TRUNCATE", "TRUNCATE aria_engine.focus_profiles", "alpha>- beta>- gamma>-"),
    ("INSERT after it", "CALL reset()", "alpha>one beta>two gamma>-"),
)  # fmt: skip


def wait_arrived(publisher: Session, watcher: Session) -> None:
    """Waits until the subscriber's rows are the publisher's, times of change and all."""
    wanted = publisher.value(CONTENT)
    wait_for(lambda: watcher.value(CONTENT) == wanted, "the subscriber's rows")


def check(cluster: Cluster, report: Any) -> None:
    """First copy, every kind of edit, and the publisher's updated_at."""
    publisher = cluster.make_database("publisher_test")
    publisher.run("SELECT give('one', 'alpha')", f"CREATE PUBLICATION profiles FOR TABLE {PUBLISHED}")
    # Of its own: within one server CREATE SUBSCRIPTION would wait for itself.
    publisher.run("SELECT pg_create_logical_replication_slot('profiles', 'pgoutput')")
    subscriber = cluster.make_database("subscriber_test")
    watcher = cluster.session("subscriber_test")
    # It has the built-in words and profiles of its own, which would collide with the first copy.
    subscriber.run("SET session_replication_role = replica", f"TRUNCATE {PUBLISHED}", "RESET session_replication_role")
    report.equal("the subscriber at first", "alpha>- beta>- gamma>-", subscriber.routes())
    watcher.run(
        f"CREATE SUBSCRIPTION profiles CONNECTION 'host={cluster.socket} port=5432 user=postgres"
        " dbname=publisher_test' PUBLICATION profiles WITH (create_slot = false, slot_name = 'profiles')"
    )
    try:
        wait_arrived(publisher, watcher)
        report.equal("the first copy", "alpha>one beta>two gamma>-", subscriber.routes())
        wait_for(lambda: watcher.value(COPIED), "the first copy's end")
        subscriber.run("BEGIN ISOLATION LEVEL REPEATABLE READ")
        subscriber.routes()
        publisher.run("SELECT give('two', 'gamma')")
        wait_arrived(publisher, watcher)
        report.equal("an old snapshot of the subscriber", "alpha>one beta>two gamma>-", subscriber.routes())
        subscriber.run("COMMIT")
        report.equal("and a new one", "alpha>one beta>- gamma>two", subscriber.routes())
        publisher.run("SELECT give('two', 'beta')")
        for what, edit, expected in EDITS:
            publisher.run(edit)
            wait_arrived(publisher, watcher)
            report.equal(f"the subscriber after {what}", expected, subscriber.routes())
        times = "SELECT focus_id, created_at, updated_at FROM aria_engine.focus_profiles ORDER BY focus_id"
        report.equal("the publisher's times", publisher.rows(times), subscriber.rows(times))
    finally:
        watcher.run(
            "ALTER SUBSCRIPTION profiles DISABLE",
            "ALTER SUBSCRIPTION profiles SET (slot_name = NONE)",
            "DROP SUBSCRIPTION profiles",
        )
    free = "SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'profiles' AND NOT active"
    wait_for(lambda: publisher.value(free), "the slot's release")
    publisher.run("SELECT pg_drop_replication_slot('profiles')")
    for session in (publisher, subscriber, watcher):
        session.close()


@contextmanager
def guide_pair(primary: Cluster, other: Cluster) -> Iterator[Tuple[Session, Session]]:
    """A publisher, and a subscriber on another server that has its rows, both made by the guide's commands."""
    publisher = primary.make_database("guide_test")
    publisher.run("SELECT aria_engine.focus_seed()", "INSERT INTO aria_engine.focus_tones (tone) VALUES ('dry')",
                  PUT % "dry", guide_block("sql publisher"))  # fmt: skip
    other.create()
    other.start()
    try:
        maintenance = other.session()
        maintenance.run("CREATE DATABASE guide_test TEMPLATE template0")
        maintenance.close()
        subscriber = other.session("guide_test")
        place = f"host={primary.socket} port=5432 dbname=guide_test user=postgres"
        written = "host=publisher dbname=mydb user=replicator"
        # one by one: CREATE SUBSCRIPTION makes a slot, which no transaction does
        subscriber.run(*statements(guide_block("sql subscriber").replace(written, place)))
        wait_arrived(publisher, subscriber)
        wait_for(lambda: subscriber.value(COPIED), "the first copy")
        yield publisher, subscriber
        subscriber.run("DROP SUBSCRIPTION focus")
        subscriber.close()
    finally:
        other.stop("immediate")
    publisher.run("DROP PUBLICATION focus")
    publisher.close()
    maintenance = primary.session()
    maintenance.run("DROP DATABASE guide_test")
    maintenance.close()


def statements(block: str) -> List[str]:
    """The statements of a block of the guide that has none with a semicolon in it."""
    return [one.strip() for one in block.split(";") if one.strip()]


def check_guide(primary: Cluster, other: Cluster, report: Any) -> None:
    """The guide's commands, on two servers."""
    with guide_pair(primary, other) as (publisher, subscriber):
        publisher.run("SELECT aria_engine.focus_restore('one', 1)",
                      "DELETE FROM aria_engine.focus_profiles WHERE focus_id = 'two'")  # fmt: skip
        wait_arrived(publisher, subscriber)
        etag = "SELECT aria_engine.focus_etag(), (SELECT count(*) FROM aria_engine.focus_history)"
        report.equal("the guide's subscriber", publisher.rows(etag), subscriber.rows(etag))
        report.equal("and its answers", publisher.routes(), subscriber.value("SELECT " + ROUTES))
