"""What the commands say to people, one phrase a line: `messages/commands/<language>.yml`."""

from functools import cache
from pathlib import Path

import yaml

from casebook.problems import fill


def phrase(key: str, language: str, **values: str) -> str:
    """The phrase for `key`, its placeholders filled. Raises `KeyError` for a phrase nobody wrote."""
    return fill(_phrases(language)[key], values)


@cache
def _phrases(language: str) -> dict[str, str]:
    path = Path(__file__).parent / "messages" / "commands" / f"{language}.yml"
    loaded: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded
