"""Arguments that nobody should pass: for each type a list of (label, SQL expression), and documents that are wrong
in one place.

Expressions are computed by the server once and kept in tables, so that an error of making one is not taken for
an error of the function that gets it.
"""

from __future__ import annotations

import json
from typing import Any, Dict, Iterator, List, Tuple

Odd = Tuple[str, str]

MEGABYTE = 1024 * 1024

# Bytes that are no UTF-8, for a text that never was checked.
BAD_BYTES = (
    ("a lone continuation byte", "80"),
    ("a cut character", "6465706c6f79e3"),
    ("a cut character of 4 bytes", "f09f8e"),
    ("an overlong slash", "c0af"),
    ("a surrogate", "eda080"),
    ("beyond Unicode", "f4908080"),
    ("0xFE 0xFF", "feff"),
    ("a zero byte", "6465706c6f7900646f636b6572"),
    ("a bad byte between", "6465706c6f79ff646f636b6572"),
    ("a thousand lead bytes", "f0" * 1000),
)

# Strings that are allowed, and still not what a programmer thinks of.
TEXTS = (
    ("empty", "''"),
    ("a space", "' '"),
    ("Unicode's white space", "U&'\\2003\\00a0\\3000'"),
    ("a control character", "E'\\x01'"),
    ("a quote and a backslash", "E'''\\\\\"'"),
    ("format characters", "'%s %I $1 {0} %n'"),
    ("no character", "U&'\\FFFF'"),
    ("beyond the plane", "U&'deploy \\+10FFFF docker'"),
    ("right to left", "U&'\\202Edeploy\\202C'"),
    ("marks without end", "'e' || repeat(U&'\\0301', 10000)"),
    ("a megabyte of one letter", f"repeat('a', {MEGABYTE})"),
    ("a megabyte of spaces", f"repeat(' ', {MEGABYTE})"),
    ("a megabyte of keywords", f"repeat('deploy docker ', {MEGABYTE // 14})"),
    ("8 megabytes", f"repeat('please review ', {8 * MEGABYTE // 14})"),
    ("an id", "'devsecops'"),
    ("an id in capitals", "'DEVSECOPS'"),
    ("51 characters", "repeat('d', 51)"),
    ("NULL as a word", "'NULL'"),
    ("a number", "'1e400'"),
)

# JSON texts of every shape.
DOCUMENTS = (
    ("null", "null"),
    ("true", "true"),
    ("0", "0"),
    ("-0", "-0.0"),
    ("1e400", "1e400"),
    ("1e-400", "1e-400"),
    ("a number of 1,000 digits", "9" * 1000),
    ("0.1 + 1e-30", "0.100000000000000000000000000001"),
    ("beyond int4", "2147483648"),
    ("an empty string", '""'),
    ("a string", '"deploy"'),
    ("white space", '" \\t\\n"'),
    ("an empty array", "[]"),
    ("an array of null", "[null]"),
    ("nested arrays", "[[[]]]"),
    ("an array of everything", '[null, true, 1, "a", [], {}]'),
    ("an empty object", "{}"),
    ("an empty key", '{"": ""}'),
    ("a key twice", '{"focus_id": 1, "focus_id": "a"}'),
    ("an array of empty objects", "[{}, {}]"),
    ("signs in a key", '{"$.a[0]\\"\\\\": {"\\u0001": 1}}'),
)

# The same, as expressions that would be long to write.
LARGE_DOCUMENTS = (
    ("5,000 arrays in each other", "(repeat('[', 5000) || repeat(']', 5000))::jsonb"),
    ("2,000 objects in each other", "(repeat('{\"a\":', 2000) || '1' || repeat('}', 2000))::jsonb"),
    ("100,000 nulls", "jsonb_build_array() || (SELECT jsonb_agg(NULL::int) FROM generate_series(1, 100000))"),
    ("100,000 strings", "(SELECT jsonb_agg('w' || i) FROM generate_series(1, 100000) AS i)"),
    ("100,000 keys", "(SELECT jsonb_object_agg('k' || i, i) FROM generate_series(1, 100000) AS i)"),
    ("a string of a megabyte", f"to_jsonb(repeat('x', {MEGABYTE}))"),
    ("a key of a megabyte", f"jsonb_build_object(repeat('x', {MEGABYTE}), 1)"),
    ("a number of 100,000 digits", "to_jsonb(repeat('9', 100000)::numeric)"),
    ("the smallest number", "to_jsonb('1e-16383'::numeric)"),
    ("10,000 agents", "(SELECT jsonb_agg(jsonb_build_object('agent_id', i)) FROM generate_series(1, 10000) AS i)"),
    ("agents of one id", "(SELECT jsonb_agg(jsonb_build_object('agent_id', 1)) FROM generate_series(1, 10000) AS i)"),
    ("a line of 10,000 parents",
     "(SELECT jsonb_agg(jsonb_build_object('agent_id', i, 'parent_agent_id', i + 1, 'model', i::text))"
     " FROM generate_series(1, 10000) AS i)"),
    ("parents in a ring", '\'[{"agent_id": "a", "parent_agent_id": "b"}, {"agent_id": "b", "parent_agent_id": "a"}]\''),
)

TIMES = ("infinity", "-infinity", "4713-01-01 00:00 BC", "294276-12-31 23:59:59.999999", "1970-01-01 00:00Z")

PLAIN: Dict[str, List[Odd]] = {
    "json": [
        (f"json: {text}", f"'{text}'::json")
        for text in ("null", "7", "[]", "{}", '{"a": 1, "a": 2}', '"\\u0000"')
    ],
    "integer": [(v, f"({v})::integer") for v in ("0", "-1", "1", "2", "2147483647", "-2147483648")],
    "bigint": [
        (v, f"({v})::bigint")
        for v in ("0", "-1", "1", "2147483648", "-2147483649", "9223372036854775807", "-9223372036854775808")
    ],
    "double precision": [
        (v, f"'{v}'::float8")
        for v in ("NaN", "Infinity", "-Infinity", "0", "-0", "5e-324", "-5e-324", "1.7976931348623157e308",
                  "-1.7976931348623157e308", "0.1", "-1")
    ],
    "boolean": [("true", "true"), ("false", "false")],
    "timestamp with time zone": [(v, f"'{v}'::timestamptz") for v in TIMES],
    "name": [
        (v[:20], f"'{v}'::name")
        for v in ("", "focus_id", "ctid", "xmin", "tableoid", "no such", 'a"b', "$1", "%I", "n" * 63)
    ],
    "regclass": [(v, f"{v}::oid::regclass") for v in ("0", "4294967295", "1", "2619")]
    + [
        (v, f"'{v}'::regclass")
        for v in ("pg_class", "pg_class_oid_index", "pg_toast.pg_toast_2619", "odd.a_view", "odd.a_failing_view",
                  "odd.a_view_that_calls", "odd.a_matview", "odd.a_sequence", "odd.a_type", "odd.a_partitioned_table",
                  "odd.an_index", "odd.numbers", "odd.documents", "odd.no_columns", "odd.a_foreign_table",
                  'odd."a ""%I $1 table"', "odd.rows_in_focus_id", "odd.wrong_rows", "odd.dropped",
                  "aria_engine.focus_profiles", "aria_engine.focus_history", "aria_engine.focus_tones",
                  "aria_engine.focus_contracts", "aria_engine.focus_catalog")
    ],
    "text[]": [
        ("empty", "'{}'::text[]"),
        ("a NULL", "'{NULL}'::text[]"),
        ("two dimensions", "'{{devsecops,data},{creative,NULL}}'::text[]"),
        ("six dimensions", "'{{{{{{devsecops}}}}}}'::text[]"),
        ("bounds of its own", "'[-5:-4]={devsecops,data}'::text[]"),
        ("the last bound", "'[2147483646:2147483646]={data}'::text[]"),
        ("100,000 elements", "array_fill('devsecops'::text, ARRAY[100000])"),
        ("100,000 NULLs", "array_fill(NULL::text, ARRAY[100000])"),
        ("an element of a megabyte", f"ARRAY[repeat('x', {MEGABYTE}), 'data']"),
        ("40 elements of a megabyte", f"array_fill(repeat('devsecops', {MEGABYTE // 9}), ARRAY[40])"),
        ("blanks", "'{\"\",\" \",devsecops}'::text[]"),
    ],
}

# What makes the relations of the list above; a function that is given a view of ours gets what it asked for.
RELATIONS = """
CREATE SCHEMA odd;
CREATE VIEW odd.a_view AS SELECT 'seen'::text AS focus_id, 'Seen' AS display_name;
CREATE VIEW odd.a_failing_view AS SELECT (1 / (random() * 0)::int)::text AS focus_id;
CREATE VIEW odd.a_view_that_calls AS
    SELECT (aria_engine.focus_put('{"focus_id": "inner", "display_name": "Inner"}')).focus_id::text;
CREATE MATERIALIZED VIEW odd.a_matview AS SELECT 'kept'::text AS focus_id, 'Kept' AS display_name;
CREATE SEQUENCE odd.a_sequence;
CREATE TYPE odd.a_type AS (focus_id text);
CREATE TABLE odd.a_partitioned_table (focus_id text) PARTITION BY LIST (focus_id);
CREATE TABLE odd.a_partition PARTITION OF odd.a_partitioned_table DEFAULT;
INSERT INTO odd.a_partitioned_table VALUES ('part'), (NULL), ('');
CREATE INDEX an_index ON odd.a_partition (focus_id);
CREATE TABLE odd.numbers (focus_id numeric, display_name float8, expertise_keywords text, enabled int);
INSERT INTO odd.numbers VALUES ('NaN', 'NaN', '[', 2), (1e100, '-0', '', NULL), (NULL, NULL, NULL, NULL);
CREATE TABLE odd.documents (focus_id jsonb, expertise_keywords jsonb, created_at text);
INSERT INTO odd.documents VALUES ('[]', '{}', 'yesterday'), ('"j"', 'null', 'infinity'), ('null', '1e400', '');
CREATE TABLE odd.no_columns ();
CREATE FOREIGN DATA WRAPPER odd_nothing;
CREATE SERVER odd_nowhere FOREIGN DATA WRAPPER odd_nothing;
CREATE FOREIGN TABLE odd.a_foreign_table (focus_id text) SERVER odd_nowhere;
CREATE TABLE odd."a ""%I $1 table" (focus_id text, "%s""$" text);
INSERT INTO odd."a ""%I $1 table" VALUES ('quoted', '%');
CREATE TABLE odd.rows_in_focus_id (focus_id odd.a_type);
INSERT INTO odd.rows_in_focus_id VALUES (ROW('x')), (ROW(NULL)), (NULL);
CREATE TABLE odd.dropped (gone int, focus_id varchar(3), display_name text);
INSERT INTO odd.dropped VALUES (1, 'dro', 'Dropped');
ALTER TABLE odd.dropped DROP COLUMN gone;
CREATE TABLE odd.wrong_rows (focus_id text, display_name text, created_at timestamptz, temperature_delta float8);
INSERT INTO odd.wrong_rows VALUES ('a', 'A', 'infinity', 'NaN'), ('a', 'B', '-infinity', '-0'), (repeat('x', 1000), '',
    NULL, 'Infinity'), ('b', repeat('y', 10000), now(), 1e-320);
"""

# A row of the table with one column that no rule would let pass.
WRONG_COLUMNS = (
    ("focus_id", '""'), ("focus_id", "null"), ("display_name", '" "'), ("tone", '"odd"'), ("delegation_level", "-7"),
    ("token_budget_hint", "-2147483648"), ("temperature_delta", "1e300"), ("expertise_keywords", "null"),
    ("expertise_keywords", "{}"), ("expertise_keywords", '[1, {"weight": {}}, [], {"keyword": "x", "weight": 1e500}]'),
    ("expertise_keywords", '"x"'), ("auto_skills", "1"), ("auto_skills", '{"a": [null]}'), ("created_at", '"infinity"'),
    ("enabled", "null"), ("model_override", '""'),
)

# Documents that are right, by the name of the argument that takes them.
AGENT = {"agent_id": "a1", "focus_type": "devsecops", "status": "idle", "enabled": True, "pheromone_score": 0.5,
         "consecutive_failures": 0, "recent_success_rate": 0.5, "model": "m", "fallback_model": "n",
         "parent_agent_id": "a2", "system_prompt": "You are.", "temperature": 0.7, "max_tokens": 4000,
         "skills": ["read"]}  # fmt: skip
KEYWORDS = ["deploy", {"keyword": "docker", "match": "word", "weight": 1.5}]
PROFILE = {"focus_id": "odd", "display_name": "Odd", "emoji": "*", "description": "d", "tone": "neutral",
           "style": "directive", "delegation_level": 2, "token_budget_hint": 2000, "temperature_delta": 0,
           "expertise_keywords": KEYWORDS, "system_prompt_addon": "p", "model_override": "m", "auto_skills": ["s"],
           "enabled": True}  # fmt: skip
CONTRACT: Dict[str, Any] = {
    "exclamations": {"max": 0},
    "hype": [{"max_per_100_words": 0.5, "min_hits": 2}, {"max": 1, "severity": "error"}],
    "phrases": {"forbidden": ["synergy", {"keyword": "deploy", "match": "word", "at": "line start"}]},
    "language": "en",
}

RIGHT: Dict[str, Any] = {
    "agents": [AGENT, {"agent_id": "a2", "model": "big"}, {"agent_id": 7}],
    "agent": AGENT,
    "request": {"system_prompt": "Be brief.", "temperature": 0.2, "max_tokens": 100, "model": "r", "skills": ["x"]},
    "keywords": KEYWORDS,
    "old_keywords": KEYWORDS,
    "new_keywords": [*KEYWORDS[1:], "new"],
    "old_profile": PROFILE,
    "new_profile": dict(PROFILE, tone="warm", expertise_keywords=["deploy"]),
    "entry": {"keyword": "deploy", "match": "word", "weight": 2},
    "profile": PROFILE,
    "patch": PROFILE,
    "profiles": [PROFILE, dict(PROFILE, focus_id="other")],
    "document": {"format": 1, "profiles": [PROFILE]},
    "problems": [{"path": "$.tone", "message": "bad", "hint": None, "field": "tone", "code": "missing"}],
    "skills": ["a", "b"],
    "own": ["a"],
    "auto": ["b"],
    "contract": CONTRACT,
    "tone_contract": CONTRACT,
    "style_contract": {"words": {"max": 150}},
    "own_contract": {"hype": "off"},
}


def quoted(value: str) -> str:
    """A string as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def bad_texts() -> List[Odd]:
    """Texts that were never checked: by a cast that copies bytes, and by "char" where its text is one raw byte."""
    odds = [(f"bytes: {label}", f"'\\x{digits}'::bytea::text") for label, digits in BAD_BYTES]
    return odds + [("bytes: one of type char", "'deploy' || ((-56)::\"char\")::text")]


def places(document: Any) -> Iterator[Tuple[str, Any, Any]]:
    """Every place in a document: its path, what holds it, and the key or index there."""
    keys = document.keys() if isinstance(document, dict) else range(len(document)) if isinstance(document, list) else ()
    for key in list(keys):
        yield f".{key}", document, key
        for path, holder, inner in places(document[key]):
            yield f".{key}{path}", holder, inner


def wrong_documents(right: Any) -> Iterator[Odd]:
    """A document with one value replaced by each of the wrong ones, with one key gone, with one key more."""
    for number, (path, _, _) in enumerate(list(places(right))):
        for label, text in DOCUMENTS:
            copy = json.loads(json.dumps(right))
            _, holder, key = list(places(copy))[number]
            holder[key] = "\0here"
            yield f"{path} = {label}", quoted(json.dumps(copy).replace('"\\u0000here"', text)) + "::jsonb"
        copy = json.loads(json.dumps(right))
        _, holder, key = list(places(copy))[number]
        del holder[key]
        yield f"{path} gone", quoted(json.dumps(copy)) + "::jsonb"


def bad_documents(right: Any) -> Iterator[Odd]:
    """A document with one string replaced by a text that was never checked."""
    for path, holder, key in list(places(right)):
        if isinstance(holder[key], str):
            steps = quoted("{" + path[1:].replace(".", ",") + "}")
            base = quoted(json.dumps(right)) + "::jsonb"
            yield f"{path} = bytes", f"jsonb_set({base}, {steps}, to_jsonb('\\x78ffe3'::bytea::text))"


def general(kind: str) -> List[Odd]:
    """The odd values of a type, whatever the argument is for."""
    if kind == "text":
        return list(TEXTS) + bad_texts()
    if kind == "jsonb":
        written = [(label, quoted(text) + "::jsonb") for label, text in DOCUMENTS]
        raw = [("bytes in it", "jsonb_build_array('\\x78ffe3'::bytea::text)"),
               ("bytes as key", "jsonb_build_object('\\xff'::bytea::text, 1)")]  # fmt: skip
        return written + list(LARGE_DOCUMENTS) + raw
    if kind == "aria_engine.focus_profiles":
        filled = "jsonb_populate_record(NULL::aria_engine.focus_profiles, {})"
        odds = [("all NULL", filled.format("'{}'"))]
        for column, value in WRONG_COLUMNS:
            patch = quoted(f'{{"{column}": {value}}}')
            odds.append((f"{column} {value}", filled.format(quoted(json.dumps(PROFILE)) + f"::jsonb || {patch}")))
        return odds
    return list(PLAIN[kind])
