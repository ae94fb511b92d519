"""Prove the documentation against a server.

Examples: every ```sql block of a document runs, in order, in one psql session in a fresh database,
every ```bash block between them in a shell, in a directory of its own (```sh blocks do not run). A
```text block right behind one is its output, character for character (but for blanks at line ends);
without one the block must print nothing. An HTML comment that starts with "test" holds SQL that runs
between two blocks and is not shown. Blocks with another word behind the language (```sql publisher)
take two servers and run in test/cluster.

Reference: signatures, labels and columns in docs/reference.md are those of the catalog, and every
name that starts with focus_ is one of the extension's.

Errors: the table of docs/errors.md lists what errors.sql raises, and nothing that nobody can raise.

--accept writes what the examples print into the documents: read `git diff` before you believe it.
"""

from __future__ import annotations

import base64
import difflib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Dict, List, NamedTuple, Set

HERE = Path(__file__).resolve().parent
README = Path("README.md")
REFERENCE = Path("docs/reference.md")
ERRORS = Path("docs/errors.md")
DOCUMENTS = [README, *sorted(Path("docs").glob("*.md"))]
PSQL = str(Path(os.environ["PG_BIN"], "psql")) if os.environ.get("PG_BIN") else "psql"
README_LINES = 150
# Names of an application's own that the examples use, and of columns of results.
FOREIGN_NAMES = {"focus_type", "focus_now", "focus_then"}
# No example can raise these at will.
NOT_RAISED = {"53200", "XX000"}


class Results:
    """Counts checks and prints one line for each."""

    def __init__(self) -> None:
        self.passed = self.failed = 0

    def check(self, name: str, problems: List[str]) -> None:
        """Note one check, which is good without problems."""
        if problems:
            self.failed += 1
            print(f"FAILED  {name}")
            print("\n".join(problems))
        else:
            self.passed += 1
            print(f"ok      {name}")


def psql(database: str, script: str, *options: str) -> str:
    """The output of a script, errors in their place; the session is the same everywhere."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PSQL")}
    environment.update(PGDATABASE=database, PGCLIENTENCODING="UTF8", PGTZ="UTC", LC_ALL="C.UTF-8")
    environment["PATH"] = os.pathsep.join(filter(None, (os.environ.get("PG_BIN"), environment["PATH"])))
    environment.pop("PGOPTIONS", None)
    with tempfile.TemporaryDirectory() as directory:
        run = subprocess.run(
            [PSQL, "-X", "-q", *options],
            input=script.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=directory,
            check=False,
        )
    return run.stdout.decode("utf-8", errors="replace")


class Database:
    """A database that is there as long as a `with` block."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> str:
        made = psql(
            "postgres",
            f'DROP DATABASE IF EXISTS "{self.name}";\n'
            f'CREATE DATABASE "{self.name}" TEMPLATE template0;\n',
            "-v",
            "ON_ERROR_STOP=1",
        )
        if "ERROR" in made or "error:" in made:
            sys.exit(f"cannot create a database: {made}")
        return self.name

    def __exit__(self, *_: object) -> None:
        psql("postgres", f'DROP DATABASE IF EXISTS "{self.name}";\n')


# --- examples ---------------------------------------------------------------------------------------


class Example(NamedTuple):
    """SQL that a document shows, or hides from its reader, and what must come out."""

    line: int
    sql: str
    output: str


PIECE = re.compile(
    r"^```(?P<language>sql|bash)\n(?P<shown>.*?)^```$(?:\n*^```text\n(?P<text>.*?)^```$)?"
    r"|^<!-- test\n(?P<hidden>.*?)^-->$",
    re.DOTALL | re.MULTILINE,
)


def sql_of(piece: re.Match) -> str:
    """What psql runs for a piece: SQL as it is, commands of the shell as one that it starts."""
    if piece["language"] != "bash":
        return piece["shown"] or piece["hidden"]
    script = base64.b64encode(piece["shown"].encode()).decode()
    return f"\\! echo {script} | base64 -d | bash -euo pipefail 2>&1\n"


def examples_of(document: str) -> List[Example]:
    """The examples of a document in order."""
    return [
        Example(
            document.count("\n", 0, piece.start()) + 1,
            sql_of(piece),
            piece["text"] or "",
        )
        for piece in PIECE.finditer(document)
    ]


def lines_of(output: str) -> List[str]:
    """The lines of an output: no blanks at their ends, no empty lines around them, no source lines."""
    return [
        line.rstrip() for line in output.strip("\n").split("\n") if not line.startswith("LOCATION:")
    ]


def run_examples(examples: List[Example], database: str) -> List[str]:
    """The output of each example, all in one session."""
    mark = "-- end of example --"
    script = "".join(f"{example.sql}\n\\echo\n\\echo '{mark}'\n" for example in examples)
    return psql(database, script, "-v", "SHOW_CONTEXT=never").split(mark + "\n")[: len(examples)]


def check_examples(path: Path, results: Results) -> None:
    """Run a document's examples and compare."""
    examples = examples_of(path.read_text(encoding="utf-8"))
    if not examples:
        return
    with Database(f"readme_{path.stem.lower()}") as database:
        outputs = run_examples(examples, database)
    outputs += ["(psql ended early)"] * (len(examples) - len(outputs))
    for example, output in zip(examples, outputs):
        difference = difflib.unified_diff(
            lines_of(example.output), lines_of(output), "documented", "printed", lineterm=""
        )
        results.check(f"{path}:{example.line}: example", list(difference))


def accept_examples(path: Path) -> None:
    """Write into a document what its examples print now."""
    document = path.read_text(encoding="utf-8")
    with Database(f"readme_{path.stem.lower()}") as database:
        outputs = iter(run_examples(examples_of(document), database))

    def replace(piece: re.Match) -> str:
        output = "\n".join(lines_of(next(outputs)))
        if piece["text"] is None:
            return piece.group()
        return f"```{piece['language']}\n{piece['shown']}```\n\n```text\n{output}\n```"

    path.write_text(PIECE.sub(replace, document), encoding="utf-8")


# --- reference --------------------------------------------------------------------------------------

CATALOG = r"""
\pset format unaligned
\pset tuples_only on
\pset fieldsep '\t'
CREATE EXTENSION aria_focus;
SET search_path = pg_catalog;
CREATE TEMP VIEW member AS
    SELECT classid, objid FROM pg_depend
    WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
      AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'aria_focus');
SELECT 'function', p.proname, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid),
       concat_ws(', ',
                 CASE p.provolatile WHEN 'i' THEN 'IMMUTABLE' WHEN 's' THEN 'STABLE' ELSE 'VOLATILE' END,
                 CASE WHEN p.proisstrict THEN 'STRICT' END,
                 CASE p.proparallel WHEN 's' THEN 'PARALLEL SAFE' END)
FROM pg_proc p JOIN member m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid ORDER BY 2;
SELECT 'internal', p.proname
FROM pg_proc p JOIN member m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid
WHERE obj_description(p.oid, 'pg_proc') LIKE 'Internal:%';
SELECT 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
       CASE WHEN a.attnotnull THEN 'no' ELSE 'yes' END,
       CASE WHEN a.attgenerated <> '' THEN 'generated' ELSE pg_get_expr(d.adbin, d.adrelid) END
FROM pg_class c JOIN member m ON m.classid = 'pg_class'::regclass AND m.objid = c.oid
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum ORDER BY 2, a.attnum;
SELECT 'part', name
FROM (SELECT conname, conrelid FROM pg_constraint WHERE contype <> 'n'
      UNION SELECT tgname, tgrelid FROM pg_trigger WHERE NOT tgisinternal
      UNION SELECT i.relname, x.indrelid FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid)
     AS part (name, relid)
JOIN member m ON m.classid = 'pg_class'::regclass AND m.objid = part.relid ORDER BY 2;
"""


class Function(NamedTuple):
    """A function as the reference must show it."""

    name: str
    arguments: List[str]  # each as: name type, or: name type = default
    result: str
    labels: str

    def signature(self) -> str:
        """All of it on one line."""
        return f"{self.name}({', '.join(self.arguments)}) -> {self.result} {self.labels}"


class Catalog(NamedTuple):
    """What the installed extension consists of."""

    functions: List[Function]
    columns: Dict[str, List[List[str]]]  # table: rows of name, type, null, default
    parts: Set[str]  # constraints, triggers, indexes
    internal: Set[str]  # functions that are there for others of the extension

    def names(self) -> Set[str]:
        """Every name that a document may use."""
        found = {function.name for function in self.functions} | self.parts | set(self.columns)
        found |= {argument.split()[0] for function in self.functions for argument in function.arguments}
        return FOREIGN_NAMES | found | {row[0] for rows in self.columns.values() for row in rows}


def short(sql: str) -> str:
    """Types and defaults as people write them."""
    for long, brief in (
        (r"double precision", "float8"),
        (r"\binteger\b", "int"),
        (r"character varying", "varchar"),
        (r"timestamp with time zone", "timestamptz"),
        (r" DEFAULT ", " = "),
        (r"::\w+(\[\])?", ""),
    ):
        sql = re.sub(long, brief, sql)
    return sql


def function_of(name: str, arguments: str, result: str, labels: str) -> Function:
    """A function from what the catalog says of it."""
    # a comma inside quotes belongs to a default
    parts = [part for part in re.split(r", (?=(?:[^']*'[^']*')*[^']*$)", short(arguments)) if part]
    rows = [part[4:] for part in parts if part.startswith("OUT ")]
    columns = re.fullmatch(r"TABLE\((.*)\)", short(result))
    if rows:
        result = f"({', '.join(rows)})"
    elif columns:
        result = f"({columns[1]})"
    return Function(name, [p for p in parts if not p.startswith("OUT ")], short(result), labels)


def read_catalog(database: str) -> Catalog:
    """Install the extension and look at it."""
    catalog = Catalog([], {}, set(), set())
    for line in psql(database, CATALOG).splitlines():
        kind, *fields = line.split("\t")
        if kind == "function":
            catalog.functions.append(function_of(*fields))
        elif kind == "column":
            table, *row = fields
            catalog.columns.setdefault(table, []).append([short(field) for field in row])
        elif kind == "internal":
            catalog.internal.add(fields[0])
        elif kind == "part":
            catalog.parts.add(fields[0])
        else:
            sys.exit(f"cannot read the catalog: {line}")
    return catalog


def section(document: str, title: str) -> str:
    """The text below a heading up to the next one of any level; empty if there is none."""
    found = re.search(rf"^#+ {re.escape(title)}$(.*?)(?=^#|\Z)", document, re.DOTALL | re.MULTILINE)
    return found[1] if found else ""


def check_function(function: Function, reference: str, results: Results) -> None:
    """The reference has the function with its signature and labels; overloads share a section."""
    blocks = re.findall(r"^```\n(.*?)^```", section(reference, function.name), re.DOTALL | re.MULTILINE)
    documented = [" ".join(block.split()) for block in blocks]
    expected = function.signature()
    problems = [] if expected in documented else [*(f"- {one}" for one in documented), f"+ {expected}"]
    results.check(f"{REFERENCE}: {function.name}", problems)


def check_table(table: str, columns: List[List[str]], reference: str, results: Results) -> None:
    """The reference has the table's columns with type, null and default."""
    rows = [
        [cell.strip().strip("`") for cell in line.strip("|").split("|")][:4]
        for line in section(reference, table).splitlines()
        if line.startswith("| `")
    ]
    difference = difflib.unified_diff(
        [" | ".join(row) for row in rows], [" | ".join(row) for row in columns], lineterm=""
    )
    results.check(f"{REFERENCE}: {table}", list(difference))


def check_rows(catalog: Catalog, reference: str, results: Results) -> None:
    """The table of all functions has a row for every function that users call, with its arguments."""
    rows = {
        row[1]: row[2]
        for row in re.finditer(r"^\| `(\w+)\(([^)]*)\)` \| .* \| \d+\.\d+\.\d+ \|$", reference, re.MULTILINE)
    }
    expected = {
        function.name: ", ".join(argument.split()[0] for argument in function.arguments)
        for function in catalog.functions
        if function.result != "trigger" and function.name not in catalog.internal
    }
    problems = [f"no row: {name}({expected[name]})" for name in sorted(expected.keys() - rows.keys())]
    problems += [f"no such function: {name}" for name in sorted(rows.keys() - expected.keys())]
    problems += [
        f"{name}({rows[name]}) should be {name}({expected[name]})"
        for name in sorted(rows.keys() & expected.keys())
        if rows[name] != expected[name]
    ]
    results.check(f"{REFERENCE}: every function has a row", problems)


def check_names(catalog: Catalog, results: Results) -> None:
    """Every name in the documents is one of the extension's; every part is in the reference."""
    names = catalog.names()
    for path in DOCUMENTS:
        used = set(re.findall(r"\bfocus_[a-z0-9_]+", path.read_text(encoding="utf-8")))
        results.check(f"{path}: names exist", [f"no such object: {name}" for name in sorted(used - names)])
    words = set(re.findall(r"\w+", REFERENCE.read_text(encoding="utf-8")))
    missing = sorted(catalog.parts - words)
    results.check(f"{REFERENCE}: constraints, indexes, triggers", [f"missing: {name}" for name in missing])


def check_reference(results: Results) -> None:
    """Compare the reference with the catalog."""
    with Database("readme_catalog") as database:
        catalog = read_catalog(database)
    reference = REFERENCE.read_text(encoding="utf-8")
    for function in catalog.functions:
        check_function(function, reference, results)
    for table, columns in catalog.columns.items():
        check_table(table, columns, reference, results)
    check_rows(catalog, reference, results)
    check_names(catalog, results)


# --- errors -----------------------------------------------------------------------------------------

SETUP = """
CREATE EXTENSION aria_focus;
INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)
    VALUES ('ops', 'Operations', '["deploy", {"keyword": "a", "match": "fragment"}]');
"""


def check_errors(results: Results) -> None:
    """Raise every error of the table of errors."""
    parts = re.split(r"(?m)^-- ([0-9A-Z]{5}): (.*)\n", (HERE / "errors.sql").read_text(encoding="utf-8"))[1:]
    with Database("readme_errors") as database:
        psql(database, SETUP)
        for state, what, sql in zip(parts[0::3], parts[1::3], parts[2::3]):
            script = f"BEGIN;\nSET LOCAL search_path = public, aria_engine;\n{sql}\nROLLBACK;\n"
            output = psql(database, script, "-v", "VERBOSITY=sqlstate")
            raised = re.findall(r"^ERROR:  (\S+)", output, re.MULTILINE)
            results.check(f"{state}: {what}", [] if raised == [state] else [output[:2000]])
    table = ERRORS.read_text(encoding="utf-8")
    listed = {
        state
        for row in table.splitlines()
        for state in re.findall(r"\b[0-9A-Z]{5}\b", row.split("|")[1] if row.startswith("| ") else "")
    }
    problems = [f"listed, no example: {state}" for state in sorted(listed - set(parts[0::3]) - NOT_RAISED)]
    problems += [f"not listed: {state}" for state in sorted(set(parts[0::3]) - listed)]
    results.check(f"{ERRORS}: the table of errors", problems)


# --- form -------------------------------------------------------------------------------------------


def check_form(results: Results) -> None:
    """README is short, and links lead somewhere."""
    length = README.read_text(encoding="utf-8").count("\n")
    too_long = [f"{length} lines"] if length >= README_LINES else []
    results.check(f"{README}: under {README_LINES} lines", too_long)
    for path in [*DOCUMENTS, Path("CONTRIBUTING.md"), Path("CHANGELOG.md")]:
        prose = re.sub(r"(?ms)^```.*?^```", "", path.read_text(encoding="utf-8"))
        targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", prose)
        broken = [f"no such file: {target}" for target in targets if not (path.parent / target).exists()]
        results.check(f"{path}: links", broken)


def main() -> None:
    """Run all checks; with --accept, take what the examples print as right."""
    if sys.argv[1:] == ["--accept"]:
        for path in DOCUMENTS:
            accept_examples(path)
        return
    results = Results()
    check_form(results)
    for path in DOCUMENTS:
        check_examples(path, results)
    check_reference(results)
    check_errors(results)
    print(f"{results.passed} passed, {results.failed} failed")
    sys.exit(1 if results.failed else 0)


main()
