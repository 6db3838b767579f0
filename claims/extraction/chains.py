"""Builds each report's chain: the voice first, then everybody it came through."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from claims.extraction.carriers import carriers_near, words_of_cue
from claims.extraction.cue import Cue
from claims.extraction.hearings import carries
from claims.extraction.identify import IdentifiedSource, identify, is_titled_body
from claims.extraction.people import People
from claims.extraction.phrases import speaks
from claims.extraction.report import Report
from claims.extraction.syntax import (
    PROPER,
    RELATIVES,
    children,
    extent,
    is_passive,
    sentence_of,
    span_of,
    subject_of,
)
from claims.model.kinds import Mode, SourceKind
from claims.model.proposal import Hop
from claims.model.span import Spans, join_spans

CITING = frozenset({"citing", "quoting", "cited", "quoted", "cites", "quotes"})
CITES = ("advcl", "acl", "prep", "dep", "ccomp", "xcomp")
"""Dependencies by which a "citing" hangs on the report or the carrier."""

CITED = frozenset({"people", "person", "source", "sources", "persons", "documents", "document",
                   "letter", "memo", "memos", "email", "emails", "filing", "filings", "records",
                   "figures", "papers"})  # fmt: skip
"""Nouns for whom or what a carrier has words from, beside those for people and bodies."""

CARRYING = frozenset({"report", "announce", "write", "quote", "cite", "say", ""})
"""Cues by which an organisation passes on what somebody else says."""


def build_chains(reports: Sequence[Report], people: People) -> list[tuple[Report, tuple[Hop, ...]]]:
    """Each report with its chain; a carrier's own report gives way to the one it carries."""
    outer = _outer_of(reports)
    inner = _inner_of(reports, outer)
    hops = {id(report): _hops(report, people, inner[id(report)]) for report in reports}
    chains = []
    for report in reports:
        own = hops[id(report)]
        if _is_mostly_carried(report, inner[id(report)]) and _merely_carries(report, own[0]):
            continue
        outward = [hop for holder in outer[id(report)] for hop in hops[id(holder)]]
        if _is_of_nobody(report, own[0], outward):
            continue
        if _takes_back(own[0], outward):
            continue
        chains.append((report, _without_repeats([*own, *outward])))
    return chains


def _is_of_nobody(report: Report, voice: Hop, outward: Sequence[Hop]) -> bool:
    """Whether a "he" or "she" within a quotation is nobody the text names; its speaker says "I"."""
    head = report.cue.head
    if not report.quoted or head is None or head.lower_ not in {"he", "she"}:
        return False
    return voice.name is None or any(hop.name == voice.name for hop in outward)


def _takes_back(voice: Hop, outward: Sequence[Hop]) -> bool:
    """Whether a voice does not stand by its own saying: "she denied that she had said …"."""
    return voice.name is not None and any(
        hop.name == voice.name and hop.mode is not Mode.SAYS for hop in outward
    )


def _without_repeats(hops: Sequence[Hop]) -> tuple[Hop, ...]:
    """The hops without those of a source that stands before them: nobody carries their own words.

    Hops of nobody the text names are all different.
    """
    chain: list[Hop] = []
    for hop in hops:
        if hop.name is None or hop.name not in {other.name for other in chain}:
            chain.append(hop)
    return tuple(chain)


def _outer_of(reports: Sequence[Report]) -> dict[int, list[Report]]:
    """For each report those whose content holds its cue, the closest first."""
    spans = sorted(
        (span.start, span.end, index)
        for index, report in enumerate(reports)
        for span in report.content
    )
    longest = max((end - start for start, end, _ in spans), default=0)
    outer = {}
    for index, report in enumerate(reports):
        offset = report.cue.token.idx
        first = bisect_left(spans, offset - longest, key=_start)
        last = bisect_right(spans, offset, key=_start)
        holders = {n for _, end, n in spans[first:last] if offset < end and n != index}
        outer[id(report)] = sorted((reports[n] for n in sorted(holders)), key=_length)
    return outer


def _inner_of(
    reports: Sequence[Report], outer: Mapping[int, Sequence[Report]]
) -> dict[int, list[Report]]:
    """For each report those in its content that are somebody else's."""
    inner: dict[int, list[Report]] = {id(report): [] for report in reports}
    for report in reports:
        if not _may_be_the_same_voice(report):
            for holder in outer[id(report)]:
                inner[id(holder)].append(report)
    return inner


def _start(span: tuple[int, int, int]) -> int:
    return span[0]


def _length(report: Report) -> int:
    return sum(end - start for start, end in report.content)


def _may_be_the_same_voice(report: Report) -> bool:
    """Whether a report's "it" or "they" may be who reports it: "the firm said it believes".

    Two more on 400 articles of PolNeAR's training part, one on its development part.
    """
    return report.cue.head is not None and report.cue.head.lower_ in {"it", "they", "we"}


def _is_mostly_carried(report: Report, inner: Sequence[Report]) -> bool:
    """Whether reports of others, with their cues, take up at least half of what one reports.

    Without this limit a report would be lost for a word in it. Six more on 400 articles of
    PolNeAR's training part, one on its development part.
    """
    carried = join_spans(span for other in inner for span in (*other.content, other.cue.clause))
    shared = sum(
        max(0, min(one.end, other.end) - max(one.start, other.start))
        for one in report.content
        for other in carried
    )
    return 2 * shared >= _length(report)


def _merely_carries(report: Report, hop: Hop) -> bool:
    """Whether a report only passes on the one inside it."""
    if hop.kind is SourceKind.OUTLET:
        return True
    return report.cue.entry.lemma in CARRYING - {"say"} and hop.kind is SourceKind.ORGANISATION


def _hops(report: Report, people: People, inner: Sequence[Report]) -> list[Hop]:
    """The hop of a report itself, and in "he quoted X as saying" that of the one who quotes."""
    cue = report.cue
    speakers = len(people.speakers)
    cited = _cited(cue)
    if cited is not None and cue.head is not None and cue.mention is not None:
        return _hops_of_cited(cue, cited, people)
    quoting = _quoting(report, people)
    if cue.head is None or cue.mention is None:
        return [Hop(None, SourceKind.PERSON, (), cue.words, mode=cue.entry.mode)]
    carrier = bool(inner) and _may_carry(cue)
    source = identify(people, cue.head, cue.mention, content=report.content, carrier=carrier)
    if quoting:
        # Who quotes goes on speaking: a later "he" is not the one quoted.
        people.speakers = people.speakers[: speakers + 1]
    hop = _as_hop(source, (span_of(*cue.mention),), cue.words, cue.entry.mode)
    if cue.rule == "heard":
        nobody = Hop(None, SourceKind.PERSON, (), () if carries(cue) else cue.words)
        return [nobody, hop] if carries(cue) else [nobody]
    if cue.pronoun is not None:
        hop = replace(hop, pronoun=(span_of(cue.pronoun, cue.pronoun),))
    return [hop, *_near_carriers(report, people), *quoting]


def _near_carriers(report: Report, people: People) -> Iterator[Hop]:
    """The hops of those who passed the words on: "through an aide", "in a letter seen by X"."""
    for carrier in carriers_near(report):
        source = identify(
            people,
            carrier.head,
            extent(carrier.head),
            carrier=carrier.head.tag_ in PROPER,
            speaks=False,
        )
        mention = (span_of(*extent(carrier.head)),)
        yield _as_hop(source, mention, (words_of_cue(carrier),), Mode.SAYS)


def _cited(cue: Cue) -> Token | None:
    """Whom a carrier says it has the words from: "the agency said, citing two officials"."""
    if cue.head is None or cue.rule not in {"verb", "according-to"} or not _may_carry(cue):
        return None
    verbs = (
        verb
        for word, deps in ((cue.token, CITES), (cue.head, (*CITES, "relcl")))
        for verb in children(word, *deps)
        if verb.lower_ in CITING
    )
    nouns = (noun for verb in verbs for noun in children(verb, "dobj"))
    return next((noun for noun in nouns if _is_cited(noun)), None)


def _is_cited(noun: Token) -> bool:
    """Whether a carrier can have words from it: not "citing safety rules"."""
    return noun.tag_ in PROPER or speaks(noun) or noun.lower_ in CITED


def _hops_of_cited(cue: Cue, cited: Token, people: People) -> list[Hop]:
    """The hop of whoever is cited, and that of the carrier."""
    assert cue.head is not None  # noqa: S101 - `_cited` saw it
    assert cue.mention is not None  # noqa: S101 - it goes with the head
    carrier = identify(people, cue.head, cue.mention, carrier=True)
    voice = identify(people, cited, extent(cited))
    verb = cited.head
    return [
        _as_hop(voice, (span_of(*extent(cited)),), (span_of(verb, verb),), cue.entry.mode),
        _as_hop(carrier, (span_of(*_before(cue.mention, verb)),), cue.words, Mode.SAYS),
    ]


def _before(mention: tuple[Token, Token], verb: Token) -> tuple[Token, Token]:
    """A mention up to the citing that the parse hangs on it: "the paper, citing officials,"."""
    first, last = mention
    if not first.i < verb.i <= last.i:
        return mention
    end = verb.nbor(-1)
    while end.i > first.i and (end.is_punct or end.lower_ in RELATIVES):
        end = end.nbor(-1)
    return first, end


def _may_carry(cue: Cue) -> bool:
    """Whether a cue can be that of an agency or outlet which passes on another's words."""
    head = cue.head
    if head is not None and head.ent_type_ in {"PERSON", "GPE"} and not is_titled_body(head):
        return False
    return cue.rule == "according-to" or cue.entry.lemma in CARRYING


def _as_hop(source: IdentifiedSource, mention: Spans, cue: Spans, mode: Mode) -> Hop:
    capacity = (source.capacity,) if source.capacity else ()
    return Hop(source.name, source.kind, mention, cue, capacity, mode)


def _quoting(report: Report, people: People) -> list[Hop]:
    """The hop of the one who quotes, where the cue says that somebody does."""
    if report.cue.rule == "according-to-quoting":
        return _carrier(report, people)
    if report.cue.rule != "quoted-as":
        return []
    quoting = _token_at(report, report.cue.words[0].start)
    if is_passive(quoting):
        heads = [h for by in children(quoting, "agent") for h in children(by, "pobj")]
    else:
        subject = subject_of(quoting)
        heads = [subject] if subject is not None else []
    return [
        _as_hop(
            identify(people, head, extent(head)),
            (span_of(head, head),),
            (report.cue.words[0],),
            Mode.SAYS,
        )
        for head in heads
    ]


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
