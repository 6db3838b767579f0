"""Pairs of utterances that contradict each other as people settled, or whose words clash."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from uuid import UUID

from claims.comparison.printing import Printing
from claims.comparison.questions import Question, Report, ask
from claims.comparison.quote_words import fold_quote

MOST = 20_000
"""Most pairs that are compared."""

Words = tuple[UUID | None, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports: the first printings of two utterances, or two claims that a person linked.

    Attributes:
        one: The earlier one; of a settled pair the one that contradicts, narrows or retracts.
        other: The later one, or the one that this is said of.
        relation: contradicts, narrows or retracts, as a person settled; else what clashes, with a
            question mark: `number?`.
        moment: How their days lie to each other; empty if a person settled the pair.
        words: The words that clash: `12 people ↔ 14 people`; of a settled pair both reports.
        reason: Why, in words.
    """

    one: Printing
    other: Printing
    relation: str
    moment: str
    words: str
    reason: str
    settled: bool


def find_pairs(
    utterances: Sequence[Sequence[Printing]],
    settled: Iterable[tuple[uuid.UUID, uuid.UUID, str]],
    refused: Iterable[tuple[uuid.UUID, uuid.UUID]] = (),
) -> list[Pair]:
    """What people settled, then what should be asked.

    An answer is one on the words: it holds for all reports of them by these speakers.

    Args:
        utterances: The reports of each, the earliest first.
        settled: Links between claims, as `load_settled` returns them.
        refused: Pairs of claims that speak of different things, as a person said.
    """
    reports = {report.claim: report for each in utterances for report in each}
    links = [
        _settled(reports[a], reports[b], kind)
        for a, b, kind in settled
        if a in reports and b in reports
    ]
    answered = {_words_of(pair.one, pair.other) for pair in links}
    answered |= {
        _words_of(reports[a], reports[b]) for a, b in refused if a in reports and b in reports
    }
    asked = [
        _asked(earlier, later, question)
        for earlier, later in islice(_candidates(utterances), MOST)
        if (question := ask(_report(earlier), _report(later))) is not None
        and _words_of(earlier, later) not in answered
    ]
    return links + asked


def _words_of(one: Printing, other: Printing) -> frozenset[Words]:
    """What an answer is about: the words of both, and who spoke them."""
    return frozenset((each.speaker.source, fold_quote(each.text)) for each in (one, other))


def _candidates(
    utterances: Sequence[Sequence[Printing]],
) -> Iterator[tuple[Printing, Printing]]:
    """Other wordings of an utterance with its first, then first printings, of one speaker first."""
    firsts = []
    for first, *others in utterances:
        firsts.append(first)
        wordings = {other.text: other for other in reversed(others) if other.text != first.text}
        yield from ((first, other) for other in reversed(wordings.values()))
    by_speaker: defaultdict[UUID | None, list[Printing]] = defaultdict(list)
    for first in firsts:
        by_speaker[first.speaker.source].append(first)
    for source, own in by_speaker.items():
        if source is not None:
            yield from combinations(own, 2)
    for one, other in combinations(firsts, 2):
        if one.speaker.source != other.speaker.source or one.speaker.source is None:
            yield one, other


def _report(printing: Printing) -> Report:
    source = printing.speaker.source
    return Report(
        printing.text,
        str(source) if source else None,
        printing.speaker.mode,
        printing.days,
        printing.published_at.date() if printing.published_at else None,
    )


def _asked(earlier: Printing, later: Printing, question: Question) -> Pair:
    words = f"{question.earlier_words} ↔ {question.later_words}"
    return Pair(
        earlier, later, f"{question.clash}?", question.moment, words, question.reason, settled=False
    )


def _settled(one: Printing, other: Printing, kind: str) -> Pair:
    words = f"{one.reported} ↔ {other.reported}"
    return Pair(one, other, kind, "", words, "A person settled it.", settled=True)
