"""Builds each report's chain: the voice first, then everybody it came through."""

from claims.extraction.content import Report
from claims.extraction.cues import span_of, subject_of
from claims.extraction.lexicon import mode_of
from claims.extraction.people import Identified, People, identify
from claims.model.kinds import Mode, SourceKind
from claims.model.proposal import Hop
from claims.model.span import Spans

CARRIER_VERBS = frozenset({"report", "announce", "write", "quote", "cite"})


def build_chains(reports: list[Report], people: People) -> list[tuple[Report, tuple[Hop, ...]]]:
    """Each report with its chain; a carrier's own report gives way to the one it carries."""
    inner = {id(report): _carried(report, reports) for report in reports}
    hops = {id(report): _hops(report, people, bool(inner[id(report)])) for report in reports}
    built = []
    for report in reports:
        own = hops[id(report)]
        if inner[id(report)] and _merely_carries(report, own[0]):
            continue
        outward = [hop for outer in _outer(report, reports) for hop in hops[id(outer)]]
        built.append((report, _without_repeats([*own, *outward])))
    return built


def _without_repeats(hops: list[Hop]) -> tuple[Hop, ...]:
    """Nobody carries their own words."""
    kept: list[Hop] = []
    for hop in hops:
        if not kept or hop.name is None or hop.name not in {other.name for other in kept}:
            kept.append(hop)
    return tuple(kept)


def _carried(report: Report, reports: list[Report]) -> list[Report]:
    """The reports that stand inside a report's content."""
    return [other for other in reports if other is not report and _holds(report, other)]


def _outer(report: Report, reports: list[Report]) -> list[Report]:
    """The reports that hold this one, the closest first."""
    holding = [other for other in reports if other is not report and _holds(other, report)]
    return sorted(holding, key=lambda other: sum(end - start for start, end in other.content))


def _holds(outer: Report, inner: Report) -> bool:
    place = inner.cue.token.idx
    return any(start <= place < end for start, end in outer.content)


def _merely_carries(report: Report, hop: Hop) -> bool:
    return hop.kind is SourceKind.OUTLET or (
        report.cue.token.lemma_.lower() in CARRIER_VERBS and hop.kind is SourceKind.ORGANISATION
    )


def _hops(report: Report, people: People, carries: bool) -> list[Hop]:  # noqa: FBT001
    """The hop of a report itself, and in "he quoted X as saying" that of the one who quotes."""
    cue = report.cue
    quoting = _quoting(report, people)
    speaking = people.last
    lemma = cue.token.lemma_.lower()
    mode = mode_of(lemma) if cue.rule == "verb" else Mode.SAYS
    if cue.head is None or cue.mention is None:
        return [Hop(None, SourceKind.PERSON, (), cue.words, mode=mode)]
    likely = carries and (cue.rule == "according-to" or lemma in CARRIER_VERBS)
    found = identify(people, cue.head, carrier=likely)
    if quoting:
        people.last = speaking  # who quotes goes on speaking: "he" is not the one quoted
    return [_as_hop(found, (span_of(*cue.mention),), cue.words, mode), *quoting]


def _as_hop(found: Identified, mention: Spans, cue: Spans, mode: Mode) -> Hop:
    capacity = (found.capacity,) if found.capacity else ()
    return Hop(found.name, found.kind, mention, cue, capacity, mode)


def _quoting(report: Report, people: People) -> list[Hop]:
    if report.cue.rule != "quoted-as":
        return []
    start = report.cue.words[0].start
    quoting = next(token for token in report.cue.token.doc if token.idx == start)
    if any(child.dep_ == "auxpass" for child in quoting.children):
        return []
    head = subject_of(quoting)
    if head is None:
        return []
    found = identify(people, head)
    return [_as_hop(found, (span_of(head, head),), (report.cue.words[0],), Mode.SAYS)]
