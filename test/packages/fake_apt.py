#!/usr/bin/python3
"""apt-get, apt-cache and dpkg-query over a machine that is three files in $FAKE, called by these names:

installed   lines "name version"
offers      lines "name version source [dependency...]", the newest version of a package first
log         what apt-get was asked to do for good

It has the one rule of Debian's that matters here: packages of one source want each other in one version, so that
installing one upgrades its installed neighbours. A dependency "-name" is a package that has to go. A line "name
version source !" is on offer, but cannot be downloaded.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

FAKE = pathlib.Path(os.environ["FAKE"])


class Failure(Exception):
    """What apt says after "E: "."""


def offers():
    """Every (name, version, source, dependencies) on offer."""
    lines = [line.split() for line in (FAKE / "offers").read_text().splitlines()]
    return [(name, version, source, more) for name, version, source, *more in lines]


def installed():
    """The version of each installed package."""
    return dict(line.split() for line in (FAKE / "installed").read_text().splitlines())


def find_offer(word):
    """The offer that a word name[=version] of the command line means."""
    name, _, version = word.partition("=")
    for offer in offers():
        if offer[0] == name and version in ("", offer[1]):
            return offer
    raise Failure(f"Version '{version}' for '{name}' was not found" if version else f"Unable to locate package {name}")


def plan(words):
    """What has to be done: the version that each package gets, None for one that goes."""
    have, result, queue = installed(), {}, list(words)
    while queue:
        name, version, source, dependencies = find_offer(queue.pop(0))
        if result.get(name, have.get(name)) is not None:
            continue
        result[name] = version
        for other, its_version, its_source, _ in offers():
            if its_source == source and other in have and have[other] != version and its_version == version:
                result[other] = version
        for dependency in dependencies:
            if dependency.startswith("-"):
                if dependency[1:] in have:
                    result[dependency[1:]] = None
            elif dependency != "!":
                queue.append(dependency)
    return result


def install(words, simulate):
    """apt-get install."""
    have = installed()
    for name, version in plan(words).items():
        old = f" [{have[name]}]" if name in have else ""
        if version is None:
            print(f"Remv {name}{old}")
            have.pop(name)
        else:
            print(f"Inst {name}{old} ({version} Debian:12/stable [amd64])")
            have[name] = version
    if not simulate:
        cluster = FAKE / "createcluster.conf"
        (FAKE / "cluster_at_installation").write_text(cluster.read_text() if cluster.exists() else "")
        (FAKE / "installed").write_text("".join(f"{name} {version}\n" for name, version in have.items()))


def script(path, lines):
    """Write a program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n" + lines)
    path.chmod(0o755)


def fill(root, name, version):
    """The files of a package."""
    major = name.rpartition("-")[2] if not name.endswith(("pgtap", "postgis-3")) else name.split("-")[1]
    server = root / f"usr/lib/postgresql/{major}"
    share = root / f"usr/share/postgresql/{major}"
    if name.startswith("postgresql-client-"):
        script(server / "bin/psql", "")
        script(server / "bin/pg_config", f"""here=$(cd "$(dirname "$0")" && pwd)
case $1 in
--version) echo 'PostgreSQL {major}.{version}' ;;
--pgxs) echo "$here/../lib/pgxs.mk" ;;
--bindir) echo "$here" ;;
--sharedir) echo "${{here%/lib/*}}/share/postgresql/{major}" ;;
--includedir-server) echo "$here/../include" ;;
esac
""")
    elif name.startswith("postgresql-server-dev-"):
        script(server / "lib/pgxs.mk", "")
        script(server / "include/postgres.h", "")
    elif name.endswith(("pgtap", "postgis-3")):
        script(share / "extension" / (name.split("-", 2)[2] + ".control"), "")
    elif name.startswith("postgresql-"):
        script(server / "bin/postgres", "")


def download(words):
    """apt-get download."""
    for name, version, _, dependencies in map(find_offer, words):
        if "!" in dependencies:
            raise Failure(f"Failed to fetch {name}")
        with tempfile.TemporaryDirectory() as work:
            root = pathlib.Path(work)
            root.chmod(0o755)
            (root / "DEBIAN").mkdir(mode=0o755)
            (root / "DEBIAN/control").write_text(f"Package: {name}\nVersion: {version}\nArchitecture: all\n"
                                                 "Maintainer: x <x@example.org>\nDescription: x\n")
            fill(root, name, version)
            subprocess.run(["dpkg-deb", "--build", "--root-owner-group", work, f"{name}_{version}_all.deb"],
                           check=True, stdout=subprocess.DEVNULL)


def main():
    """Do what the program of this name does."""
    program = pathlib.Path(sys.argv[0]).name
    arguments = sys.argv[1:]
    words = [word for word in arguments if not word.startswith("-")]
    if program == "dpkg-query":
        version = installed().get(arguments[-1])
        print(version or "", end="")
        return 0 if version else 1
    if program == "apt-cache":
        found = [(name, version) for name, version, _, _ in offers() if name == words[1]]
        for name, version in found:
            print(f"{name} | {version} | http://debian.example bookworm/main amd64 Packages")
        return 0 if found or words[0] == "madison" else 100
    simulate = "-s" in arguments
    # The value of an option -o, and the command behind it.
    command = next(word for word in words if word in ("install", "update", "download"))
    words = words[words.index(command) + 1:]
    if not simulate:
        with (FAKE / "log").open("a", encoding="ascii") as log:
            print(command, *words, file=log)
    try:
        if command == "install":
            install(words, simulate)
        elif command == "download":
            download(words)
    except Failure as failure:
        print(f"E: {failure}", file=sys.stderr)
        return 100
    return 0


sys.exit(main())
