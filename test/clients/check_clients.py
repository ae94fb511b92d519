"""Runs the programs of docs/clients.md, each in a database of its own, and compares what they print.

A program is a block whose fence names its language and its client (```python psycopg3); the ```text block behind it is
its output. A client that this machine does not have is left out, and said so. --accept writes the outputs into the
document.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Callable, Dict, List, NamedTuple, Optional

import pooler
import support

HERE = Path(__file__).resolve().parent
GUIDE = HERE.parents[1] / "docs" / "clients.md"
PROGRAM = re.compile(
    r"^```(?P<language>python|js|java) (?P<client>[\w-]+)\n(?P<code>.*?)^```\n\n```text\n(?P<output>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
PATIENCE_S = 60
NPM_PATIENCE_S = 180
JDBC = Path("/usr/share/java/postgresql.jar")
# What Debian's Python must be able to import for a client.
MODULES = {
    "psycopg3": "psycopg",
    "psycopg2": "psycopg2",
    "asyncpg": "asyncpg",
    "sqlalchemy": "sqlalchemy, alembic",
    "django": "django",
    "pgbouncer": "psycopg2",
}
NPM = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]


class Program(NamedTuple):
    """A program of the guide and what it must print."""

    language: str
    client: str
    code: str
    output: str


def programs(guide: str) -> List[Program]:
    """The programs in the order of the guide."""
    return [Program(*found.group("language", "client", "code", "output")) for found in PROGRAM.finditer(guide)]


class Machine:
    """What this machine has for clients, and how they are started, in a directory of its own."""

    def __init__(self, base: Path) -> None:
        """Looks at nothing yet."""
        self.base = base
        self.npm_reason: Optional[str] = None
        self.has_npm = False

    def lacks(self, program: Program) -> Optional[str]:
        """Why a program cannot run here; None if it can."""
        if program.client == "pgbouncer" and pooler.find() is None:
            return "there is no pgbouncer"
        if program.client == "jdbc" and pooler.find() is None:
            return "JDBC has no unix sockets, and there is no pgbouncer to stand between"
        return {"python": self._lacks_modules, "js": self._lacks_packages, "java": self._lacks_java}[
            program.language
        ](program.client)

    def run(self, program: Program, environment: Dict[str, str]) -> str:
        """What a program prints, with what it says when it fails."""
        suffix = {"python": "py", "js": "mjs", "java": "java"}[program.language]
        file = self.base / f"Main.{suffix}"
        file.write_text(program.code, encoding="utf-8")
        command = {
            "python": ["/usr/bin/python3", "-B", "-W", "ignore"],
            "js": ["node", "--no-warnings"],
            "java": ["java", "-cp", str(JDBC)],
        }[program.language]
        try:
            ran = subprocess.run(
                [*command, str(file)],
                env={**os.environ, **environment},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=PATIENCE_S,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            return (error.stdout or b"").decode("utf-8", errors="replace") + "no end\n"
        said = ran.stdout.decode("utf-8", errors="replace")
        return said if ran.returncode == 0 else f"{said}exit status {ran.returncode}\n"

    def _lacks_modules(self, client: str) -> Optional[str]:
        """The modules that Debian's Python does not have."""
        test = subprocess.run(["/usr/bin/python3", "-c", f"import {MODULES[client]}"], capture_output=True, check=False)
        return None if test.returncode == 0 else f"Python has no {MODULES[client]}"

    def _lacks_packages(self, _: str) -> Optional[str]:
        """Installs the packages of package.json once; the reason where that does not work."""
        if not self.has_npm and self.npm_reason is None:
            self.npm_reason = self._install()
            self.has_npm = self.npm_reason is None
        return self.npm_reason

    def _install(self) -> Optional[str]:
        """Gets the packages from the registry that npm is set up for."""
        if shutil.which("node") is None or shutil.which("npm") is None:
            return "there is no node or no npm"
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, self.base)
        try:
            got = subprocess.run(
                NPM, cwd=self.base, capture_output=True, text=True, timeout=NPM_PATIENCE_S, check=False
            )
        except subprocess.TimeoutExpired:
            return "npm reaches no registry in time"
        return None if got.returncode == 0 else "npm cannot get the packages: " + (got.stderr.strip() or "?")[-200:]

    def _lacks_java(self, _: str) -> Optional[str]:
        """A JDK, which compiles a single file by itself, and the driver."""
        if shutil.which("javac") is None:
            return "there is no JDK"
        return None if JDBC.exists() else "there is no JDBC driver"


class Databases:
    """A database with the extension and the stock profiles for each program."""

    def __init__(self) -> None:
        """Makes the template."""
        self.connection = support.connect("postgres")
        self.cursor = self.connection.cursor()
        self.cursor.execute("DROP DATABASE IF EXISTS clients_template")
        self.cursor.execute("CREATE DATABASE clients_template TEMPLATE template0")
        template = support.connect("clients_template")
        with template.cursor() as cursor:
            cursor.execute("CREATE EXTENSION aria_focus")
            cursor.execute("SELECT aria_engine.focus_seed()")
        template.close()

    def make(self, name: str) -> str:
        """A new database."""
        self.drop(name)
        self.cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE clients_template')
        return name

    def drop(self, name: str) -> None:
        """Takes it away."""
        self.cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def run_program(program: Program, machine: Machine, databases: Databases) -> str:
    """What a program prints in a database of its own, behind a pool where that is what it shows."""
    name = databases.make(f"clients_{program.client}")
    environment = {"PGDATABASE": name}
    try:
        if program.client not in ("pgbouncer", "jdbc"):
            return machine.run(program, environment)
        with pooler.Pooler(machine.base, name, over_network=program.client == "jdbc") as place:
            return machine.run(program, {**environment, **place})
    finally:
        databases.drop(name)


def check(program: Program, printed: str, report: support.Report) -> None:
    """Compares, and shows the difference."""
    texts = (program.output.splitlines(), printed.splitlines())
    difference = difflib.unified_diff(*texts, "documented", "printed", lineterm="")
    report.true(program.client, program.output == printed, "\n" + "\n".join(difference))


def accept(outputs: Dict[str, str]) -> None:
    """Writes the outputs into the guide."""

    def replace(found: re.Match) -> str:
        output = outputs.get(found["client"], found["output"])
        return f"```{found['language']} {found['client']}\n{found['code']}```\n\n```text\n{output}```"

    GUIDE.write_text(PROGRAM.sub(replace, GUIDE.read_text(encoding="utf-8")), encoding="utf-8")


def run_all(wanted: Callable[[str], bool], base: Path, report: support.Report) -> Dict[str, str]:
    """Runs the wanted programs; what they print, by client."""
    machine, databases = Machine(base), Databases()
    outputs: Dict[str, str] = {}
    for program in filter(lambda one: wanted(one.client), programs(GUIDE.read_text(encoding="utf-8"))):
        reason = machine.lacks(program)
        if reason is not None:
            print(f"left out: {program.client}: {reason}")
            continue
        outputs[program.client] = run_program(program, machine, databases)
        check(program, outputs[program.client], report)
        print(f"-- {program.client}", flush=True)
    databases.drop("clients_template")
    return outputs


def main() -> int:
    """Runs the clients that are named, or all; returns the exit status."""
    names = [name for name in sys.argv[1:] if name != "--accept"]
    report = support.Report()
    with tempfile.TemporaryDirectory(prefix="clients.", dir=os.environ.get("ARIA_FOCUS_STAGE")) as base:
        outputs = run_all(lambda client: not names or client in names, Path(base), report)
    if "--accept" in sys.argv:
        accept(outputs)
        return 0
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
