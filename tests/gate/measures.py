"""Compares two readings of an article: which claims both have, and what they say of each.

Claims are paired as tests/gate/scorer.py pairs them. docs/benchmark.md says what each measure asks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.gate.readings import Claim, Reading
from tests.gate.scorer import Tally, pair_words, same_words

NAMING = frozenset({"person", "organisation", "outlet", None})
"""Kinds of speakers whose names count for precision; a group's words are no name."""
LABELS = ("form", "mode", "class")
BEFORE_NAMES = frozenset(
    ["mr", "mrs", "ms", "miss", "dr", "prof", "professor", "rev", "reverend", "sir", "dame", "lord",
     "lady", "the", "a", "an", "my", "his", "her", "its", "their", "our", "your", "that", "just"]
)  # fmt: skip
"""Titles, compared without stops, and articles and the like, which are no part of a name."""

RELATING = frozenset(["of", "for", "from", "by", "at", "in", "to", "with", "and", "near", "on"])
"""Between "a spokesman" and "the council": the words name somebody else."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two readings of one article, the second held against the first.

    Attributes:
        gold: The first.
        other: The second.
        pairs: Numbers of the gold's claims, each with that of the other's claim of the same words.
        strict: Whether a description has to be the whole one, and a name without a role before
            it, as the guide asks of readers.
    """

    gold: Reading
    other: Reading
    pairs: dict[int, int]
    strict: bool

    def paired(self) -> Iterator[tuple[Claim, Claim]]:
        """The claims that both have."""
        return ((self.gold.claims[i], self.other.claims[j]) for i, j in self.pairs.items())

    def same_mention(self, one: Claim, other: Claim) -> bool:
        """Whether both find the speaker in the same place beside the words, or nobody there."""
        return same_words(self.gold.words, one.source, other.source)

    def same_speaker(self, one: Claim, other: Claim) -> bool:
        """Whether both name or describe the same speaker, or both give nobody."""
        if one.speaker is None or other.speaker is None:
            return one.speaker is other.speaker
        return self.same_name(one.speaker, other.speaker)

    def same_name(self, one: str, other: str) -> bool:
        """Whether a name of the gold and one of the other are of the same speaker."""
        full, proposed = bare(one), bare(other)
        strangers = self._strangers(full)
        if proposed == full or proposed in strangers:
            return proposed == full
        known = {full, *map(bare, self.gold.names.get(one, ()))} - strangers
        if not known.isdisjoint({proposed, *map(bare, self.other.names.get(other, ()))}):
            return True
        if self.strict:
            return False
        if one in self.gold.names:
            return ends(proposed, full)
        return begins(full, proposed) and not any(begins(s, proposed) for s in strangers)

    def _strangers(self, full: str) -> set[str]:
        """What the gold calls all others. A short name that two bear is of neither of them."""
        names = self.gold.names
        called = {claim.speaker or "" for claim in self.gold.claims}
        called |= {carrier for claim in self.gold.claims for carrier in claim.carriers}
        return {bare(n) for one in called if bare(one) != full for n in (one, *names.get(one, ()))}

    def same_chain(self, one: Claim, other: Claim) -> bool:
        """Whether the same carriers stand in the same order."""
        return len(one.carriers) == len(other.carriers) and all(
            self.same_name(*names) for names in zip(one.carriers, other.carriers, strict=True)
        )

    def same_link(self, one: int | None, other: int | None) -> bool:
        """Whether two claims point to claims of the same words, or to none."""
        return other is one if one is None or other is None else self.pairs.get(one) == other


def bare(name: str) -> str:
    """A name in small letters, without articles and titles before it or a possessive's ending."""
    words = re.sub(r"[’']s?$", "", name.lower()).replace("’", "'").split()
    while len(words) > 1 and words[0].rstrip(".") in BEFORE_NAMES:
        words.pop(0)
    return " ".join(words)


def begins(description: str, part: str) -> bool:
    """Whether a description has these as its first words: "diplomat briefed on the talks"."""
    return f"{description} ".startswith(f"{part} ")


def ends(words: str, name: str) -> bool:
    """Whether words are a name with a role before it and no "of" or the like in between."""
    before = words.removesuffix(name).split()
    return words.endswith(f" {name}") and RELATING.isdisjoint(before)


def compare(gold: Reading, other: Reading, *, strict: bool = False) -> Compared:
    """Pair the claims of two readings of an article."""
    own, others = ([claim.content for claim in one.claims] for one in (gold, other))
    return Compared(gold, other, pair_words(own, others), strict)


def count(compared: Compared) -> Tally:
    """Every measure of one article."""
    tally = Tally()
    for number, one in enumerate(compared.gold.claims):
        hit = number in compared.pairs
        other = compared.other.claims[compared.pairs[number]] if hit else None
        _count_recall(tally, compared, one, other)
    found = {j: compared.gold.claims[i] for i, j in compared.pairs.items()}
    for number, proposal in enumerate(compared.other.claims):
        _count_precision(tally, compared, found.get(number), proposal)
    for one, other in compared.paired():
        _count_fields(tally, compared, one, other)
    return tally


def _count_recall(tally: Tally, compared: Compared, one: Claim, other: Claim | None) -> None:
    mention = other is not None and compared.same_mention(one, other)
    speaker = other is not None and compared.same_speaker(one, other)
    chain = other is not None and speaker and compared.same_chain(one, other)
    for group in ("", *groups(compared.gold, one)):
        tally.add(f"words{group} R", other is not None)
        tally.add(f"e2e{group} R", mention)
        tally.add(f"e2e by name{group} R", speaker)
    tally.add("e2e with chain R", chain)
    if one.named:
        tally.add("name R", speaker)
    elif one.speaker is not None:
        tally.add("description R", speaker)
    if one.nested_in is not None:
        tally.add("nested R", other is not None)
        tally.add("nested e2e R", mention)


def _count_precision(tally: Tally, compared: Compared, one: Claim | None, other: Claim) -> None:
    speaker = one is not None and compared.same_speaker(one, other)
    tally.add("words P", one is not None)
    tally.add("e2e P", one is not None and compared.same_mention(one, other))
    tally.add("e2e by name P", speaker)
    tally.add("e2e with chain P", one is not None and speaker and compared.same_chain(one, other))
    if one is not None and other.speaker is not None and other.kind in NAMING:
        tally.add("name P", speaker)


def _count_fields(tally: Tally, compared: Compared, one: Claim, other: Claim) -> None:
    """What two readings say of a claim that both have."""
    tally.add("same words", one.content == other.content)
    tally.add("speaker", compared.same_speaker(one, other))
    tally.add("mention", compared.same_mention(one, other))
    tally.add("kind", one.kind == other.kind)
    for label in LABELS:
        if label in other.labels:
            tally.add(label, one.labels[label] == other.labels[label])
    for carrier in one.carriers:
        tally.add("chain R", any(compared.same_name(carrier, name) for name in other.carriers))
    for name in other.carriers:
        tally.add("chain P", any(compared.same_name(carrier, name) for carrier in one.carriers))
    if one.carriers or other.carriers:
        tally.add("whole chain", compared.same_chain(one, other))
    same_hearer = bool(one.to and other.to) and same_words(compared.gold.words, one.to, other.to)
    if one.to:
        tally.add("to R", same_hearer)
    if other.to:
        tally.add("to P", same_hearer)
    tally.add("nesting", compared.same_link(one.nested_in, other.nested_in))
    tally.add("continued", compared.same_link(one.continues, other.continues))


def groups(reading: Reading, one: Claim) -> Iterator[str]:
    """The kinds of claims that one belongs to, for which recall is told apart."""
    yield f" | {one.labels['form']}"
    yield f" | class {one.labels['class']}"
    if one.nested_in is not None:
        yield " | nested"
    if one.continues is not None:
        yield " | continued"
    if not one.source:
        yield " | nobody printed beside it"
    if one.speaker is not None and not one.named:
        yield " | speaker without a name"
    yield f" | in {reading.style}"
