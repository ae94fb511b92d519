"""An immediate stop under load: what was committed is there after recovery, its history too, and routed."""

from __future__ import annotations

import threading
from typing import Any, List

import psycopg2
from clusters import Cluster, wait_for
from psycopg2 import errorcodes

WRITERS = 3
COMMITS = 90


def write(cluster: Cluster, number: int, committed: List[str]) -> None:
    """Adds and changes profiles one by one, routing to each, until the server goes away."""
    try:
        session = cluster.session("crash_test")
        for count in range(100_000):
            name = f"p{number}-{count}"
            session.run(f"SELECT add('{name}', 'word{number}x{count}z')")
            put = f"{{\"focus_id\": \"{name}\", \"tone\": \"warm\"}}"
            session.run(f"SELECT aria_engine.focus_put('{put}', 'under load')")
            committed.append(name)
            session.run(f"SELECT aria_engine.focus_route('say word{number}x{count}z')")
    except psycopg2.Error as error:
        # The stop; anything that the server itself refused is a failure.
        if error.pgcode not in (None, errorcodes.CRASH_SHUTDOWN, errorcodes.ADMIN_SHUTDOWN):
            committed.append(f"not {error.pgcode}")


def check(cluster: Cluster, report: Any) -> None:
    """Stops, recovers, compares."""
    cluster.make_database("crash_test").close()
    committed: List[List[str]] = [[] for _ in range(WRITERS)]
    writers = [threading.Thread(target=write, args=(cluster, i, committed[i])) for i in range(WRITERS)]
    for writer in writers:
        writer.start()
    wait_for(lambda: min(map(len, committed)) >= COMMITS // WRITERS, "commits under load")
    cluster.stop("immediate")
    for writer in writers:
        writer.join()
    cluster.start()
    session = cluster.session("crash_test")
    known = sum(committed, [])
    lost = session.rows(
        f"SELECT name FROM unnest(ARRAY{known}) AS name WHERE name NOT IN (SELECT focus_id FROM"
        " aria_engine.focus_profiles)"
    )
    report.equal("committed profiles that are lost", [], lost)
    unkept = session.rows(
        f"SELECT name FROM unnest(ARRAY{known}) AS name"
        " WHERE NOT EXISTS (SELECT FROM aria_engine.focus_history AS h WHERE h.focus_id = name AND h.revision = 1"
        " AND h.reason = 'under load' AND h.profile ->> 'tone' = 'neutral')"
    )
    report.equal("committed changes without their history", [], unkept)
    half = session.rows(
        "SELECT p.focus_id FROM aria_engine.focus_profiles AS p WHERE focus_id LIKE 'p%' AND (tone = 'warm') <>"
        " EXISTS (SELECT FROM aria_engine.focus_history AS h WHERE h.focus_id = p.focus_id)"
    )
    report.equal("half a change", [], half)
    there = session.value("SELECT count(*) FROM aria_engine.focus_profiles WHERE focus_id LIKE 'p%'")
    report.true("no more than were under way", len(known) <= there <= len(known) + WRITERS, f"{len(known)}, {there}")
    wrong = session.rows(
        "SELECT focus_id FROM aria_engine.focus_profiles WHERE focus_id IS DISTINCT FROM"
        " aria_engine.focus_route('go ' || (expertise_keywords ->> 0), NULL)"
    )
    report.equal("profiles that are not routed to", [], wrong)
    report.equal("the two of before", "alpha>one beta>two gamma>-", session.routes())
    session.close()
