"""Files that are damaged or missing: reading fails with the server's own error, the session lives, and once the file is
whole again the same session answers right.

The files are those of the profiles: the table, its out-of-line values (so that a compile fails in the middle), and
the indexes that writing asks. A server that was just started has nothing of them in memory.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Callable, Counter as CounterType, Dict, List, NamedTuple

from clusters import Report, Session
from psycopg2 import errorcodes
from servers import Outcome, Server, attempt
from work import ANSWER, QUESTION, Work, prepare, reading, remove, stored, writing

PAGE = 8192
DAMAGED = (errorcodes.DATA_CORRUPTED, errorcodes.INDEX_CORRUPTED, errorcodes.UNDEFINED_FILE)
TABLE = "'aria_engine.focus_profiles'::regclass"
FILES = {
    "table": f"SELECT pg_relation_filepath({TABLE})",
    "out-of-line values": f"SELECT pg_relation_filepath(reltoastrelid) FROM pg_class WHERE oid = {TABLE}",
    "primary key": f"SELECT pg_relation_filepath(indexrelid) FROM pg_index WHERE indrelid = {TABLE} AND indisprimary",
}
# How the keywords are stored: else they are short enough to stay in the table.
STORE = "ALTER TABLE aria_engine.focus_profiles ALTER COLUMN expertise_keywords SET STORAGE {}"
# What a session can do without the profiles.
ELSE = "SELECT count(*) FROM aria_engine.focus_keyword_hits('a deploy', '[\"deploy\"]')"


class Damage(NamedTuple):
    """What is done to a file, and how it is undone."""

    name: str
    do: Callable[[Path], None]
    undo: Callable[[Path, bytes], None]


def overwrite(file: Path) -> None:
    """Leaves no page that is one."""
    file.write_bytes(b"\xa5" * file.stat().st_size)


def write_back(file: Path, content: bytes) -> None:
    """Puts the pages back that there were; what was added behind them stays."""
    with open(file, "r+b") as out:
        out.write(content)


def hide(file: Path) -> None:
    """Takes the file away."""
    file.rename(file.with_suffix(".hidden"))


def show(file: Path, _: bytes) -> None:
    """Brings it back."""
    file.with_suffix(".hidden").rename(file)


DAMAGES = (Damage("overwritten", overwrite, write_back), Damage("missing", hide, show))


def answers(session: Session) -> Dict[str, Outcome]:
    """What each statement that reads comes to."""
    return {work.name: attempt(session, work.query) for work in reading()}


def check_damaged(session: Session, name: str, whole: Dict[str, Outcome], report: Report) -> CounterType[str]:
    """Every statement has its answer or a clean error; returns the errors."""
    codes: CounterType[str] = Counter()
    for work, outcome in answers(session).items():
        codes[outcome.code or "answered"] += 1
        if outcome.code is None:
            report.equal(f"{name}: {work}", whole[work].rows, outcome.rows)
        else:
            report.true(f"{name}: {work}", outcome.code in DAMAGED, f"{outcome.code} {outcome.message}")
        report.equal(f"{name}: another statement after {work}", [(1,)], attempt(session, ELSE).rows)
    return codes


def check_file(server: Server, file: str, damage: Damage, whole: Dict[str, Outcome], report: Report) -> None:
    """One damage to one file."""
    name = f"{file} {damage.name}"
    insert = next(work for work in writing() if work.name == "insert")
    session = server.session()
    path = server.data / session.value(FILES[file])
    session.close()
    server.stop("fast")
    content = path.read_bytes()
    report.true(f"{name}: there is something to damage", len(content) >= PAGE, str(len(content)))
    damage.do(path)
    server.start()
    session = server.session()
    codes = check_damaged(session, name, whole, report)
    written = attempt(session, insert.query)
    report.true(f"{name}: insert", written.code in (None, *DAMAGED), f"{written.code} {written.message}")
    report.true(f"{name}: reading meets it", any(code in DAMAGED for code in codes), str(dict(codes)))
    damage.undo(path, content)
    check_whole(session, name, insert, written, whole, report)
    session.close()
    print(f"damage: {name}: {dict(codes)}, insert {written.code or 'done'}", flush=True)


def check_whole(session: Session, name: str, insert: Work, written: Outcome, whole: Dict[str, Outcome],
                report: Report) -> None:
    """The same session answers as before the damage; the insert is there as a whole or not at all."""
    report.equal(f"{name}: answer afterwards", ANSWER, attempt(session, QUESTION).rows)
    report.equal(f"{name}: inserted", 3 if written.code is None else 0, stored(session, insert))
    remove(session, insert)
    report.equal(f"{name}: answers afterwards", whole, answers(session))


def check(server: Server, report: Report) -> None:
    """Every damage to every file."""
    session = server.session()
    session.run(STORE.format("EXTERNAL"))
    prepare(session, 1)
    session.run("VACUUM aria_engine.focus_profiles", "CHECKPOINT")
    whole = answers(session)
    failed: List[str] = [f"{name}: {outcome.message}" for name, outcome in whole.items() if outcome.code is not None]
    report.equal("answers without damage", [], failed)
    session.close()
    for file in FILES:
        for damage in DAMAGES:
            check_file(server, file, damage, whole, report)
    session = server.session()
    session.run(STORE.format("EXTENDED"))
    session.close()
