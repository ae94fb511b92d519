"""Breaks the source of the cache in one way at a time and wants a test to fail on what comes out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Callable, Dict, List, Optional

from mutants import MUTANTS, Mutant

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src" / "pg" / "tables").glob("profile_*.[ch]pp"))
MODULE = ROOT / "aria_focus.so"
CACHE_TESTS = ("cache", "cache_repeatable_read", "cache_serializable", "cache_memory", "privileges")
CLUSTER_PARTS = ("pruned", "places", "frozen", "defaults", "random", "prepared", "subscriber", "standby", "overflow")
# A mutant may make a session wait or compute without end.
PATIENCE = 300


def run(command: List[str], **more: str) -> subprocess.CompletedProcess:
    """Runs a command in the root of the tree, with further environment."""
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **more}, capture_output=True, text=True, check=False,
                          timeout=PATIENCE)


def sql(command: str) -> None:
    """Runs a command in the maintenance database."""
    subprocess.run([f"{os.environ['PG_BIN']}/psql", "-X", "-q", "-d", "postgres", "-c", command], check=True)


def install() -> None:
    """Builds the module and puts it, in one step, where new sessions load it from."""
    config = os.environ["PG_CONFIG"]
    built = run(["make", "-s", f"PG_CONFIG={config}", "all"])
    if built.returncode != 0:
        raise RuntimeError(f"does not compile:\n{built.stderr}")
    directory = run([config, "--pkglibdir"]).stdout.strip()
    installed = Path(os.environ["ARIA_FOCUS_STAGE"]) / "root" / directory[1:] / MODULE.name
    fresh = installed.with_suffix(".new")
    fresh.write_bytes(MODULE.read_bytes())
    fresh.chmod(0o755)
    fresh.rename(installed)


def isolation_fails() -> bool:
    """Does a spec of several sessions fail?"""
    failed = run(["test/isolation/run"]).returncode != 0
    sql("DROP DATABASE IF EXISTS isolation_aria")
    sql("DROP ROLE IF EXISTS isolation_reader")
    return failed


def pgtap_fails() -> bool:
    """Does a test of one session fail?"""
    for name in CACHE_TESTS:
        sql("DROP DATABASE IF EXISTS mutation_test")
        sql("CREATE DATABASE mutation_test TEMPLATE mutation_template")
        if run(["pg_prove", "-d", "mutation_test", f"test/pgtap/{name}.sql"]).returncode != 0:
            return True
    return False


def clusters_fail() -> bool:
    """Does a part of the cluster suite fail?"""
    return any(run(["test/cluster/run", part]).returncode != 0 for part in CLUSTER_PARTS)


CHECKS: Dict[str, Callable[[], bool]] = {
    "pgtap": pgtap_fails,
    "isolation": isolation_fails,
    "cluster": clusters_fail,
}


def caught_by() -> str:
    """The first suite that fails on what is installed; empty if none does."""
    for name, fails in CHECKS.items():
        try:
            if fails():
                return name
        except subprocess.TimeoutExpired:
            return f"{name}, out of time"
    return ""


def place_of(mutant: Mutant) -> Optional[Path]:
    """The file that a mutant changes; nothing, and a word about it, where its place is not there once."""
    counts = {source: source.read_text(encoding="utf-8").count(mutant.old) for source in SOURCES}
    if sum(counts.values()) != 1:
        print(f"FAILED  {mutant.name}: its place is there {sum(counts.values())} times", flush=True)
        return None
    return max(counts, key=lambda source: counts[source])


def is_caught(mutant: Mutant) -> bool:
    """Installs a mutant and looks for a test that fails."""
    source = place_of(mutant)
    if source is None:
        return False
    original = source.read_text(encoding="utf-8")
    source.write_text(original.replace(mutant.old, mutant.new), encoding="utf-8")
    try:
        install()
        suite = caught_by()
    finally:
        source.write_text(original, encoding="utf-8")
    print(f"ok      {mutant.name}: caught by {suite}" if suite else f"FAILED  {mutant.name}: not caught", flush=True)
    return bool(suite)


def main() -> int:
    """Runs all mutants, or those named; returns the exit status."""
    if sys.argv[1:] == ["--places"]:
        return min(sum(place_of(mutant) is None for mutant in MUTANTS), 1)
    chosen = [mutant for mutant in MUTANTS if not sys.argv[1:] or mutant.name in sys.argv[1:]]
    sql("CREATE DATABASE mutation_template")
    subprocess.run([f"{os.environ['PG_BIN']}/psql", "-X", "-q", "-d", "mutation_template", "-c",
                    "CREATE EXTENSION pgtap; CREATE EXTENSION aria_focus"], check=True)
    suite = caught_by()
    if suite:
        print(f"FAILED  the source as it is: {suite} fails\n0 passed, 1 failed")
        return 1
    try:
        passed = sum(is_caught(mutant) for mutant in chosen)
    finally:
        install()
    failed = len(chosen) - passed
    print(f"{passed} passed, {failed} failed")
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
