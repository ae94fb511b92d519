"""Random sessions: each step edits or reads in one of them, and every statement compares what comes
through the cache with what a plain SELECT of the same rows computes without it."""

from __future__ import annotations

import random
import sys
from typing import Any, List, Optional

import psycopg2
from clusters import Cluster, Session

SESSIONS = 8
ROUNDS = 5
STEPS = 600
WORDS = ("alpha", "beta", "gamma", "delta", "alpha beta", "eps")
MESSAGE = "Alpha beta, gamma: delta alpha beta; epsilon. Beta eps!"
IDS = ("a", "b", "c", "d", "e")
TABLE = "aria_engine.focus_profiles"

CACHED = f"""
    (SELECT string_agg(concat_ws(' ', focus_id, evidence, hits, keywords), ', ' ORDER BY rank)
     FROM aria_engine.focus_rank('{MESSAGE}'))"""
PLAIN = f"""
    (SELECT string_agg(concat_ws(' ', focus_id, evidence, hits, keywords), ', '
                       ORDER BY evidence DESC, hits DESC, delegation_level, focus_id COLLATE "C")
     FROM (SELECT p.focus_id, p.delegation_level, h.*
           FROM {TABLE} AS p, LATERAL (
               SELECT sum(weight) AS evidence, sum(times)::integer AS hits,
                      array_agg(keyword ORDER BY place) AS keywords
               FROM (SELECT keyword, weight, count(*) AS times,
                            (SELECT min(ordinality) FROM jsonb_array_elements(p.expertise_keywords) WITH ORDINALITY
                             WHERE coalesce(value ->> 'keyword', value #>> '{{}}') = keyword) AS place
                     FROM aria_engine.focus_keyword_hits('{MESSAGE}', p.expertise_keywords)
                     GROUP BY keyword, weight) AS k) AS h
           WHERE p.enabled AND h.hits > 0) AS r)"""
COMPARE = f"SELECT {CACHED} AS cached, {PLAIN} AS plain"
# Errors that belong to the game: what waits is given up, what conflicts is refused.
EXPECTED = {
    "55P03",  # lock not available
    "40001",  # serialization failure
    "40P01",  # deadlock
    "23505",  # duplicate key
    "25P02",  # the transaction is aborted
    "55006",  # in use by a cursor
    "34000",  # the cursor went with its savepoint
    "25001",  # VACUUM in a transaction
    "42P03",  # the cursor is there already
}


class Player:
    """One session and what it has open."""

    def __init__(self, cluster: Cluster, number: int) -> None:
        """Opens it; nothing waits longer than a moment."""
        self.number = number
        self.session: Session = cluster.session("random_test")
        self.session.run("SET lock_timeout = '3ms'", "SET client_min_messages = error")
        self.savepoints = 0
        self.cursors = 0

    def in_transaction(self) -> bool:
        """Is a transaction open, sound or not?"""
        return self.session.connection.get_transaction_status() != psycopg2.extensions.TRANSACTION_STATUS_IDLE

    def is_broken(self) -> bool:
        """Did the transaction end with an error?"""
        return self.session.connection.get_transaction_status() == psycopg2.extensions.TRANSACTION_STATUS_INERROR


class Game:
    """Sessions, the generator, the log of steps."""

    def __init__(self, cluster: Cluster, seed: int, report: Any) -> None:
        """Opens the sessions."""
        self.seed = seed
        self.random = random.Random(seed)
        self.report = report
        self.players = [Player(cluster, number) for number in range(2 + seed % (SESSIONS - 1))]
        self.log: List[str] = []
        self.compared = 0
        self.failed = False

    def attempt(self, player: Player, statement: str) -> Optional[List[Any]]:
        """Runs a statement and notes how it ended; gives its rows."""
        cursor = player.session.cursor
        try:
            cursor.execute(statement)
            rows = cursor.fetchall() if cursor.description else []
            self.log.append(f"{player.number}: {statement}")
            return rows
        except psycopg2.Error as error:
            self.log.append(f"{player.number}: {statement} -> {error.pgcode}")
            if error.pgcode not in EXPECTED:
                self.fail(f"{error.pgcode} {error}")
            return None

    def fail(self, what: str) -> None:
        """Notes a failure and prints the steps that led to it."""
        self.failed = True
        print("\n".join(self.log), file=sys.stderr)
        self.report.true(f"random sessions, seed {self.seed}, step {len(self.log)}", False, what)

    def compare(self, player: Player, statement: str = COMPARE) -> None:
        """Compares the two answers of one statement."""
        rows = self.attempt(player, statement)
        self.log[-1] = f"{player.number}: {statement if statement != COMPARE else 'compare'} {rows}"
        for cached, plain in rows or []:
            self.compared += 1
            if cached != plain:
                self.fail(f"the cache says {cached}, the table {plain}")

    def keywords(self) -> str:
        """A random keyword list."""
        weighted = '{"keyword": "%s", "weight": 2}'
        chosen = self.random.sample(WORDS, self.random.randint(0, 3))
        entries = [(f'"{word}"' if self.random.random() < 0.7 else weighted % word) for word in chosen]
        return f"'[{', '.join(entries)}]'"

    def edit(self) -> str:
        """A random edit of the rows."""
        name, other = self.random.choice(IDS), self.random.choice(IDS)
        insert = f"INSERT INTO {TABLE} (focus_id, display_name, expertise_keywords, delegation_level)"
        level = self.random.randint(1, 3)
        return self.random.choice((
            f"{insert} VALUES ('{name}', 'x', {self.keywords()}, {level}) ON CONFLICT (focus_id)"
            " DO UPDATE SET expertise_keywords = EXCLUDED.expertise_keywords",
            f"{insert} VALUES ('{name}', 'x', {self.keywords()}, {level}) ON CONFLICT DO NOTHING",
            f"UPDATE {TABLE} SET expertise_keywords = {self.keywords()} WHERE focus_id = '{name}'",
            f"UPDATE {TABLE} SET enabled = NOT enabled WHERE focus_id = '{name}'",
            f"UPDATE {TABLE} SET delegation_level = {level} WHERE focus_id IN ('{name}', '{other}')",
            f"UPDATE {TABLE} SET description = 'd' WHERE focus_id = '{name}'",
            f"UPDATE {TABLE} SET focus_id = '{other}' WHERE focus_id = '{name}'",
            f"DELETE FROM {TABLE} WHERE focus_id = '{name}'",
            f"DELETE FROM {TABLE} WHERE focus_id <> '{name}'",
        ))  # fmt: skip

    def change_table(self) -> str:
        """A random change of the table itself."""
        return self.random.choice((
            f"TRUNCATE {TABLE}",
            f"TRUNCATE {TABLE}",
            f"VACUUM {TABLE}",
            f"VACUUM (FREEZE) {TABLE}",
            f"VACUUM FULL {TABLE}",
            f"CLUSTER {TABLE} USING focus_profiles_pkey",
            f"ANALYZE {TABLE}",
            f"ALTER TABLE {TABLE} ALTER COLUMN description SET STORAGE EXTERNAL",
            f"ALTER TABLE {TABLE} DROP COLUMN IF EXISTS extra",
            f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS extra text DEFAULT 'x'",
            f"ALTER TABLE {TABLE} ALTER COLUMN token_budget_hint TYPE integer USING token_budget_hint + 0",
            f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL",
            f"ALTER TABLE {TABLE} ENABLE TRIGGER ALL",
        ))  # fmt: skip

    def begin(self, player: Player) -> str:
        """Opens a transaction."""
        player.savepoints = player.cursors = 0
        level = self.random.choice(("READ COMMITTED", "READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"))
        return f"BEGIN ISOLATION LEVEL {level}"

    def end(self, player: Player) -> str:
        """Ends it, or goes back to a savepoint."""
        if player.savepoints and self.random.random() < 0.6:
            back = self.random.randint(1, player.savepoints)
            kind = "ROLLBACK TO" if player.is_broken() or self.random.random() < 0.7 else "RELEASE"
            player.savepoints = back if kind == "ROLLBACK TO" else back - 1
            return f"{kind} s{back}"
        return self.random.choice(("COMMIT", "ROLLBACK"))

    def step(self) -> None:
        """One step of one session, and the comparisons after it."""
        player = self.random.choice(self.players)
        kind = self.random.random()
        if player.is_broken():
            self.attempt(player, self.end(player))
        elif kind < 0.12:
            self.attempt(player, self.end(player) if player.in_transaction() else self.begin(player))
        elif kind < 0.22 and player.in_transaction():
            player.savepoints += 1
            self.attempt(player, f"SAVEPOINT s{player.savepoints}")
        elif kind < 0.27 and player.in_transaction():
            player.cursors += 1
            query = f"SELECT c.* FROM generate_series(1, 50) AS i, LATERAL ({COMPARE} WHERE i > 0) AS c"
            self.attempt(player, f"DECLARE c{player.cursors} CURSOR FOR {query}")
        elif kind < 0.40 and player.in_transaction() and player.cursors:
            self.compare(player, f"FETCH 2 FROM c{self.random.randint(1, player.cursors)}")
        elif kind < 0.47:
            self.attempt(player, self.change_table())
        elif kind < 0.80:
            self.attempt(player, self.edit())
        for other in dict.fromkeys((player, self.random.choice(self.players))):
            if not other.is_broken():
                self.compare(other)

    def play(self) -> None:
        """All steps, up to the first failure."""
        for _ in range(STEPS):
            self.step()
            if self.failed:
                break
        for player in self.players:
            player.session.close()


def check(cluster: Cluster, seed: int, report: Any) -> None:
    """Some rounds, each with its own number of sessions."""
    session = cluster.make_database("random_test")
    # It shows every column, so that none could be altered.
    session.run("ALTER EXTENSION aria_focus DROP VIEW aria_engine.focus_catalog", "DROP VIEW aria_engine.focus_catalog")
    compared = 0
    for number in range(ROUNDS):
        session.run("CALL reset()", f"ALTER TABLE {TABLE} ENABLE TRIGGER ALL")
        game = Game(cluster, seed + number, report)
        game.play()
        compared += game.compared
        report.true(f"random sessions, seed {game.seed}", not game.failed)
    print(f"random sessions: {compared} statements compared")
    report.true("random sessions: enough was compared", compared > ROUNDS * STEPS, f"{compared}")
    session.close()
