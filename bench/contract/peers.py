"""Time the peers of the contracts over the same replies: peers.py REPLIES [WRITE_GOOD]. GNU style reads the file as a
program, its processor time counts; write-good, a directory of node_modules, runs in one process of Node.js.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROUNDS = 5
WRITE_GOOD = """
const check = require(process.argv[1]);
const text = require('fs').readFileSync(process.argv[2], 'utf8');
const replies = text.split('\\n%\\n');
let best = Infinity;
for (let round = 0; round < 3; round++) {
    const begin = process.hrtime.bigint();
    for (const reply of replies) check(reply);
    best = Math.min(best, Number(process.hrtime.bigint() - begin));
}
console.log(best / Buffer.byteLength(text));
"""


def style_time(replies: Path) -> float:
    """Nanoseconds a byte of GNU style, on a file of a few megabytes, so that its start does not count."""
    many = replies.with_name("replies.many")
    many.write_bytes(replies.read_bytes() * 20)
    best = float("inf")
    for _ in range(ROUNDS):
        before = os.times()
        subprocess.run(["style", many], check=True, stdout=subprocess.DEVNULL)
        after = os.times()
        used = after.children_user + after.children_system - before.children_user - before.children_system
        best = min(best, used * 1e9 / many.stat().st_size)
    many.unlink()
    return best


def main() -> None:
    """Prints a measurement for each peer that is there."""
    replies = Path(sys.argv[1])
    if shutil.which("style"):
        print(f"contract\treplies\tlint\tGNU style\t{style_time(replies):.6g}", flush=True)
    else:
        print("skipped: GNU style (no diction)", file=sys.stderr)
    module = sys.argv[2] if len(sys.argv) > 2 else ""
    if module and Path(module).is_dir():
        done = subprocess.run(["node", "-e", WRITE_GOOD, module, replies], check=True, capture_output=True, text=True)
        print(f"contract\treplies\tlint\twrite-good\t{float(done.stdout):.6g}", flush=True)
    else:
        print("skipped: write-good (no npm, or it is not to be had)", file=sys.stderr)


main()
