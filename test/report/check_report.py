"""The page of focus_report in Chromium: nothing leaves it, what comes from outside stays text, it fits a telephone and
a desk, by day and by night, and every text on it can be read.

Pictures are taken, and are thrown away unless ARIA_FOCUS_PICTURES names a directory for them.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any, List, Tuple

import support
from browser import Browser

DATABASE = "report_page"
SCRIPT = "<script>alert(1)</script>"
HOSTILE = SCRIPT + "<img src=http://evil.example/x onerror=alert(2)>\"' onmouseover='alert(3)"
WIDTHS = (380, 1400)

# Texts with less contrast than the Web Content Accessibility Guidelines ask for, level AA: 4.5 to 1, 3 to 1 for large
# ones; the small dots of empty cells carry no message.
CONTRAST = """
(() => {
    const rgb = text => text.match(/[\\d.]+/g).map(Number);
    const linear = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    const light = c => 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
    const ground = e => {
        for (; e; e = e.parentElement) {
            const c = rgb(getComputedStyle(e).backgroundColor);
            if (c.length < 4 || c[3] > 0) return c;
        }
        return [255, 255, 255];
    };
    const bad = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const e = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || e.matches('.z')) continue;
        const style = getComputedStyle(e), size = parseFloat(style.fontSize);
        const a = light(rgb(style.color)), b = light(ground(e));
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
        if (ratio < (large ? 3 : 4.5)) bad.push(walker.currentNode.data.trim() + ' ' + ratio.toFixed(2));
    }
    return bad;
})()
"""
# Elements that stick out of the page sideways, those in a box that scrolls by itself left out.
STICKING_OUT = """
[...document.querySelectorAll('main *')]
    .filter(e => !e.closest('.scroll') && !e.closest('thead') && e.getBoundingClientRect().right > innerWidth + 0.5)
    .map(e => e.outerHTML.slice(0, 120))
"""


def fill(cursor: Any, profiles: int) -> None:
    """Profiles and examples: hostile texts, texts without a space, long ids, every kind of mistake."""
    cursor.execute("TRUNCATE aria_engine.focus_profiles, aria_engine.focus_examples CASCADE")
    names = ["w" * 50, "a-short_one", *(f"profile_{n}" for n in range(profiles))]
    for number, name in enumerate(names):
        words = (f"key{number}", f"<b>bold{number}", f"<script>never{number}</script>", "long" * 24 + str(number))
        keywords = json.dumps(words)
        cursor.execute(
            "INSERT INTO aria_engine.focus_profiles (focus_id, display_name, expertise_keywords) VALUES (%s, %s, %s)",
            (name, HOSTILE, keywords),
        )
    for number, name in enumerate(names):
        other = (number + 1) % len(names)
        for text, label in (
            (f"key{number} and more", name),
            (f"key{other} {SCRIPT} <b>bold{other}", name),
            (f"key{number} key{other} tie", name),
            ("x" * 3000 + f" {HOSTILE}", name),
            (f"nobody's key{number} {HOSTILE}", None),
            ("hello", None),
        ):
            cursor.execute("INSERT INTO aria_engine.focus_examples (message, focus_id) VALUES (%s, %s)", (text, label))


def page_of(cursor: Any, title: str) -> str:
    """The page."""
    cursor.execute("SELECT aria_engine.focus_report(title => %s)", (title,))
    page: str = cursor.fetchone()[0]
    return page


def check_view(browser: Browser, report: support.Report, page: Path, view: Tuple[int, bool], name: str) -> None:
    """The page in a window of some width, light or dark."""
    width, dark = view
    browser.view(width, dark)
    browser.open(page)
    report.equal(f"{name}: requests", [page.as_uri()], browser.requests())
    report.equal(f"{name}: complaints", [], browser.complaints())
    report.equal(f"{name}: title", HOSTILE, browser.value("document.title"))
    report.equal(f"{name}: scripts", 0, browser.value("document.querySelectorAll('script,img,iframe,link,a').length"))
    handlers = "[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => /^on/.test(a.name))).length"
    report.equal(f"{name}: handlers", 0, browser.value(handlers))
    report.equal(f"{name}: heading", HOSTILE, browser.value("document.querySelector('h1').textContent"))
    report.true(f"{name}: message", browser.value(f"document.body.textContent.includes({SCRIPT!r})"), "is not there")
    keyword = "[...document.querySelectorAll('.k')].some(e => e.textContent.startsWith('<script>never'))"
    report.true(f"{name}: keyword", browser.value(keyword), "is not there")
    report.equal(f"{name}: width", width, browser.value("document.documentElement.scrollWidth"))
    report.equal(f"{name}: sticking out", [], browser.value(STICKING_OUT))
    report.equal(f"{name}: contrast", [], browser.value(CONTRAST)[:5])
    dark_ground = browser.value("parseInt(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]) < 128")
    report.equal(f"{name}: colour scheme", dark, dark_ground)


def check_pages(cursor: Any, report: support.Report, work: Path, pictures: Path) -> None:
    """Few profiles and many, in all views."""
    with Browser(work / "home") as browser:
        for profiles in (4, 60):
            fill(cursor, profiles)
            page = work / f"report_{profiles}.html"
            page.write_text(page_of(cursor, HOSTILE), encoding="utf-8")
            report.true("size", page.stat().st_size < 4 << 20, f"{page.stat().st_size} bytes")
            views: List[Tuple[int, bool]] = [(width, dark) for width in WIDTHS for dark in (False, True)]
            for width, dark in views:
                name = f"{profiles + 2} profiles, {width} pixels, {'dark' if dark else 'light'}"
                check_view(browser, report, page, (width, dark), name)
                picture = pictures / f"{profiles}_{width}_{'dark' if dark else 'light'}.png"
                browser.screenshot(picture)
                report.true(f"{name}: picture", picture.stat().st_size > 10_000, "is empty")
            worst = browser.value("document.querySelectorAll('#worst > li').length")
            report.true(f"{profiles}: worst confusions", 0 < worst <= 20, str(worst))


def main() -> int:
    """Runs all."""
    if shutil.which("chromium") is None:
        print("skipped: there is no chromium")
        return 0
    report = support.Report()
    server = support.connect().cursor()
    server.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
    server.execute(f"CREATE DATABASE {DATABASE}")
    connection = support.connect(DATABASE)
    with tempfile.TemporaryDirectory() as directory:
        work = Path(directory)
        (work / "home").mkdir()
        pictures = Path(os.environ.get("ARIA_FOCUS_PICTURES", directory))
        cursor = connection.cursor()
        cursor.execute("CREATE EXTENSION aria_focus")
        check_pages(cursor, report, work, pictures)
    connection.close()
    server.execute(f"DROP DATABASE {DATABASE}")
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
