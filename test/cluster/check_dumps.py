"""Dumps and restores: the same rows, the own words of the vocabularies, the same routing."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any, Tuple

from clusters import Cluster, Session

STOCK = Path(__file__).resolve().parents[1] / "data" / "stock_messages.tsv"
MESSAGES = 200


def content(session: Session) -> Tuple[Any, ...]:
    """The rows of the three tables, and what a few hundred messages lead to."""
    profiles = session.rows('SELECT p::text FROM aria_engine.focus_profiles AS p ORDER BY focus_id COLLATE "C"')
    tones = session.rows('SELECT t::text FROM aria_engine.focus_tones AS t ORDER BY tone COLLATE "C"')
    styles = session.rows('SELECT s::text FROM aria_engine.focus_styles AS s ORDER BY style COLLATE "C"')
    lines = STOCK.read_text(encoding="utf-8").splitlines()[:MESSAGES]
    messages = [line.split("\t")[1] for line in lines] + ["alpha", "zymurgy and yeast"]
    session.cursor.execute(
        "SELECT m, aria_engine.focus_route(m), (SELECT string_agg(r::text, ' ') FROM aria_engine.focus_rank(m) AS r)"
        " FROM unnest(%s) AS m ORDER BY m COLLATE \"C\"",
        (messages,),
    )
    return profiles, tones, styles, session.cursor.fetchall()


def compare(what: str, original: Tuple[Any, ...], restored: Session, report: Any) -> None:
    """Four checks of a restored database; ends its session."""
    for name, one, other in zip(("profiles", "tones", "styles", "answers"), original, content(restored)):
        report.true(f"{what}: {name}", one == other, f"{len(one)} and {len(other)} rows, not the same")
    report.equal(f"{what}: refusal of a bad row", "23514", restored.refusal("SELECT add('bad', '')"))
    restored.close()


def fill(session: Session) -> None:
    """Profiles of the stock, of one's own with an own tone and style, disabled ones, history of edits."""
    session.run(
        "SELECT aria_engine.focus_seed()",
        "INSERT INTO aria_engine.focus_tones (tone, description) VALUES ('gruff', 'short')",
        "INSERT INTO aria_engine.focus_styles (style) VALUES ('limerick')",
        "INSERT INTO aria_engine.focus_profiles (focus_id, display_name, tone, style, expertise_keywords)"
        " VALUES ('brewer', 'Brewer', 'gruff', 'limerick', '[\"zymurgy\", {\"keyword\": \"yeast\", \"weight\": 0.5}]')",
        "UPDATE aria_engine.focus_profiles SET enabled = false WHERE focus_id = 'two'",
        "UPDATE aria_engine.focus_profiles SET description = 'edited' WHERE focus_id = 'creative'",
    )


def check(cluster: Cluster, base: Path, report: Any) -> None:
    """Plain and custom format, in parallel, and data alone with the triggers off."""
    source = cluster.make_database("dump_test")
    fill(source)
    original = content(source)
    maintenance = cluster.session()

    maintenance.run("CREATE DATABASE restore_plain TEMPLATE template0")
    plain = cluster.tool("pg_dump", "dump_test", stdout=subprocess.PIPE).stdout
    cluster.tool("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", "restore_plain", input=plain,
                 stdout=subprocess.DEVNULL)  # fmt: skip
    compare("pg_dump | psql", original, cluster.session("restore_plain"), report)

    archive = base / "dump_test.archive"
    cluster.tool("pg_dump", "-Fc", "-f", archive, "dump_test")
    maintenance.run("CREATE DATABASE restore_custom TEMPLATE template0")
    cluster.tool("pg_restore", "-e", "-d", "restore_custom", archive)
    compare("pg_restore", original, cluster.session("restore_custom"), report)

    # Jobs load the tables in any order, so the foreign keys must not look meanwhile.
    maintenance.run("CREATE DATABASE restore_jobs TEMPLATE template0")
    for options in (
        ["--section=pre-data"],
        ["--data-only", "--disable-triggers", "-j", "2"],
        ["--section=post-data", "-j", "2"],
    ):
        cluster.tool("pg_restore", "-e", *options, "-d", "restore_jobs", archive)
    compare("pg_restore -j 2", original, cluster.session("restore_jobs"), report)

    # Into a database that has the extension and a session which has routed.
    target = cluster.make_database("restore_data")
    target.run("TRUNCATE aria_engine.focus_profiles")
    report.equal("before the restore of data", "alpha>- beta>- gamma>-", target.routes())
    cluster.tool("pg_restore", "-e", "--data-only", "--disable-triggers", "-d", "restore_data", archive)
    report.equal("an open session after it", "alpha>one beta>- gamma>-", target.routes())
    compare("pg_restore --data-only --disable-triggers", original, target, report)
    source.close()
    maintenance.close()
