"""A language server as an editor talks to it: JSON-RPC over its standard input and output."""

import json
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PATIENCE = 120  # seconds until a server that says nothing is given up

SETTINGS = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}
ABILITIES = {
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown", "plaintext"]}},
        "hover": {"contentFormat": ["markdown"]},
    }
}


class LanguageServer:
    """One server for one folder, in a Chinese editor. Positions are counted from 0, as in the protocol."""

    def __init__(self, command: Sequence[str], root: Path) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._asked = 0
        self._problems: dict[str, list[dict[str, Any]]] = {}
        self._ask(
            "initialize",
            {"processId": None, "rootUri": root.as_uri(), "locale": "zh-cn", "capabilities": ABILITIES},
        )
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": SETTINGS})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()

    def problems(self, path: Path, text: str) -> list[dict[str, Any]]:
        """Open a file with this text, saved or not, and wait for what the server says is wrong with it."""
        uri = path.as_uri()
        self._problems.pop(uri, None)
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        while uri not in self._problems:
            self._heed(self._receive())
        return self._problems[uri]

    def completions(self, path: Path, line: int, column: int) -> list[dict[str, Any]]:
        """What is offered at a place of an open file."""
        found = self._ask("textDocument/completion", self._place(path, line, column)) or {"items": []}
        items: list[dict[str, Any]] = found["items"]
        return items

    def hover(self, path: Path, line: int, column: int) -> str:
        """What is shown at a place of an open file, as Markdown."""
        found = self._ask("textDocument/hover", self._place(path, line, column))
        return str(found["contents"]["value"]) if found else ""

    def _place(self, path: Path, line: int, column: int) -> dict[str, Any]:
        return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": column}}

    def _ask(self, method: str, parameters: Mapping[str, Any]) -> Any:
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": parameters})
        while True:
            message = self._receive()
            if message.get("id") == self._asked and "method" not in message:
                assert "error" not in message, message
                return message.get("result")
            self._heed(message)

    def _tell(self, method: str, parameters: Mapping[str, Any]) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: Mapping[str, Any]) -> None:
        assert self._process.stdin
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout
        watch = threading.Timer(PATIENCE, self._process.kill)
        watch.start()
        try:
            size = 0
            while (line := self._process.stdout.readline()).strip():
                name, _, value = line.partition(b":")
                size = int(value) if name.lower() == b"content-length" else size
            assert size, "the language server ended"
            message: dict[str, Any] = json.loads(self._process.stdout.read(size))
            return message
        finally:
            watch.cancel()

    def _heed(self, message: Mapping[str, Any]) -> None:
        """What nobody asked for: problems are kept, questions of the server are answered with nothing."""
        if message.get("method") == "textDocument/publishDiagnostics":
            self._problems[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "id" in message and "method" in message:
            self._send({"id": message["id"], "result": None})
