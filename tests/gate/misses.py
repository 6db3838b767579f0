"""What goes wrong where a reading differs from the gold: a kind for each difference."""

from collections.abc import Iterator

from tests.gate.measures import NAMING, Compared
from tests.gate.readings import Claim


def find_misses(compared: Compared) -> Iterator[str]:
    """The kind of every difference in one article, in no order that matters."""
    found = set(compared.pairs.values())
    for number, one in enumerate(compared.gold.claims):
        if number not in compared.pairs:
            yield f"claim not found: {_place(compared, one)}, {_what(one)}"
    for number, proposal in enumerate(compared.other.claims):
        if number not in found:
            yield f"claim that is none: {_overlap(compared, proposal)}"
    for one, other in compared.paired():
        yield from _wrong_fields(compared, one, other)


def _place(compared: Compared, one: Claim) -> str:
    """What is proposed there instead."""
    proposed = [other.content for other in compared.other.claims]
    if any(one.content <= words for words in proposed):
        return "within longer words"
    return "other words" if any(one.content & words for words in proposed) else "nothing there"


def _what(one: Claim) -> str:
    """The first of these that it is, from the rarest kind of claim to the commonest."""
    if one.labels["class"] in {"label", "belief", "finding", "request"}:
        return f"{one.labels['class']}" + (", nested" if one.nested_in is not None else "")
    if one.nested_in is not None:
        return "nested"
    return f"{one.labels['form']}" + ("" if one.source else ", nobody printed beside it")


def _overlap(compared: Compared, proposal: Claim) -> str:
    """Whether what is proposed has words of a claim."""
    shared = [one.content & proposal.content for one in compared.gold.claims]
    if not any(shared):
        return "words of none"
    return "part of one" if any(part == proposal.content for part in shared) else "other words"


def _wrong_fields(compared: Compared, one: Claim, other: Claim) -> Iterator[str]:
    if not compared.same_speaker(one, other):
        yield f"speaker: {_speakers(one, other)}"
    if not compared.same_chain(one, other):
        yield f"chain: {_carriers(compared, one, other)}"
    for label, value in other.labels.items():
        if value != one.labels[label]:
            yield f"{label}: {value} for {one.labels[label]}"
    if bool(one.to) != bool(other.to):
        yield "to: " + ("missing" if one.to else "somebody, where nobody is told")


def _speakers(one: Claim, other: Claim) -> str:
    """What is given where what should stand."""
    given = "nobody" if other.speaker is None else "a name" if other.kind in NAMING else "a group"
    should = "nobody" if one.speaker is None else "a name" if one.named else "a description"
    return f"{'another ' + given[2:] if given == should else given}, where {should} is right"


def _carriers(compared: Compared, one: Claim, other: Claim) -> str:
    known = [any(compared.same_name(name, n) for n in other.carriers) for name in one.carriers]
    proposed = [any(compared.same_name(n, name) for n in one.carriers) for name in other.carriers]
    if not one.carriers:
        return "a carrier, where there is none"
    if not other.carriers:
        return "no carrier, where there is one"
    if all(known) and all(proposed):
        return "another order"
    if all(known):
        return "one too many"
    return "one too few" if all(proposed) else "another carrier"
