"""pg_upgrade --link, as the guide has it, keeps everything: to the same major, or to the server whose programs are in
PG_BIN_NEW, which must have the extension installed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import check_dumps
from clusters import BIN, Cluster, guide_block

NEW_BIN = Path(os.environ.get("PG_BIN_NEW") or BIN)


def check(base: Path, report: Any) -> None:
    """Fills a cluster, upgrades it, compares, and goes on in the new one."""
    old, new = Cluster(base, "old"), Cluster(base, "new", NEW_BIN)
    old.create()
    old.start()
    source = old.make_database("upgrade_test")
    check_dumps.fill(source)
    original = check_dumps.content(source)
    source.close()
    old.stop("fast")
    new.create()
    places = {"OLD_BIN": BIN, "NEW_BIN": NEW_BIN, "OLD_DATA": old.data, "NEW_DATA": new.data}
    environment = {**os.environ, **{name: str(place) for name, place in places.items()},
                   "PATH": f"{NEW_BIN}{os.pathsep}{os.environ['PATH']}"}  # fmt: skip
    subprocess.run(["bash", "-euc", guide_block("bash upgrade")], cwd=base, env=environment, check=True,
                   stdout=subprocess.DEVNULL)  # fmt: skip
    new.start()
    try:
        session = new.session("upgrade_test")
        session.run("ALTER EXTENSION aria_focus UPDATE")
        check_dumps.compare(f"pg_upgrade --link to {NEW_BIN}", original, session, report)
    finally:
        new.stop("immediate")
