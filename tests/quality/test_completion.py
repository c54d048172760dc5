"""What an editor sees in VS Code: the real YAML language server, led by the first line of a content file alone."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
import yaml

from casebook.yamlfile import parse
from tests.conftest import ROOT
from tests.quality.conftest import tool
from tests.quality.lsp import LanguageServer

CONTENT = ROOT / "content"
FIRST = "# yaml-language-server: $schema=../../schemas/case.schema.json\n"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
WHOLE = (CONTENT / "cases" / "suqian-aiyuan.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    program = tool("yaml-language-server", "node") / "bin" / "yaml-language-server"
    with LanguageServer(["node", str(program), "--stdio"], ROOT) as started:
        yield started


class Seen(NamedTuple):
    """What the editor shows of a text with the cursor at its `‸`."""

    offered: dict[str, dict[str, Any]]
    hover: str
    problems: list[dict[str, Any]]

    @property
    def messages(self) -> list[str]:
        return [problem["message"] for problem in self.problems]


def seen(server: LanguageServer, text: str) -> Seen:
    """A case that was never saved, known to the server by its place and its first line."""
    before = (FIRST + text).partition("‸")[0]
    path = CONTENT / "cases" / f"unsaved-{abs(hash(text))}.yml"
    problems = server.problems(path, (FIRST + text).replace("‸", ""))
    line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
    offered = {item["label"]: item for item in server.completions(path, line, column)}
    return Seen(offered, server.hover(path, line, column), problems)


def documentation(item: dict[str, Any]) -> str:
    said = item["documentation"]
    return said if isinstance(said, str) else str(said["value"])


def test_keys_are_offered_in_chinese(server: LanguageServer) -> None:
    """An empty file with its first line offers every key of a case, each explained."""
    offered = seen(server, "‸\n").offered
    assert {"name", "kind", "summary", "place", "level", "findings", "observations"} <= offered.keys()
    assert all(CHINESE.search(documentation(offered[key])) for key in ("name", "kind", "summary", "findings"))


def test_keys_that_stand_there_are_not_offered_again(server: LanguageServer) -> None:
    assert "name" not in seen(server, "name: 一\n‸\n").offered


@pytest.mark.parametrize(
    ("text", "vocabulary"),
    [
        ("findings:\n  - mechanism: ‸\n", "mechanisms"),
        ("problems:\n  - term: ‸\n", "problems"),
        ("actors:\n  - {term: ‸}\n", "actors"),
        ("observations:\n  - {indicator: ‸}\n", "indicators"),
        ("level:\n  term: ‸\n", "levels"),
    ],
)
def test_terms_are_offered_with_their_definitions(server: LanguageServer, text: str, vocabulary: str) -> None:
    """Every term of the vocabulary, with its Chinese name, what it means and when to use it."""
    terms = yaml.safe_load((CONTENT / "vocabulary" / f"{vocabulary}.yml").read_text(encoding="utf-8"))["terms"]
    offered = seen(server, text).offered
    assert [term["id"] for term in terms if term["id"] not in offered] == []
    for term in terms:
        told = documentation(offered[term["id"]])
        assert term["label"] in told and term["definition"] in told and term["use"] in told


def test_closed_lists_are_offered_with_their_meaning(server: LanguageServer) -> None:
    offered = seen(server, "findings:\n  - verdict: ‸\n").offered
    assert {id: documentation(item) for id, item in offered.items()} == {
        "present": "运行",
        "planned": "计划",
        "mentioned": "仅提及",
    }


@pytest.mark.parametrize("cursor", ["  - ‸", "  ‸", "‸"])
def test_items_of_lists_have_skeletons(server: LanguageServer, cursor: str) -> None:
    """After the dash, before it, or at the line's beginning: one choice writes every key that an entry needs."""
    skeleton = seen(server, f"findings:\n{cursor}\n").offered["机制"]["insertText"]
    before = "- " if "-" in cursor else ""
    filled = re.sub(r"\$\{\d+\|(\w+),[^}]*\}|\$\d+", lambda place: place[1] or "一", before + skeleton)
    (entry,) = yaml.safe_load(filled)
    assert list(entry) == ["mechanism", "verdict", "how", "locator", "as_stated"]
    assert entry["verdict"] == "present"


def test_skeletons_tell_stated_from_inferred(server: LanguageServer) -> None:
    offered = seen(server, "level:\n  ‸\n").offered
    assert "as_stated" in offered["原文写明"]["insertText"]
    assert "inferred: true" in offered["推定"]["insertText"]


def test_hover_over_a_key_explains_it(server: LanguageServer) -> None:
    assert "自己的话" in seen(server, "summ‸ary: 一\n").hover


def test_hover_over_a_term_says_what_it_means(server: LanguageServer) -> None:
    """The term under the cursor stands first."""
    hover = seen(server, "problems:\n  - {term: nim‸by, inferred: true}\n").hover
    terms = yaml.safe_load((CONTENT / "vocabulary" / "problems.yml").read_text(encoding="utf-8"))["terms"]
    (nimby,) = (term for term in terms if term["id"] == "nimby")
    (first,) = re.findall(r"^\* (.*)$", hover, re.M)[:1]
    assert first.startswith("`nimby`") and nimby["definition"] in first


WRONG = [
    ("verdict: present", "verdict: perhaps", "verdict（判断）只能是：present 运行"),
    ("mechanism: council", "mechanism: councel", "mechanism（机制）：词表里没有这个词"),
    ("status: running", "status: 运行", "status（状态）只能是：running 运行中"),
    ("unit: 件", "unit: 匹", "unit（单位）：词表里没有这个词"),
    ("locator: L46", "locator: 46行", "locator（行号）的写法不对。存档文本的物理行，L6 或 L21-L23"),
    ("value: 86", "value: 近2万", "value（数值）的写法不对"),
    ("as_of: 2019/..", "as_of: 二〇一九年", "as_of（时间）的写法不对"),
    ("parent: jiangsu-observation", "parent: 江苏", "parent（上级案例）的写法不对"),
    ("inferred: true", "inferred: 是", "inferred（推定）只能填 true 或 false"),
    ("name: 小板凳议事会\n", "name:\n", "name（名称）写成一行文字"),
    ("name: 小板凳议事会\n", "", "缺少 name（名称）"),
    ("    how: 村级议事会作为制度在全镇推行，每季度每村一次\n", "", "缺少 how（怎么做）"),
    ("status: running", "status: running\nstate: running", "只能用这些键：name（名称）"),
    ("settlement: {term", "settlement: {trem", "缺少 term（用语）"),
    ("review: {date: ", "review: {data: ", "缺少 date（日期）"),
    ("started: {date", "started: 2019\nstarted_: {date", "“起始”写成“键: 值”"),
    ("sources:\n  - {source", "sources: {source", "sources（来源段落）写成列表"),
]


@pytest.mark.parametrize(("right", "wrong", "expected"), WRONG)
def test_mistakes_are_told_in_chinese(server: LanguageServer, right: str, wrong: str, expected: str) -> None:
    """Each in the words of the key it concerns, beside nothing but Chinese."""
    assert right in WHOLE, "the case that the example alters says something else now"
    messages = seen(server, WHOLE.removeprefix(FIRST).replace(right, wrong, 1) + "‸").messages
    assert any(expected in message for message in messages), messages
    assert all(CHINESE.search(message) for message in messages), messages


def test_a_mistake_is_marked_where_it_stands(server: LanguageServer) -> None:
    (problem,) = seen(server, WHOLE.removeprefix(FIRST).replace("status: running", "status: runing") + "‸").problems
    line = WHOLE.splitlines().index("status: running")
    assert problem["range"] == {
        "start": {"line": line, "character": len("status: ")},
        "end": {"line": line, "character": len("status: runing")},
    }


def test_content_that_passes_the_check_is_not_faulted(server: LanguageServer) -> None:
    """The schemas refuse nothing that `check` accepts: every content file of every kind."""
    files = [
        path for path in sorted(CONTENT.rglob("*.yml")) if "schema.json" in path.read_text("utf-8").partition("\n")[0]
    ]
    told = {path.name: server.problems(path, path.read_text(encoding="utf-8")) for path in files}
    assert {name: problems for name, problems in told.items() if problems} == {}
    assert {path.parent.name for path in files} >= {"cases", "sources", "vocabulary", "omissions", "content"}


def test_a_first_line_is_no_content() -> None:
    """The strict reader passes over it."""
    node, problems = parse((FIRST + "name: 一\n").encode(), "cases/one.yml")
    assert node is not None and not problems
