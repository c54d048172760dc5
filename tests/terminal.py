"""A person at a terminal: a command that sees a real one, and keys that are typed into it."""

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PATIENCE = 60  # seconds without a sign of life


def at_a_terminal(
    arguments: list[str], keys: str, env: dict[str, str] | None = None, folder: Path = ROOT
) -> tuple[int, str]:
    """`python build.py …` in `folder`: its exit code, and what the screen showed."""
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    parent, child = pty.openpty()
    command = [sys.executable, "build.py", *arguments]
    process = subprocess.Popen(
        command, cwd=folder, stdin=child, stdout=child, stderr=child, env={**os.environ, **(env or {})}
    )
    os.close(child)
    os.write(parent, keys.encode() + b"\x04" * 8)  # whoever is asked more than was meant goes away
    shown = b""
    while piece := _read(parent):
        shown += piece
    os.close(parent)
    try:
        code = process.wait(PATIENCE)
    finally:
        process.kill()
    return code, shown.decode("utf-8", "replace").replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    if not select.select([terminal], [], [], PATIENCE)[0]:
        return b""
    try:
        return os.read(terminal, 4096)
    except OSError:  # on Linux, that the other end is closed
        return b""
