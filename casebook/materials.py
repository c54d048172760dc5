"""The software bill of materials: what the site is built with, as CycloneDX, from the lock file alone.

https://cyclonedx.org/docs/1.6/json/ . No clock and no serial number: the same lock file gives the same bytes.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

PINNED = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>\S+)(?: ; (?P<marker>.+?))? \\")
HASH = re.compile(r"    --hash=sha256:(?P<hash>[0-9a-f]{64})(?: \\)?")


class Locked(NamedTuple):
    """One line of a lock file with the hashes below it. `marker` says on which machines it is wanted, if not on all."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]


def locked(lock: str) -> Iterator[Locked]:
    """Every distribution that a lock file pins. Raises `ValueError` for a line that is not one of its own."""
    found: list[Locked] = []
    for line in lock.splitlines():
        if pinned := PINNED.fullmatch(line):
            found.append(Locked(pinned["name"], pinned["version"], pinned["marker"] or "", ()))
        elif (hashed := HASH.fullmatch(line)) and found:
            found[-1] = found[-1]._replace(hashes=(*found[-1].hashes, hashed["hash"]))
        else:
            raise ValueError(f"not a line of a lock file: {line}")
    yield from found


def bill_of_materials(lock: str, licences: Mapping[str, Mapping[str, Any]]) -> str:
    """The text of the bill. `licences`: name → what CycloneDX calls a licence choice, where it is known."""
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "casebook", "name": "casebook"}},
        "components": [_component(package, licences.get(package.name)) for package in locked(lock)],
    }
    return json.dumps(bill, ensure_ascii=False, indent=1) + "\n"


def _component(package: Locked, licence: Mapping[str, Any] | None) -> dict[str, Any]:
    address = f"pkg:pypi/{package.name}@{package.version}"
    wanted = {"properties": [{"name": "casebook:marker", "value": package.marker}]} if package.marker else {}
    return {
        "type": "library",
        "bom-ref": address,
        "name": package.name,
        "version": package.version,
        # One for each file of this version: which is installed depends on the machine.
        "hashes": [{"alg": "SHA-256", "content": hash} for hash in package.hashes],
        **({"licenses": [licence]} if licence else {}),
        "purl": address,
        **wanted,
    }
