"""Says how each proposal was found: its rule, its cue, and the way through the parse."""

from collections.abc import Iterator
from datetime import date

from spacy.tokens import Token

from claims.extraction.parse import Parser, parse_many
from claims.extraction.pipeline import Finding, read
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
        doc = next(parse_many(parser, [text]))
        findings = read(doc, published, everything=everything)
        lines = [line for number, found in enumerate(findings, 1) for line in _lines(number, found)]
    return lines or ["Nothing was found."]


def _lines(number: int, found: Finding) -> Iterator[str]:
    made, cue = found.proposal, found.report.cue
    text = text_of(cue.token.doc)
    yield f"{number}. {_shortened(words_at(text, made.content))}"
    sort = f"{cue.entry.reports}, {made.chain[0].mode}; {made.form}"
    yield f"   rule    {made.rule}: {sort}, score {made.score}"
    yield f"   cue     “{words_at(text, cue.words)}” at {cue.words[0].start}"
    for place, hop in enumerate(made.chain):
        yield f"   {'voice  ' if place == 0 else 'through'} {_hop(text, hop)}"
    when = _when(made)
    if when:
        yield f"   said    {when}"
    yield f"   parse   {_parse(found)}"


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"


def _hop(text: str, hop: Hop) -> str:
    name = hop.name or "nobody the text names"
    printed = f", printed “{words_at(text, hop.mention)}”" if hop.mention else ""
    office = f", as “{words_at(text, hop.capacity)}”" if hop.capacity else ""
    return f"{name} ({hop.kind}){printed}{office}"


def _when(made: Proposal) -> str:
    day = f"“{made.said_on.text}”" if made.said_on else ""
    if made.said_on and made.said_on.first:
        day += f" = {made.said_on.first}"
    return ", ".join(part for part in (day, f"“{made.venue.text}”" if made.venue else "") if part)


def _parse(found: Finding) -> str:
    """The dependencies from the source's head word over the cue to the content's."""
    cue = found.report.cue
    content = _head(found)
    parts = []
    if cue.head is not None and cue.head.i != cue.token.i:
        parts.append(_path(cue.head, cue.token))
    if content is not None and content.i != cue.token.i:
        parts.append(_path(cue.token, content))
    return "; ".join(parts) or "none: read from the surface"


def _head(found: Finding) -> Token | None:
    """The content's highest word, or its first where the parse has none."""
    start, end = found.report.content[0]
    doc = found.report.cue.token.doc
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
    told = first.text
    for token in up[:-1]:
        told += f" ←{token.dep_} {token.head.text}"
    for token in reversed(down):
        told += f" →{token.dep_} {token.text}"
    return told
