"""What nobody may do to the server through the extension, nor to the extension through the server's ways."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import observe

# Not at the top: observe sets the path to them.
import clusters
import psycopg2
import support

BIN = Path(os.environ["PG_BIN"])
HERE = Path(__file__).parent
SECRET = "s3cret-of-the-prompt"
HOSTILE_PATH = "SET LOCAL search_path = evil, pg_temp, pg_catalog, public"

# Settings that a session, a role or a database may have, each of which changes how something is read or written.
SETTINGS = (
    "standard_conforming_strings = off", "backslash_quote = on", "quote_all_identifiers = on", "array_nulls = off",
    "transform_null_equals = on", "extra_float_digits = -15", "extra_float_digits = 3", "datestyle = 'SQL, DMY'",
    "datestyle = 'German'", "intervalstyle = 'iso_8601'", "timezone = 'Pacific/Apia'", "timezone = 'Europe/Dublin'",
    "bytea_output = escape", "client_encoding = LATIN1", "client_encoding = SQL_ASCII", "xmloption = document",
    "lc_messages = 'C'", "lc_numeric = 'C'", "check_function_bodies = off", "row_security = off",
    "default_transaction_isolation = serializable", "plpgsql.variable_conflict = use_column",
    "plpgsql.variable_conflict = use_variable", "plpgsql.check_asserts = off", "work_mem = '64kB'",
    "enable_seqscan = off", "enable_indexscan = off; SET LOCAL enable_bitmapscan = off", "enable_sort = off",
    "from_collapse_limit = 1", "jit_above_cost = 0; SET LOCAL jit = on", "default_text_search_config = 'simple'",
    "search_path = ''", "search_path = aria_engine", "aria_focus.max_cache_mb = 1", "aria_focus.notify = off",
    "default_toast_compression = pglz", "session_replication_role = local",
    "lock_timeout = '1s'", "vacuum_cost_delay = 1", "constraint_exclusion = on", "plan_cache_mode = force_generic_plan",
    "plan_cache_mode = force_custom_plan", "synchronize_seqscans = off", "commit_delay = 0",
    "client_min_messages = debug5",
)  # fmt: skip

# Functions that tell a role without rights on any table what its own arguments say; every other refuses it.
HARMLESS = {
    "focus_compose_prompt", "focus_content", "focus_dependents", "focus_document", "focus_is_blank",
    "focus_is_keyword_list", "focus_is_skill_list", "focus_is_style", "focus_is_tone", "focus_keyword_hits",
    "focus_keyword_changes", "focus_keyword_entry", "focus_keyword_pairs", "focus_keyword_places", "focus_summary",
    "focus_brought_words", "focus_import_document", "focus_own_words",
    "focus_max_tokens", "focus_merge", "focus_nearest", "focus_refuse", "focus_skills", "focus_swarm_weight",
    "focus_temperature",
    "focus_validate", "focus_examine", "focus_lint", "focus_conforms", "focus_text_metrics", "focus_estimate_tokens",
    "focus_lexicon", "focus_validate_contract", "focus_is_contract", "focus_layered_contract",
    "focus_builtin_contract", "focus_contract_conflicts", "focus_contract_text", "focus_own_contract",
    "focus_wanted_contract", "focus_effective_contract", "focus_whole", "focus_prompt_findings",
    # What they tell stands in the system's catalogs, which anybody may read.
    "focus_blueprint", "focus_catalog_is_whole", "focus_losses", "focus_parts",
}  # fmt: skip

# What it does is to raise: its sane call ends in an error.
RAISING = {"focus_refuse"}


def program(*command: Any) -> str:
    """What a program prints."""
    return subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout


class Databases:
    """The databases and roles of this suite."""

    def __init__(self, report: support.Report) -> None:
        """Opens the session that makes databases."""
        self.report = report
        self.maintenance = support.connect().cursor()
        self.remove()
        for role in ("security_stranger", "security_app", "security_reader", "security_owner"):
            self.maintenance.execute(f"CREATE ROLE {role} LOGIN")

    def make(self, name: str, install: str = "CREATE EXTENSION aria_focus") -> Any:
        """A cursor in a new database with the extension, the stock profiles, a secret, and a table made by hand."""
        self.maintenance.execute(f"CREATE DATABASE security_{name} OWNER security_owner")
        cursor = support.connect(f"security_{name}").cursor()
        cursor.execute("CREATE SCHEMA aria_engine AUTHORIZATION security_owner")
        cursor.execute(observe.MADE_BY_HAND)
        cursor.execute(install)
        cursor.execute("SELECT aria_engine.focus_seed()")
        cursor.execute(
            "UPDATE aria_engine.focus_profiles SET system_prompt_addon = %s, description = %s, model_override = 'm'"
            " WHERE focus_id = 'devsecops'", (SECRET, SECRET)
        )  # fmt: skip
        cursor.execute("GRANT USAGE ON SCHEMA aria_engine TO PUBLIC")
        return cursor

    def remove(self) -> None:
        """Drops what this suite makes."""
        for kind, name in support.rows_of(
            self.maintenance,
            "SELECT 'DATABASE', datname FROM pg_database WHERE datname LIKE 'security\\_%'"
            " UNION ALL SELECT 'ROLE', rolname FROM pg_roles WHERE rolname LIKE 'security\\_%'",
        ):
            self.maintenance.execute(f"DROP {kind} {name}" + (" WITH (FORCE)" if kind == "DATABASE" else ""))


def said_by(cursor: Any, query: str, role: str = "") -> str:
    """What a query's only value is to a role, or SQLSTATE and message; undone afterwards."""
    cursor.execute("BEGIN")
    try:
        if role:
            cursor.execute(f"SET LOCAL ROLE {role}")
        return str(support.value_of(cursor, query))
    except psycopg2.Error as error:
        return f"{error.pgcode} {error.diag.message_primary}"
    finally:
        cursor.execute("ROLLBACK")


# --- the module ------------------------------------------------------------------------------------------


def check_module(databases: Databases, report: support.Report) -> None:
    """The module shows the functions that the catalog calls and nothing else, and needs no other library."""
    cursor = databases.make("module")
    ((directory,),) = support.rows_of(cursor, "SELECT setting FROM pg_config WHERE name = 'PKGLIBDIR'")
    library = Path(directory) / "aria_focus.so"
    called = {name for (name,) in support.rows_of(
        cursor, "SELECT prosrc FROM pg_proc WHERE probin = '$libdir/aria_focus'")}  # fmt: skip
    expected = called | {f"pg_finfo_{name}" for name in called} | {"Pg_magic_func", "_PG_init"}
    defined = [line.split() for line in program("nm", "-D", "--defined-only", library).splitlines()]
    report.true("functions are called", len(called) > 20, str(called))
    report.equal("exported symbols", expected, {name for _, _, name in defined})
    report.equal("kinds of exported symbols: code", {"T"}, {kind for _, kind, _ in defined})
    weak = {line.split()[-1] for line in program("nm", "-D", "--undefined-only", library).splitlines()
            if line.split()[0] in ("w", "v")}  # fmt: skip
    usual = {"_ITM_deregisterTMCloneTable", "_ITM_registerTMCloneTable", "__cxa_finalize", "__gmon_start__",
             "pthread_once", "__pthread_key_create"}
    report.equal("weak references", set(), {name.partition("@")[0] for name in weak} - usual)
    needed = {line.split("[")[1].rstrip("]").split(".so")[0] for line in program("readelf", "-dW", library).splitlines()
              if "(NEEDED)" in line}  # fmt: skip
    report.equal("libraries beyond the compiler's own", set(), needed - {"libstdc++", "libgcc_s", "libc", "libm"})
    headers = program("readelf", "-lW", library)
    stack = [line for line in headers.splitlines() if "GNU_STACK" in line]
    report.true("the stack holds no code", bool(stack) and "E" not in stack[0].split()[-2], str(stack))
    report.true("text is not relocated", "TEXTREL" not in program("readelf", "-dW", library))


# --- beside another C++ extension ------------------------------------------------------------------------------

OURS = "aria_engine.focus_route('Please deploy the docker image')"
THEIRS = "round(public.ST_Area(public.ST_Buffer(public.ST_Point(0, 0), 1))::numeric, 2)::text"
SQUARES = "'POLYGON((0 0,2 0,2 2,0 2,0 0))'::geometry, 'POLYGON((1 1,3 1,3 3,1 3,1 1))'::geometry"
CAUGHT = "EXCEPTION WHEN OTHERS THEN caught := caught + 1; END;"
TURNS = f"""
DO $$
DECLARE
    caught int := 0;
BEGIN
    FOR i IN 1..100 LOOP
        BEGIN PERFORM aria_engine.focus_keyword_hits('x', '[1]'); {CAUGHT}
        BEGIN PERFORM ST_GeomFromText('POINT('); {CAUGHT}
        BEGIN PERFORM ST_Union({SQUARES}), aria_engine.focus_rank('x', 0); {CAUGHT}
        BEGIN PERFORM aria_engine.focus_rank('x'), ST_Relate({SQUARES}, 99), 1 / (i - i); {CAUGHT}
        ASSERT aria_engine.focus_route('Please deploy the docker image') = 'devsecops';
        ASSERT ST_Area(ST_Union({SQUARES})) = 7;
    END LOOP;
    ASSERT caught = 400, caught;
END
$$
"""


def check_neighbour(report: support.Report) -> None:
    """PostGIS in the same process, loaded before or after, by use or at the start: both go on, errors and all."""
    shared = Path(program(BIN / "pg_config", "--sharedir").strip())
    if not (shared / "extension" / "postgis.control").exists():
        print("no PostGIS for this server: that part was not run")
        return
    both = ("aria_focus,postgis-3", "postgis-3,aria_focus")
    ways = [("", "")] + [(f"session_preload_libraries = '{pair}'", "") for pair in both]
    ways += [(f"shared_preload_libraries = '{pair}'", "restart") for pair in both]
    with tempfile.TemporaryDirectory(prefix="aria_focus.", dir="/tmp") as base:
        cluster = clusters.Cluster(Path(base), "neighbour")
        cluster.create()
        cluster.start()
        try:
            session = cluster.session()
            session.run("CREATE EXTENSION postgis", "CREATE EXTENSION aria_focus", "SELECT aria_engine.focus_seed()")
            session.close()
            for setting, restart in ways:
                settings = cluster.data / "postgresql.auto.conf"
                settings.write_text(setting, encoding="ascii")
                cluster.stop("fast")
                cluster.start()
                for first, second in ((OURS, THEIRS), (THEIRS, OURS)):
                    session = cluster.session()
                    found = {session.value(f"SELECT {first}"), session.value(f"SELECT {second}")}
                    what = f"{setting or 'loaded by use'}: {first.split('(')[0]} first"
                    report.equal(what, {"devsecops", "3.12"}, found)
                    report.equal(f"{what}: errors in turns", None, session.refusal(TURNS))
                    session.close()
        finally:
            cluster.stop("immediate")


# --- rights ------------------------------------------------------------------------------------------------------


def check_stranger(databases: Databases, report: support.Report) -> None:
    """A role without rights gets nothing out of any function or table, nor puts anything in."""
    cursor = databases.make("stranger")
    for name, call in observe.functions(cursor):
        said = said_by(cursor, f"SELECT string_agg(r::text, ' ') FROM {call} AS r", "security_stranger")
        report.true(f"{name} keeps the secret", SECRET not in said, said)
        if name in HARMLESS:
            report.true(f"{name} answers anybody", not said.startswith("42501"), said)
        else:
            report.equal(f"{name} without rights", "42501 permission denied for", said[:27])
    tables = support.rows_of(
        cursor, "SELECT oid::regclass::text, relkind FROM pg_class WHERE relnamespace = 'aria_engine'::regnamespace"
                " AND relkind IN ('r', 'v', 'm', 'S', 'f', 'p')")  # fmt: skip
    report.true("tables are found", len(tables) >= 5, str(tables))
    for table, kind in tables:
        writes = [f"INSERT INTO {table} (focus_id) VALUES ('x')", f"DELETE FROM {table}"]
        if table.endswith(("tones", "styles")):
            writes[0] = f"INSERT INTO {table} (description) VALUES ('x')"
        elif not table.endswith("contracts"):
            writes.append(f"TABLE {table}")
        if kind == "r":
            writes += [f"TRUNCATE {table}", f"ALTER TABLE {table} DISABLE TRIGGER ALL", f"DROP TABLE {table}",
                       f"CREATE TRIGGER t BEFORE INSERT ON {table} FOR EACH ROW"
                       " EXECUTE FUNCTION suppress_redundant_updates_trigger()"]  # fmt: skip
        for query in writes:
            # a view that nobody can write through is refused before anybody's rights are asked
            is_fixed = table.endswith("focus_keywords") and not query.startswith("TABLE")
            report.equal(query, "55000" if is_fixed else "42501", said_by(cursor, query, "security_stranger")[:5])
    cursor.execute("REVOKE USAGE ON SCHEMA aria_engine FROM PUBLIC")
    for name, call in observe.functions(cursor):
        report.equal(f"{name} without USAGE", "42501 permission denied for schema aria_engine",
                     said_by(cursor, f"SELECT count(*) FROM {call} AS r", "security_stranger"))


def check_row_security(databases: Databases, report: support.Report) -> None:
    """Row-level security on each table of profiles: nothing hidden is shown, nothing is lost, nothing crashes."""
    cursor = databases.make("policies")
    cursor.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON aria_engine.focus_profiles TO security_app")
    cursor.execute("GRANT SELECT, INSERT ON aria_engine.focus_history TO security_app")
    change = "WITH changed AS (UPDATE aria_engine.focus_profiles SET tone = 'warm' WHERE focus_id = 'devsecops'" \
             " RETURNING focus_id) SELECT string_agg(focus_id, ' ') FROM changed"
    reading = "SELECT string_agg(r::text, ' ') FROM {} AS r"
    for table in ("focus_tones", "focus_styles", "focus_contracts", "focus_history", "focus_profiles"):
        cursor.execute(f"ALTER TABLE aria_engine.{table} ENABLE ROW LEVEL SECURITY")
        for name, call in observe.functions(cursor):
            said = said_by(cursor, reading.format(call), "security_app")
            hidden = table == "focus_profiles" and SECRET in said
            report.true(f"{name} with policies on {table}", not hidden and not said.startswith("XX"), said[:300])
        said = said_by(cursor, change, "security_app")
        if table in ("focus_tones", "focus_styles"):
            # A hidden word is none to a role that may not see it; one that it sees not has no part in the row.
            report.true(f"a change with policies on {table}", said == "devsecops" or said.startswith("23503"), said)
        elif table == "focus_contracts":
            report.equal("no contract is lost to a policy",
                         '42501 query would be affected by row-level security policy for table "focus_contracts"', said)
        elif table == "focus_history":
            report.equal("no version is lost to a policy",
                         '42501 query would be affected by row-level security policy for table "focus_history"', said)
        else:
            report.equal("a hidden profile is not changed", "None", said)
        cursor.execute(f"ALTER TABLE aria_engine.{table} DISABLE ROW LEVEL SECURITY")
        report.equal(f"{table} without policies", "devsecops", said_by(cursor, change, "security_app"))


def check_wrappers(databases: Databases, report: support.Report) -> None:
    """A SECURITY DEFINER function gives its owner's rights inside and nothing outside, whatever the cache holds."""
    cursor = databases.make("wrappers")
    cursor.execute("GRANT SELECT ON aria_engine.focus_profiles TO security_reader")
    cursor.execute("GRANT SELECT, UPDATE ON aria_engine.focus_profiles TO security_app")
    cursor.execute("CREATE FUNCTION public.routed(text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER"
                   " SET search_path = pg_catalog, pg_temp AS 'SELECT aria_engine.focus_route($1)'")  # fmt: skip
    cursor.execute("ALTER FUNCTION public.routed(text) OWNER TO security_reader")
    direct, wrapped = "aria_engine.focus_route('deploy docker')", "public.routed('deploy docker')"
    refused = "42501 permission denied for table focus_profiles"
    for query, answer in ((wrapped, "devsecops"), (direct, refused), (f"{wrapped} || {direct}", refused),
                          (f"CASE WHEN {wrapped} = 'devsecops' THEN {direct} END", refused),
                          (f"(SELECT string_agg({wrapped}, ',') FROM generate_series(1, 2))", "devsecops,devsecops")):
        report.equal(query, answer, said_by(cursor, f"SELECT {query}", "security_stranger"))
    steps = (
        ("SET LOCAL ROLE security_reader", direct, "devsecops"), ("SET LOCAL ROLE security_stranger", direct, refused),
        ("SET LOCAL ROLE security_stranger", wrapped, "devsecops"), ("RESET ROLE", direct, "devsecops"),
        ("SET SESSION AUTHORIZATION security_stranger", direct, refused),
        ("SET SESSION AUTHORIZATION security_reader", direct, "devsecops"),
        ("RESET SESSION AUTHORIZATION", direct, "devsecops"),
        ("ALTER TABLE aria_engine.focus_profiles ENABLE ROW LEVEL SECURITY", direct, "devsecops"),
        ("SET LOCAL ROLE security_reader", direct,
         '0A000 row-level security applies to you on table "focus_profiles"'),
        ("SET LOCAL ROLE security_stranger", wrapped,
         '0A000 row-level security applies to you on table "focus_profiles"'),
        ("RESET ROLE; ALTER ROLE security_reader BYPASSRLS; SET LOCAL ROLE security_stranger", wrapped, "devsecops"),
        ("RESET ROLE; REVOKE SELECT ON aria_engine.focus_profiles FROM security_reader", direct, "devsecops"),
        ("SET LOCAL ROLE security_stranger", wrapped, refused),
    )  # fmt: skip
    cursor.execute("BEGIN")
    for step, query, answer in steps:
        cursor.execute(f"{step}; SAVEPOINT step")
        try:
            said = support.value_of(cursor, f"SELECT {query}")
        except psycopg2.Error as error:
            said = f"{error.pgcode} {error.diag.message_primary}"
            cursor.execute("ROLLBACK TO step")
        report.equal(f"in one transaction: {step}: {query}", answer, said)
    cursor.execute("ROLLBACK")


# --- hostile surroundings -------------------------------------------------------------------------------------------


def compare(cursor: Any, plain: Any, settings: str, report: support.Report) -> None:
    """Every function and the life of profiles: the same under these settings as without."""
    for call, answer in observe.answers(cursor, settings).items():
        report.equal(f"{settings[:60]}: {call[:60]}", plain[0][call], answer)
    report.equal(f"{settings[:60]}: what a life leaves behind", plain[1], observe.life(cursor, settings))


def check_surroundings(databases: Databases, report: support.Report) -> None:
    """Hostile schemas and settings change no answer and no stored row."""
    cursor = databases.make("plain")
    plain = (observe.answers(cursor, "SELECT 1"), observe.life(cursor, "SELECT 1"))
    raising = {name for name, call in observe.functions(cursor) if isinstance(plain[0][call], str)}
    report.equal("sane calls that end in an error", RAISING, raising)
    known = {name for (name,) in support.rows_of(cursor, "SELECT name FROM pg_settings")}
    # From 19 on it can only be on.
    gone = {"standard_conforming_strings = off"} if clusters.major() >= 19 else set()
    for setting in [setting for setting in SETTINGS if setting not in gone]:
        if "." in setting.split()[0] or setting.split()[0] in known:
            compare(cursor, plain, f"SET LOCAL {setting}", report)
    cursor.execute((HERE / "hostile.sql").read_text(encoding="utf-8"))
    shadows = support.value_of(cursor, "SELECT count(*) FROM pg_proc WHERE pronamespace = 'evil'::regnamespace")
    report.true("functions and operators are shadowed", shadows > 1000, str(shadows))
    compare(cursor, plain, HOSTILE_PATH, report)
    compare(cursor, plain, "SET LOCAL search_path = evil, pg_catalog, pg_temp", report)
    cursor.execute("DROP EXTENSION aria_focus CASCADE; DROP SCHEMA evil CASCADE; DROP TABLE public.made_by_hand")
    hostile = databases.make("hostile", (HERE / "hostile.sql").read_text(encoding="utf-8")
                             + "; BEGIN; " + HOSTILE_PATH + "; CREATE EXTENSION aria_focus; COMMIT")
    report.equal("installed under a hostile path", plain[0], observe.answers(hostile, HOSTILE_PATH))
    report.equal("lived in after that", plain[1], observe.life(hostile, HOSTILE_PATH))


def check_planted(databases: Databases, report: support.Report) -> None:
    """Overloads planted by the owner of the schema are called by none of ours, whoever calls those."""
    # As pg_dump's scripts begin: SET search_path = '' would name a schema with an empty name.
    restoring = "SELECT pg_catalog.set_config('search_path', '', true); SET LOCAL check_function_bodies = off"
    unheard = "INSERT INTO aria_engine.focus_profiles (focus_id, display_name, tone, style)" \
              " VALUES ('new', 'New', 'unheard', 'unseen') RETURNING tone"
    cursor = databases.make("planted")
    plain = [(observe.answers(cursor, way), observe.life(cursor, way)) for way in ("SELECT 1", restoring)]
    before = support.value_of(cursor, "SELECT count(*) FROM pg_proc WHERE pronamespace = 'aria_engine'::regnamespace")
    cursor.execute("SET ROLE security_owner")
    cursor.execute((HERE / "planted.sql").read_text(encoding="utf-8"))
    cursor.execute("RESET ROLE")
    after = support.value_of(cursor, "SELECT count(*) FROM pg_proc WHERE pronamespace = 'aria_engine'::regnamespace")
    report.true("overloads are planted", after > before + 50, f"{after - before}")
    compare(cursor, plain[0], "SELECT 1", report)
    compare(cursor, plain[1], restoring, report)
    cursor.execute("BEGIN")
    cursor.execute(restoring)
    report.equal("a restored profile brings its words", "unheard", support.value_of(cursor, unheard))
    cursor.execute("ROLLBACK")


def main() -> int:
    """Runs all; returns the exit status."""
    report = support.Report()
    databases = Databases(report)
    try:
        support.run_parts({
            "module": lambda: check_module(databases, report),
            "neighbour": lambda: check_neighbour(report),
            "stranger": lambda: check_stranger(databases, report),
            "row security": lambda: check_row_security(databases, report),
            "wrappers": lambda: check_wrappers(databases, report),
            "surroundings": lambda: check_surroundings(databases, report),
            "planted": lambda: check_planted(databases, report),
        }, sys.argv[1:])  # fmt: skip
    finally:
        databases.remove()
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
