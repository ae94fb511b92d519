"""Out of memory: whatever allocation fails, the statement ends in its answer or in a clean error.

A limit is put on the address space of a process (what `ulimit -v` does), low enough that some allocation fails: of
the core, of the border, of PostgreSQL. Every statement is tried under many limits between none of what it needs and
all, each time in a new session, so that it fails at ever other places.
"""

from __future__ import annotations

import resource
from collections import Counter
from typing import Any, Counter as CounterType, List, Tuple

import psycopg2
from clusters import Report, Session
from psycopg2 import errorcodes
from servers import GONE, MEGABYTE, OWN, Outcome, Server, attempt, process_of, status_of
from work import ANSWER, QUESTION, Work, prepare, reading, remove, stored, writing

ROOM = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
CLEAN = (errorcodes.OUT_OF_MEMORY, errorcodes.PROGRAM_LIMIT_EXCEEDED)
# So that the libraries are there: whether they can be loaded is the server's affair.
LOADED = ("SELECT aria_engine.focus_is_blank('x')", "DO $$ BEGIN END $$")
CANNOT_LOAD = errorcodes.UNDEFINED_FILE
# What the whole server gets beyond what the postmaster has.
SERVER_SCALE = 12
SERVER_ROOM = tuple(size * MEGABYTE for size in (1, 2, 4, 16, 48, 128, 256))


def limit(process: int, size: int) -> None:
    """Lets a process have no more address space than this."""
    resource.prlimit(process, resource.RLIMIT_AS, (size, resource.RLIM_INFINITY))


def is_clean(outcome: Outcome) -> bool:
    """Does an error say that memory ran out, in our words or in PostgreSQL's?"""
    return outcome.code in CLEAN or (outcome.source, outcome.code) in OWN


def opened(server: Server) -> Session:
    """A new session that has the libraries."""
    session = server.session()
    session.run(*LOADED)
    return session


def needed(server: Server, work: Work) -> Tuple[int, List[Any]]:
    """How much address space a statement takes beyond that of a new session, and its answer."""
    session = opened(server)
    before = status_of(process_of(session), "VmSize")
    outcome = attempt(session, work.query)
    peak = status_of(process_of(session), "VmPeak") - before
    session.close()
    if outcome.rows is None:
        raise ValueError(f"{work.name}: {outcome.message}")
    return peak, outcome.rows


def check_afterwards(session: Session, name: str, report: Report) -> None:
    """The session answers."""
    outcome = attempt(session, QUESTION)
    report.equal(f"{name}: an answer afterwards ({outcome.message})", ANSWER, outcome.rows)


def check_kept(watcher: Session, work: Work, outcome: Outcome, whole: int, report: Report) -> None:
    """A statement that writes has left everything if it succeeded, else nothing."""
    expected = whole if outcome.code is None else 0
    report.equal(f"{work.name}: profiles left after {outcome.code}", expected, stored(watcher, work))
    remove(watcher, work)


def sweep(server: Server, watcher: Session, work: Work, tries: int, report: Report) -> None:
    """One statement under many limits."""
    need, expected = needed(server, work)
    whole = stored(watcher, work)
    remove(watcher, work)
    codes: CounterType[str] = Counter()
    for step in range(tries):
        session = opened(server)
        process = process_of(session)
        limit(process, status_of(process, "VmSize") + need * 11 * step // (10 * (tries - 1)))
        outcome = attempt(session, work.query)
        if outcome.code != GONE:
            resource.prlimit(process, resource.RLIMIT_AS, ROOM)
        codes[outcome.code or "answered"] += 1
        if outcome.code is None:
            report.equal(f"{work.name}: its answer with {step}/{tries} of {need}", expected, outcome.rows)
        else:
            report.true(f"{work.name}: its error with {step}/{tries} of {need}", is_clean(outcome),
                        f"{outcome.code} {outcome.message} ({outcome.source})")
        check_afterwards(session, work.name, report)
        check_kept(watcher, work, outcome, whole, report)
        session.close()
    report.true(f"{work.name}: some limit was too low", codes[errorcodes.OUT_OF_MEMORY] > 0, str(dict(codes)))
    said = ", ".join(f"{count} {code}" for code, count in sorted(codes.items()))
    print(f"memory: {work.name:20} needs {need / MEGABYTE:6.1f} MB; {tries} limits: {said}", flush=True)


def check_room(server: Server, room: int, works: List[Work], report: Report) -> None:
    """A new session of a server whose processes get so little; its statements one after the other."""
    codes: CounterType[str] = Counter()
    try:
        session = server.session()
    except psycopg2.OperationalError as error:
        said = str(error)
        clean = any(part in said for part in ("out of memory", "Cannot allocate memory", "could not fork"))
        report.true(f"no session with {room} bytes", clean, said)
        print(f"memory: {room // MEGABYTE:4} MB a process: no session: {said.splitlines()[-1]}")
        return
    loaded = [attempt(session, query).code for query in LOADED]
    report.true(f"loaded with {room} bytes", {*loaded} <= {None, CANNOT_LOAD, *CLEAN}, str(loaded))
    for work in works if loaded == [None, None] else []:
        outcome = attempt(session, work.query)
        codes[outcome.code or "answered"] += 1
        clean = outcome.code is None or is_clean(outcome)
        report.true(f"{work.name} with {room} bytes", clean, f"{outcome.code} {outcome.message} ({outcome.source})")
    process = process_of(session)
    resource.prlimit(process, resource.RLIMIT_AS, ROOM)
    check_afterwards(session, f"{room} bytes", report)
    session.close()
    print(f"memory: {room // MEGABYTE:4} MB a process: libraries {loaded}, statements {dict(codes)}", flush=True)


def whole_of(server: Server, watcher: Session, work: Work) -> int:
    """How many profiles a statement leaves when it succeeds."""
    needed(server, work)
    found = stored(watcher, work)
    remove(watcher, work)
    return found


def check_server(server: Server, watcher: Session, report: Report) -> None:
    """A server started with little: from hardly enough for a session to enough for nearly all, with large work."""
    prepare(watcher, SERVER_SCALE)
    wholes = {work.name: whole_of(server, watcher, work) for work in writing()}
    postmaster = server.postmaster()
    for room in SERVER_ROOM:
        limit(postmaster, status_of(postmaster, "VmSize") + room)
        check_room(server, room, reading() + writing(), report)
        check_afterwards(watcher, "another session", report)
        for work in writing():
            found = stored(watcher, work)
            report.true(f"{work.name} with {room} bytes: all or nothing", found in (0, wholes[work.name]), str(found))
            remove(watcher, work)
    resource.prlimit(postmaster, resource.RLIMIT_AS, ROOM)


def check(server: Server, tries: int, report: Report) -> None:
    """Every statement under many limits; then a server that is short of memory as a whole."""
    watcher = server.session()
    prepare(watcher, 4)
    for work in reading() + writing():
        sweep(server, watcher, work, tries, report)
        check_afterwards(watcher, "another session", report)
    check_server(server, watcher, report)
    watcher.close()
