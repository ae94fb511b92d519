"""Check META.json: `spec` against what PGXN's specification 1.0.0 asks for, `version V` against V.

The same version must stand wherever META.json has one.
"""

import json
import os
import re
import sys

REQUIRED = ("name", "version", "abstract", "maintainer", "license", "provides", "meta-spec")
SEMVER = re.compile(r"^\d+\.\d+\.\d+(?:-?[A-Za-z][-A-Za-z0-9]*)?$")


def problems_of_spec(meta: dict) -> list[str]:
    """What the specification would refuse."""
    found = [f"{key} is missing" for key in REQUIRED if not meta.get(key)]
    if not SEMVER.match(meta.get("version", "")):
        found.append("version is no semantic version")
    if meta.get("meta-spec", {}).get("version") != "1.0.0":
        found.append("meta-spec.version is not 1.0.0")
    for name, part in meta.get("provides", {}).items():
        for key in ("file", "version"):
            if not part.get(key):
                found.append(f"provides.{name}.{key} is missing")
        if part.get("docfile") and not os.path.exists(part["docfile"]):
            found.append(f"provides.{name}.docfile: there is no {part['docfile']}")
    return found


def problems_of_version(meta: dict, version: str) -> list[str]:
    """Where the version is another one."""
    places = {"version": meta["version"]}
    for name, part in meta["provides"].items():
        places[f"provides.{name}.version"] = part["version"]
        named = re.search(r"--(\d[^-]*)\.sql$", part["file"])
        if named:
            places[f"provides.{name}.file"] = named.group(1)
    return [
        f"{place} is {has}, the control file says {version}"
        for place, has in places.items()
        if has != version
    ]


def main() -> None:
    """Print the problems of the check that the first argument names."""
    with open("META.json", encoding="utf-8") as file:
        meta = json.load(file)
    check, *arguments = sys.argv[1:]
    found = problems_of_spec(meta) if check == "spec" else problems_of_version(meta, *arguments)
    for problem in found:
        print(f"META.json: {problem}")


main()
