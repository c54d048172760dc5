"""A smallest site around an index: one page of results and one page for each document, opened from disk."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from shutil import copy
from typing import Any
from urllib.parse import quote

import yaml
from playwright.sync_api import Page

from casebook.search.index import SearchDocument, SearchIndex, Section, build_index

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content"
SCRIPTS = ROOT / "templates" / "theme" / "js"

PAGE = """<!doctype html>
<html lang="zh-CN" data-base="{base}" data-search="{folder}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'">
<title>{title}</title>
<form class="site-search" role="search" action="{base}search.html">
<input type="search" name="q" aria-label="搜索" data-search-input>
<div class="suggest" data-suggest data-t-none="没有结果" data-t-approx="近似结果" hidden></div>
</form>
<main>{main}</main>
<script src="{base}js/search-engine.js"></script>
<script src="{base}js/search.js"></script>
</html>
"""

RESULTS = """<div data-search-page data-t-count="{n} 条结果" data-t-count-about="约 {n} 条结果" data-t-none="没有找到"
data-t-more="更多" data-t-all="全部" data-t-loading="正在搜索" data-t-failed="无法读取索引" data-t-approx="近似结果"
data-t-approx-pinyin="近似结果：{words}" data-t-instead="分开来搜：" data-t-kind-case="案例" data-t-kind-source="来源">
<input type="search" aria-label="搜索" data-search-field>
<p data-status role="status"></p><div data-kinds></div><ol data-results></ol>
<div data-none hidden><a href="index.html">全部案例</a></div>
</div>"""


def write_site(folder: Path, documents: Sequence[SearchDocument], pages: bool = True) -> SearchIndex:
    """Writes the index of `documents` and `search.html`, and with `pages` their own pages too; gives the index."""
    index = build_index(documents)
    files = dict(index.files)
    files["search.html"] = PAGE.format(base="", folder=index.folder, title="搜索", main=RESULTS)
    for document in documents if pages else ():
        body = "".join(
            f'<h2 id="{escape(s.anchor)}">{escape(s.heading)}</h2><p>{escape(s.text)}</p>' for s in document.sections
        )
        base = "../" * document.url.count("/")
        page = PAGE.format(base=base, folder=index.folder, title=escape(document.title), main=body)
        files[document.url] = page
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "js").mkdir(exist_ok=True)
    for script in SCRIPTS.glob("search*.js"):
        copy(script, folder / "js")
    return index


def open_results(page: Page, site: Path, query: str) -> list[str]:
    """The addresses that `search.html#q=…` lists, relative to the site, in order; waits until the list is complete."""
    page.goto(f"{(site / 'search.html').as_uri()}#q={quote(query)}")
    page.wait_for_function(SETTLED, arg=query.strip())
    links = page.eval_on_selector_all("[data-results] a", "links => links.map(link => link.getAttribute('href'))")
    return [str(link) for link in links]


SETTLED = """query => document.querySelector("[data-search-field]").value === query
    && document.querySelector("[data-search-page][aria-busy=false]")"""


# ---------------------------------------------------------------- the cases as documents

HEADINGS = {
    "": "概要",
    "place": "地点",
    "problems": "针对的问题",
    "actors": "参与者",
    "platforms": "平台",
    "formulas": "公式",
    "findings": "机制",
    "observations": "数据",
    "honours": "荣誉",
    "milestones": "时间线",
    "audits": "校核",
}
TERMS = {"mechanism": "mechanisms", "indicator": "indicators"}


def case_documents() -> list[SearchDocument]:
    """A document for each file of `content/cases`, in the order of their ids."""
    labels = {path.stem: _labels(path) for path in (CONTENT / "vocabulary").glob("*.yml")}
    paths = sorted((CONTENT / "cases").glob("*.yml"))
    return [_document(path.stem, _read(path), labels) for path in paths]


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


def _labels(path: Path) -> dict[str, str]:
    return {term["id"]: term["label"] for term in _read(path).get("terms", ())}


def _document(identifier: str, case: Any, labels: dict[str, dict[str, str]]) -> SearchDocument:
    opening = "。".join(case[key] for key in ("name", "name_en", "summary") if key in case)
    sections = [Section("", "", opening)]
    for key, heading in HEADINGS.items():
        if text := "。".join(_texts(case.get(key), key, labels)):
            sections.append(Section(heading, key, text))
    return SearchDocument(f"cases/{identifier}.html", case["title"], case["kind"], tuple(sections))


def _texts(value: Any, key: str, labels: dict[str, dict[str, str]]) -> list[str]:
    if isinstance(value, dict):
        return ["，".join(text for inner in value for text in _texts(value[inner], _vocabulary(inner, key), labels))]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each, key, labels)]
    if value is None or key in ("locator", "source", "inferred", "verdict", "decoded", "rule", "status"):
        return []
    return [labels.get(key, {}).get(value, value)]


def _vocabulary(key: str, within: str) -> str:
    return within if key == "term" else TERMS.get(key, key)
