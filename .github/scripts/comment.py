"""Puts what a pull request does to the data beneath it, as one comment that is kept up to date.

Runs from main, with the right to comment, after the checks of a pull request, which run without any right. Nothing of
what they left behind is trusted: the pull request is looked up by the event, the text is cut to size and stands in a
code block, where nothing is a link, an image, HTML or a mention.
"""

import io
import json
import lzma
import os
import re
import sys
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

ARTIFACT, MEMBER = "change", "diff.md"
ARCHIVE_BYTES, TEXT_BYTES, LINES, COLUMNS = 1_000_000, 100_000, 80, 400
MARK = "<!-- casebook: what this does to the data -->"
BOT = "github-actions[bot]"
PAGES = 20  # of a hundred comments each
# All that a broken or odd archive may raise.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
)


class GitHub:
    """The few requests that are needed, at the interface of one repository."""

    def __init__(self, address: str, repository: str, token: str) -> None:
        self._base, self._token = f"{address}/repos/{repository}", token

    def ask(self, path: str, body: Mapping[str, str] | None = None, method: str = "GET") -> Any:
        """A JSON answer. Raises `OSError`."""
        return json.loads(self.read(path, 10_000_000, body, method))

    def read(self, path: str, limit: int, body: Mapping[str, str] | None = None, method: str = "GET") -> bytes:
        """At most `limit` bytes. Raises `OSError`; `ValueError` if there is more."""
        data = None if body is None else json.dumps(body).encode()
        kind = {"Accept": "application/vnd.github+json"}
        request = Request(self._base + path, data, kind, method=method)  # noqa: S310 - the runner says where
        # Archives lie on another host: the token must not follow there.
        request.add_unredirected_header("Authorization", f"Bearer {self._token}")
        with urlopen(request, timeout=60) as answer:  # noqa: S310
            read: bytes = answer.read(limit + 1)
        if len(read) > limit:
            raise ValueError(f"{path}: more than {limit} bytes")
        return read


def pull_request(run: Mapping[str, Any], candidates: Iterable[Mapping[str, Any]]) -> int | None:
    """The number of the open pull request whose head is exactly what the run checked."""
    wanted = (run["head_sha"], run["head_repository"]["full_name"])
    for candidate in candidates:
        head = candidate["head"]
        if head["repo"] and (head["sha"], head["repo"]["full_name"]) == wanted:
            return int(candidate["number"])
    return None


def text_of(archive: bytes) -> str:
    """The text in the archive. Raises `ValueError` where it is not what the checks would have written."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened, opened.open(MEMBER) as member:
            text = member.read(TEXT_BYTES + 1)
    except UNREADABLE as error:
        raise ValueError(f"no {MEMBER} in the archive: {error}") from error
    if len(text) > TEXT_BYTES:
        raise ValueError(f"{MEMBER} is longer than {TEXT_BYTES} bytes")
    return text.decode("utf-8", errors="replace")


def comment(text: str, address: str) -> str:
    """The comment: our words, then the text as nothing but text."""
    lines = ["".join(c if c.isprintable() else "�" for c in line)[:COLUMNS] for line in text.splitlines()]
    shown = lines[:LINES] + ([f"…… 还有 {len(lines) - LINES} 行"] if len(lines) > LINES else [])
    fence = "`" * max(4, 1 + max((len(run) for line in shown for run in re.findall("`+", line)), default=0))
    said = [f"**这次改动对数据的影响** · [检查记录、完整对照和预览]({address})", "", "下面由检查程序写出，照原样显示。"]
    return "\n".join([MARK, *said, "", f"{fence}text", *shown, fence, ""])


def publish(hub: GitHub, number: int, body: str) -> None:
    """Write the comment, or write it anew where it stands already."""
    for page in range(1, PAGES + 1):
        found = hub.ask(f"/issues/{number}/comments?per_page=100&page={page}")
        for old in found:
            if old["user"]["login"] == BOT and old["body"].startswith(MARK):
                hub.ask(f"/issues/comments/{int(old['id'])}", {"body": body}, "PATCH")
                return
        if len(found) < 100:
            break
    hub.ask(f"/issues/{number}/comments", {"body": body}, "POST")


def main() -> int:
    """Comment, or say why not; only a defect of this program fails."""
    run = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))["workflow_run"]
    hub = GitHub(os.environ["GITHUB_API_URL"], os.environ["GITHUB_REPOSITORY"], os.environ["GITHUB_TOKEN"])
    head = f"{run['head_repository']['owner']['login']}:{run['head_branch']}"
    number = pull_request(run, hub.ask("/pulls?" + urlencode({"state": "open", "head": head, "per_page": 100})))
    if number is None:
        print("No open pull request has this head any more.")
        return 0
    kept = hub.ask(f"/actions/runs/{int(run['id'])}/artifacts?" + urlencode({"name": ARTIFACT}))["artifacts"]
    if not kept:
        print("The checks left nothing to show.")
        return 0
    try:
        text = text_of(hub.read(f"/actions/artifacts/{int(kept[0]['id'])}/zip", ARCHIVE_BYTES))
    except ValueError as error:
        print(f"Not shown: {str(error)!a}")
        return 0
    publish(hub, number, comment(text, run["html_url"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
