"""render: corpus + results + templates → the files of the site."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from casebook.analyse import Results
from casebook.corpus import Corpus
from casebook.exports import tables
from casebook.render.comparing import compare_files
from casebook.render.environment import Templates
from casebook.render.explorer import explorer_files
from casebook.render.figures import Drawings
from casebook.render.form import form_files
from casebook.render.page import Page
from casebook.render.pages import PageSpec, page_list
from casebook.render.searching import SEARCH_KINDS, search_documents
from casebook.render.site_file import SiteFile
from casebook.render.views import shared_view, view
from casebook.render.words import Words
from casebook.search.index import SearchDocument, SearchIndex, build_index


@dataclass(frozen=True)
class Rendered:
    """The site before MkDocs: its files, and what the theme must know of all of them.

    Pages are written, figures drawn and the search index built when they are first asked for.
    """

    files: tuple[SiteFile, ...]
    documents: Callable[[], list[SearchDocument]]
    words: Words
    explore_folder: str
    compare_folder: str

    @cached_property
    def search(self) -> SearchIndex:
        """The full-text index; its files stand in `assets/`."""
        return build_index(self.documents(), subject="case")

    @property
    def search_files(self) -> list[SiteFile]:
        """The files of the index."""
        return [SiteFile(f"assets/{name}", text) for name, text in self.search.files.items()]


def render(
    corpus: Corpus, results: Results, templates: Templates, drawn: dict[str, str], files: Mapping[str, bytes]
) -> Rendered:
    """Every file of the site. `drawn` remembers figures between builds; `files` are the content files as they are."""
    words = Words(templates.interface[corpus.site.interface], corpus)
    data = tables(corpus, results)
    explore_folder, explorer = explorer_files(corpus, results, words)
    compare_folder, columns = compare_files(corpus, results, words)
    form_folder, form = form_files(corpus, words, templates.fields[words.language], files)
    shared = shared_view(corpus, results, words) | {"tables": data, "search_kinds": SEARCH_KINDS}
    shared["form_folder"] = form_folder
    drawings = Drawings(corpus, results, words, templates.folder / "charts.mplstyle", drawn)
    pages = [
        _page(spec, corpus, results, words, templates, shared, drawings) for spec in page_list(corpus, results, words)
    ]
    copies = [SiteFile(f"data/{path}", files[path].decode("utf-8")) for path in _published(corpus)]
    return Rendered(
        files=(
            *pages,
            *explorer,
            *columns,
            *form,
            *(SiteFile(f"data/{name}.csv", table.csv()) for name, table in data.items()),
            *copies,
        ),
        documents=partial(search_documents, corpus, results, words),
        words=words,
        explore_folder=explore_folder,
        compare_folder=compare_folder,
    )


def _published(corpus: Corpus) -> Iterator[str]:
    return (f"cases/{id}.yml" for id in (*corpus.cases, *corpus.tombstones))


def _page(
    spec: PageSpec,
    corpus: Corpus,
    results: Results,
    words: Words,
    templates: Templates,
    shared: dict[str, object],
    drawings: Drawings,
) -> SiteFile:
    address = spec.path.removesuffix(".md") + ".html"

    def write() -> str:
        page = Page(address, corpus)
        context = shared | view(spec, corpus, results, words) | {"page": page, "drawings": drawings.of(spec)}
        return templates.environment.get_template(f"pages/{spec.template}.md.jinja").render(context)

    meta: dict[str, object] = {
        "title": spec.title,
        "description": spec.description or f"{spec.title} · {corpus.site.title}",
        "layout": spec.layout,
        "crumbs": [[address, title] for address, title in spec.crumbs],
    }
    return SiteFile(spec.path, write, spec.source, meta)
