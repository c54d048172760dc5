"""Questions to a person at a terminal: each answer is checked at once, and asked for again where it will not do."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from casebook.phrases import phrase

MOST_LISTED = 20
"""A longer list of choices is not printed; whoever needs it knows the id or the name."""

Objection = Callable[[str], str]
"""What is wrong with an answer, or nothing."""


def nothing_against(_: str) -> str:
    """Every answer will do."""
    return ""


@dataclass(frozen=True, slots=True)
class Questions:
    """Asks in one language. Raises `EOFError` and `KeyboardInterrupt` where the person goes away."""

    language: str

    def ask(self, text: str, default: str = "", wanted: bool = False, objection: Objection = nothing_against) -> str:
        """One answer; just Enter gives the default, or nothing unless something is `wanted`."""
        ending = phrase("new-default", self.language, default=default) if default else ""
        ending = ending or ("" if wanted else phrase("new-skip", self.language))
        while True:
            answer = input(f"{text}{ending}{phrase('colon', self.language)}").strip() or default
            wrong = objection(answer) if answer else phrase("new-answer-wanted", self.language) if wanted else ""
            if not wrong:
                return answer
            print(f"    {wrong} {phrase('new-again', self.language)}")

    def choose(self, text: str, choices: dict[str, str], default: str = "", wanted: bool = False) -> str:
        """One of the ids in `choices` (id → label), given as the id, as the label or by its number in the list."""
        ids = list(choices)
        for number, (id, label) in enumerate(choices.items(), 1) if len(choices) <= MOST_LISTED else ():
            print(f"  {number:>3}  {id}  {label if label != id else ''}".rstrip())
        known = {**{label: id for id, label in choices.items()}, **{id: id for id in ids}}
        known |= {str(number): id for number, id in enumerate(ids, 1) if str(number) not in choices}
        listed = phrase("new-answer-choice", self.language, choices=", ".join(ids))
        return known.get(answer := self.ask(text, default, wanted, _among(known, listed)), answer)


def _among(known: Collection[str], listed: str) -> Objection:
    return lambda answer: "" if answer in known else listed
