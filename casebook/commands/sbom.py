"""`sbom`: the bill of materials that stands beside the site, written anew."""

import argparse
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from casebook.commands.report import Check
from casebook.materials import bill_of_materials, locked

HELP = "重写软件物料清单 · write the software bill of materials anew"
LONGEST = 60  # some packages give the whole text of their licence instead of its name


def declare(command: argparse.ArgumentParser) -> None:
    """Where to."""
    command.add_argument("--out", type=Path, metavar="FILE")


def run(checked: Check, root: Path, options: argparse.Namespace) -> int:
    """Write what `requirements.txt` names; licences as the installed packages give them."""
    lock = (root / "requirements.txt").read_text(encoding="utf-8")
    licences = {package.name: licence for package in locked(lock) if (licence := _licence(package.name))}
    out = options.out or root / "templates" / "theme" / "sbom.cdx.json"
    out.write_text(bill_of_materials(lock, licences), encoding="utf-8")
    return 0


def _licence(name: str) -> dict[str, Any] | None:
    """What CycloneDX calls a licence choice; nothing for a package that is not installed here, or does not say."""
    try:
        told: PackageMetadata = metadata(name)
    except PackageNotFoundError:
        return None
    if "License-Expression" in told:
        return {"expression": told["License-Expression"]}
    classified = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or () if line.startswith("License")]
    named = (classified or told.get_all("License") or [""])[0]
    return {"license": {"name": named}} if 0 < len(named) <= LONGEST else None
