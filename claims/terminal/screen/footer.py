"""The foot of the screen: keys that are valid now, what was saved, what the program says."""

from collections.abc import Iterator, Sequence

from claims.terminal.keys.keymap import Keymap
from claims.terminal.keys.table import BINDINGS, MODE_TITLES, InputMode, KeyBinding
from claims.terminal.screen.segments import Line, Segment, cut, fit, line, width_of, wrap
from claims.terminal.state import State

GAP = "  "

TYPED = 24
"""Cells that the line being typed keeps beside its prompt."""

LEAST_TEXT = 20
"""Cells that what a key does takes at least."""


def draw_keys(state: State, keymap: Keymap, width: int, most: int) -> list[Line]:
    """The keys of the mode, the most needed first where there is no room for all."""
    lines: list[Line] = []
    row: list[Segment] = []
    for key, label in _entries(state, keymap):
        entry = [Segment(key, "key"), Segment(f" {label}")]
        gap = [Segment(GAP)] if row else []
        if row and width_of([*row, *gap, *entry]) > width:
            lines.append(tuple(row))
            row, gap = [], []
        if len(lines) == most:
            break
        row += [*gap, *entry]
    else:
        lines.append(tuple(row))
    lines = lines[:most]
    return [*lines, *[line("")] * (most - len(lines))]


def _entries(state: State, keymap: Keymap) -> list[tuple[str, str]]:
    """Keys and labels, those of the lowest rank first."""
    groups: list[tuple[KeyBinding, list[str]]] = []
    for binding in valid_bindings(state):
        if binding.paired:
            groups[-1][1].append(keymap.shown_key(binding))
        else:
            groups.append((binding, [keymap.shown_key(binding)]))
    groups.sort(key=lambda group: group[0].rank)
    return [(" ".join(keys), binding.label) for binding, keys in groups]


def valid_bindings(state: State) -> list[KeyBinding]:
    """The rows of the table that hold now and have a label."""
    return [
        binding
        for binding in BINDINGS
        if binding.mode is state.active_mode
        and binding.label
        and (state.card is not None or not binding.needs_card)
        and (state.steps or not binding.needs_changes)
    ]


def draw_message(state: State, width: int, most: int) -> list[Line]:
    """What the program says of the last key, or the line being typed; a rule if nothing."""
    if state.field is not None:
        return [draw_field(state, width)[0]]
    if not state.message.text:
        return [rule("keys", width)]
    if state.message.is_error:
        return [
            fit(row, width) for row in wrap([Segment(f"!! {state.message.text}", "bad")], width)
        ][:most]
    return [fit([Segment(f"-- {state.message.text}", "message")], width)]


def draw_field(state: State, width: int) -> tuple[Line, int]:
    """The line being typed, scrolled so that the cursor is seen, and the cursor's cell."""
    assert state.field is not None, "only asked for where one is open"  # noqa: S101 - for the type checker
    field = state.field
    prompt = f"{cut(field.prompt, width - TYPED)}: "
    room = max(width - len(prompt) - 2, 4)
    before, after = cut_left(field.text[: field.cursor], room), field.text[field.cursor :]
    head = line(Segment(prompt, "label"), Segment(before, "typed"))
    at = width_of(head)
    under = cut(after[:1], 2) or " "
    rest = cut(after[1:], max(width - at - width_of([Segment(under)]), 0))
    return fit([*head, Segment(under, "cursor"), Segment(rest, "typed")], width), min(at, width - 1)


def cut_left(text: str, width: int) -> str:
    """The end of a text, made visible, that takes so many cells at most."""
    end = cut(text, 1_000_000)
    while width_of([Segment(end)]) > width:
        end = end[1 + (len(end) - width) // 2 if len(end) > 2 * width else 1 :]
    return end


def draw_status(state: State, width: int) -> Line:
    """What was saved last, for how long the card is ours, how quick the work is."""
    parts: list[Segment] = []
    if state.last_saved:
        when = f" {state.last_saved.at:%H:%M:%S}" if state.last_saved.at else ""
        parts.append(Segment(f"SAVED{when} {cut(state.last_saved.summary, 60)}", "good"))
    else:
        parts.append(Segment("nothing decided yet", "quiet"))
    if state.steps:
        parts.append(Segment(f"{', '.join(sorted(state.changes))} changed, not decided", "changed"))
    if state.marked_cards:
        parts.append(Segment(f"{len(state.marked_cards)} marked", "changed"))
    if state.lease is not None:
        left = max(int(state.lease), 0)
        parts.append(Segment(f"lease {left // 60}:{left % 60:02}, any key renews", "quiet"))
    if state.rate:
        parts.append(Segment(f"{state.rate:.1f} per min", "quiet"))
    # What is least needed stands last.
    return fit(join_with_bars(with_room(parts, width)), width)


def join_with_bars(parts: list[Segment]) -> Line:
    """Segments with bars between them."""
    segments: list[Segment] = []
    for part in parts:
        segments += [Segment(" | ", "quiet"), part] if segments else [part]
    return tuple(segments)


def rule(title: str, width: int, after: str = "") -> Line:
    """A rule across the screen with a title, and a word at its end."""
    end = f" {after} ──" if after else ""
    text = cut(title, title_room(width, after))
    bar = "─" * (width - 4 - width_of([Segment(text)]) - len(end))
    return fit(
        [Segment("── ", "rule"), Segment(text, "title"), Segment(f" {bar}{end}", "rule")], width
    )


def with_room(parts: Sequence[Segment], room: int) -> list[Segment]:
    """The first parts that have room with bars between them: no other is shown in half."""
    shown = list(parts)
    while len(shown) > 1 and width_of(join_with_bars(shown)) > room:
        shown.pop()
    return shown


def whole_parts(parts: Sequence[str], room: int) -> str:
    """The first parts of a title that have room, with bars between them."""
    return " | ".join(part.text for part in with_room([Segment(part) for part in parts], room))


def title_room(width: int, after: str = "") -> int:
    """How many cells a rule leaves for its title beside the word at its end."""
    return width - 6 - (len(after) + 4 if after else 0)


def help_lines(keymap: Keymap, width: int) -> list[Line]:
    """All keys, mode by mode; of the modes that ask for one key the foot of the screen says all."""
    lines: list[Line] = []
    for title, texts in _help_texts(keymap):
        lines.append(line(Segment(title, "title")))
        for key, text in texts:
            lines += _help_lines(key, text, width)
    return lines


def _help_texts(keymap: Keymap) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each mode's title, with its keys and what they do."""
    for mode in (InputMode.CARD, InputMode.RETURNED, InputMode.CHAIN, InputMode.MARKED):
        rows = [row for row in BINDINGS if row.mode is mode]
        texts = [
            (keymap.shown_key(row), row.help if row.fixed else f"{row.help} ({row.action})")
            for row in rows
            if not row.fixed or (mode is InputMode.CARD and row.decides)
        ]
        if mode is not InputMode.CARD:
            labelled = [row for row in rows if row.fixed and row.label]
            texts += [(keymap.shown_key(row), row.label) for row in labelled]
        yield MODE_TITLES[mode], texts
    # What esc does on a card holds in the other modes, where it leaves a list or a field.
    everywhere = [
        (keymap.shown_key(row), row.help)
        for row in BINDINGS
        if row.mode in {InputMode.CARD, None} and row.fixed and row.label and not row.decides
    ]
    yield "everywhere", everywhere


def _help_lines(key: str, text: str, width: int) -> list[Line]:
    """A key and what it does, which goes on under itself where the screen is narrow."""
    head = f"  {key:<12}"
    first, *more = wrap([Segment(text)], max(width - len(head), LEAST_TEXT))
    return [(Segment(head, "key"), *first), *((Segment(" " * len(head)), *row) for row in more)]
