"""pg_upgrade --link, as the guide has it, keeps everything: to the same major, or to the server whose programs are in
PG_BIN_NEW, which must have the extension installed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import check_dumps
from clusters import BIN, Cluster, guide_block

NEW_BIN = Path(os.environ.get("PG_BIN_NEW") or BIN)


def run(cluster: Cluster, database: str, *statements: str) -> None:
    """Runs statements in a session of their own."""
    session = cluster.session(database)
    session.run(*statements)
    session.close()


def fill_left(cluster: Cluster) -> None:
    """A database whose owner installed the extension, granted rights to an application, handed it over and left."""
    for role in ("dev", "boss", "app"):
        run(cluster, "postgres", f"CREATE ROLE {role} LOGIN")
    run(cluster, "postgres", "CREATE DATABASE left_behind OWNER dev")
    run(
        cluster,
        "left_behind",
        "SET SESSION AUTHORIZATION dev; CREATE EXTENSION aria_focus; SELECT aria_engine.focus_seed();"
        " GRANT USAGE ON SCHEMA aria_engine TO app; GRANT SELECT ON aria_engine.focus_profiles TO app;"
        " RESET SESSION AUTHORIZATION; ALTER DATABASE left_behind OWNER TO boss; REASSIGN OWNED BY dev TO boss;"
        " DROP OWNED BY dev; DROP ROLE dev",
    )


def check_left(cluster: Cluster, report: Any) -> None:
    """Its next owner edits, and the application reads."""
    session = cluster.session("left_behind")
    session.run("SET SESSION AUTHORIZATION app")
    report.equal("the owner has left: the application routes", "devsecops",
                 session.value("SELECT aria_engine.focus_route('deploy the docker image')"))  # fmt: skip
    session.run("SET SESSION AUTHORIZATION boss")
    report.equal("the owner has left: the next one edits", "blunt",
                 session.value("UPDATE aria_engine.focus_profiles SET tone = 'blunt' WHERE focus_id = 'social'"
                               " RETURNING tone"))  # fmt: skip
    session.close()


def check(base: Path, report: Any) -> None:
    """Fills a cluster, upgrades it, compares, and goes on in the new one."""
    old, new = Cluster(base, "old"), Cluster(base, "new", NEW_BIN)
    old.create()
    old.start()
    source = old.make_database("upgrade_test")
    check_dumps.fill(source)
    original = check_dumps.content(source)
    source.close()
    fill_left(old)
    old.stop("fast")
    new.create()
    places = {"OLD_BIN": BIN, "NEW_BIN": NEW_BIN, "OLD_DATA": old.data, "NEW_DATA": new.data}
    environment = {**os.environ, **{name: str(place) for name, place in places.items()},
                   "PATH": f"{NEW_BIN}{os.pathsep}{os.environ['PATH']}"}  # fmt: skip
    subprocess.run(["bash", "-euc", guide_block("bash upgrade")], cwd=base, env=environment, check=True,
                   stdout=subprocess.DEVNULL)  # fmt: skip
    new.start()
    try:
        session = new.session("upgrade_test")
        session.run("ALTER EXTENSION aria_focus UPDATE")
        check_dumps.compare(f"pg_upgrade --link to {NEW_BIN}", original, session, report)
        check_left(new, report)
    finally:
        new.stop("immediate")
