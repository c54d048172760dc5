"""Names of files and places on pages: Chinese as it is pronounced, in ASCII letters without tones."""

import re
from itertools import count


def spelled(text: str, most: int = 100) -> list[str]:
    """`text` in ASCII words: Chinese characters that stand together make one, and no more than `most` are spelled."""
    from pypinyin import lazy_pinyin  # its dictionary takes a while to load

    words: list[str] = []
    for run in re.findall(r"[a-z0-9]+|[^\x00-\x7f]+", text.lower()):
        syllables = [run] if run.isascii() else lazy_pinyin(run, errors="ignore")
        syllables = [syllable for syllable in syllables if syllable.isascii()][: max(most, 0)]  # some have no sound
        words += ["".join(syllables)] if syllables else []
        most -= len(syllables)
    return words


def untaken(name: str, taken: set[str]) -> str:
    """`name`, with a number where another one is spelled alike (山西 and 陕西 are); from now on it is taken."""
    found = next(n for number in count(1) if (n := name if number == 1 else f"{name}-{number}") not in taken)
    taken.add(found)
    return found
