"""A headless Firefox, driven over Marionette, the protocol that every Firefox speaks: no driver to install."""

import json
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAMES = ("firefox", "firefox-esr")
PATIENCE = 60.0  # s
PREFERENCES = {
    "network.manage-offline-status": False,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.shell.checkDefaultBrowser": False,
}


def installed() -> str | None:
    """The path of a Firefox that the machine has anyway."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Firefox:
    """One window."""

    def __init__(self, port: int) -> None:
        self._socket = _connected(port)
        self._read()  # its greeting
        self._asked = 0
        self._ask("WebDriver:NewSession")

    def open(self, address: str) -> None:
        """Go to an address and wait until it is loaded."""
        self._ask("WebDriver:Navigate", url="about:blank")  # another fragment of a page would not be loaded anew
        self._ask("WebDriver:Navigate", url=address)

    def run(self, script: str) -> object:
        """What a script of the page returns."""
        answer = self._ask("WebDriver:ExecuteScript", script=script, args=[], sandbox=None)
        assert isinstance(answer, dict)
        return answer["value"]

    def wait(self, condition: str) -> None:
        """Until an expression is true on the page."""
        until = time.monotonic() + PATIENCE
        while not self.run(f"return Boolean({condition})"):
            assert time.monotonic() < until, f"never became true: {condition}"
            time.sleep(0.05)

    def _ask(self, command: str, **parameters: object) -> object:
        self._asked += 1
        text = json.dumps([0, self._asked, command, parameters]).encode()
        self._socket.sendall(str(len(text)).encode() + b":" + text)
        _, _, error, answer = self._read()
        assert error is None, error
        return answer

    def _read(self) -> list[object]:
        size = b""
        while not size.endswith(b":"):
            size += self._socket.recv(1)
        text = b""
        while len(text) < int(size[:-1]):
            text += self._socket.recv(int(size[:-1]) - len(text))
        found = json.loads(text)
        return found if isinstance(found, list) else []


@contextmanager
def firefox(path: str) -> Iterator[Firefox]:
    """A Firefox with a profile of its own, which ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as profile:
        chosen = PREFERENCES | {"marionette.port": port}
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in chosen.items())
        (Path(profile) / "user.js").write_text("".join(lines), encoding="utf-8")
        command = [path, "--headless", "--marionette", "--no-remote", "--profile", profile]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as browser:
            try:
                yield Firefox(port)
            finally:
                browser.terminate()


def _connected(port: int) -> socket.socket:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        except OSError:
            assert time.monotonic() < until, "Firefox never answered"
            time.sleep(0.1)
