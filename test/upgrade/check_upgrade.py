"""The first release plus its updates equals a fresh install: every object of the catalogs is compared.

releases/ holds the install script of each release as it was published; the newest of sql/ is built. As
long as nothing is released, a pretended former version (today's script without its last chapter of
functions) shows that the machinery works: installed with today's library, used, filled, updated.

A comparison that sees nothing would always be content. So each kind of difference is made once, in a
changed install script, and must be found.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any, Dict, List, Tuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
import support

# As the server says, which may be another one than that of the pg_config at hand.
SHARE = Path(support.value_of(support.connect("postgres").cursor(),
                              "SELECT setting FROM pg_config WHERE name = 'SHAREDIR'"), "extension")  # fmt: skip
CATALOG = (HERE / "catalog.sql").read_text(encoding="ascii")
LAST_CHAPTER = ROOT / "sql" / "75-adoption.sql"
HEAD = '\\echo Use "ALTER EXTENSION aria_focus UPDATE" to load this file. \\quit\n'

# A change of the install script that the comparison must see: a pattern, and what stands in its place.
DIFFERENCES = {
    "a comment": (r"Raises 22023 for top < 1", "Raises 22023 for top < 2"),
    "a column's comment": (r"'what the focus is for'", "'what it is for'"),
    "a function's body": (r"FOR round IN 1\.\.100 LOOP", "FOR round IN 1..101 LOOP"),
    "a C symbol": (r"'MODULE_PATHNAME', 'focus_highlight'", "'MODULE_PATHNAME', 'focus_route'"),
    "a label": (r"IMMUTABLE STRICT PARALLEL SAFE COST 10\n", "STABLE STRICT PARALLEL SAFE COST 10\n"),
    "a default of an argument": (r"min_margin double precision DEFAULT 0, unknown_penalty double precision DEFAULT 0\)",
                                 "min_margin double precision DEFAULT 1, unknown_penalty double precision DEFAULT 0)"),
    "a setting of a function": (r" SET extra_float_digits = 1 SET row_security = off", " SET row_security = off"),
    "a default of a column": (r"DEFAULT 'neutral'", "DEFAULT 'warm'"),
    "a type": (r"model_override varchar\(200\)", "model_override varchar(201)"),
    "a check": (r"token_budget_hint OPERATOR\(pg_catalog\.>=\) 0", "token_budget_hint OPERATOR(pg_catalog.>=) 1"),
    "an index": (r"focus_profiles \(enabled\);", "focus_profiles (enabled, tone);"),
    "a trigger's condition": (r"current_setting\('check_function_bodies'\)", "current_setting('search_path')"),
    "a trigger's events": (r"BEFORE UPDATE OR DELETE ON aria_engine\.focus_p", "BEFORE UPDATE ON aria_engine.focus_p"),
    "a view's option": (r" WITH \(security_barrier = true\)", ""),
    "a view's condition": (r"WHERE p\.enabled AND", "WHERE NOT p.enabled AND"),
    "an owner": (r"focus_catalog OWNER TO %I', holder", "focus_catalog OWNER TO %I', current_user"),
    "a right of everybody": (r"GRANT SELECT ON TABLE aria_engine\.focus_tones, ", "GRANT SELECT ON TABLE "),
    "what is dumped": (r"SELECT pg_catalog\.pg_extension_config_dump\('aria_engine\.focus_history', ''\);", ""),
    "the condition of a dump": (r"'aria_engine\.focus_styles', 'WHERE NOT builtin'", "'aria_engine.focus_styles', ''"),
    "a word": (r"'measured and impersonal'", "'measured'"),
    "an object less": (r"CREATE FUNCTION aria_engine\.focus_digest\(\).*?Needs SELECT on focus_profiles\.';", ""),
    "an object more": (r"CREATE FUNCTION aria_engine\.focus_digest\(\)", "CREATE TYPE aria_engine.more AS ();\\g<0>"),
}  # fmt: skip

# What runs under old SQL with the new library, and what it must answer.
USE = (
    ("SELECT inserted FROM aria_engine.focus_seed()", 8),
    ("SELECT aria_engine.focus_route('deploy the docker image to kubernetes')", "devsecops"),
    ("SELECT focus_id FROM aria_engine.focus_rank('deploy the docker image to kubernetes', 1)", "devsecops"),
    ("SELECT count(*) FROM aria_engine.focus_validate('{\"focus_id\": \"x\"}')", 1),
    ("WITH edit AS (UPDATE aria_engine.focus_profiles SET tone = 'blunt' WHERE focus_id = 'social' RETURNING 1)"
     " SELECT count(*) FROM edit", 1),
    ("WITH word AS (INSERT INTO aria_engine.focus_tones (tone) VALUES ('gruff') RETURNING tone) TABLE word", "gruff"),
)  # fmt: skip
DATA = ("focus_profiles", "focus_history", "focus_tones", "focus_styles", "focus_contracts", "focus_examples")


class Database:
    """A database of its own, and sessions in it."""

    def __init__(self, name: str) -> None:
        """Makes it anew."""
        maintenance = support.connect("postgres").cursor()
        maintenance.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        maintenance.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        self.cursor = support.connect(name).cursor()

    def run(self, statement: str) -> None:
        """Runs a statement."""
        self.cursor.execute(statement)

    def catalog(self) -> Dict[Tuple[str, str], Any]:
        """Every object of the extension with its definition."""
        self.run("SET search_path = pg_catalog")
        return {(kind, name): definition for kind, name, definition in support.rows_of(self.cursor, CATALOG)}

    def data(self) -> List[Any]:
        """All rows of all tables that this version has."""
        return [
            support.rows_of(self.cursor, f"SELECT t::text FROM aria_engine.{table} AS t ORDER BY t::text COLLATE \"C\"")
            for table in DATA
            if support.value_of(self.cursor, f"SELECT to_regclass('aria_engine.{table}') IS NOT NULL")
        ]


def differences(one: Dict[Any, Any], other: Dict[Any, Any]) -> List[Any]:
    """The objects that only one has, or that are not the same."""
    absent = object()
    return sorted(key for key in one.keys() | other.keys() if one.get(key, absent) != other.get(key, absent))


def install(name: str, version: str) -> Database:
    """A database with a version of the extension."""
    database = Database(name)
    database.run(f"CREATE EXTENSION aria_focus VERSION '{version}'")
    return database


def write_script(name: str, text: str, written: List[Path]) -> None:
    """Adds a script to the server's copy, to be removed at the end."""
    path = SHARE / name
    if path.exists():
        sys.exit(f"{path} is there already: this suite wants a private copy of the server")
    path.write_text(text, encoding="ascii")
    written.append(path)


def check_update(version: str, fresh: Dict[Any, Any], report: Any) -> None:
    """A former version works with today's library, and is updated to what a fresh install gives."""
    database = install("upgrade_former", version)
    for query, expected in USE:
        report.equal(f"{version} with the new library: {query}", expected, support.value_of(database.cursor, query))
    before = database.data()
    report.true(f"{version} is another version", differences(database.catalog(), fresh) != [], "no difference")
    database.run("ALTER EXTENSION aria_focus UPDATE")
    report.equal(f"{version}: the rows", before, database.data()[: len(before)])
    again = install("upgrade_former", version)
    again.run("ALTER EXTENSION aria_focus UPDATE")
    report.equal(f"{version} updated and a fresh install", [], differences(again.catalog(), fresh))


def version_key(version: str) -> List[int]:
    """Sorts versions by their numbers."""
    return [int(part) for part in version.split(".")]


def check_releases(current: str, fresh: Dict[Any, Any], report: Any, written: List[Path]) -> None:
    """Every release, from its recorded script, and the library's symbols that it needs."""
    scripts = {path.stem.split("--")[1]: path for path in (HERE / "releases").glob("aria_focus--*.sql")}
    for version in sorted(scripts, key=version_key):
        text = scripts[version].read_text(encoding="ascii")
        if version == current:
            built = (SHARE / f"aria_focus--{current}.sql").read_text(encoding="ascii")
            report.equal(f"{version} is as it was released", built, text)
            continue
        write_script(f"aria_focus--{version}.sql", text, written)
        check_update(version, fresh, report)
    print(f"{len(scripts)} releases are recorded")


def check_machinery(current: str, script: str, fresh: Dict[Any, Any], report: Any, written: List[Path]) -> None:
    """A pretended former version, and an update that forgets a comment."""
    chapter = LAST_CHAPTER.read_text(encoding="ascii")
    assert script.count(chapter) == 1
    write_script("aria_focus--0.0.0.sql", script.replace(chapter, ""), written)
    write_script(f"aria_focus--0.0.0--{current}.sql", HEAD + chapter, written)
    check_update("0.0.0", fresh, report)
    write_script("aria_focus--0.0.1.sql", script.replace(chapter, ""), written)
    forgetful = re.sub(r"COMMENT ON FUNCTION aria_engine\.focus_dependents.*?';", "", chapter, flags=re.DOTALL)
    write_script(f"aria_focus--0.0.1--{current}.sql", HEAD + forgetful, written)
    database = install("upgrade_former", "0.0.1")
    database.run("ALTER EXTENSION aria_focus UPDATE")
    found = [(kind, name.replace("aria_engine.", "")) for kind, name in differences(database.catalog(), fresh)]
    report.equal("a forgotten comment is found", [("member", "function focus_dependents(regclass)")], found)


def check_differences(script: str, fresh: Dict[Any, Any], report: Any, written: List[Path]) -> None:
    """Each kind of difference is found."""
    for number, (what, (pattern, replacement)) in enumerate(DIFFERENCES.items()):
        changed, times = re.subn(pattern, replacement, script, count=1, flags=re.DOTALL)
        report.equal(f"the script has {what}", 1, times)
        version = f"0.9.{number}"
        write_script(f"aria_focus--{version}.sql", changed, written)
        found = differences(install("upgrade_changed", version).catalog(), fresh)
        report.true(f"{what} is found", found not in ([], [("extension", "aria_focus")]), "no difference")


def main() -> int:
    """Runs all; removes the scripts that it added."""
    report = support.Report()
    written: List[Path] = []
    current = re.search(r"default_version = '(.*)'", (ROOT / "aria_focus.control").read_text(encoding="ascii"))[1]
    script = (SHARE / f"aria_focus--{current}.sql").read_text(encoding="ascii")
    fresh = install("upgrade_fresh", current).catalog()
    report.true("the catalogs show much", len(fresh) > 150, f"only {len(fresh)} objects")
    try:
        check_releases(current, fresh, report, written)
        check_machinery(current, script, fresh, report, written)
        check_differences(script, fresh, report, written)
    finally:
        for path in written:
            path.unlink()
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
