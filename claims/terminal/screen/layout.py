"""The screen as lines: a state and a size in, so many lines of at most so many cells out."""

from dataclasses import dataclass

from claims.model.notice import until_text
from claims.review.card import Card
from claims.terminal.keys.keymap import Keymap
from claims.terminal.keys.table import InputMode
from claims.terminal.screen.article import draw_article, draw_context, lines_needed
from claims.terminal.screen.card_lines import LABEL, draw_row, rows_of
from claims.terminal.screen.footer import (
    draw_keys,
    draw_message,
    draw_status,
    help_lines,
    join_with_bars,
    rule,
    title_room,
    whole_parts,
)
from claims.terminal.screen.panels import draw_panel
from claims.terminal.screen.segments import Line, Segment, cut, fit, line, pad, width_of
from claims.terminal.state import State
from claims.text.display import visible

LEAST = (60, 16)
"""Cells and lines that a card needs."""

COUNTED = 76
"""From so many cells on the article's rule has room for how much of it is shown."""

WIDE = 150
"""From so many cells on the article and the card stand side by side."""

MEASURE = 106
"""Cells of an article's lines where there is room: longer ones lose the eye on its way back."""

TALL, MIDDLING = 30, 24


@dataclass(frozen=True, slots=True)
class LineBudget:
    """How many lines each part may take.

    Attributes:
        rows: Labels of the card's rows that are shown.
        each: Lines of one row, at most; the chain may take one more, its scores are always seen.
        decisions: Last decisions.
        keys: Lines of keys; none where every line is wanted for the claim's sentence.
    """

    rows: tuple[str, ...]
    each: int
    decisions: int
    keys: int


def budget_for(height: int) -> LineBudget:
    """What each part may take at a height; the article has what is left."""
    if height >= TALL:
        rows = ("TEXT", "MEANS", "SPEAKER", "CHAIN", "WHY NOW", "CHECK")
        return LineBudget(rows, 2, 3 + (height - TALL) // 6, 3)
    if height >= MIDDLING:
        return LineBudget(("TEXT", "SPEAKER", "CHAIN", "WHY"), 1, 1, 1)
    return LineBudget(("SPEAKER", "CHAIN"), 1, 0, 1)


def draw_screen(state: State, keymap: Keymap, width: int, height: int) -> list[Line]:
    """The whole screen."""
    if width < LEAST[0] or height < LEAST[1]:
        return _too_small(keymap, width, height)
    head = [_header(state, width)]
    status = [draw_status(state, width)]
    if state.card is None and state.mode is InputMode.CARD:
        body = _nothing(state, keymap, width, height - 2)
    elif state.mode in {InputMode.HELP, InputMode.ARTICLE}:
        body = _scrolled(state, keymap, width, height - 2)
    elif width >= WIDE and state.card:
        body = _side_by_side(state, state.card, keymap, (width, height - 2))
    elif state.card:
        body = _stacked(state, state.card, keymap, (width, height - 2))
    else:
        body = []
    lines = [*head, *body, *status]
    return [fit(row, width) for row in [*lines, *[line("")] * height][:height]]


def _too_small(keymap: Keymap, width: int, height: int) -> list[Line]:
    text = [
        f"{width}x{height}: too small.",
        f"{LEAST[0]}x{LEAST[1]} are needed.",
        "Make it larger, or",
        f"{keymap.key_of('quit')}: quit, and use",
        "claims review --plain",
    ]
    return [fit(line(text), width) for text in [*text, *[""] * height][:height]]


def _header(state: State, width: int) -> Line:
    waiting, today = state.counts
    number = "1,000 or more" if waiting >= 1000 else str(waiting)  # noqa: PLR2004 - as `counts` says
    parts = [Segment("CLAIMS review", "title"), Segment(f"order: {visible(state.order)}")]
    if state.filter_text:
        parts.append(Segment(f"only {cut(state.filter_text, 40)}", "changed"))
    parts += [Segment(f"{number} waiting"), Segment(f"today {today}"), Segment(cut(state.name, 30))]
    if width_of(join_with_bars(parts)) > width:
        del parts[1]  # the order, which the reviewer chose: what is signed as is needed more
    return fit(join_with_bars(parts), width)


def _article_title(card: Card, room: int) -> str:
    """Where the claim is printed, without the last parts where they have no room."""
    when = f"{card.published_at:%Y-%m-%d}" if card.published_at else "no date"
    outlet = cut(card.outlet or "outlet not named", 30)
    place = (f"claim {card.number} of {card.siblings}", f"version {card.version}")
    embargo = f"EMBARGO {until_text(card.embargo)} | " if card.embargo else ""
    status = "" if card.article_status == "usable" else f"{card.article_status.upper()} | "
    origin = "ORIGIN WITHDRAWN | " if card.origin_note else ""
    parts = [f"{status}{origin}{embargo}{outlet}", when, *place]
    text = whole_parts(parts, room)
    left = room - width_of([Segment(text)]) - 3
    if card.title and text == " | ".join(parts) and left >= LEAST_TITLE:
        return f"{text} | {cut(card.title, min(left, 60))}"
    return text


LEAST_TITLE = 12
"""Cells that an article's title takes at least: less of it says nothing."""


def _claim_title(state: State, card: Card, keymap: Keymap, room: int) -> str:
    """What the claim is, without the last parts where they have no room."""
    status = visible(card.state.status).replace("_", " ")
    if card.returned is not None:
        returned = "came back: its article was edited"
        return whole_parts([card.short_id, returned, status, state.claim.form], room)
    edge = "end" if state.end else "beginning"
    both = ["needs two readers"] if card.two_readers else []
    keys = f"{keymap.key_of('word-left')}/{keymap.key_of('word-right')}"
    parts = [card.short_id, status, state.claim.form, *both, f"{keys} move the {edge}"]
    return whole_parts(parts, room)


def _stacked(state: State, card: Card, keymap: Keymap, size: tuple[int, int]) -> list[Line]:
    """The article above, the card below it."""
    width, height = size
    budget = budget_for(height + 2)
    passage = state.passage
    assert passage is not None, "a card has an article"  # noqa: S101 - for the type checker
    needed = lines_needed(passage, width)
    panel = draw_panel(state, keymap, width)
    message = draw_message(state, width, 3)
    keys = draw_keys(state, keymap, width, 1 if panel else budget.keys)
    rows = _rows(state, width, budget, hidden=bool(panel))
    decisions = [] if panel else _decisions(state, keymap, budget.decisions)
    fixed = 2 + len(message) + len(keys)
    # What gives way, in this order, so that the claim's sentence is whole: last decisions, the
    # rows' second lines, the rows that the article shows as well.
    if height - fixed - len(rows) - len(decisions) < needed:
        decisions = []
    for each, labels in ((1, budget.rows), (1, ("SPEAKER", "CHAIN"))):
        if height - fixed - len(rows) - len(decisions) < needed:
            rows = _rows(state, width, LineBudget(labels, each, 0, 0), hidden=bool(panel))
    free = height - fixed - len(rows) - len(decisions)
    panel = _cut_panel(panel, max(free - min(needed, 4), 3), width)
    context = draw_context(passage, state.extent, width, max(free - len(panel), 1))
    more = f"{keymap.key_of('context')} {state.extent.value}"
    after = f"{context.characters} characters, {more}" if width >= COUNTED else more
    blank = max(free - len(panel) - len(context.lines), 0)
    return [
        rule(_article_title(card, title_room(width, after)), width, after),
        *context.lines,
        *[line("")] * blank,
        rule(_claim_title(state, card, keymap, title_room(width)), width),
        *rows,
        *panel,
        *decisions,
        *message,
        *keys,
    ][:height]


def _cut_panel(panel: list[Line], most: int, width: int) -> list[Line]:
    """The first lines of a panel; of a list of keys the last one says how many more there are."""
    if len(panel) <= most or panel[most - 1][0].style != "key":
        return panel[:most]
    more = f"  … {len(panel) - most} more"
    return [*panel[: most - 1], (*fit(panel[most - 1], width - len(more)), Segment(more, "quiet"))]


def _side_by_side(state: State, card: Card, keymap: Keymap, size: tuple[int, int]) -> list[Line]:
    """The article to the left, the card to the right."""
    width, height = size
    left = min(width - 67, MEASURE)
    right = width - left - 3
    passage = state.passage
    assert passage is not None, "a card has an article"  # noqa: S101 - for the type checker
    context = draw_context(passage, state.extent, left, height - 1)
    after = f"{context.characters} characters, {keymap.key_of('context')} {state.extent.value}"
    article = [rule(_article_title(card, title_room(left, after)), left, after), *context.lines]
    budget = LineBudget(budget_for(TALL).rows, 6, 0, 0)
    panel = draw_panel(state, keymap, right)
    foot = [*draw_message(state, right, 6), *draw_keys(state, keymap, right, 9)]
    side = [
        rule(_claim_title(state, card, keymap, title_room(right)), right),
        *_rows(state, right, budget, hidden=False),
    ]
    side = [*side, *panel][: height - len(foot)]
    free = height - len(side) - len(foot)
    if free > 1:
        undo = keymap.key_of("undo")
        side.append(rule(f"your last decisions: {undo} undoes the marked one, any depth", right))
        side += _decisions(state, keymap, free - 1)
    side += [*[line("")] * (height - len(side) - len(foot)), *foot]
    bar = Segment(" │ ", "rule")
    article += [line("")] * (height - len(article))
    return [(*pad(a, left), bar, *b) for a, b in zip(article, side, strict=True)]


def _rows(state: State, width: int, budget: LineBudget, *, hidden: bool) -> list[Line]:
    """The card's rows; where a panel says more, the ones that explain are left out."""
    name_width = 40 if width >= LEAST[0] * 3 // 2 else 24
    # Numbers of candidates are keys: their row takes more lines rather than hide one, where the
    # claim's sentence leaves them.
    spare = 0 if not budget.keys else ADDING if state.mode is InputMode.ADD else 1
    most = budget.each + spare
    rows = rows_of(state, name_width, (width - LABEL, most))
    labels = [label for label in budget.rows if label in rows]
    if hidden:
        labels = [label for label in labels if label not in EXPLAINING]
        labels = [label for label in labels if label not in LISTED.get(state.mode, ())]
    lines = dict.fromkeys(("CHAIN", "WHY"), budget.each + 1) | {"SPEAKER": most}
    return [
        line
        for label in labels
        for line in draw_row(rows[label], width, lines.get(label, budget.each))
    ]


EXPLAINING = frozenset({"WHY NOW", "WHY", "CHECK"})

LISTED = {
    InputMode.SPEAKER: ("SPEAKER",), InputMode.SPEAKER_THEN: ("SPEAKER",),
    InputMode.CHAIN: ("CHAIN",), InputMode.SOURCE: ("SPEAKER",), InputMode.SPLIT: ("TEXT",),
    InputMode.ADD: ("TEXT", "CHAIN"),
}  # fmt: skip
"""Rows that the panel of a mode shows at length, or that are about another claim than it is."""

ADDING = 2
"""More lines of the row of speakers where a claim is added: there it is the whole list."""


def _decisions(state: State, keymap: Keymap, most: int) -> list[Line]:
    """The last decisions, the newest first: the one that an undo reverses has its key."""
    lines = []
    shown = state.last_decisions[:most]
    next_undone = next((one for one in shown if one.action != "undo" and not one.undone), None)
    for decision in shown:
        first = f"{keymap.key_of('undo')} " if decision is next_undone else "  "
        saved = "sealed" if decision.no == 0 else f"ledger {decision.no}"
        undone = " undone" if decision.undone else ""
        change = cut(decision.change or decision.action, 30)
        text = f"{decision.at:%H:%M:%S}  {change:<30} {str(decision.claim)[:8]}  "
        lines.append(
            line(
                Segment(first, "key"),
                text,
                Segment(f"{saved}{undone}  ", "good"),
                visible(decision.words),
            )
        )
    lines += [line("")] * (most - len(lines))
    return lines


def _nothing(state: State, keymap: Keymap, width: int, height: int) -> list[Line]:
    if not state.ready:
        return [line(""), line(Segment("  Looking for the first card …", "quiet"))]
    text = "Nothing waits here." if state.filter_text else "Nothing waits."
    more = f" {keymap.key_of('filter')} without words shows all." if state.filter_text else ""
    foot = [*draw_message(state, width, 3), *draw_keys(state, keymap, width, 2)]
    decisions = _decisions(state, keymap, min(8, height - len(foot) - 4))
    body = [line(""), line(Segment(f"  {text}{more}", "title")), line(""), *decisions]
    return [*body, *[line("")] * (height - len(body) - len(foot)), *foot]


def _scrolled(state: State, keymap: Keymap, width: int, height: int) -> list[Line]:
    """The whole article, or the list of keys."""
    keys = draw_keys(state, keymap, width, 1)
    lines, title = scrolling(state, keymap, width)
    page = height - 1 - len(keys)
    start = max(min(state.position, len(lines) - page), 0)
    visible_lines = lines[start : start + page]
    return [
        rule(title, width, f"{start + len(visible_lines)} of {len(lines)} lines"),
        *visible_lines,
        *[line("")] * (page - len(visible_lines)),
        *keys,
    ]


def scrolling(state: State, keymap: Keymap, width: int) -> tuple[list[Line], str]:
    """All lines of what is scrolled, and its title."""
    if state.mode is InputMode.HELP or state.passage is None:
        return help_lines(keymap, width), "all keys"
    lines, _ = draw_article(state.passage, width)
    return list(lines), visible(state.card.title or "the article") if state.card else ""


def claim_line(state: State, width: int) -> int:
    """In which line of the whole article the claim begins."""
    return draw_article(state.passage, width)[1] if state.passage else 0
