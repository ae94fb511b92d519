#!/usr/bin/env python3
"""Use focus_profiles as applications do: an ordinary SQLAlchemy model, and psycopg2 parameters.

In the words that SQLAlchemy 1.3, 1.4 and 2.0 have in common, for all of them are in use.
"""

from __future__ import annotations

import datetime
import json
import sys
from contextlib import closing
from typing import Any, Dict, Tuple

import psycopg2
import psycopg2.extras
import sqlalchemy as sa
from psycopg2 import errorcodes
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

import support

try:
    from sqlalchemy.orm import declarative_base
except ImportError:  # before 1.4
    from sqlalchemy.ext.declarative import declarative_base

Base = declarative_base()
SCHEMA = "aria_engine"
NAN, INFINITY = float("nan"), float("inf")
TWINS = ["a", "A"]


class FocusProfile(Base):
    """All columns; what has a default is left to the database."""

    __tablename__ = "focus_profiles"
    __table_args__ = (sa.Index("idx_focus_profiles_enabled", "enabled"), {"schema": SCHEMA})

    focus_id = sa.Column(sa.String(50), primary_key=True)
    display_name = sa.Column(sa.String(100), nullable=False)
    emoji = sa.Column(sa.String(10), nullable=False, server_default="\U0001f3af")
    description = sa.Column(sa.Text)
    tone = sa.Column(sa.String(30), nullable=False, server_default="neutral")
    style = sa.Column(sa.String(30), nullable=False, server_default="directive")
    delegation_level = sa.Column(sa.Integer, nullable=False, server_default=sa.text("2"))
    token_budget_hint = sa.Column(sa.Integer, nullable=False, server_default=sa.text("2000"))
    temperature_delta = sa.Column(sa.Float, nullable=False, server_default=sa.text("0.0"))
    expertise_keywords = sa.Column(JSONB, nullable=False, server_default=sa.text("'[]'::jsonb"))
    system_prompt_addon = sa.Column(sa.Text)
    model_override = sa.Column(sa.String(200))
    auto_skills = sa.Column(JSONB, nullable=False, server_default=sa.text("'[]'::jsonb"))
    enabled = sa.Column(sa.Boolean, nullable=False, server_default=sa.text("true"))
    created_at = sa.Column(sa.TIMESTAMP(timezone=True), nullable=False, server_default=sa.func.now())
    updated_at = sa.Column(sa.TIMESTAMP(timezone=True), nullable=False, server_default=sa.func.now())


OtherBase = declarative_base()


class EagerProfile(OtherBase):
    """Another application's model: the defaults are made in Python, updated_at by the ORM."""

    __tablename__ = "focus_profiles"
    __table_args__ = {"schema": SCHEMA}

    focus_id = sa.Column(sa.String(50), primary_key=True)
    display_name = sa.Column(sa.String(100), nullable=False)
    emoji = sa.Column(sa.String(10), nullable=False, default="\U0001f9ed")
    description = sa.Column(sa.Text, nullable=True)
    tone = sa.Column(sa.String(30), nullable=False, default="warm")
    style = sa.Column(sa.String(30), nullable=False, default="concise")
    delegation_level = sa.Column(sa.Integer, nullable=False, default=3)
    token_budget_hint = sa.Column(sa.Integer, nullable=False, default=700)
    temperature_delta = sa.Column(sa.Float, nullable=False, default=0.25)
    expertise_keywords = sa.Column(JSONB, nullable=False, default=list)
    system_prompt_addon = sa.Column(sa.Text, nullable=True)
    model_override = sa.Column(sa.String(200), nullable=True)
    auto_skills = sa.Column(JSONB, nullable=False, default=list)
    enabled = sa.Column(sa.Boolean, nullable=False, default=True)
    created_at = sa.Column(
        sa.TIMESTAMP(timezone=True), default=lambda: datetime.datetime.now(datetime.timezone.utc)
    )
    updated_at = sa.Column(
        sa.TIMESTAMP(timezone=True),
        default=lambda: datetime.datetime.now(datetime.timezone.utc),
        onupdate=lambda: datetime.datetime.now(datetime.timezone.utc),
    )


def stored(session: Session, model: Any, focus_id: str) -> Any:
    """The row of a profile, or None."""
    return session.query(model).filter_by(focus_id=focus_id).one_or_none()


def check_reflection(engine: Any, report: support.Report) -> None:
    """The table is what the model says: columns in order, sizes, NULLs, key, index."""
    inspector = sa.inspect(engine)
    found = inspector.get_columns("focus_profiles", schema=SCHEMA)
    expected = FocusProfile.__table__.columns
    report.equal("columns", [column.name for column in expected], [c["name"] for c in found])
    for column, reflected in zip(expected, found):
        name = column.name
        report.equal(f"{name} may be NULL", column.nullable, reflected["nullable"])
        report.equal(
            f"length of {name}",
            getattr(column.type, "length", None),
            getattr(reflected["type"], "length", None),
        )
        report.equal(f"{name} has a default", column.server_default is not None, bool(reflected["default"]))
    key = inspector.get_pk_constraint("focus_profiles", schema=SCHEMA)
    report.equal("primary key", ["focus_id"], key["constrained_columns"])
    indexes = {i["name"]: i["column_names"] for i in inspector.get_indexes("focus_profiles", schema=SCHEMA)}
    report.equal("index", ["enabled"], indexes.get("idx_focus_profiles_enabled"))


def check_insert_and_read(engine: Any, report: support.Report) -> None:
    """Defaults come back from the database, values come back as they went."""
    with closing(Session(engine)) as session:
        session.add(FocusProfile(focus_id="plain", display_name="Plain"))
        session.commit()
        row = stored(session, FocusProfile, "plain")
        report.equal(
            "defaults",
            ("\U0001f3af", None, "neutral", "directive", 2, 2000, 0.0, [], None, None, [], True),
            (row.emoji, row.description, row.tone, row.style, row.delegation_level,
             row.token_budget_hint, row.temperature_delta, row.expertise_keywords,
             row.system_prompt_addon, row.model_override, row.auto_skills, row.enabled),
        )  # fmt: skip
        report.true("created_at has a zone", row.created_at.tzinfo is not None)
        report.equal("created_at and updated_at", row.created_at, row.updated_at)
        keywords = ["d\u00e9ploy", {"keyword": "C++", "match": "word", "weight": 2.5}, "\u4e2d\u6587"]
        full = {
            "focus_id": "full", "display_name": "F\u00fcll", "emoji": "\U0001f468\u200d\U0001f4bb",
            "description": "", "tone": "precise", "style": "socratic", "delegation_level": 1,
            "token_budget_hint": 0, "temperature_delta": -0.1, "expertise_keywords": keywords,
            "system_prompt_addon": "Line 1\nLine 2 % %s {} :x", "model_override": "m/1:free",
            "auto_skills": ["goals", "schedule"], "enabled": False,
        }  # fmt: skip
        session.add(FocusProfile(**full))
        session.commit()
        session.expire_all()
        row = session.query(FocusProfile).filter(FocusProfile.enabled.is_(False)).one()
        report.equal("a full row", full, {name: getattr(row, name) for name in full})
    with closing(Session(engine)) as session:
        session.add(EagerProfile(focus_id="eager", display_name="Eager"))
        session.commit()
        row = stored(session, EagerProfile, "eager")
        report.equal("defaults of Python", ("warm", "concise", 3, 700, 0.25, []),
                     (row.tone, row.style, row.delegation_level, row.token_budget_hint,
                      row.temperature_delta, row.auto_skills))  # fmt: skip


def check_updates(engine: Any, report: support.Report) -> None:
    """The ORM counts rows: an UPDATE with and one without effect both report theirs."""
    with closing(Session(engine)) as session:
        row = stored(session, FocusProfile, "plain")
        before = row.updated_at
        row.tone = "blunt"
        row.expertise_keywords = ["deploy"]
        session.commit()
        report.true("updated_at moved", row.updated_at > before)
        report.equal("new values", ("blunt", ["deploy"]), (row.tone, row.expertise_keywords))
        before = row.updated_at
        query = session.query(FocusProfile).filter(FocusProfile.focus_id == "plain")
        report.equal("rows of an UPDATE without effect", 1, query.update({"tone": "blunt"}))
        report.equal("rows of an UPDATE with effect", 1, query.update({"display_name": "Plainer"}))
        report.equal(
            "rows of an UPDATE of all", 3, session.query(FocusProfile).update({"token_budget_hint": 900})
        )
        session.commit()
        session.refresh(row)
        before = row.updated_at
        report.equal("the same again", 1, query.update({"tone": "blunt"}, synchronize_session=False))
        session.commit()
        session.refresh(row)
        report.equal("updated_at without effect", before, row.updated_at)
        returned = session.execute(
            sa.update(FocusProfile)
            .where(FocusProfile.focus_id == "plain")
            .values(tone="blunt")
            .returning(FocusProfile.focus_id, FocusProfile.display_name)
            .execution_options(synchronize_session=False)
        ).fetchall()
        report.equal("RETURNING without effect", [("plain", "Plainer")], [tuple(r) for r in returned])
        session.rollback()
    with closing(Session(engine)) as session:
        row = stored(session, EagerProfile, "eager")
        before = row.updated_at
        row.emoji = "*"
        session.commit()
        report.true("the ORM's own updated_at", row.updated_at > before)
        session.delete(row)
        session.commit()
        report.equal("deleted", None, stored(session, EagerProfile, "eager"))


def check_history(engine: Any, report: support.Report) -> None:
    """What the ORM changed is in the history; functions that return a profile give the ORM its rows."""
    with closing(Session(engine)) as session:
        kept = session.execute(
            sa.text("SELECT revision, operation, profile ->> 'tone', profile ->> 'display_name'"
                    " FROM aria_engine.focus_history WHERE focus_id = 'plain' ORDER BY revision")
        ).fetchall()  # fmt: skip
        report.equal("the versions before each UPDATE with effect",
                     [(1, "UPDATE", "neutral", "Plain"), (2, "UPDATE", "blunt", "Plain"),
                      (3, "UPDATE", "blunt", "Plainer")],
                     [tuple(row) for row in kept[:3]])  # fmt: skip
        put = sa.text("SELECT * FROM aria_engine.focus_put(CAST(:profile AS jsonb), :reason)")
        row = session.query(FocusProfile).from_statement(put).params(
            profile='{"focus_id": "plain", "tone": "warm"}', reason="from the ORM"
        ).one()  # fmt: skip
        report.equal("focus_put through the ORM", ("plain", "warm"), (row.focus_id, row.tone))
        at = sa.text("SELECT * FROM aria_engine.focus_at('plain', now() + interval '1 hour')")
        report.equal("focus_at through the ORM", row, session.query(FocusProfile).from_statement(at).one())
        session.rollback()


def check_bulk(engine: Any, report: support.Report) -> None:
    """Bulk inserts by objects, by mappings and by Core; routing sees them, also before COMMIT."""
    with closing(Session(engine)) as session:
        session.add_all(
            FocusProfile(focus_id=f"bulk-{i}", display_name=f"Bulk {i}", expertise_keywords=[f"bulkword{i}"])
            for i in range(300)
        )
        session.flush()
        focus = session.query(sa.func.aria_engine.focus_route("a bulkword7 b")).scalar()
        report.equal("routed before COMMIT", "bulk-7", focus)
        session.bulk_insert_mappings(
            FocusProfile,
            [{"focus_id": f"map-{i}", "display_name": "Map", "auto_skills": ["llm"]} for i in range(300)],
        )
        session.execute(
            sa.insert(FocusProfile), [{"focus_id": f"core-{i}", "display_name": "Core"} for i in range(300)]
        )
        session.commit()
        like = FocusProfile.focus_id.like
        for stem in ("bulk", "map", "core"):
            report.equal(f"{stem} rows", 300, session.query(FocusProfile).filter(like(f"{stem}-%")).count())
        changed = session.query(FocusProfile).filter(like("bulk-%")).delete(synchronize_session=False)
        report.equal("rows deleted", 300, changed)
        session.commit()
        focus = session.query(sa.func.aria_engine.focus_route("a bulkword7 b", None)).scalar()
        report.equal("routed after DELETE", None, focus)


def check_bad_rows(engine: Any, report: support.Report) -> None:
    """Bad rows give the DBAPI's exception classes with their SQLSTATE, and store nothing."""
    cases: Tuple[Tuple[Dict[str, Any], Any, str, str], ...] = (
        ({"tone": "precis"}, IntegrityError, errorcodes.FOREIGN_KEY_VIOLATION, "tone"),
        ({"style": "loud"}, IntegrityError, errorcodes.FOREIGN_KEY_VIOLATION, "style"),
        ({"focus_id": "Bad Slug"}, IntegrityError, errorcodes.CHECK_VIOLATION, "focus_id"),
        ({"display_name": " \t"}, IntegrityError, errorcodes.CHECK_VIOLATION, "display_name"),
        ({"display_name": None}, IntegrityError, errorcodes.NOT_NULL_VIOLATION, "display_name"),
        ({"emoji": "\u3000"}, IntegrityError, errorcodes.CHECK_VIOLATION, "emoji"),
        ({"delegation_level": 4}, IntegrityError, errorcodes.CHECK_VIOLATION, "delegation_level"),
        ({"token_budget_hint": -1}, IntegrityError, errorcodes.CHECK_VIOLATION, "token_budget_hint"),
        ({"temperature_delta": NAN}, IntegrityError, errorcodes.CHECK_VIOLATION, "temperature_delta"),
        ({"temperature_delta": INFINITY}, IntegrityError, errorcodes.CHECK_VIOLATION, "temperature_delta"),
        ({"expertise_keywords": TWINS}, IntegrityError, errorcodes.CHECK_VIOLATION, "expertise_keywords"),
        ({"expertise_keywords": {"a": 1}}, IntegrityError, errorcodes.CHECK_VIOLATION, "expertise_keywords"),
        ({"expertise_keywords": [7]}, IntegrityError, errorcodes.CHECK_VIOLATION, "expertise_keywords"),
        ({"expertise_keywords": None}, IntegrityError, errorcodes.CHECK_VIOLATION, "expertise_keywords"),
        ({"auto_skills": ["llm", "llm"]}, IntegrityError, errorcodes.CHECK_VIOLATION, "auto_skills"),
        ({"model_override": ""}, IntegrityError, errorcodes.CHECK_VIOLATION, "model_override"),
        ({"enabled": None}, IntegrityError, errorcodes.NOT_NULL_VIOLATION, "enabled"),
        ({"emoji": "12345678901"}, DataError, errorcodes.STRING_DATA_RIGHT_TRUNCATION, ""),
        ({"delegation_level": 2**40}, DataError, errorcodes.NUMERIC_VALUE_OUT_OF_RANGE, ""),
        ({"focus_id": "plain"}, IntegrityError, errorcodes.UNIQUE_VIOLATION, ""),
    )
    with closing(Session(engine)) as session:
        before = session.query(FocusProfile).count()
    for change, error_class, code, column in cases:
        row = {"focus_id": "bad", "display_name": "Bad", "emoji": "*", "enabled": True, **change}
        try:
            with closing(Session(engine)) as session:
                # Into the table: for a model, 2.0 leaves out a None where the column has a default.
                session.execute(sa.insert(FocusProfile.__table__), [row])
                session.commit()
            report.true(f"{change} is refused", False, "it was stored")
        except (IntegrityError, DataError) as error:
            found = (type(error), error.orig.pgcode, error.orig.diag.column_name or "")
            report.equal(f"error of {change}", (error_class, code, column), found)
            if column:
                report.equal(
                    f"table of {change}",
                    (SCHEMA, "focus_profiles", True),
                    (error.orig.diag.schema_name, error.orig.diag.table_name,
                     (error.orig.diag.constraint_name or "").startswith(f"focus_profiles_{column}_")),
                )  # fmt: skip
    with closing(Session(engine)) as session:
        report.equal("rows after the bad ones", before, session.query(FocusProfile).count())
        row = stored(session, FocusProfile, "plain")
        row.delegation_level = 0
        try:
            session.commit()
            report.true("a bad UPDATE is refused", False, "it was stored")
        except IntegrityError as error:
            report.equal("a bad UPDATE", errorcodes.CHECK_VIOLATION, error.orig.pgcode)


def check_parameters(report: support.Report) -> None:
    """Parameters of psycopg2, and server-side prepared statements with typed ones."""
    with support.connect() as connection, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords)"
            " VALUES (%(id)s, %(name)s, %(keywords)s) RETURNING focus_id",
            {"id": "param", "name": "O'Param \\ %", "keywords": psycopg2.extras.Json(["param'word", "%s"])},
        )
        report.equal("RETURNING", ("param",), cursor.fetchone())
        cursor.execute("SELECT aria_engine.focus_route(%s)", ("a param'word",))
        report.equal("a parameter's message", ("param",), cursor.fetchone())
        cursor.execute("PREPARE route(text, text) AS SELECT aria_engine.focus_route($1, $2)")
        cursor.execute(
            "PREPARE put(text, text, jsonb) AS INSERT INTO aria_engine.focus_profiles"
            " (focus_id, display_name, expertise_keywords) VALUES ($1, $2, $3)"
        )
        cursor.execute("PREPARE set(jsonb, text) AS UPDATE aria_engine.focus_profiles"
                       " SET expertise_keywords = $1 WHERE focus_id = $2")  # fmt: skip
        cursor.execute("EXECUTE put(%s, %s, %s)", ("prep", "Prep", json.dumps(["prepword0"])))
        # More than five executions: the generic plan must see the edits, too.
        for i in range(12):
            keywords = json.dumps([f"prepword{i}"])
            cursor.execute("EXECUTE set(%s, %s)", (keywords, "prep"))
            report.equal("rows of a prepared UPDATE", 1, cursor.rowcount)
            cursor.execute("EXECUTE route(%s, NULL)", (f"the prepword{i}",))
            report.equal("a prepared route", ("prep",), cursor.fetchone())
            cursor.execute("EXECUTE route(%s, NULL)", (f"the prepword{i + 1}.",))
            report.equal("a prepared route to none", (None,), cursor.fetchone())
        psycopg2.extras.execute_values(
            cursor,
            "INSERT INTO aria_engine.focus_profiles (focus_id, display_name) VALUES %s",
            [(f"v{i}", "V") for i in range(250)],
        )
        psycopg2.extras.execute_batch(
            cursor,
            "UPDATE aria_engine.focus_profiles SET tone = %s WHERE focus_id = %s",
            [("formal", f"v{i}") for i in range(250)],
        )
        cursor.execute("SELECT count(*) FROM aria_engine.focus_profiles WHERE tone = 'formal'")
        report.equal("rows of a batch", (250,), cursor.fetchone())
        cursor.execute("SELECT keyword, pos FROM aria_engine.focus_keyword_hits(%s, %s)",
                       ("x param y", psycopg2.extras.Json(["param"])))  # fmt: skip
        report.equal("hits by parameters", [("param", 3)], cursor.fetchall())
        cursor.execute("SELECT keywords FROM aria_engine.focus_rank(%s, %s)", ("a param'word %s", 1))
        report.equal("an array comes as a list", [(["param'word", "%s"],)], cursor.fetchall())


def main() -> int:
    """Runs all; returns the exit status."""
    report = support.Report()
    engine = sa.create_engine("postgresql+psycopg2://")
    with engine.begin() as connection:
        connection.execute(sa.text("TRUNCATE aria_engine.focus_profiles"))
    check_reflection(engine, report)
    check_insert_and_read(engine, report)
    check_updates(engine, report)
    check_history(engine, report)
    check_bulk(engine, report)
    check_bad_rows(engine, report)
    check_parameters(report)
    with engine.begin() as connection:
        connection.execute(sa.text("TRUNCATE aria_engine.focus_profiles"))
    engine.dispose()
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
