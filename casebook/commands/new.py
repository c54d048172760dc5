"""`new`: the scaffold of a new case or source, asked for at a terminal or given by options."""

import argparse
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from pydantic import BaseModel

from casebook.adapter import Checked
from casebook.archive import archived_file
from casebook.commands.questions import Objection, Questions, nothing_against
from casebook.commands.report import Check, report, say
from casebook.corpus import Corpus
from casebook.folder import write_content
from casebook.meant import locator_meant
from casebook.model.base import LOCATOR_PATTERN
from casebook.model.case import Case
from casebook.model.source import Source
from casebook.phrases import phrase
from casebook.problems import Problem, printable
from casebook.scaffold import Words, is_free, propose_id, scaffold
from casebook.schemas import field_words

HELP = "新建案例或来源 · start a new case or source"
MODELS: dict[str, type[BaseModel]] = {"case": Case, "source": Source}
# What is known of a new case by which option: the option's name → the path of the key.
KEYS = {
    "name": ("name",),
    "title": ("title",),
    "kind": ("kind",),
    "parent": ("parent",),
    "source": ("sources", "source"),
    "locator": ("sources", "locator"),
    "level": ("level", "term"),
    "status": ("status",),
    "producer": ("producer",),
}
ASKED = {"case": ("name", "title", "kind", "parent", "source", "locator"), "source": ("title", "producer")}
NAMED = {"case": "name", "source": "title"}
"""The key that gives a new file its name, and the proposal for its id."""


def declare(command: argparse.ArgumentParser) -> None:
    """What is known already; at a terminal the rest is asked for."""
    command.add_argument("what", nargs="?", choices=tuple(MODELS), default="case")
    command.add_argument("--id")
    for name in KEYS:
        command.add_argument(f"--{name}", metavar="TEXT")
    command.add_argument("--place", action="append", default=[], metavar="RANK=NAME")
    command.add_argument("--file", type=Path, metavar="FILE", help="来源的存档文本 · the archived text of a source")
    command.add_argument("--no-input", action="store_true", help="什么都不问 · ask nothing")
    command.set_defaults(strict=False)


def run(checked: Check, root: Path, options: argparse.Namespace) -> int:
    """Write the file whole or not at all, never over another, and say what to do next."""
    found = checked(options.content)
    if found.corpus is None:
        return report(found, options)
    try:
        text = _Beginning(found, found.corpus, options, field_words(options.templates, options.lang)).text(root)
        return _written(options, text) if text else 1
    except (EOFError, KeyboardInterrupt):
        print()
        say("new-stopped", options.lang)
    except OSError as error:
        say("new-unreadable", options.lang, path=printable(str(options.file)), why=error.strerror or str(error))
    return 1


def _written(options: argparse.Namespace, text: str) -> int:
    path = _folder(options) / f"{options.id}.yml"
    shown = printable(os.path.relpath(path), 400)
    try:
        path.parent.mkdir(exist_ok=True)
        write_content(path, text.encode(), new=True)
    except FileExistsError:
        say("new-taken", options.lang, path=shown)
        return 1
    say("new-written", options.lang, path=shown)
    say("new-next", options.lang)
    return 0


def _folder(options: argparse.Namespace) -> Path:
    folder: Path = options.content / f"{options.what}s"
    return folder


@dataclass(frozen=True, slots=True)
class _Beginning:
    """What is known of a file that is to be: from the options, then from the person."""

    found: Checked
    corpus: Corpus
    options: argparse.Namespace
    words: Words

    def text(self, root: Path) -> str:
        """The scaffold, or nothing where what is known does not suffice; the id stands in the options then."""
        asks = sys.stdin.isatty() and not self.options.no_input
        if asks:
            say("new-intro", self.options.lang)
        if (given := self._given(Questions(self.options.lang) if asks else None)) is None:
            return ""
        schema = os.path.relpath(root / "schemas" / f"{self.options.what}.schema.json", _folder(self.options))
        model, language = MODELS[self.options.what], self.options.lang
        return scaffold(model, self.corpus, self.words, language, given, Path(schema).as_posix())

    def _given(self, questions: Questions | None) -> dict[tuple[str, ...], str] | None:
        what = self.options.what
        given = {KEYS[name]: value for name in KEYS if (value := getattr(self.options, name))}
        given |= {KEYS["kind"]: "case"} if what == "case" and not questions and KEYS["kind"] not in given else {}
        given |= self._archived() if what == "source" and self.options.file else {}
        places = self._places()
        if places is None:
            return None
        if questions:
            given |= {
                KEYS[n]: answer for n in ASKED[what] if KEYS[n] not in given and (answer := self._ask(questions, n))
            }
            places |= self._ask_places(questions, places) if what == "case" else {}
            for name in ("level", "status") if what == "case" else ():
                if KEYS[name] not in given and (answer := self._ask(questions, name)):
                    given[KEYS[name]] = answer
        if locator := given.get(KEYS["locator"]):
            given[KEYS["locator"]] = locator_meant(locator) or locator
        given |= {("place", rank, "name"): name for rank, name in places.items()}
        return given if self._named(given, [*places.values()], questions) else None

    def _named(self, given: dict[tuple[str, ...], str], places: list[str], questions: Questions | None) -> bool:
        """Whether there is an id now: given, agreed to, or proposed."""
        language, name = self.options.lang, given.get((NAMED[self.options.what],), "")
        ranks = self.corpus.site.ranks
        endings = {ending for rank in ranks for ending in (*rank.endings, *re.split("[（）、]", rank.label)) if ending}
        taken = {Path(path).stem.casefold() for path in self.found.files if path.startswith(f"{self.options.what}s/")}
        proposal = propose_id([*places[1:2], name or self.options.id or ""], endings, taken)

        def objection(id: str) -> str:
            return "" if is_free(id, taken) else phrase("new-answer-id", language, text=id, id=proposal)

        if not name and not self.options.id:
            say("new-nameless", language)
            return False
        if questions and not self.options.id:
            self.options.id = questions.ask(phrase("new-id", language), proposal, wanted=True, objection=objection)
        self.options.id = self.options.id or proposal
        if wrong := objection(self.options.id):
            print(wrong)
        return not wrong

    def _archived(self) -> dict[tuple[str, ...], str]:
        """What a record says of its archived text."""
        text = archived_file(self.options.file.as_posix(), self.options.file.read_bytes())
        counted = {"sha256": text.sha256, "lines": len(text.lines), "characters": text.characters}
        lengths = ", ".join(str(length) for length in text.line_characters)
        told = {**counted, "line_characters": lengths}
        return {(key,): str(value) for key, value in told.items()}

    def _places(self) -> dict[str, str] | None:
        """Rank → name, from the options, from the widest rank down."""
        ranks = [rank.id for rank in self.corpus.site.ranks]
        told = dict(text.partition("=")[::2] for text in self.options.place)
        if not (told.keys() <= {*ranks} and all(told.values())):
            say("new-place", self.options.lang, example=f"{ranks[0]}={self.corpus.site.ranks[0].label}")
            return None
        return {rank: told[rank] for rank in ranks if rank in told}

    def _ask_places(self, questions: Questions, known: dict[str, str]) -> dict[str, str]:
        labels = {
            rank.id: rank.label if self.options.lang == "zh" else rank.label_en for rank in self.corpus.site.ranks
        }
        title = self.words["place"]["title"] + phrase("colon", self.options.lang)
        return {
            rank: known.get(rank) or answer
            for rank, label in labels.items()
            if (answer := known.get(rank) or questions.ask(title + label))
        }

    def _ask(self, questions: Questions, name: str) -> str:
        """The answer for one key, by what the words for people say of it."""
        key = KEYS[name][-1] if name in ("source", "locator") else name
        said = self.words.get(f"{MODELS[self.options.what].__name__}.{key}") or self.words[key]
        text = f"{said['title']} · {said['help']}"
        if choices := self._choices(name):
            return questions.choose(text, choices, self._choices_default(name))
        return questions.ask(text, wanted=name == NAMED[self.options.what], objection=self._objection(name))

    def _choices(self, name: str) -> dict[str, str]:
        match name:
            case "kind" | "status":
                return {choice: choice for choice in get_args(Case.model_fields[name].annotation)}
            case "level":
                chinese = self.options.lang == "zh"
                return {
                    id: term.label if chinese else term.label_en for id, term in self.corpus.terms["levels"].items()
                }
            case "source":
                return {id: source.title for id, source in self.corpus.sources.items()}
            case "parent":
                return {id: case.name for id, case in self.corpus.cases.items()}
        return {}

    def _choices_default(self, name: str) -> str:
        return next(iter(self._choices(name))) if name == "kind" else ""

    def _objection(self, name: str) -> Objection:
        """What the checks would say of an answer."""
        language = self.options.lang
        taken = {case.name: id for id, case in self.corpus.cases.items()}

        def to_name(answer: str) -> str:
            problem = Problem("", 0, 0, "name-taken", {"text": answer, "other": taken.get(answer, "")})
            return problem.message(language) if answer in taken else ""

        def to_locator(answer: str) -> str:
            good = re.fullmatch(LOCATOR_PATTERN, locator_meant(answer) or answer)
            return "" if good else Problem("", 0, 0, "not-a-locator", {"text": answer}).message(language)

        return {"name": to_name, "locator": to_locator}.get(name, nothing_against)
