"""The extraction as one list of stages.

1. quotation      what stands between quotation marks
2. cues           verbs, nouns, "according to", colons, headlines, each with who it names
3. content        the words that a cue reports: clauses, quotations joined across the cue
4. split_reports  "said that A and that B" as two
5. selection      which reports are proposed
6. people         names, kinds and roles, learnt from the whole article
7. chains         nesting and carriers: the voice first, then everybody it came through
8. when           the day and the occasion, from the words around the cue
9. form           counted from the quotation marks
10. score         how likely such a proposal is right
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from spacy.tokens import Doc

from claims.extraction.chains import build_chains
from claims.extraction.classes import class_of
from claims.extraction.content import find_reports
from claims.extraction.cues import find_cues
from claims.extraction.form import form_of
from claims.extraction.hearers import find_hearer
from claims.extraction.name_score import SURE, name_score_of
from claims.extraction.parse import Parser, load_parser, parse_many
from claims.extraction.people import People, learn_people
from claims.extraction.plain import PlainText
from claims.extraction.quotation import find_quotations
from claims.extraction.readable import why_unreadable
from claims.extraction.report import Report
from claims.extraction.score import features_of, score_of
from claims.extraction.selection import select_reports
from claims.extraction.split_reports import split_reports
from claims.extraction.syntax import text_of
from claims.extraction.trimming import count_words
from claims.extraction.version import VERSION
from claims.extraction.when import find_said_on, find_venue
from claims.model.kinds import Form, Mode, SourceKind
from claims.model.proposal import Hop, Proposal
from claims.model.span import Span, Spans, join_spans

__all__ = ["VERSION", "load_parser", "propose", "propose_many"]


BATCH = 16
"""Articles parsed together; twice as many gain 1 % of speed."""


NEAR = 15
"""Reports before and after one that can stand in the same sentence."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A proposal with the report it was made from; valid as long as the parse is.

    Attributes:
        signs: What speaks for and against the speaker's name; empty if nobody is named.
    """

    report: Report
    proposal: Proposal
    signs: frozenset[str] = frozenset()


def propose(
    parser: Parser, text: str, published: date | None, *, everything: bool = False
) -> tuple[Proposal, ...]:
    """The claims that a text reports, in the order of the text.

    Args:
        parser: As `load_parser` gives it.
        text: A cleaned article.
        published: The day it was published; without it no day is computed.
        everything: Also beliefs, feelings, intentions, and what is only named.

    Returns:
        Nothing for a text that is not one article in English; see `why_unreadable`.
    """
    return next(propose_many(parser, [(text, published)], everything=everything))


def propose_many(
    parser: Parser, articles: Iterable[tuple[str, date | None]], *, everything: bool = False
) -> Iterator[tuple[Proposal, ...]]:
    """As `propose`, for each of many articles, parsed in batches; one tuple an article, in order.

    What a batch adds to the parser's vocabulary is forgotten after it: memory stays flat.
    """
    waiting = iter(articles)
    while batch := list(islice(waiting, BATCH)):
        proposals: list[tuple[Proposal, ...]] = []
        with parser.memory_zone():
            readable = [not why_unreadable(text) for text, _ in batch]
            texts = [
                PlainText(text) for (text, _), good in zip(batch, readable, strict=True) if good
            ]
            docs = zip(texts, parse_many(parser, (plain.text for plain in texts)), strict=True)
            for (_, published), good in zip(batch, readable, strict=True):
                proposals.append(
                    _read(*next(docs), published, everything=everything) if good else ()
                )
        yield from proposals


def _read(
    plain: PlainText, doc: Doc, published: date | None, *, everything: bool
) -> tuple[Proposal, ...]:
    """What a parsed text reports, with the offsets of the text as it was given."""
    findings = find_proposals(doc, published, everything=everything)
    return tuple(plain.original(finding.proposal) for finding in findings)


def find_proposals(doc: Doc, published: date | None, *, everything: bool = False) -> list[Finding]:
    """What a parsed article reports, in the order of the text.

    Args:
        doc: The parse.
        published: The day it was published.
        everything: Also beliefs, feelings and intentions.
    """
    quotations = find_quotations(text_of(doc))
    reports = find_reports(doc, find_cues(doc, quotations), quotations)
    reports = split_reports(doc, reports, quotations)
    reports = select_reports(reports, everything=everything)
    findings: dict[Spans, Finding] = {}
    text = text_of(doc)
    people = learn_people(doc)
    chains = sorted(build_chains(reports, people), key=_index)
    for index, (report, chain) in enumerate(chains):
        near = chains[max(0, index - NEAR) : index + NEAR + 1]
        around = _around(text, report, [other for other, _ in near])
        form = form_of(text, report.content, quotations)
        proposal = _proposal(text, report, chain, form=form, around=around, published=published)
        signs = _signs(proposal.chain[0], people)
        proposal = _with_name_score(proposal, signs)
        rival = findings.get(proposal.content)
        if rival is None or _strength(proposal) > _strength(rival.proposal):
            findings[proposal.content] = Finding(report, proposal, signs)
    return sorted(findings.values(), key=lambda finding: finding.proposal.content)


def _strength(proposal: Proposal) -> tuple[bool, float]:
    """Of two proposals of the same words, one that denies them counts: "denied reports that …"."""
    return proposal.chain[0].mode is not Mode.SAYS, proposal.score


def _index(pair: tuple[Report, tuple[Hop, ...]]) -> int:
    return pair[0].cue.token.i


def _proposal(
    text: str,
    report: Report,
    chain: tuple[Hop, ...],
    *,
    form: Form,
    around: str,
    published: date | None,
) -> Proposal:
    return Proposal(
        content=report.content,
        form=form,
        chain=chain,
        score=score_of(features_of(report, chain[0], count_words(text, report.content))),
        rule=f"{report.cue.rule}/{report.pattern}",
        said_on=find_said_on(around, published, report.sentence[0], _names(chain)),
        venue=find_venue(around, report.sentence[0]),
        hearer=find_hearer(report, text),
        claim_class=class_of(report),
    )


def _signs(voice: Hop, people: People) -> frozenset[str]:
    """What speaks for and against a speaker's name; nothing if nobody is named."""
    if voice.name is None or not voice.mention or voice.kind is SourceKind.GROUP:
        return frozenset()
    return people.signs.get(voice.mention[0].start, frozenset())


def _with_name_score(proposal: Proposal, signs: frozenset[str]) -> Proposal:
    """A proposal with how sure its speaker's name is; a name that is not sure is only suggested."""
    if not signs:
        return proposal
    voice, *carriers = proposal.chain
    score = name_score_of(signs)
    if score >= SURE:
        return replace(proposal, name_score=score)
    chain = (replace(voice, name=None), *carriers)
    return replace(proposal, chain=chain, name_score=score, suggested_name=voice.name)


def _names(chain: Sequence[Hop]) -> list[Span]:
    return [span for hop in chain for span in hop.mention]


def _around(text: str, report: Report, others: Sequence[Report]) -> str:
    """The report's sentence with line breaks instead of what it or another report in it says.

    Every other word keeps its offset, and none is read together with one beyond a gap. Empty for a
    noun, whose sentence is about something else: "he left on Friday amid reports that …".
    """
    if report.cue.rule == "noun":
        return ""
    start, end = report.sentence
    cue = report.cue.words[0].start
    reported = join_spans(
        span
        for other in others
        if other is report or not any(s <= cue < e for s, e in other.content)
        for span in other.content
        if span.start < end and start < span.end
    )
    parts, offset = [], start
    for span in reported:
        parts.append(text[offset : max(span.start, offset)])
        parts.append("\n" * (min(span.end, end) - max(span.start, offset)))
        offset = max(offset, span.end)
    parts.append(text[offset:end])
    return "".join(parts)
