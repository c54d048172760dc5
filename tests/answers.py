"""A web of our own: what is asked is written down, what is answered is given beforehand."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit


class Request(NamedTuple):
    """What was asked."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes


class Answer(NamedTuple):
    """What is given; with a `place`, the asker is sent on to it."""

    status: int
    body: bytes = b""
    place: str = ""


@dataclass
class Answers:
    """All answers of one host, by method and path; whatever else is asked for is not there."""

    address: str = ""
    requests: list[Request] = field(default_factory=list)
    _given: dict[tuple[str, str], Answer] = field(default_factory=dict)

    def give(self, method: str, path: str, body: object) -> None:
        """Answer with these bytes, or with this as JSON."""
        self._given[method, path] = Answer(200, body if isinstance(body, bytes) else json.dumps(body).encode())

    def refuse(self, path: str, status: int) -> None:
        """Answer with an error."""
        self._given["GET", path] = Answer(status)

    def send_on(self, path: str, place: str) -> None:
        """Answer that it lies elsewhere."""
        self._given["GET", path] = Answer(302, place=place)

    def to(self, request: Request) -> Answer:
        """The answer to a request, which is written down."""
        self.requests.append(request)
        return self._given.get((request.method, request.path), Answer(404))


@contextmanager
def answering() -> Iterator[Answers]:
    """A host on this machine, as long as the block runs."""
    answers = Answers()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked = Request(self.command, parts.path, parse_qs(parts.query), dict(self.headers), body)
            answer = answers.to(asked)
            self.send_response(answer.status)
            if answer.place:
                self.send_header("Location", answer.place)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        do_POST = do_PATCH = do_GET  # noqa: N815

        def log_message(self, format: str, *arguments: object) -> None:
            """Says nothing: the tests say what matters."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    answers.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield answers
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
