"""Every allocation fails once, in a session of a real server: the module's, the border's, PostgreSQL's, the libraries'.

The server runs with a malloc of ours (failing_malloc.c). Of each statement the allocations are counted; then it runs
again and again, and each time another of them fails, or a burst that begins there: in new sessions, in one that has
answered before, and in one that must compile because the profiles were changed meanwhile.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Counter as CounterType, List, NamedTuple, Optional

from servers import DATABASE, GONE, OWN, UNREPORTED, Outcome, Server, attempt, process_of

# Behind servers, which sets the path to it.
from clusters import Report, Session
from psycopg2 import errorcodes
from work import ANSWER, QUESTION, Work, lives, prepare, reading, writing

HERE = Path(__file__).resolve().parent
# An allocation that is never reached.
NEVER = 2**62
BURSTS = (1, 8)
MODES = ("new", "used", "changed")
# So that the statements make thousands of allocations, not millions.
SCALE = 0.1
KEYWORDS = 100
# Blocks that the caches of a session may still take on, and the first cases, in which they take most.
SETTLING = 4
LOOSE = 48
# How often a failure that left much is made again, twice.
REPEATS = 8
# Where the log's last error is looked for.
LAST_BYTES = 65536
# What the log must not say. An abort may meet the rest of a burst, and is begun once more.
BAD = re.compile(r"\] \w* WARNING: (?!.*: AbortTransaction while in ABORT state$)|PANIC:|TRAP:|terminated by signal")

# As QUESTION, and of the profile whose list changes: a cache left with what it had before would not know it.
LATEST = (
    f"{QUESTION}, (SELECT aria_engine.focus_route(p.expertise_keywords ->> 0, NULL)"
    " FROM aria_engine.focus_profiles AS p WHERE p.focus_id = 'p5')"
)
LATEST_ANSWER = [(*ANSWER[0], "p5")]


def build(base: Path) -> Path:
    """Compiles the malloc that fails."""
    library = base / "failing_malloc.so"
    config = os.environ.get("PG_CONFIG", "pg_config")
    headers = subprocess.run([config, "--includedir-server"], check=True, capture_output=True, text=True).stdout.strip()
    # No builtins: else a compiler may make a call of malloc out of malloc itself.
    flags = "-O2 -Wall -Wextra -Werror -Wno-unused-parameter -fno-builtin -shared -fPIC -isystem".split()
    subprocess.run(["cc", *flags, headers, "-o", library, HERE / "failing_malloc.c"], check=True)
    return library


def start(base: Path) -> Server:
    """A server that allocates through it, and says where each error comes from."""
    library = build(base)
    server = Server(base, "allocations")
    server.create()
    with open(server.data / "postgresql.conf", "a", encoding="ascii") as settings:
        settings.write("log_error_verbosity = verbose\n")
    os.environ["LD_PRELOAD"] = str(library)
    try:
        server.start()
    finally:
        del os.environ["LD_PRELOAD"]
    watcher = server.make_database()
    prepare(watcher, SCALE)
    watcher.run(
        "CALL faults.fill(6, 20)",
        "UPDATE faults.inputs SET document = (SELECT jsonb_agg(faults.word(i))"
        f" FROM generate_series(1, {KEYWORDS}) AS i) WHERE name = 'list'",
        "UPDATE aria_engine.focus_profiles SET display_name = 'Other' WHERE focus_id = 'p2'",
    )
    watcher.close()
    server.tool("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-v", f"library={library}", "-d", DATABASE,
                "-f", HERE / "allocations.sql")  # fmt: skip
    return server


class Expected(NamedTuple):
    """What a statement comes to without faults, and the state before and after it."""

    outcome: Outcome
    before: str
    after: str


def expect(watcher: Session, work: Work) -> Expected:
    """Asks a session without faults, and undoes what it did."""
    before = watcher.value("SELECT faults.state()")
    outcome = attempt(watcher, work.query)
    after = watcher.value("SELECT faults.state()")
    if after != before:
        watcher.run("CALL faults.undo()")
    return Expected(outcome, before, after)


def opened(server: Server, work: Work, mode: str) -> Session:
    """A session that has done nothing yet, or one that has answered before."""
    session = server.session()
    if mode != "new":
        for query in (LATEST, f"BEGIN; {work.query}", "ROLLBACK", "SELECT faults.blocks_in_use()"):
            attempt(session, query)
    return session


def failing(session: Session, query: str, first: int, burst: int) -> Outcome:
    """What a query comes to when its allocations number `first` to `first + burst - 1` fail."""
    session.run(f"SELECT faults.fail_from({first}, {burst})")
    outcome = attempt(session, query)
    # This meets what the query has left of the burst.
    while attempt(session, f"SELECT faults.fail_from({NEVER}, 0)").code not in (None, GONE):
        pass
    return outcome


def last_words(server: Server, process: int) -> Optional[str]:
    """The function that ended a session by FATAL, as the server's log says."""
    with open(server.log, "rb") as log:
        log.seek(max(0, server.log.stat().st_size - LAST_BYTES))
        said = log.read().decode("utf-8", errors="replace")
    start = rf"\[{process}\] {DATABASE}"
    found = re.search(rf"{start} FATAL:(.*?){start} LOCATION:  (\w+),", said, re.DOTALL)
    if found is None:
        return None
    return UNREPORTED if 'in memory context "ErrorContext"' in found.group(1) else found.group(2)


class Sweep:
    """One statement in one mode, with ever other allocations failing."""

    def __init__(self, server: Server, watcher: Session, work: Work, mode: str, report: Report) -> None:
        """Opens the first session."""
        self.server, self.watcher, self.work, self.mode, self.report = server, watcher, work, mode, report
        self.name = f"{work.name}, {mode}"
        self.codes: CounterType[str] = Counter()
        self.blocks: List[int] = []
        self.session = opened(server, work, mode)

    def run(self, most: int) -> None:
        """Fails every allocation, or so many evenly among them."""
        made = self._count()
        expected = expect(self.watcher, self.work)
        tries = min(most, made)
        for place in range(tries):
            for burst in BURSTS:
                if self.mode == "changed":
                    self._forget()
                    expected = expect(self.watcher, self.work)
                self._try(made * place // tries, burst, expected)
        self.report.true(f"{self.name}: something failed", self.codes[errorcodes.OUT_OF_MEMORY] > 0, str(self.codes))
        self._check_contexts()
        said = ", ".join(f"{number} {code}" for code, number in sorted(self.codes.items()))
        print(f"allocations: {self.name:28} {made:6} made, {tries:6} failed, also in a burst: {said}", flush=True)

    def close(self) -> None:
        """Ends its session."""
        self.session.close()

    def _count(self) -> int:
        """How many allocations it makes."""
        self._forget()
        self.session.run(f"SELECT faults.fail_from({NEVER}, 0)")
        attempt(self.session, self.work.query)
        made = self.session.value("SELECT faults.allocations()")
        self.watcher.run("CALL faults.undo()")
        return made

    def _forget(self) -> None:
        """Changes the profiles, where that is the mode."""
        if self.mode == "changed":
            self.watcher.run("CALL faults.forget()")

    def _reopen(self) -> None:
        """Another session."""
        self.session.close()
        self.session = opened(self.server, self.work, self.mode)
        self.blocks = []

    def _try(self, first: int, burst: int, expected: Expected) -> None:
        """One case: its outcome, what is stored, and the session's next answer."""
        if self.mode == "new":
            self._reopen()
        case = f"{self.name}, allocation {first} and {burst - 1} more"
        process = process_of(self.session)
        outcome = failing(self.session, self.work.query, first, burst)
        source = last_words(self.server, process) if outcome.code == GONE else outcome.source
        self._check_outcome(case, outcome, source, expected)
        state = self.watcher.value("SELECT faults.state()")
        self.report.equal(f"{case}: what is stored after {outcome.code}",
                          expected.after if outcome == expected.outcome else expected.before, state)  # fmt: skip
        if state != expected.before:
            self.watcher.run("CALL faults.undo()")
        if outcome.code == GONE:
            self._reopen()
        afterwards = attempt(self.session, LATEST)
        self.report.equal(f"{case}: an answer afterwards ({afterwards.message})", LATEST_ANSWER, afterwards.rows)
        self._check_blocks(case, first, burst)

    def _check_outcome(self, case: str, outcome: Outcome, source: Optional[str], expected: Expected) -> None:
        """The answer as without faults, or a clean error."""
        self.codes["as without" if outcome == expected.outcome else outcome.code or "another answer"] += 1
        clean = outcome == expected.outcome or outcome.code == errorcodes.OUT_OF_MEMORY or (source, outcome.code) in OWN
        self.report.true(f"{case}: outcome", clean, f"{outcome} from {source}, expected {expected.outcome}")

    def _check_blocks(self, case: str, first: int, burst: int) -> None:
        """Failed statements leave no memory behind: less than a block for every fourth.

        What a cache takes on where a statement has come so far for the first time, it takes once: the same failure
        again leaves nothing.
        """
        self.blocks.append(self._blocks())
        growth = self.blocks[-1] - self.blocks[min(SETTLING, len(self.blocks) - 1)]
        if growth >= LOOSE + len(self.blocks) // 4:
            self._fail_again(first, burst)
            before = self._blocks()
            self._fail_again(first, burst)
            growth = self._blocks() - before
            self.blocks = [self._blocks()]
        self.report.true(f"{case}: growth", growth < LOOSE + len(self.blocks) // 4, f"{growth} blocks")

    def _blocks(self) -> int:
        """Blocks of memory that the session has."""
        return int(self.session.value("SELECT faults.blocks_in_use()"))

    def _fail_again(self, first: int, burst: int) -> None:
        """The same failure a few times, each undone."""
        for _ in range(REPEATS):
            self._forget()
            failing(self.session, self.work.query, first, burst)
            attempt(self.session, LATEST)
            self.watcher.run("CALL faults.undo()")

    def _check_contexts(self) -> None:
        """No memory context of ours outlives its statement."""
        left = self.session.rows("SELECT name FROM pg_backend_memory_contexts WHERE name LIKE 'aria_focus%'")
        self.report.equal(f"{self.name}: memory contexts left", [], left)


def check_work(server: Server, watcher: Session, work: Work, most: int, report: Report) -> None:
    """One statement in every mode."""
    for mode in MODES:
        sweep = Sweep(server, watcher, work, mode, report)
        sweep.run(most)
        sweep.close()


def check_log(server: Server, name: str, report: Report) -> None:
    """The log says nothing but errors; it is emptied, since each error comes with a page about memory."""
    with open(server.log, "r+", encoding="utf-8", errors="replace") as log:
        said = [line for line in log if BAD.search(line)]
        log.truncate(0)
    report.equal(f"{name}: what the log says", [], said)


def check(base: Path, most: int, report: Report) -> None:
    """Every statement in every mode."""
    server = start(base)
    try:
        watcher = server.session()
        for work in reading() + writing() + lives():
            check_work(server, watcher, work, most, report)
            check_log(server, work.name, report)
        watcher.close()
    finally:
        server.stop("immediate")
