"""The page that `serve` shows while the content cannot be built."""

from collections.abc import Sequence

from casebook.problems import Problem
from casebook.render.escape import plain

MOST = 100


def problem_page(problems: Sequence[Problem], folder: str) -> str:
    """All problems in Chinese and English, file by file."""
    items = "".join(
        f"<li><code>{plain(f'{folder}/{p.path}:{p.line}:{p.column}')}</code> <strong>{plain(p.rule)}</strong>"
        f"<p>{plain(p.message('zh'))}</p><p>→ {plain(p.remedy('zh'))}</p>"
        f'<p lang="en">{plain(p.message("en"))} → {plain(p.remedy("en"))}</p></li>\n'
        for p in problems[:MOST]
    )
    return (
        f"# 内容有错，预览暂停在这里 · {len(problems)} problem(s)\n\n"
        "<p>改好并保存后，本页会自动刷新。Mend and save: this page reloads by itself.</p>\n\n"
        f'<ol class="problems">\n{items}</ol>\n'
    )
