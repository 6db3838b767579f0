"""What differs between the words of a claim and those that stand for them."""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from claims.anchoring.pair import Content, Pair
from claims.anchoring.words import Words
from claims.model.anchor import Change

_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
    " hundred hundreds thousand thousands million millions billion billions trillion dozen dozens"
    " half quarter third twice once double triple percent"
)
_NEGATION_WORDS = (
    "no not never none nobody nothing nowhere neither nor without cannot hardly barely scarcely"
    " deny denies denied denying refuse refuses refused fail fails failed"
    " isnt arent wasnt werent dont doesnt didnt hasnt havent hadnt wont wouldnt cant couldnt"
    " shouldnt mustnt neednt mightnt"
)
_NUMBERS, _NEGATIONS = frozenset(_NUMBER_WORDS.split()), frozenset(_NEGATION_WORDS.split())
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non")
_SIGNS = frozenset("-$€£¥₹₽₩₺%‰°")


def changed_words(pair: Pair, content: Content, parts: Sequence[range]) -> set[Change]:
    """Kinds of change between a claim's words and those of a place: words, number, negation."""
    there = [pair.new_ids[word] for part in parts for word in part]
    if there == content.ids:
        return set()
    old = [pair.old.folded[word] for part in content.parts for word in part]
    new = [pair.new.folded[word] for part in parts for word in part]
    changes: set[Change] = set()
    for gone, come in _replaced(old, new):
        changes |= _kinds(gone, come)
    return changes


def _replaced(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Words that went with those that came in their place."""
    last_old = last_new = 0
    for code in [*Indel.opcodes(old, new), None]:
        if code is not None and code.tag != "equal":
            continue
        stop = (code.src_start, code.dest_start) if code else (len(old), len(new))
        gone, come = old[last_old : stop[0]], new[last_new : stop[1]]
        if gone or come:
            yield gone, come
        if code:
            last_old, last_new = code.src_end, code.dest_end


def _kinds(gone: list[str], come: list[str]) -> set[Change]:
    kinds = set()
    words = [*gone, *come]
    numbers = [word for word in words if _is_number(word)]
    if numbers:
        kinds.add(Change.NUMBER)
    negations = _NEGATIONS.intersection(words)
    if negations or any(_opposite(one, other) for one in gone for other in come):
        kinds.add(Change.NEGATION)
    if any(word not in numbers and word not in negations for word in words):
        kinds.add(Change.WORDS)
    return kinds


def _is_number(word: str) -> bool:
    return word in _NUMBERS or word in _SIGNS or any(sign.isdigit() for sign in word)


def _opposite(one: str, other: str) -> bool:
    return any(one == prefix + other or other == prefix + one for prefix in _PREFIXES)


def typography_differs(old: Words, new: Words, pairs: Sequence[tuple[range, range]]) -> bool:
    """Whether the same words are written otherwise: their case, or the signs between them."""
    return any(_written(old, one) != _written(new, other) for one, other in pairs)


def _written(words: Words, part: range) -> str:
    return words.text[words.starts[part.start] : words.ends[part.stop - 1]]


def form_differs(
    content: Content, parts: Sequence[range], quoted: tuple[list[bool], list[bool]], pair: Pair
) -> bool:
    """Whether words that stayed gained or lost quotation marks."""
    old = [word for part in content.parts for word in part]
    new = [word for part in parts for word in part]
    codes = Indel.opcodes(content.ids, [pair.new_ids[word] for word in new])
    return any(
        quoted[0][old[code.src_start + at]] != quoted[1][new[code.dest_start + at]]
        for code in codes
        if code.tag == "equal"
        for at in range(code.src_end - code.src_start)
    )
