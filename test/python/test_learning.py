#!/usr/bin/env python3
"""Compare the figures of evaluation with scikit-learn's, on random labels and predictions.

A message says what it is routed to: it has the one keyword of a profile, or none, and words that add to
everybody's evidence alike. What it should be routed to is drawn at random.
"""

from __future__ import annotations

import math
import random
import sys
from typing import Any, List, Optional, Tuple

import support
from sklearn import metrics

PROFILES = ["p0", "p1", "p2", "p3", "p4"]
NOBODY = "nobody"
ROUNDS = 20

# The actual profile, the predicted one, the evidence.
Row = Tuple[Optional[str], Optional[str], float]


def make_profiles(cursor: Any) -> None:
    """Profiles with a keyword of their own and two that all have."""
    cursor.execute("TRUNCATE aria_engine.focus_profiles")
    for name in PROFILES:
        keywords = f'["key{name}", {{"keyword": "more", "weight": 0.25}}, {{"keyword": "much", "weight": 0.5}}]'
        cursor.execute(
            "INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords) VALUES (%s, %s, %s)",
            (name, name, keywords),
        )


def draw_rows(rng: random.Random) -> List[Row]:
    """Random actual and predicted profiles, None for nobody."""
    classes = [None, *PROFILES[: rng.randint(1, len(PROFILES))]]
    rows: List[Row] = []
    for _ in range(rng.randint(1, 80)):
        actual = rng.choice(classes)
        predicted = actual if rng.random() < 0.4 else rng.choice(classes)
        rows.append((actual, predicted, rng.choice([0, 0.25, 0.5, 0.75])))
    return rows


def message_of(number: int, row: Row) -> str:
    """A message that is routed as the row says."""
    words = [f"nr{number}"]
    if row[1] is not None:
        words.append("key" + row[1])
    if row[2] in (0.25, 0.75):
        words.append("more")
    if row[2] in (0.5, 0.75):
        words.append("much")
    return " ".join(words)


def fill_examples(cursor: Any, rows: List[Row]) -> None:
    """Makes the rows the examples."""
    cursor.execute("TRUNCATE aria_engine.focus_examples")
    for number, row in enumerate(rows):
        cursor.execute(
            "INSERT INTO aria_engine.focus_examples (message, focus_id) VALUES (%s, %s)",
            (message_of(number, row), row[0]),
        )


def same(found: Optional[float], expected: Optional[float]) -> bool:
    """Are both the same but for rounding?"""
    if found is None or expected is None:
        return found is expected
    return math.isclose(found, expected, rel_tol=1e-12, abs_tol=1e-12)


def check_figures(cursor: Any, report: support.Report, rows: List[Row]) -> None:
    """The row of focus_evaluate."""
    actual = [row[0] or NOBODY for row in rows]
    predicted = [row[1] or NOBODY for row in rows]
    macro = metrics.precision_recall_fscore_support(actual, predicted, average="macro", zero_division=0)
    expected = [
        metrics.accuracy_score(actual, predicted),
        *macro[:3],
        metrics.f1_score(actual, predicted, average="weighted", zero_division=0),
    ]
    query = "SELECT accuracy, macro_precision, macro_recall, macro_f1, weighted_f1 FROM aria_engine.focus_evaluate()"
    found = support.rows_of(cursor, query)[0]
    report.true("figures", all(map(same, found, expected)), f"{found} for {expected} on {rows}")


def check_classes(cursor: Any, report: support.Report, rows: List[Row]) -> None:
    """The rows of focus_classification_report and focus_confusion."""
    labels = [*PROFILES, NOBODY]
    actual = [row[0] or NOBODY for row in rows]
    predicted = [row[1] or NOBODY for row in rows]
    by_class = metrics.precision_recall_fscore_support(actual, predicted, labels=labels, zero_division=0)
    query = (
        "SELECT coalesce(focus_id, 'nobody'), precision, recall, f1, support, predicted "
        "FROM aria_engine.focus_classification_report()"
    )
    found = support.rows_of(cursor, query)
    report.equal("classes", labels, [row[0] for row in found])
    for at, row in enumerate(found):
        expected = [float(figure[at]) for figure in by_class]
        report.true(f"class {row[0]}", all(map(same, row[1:5], expected)), f"{row} for {expected} on {rows}")
        report.equal(f"predicted {row[0]}", predicted.count(row[0]), row[5])
    matrix = metrics.confusion_matrix(actual, predicted, labels=labels)
    query = "SELECT coalesce(actual, 'nobody'), coalesce(predicted, 'nobody'), n FROM aria_engine.focus_confusion()"
    cells = {(a, p): n for a, p, n in support.rows_of(cursor, query)}
    wanted = {
        (a, p): int(matrix[i][j]) for i, a in enumerate(labels) for j, p in enumerate(labels) if matrix[i][j] > 0
    }
    report.equal("confusion", wanted, cells)


def check_area(cursor: Any, report: support.Report, rows: List[Row]) -> None:
    """The area under the curve, of what rank 1 has."""
    is_somebodys = [row[0] is not None for row in rows]
    evidence = [row[2] + (1 if row[1] is not None else 0) for row in rows]
    expected = metrics.roc_auc_score(is_somebodys, evidence) if len(set(is_somebodys)) == 2 else None
    found = support.rows_of(cursor, "SELECT DISTINCT auroc FROM aria_engine.focus_threshold_sweep()")
    if found:
        report.true("area", same(found[0][0], expected), f"{found[0][0]} for {expected} on {rows}")


def main() -> int:
    """Runs all; returns the exit status."""
    report = support.Report()
    rng = support.make_random("learning")
    with support.connect() as connection, connection.cursor() as cursor:
        make_profiles(cursor)
        for _ in range(ROUNDS):
            rows = draw_rows(rng)
            fill_examples(cursor, rows)
            check_figures(cursor, report, rows)
            check_classes(cursor, report, rows)
            check_area(cursor, report, rows)
        cursor.execute("TRUNCATE aria_engine.focus_examples, aria_engine.focus_profiles")
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
