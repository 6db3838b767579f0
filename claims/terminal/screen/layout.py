"""The screen as lines: a state and a size in, so many lines of at most so many cells out."""

from dataclasses import dataclass

from claims.review.card import Card
from claims.terminal.keys.keymap import Keymap
from claims.terminal.keys.table import InputMode
from claims.terminal.screen.article import draw_article, draw_context, lines_needed
from claims.terminal.screen.card_lines import draw_row, rows_of
from claims.terminal.screen.footer import (
    draw_keys,
    draw_status,
    draw_told,
    help_lines,
    joined,
    rule,
)
from claims.terminal.screen.panels import draw_panel
from claims.terminal.screen.segments import Line, Segment, cut, fit, line, pad
from claims.terminal.state import State
from claims.text.display import visible

LEAST = (60, 16)
"""Cells and lines that a card needs."""

WIDE = 150
"""From so many cells on the article and the card stand side by side."""

MEASURE = 106
"""Cells of an article's lines where there is room: longer ones lose the eye on its way back."""

TALL, MIDDLING = 30, 24


@dataclass(frozen=True, slots=True)
class Room:
    """How many lines each part may take.

    Attributes:
        rows: Labels of the card's rows that are shown.
        each: Lines of one row, at most; the chain may take one more, its scores are always seen.
        acts: Last decisions.
    """

    rows: tuple[str, ...]
    each: int
    acts: int
    keys: int


def room_for(height: int) -> Room:
    """The parts at a height; the article has what is left."""
    if height >= TALL:
        rows = ("TEXT", "MEANS", "SPEAKER", "CHAIN", "WHY NOW", "CHECK")
        return Room(rows, 2, 3 + (height - TALL) // 6, 3)
    if height >= MIDDLING:
        return Room(("TEXT", "SPEAKER", "CHAIN", "WHY"), 1, 1, 1)
    return Room(("SPEAKER", "CHAIN"), 1, 0, 1)


def draw_screen(state: State, keymap: Keymap, width: int, height: int) -> list[Line]:
    """The whole screen."""
    if width < LEAST[0] or height < LEAST[1]:
        return _too_small(width, height)
    head = [_header(state, width)]
    status = [draw_status(state, width)]
    if state.card is None and state.place is InputMode.CARD:
        body = _nothing(state, keymap, width, height - 2)
    elif state.place in {InputMode.HELP, InputMode.ARTICLE}:
        body = _scrolled(state, keymap, width, height - 2)
    elif width >= WIDE and state.card:
        body = _side_by_side(state, state.card, keymap, (width, height - 2))
    elif state.card:
        body = _stacked(state, state.card, keymap, (width, height - 2))
    else:
        body = []
    lines = [*head, *body, *status]
    return [fit(made, width) for made in [*lines, *[line("")] * height][:height]]


def _too_small(width: int, height: int) -> list[Line]:
    said = [
        f"{width}x{height}: too small.",
        f"{LEAST[0]}x{LEAST[1]} are needed.",
        "Make it larger, or",
        "q: quit, and use",
        "claims review --plain",
    ]
    return [fit(line(text), width) for text in [*said, *[""] * height][:height]]


def _header(state: State, width: int) -> Line:
    waiting, today = state.counts
    many = "1,000 or more" if waiting >= 1000 else str(waiting)  # noqa: PLR2004 - as `counts` says
    parts = [Segment("CLAIMS review", "title"), Segment(f"order: {visible(state.order)}")]
    if state.filtered:
        parts.append(Segment(f"only {cut(state.filtered, 40)}", "changed"))
    parts += [Segment(f"{many} waiting"), Segment(f"today {today}"), Segment(cut(state.name, 30))]
    return fit(joined(parts), width)


def _article_title(card: Card) -> str:
    when = f"{card.published_at:%Y-%m-%d}" if card.published_at else "no date"
    outlet = cut(card.outlet or "outlet not named", 30)
    place = f"version {card.version} | claim {card.number} of {card.siblings} here"
    title = f" | {cut(card.title, 60)}" if card.title else ""
    return f"{outlet} | {when} | {place}{title}"


def _claim_title(state: State, card: Card) -> str:
    status = visible(str(card.fields["status"])).replace("_", " ")
    edge = "end" if state.end else "beginning"
    both = " | needs two readers" if card.two_readers else ""
    return f"{card.short_id} | {status} | {state.fields['form']}{both} | left/right move the {edge}"


def _stacked(state: State, card: Card, keymap: Keymap, size: tuple[int, int]) -> list[Line]:
    """The article above, the card below it."""
    width, height = size
    room = room_for(height + 2)
    passage = state.passage
    assert passage is not None, "a card has an article"  # noqa: S101
    needed = lines_needed(passage, width)
    panel = draw_panel(state, width)
    told = draw_told(state, width, 3)
    keys = draw_keys(state, keymap, width, 1 if panel else room.keys)
    rows = _rows(state, width, room, hidden=bool(panel))
    acts = [] if panel else _acts(state, room.acts)
    fixed = 2 + len(told) + len(keys)
    # What gives way, in this order, so that the claim's sentence is whole: last decisions, the
    # rows' second lines, the rows that the article shows as well.
    if height - fixed - len(rows) - len(acts) < needed:
        acts = []
    for each, labels in ((1, room.rows), (1, ("SPEAKER", "CHAIN"))):
        if height - fixed - len(rows) - len(acts) < needed:
            rows = _rows(state, width, Room(labels, each, 0, 0), hidden=bool(panel))
    free = height - fixed - len(rows) - len(acts)
    panel = panel[: max(free - min(needed, 4), 3)]
    context = draw_context(passage, state.extent, width, max(free - len(panel), 1))
    after = f"{context.shown} characters, {keymap.key_of('context')} {state.extent.value}"
    blank = max(free - len(panel) - len(context.lines), 0)
    return [
        rule(_article_title(card), width, after),
        *context.lines,
        *[line("")] * blank,
        rule(_claim_title(state, card), width),
        *rows,
        *panel,
        *acts,
        *told,
        *keys,
    ][:height]


def _side_by_side(state: State, card: Card, keymap: Keymap, size: tuple[int, int]) -> list[Line]:
    """The article to the left, the card to the right."""
    width, height = size
    left = min(width - 67, MEASURE)
    right = width - left - 3
    passage = state.passage
    assert passage is not None, "a card has an article"  # noqa: S101
    context = draw_context(passage, state.extent, left, height - 1)
    after = f"{context.shown} characters, {keymap.key_of('context')} {state.extent.value}"
    one = [rule(_article_title(card), left, after), *context.lines]
    room = Room(room_for(TALL).rows, 6, 0, 0)
    panel = draw_panel(state, right)
    foot = [*draw_told(state, right, 6), *draw_keys(state, keymap, right, 9)]
    other = [rule(_claim_title(state, card), right), *_rows(state, right, room, hidden=False)]
    other = [*other, *panel][: height - len(foot)]
    free = height - len(other) - len(foot)
    if free > 1:
        other.append(rule("your last decisions: u takes the top one back, any depth", right))
        other += _acts(state, free - 1)
    other += [*[line("")] * (height - len(other) - len(foot)), *foot]
    bar = Segment(" │ ", "rule")
    one += [line("")] * (height - len(one))
    return [(*pad(a, left), bar, *b) for a, b in zip(one, other, strict=True)]


def _rows(state: State, width: int, room: Room, *, hidden: bool) -> list[Line]:
    """The card's rows; where a panel says more, the ones that explain are left out."""
    rows = rows_of(state, 40 if width >= LEAST[0] * 3 // 2 else 24)
    shown = [label for label in room.rows if label in rows]
    if hidden:
        shown = [label for label in shown if label not in EXPLAINING]
        shown = [label for label in shown if label != LISTED.get(state.place)]
    more = {"CHAIN", "WHY"}
    return [
        made
        for label in shown
        for made in draw_row(rows[label], width, room.each + (label in more))
    ]


EXPLAINING = frozenset({"WHY NOW", "WHY", "CHECK"})

LISTED = {
    InputMode.SPEAKER: "SPEAKER", InputMode.SPEAKER_THEN: "SPEAKER", InputMode.CHAIN: "CHAIN",
    InputMode.SOURCE: "SPEAKER", InputMode.SPLIT: "TEXT",
}  # fmt: skip
"""Rows that the panel of a place shows at length."""


def _acts(state: State, most: int) -> list[Line]:
    """The last decisions, the newest first: the one that an undo takes back has the key's mark."""
    lines = []
    for number, act in enumerate(state.acts[:most]):
        first = "u " if number == 0 else "  "
        saved = "sealed" if act.no == 0 else f"ledger {act.no}"
        undone = " taken back" if act.undone else ""
        told = f"{act.at:%H:%M:%S}  {cut(act.change or act.action, 30):<30} {str(act.claim)[:8]}  "
        lines.append(
            line(
                Segment(first, "key"),
                told,
                Segment(f"{saved}{undone}  ", "good"),
                visible(act.words),
            )
        )
    lines += [line("")] * (most - len(lines))
    return lines


def _nothing(state: State, keymap: Keymap, width: int, height: int) -> list[Line]:
    if not state.ready:
        return [line(""), line(Segment("  Looking for the first card …", "quiet"))]
    said = "Nothing waits here." if state.filtered else "Nothing waits."
    more = " / without words shows all." if state.filtered else ""
    foot = [*draw_told(state, width, 3), *draw_keys(state, keymap, width, 2)]
    acts = _acts(state, min(8, height - len(foot) - 4))
    body = [line(""), line(Segment(f"  {said}{more}", "title")), line(""), *acts]
    return [*body, *[line("")] * (height - len(body) - len(foot)), *foot]


def _scrolled(state: State, keymap: Keymap, width: int, height: int) -> list[Line]:
    """The whole article, or the list of keys."""
    keys = draw_keys(state, keymap, width, 1)
    lines, title = scrolling(state, keymap, width)
    page = height - 1 - len(keys)
    start = max(min(state.at, len(lines) - page), 0)
    shown = lines[start : start + page]
    return [
        rule(title, width, f"{start + len(shown)} of {len(lines)} lines"),
        *shown,
        *[line("")] * (page - len(shown)),
        *keys,
    ]


def scrolling(state: State, keymap: Keymap, width: int) -> tuple[list[Line], str]:
    """All lines of what is scrolled, and its title."""
    if state.place is InputMode.HELP or state.passage is None:
        return help_lines(keymap), "all keys"
    lines, _ = draw_article(state.passage, width)
    return list(lines), visible(state.card.title or "the article") if state.card else ""


def claim_line(state: State, width: int) -> int:
    """In which line of the whole article the claim begins."""
    return draw_article(state.passage, width)[1] if state.passage else 0
