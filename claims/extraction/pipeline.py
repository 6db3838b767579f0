"""The extraction as one list of stages.

1. quotation    what stands between quotation marks
2. cues         verbs, "quoted as saying", "according to", each with who it names
3. content      the words that a cue reports: clauses, quotations joined across the cue
4. people       names, kinds and roles, learnt from the whole article
5. chains       nesting and carriers: the voice first, then everybody it came through
6. when         the day and the occasion, from the words around the cue
7. form         counted from the quotation marks
8. score        how often such a proposal was right on the development articles
"""

from collections.abc import Iterable, Iterator
from datetime import date

from spacy.tokens import Doc

from claims.extraction.chains import build_chains
from claims.extraction.content import Report, find_reports
from claims.extraction.cues import find_cues
from claims.extraction.form import form_of
from claims.extraction.parse import Parser, load_parser, make_doc
from claims.extraction.people import learn
from claims.extraction.quotation import find_quotations
from claims.extraction.score import score_of
from claims.extraction.version import VERSION
from claims.extraction.when import find_said_on, find_venue
from claims.model.proposal import Hop, Proposal

__all__ = ["VERSION", "load_parser", "propose", "propose_many"]


def propose(parser: Parser, text: str, published: date | None) -> tuple[Proposal, ...]:
    """The claims that a text reports, in the order of the text.

    Args:
        parser: As `load_parser` gives it.
        text: A cleaned article.
        published: The day it was published; without it no day is computed.
    """
    return _from_parse(parser(make_doc(parser, text)), published)


def propose_many(
    parser: Parser, articles: Iterable[tuple[str, date | None]]
) -> Iterator[tuple[Proposal, ...]]:
    """As `propose`, for many articles, parsed in batches; one tuple an article, in order."""
    docs = ((make_doc(parser, text), published) for text, published in articles)
    for doc, published in parser.pipe(docs, as_tuples=True, batch_size=8):
        yield _from_parse(doc, published)


def _from_parse(doc: Doc, published: date | None) -> tuple[Proposal, ...]:
    quotations = find_quotations(doc.text)
    reports = find_reports(doc, find_cues(doc, quotations), quotations)
    chains = build_chains(reports, learn(doc))
    proposals: dict[object, Proposal] = {}
    for report, chain in chains:
        made = _proposal(doc.text, report, chain, published)
        kept = proposals.get(made.content)
        if kept is None or made.score > kept.score:
            proposals[made.content] = made
    return tuple(sorted(proposals.values(), key=lambda made: made.content))


def _proposal(
    text: str, report: Report, chain: tuple[Hop, ...], published: date | None
) -> Proposal:
    around = _around(text, report)
    return Proposal(
        content=report.content,
        form=form_of(text, report.content),
        chain=chain,
        score=score_of(report.pattern, chain[0]),
        rule=f"{report.cue.rule}/{report.pattern}",
        said_on=find_said_on(around, published),
        venue=find_venue(around),
    )


def _around(text: str, report: Report) -> str:
    """The report's sentence without its content."""
    start, end = report.sentence
    kept = [
        " " if any(s <= place < e for s, e in report.content) else text[place]
        for place in range(start, end)
    ]
    return "".join(kept)
