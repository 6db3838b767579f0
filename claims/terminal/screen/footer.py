"""The foot of the screen: keys that are valid now, what was saved, what the program says."""

from claims.terminal.keys.keymap import Keymap
from claims.terminal.keys.table import ACTS, FIXED, WITHOUT_CARD, InputMode, KeyAct
from claims.terminal.screen.segments import Line, Segment, cut, fit, line, width_of, wrap
from claims.terminal.state import State

GAP = "  "


def draw_keys(state: State, keymap: Keymap, width: int, most: int) -> list[Line]:
    """The keys of the place, the most needed first where there is no room for all."""
    entries = _entries(state, keymap)
    lines: list[Line] = []
    now: list[Segment] = []
    for entry in entries:
        gap = [Segment(GAP)] if now else []
        if now and width_of([*now, *gap, *entry]) > width:
            lines.append(tuple(now))
            now, gap = [], []
        if len(lines) == most:
            break
        now += [*gap, *entry]
    else:
        lines.append(tuple(now))
    lines = lines[:most]
    return [*lines, *[line("")] * (most - len(lines))]


def _entries(state: State, keymap: Keymap) -> list[list[Segment]]:
    if state.field is not None:
        return [_entry("enter", "done"), _entry("esc", "leave"), _entry("ctrl+u", "empty")]
    acts = [act for act in ACTS if act.place is state.place and act.label]
    if state.card is None:
        acts = [act for act in acts if act.name in WITHOUT_CARD]
    chosen: list[list[Segment]] = []
    for act in sorted(acts, key=lambda act: act.rank):
        key = keymap.key_of(act.name)
        if act.name in BOTH_WAYS.values():
            continue
        if act.name in BOTH_WAYS:
            key = f"{key} {keymap.key_of(BOTH_WAYS[act.name])}"
        chosen.append(_entry(key, act.label))
    fixed = [_entry(key, label) for key, label in FIXED.get(state.place, ())]
    if state.place is InputMode.CARD and state.steps:
        fixed = [_entry("esc", "drop last change")]
    return [*fixed, *chosen]


BOTH_WAYS = {
    "word-left": "word-right", "begin-earlier": "begin-later", "end-earlier": "end-later",
}  # fmt: skip
"""Keys that are shown as one: the way back is obvious."""


def _entry(key: str, label: str) -> list[Segment]:
    return [Segment(key, "key"), Segment(f" {label}")]


def draw_told(state: State, width: int, most: int) -> list[Line]:
    """What the program says of the last key, or the line being typed; a rule if nothing."""
    if state.field is not None:
        return [draw_field(state, width)[0]]
    if not state.told.text:
        return [rule("keys", width)]
    if state.told.bad:
        return [
            fit(made, width) for made in wrap([Segment(f"!! {state.told.text}", "bad")], width)
        ][:most]
    return [fit([Segment(f"-- {state.told.text}", "told")], width)]


def draw_field(state: State, width: int) -> tuple[Line, int]:
    """The line being typed, scrolled so that the cursor is seen, and the cursor's cell."""
    assert state.field is not None, "only asked for where one is open"  # noqa: S101
    field = state.field
    prompt = f"{field.prompt}: "
    room = max(width - len(prompt) - 2, 4)
    before, after = cut_left(field.text[: field.cursor], room), field.text[field.cursor :]
    head = line(Segment(prompt, "label"), Segment(before, "typed"))
    at = width_of(head)
    under = cut(after[:1], 2) or " "
    rest = cut(after[1:], max(width - at - width_of([Segment(under)]), 0))
    return fit([*head, Segment(under, "cursor"), Segment(rest, "typed")], width), min(at, width - 1)


def cut_left(text: str, width: int) -> str:
    """The end of a text, made visible, that takes so many cells at most."""
    shown = cut(text, 1_000_000)
    while width_of([Segment(shown)]) > width:
        shown = shown[1 + (len(shown) - width) // 2 if len(shown) > 2 * width else 1 :]
    return shown


def draw_status(state: State, width: int) -> Line:
    """What was saved last, for how long the card is ours, how quick the work is."""
    parts: list[Segment] = []
    if state.saved:
        when = f" {state.saved.at:%H:%M:%S}" if state.saved.at else ""
        parts.append(Segment(f"SAVED{when} {cut(state.saved.said, 60)}", "good"))
    else:
        parts.append(Segment("nothing decided yet", "quiet"))
    if state.steps:
        parts.append(Segment(f"{', '.join(sorted(state.changes))} changed, not decided", "changed"))
    if state.marked:
        parts.append(Segment(f"{len(state.marked)} marked", "changed"))
    if state.lease is not None:
        left = max(int(state.lease), 0)
        parts.append(Segment(f"lease {left // 60}:{left % 60:02}, any key renews", "quiet"))
    if state.rate:
        parts.append(Segment(f"{state.rate:.1f} per min", "quiet"))
    return fit(joined(parts), width)


def joined(parts: list[Segment]) -> Line:
    """Pieces with bars between."""
    pieces: list[Segment] = []
    for part in parts:
        pieces += [Segment(" | ", "quiet"), part] if pieces else [part]
    return tuple(pieces)


def rule(title: str, width: int, after: str = "") -> Line:
    """A rule across the screen with a title, and a word at its end."""
    end = f" {after} ──" if after else ""
    shown = cut(title, width - 6 - len(end))
    bar = "─" * (width - 4 - width_of([Segment(shown)]) - len(end))
    return fit(
        [Segment("── ", "rule"), Segment(shown, "title"), Segment(f" {bar}{end}", "rule")], width
    )


def help_lines(keymap: Keymap) -> list[Line]:
    """All keys, place by place."""
    titles = {
        InputMode.CARD: "on a card",
        InputMode.CHAIN: "in the chain",
        InputMode.MARKED: "with marks",
    }
    lines: list[Line] = []
    for place, title in titles.items():
        lines.append(line(Segment(title, "title")))
        lines += [_help_line(act, keymap) for act in ACTS if act.place is place]
        lines += [
            line(Segment(f"  {key:<12}", "key"), about) for key, about in FIXED.get(place, ())
        ]
    lines.append(line(Segment("everywhere", "title")))
    lines.append(
        line(Segment("  esc         ", "key"), "leave a list or a field; drop the last change")
    )
    lines.append(line(Segment("  ctrl+c      ", "key"), "quit; nothing is half decided"))
    return lines


def _help_line(act: KeyAct, keymap: Keymap) -> Line:
    return line(Segment(f"  {keymap.key_of(act.name):<12}", "key"), f"{act.about} ({act.name})")
