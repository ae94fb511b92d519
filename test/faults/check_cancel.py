"""Cancels, timeouts and terminations at every moment of a statement: how long they take, and what is left.

A statement is stopped after a random part of the time that it needs, so that all of its phases are met: reading rows,
compiling, scanning, delivering. The time that counts is from the request to the client's error. What makes the suite
fail is generous, since a machine may be busy; the figures are printed.
"""

from __future__ import annotations

import random
import threading
import time
from typing import List, NamedTuple, Optional

from clusters import Report, Session, wait_for
from psycopg2 import errorcodes
from servers import DATABASE, GONE, MEGABYTE, Outcome, Server, attempt, process_of, status_of
from work import ANSWER, QUESTION, Work, prepare, reading, remove, stored, writing

SCALE = 20
GOAL_MS = 100.0
WORST_MS = 2000.0
# A statement is stopped within its first seconds.
LONGEST_S = 1.0
# After so many edits a session keeps as many versions as it ever will.
WARM_UP = 6
WORST_GROWTH = 16 * MEGABYTE
SEED = 20211


class Stopped(NamedTuple):
    """A statement that was stopped, or had ended: what came of it, and the milliseconds from request to end."""

    outcome: Outcome
    milliseconds: float


class Runner:
    """Runs a statement in a thread, so that it can be stopped meanwhile."""

    def __init__(self, session: Session, query: str) -> None:
        """Starts it."""
        self.outcome: Optional[Outcome] = None
        self.ended = 0.0
        self._thread = threading.Thread(target=self._run, args=(session, query))
        self._thread.start()

    def _run(self, session: Session, query: str) -> None:
        """The thread."""
        self.outcome = attempt(session, query)
        self.ended = time.monotonic()

    def wait(self, asked: float) -> Stopped:
        """Waits for its end, which was asked for at a time."""
        self._thread.join()
        assert self.outcome is not None
        return Stopped(self.outcome, (self.ended - asked) * 1000)


def stop(session: Session, watcher: Session, work: Work, how: str, after: float) -> Stopped:
    """Runs a statement and stops it: by pg_cancel_backend, pg_terminate_backend or statement_timeout."""
    if how == "statement_timeout":
        milliseconds = max(1, int(after * 1000))
        session.run(f"SET statement_timeout = {milliseconds}")
        runner = Runner(session, work.query)
        stopped = runner.wait(time.monotonic() + milliseconds / 1000)
        # The shortest timeouts may hit this, too.
        while attempt(session, "RESET statement_timeout").code == errorcodes.QUERY_CANCELED:
            pass
        return stopped
    process = process_of(session)
    runner = Runner(session, work.query)
    time.sleep(after)
    asked = time.monotonic()
    watcher.rows(f"SELECT {how}({process})")
    return runner.wait(asked)


def duration(session: Session, work: Work) -> float:
    """Seconds that a statement takes when the profiles must be compiled, but no more than it is watched."""
    started = time.monotonic()
    outcome = attempt(session, work.query)
    if outcome.code is not None:
        raise ValueError(f"{work.name}: {outcome.message}")
    return min(time.monotonic() - started, LONGEST_S)


def forget(watcher: Session) -> None:
    """Makes every session compile anew: a profile has another list."""
    watcher.run("UPDATE aria_engine.focus_profiles SET expertise_keywords = expertise_keywords ||"
                " jsonb_build_array('again ' || md5(random()::text)) WHERE focus_id = 'p5'")  # fmt: skip


def check_stopped(stopped: Stopped, name: str, code: str, report: Report) -> bool:
    """It ended with the SQLSTATE soon after the request; False if it had ended before."""
    if stopped.outcome.code is None:
        return False
    report.equal(f"{name}: SQLSTATE ({stopped.outcome.message})", code, stopped.outcome.code)
    report.true(f"{name}: time", stopped.milliseconds < WORST_MS, f"{stopped.milliseconds:.0f} ms")
    return True


def cancel_often(server: Server, watcher: Session, work: Work, tries: int, dice: random.Random, report: Report
                 ) -> List[float]:
    """Cancels one statement many times in one session, in two ways; the milliseconds that it took."""
    session = server.session()
    lasts = duration(session, work)
    remove(watcher, work)
    for _ in range(WARM_UP):
        forget(watcher)
        attempt(session, QUESTION)
    process, times = process_of(session), []
    sizes: List[int] = []
    for count in range(tries):
        forget(watcher)
        how = ("pg_cancel_backend", "statement_timeout")[count % 2]
        stopped = stop(session, watcher, work, how, dice.random() * lasts)
        if check_stopped(stopped, f"{work.name}, {how}", errorcodes.QUERY_CANCELED, report):
            times.append(max(0.0, stopped.milliseconds))
            report.equal(f"{work.name}: profiles left after {how}", 0, stored(watcher, work))
        remove(watcher, work)
        report.equal(f"{work.name}: an answer afterwards", ANSWER, attempt(session, QUESTION).rows)
        sizes.append(status_of(process, "RssAnon"))
    # The least of a while: how many versions are kept at a moment goes up and down.
    growth = min(sizes[-len(sizes) // 3:]) - min(sizes[len(sizes) // 3: -(len(sizes) // 3)])
    report.true(f"{work.name}: growth", growth < WORST_GROWTH, f"{growth / MEGABYTE:.1f} MB")
    report.true(f"{work.name}: it was met", len(times) > 0, "it always ended before it was cancelled")
    print(f"cancel: {work.name:20} {len(times):3} of {tries}, {figures(times)}; growth {growth / MEGABYTE:.1f} MB",
          flush=True)
    session.close()
    return times


def figures(times: List[float]) -> str:
    """The distribution of times."""
    if not times:
        return "never"
    ordered = sorted(times)
    half, nearly = (ordered[int((len(ordered) - 1) * share)] for share in (0.5, 0.99))
    late = sum(1 for each in ordered if each > GOAL_MS)
    return f"p50 {half:.1f} ms, p99 {nearly:.1f} ms, max {ordered[-1]:.1f} ms, {late} beyond {GOAL_MS:.0f} ms"


def terminate(server: Server, watcher: Session, work: Work, dice: random.Random, report: Report) -> List[float]:
    """Ends a session in the middle of a statement; nothing of it stays."""
    session = server.session()
    process = process_of(session)
    stopped = stop(session, watcher, work, "pg_terminate_backend", dice.random() * LONGEST_S / 2)
    wait_for(lambda: not watcher.value(f"SELECT count(*) FROM pg_stat_activity WHERE pid = {process}"),
             f"{work.name}: the session ends")  # fmt: skip
    met = check_stopped(stopped, f"{work.name}, terminated", GONE, report)
    if met:
        # Not every client's library keeps what was said before the end of the connection.
        said = f"[{process}] {DATABASE} FATAL:  terminating connection due to administrator command"
        log = server.log.read_text(encoding="utf-8")
        report.true(f"{work.name}: ended as asked", said in log, stopped.outcome.message)
        report.equal(f"{work.name}: profiles left by a session that was ended", 0, stored(watcher, work))
    remove(watcher, work)
    session.close()
    return [max(0.0, stopped.milliseconds)] if met else []


def check(server: Server, cancels: int, report: Report) -> None:
    """So many cancels in all, and a few terminations of each statement."""
    watcher = server.session()
    prepare(watcher, SCALE)
    dice = random.Random(SEED)
    works = reading() + writing()
    times: List[float] = []
    for work in works:
        times += cancel_often(server, watcher, work, -(-cancels // len(works)), dice, report)
    print(f"cancel: all, {len(times)} cancelled: {figures(times)}", flush=True)
    report.true("cancels that met a statement", len(times) >= cancels // 2, f"{len(times)} of {cancels}")
    ends = [each for work in works for _ in range(max(1, cancels // 200)) for each in
            terminate(server, watcher, work, dice, report)]  # fmt: skip
    print(f"terminate: {len(ends)} sessions: {figures(ends)}", flush=True)
    watcher.close()
