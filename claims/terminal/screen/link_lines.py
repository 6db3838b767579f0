"""A proposed link as lines: both claims in their sentences, and the keys."""

import textwrap
from collections.abc import Iterator

from claims.model.kinds import LinkKind
from claims.model.reported import reported
from claims.review.card import DisputedReading
from claims.review.link_card import LinkCard, LinkEnd
from claims.terminal.screen.sentences import sentence_of
from claims.text.display import visible

KINDS = {str(number): kind for number, kind in enumerate(LinkKind, 1)}
"""The keys of the kinds of links."""

ASKED_KEYS = "3 contradicts  4 narrows  5 corrected later  x different  space later  u undo  ? q"
"""Of a question: what may be answered."""

KEYS = "a confirm  1-5 other kind  x different  space later  u undo  ? help  q quit"

HELP = (
    "a      confirm the link as it is proposed",
    *(f"{key}      {kind.replace('_', ' ')}" for key, kind in KINDS.items()),
    "x      the claims are different; it is not proposed, or asked, again",
    "space  later: the next link",
    "u      undo your last decision here",
    "q      quit; nothing is left to save",
)

LEAST_LINES, FRAME = 2, 7
"""Lines that a claim's sentence has at least; lines that the rest of a card takes."""


def draw_card(card: LinkCard, width: int, height: int) -> Iterator[str]:
    """A link: what is proposed or asked and why, and each claim in its sentence, marked [[so]]."""
    frame = FRAME + (card.two_readers or bool(card.disputed))
    lines = max(LEAST_LINES, (height - frame) // 2)
    score = f" {card.score:.2f}" if card.score is not None else ""
    yield ""
    asks = "do these clash" if card.question else "how do these relate"
    kind = card.kind.replace("_", " ") if card.kind else asks
    yield _cut(f"{kind}?{score}  {card.reasons or ''}", width)
    if card.disputed:
        yield _cut(f"two readers differ: {' / '.join(map(_verdict, card.disputed))}", width)
    elif card.two_readers:
        yield _cut("two people have to read it; what another read is not shown", width)
    for name, end in (("A", card.a), ("B", card.b)):
        yield _cut(f"{name}  {describe_end(end)}", width)
        yield from _wrapped(_sentence(end), width, lines)
    yield _cut(KEYS if card.kind else ASKED_KEYS, width)


def _verdict(reading: DisputedReading) -> str:
    kind = str(reading.after["kind"] or "different").replace("_", " ")
    return visible(f"{kind} ({reading.reason})" if reading.reason else kind)


def describe_end(end: LinkEnd) -> str:
    """When and where a claim was printed, who said it, and where it stands in review."""
    day = f"{end.published_at:%Y-%m-%d}" if end.published_at else "no date"
    stance = reported("", end.modes).rstrip(": ")
    who = visible(" ".join(part for part in (end.speaker or "nobody named", stance) if part))
    return f"{end.short_id}  {day}  {visible(end.outlet or 'no outlet')}  {who}  {end.status}"


def _sentence(end: LinkEnd) -> str:
    """The sentence around a claim, with its words marked."""
    start, stop = sentence_of(end.article, end.spans)
    parts, at = [], start
    for span in end.spans:
        parts += [end.article[at : span.start], "[[", end.article[span.start : span.end], "]]"]
        at = span.end
    return visible(" ".join("".join((*parts, end.article[at:stop])).split()))


def _wrapped(text: str, width: int, most: int) -> list[str]:
    lines = textwrap.wrap(
        text, max(width - 3, 20), initial_indent="   ", subsequent_indent="   ", max_lines=most,
        placeholder=" …",
    )  # fmt: skip
    return lines or ["   "]


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else f"{line[: width - 1]}…"
