"""From two alike wordings and who said them when to a proposed link, with its reasons in words."""

from dataclasses import dataclass
from datetime import date

from claims.comparison.alike import Relation, Similarity
from claims.model.kinds import LinkKind

DAYS = 3
"""Days within which two reports of one act of speaking appear."""

SCORES = {
    # relation: same speaker within DAYS, same speaker on other days, a speaker is not named
    Relation.NEAR: (0.99, 0.95, 0.95),
    Relation.PART: (0.97, 0.95, 0.94),
    Relation.LOOSE: (0.95, 0.9, 0.9),
    Relation.DISTANT: (0.75, None, None),
}
"""How sure it is that two claims report one act, by relation of their words and what is known of
speakers and days. None: too unsure to be counted as one.

On pairs of real claims that were read for it 48 of 49 proposals of one act were right, so that no
model could be fitted: the order is set by hand, the height after that share (bench/README.md)."""

EQUAL_SCORES = (1.0, 1.0, 0.96)
"""The same for equal wordings."""

ASKED = 0.5
"""Of another speaker's like words nobody can say whether one took them from the other, and of half
of the words, if a speaker is not named, not whether it is one act: people are asked."""

CHANGED = 0.95
"""What is left of a score if a number or a negation differs: 10 of 11 such pairs were right."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """Who is said to have said it and when.

    Attributes:
        speaker: A name for the source, after merges; None if the article names nobody.
        day: The day of saying or, if unknown, of printing; None if neither is known.
        denied: Whether the words are reported as denied.
    """

    speaker: str | None
    day: date | None
    denied: bool = False


@dataclass(frozen=True, slots=True)
class ProposedLink:
    """A link that the machine proposes from one claim to an earlier one.

    Attributes:
        kind: same_words or same_content; the machine proposes nothing else.
        score: 0 to 1, how likely both report the same.
        reasons: Why, each in a few words.
        same_act: Whether it counts as one act of speaking; false if two speakers are named, or if
            one is not and only half of the words are alike.
    """

    kind: LinkKind
    score: float
    reasons: tuple[str, ...]
    same_act: bool


def propose_link(
    similarity: Similarity | None, one: Speaking, other: Speaking
) -> ProposedLink | None:
    """The link that two claims come to; None if nothing is to be said.

    Args:
        similarity: Of their wordings; None if they are equal.
        one: Who said the one.
        other: Who said the earlier one.
    """
    if one.denied != other.denied:
        return None
    named = one.speaker is not None and other.speaker is not None
    if named and one.speaker != other.speaker:
        return _asked(similarity, "other speaker")
    apart = _days_between(one, other)
    column = 2 if not named else int(apart is None or apart > DAYS)
    score = EQUAL_SCORES[column] if similarity is None else SCORES[similarity.relation][column]
    who = _who(one, other)
    if score is None:
        return None if named else _asked(similarity, who)
    changed = similarity is not None and bool(similarity.changes)
    reasons = (
        _words_alike(similarity),
        who,
        *_days(apart),
        *(similarity.changes if similarity else ()),
    )
    return ProposedLink(
        _kind(similarity), round(score * CHANGED if changed else score, 3), reasons, same_act=True
    )


def _asked(similarity: Similarity | None, who: str) -> ProposedLink | None:
    """A link that does not say that both are one act: people are asked."""
    changes = similarity.changes if similarity else ()
    is_distant = similarity is not None and similarity.relation is Relation.DISTANT
    if is_distant and any(change.startswith("number") for change in changes):
        return None  # half of the words and other numbers: another event of the kind
    reasons = (_words_alike(similarity), who, *changes)
    return ProposedLink(LinkKind.SAME_CONTENT, ASKED, reasons, same_act=False)


def _who(one: Speaking, other: Speaking) -> str:
    if one.speaker and other.speaker:
        return "same speaker"
    return "speaker named in one only" if one.speaker or other.speaker else "no speaker named"


def _kind(similarity: Similarity | None) -> LinkKind:
    equal = similarity is None or (similarity.relation is Relation.NEAR and not similarity.changes)
    return LinkKind.SAME_WORDS if equal else LinkKind.SAME_CONTENT


def _words_alike(similarity: Similarity | None) -> str:
    if similarity is None:
        return "same words"
    percent = int(100 * similarity.share)
    if similarity.relation is Relation.PART:
        return f"one is a piece of the other, {similarity.run} words in a row"
    return f"{percent} % of the words alike"


def _days_between(one: Speaking, other: Speaking) -> int | None:
    if one.day is None or other.day is None:
        return None
    return abs((one.day - other.day).days)


def _days(apart: int | None) -> tuple[str, ...]:
    if apart is None:
        return ("day not known",)
    if apart == 0:
        return ("same day",)
    return (f"{apart} day{'s' * (apart > 1)} apart",)
