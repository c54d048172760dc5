"""Finding a word by its sound.

The vocabulary holds no words: it holds which character sounds how, and which two characters stand side by side
somewhere. The browser spells a query out and walks from character to character (`wangge` → 网, 网格), so that every
word of the corpus can be found, whether or not a dictionary knows it.
"""

from collections import defaultdict
from collections.abc import Mapping, Set

from casebook.search.normalise import is_han

MOST_PAIRS = 120_000
"""So many pairs stay well below a megabyte; of a larger corpus the rarest pairs are left out."""

_RANKS = "0123456789abcdefghijklmnopqrstuvwxyz"


def vocabulary(frequency: Mapping[str, int], prominent: Set[str]) -> dict[str, dict[str, str]]:
    """`sounds`: syllable → its characters; `pairs`: character → those that follow it, best first.

    `frequency` counts the documents of each pair of characters, `prominent` are the pairs that stand in titles and
    headings. In `pairs`, the characters of one rank follow its sign: a digit or a letter, odd for prominent pairs.
    """
    han = set(filter(is_han, set().union(*frequency)))
    ranked = sorted(
        ((_rank(count, pair in prominent), pair) for pair, count in frequency.items() if han.issuperset(pair)),
        key=lambda entry: (-(entry[0] % 2), -entry[0], entry[1]),
    )[:MOST_PAIRS]
    pairs: defaultdict[str, str] = defaultdict(str)
    last: dict[str, int] = {}
    for rank, pair in sorted(ranked, key=lambda entry: (-entry[0], entry[1])):
        first, second = pair[0], pair[1]
        pairs[first] += (_RANKS[rank] if last.get(first) != rank else "") + second
        last[first] = rank
    return {"sounds": _sounds({c for _, pair in ranked for c in pair}), "pairs": dict(sorted(pairs.items()))}


def _rank(count: int, prominent: bool) -> int:
    return min(count.bit_length(), len(_RANKS) // 2 - 1) * 2 + prominent


def _sounds(characters: Set[str]) -> dict[str, str]:
    from pypinyin import Style, pinyin

    sounds: defaultdict[str, str] = defaultdict(str)
    for character in sorted(characters):
        for syllable in pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")[:1]:
            for sound in syllable:
                sounds[sound] += character
    return dict(sorted(sounds.items()))
