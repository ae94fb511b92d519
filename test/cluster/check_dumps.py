"""Dumps and restores: the same rows, history and etag, the own words of the vocabularies, the same routing."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any, Callable, Dict, Tuple

from clusters import BIN, Cluster, Session

STOCK = Path(__file__).resolve().parents[1] / "data" / "stock_messages.tsv"
MESSAGES = 200


# Everything that a dump must keep: a name, and a query.
KEPT = {
    "profiles": 'SELECT p::text FROM aria_engine.focus_profiles AS p ORDER BY focus_id COLLATE "C"',
    "history": 'SELECT h::text FROM aria_engine.focus_history AS h ORDER BY focus_id COLLATE "C", revision',
    "contracts": 'SELECT c::text FROM aria_engine.focus_contracts AS c ORDER BY focus_id COLLATE "C"',
    "effective contract": "SELECT aria_engine.focus_contract('brewer'), aria_engine.focus_contract('phoenix')",
    "tones": 'SELECT t::text FROM aria_engine.focus_tones AS t ORDER BY tone COLLATE "C"',
    "styles": 'SELECT s::text FROM aria_engine.focus_styles AS s ORDER BY style COLLATE "C"',
    "etag": "SELECT aria_engine.focus_etag(), aria_engine.focus_export()::text",
    "revisions": "SELECT r::text FROM aria_engine.focus_revisions('phoenix') AS r",
}


def content(session: Session) -> Dict[str, Any]:
    """What a dump must keep, and what a few hundred messages lead to."""
    found: Dict[str, Any] = {name: session.rows(query) for name, query in KEPT.items()}
    lines = STOCK.read_text(encoding="utf-8").splitlines()[:MESSAGES]
    messages = [line.split("\t")[1] for line in lines] + ["alpha", "zymurgy and yeast"]
    session.cursor.execute(
        "SELECT m, aria_engine.focus_route(m), (SELECT string_agg(r::text, ' ') FROM aria_engine.focus_rank(m) AS r)"
        " FROM unnest(%s) AS m ORDER BY m COLLATE \"C\"",
        (messages,),
    )
    return {**found, "answers": session.cursor.fetchall()}


def compare(what: str, original: Dict[str, Any], restored: Session, report: Any) -> None:
    """Checks a restored database, and that it goes on as one that was never dumped; ends its session."""
    now = content(restored)
    for name, rows in original.items():
        report.true(f"{what}: {name}", rows == now[name], f"{len(rows)} and {len(now[name])} rows, not the same")
    report.equal(f"{what}: refusal of a bad row", "23514", restored.refusal("SELECT add('bad', '')"))
    report.equal(f"{what}: refusal of an unknown tone", "23503",
                 restored.refusal("UPDATE aria_engine.focus_profiles SET tone = 'unknown'"))  # fmt: skip
    report.equal(f"{what}: a used tone stays", "23503",
                 restored.refusal("DELETE FROM aria_engine.focus_tones WHERE tone = 'gruff'"))  # fmt: skip
    last = "SELECT max(revision) FROM aria_engine.focus_history WHERE focus_id = 'phoenix'"
    before = restored.value(last)
    restored.run("SELECT aria_engine.focus_put('{\"focus_id\": \"phoenix\", \"tone\": \"blunt\"}')")
    report.equal(f"{what}: revisions go on", before + 1, restored.value(last))
    restored.close()


def fill(session: Session) -> None:
    """Stock profiles, edited and deleted ones, one that came back, one's own words, and enough rows that
    the profiles are by far the largest table: jobs load the largest first."""
    put = "SELECT aria_engine.focus_put(%s, 'because')"
    session.run(
        "SELECT aria_engine.focus_seed()",
        "INSERT INTO aria_engine.focus_tones (tone, description, contract) VALUES"
        " ('gruff', 'short', '{\"words\": {\"max\": 30.50}}'), ('plain', NULL, '{\"hype\": {\"max\": 0}}')",
        "INSERT INTO aria_engine.focus_tones (tone, description) VALUES ('unused', 'by nobody')",
        "INSERT INTO aria_engine.focus_styles (style, description) VALUES ('limerick', 'five lines')",
        "INSERT INTO aria_engine.focus_profiles (focus_id, display_name, tone, style, expertise_keywords)"
        " VALUES ('brewer', 'Brewer', 'gruff', 'limerick', '[\"zymurgy\", {\"keyword\": \"yeast\", \"weight\": 0.5}]'),"
        " ('phoenix', 'Phoenix', 'plain', 'limerick', '[\"ashes\"]')",
        "UPDATE aria_engine.focus_profiles SET enabled = false WHERE focus_id = 'two'",
        "UPDATE aria_engine.focus_profiles SET description = 'edited' WHERE focus_id = 'creative'",
        put.replace("%s", "'{\"focus_id\": \"social\", \"tone\": \"gruff\"}'"),
        put.replace("%s", "'{\"focus_id\": \"phoenix\", \"contract\": {\"words\": {\"max\": 9}}}'"),
        "DELETE FROM aria_engine.focus_profiles WHERE focus_id IN ('journalist', 'phoenix')",
        "SELECT aria_engine.focus_restore('phoenix', 2, 'it was missed')",
        put.replace("%s", "'{\"focus_id\": \"phoenix\", \"temperature_delta\": 0.1}'"),
        "UPDATE aria_engine.focus_profiles SET focus_id = 'scholar' WHERE focus_id = 'research'",
        "INSERT INTO aria_engine.focus_profiles (focus_id, display_name, tone, style, system_prompt_addon)"
        " SELECT 'n' || i, 'N', (ARRAY['gruff', 'plain', 'warm'])[1 + i % 3], 'limerick', repeat(md5(i::text), 20)"
        " FROM generate_series(1, 300) AS i",
        "INSERT INTO aria_engine.focus_contracts"
        " SELECT 'n' || i, jsonb_build_object('words', jsonb_build_object('max', i)) FROM generate_series(1, 50) AS i",
    )


def make_archive(cluster: Cluster, archive: Path, entries: Path) -> None:
    """Dumps, and writes the list of the archive's entries with the data in the opposite order."""
    cluster.tool("pg_dump", "-Fc", "-f", archive, "dump_test")
    listed = subprocess.run([BIN / "pg_restore", "-l", archive], check=True, capture_output=True, text=True).stdout
    lines = listed.splitlines()
    data = [line for line in lines if " TABLE DATA " in line]
    entries.write_text("\n".join([line for line in lines if line not in data] + data[::-1]) + "\n", encoding="utf-8")


def check(cluster: Cluster, base: Path, report: Any) -> None:
    """Every way from a dump to a database."""
    source = cluster.make_database("dump_test")
    fill(source)
    original = content(source)
    maintenance = cluster.session()
    archive, entries = base / "dump_test.archive", base / "dump_test.list"
    make_archive(cluster, archive, entries)

    def empty(name: str) -> None:
        maintenance.run(f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name} TEMPLATE template0")

    def from_text(name: str) -> None:
        plain = cluster.tool("pg_dump", "dump_test", stdout=subprocess.PIPE).stdout
        cluster.tool("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", name, input=plain, stdout=subprocess.DEVNULL)

    def from_archive(*options: Any) -> Callable[[str], None]:
        return lambda name: cluster.tool("pg_restore", "-e", *options, "-d", name, archive)

    ways = {
        "pg_dump | psql": from_text,
        "pg_restore": from_archive(),
        "pg_restore --single-transaction": from_archive("-1"),
        "pg_restore --disable-triggers": from_archive("--disable-triggers"),
        "pg_restore -j 2": from_archive("-j", "2"),
        "pg_restore -j 4": from_archive("-j", "4"),
        "pg_restore -j 4 --disable-triggers": from_archive("-j", "4", "--disable-triggers"),
        "profiles before their tones": from_archive("-L", entries),
        "the same in one transaction": from_archive("-1", "-L", entries),
    }
    for number, (what, restore) in enumerate(ways.items()):
        name = f"restore_{number}"
        empty(name)
        restore(name)
        compare(what, original, cluster.session(name), report)
    check_data_alone(cluster, original, archive, report)
    source.close()
    maintenance.close()


def check_data_alone(cluster: Cluster, original: Dict[str, Any], archive: Path, report: Any) -> None:
    """Into a database that has the extension and a session which has routed."""
    ways = ("", "--disable-triggers", "-j 3")
    for number, options in enumerate(ways):
        name = f"restore_data_{number}"
        target = cluster.make_database(name)
        target.run("SET session_replication_role = replica", "TRUNCATE aria_engine.focus_profiles",
                   "RESET session_replication_role")  # fmt: skip
        report.equal("before the restore of data", "alpha>- beta>- gamma>-", target.routes())
        cluster.tool("pg_restore", "-e", "--data-only", *options.split(), "-d", name, archive)
        report.equal("an open session after it", "alpha>one beta>- gamma>-", target.routes())
        compare(f"pg_restore --data-only {options}", original, target, report)
