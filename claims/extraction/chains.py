"""Builds each report's chain: the voice first, then everybody it came through."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from claims.extraction.names import People
from claims.extraction.people import IdentifiedSource, identify
from claims.extraction.report import Report
from claims.extraction.syntax import children, extent, is_passive, sentence_of, span_of, subject_of
from claims.model.kinds import Mode, SourceKind
from claims.model.proposal import Hop
from claims.model.span import Spans, join_spans

CARRYING = frozenset({"report", "announce", "write", "quote", "cite", "say", ""})
"""Cues by which an organisation passes on what somebody else says."""


def build_chains(reports: Sequence[Report], people: People) -> list[tuple[Report, tuple[Hop, ...]]]:
    """Each report with its chain; a carrier's own report gives way to the one it carries."""
    outer = _outer_of(reports)
    inner: dict[int, list[Report]] = {id(report): [] for report in reports}
    for report in reports:
        for holder in outer[id(report)]:
            if not _speaks_on(report):
                inner[id(holder)].append(report)
    hops = {id(report): _hops(report, people, inner[id(report)]) for report in reports}
    built = []
    for report in reports:
        own = hops[id(report)]
        if _is_told(report, inner[id(report)]) and _merely_carries(report, own[0]):
            continue
        outward = [hop for holder in outer[id(report)] for hop in hops[id(holder)]]
        built.append((report, _without_repeats([*own, *outward])))
    return built


def _without_repeats(hops: list[Hop]) -> tuple[Hop, ...]:
    """Nobody carries their own words."""
    kept: list[Hop] = []
    for hop in hops:
        if not kept or hop.name is None or hop.name not in {other.name for other in kept}:
            kept.append(hop)
    return tuple(kept)


def _outer_of(reports: Sequence[Report]) -> dict[int, list[Report]]:
    """For each report those whose content holds its cue, the closest first."""
    spans = sorted(
        (span.start, span.end, number)
        for number, report in enumerate(reports)
        for span in report.content
    )
    longest = max((end - start for start, end, _ in spans), default=0)
    found = {}
    for number, report in enumerate(reports):
        place = report.cue.token.idx
        first = bisect_left(spans, place - longest, key=_start)
        last = bisect_right(spans, place, key=_start)
        holders = {n for _, end, n in spans[first:last] if place < end and n != number}
        found[id(report)] = sorted((reports[n] for n in sorted(holders)), key=_length)
    return found


def _start(span: tuple[int, int, int]) -> int:
    return span[0]


def _length(report: Report) -> int:
    return sum(end - start for start, end in report.content)


def _speaks_on(report: Report) -> bool:
    """Whether a report's "it" or "they" may be who reports it: "the firm said it believes".

    Two more on 400 articles of PolNeAR's training part, one on its development part.
    """
    return report.cue.head is not None and report.cue.head.lower_ in {"it", "they", "we"}


def _is_told(report: Report, inner: Sequence[Report]) -> bool:
    """Whether reports of others, with their cues, take up most of what one reports.

    Else the report is lost for a word in it. Six more on 400 articles of PolNeAR's training part,
    one on its development part.
    """
    told = join_spans(span for other in inner for span in (*other.content, other.cue.clause))
    within = sum(
        max(0, min(end, e) - max(start, s)) for start, end in report.content for s, e in told
    )
    return 2 * within >= _length(report)


def _merely_carries(report: Report, hop: Hop) -> bool:
    """Whether a report only passes on the one inside it."""
    if hop.kind is SourceKind.OUTLET:
        return True
    return report.cue.entry.lemma in CARRYING - {"say"} and hop.kind is SourceKind.ORGANISATION


def _hops(report: Report, people: People, inner: Sequence[Report]) -> list[Hop]:
    """The hop of a report itself, and in "he quoted X as saying" that of the one who quotes."""
    cue = report.cue
    speakers = len(people.speakers)
    quoting = _quoting(report, people)
    if cue.head is None or cue.mention is None:
        return [Hop(None, SourceKind.PERSON, (), cue.words, mode=cue.entry.mode)]
    likely = bool(inner) and (cue.rule == "according-to" or cue.entry.lemma in CARRYING)
    likely = likely and cue.head.ent_type_ not in {"PERSON", "GPE"}
    found = identify(people, cue.head, cue.mention, carrier=likely)
    if quoting:
        # Who quotes goes on speaking: a later "he" is not the one quoted.
        people.speakers = people.speakers[:speakers] + people.speakers[speakers:][:1]
    hop = _as_hop(found, (span_of(*cue.mention),), cue.words, cue.entry.mode)
    if cue.pronoun is not None:
        hop = replace(hop, pronoun=(span_of(cue.pronoun, cue.pronoun),))
    return [hop, *quoting]


def _as_hop(found: IdentifiedSource, mention: Spans, cue: Spans, mode: Mode) -> Hop:
    capacity = (found.capacity,) if found.capacity else ()
    return Hop(found.name, found.kind, mention, cue, capacity, mode)


def _quoting(report: Report, people: People) -> list[Hop]:
    if report.cue.rule == "according-to-quoting":
        return _carrier(report, people)
    if report.cue.rule != "quoted-as":
        return []
    quoting = _token_at(report, report.cue.words[0].start)
    if is_passive(quoting):
        return [
            _as_hop(
                identify(people, head, extent(head)),
                (span_of(head, head),),
                (report.cue.words[0],),
                Mode.SAYS,
            )
            for by in children(quoting, "agent")
            for head in children(by, "pobj")
        ]
    head = subject_of(quoting)
    if head is None:
        return []
    found = identify(people, head, extent(head))
    return [_as_hop(found, (span_of(head, head),), (report.cue.words[0],), Mode.SAYS)]


def _carrier(report: Report, people: People) -> list[Hop]:
    """The hop of A in "according to A, quoting B"."""
    to = report.cue.token.nbor()
    return [
        _as_hop(
            identify(people, head, extent(head), carrier=True),
            (span_of(*extent(head)),),
            (report.cue.words[0],),
            Mode.SAYS,
        )
        for head in children(to, "pobj")
    ]


def _token_at(report: Report, start: int) -> Token:
    sentence = sentence_of(report.cue.token)
    return next(token for token in sentence if token.idx == start)
