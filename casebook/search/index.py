"""The index: postings of characters and of character pairs, cut into small scripts.

Each file is a plain script that hands its data to `casebookSearch.add`, so that a page opened from disk can load it.
    meta.js         what every query needs: lengths, kinds, which file holds what
    grams-000.js …  postings of two characters, or three digits, that stand side by side
    chars-000.js …  postings of single characters
    text-000.js …   the texts themselves, a few documents each, to verify a hit and to quote it
    pinyin.js       see `pinyin`
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from operator import add, sub

from casebook.search.normalise import BREAK, normalise, occurring, simplified_characters
from casebook.search.pinyin import vocabulary

SHARD_CHARACTERS = 16_000
"""Of encoded postings in a file: a posting takes one or two, so that a file never holds more than as many postings."""
SHARD_DOCUMENTS = 8
SHARD_TEXT = 200_000
LARGEST_FILE = 1_000_000

QUESTION_WORDS = (
    *("什么时候", "为什么", "有没有", "是不是", "能不能", "怎么样", "怎么办", "有哪些", "有什么", "有多少", "是什么"),
    *("什么", "怎么", "怎样", "如何", "为何", "哪些", "哪里", "哪儿", "哪个", "哪", "谁", "多少", "几个", "何时"),
    *("是否", "能否", "请问", "关于", "以及", "的", "吗", "呢", "吧", "啊"),
    *("what", "which", "where", "when", "who", "why", "how", "does", "did", "are", "is", "the", "of", "in"),
)
"""What a question is made of, as against what it is about; only dropped when nothing else finds anything."""

MARKS = ("", "!", "#", "$", "&", "@")
"""What precedes the postings of a tier: once, twice, 3-4, 5-8, 9 times or more; in the title."""
TITLES = 5
_DIGIT_TRIPLES = re.compile("(?=([0-9]{3}))")

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page that a hit can open at. The first has neither heading nor anchor."""

    heading: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A page: its address relative to the site's root, and what can be found in it."""

    url: str
    title: str
    kind: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """`files` by path; all of them stand in `folder`, whose name changes with their content and ends in a slash."""

    folder: str
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Folded:
    """A document as it is compared."""

    title: str
    headings: str
    body: str


_Postings = tuple[defaultdict[str, list[int]], ...]


def build_index(documents: Sequence[SearchDocument], subject: str = "") -> SearchIndex:
    """The index of `documents`; the same documents in the same order give the same bytes.

    Pages of the kind `subject` are what the site is about: they come before others that match as well.
    """
    folded = [_fold(document) for document in documents]
    alphabet = set().union(*(chain(each.title, each.body) for each in folded), *QUESTION_WORDS)
    variants = occurring(simplified_characters(), alphabet)
    codes = [_number(n) for n in range(len(documents) + 1)]
    grams, chars = _postings(folded, _grams), _postings(folded, list)
    gram_shards, char_shards = _cut(_encode(grams, codes)), _cut(_encode(chars, codes))
    texts = _texts(documents)
    meta = {
        "count": len(documents),
        "kinds": (kinds := sorted({document.kind for document in documents})),
        "kind": _numbers(kinds.index(document.kind) for document in documents),
        "subject": subject,
        "lengths": _numbers(len(each.body) for each in folded),
        "titles": _numbers(len(each.title) for each in folded),
        "grams": [next(iter(shard)) for shard in gram_shards],
        "chars": [next(iter(shard)) for shard in char_shards],
        "texts": _numbers(map(len, texts)),
        "variants": ["".join(map(chr, variants)), "".join(variants.values())],
        "questions": sorted(
            {normalise(word, variants) for word in QUESTION_WORDS}, key=lambda word: (-len(word), word)
        ),
    }
    return _named(
        {
            "meta.js": _script("meta", None, meta),
            "pinyin.js": _script("pinyin", None, vocabulary(_frequency(grams), _prominent(folded))),
            **{f"grams-{n:03}.js": _script("grams", n, shard) for n, shard in enumerate(gram_shards)},
            **{f"chars-{n:03}.js": _script("chars", n, shard) for n, shard in enumerate(char_shards)},
            **{f"text-{n:03}.js": _script("text", n, shard) for n, shard in enumerate(texts)},
        }
    )


def _fold(document: SearchDocument) -> _Folded:
    # With every variant there is: the index keeps those that make a difference to these documents.
    variants = simplified_characters()
    headings = [normalise(section.heading, variants) for section in document.sections]
    texts = [normalise(section.text, variants) for section in document.sections]
    body = BREAK.join(filter(None, chain.from_iterable(zip(headings, texts, strict=True))))
    return _Folded(normalise(document.title, variants), BREAK.join(filter(None, headings)), body)


def _pairs(text: str) -> list[str]:
    return list(map(add, text, text[1:]))


def _grams(text: str) -> list[str]:
    # Pairs of digits are everywhere in a page full of numbers; three of them say something.
    return _pairs(text) + _DIGIT_TRIPLES.findall(text)


def _postings(folded: Iterable[_Folded], cut: Callable[[str], list[str]]) -> _Postings:
    """By tier: gram → the documents it occurs in so often, in order; the last tier are the titles."""
    tiers: _Postings = tuple(defaultdict(list) for _ in MARKS)
    by_count = [tiers[min((count - 1).bit_length(), TITLES - 1)] for count in range(1, 10)]
    for number, each in enumerate(folded):
        for gram, count in Counter(cut(each.body)).items():
            by_count[count - 1 if count < 9 else 8][gram].append(number)
        for gram in dict.fromkeys(cut(each.title)):
            tiers[TITLES][gram].append(number)
    return tiers


def _encode(tiers: _Postings, codes: Sequence[str]) -> dict[str, str]:
    """Gram → its documents as text, tier by tier, each as the gap from the one before it."""
    encoded: dict[str, str] = {}
    for mark, postings in zip(MARKS, tiers, strict=True):
        for gram, numbers in postings.items():
            gaps = map(sub, numbers, chain((0,), numbers))
            encoded[gram] = encoded.get(gram, "") + mark + "".join(map(codes.__getitem__, gaps))
    # In the order in which JavaScript compares strings.
    grams = sorted((gram for gram in encoded if BREAK not in gram), key=lambda gram: gram.encode("utf-16-be"))
    return {gram: encoded[gram] for gram in grams}


def _cut(encoded: Mapping[str, str]) -> list[dict[str, str]]:
    shards: list[dict[str, str]] = []
    room = 0
    for gram, postings in encoded.items():
        size = len(postings) + 8  # of which the gram and its punctuation
        if size > room:
            shards.append({})
            room = SHARD_CHARACTERS
        shards[-1][gram] = postings
        room -= size
    return shards


def _texts(documents: Iterable[SearchDocument]) -> list[list[list[object]]]:
    shards: list[list[list[object]]] = []
    room = 0
    for document in documents:
        size = sum(len(section.heading) + len(section.text) for section in document.sections)
        if not shards or size > room or len(shards[-1]) == SHARD_DOCUMENTS:
            shards.append([])
            room = SHARD_TEXT
        sections = [[s.heading, s.anchor, " ".join(s.text.split())] for s in document.sections]
        shards[-1].append([document.url, document.title, sections])
        room -= size
    return shards


def _frequency(grams: _Postings) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for tier in grams:
        for gram, documents in tier.items():
            counts[gram] += len(documents)
    return counts


def _prominent(folded: Iterable[_Folded]) -> set[str]:
    return {pair for each in folded for pair in chain(_pairs(each.title), _pairs(each.headings))}


def _number(number: int) -> str:
    """`number` in base 32: its last digit is one of the first 32 signs, all others are of the last 32."""
    text = DIGITS[number % 32]
    while number := number // 32:
        text = DIGITS[32 + number % 32] + text
    return text


def _numbers(numbers: Iterable[int]) -> str:
    return "".join(map(_number, numbers))


def _script(kind: str, number: int | None, data: object) -> str:
    text = json.dumps([kind, number, data], ensure_ascii=False, separators=(",", ":"))[1:-1]
    for character in "<\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f"casebookSearch.add({text});\n"


def _named(files: dict[str, str]) -> SearchIndex:
    """Names the folder after the content of its files, and sees that none of them is too large to load."""
    digest = sha256()
    for name, text in sorted(files.items()):
        content = text.encode()
        if len(content) > LARGEST_FILE:
            raise ValueError(f"{name} of the search index has {len(content):,} bytes, more than {LARGEST_FILE:,}")
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    folder = f"search-{digest.hexdigest()[:8]}/"
    return SearchIndex(folder, {folder + name: text for name, text in sorted(files.items())})
