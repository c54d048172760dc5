"""A running `build.py serve`."""

import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60.0
"""Seconds until a preview that has not answered is taken to hang."""


@contextmanager
def preview(project: Path, *arguments: str) -> Iterator[str]:
    """The address of a live preview of `project`, which ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "build.py", "serve", "--address", f"127.0.0.1:{port}", *arguments]
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(command, cwd=project, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}/"
            _wait_for(address, server)
            yield address
        finally:
            server.terminate()
            server.wait(10)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert server.poll() is None, "the preview ended by itself"
        try:
            urllib.request.urlopen(address + "index.html", timeout=10).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the preview never answered")
