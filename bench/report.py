"""The benchmark's table: report.py MEASUREMENTS [--markdown VERSIONS], from what core_bench and
bench_sql.py print. A goal is met, or is missed by what the ratio says.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional, Tuple

Key = Tuple[str, str, str]
CORE_PEERS = ("Vectorscan", "aho-corasick")
MESSAGE_SETS = {
    "short": "73 B", "medium": "700 B", "long": "16 kB", "typographic": "700 B, typographic quotes",
}


class Row(NamedTuple):
    """A line of the table."""

    what: str
    ours: str
    peer: str
    ratio: str
    goal: str
    met: str


def processor() -> Tuple[str, bool]:
    """The processor's name with its vector units, and whether it has all that AVX-512 goals take."""
    fields = dict(
        line.split(":", 1) for line in Path("/proc/cpuinfo").read_text(encoding="ascii").splitlines() if ":" in line
    )
    fields = {key.strip(): value.strip() for key, value in fields.items()}
    flags = fields.get("flags", fields.get("Features", "")).split()
    units = [name for name in ("avx2", "avx512bw", "avx512vbmi", "asimd") if name in flags]
    return f"{fields.get('model name', 'unknown')} ({', '.join(units)})", "avx512vbmi" in flags


def time_text(nanoseconds: float) -> str:
    """A time that people can read."""
    for unit, size in (("s", 1e9), ("ms", 1e6), ("us", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:.3g} {unit}"
    return f"{nanoseconds:.3g} ns"


class Measurements:
    """What was measured: kind, set and quantity, then a value for each engine."""

    def __init__(self, path: Path) -> None:
        """Reads the lines."""
        self.values: Dict[Key, Dict[str, float]] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            kind, name, what, engine, value = line.split("\t")
            self.values.setdefault((kind, name, what), {})[engine] = float(value)

    def of(self, kind: str, name: str, what: str) -> Dict[str, float]:
        """All engines' values of one quantity."""
        return self.values.get((kind, name, what), {})

    def names(self, kind: str) -> List[str]:
        """The sets of a kind, in the order of measuring."""
        return list(dict.fromkeys(key[1] for key in self.values if key[0] == kind))


class Table:
    """Collects rows; what was not measured leaves none."""

    def __init__(self) -> None:
        """Starts empty."""
        self.rows: List[Row] = []

    def faster(self, what: str, ours: Optional[float], peer: str, theirs: Optional[float],
               goal: Optional[float]) -> None:
        """A row where the peer's time over ours shall be at least the goal."""
        if ours is None or theirs is None:
            return
        ratio = theirs / ours
        met = "" if goal is None else "yes" if ratio >= goal else "NO"
        wanted = "" if goal is None else f">= {goal:g}x"
        self.rows.append(Row(what, time_text(ours), f"{peer} {time_text(theirs)}", f"{ratio:.3g}x", wanted, met))

    def within(self, what: str, ours: Optional[float], peer: str, theirs: Optional[float],
               goal: Optional[float]) -> None:
        """A row where our time over the peer's shall be at most the goal."""
        if ours is None or theirs is None:
            return
        ratio = ours / theirs
        met = "" if goal is None else "yes" if ratio <= goal else "NO"
        wanted = "" if goal is None else f"<= {goal:g}x"
        self.rows.append(Row(what, time_text(ours), f"{peer} {time_text(theirs)}", f"{ratio:.3g}x", wanted, met))

    def at_most(self, what: str, ours: float, unit: str, peer: str, goal: Optional[float]) -> None:
        """A row where our own figure shall be at most the goal."""
        met = "" if goal is None else "yes" if ours <= goal else "NO"
        if ours <= 0:
            met = "lost in noise"
        wanted = "" if goal is None else f"<= {goal:g} {unit}"
        self.rows.append(Row(what, f"{ours:.3g} {unit}", peer, "", wanted, met))

    def at_least(self, what: str, ours: float, unit: str, goal: float) -> None:
        """A row where our own figure shall be at least the goal."""
        met = "yes" if ours >= goal else "NO"
        self.rows.append(Row(what, f"{ours:.3g} {unit}", "", "", f">= {goal:g} {unit}", met))


def scan_rows(found: Measurements, table: Table, has_avx512: bool) -> None:
    """The core's scan against the better of the libraries."""
    stock_goals = {"short": 2.0, "medium": 2.0, "long": 2.0}
    if has_avx512:
        stock_goals = {"short": 2.3, "medium": 4.0, "long": 5.0}
    for name in found.names("race"):
        for messages, size in MESSAGE_SETS.items():
            values = found.of("race", name, messages)
            if not values:
                continue
            goal = stock_goals.get(messages) if name == "stock" else 2.0
            peers = [engine for engine in values if engine.startswith(CORE_PEERS)]
            for best in [min(peers, key=values.__getitem__)] if peers else []:
                table.faster(f"scan, {name}, {size}", values["ours"], best, values[best], goal)
    values = found.of("race", "stock", "short")
    for engine, value in values.items():
        if engine != "ours":
            table.faster("scan, stock, all peers, 73 B", values["ours"], engine, value, None)


def keywords_of(name: str) -> int:
    """How many keywords a set has that says so in its name, else 0."""
    return 0 if name == "stock" else int(name.split()[1].replace(",", ""))


def build_rows(found: Measurements, table: Table) -> None:
    """Compile time and memory."""
    for name in found.names("compile"):
        values = found.of("compile", name, "ns per keyword")
        peers = [f"{e} {time_text(v)}" for e, v in values.items() if e == "Vectorscan" or "one DFA" in e]
        large = keywords_of(name) >= 12_000
        table.at_most(f"compile, {name}, a keyword", values["ours"] / 1e3, "us", "; ".join(peers),
                      1.2 if large else None)
    for name in found.names("heap"):
        values = found.of("heap", name, "bytes")
        keywords = keywords_of(name)
        size, unit = (1000, "kB") if name == "stock" else (keywords, "B")
        peers = [
            f"{e} {v / size:.0f} {unit}" for e, v in values.items() if e == "Vectorscan" or "one DFA" in e
        ]
        if name == "stock":
            table.at_most("memory, stock", values["ours"] / 1000, "kB", "; ".join(peers), 400)
        else:
            goal = 64 if keywords >= 12_000 else None
            table.at_most(f"memory, {name}, a keyword", values["ours"] / keywords, "B", "; ".join(peers), goal)


def robust_rows(found: Measurements, table: Table) -> None:
    """Growth with the profiles, and adversarial sets."""
    few, many = (found.of("growth", size, "short").get("ours") for size in ("10", "10000"))
    table.within("growth, 10 to 10,000 sparse profiles, 73 B", many, "10 profiles", few, 6)
    normal = found.of("race", "stock", "long").get("ours")
    for name in found.names("adversary"):
        values = found.of("adversary", name, "ns per byte")
        usual = normal / 16387 if normal else None
        table.within(f"a byte of: {name}", values["ours"], "stock, 16 kB", usual, 10)
        for engine in ("Vectorscan", "aho-corasick (one DFA)"):
            table.faster(f"a byte of: {name}", values["ours"], engine, values.get(engine), None)


def contract_rows(found: Measurements, table: Table) -> None:
    """Megabytes of replies a second, beside programs that look at style, and texts that search could make quadratic."""
    goals = {"lint": 25.0, "metrics": 40.0, "tokens": 40.0}
    names = {"lint": "focus_lint", "metrics": "focus_text_metrics", "tokens": "focus_estimate_tokens"}
    for what, goal in goals.items():
        ours = found.of("contract", "replies", what).get("ours")
        if ours is not None:
            table.at_least(f"{names[what]}, replies of 2 kB", 1e3 / ours, "MB/s", goal)
    values = found.of("contract", "replies", "lint")
    for peer, times in {"GNU style": 3.0, "write-good": 50.0}.items():
        table.faster("focus_lint, a byte of a reply", values.get("ours"), peer, values.get(peer), times)
    for name in found.names("trap"):
        ours = found.of("trap", name, "lint")["ours"]
        table.at_least(f"focus_lint, a megabyte of: {name}", 1e3 / ours, "MB/s", 10)


def sql_rows(found: Measurements, table: Table, has_avx512: bool) -> None:
    """focus_route and focus_rank in queries."""
    length_goals = {"short": 0.75, "medium": 0.4, "long": 0.35}
    for name in found.names("scalar"):
        values = found.of("scalar", name, "ns per row")
        ours, what = values["focus_route"], f"focus_route, {MESSAGE_SETS[name]}, a row"
        floor_goal = (1.7 if has_avx512 else 2.2) if name == "short" else None
        table.within(what, ours, "sum(octet_length)", values.get("sum(octet_length)"), floor_goal)
        table.within(what, ours, "sum(length)", values.get("sum(length)"), length_goals[name])
    values = found.of("scalar", "short", "ns per row")
    goals = {"regexp_count": 200.0, "~*": None, "ILIKE ANY": None, "tsquery": None, "PL/Python": 400.0}
    for engine, goal in goals.items():
        table.faster("focus_route, 73 B, a row", values.get("focus_route"), engine, values.get(engine), goal)
    if values:
        overhead = values["focus_route('')"] - values["count(*)"]
        table.at_most("a row more in a statement, empty message", overhead, "ns", "over count(*)", None)
    values = found.of("lateral", "eight", "ns per message")
    table.within("focus_rank, LATERAL, 8 rows a message", values.get("focus_rank"), "8 constant rows in C",
                 values.get("8 constant rows in C"), 1.5)


def session_rows(found: Measurements, table: Table) -> None:
    """What statements and sessions pay once, and parallel plans."""
    check_goals = {("8", "stable snapshot"): 3, ("1,000", "after a commit elsewhere"): 100,
                   ("1,000", "stable snapshot"): 100, ("10,000", "stable snapshot"): 5,
                   ("8", "after a commit elsewhere"): 3, ("8", "in a transaction with an id"): 3,
                   ("1,000", "in a transaction with an id"): 100}
    for (kind, name, what), values in found.values.items():
        if kind == "check":
            table.at_most(f"check a statement, {name} profiles, {what}", values["ours"], "us", "over lower()",
                          check_goals.get((name, what)))
    for name in found.names("agents"):
        table.at_most(f"10,000 agents, {name}", found.of("agents", name, "ms")["ours"], "ms", "", 50)
    first_goals = {"8": 2, "10,000": 300}
    for name in found.names("first"):
        table.at_most(f"first call of a session, {name} profiles", found.of("first", name, "ms")["ours"], "ms",
                      "", first_goals.get(name))
    values = found.of("parallel", "short", "seconds")
    if values:
        table.faster("two parallel workers", values["2"] * 1e9, "one", values["1"] * 1e9, 1.8)


def print_plain(rows: List[Row]) -> None:
    """The table with aligned columns."""
    head = Row("what", "ours", "peer", "ratio", "goal", "met")
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, *rows]:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip())


def print_markdown(rows: List[Row], versions: str, name: str) -> None:
    """The same as a document."""
    print("# Measured\n")
    print("By `script/bench --record`: all peers of a line in one run, in turns, on one core; of each the "
          "fastest pass. Ratios carry over to other machines, times do not. The peers of `scan` do plain "
          "case-insensitive literals with the same resolution per profile, we do everything that a row asks "
          "for; `bench/README.md` says what is measured.\n")
    print(f"- date: {datetime.date.today().isoformat()}\n- processor: {name}")
    for line in versions.splitlines():
        print(f"- {line}")
    print("\n| what | ours | peer | ratio | goal | met |\n|---|---|---|---|---|---|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


def main() -> None:
    """Print the table."""
    found, table = Measurements(Path(sys.argv[1])), Table()
    name, has_avx512 = processor()
    scan_rows(found, table, has_avx512)
    build_rows(found, table)
    robust_rows(found, table)
    contract_rows(found, table)
    sql_rows(found, table, has_avx512)
    session_rows(found, table)
    if sys.argv[2:3] == ["--markdown"]:
        print_markdown(table.rows, Path(sys.argv[3]).read_text(encoding="utf-8"), name)
    else:
        print_plain(table.rows)


main()
