"""Says how each proposal was found: its rule, its cue, and the way through the parse."""

from collections.abc import Iterator
from datetime import date

from spacy.tokens import Token

from claims.extraction.parse import Parser, parse_many
from claims.extraction.pipeline import Finding, find_proposals
from claims.extraction.plain import PlainText
from claims.extraction.readable import why_unreadable
from claims.extraction.syntax import text_of
from claims.model.proposal import Hop, Proposal
from claims.model.span import words_at

SHOWN = 100
"""Code points of content that are shown."""


def explain(
    parser: Parser, text: str, published: date | None, *, everything: bool = False
) -> list[str]:
    """Lines that explain an article's proposals, in the order of the text.

    Args:
        parser: As `load_parser` gives it.
        text: A cleaned article.
        published: The day it was published.
        everything: Also beliefs, feelings, intentions, and what is only named.
    """
    reason = why_unreadable(text)
    if reason:
        return [f"Nothing was looked for: {reason}."]
    with parser.memory_zone():
        doc = next(parse_many(parser, [PlainText(text).text]))
        findings = find_proposals(doc, published, everything=everything)
        lines = [line for number, one in enumerate(findings, 1) for line in _lines(number, one)]
    return lines or ["Nothing was found."]


def _lines(number: int, finding: Finding) -> Iterator[str]:
    proposal, cue = finding.proposal, finding.report.cue
    text = text_of(cue.token.doc)
    yield f"{number}. {_shortened(words_at(text, proposal.content))}"
    sort = f"{cue.entry.reports}, {proposal.chain[0].mode}; {proposal.form}"
    yield f"   rule    {proposal.rule}: {sort}, score {proposal.score}"
    yield f"   cue     “{words_at(text, cue.words)}” at {cue.words[0].start}"
    voice, *carriers = proposal.chain
    yield f"   voice   {_hop(text, voice)}"
    for hop in carriers:
        yield f"   through {_hop(text, hop)}"
    when = _when(proposal)
    if when:
        yield f"   said    {when}"
    yield f"   parse   {_parse(finding)}"


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"


def _hop(text: str, hop: Hop) -> str:
    name = hop.name or "nobody the text names"
    printed = f", printed “{words_at(text, hop.mention)}”" if hop.mention else ""
    office = f", as “{words_at(text, hop.capacity)}”" if hop.capacity else ""
    return f"{name} ({hop.kind}){printed}{office}"


def _when(proposal: Proposal) -> str:
    parts = []
    if proposal.said_on:
        day = f" = {proposal.said_on.first}" if proposal.said_on.first else ""
        parts.append(f"“{proposal.said_on.text}”{day}")
    if proposal.venue:
        parts.append(f"“{proposal.venue.text}”")
    return ", ".join(parts)


def _parse(finding: Finding) -> str:
    """The dependencies from the source's head word over the cue to the content's."""
    cue = finding.report.cue
    content = _head(finding)
    parts = []
    if cue.head is not None and cue.head.i != cue.token.i:
        parts.append(_path(cue.head, cue.token))
    if content is not None and content.i != cue.token.i:
        parts.append(_path(cue.token, content))
    return "; ".join(parts) or "none: read from the surface"


def _head(finding: Finding) -> Token | None:
    """The content's highest word in the parse; None if no whole word stands in it."""
    start, end = finding.report.content[0]
    doc = finding.report.cue.token.doc
    words = doc.char_span(start, end, alignment_mode="contract")
    return words.root if words is not None and len(words) else None


def _path(first: Token, last: Token) -> str:
    """As in "Quill ←nsubj said →ccomp held": up from the first word and down to the last."""
    above = [last, *last.ancestors]
    up = [first]
    while up[-1] not in above and up[-1].head.i != up[-1].i:
        up.append(up[-1].head)
    if up[-1] not in above:
        return f"{first.text} … {last.text} (different sentences)"
    down = above[: above.index(up[-1])]
    path = first.text
    for token in up[:-1]:
        path += f" ←{token.dep_} {token.head.text}"
    for token in reversed(down):
        path += f" →{token.dep_} {token.text}"
    return path
