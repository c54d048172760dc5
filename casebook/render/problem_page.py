"""The page that `serve` shows while the content cannot be built."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from casebook.problems import Problem
from casebook.render.escape import plain

MOST = 100


def problem_page(problems: Sequence[Problem], folder: Path) -> str:
    """All problems of a content folder in Chinese and English, file by file; each place opens in VS Code."""
    items = "".join(
        f'<li><a href="{_in_editor(p, folder)}">'
        f"<code>{plain(f'{folder.name}/{p.path}:{p.line}:{p.column}')}</code></a> <strong>{plain(p.rule)}</strong>"
        f"<p>{plain(p.message('zh'))}</p><p>→ {plain(p.remedy('zh'))}</p>"
        f'<p lang="en">{plain(p.message("en"))} → {plain(p.remedy("en"))}</p></li>\n'
        for p in problems[:MOST]
    )
    return (
        f"# 内容有错，预览暂停在这里 · {len(problems)} problem(s)\n\n"
        "<p>改好并保存后，本页会自动刷新。Mend and save: this page reloads by itself.</p>\n\n"
        f'<ol class="problems">\n{items}</ol>\n'
    )


def _in_editor(problem: Problem, folder: Path) -> str:
    place = f":{problem.line}:{problem.column}" if problem.line else ""
    return f"vscode://file{quote((folder / problem.path).absolute().as_posix())}{place}"
