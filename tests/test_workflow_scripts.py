"""The scripts of the workflows: what shows a change beneath its pull request, and what asks whether links answer."""

import io
import json
import os
import re
import runpy
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.answers import Answers, answering
from tests.conftest import ROOT

SCRIPTS = ROOT / ".github" / "scripts"


@pytest.fixture(autouse=True)
def directly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hosts of this machine are asked without a proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


# ---------------------------------------------------------------- the comment

COMMENT = SimpleNamespace(**runpy.run_path(str(SCRIPTS / "comment.py")))
RUN: dict[str, Any] = {
    "id": 7,
    "head_sha": "a" * 40,
    "head_branch": "fix & more",
    "head_repository": {"full_name": "someone/casebook", "owner": {"login": "someone"}},
    "html_url": "https://github.com/example/casebook/actions/runs/7",
}
PULL = {"number": 12, "head": {"sha": "a" * 40, "repo": {"full_name": "someone/casebook"}}}


def archive(text: bytes, name: str = "diff.md") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(name, text)
    return packed.getvalue()


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Answers]:
    """A GitHub of our own, and the environment of a run that it started."""
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"workflow_run": RUN}), encoding="utf-8")
    with answering() as answers:
        answers.give("GET", "/repos/example/casebook/pulls", [PULL])
        answers.give("GET", "/repos/example/casebook/actions/runs/7/artifacts", {"artifacts": [{"id": 3}]})
        answers.give("GET", "/repos/example/casebook/actions/artifacts/3/zip", archive("数据有一处改动".encode()))
        answers.give("GET", "/repos/example/casebook/issues/12/comments", [])
        answers.give("POST", "/repos/example/casebook/issues/12/comments", {})
        answers.give("PATCH", "/repos/example/casebook/issues/comments/5", {})
        for name, value in {"API_URL": answers.address, "REPOSITORY": "example/casebook", "TOKEN": "secret"}.items():
            monkeypatch.setenv(f"GITHUB_{name}", value)
        monkeypatch.setenv("GITHUB_EVENT_PATH", str(event))
        yield answers


def written(hub: Answers) -> list[tuple[str, str, str]]:
    """Method, path and body of every comment that was written."""
    return [(r.method, r.path, json.loads(r.body)["body"]) for r in hub.requests if r.method != "GET"]


def test_the_change_is_shown_beneath_its_pull_request(hub: Answers) -> None:
    """The pull request is found by the event alone: its head's owner and branch, then its very commit."""
    assert COMMENT.main() == 0
    ((method, path, body),) = written(hub)
    assert (method, path) == ("POST", "/repos/example/casebook/issues/12/comments")
    assert "数据有一处改动" in body and RUN["html_url"] in body
    (asked,) = (r for r in hub.requests if r.path.endswith("/pulls"))
    assert asked.query == {"state": ["open"], "head": ["someone:fix & more"], "per_page": ["100"]}
    assert all(r.headers["Authorization"] == "Bearer secret" for r in hub.requests)


def test_the_comment_is_kept_up_to_date(hub: Answers) -> None:
    """There is one; a person's comment that looks like it is left alone."""
    fake = {"id": 4, "user": {"login": "someone"}, "body": COMMENT.MARK}
    ours = {"id": 5, "user": {"login": COMMENT.BOT}, "body": f"{COMMENT.MARK}\nold"}
    hub.give("GET", "/repos/example/casebook/issues/12/comments", [fake, ours])
    assert COMMENT.main() == 0
    assert [(method, path) for method, path, _ in written(hub)] == [
        ("PATCH", "/repos/example/casebook/issues/comments/5")
    ]


@pytest.mark.parametrize(
    "head",
    [
        {"sha": "b" * 40, "repo": {"full_name": "someone/casebook"}},
        {"sha": "a" * 40, "repo": {"full_name": "another/casebook"}},
        {"sha": "a" * 40, "repo": None},
    ],
)
def test_another_pull_request_is_not_commented(hub: Answers, head: dict[str, Any]) -> None:
    """Whose head has moved on, who comes from elsewhere, whose fork is gone."""
    hub.give("GET", "/repos/example/casebook/pulls", [{"number": 12, "head": head}])
    assert COMMENT.main() == 0
    assert written(hub) == []


@pytest.mark.parametrize(
    "kept",
    [
        b"no archive",
        archive(b"x", "another.md"),
        archive(b"0" * 50_000_000),
        archive(b"x")[:-30],
        os.urandom(COMMENT.ARCHIVE_BYTES + 1),
    ],
    ids=["no archive", "another name", "a bomb", "cut short", "too large"],
)
def test_an_archive_that_the_check_did_not_write_is_not_shown(hub: Answers, kept: bytes) -> None:
    hub.give("GET", "/repos/example/casebook/actions/artifacts/3/zip", kept)
    assert COMMENT.main() == 0
    assert written(hub) == []


def test_nothing_is_said_where_the_check_left_nothing(hub: Answers) -> None:
    hub.give("GET", "/repos/example/casebook/actions/runs/7/artifacts", {"artifacts": []})
    assert COMMENT.main() == 0
    assert written(hub) == []


def test_the_key_is_not_taken_to_where_archives_lie(hub: Answers) -> None:
    """An archive is fetched from another host, to which the interface sends us on."""
    with answering() as elsewhere:
        elsewhere.give("GET", "/archive", archive(b"moved"))
        hub.send_on("/repos/example/casebook/actions/artifacts/3/zip", f"{elsewhere.address}/archive")
        assert COMMENT.main() == 0
        (asked,) = elsewhere.requests
    assert "Authorization" not in asked.headers
    assert "moved" in written(hub)[0][2]


@given(st.text(st.characters() | st.sampled_from("`~\n\r<>@#[]()!"), max_size=400))
def test_a_comment_is_nothing_but_text(text: str) -> None:
    """Whatever stands in the text: it cannot end its code block, so that nothing in it is a link or a mention."""
    lines = COMMENT.comment(text, "https://github.com/example").split("\n")
    opened = next(index for index, line in enumerate(lines) if line.endswith("text") and line.startswith("````"))
    fence = lines[opened].removesuffix("text")
    assert lines[-2:] == [fence, ""]
    assert not any(fence in line for line in lines[opened + 1 : -2])
    assert all(line.isprintable() for line in lines)


def test_a_comment_has_its_limits() -> None:
    """Long lines are cut, and it says how many are left out."""
    body = COMMENT.comment("\n".join("字" * 1000 for _ in range(500)), "https://github.com/example")
    assert f"还有 {500 - COMMENT.LINES} 行" in body
    assert len(body) < 65_536  # what GitHub takes


# ---------------------------------------------------------------- links


def test_links_that_do_not_answer_are_told(tmp_path: Path) -> None:
    """With the file in which each stands; one that answers, or only refuses programs, is not told."""
    with answering() as web:
        web.give("GET", "/there", b"yes")
        web.refuse("/closed", 403)
        text = (
            f"[一]({web.address}/there)，见 {web.address}/gone。又见 {web.address}/closed\nhttp://127.0.0.1:9/nobody\n"
        )
        (tmp_path / "page.md").write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, str(SCRIPTS / "links.py"), str(tmp_path)], capture_output=True, text=True
        )
    assert done.returncode == 0 and done.stdout.startswith("共 4 个网址，2 个没有回应。")
    assert re.findall(r"^\| `\S+(/\w+)` \| (.+?) \| page.md \|$", done.stdout, re.M) == [
        ("/gone", "HTTP 404"),
        ("/nobody", "ConnectionRefusedError"),
    ]


def test_content_without_links_is_told_to_have_none(tmp_path: Path) -> None:
    (tmp_path / "one.yml").write_text("name: 一\n", encoding="utf-8")
    done = subprocess.run([sys.executable, str(SCRIPTS / "links.py"), str(tmp_path)], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "共 0 个网址，0 个没有回应。\n")
