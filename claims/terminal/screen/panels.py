"""What is shown below a card while it is being changed: lists to choose from, both versions."""

from collections.abc import Callable, Iterator, Sequence
from uuid import UUID

from claims.anchoring.marked import mark_changes
from claims.model.claim import changes_between
from claims.model.json import Json
from claims.model.kinds import Mode
from claims.model.reported import reported
from claims.model.span import Span, words_at
from claims.review.card import Card, HopView, ReturnedClaim
from claims.terminal.keys.keymap import Keymap
from claims.terminal.keys.table import KINDS, REASONS, InputMode
from claims.terminal.screen.card_lines import (
    candidate_text,
    hop_name,
    link_score,
    marked_segments,
    score,
)
from claims.terminal.screen.segments import Line, Segment, cut, line, wrap
from claims.terminal.screen.sentences import sentence_of
from claims.terminal.state import State, candidates
from claims.terminal.words import split_offsets
from claims.text.display import visible

MENTION = 40
"""Cells that the name of a carrier takes at most."""


def draw_panel(state: State, keymap: Keymap, width: int) -> list[Line]:
    """The lines that a mode needs beyond the card; none where the card is enough."""
    if state.stale_card is not None and state.card is not None and state.mode is InputMode.CARD:
        return _versions(state.stale_card, state.card, state)
    if state.mode is InputMode.PAUSED:
        return _paused(keymap, width)
    draw = PANELS.get(state.key_mode)
    return draw(state, width) if draw else []


def _reasons(_state: State, _width: int) -> list[Line]:
    return [line(Segment(f"  {n}  ", "key"), reason) for n, reason in enumerate(REASONS, 1)]


def _candidates(state: State, width: int) -> list[Line]:
    lines = []
    for number, candidate in enumerate(candidates(state), 1):
        text = "; ".join(filter(None, (candidate.description or candidate.kind, candidate.reason)))
        name = candidate_text(candidate, max(width // 2, 10))
        lines.append(
            line(Segment(f"  {number}  ", "key"), f"{name}   ", Segment(visible(text), "quiet"))
        )
    return [*lines, line(Segment("  0  ", "key"), "nobody known")]


def _hops(state: State, width: int) -> list[Line]:
    if state.card is None:
        return []
    lines = [_hop(hop, state.card, state.hop, width) for hop in state.hops]
    outlet = cut(state.card.outlet or "an outlet not named", width // 2)
    return [*lines, line(Segment(f"        printed by {outlet}", "quiet"))]


def _hop(hop: HopView, card: Card, selected: int, width: int) -> Line:
    sign, style = ("S", "speaker") if hop.position == 1 else (str(hop.position - 1), "carrier")
    mark = ">>" if hop.position == selected else "  "
    cue = words_at(card.article, hop.cue)
    mention = words_at(card.article, hop.mention)
    name = hop_name(hop, card.article, width // 3)
    text = "; ".join(
        filter(
            None,
            (
                f"named “{cut(mention, 40)}”" if mention else "not named in the text",
                f"cue “{cut(cue, 30)}”" if cue else "no cue",
                hop.mode if hop.mode != "says" else "",
                visible(hop.reason or ""),
            ),
        )
    )
    return line(
        Segment(f"{mark} ", "gutter"),
        Segment(f"{sign}  {name}{link_score(hop)}", style),
        f"   {text}",
    )


def _split(state: State, width: int) -> list[Line]:
    if state.card is None:
        return []
    offsets = split_offsets(state.card.article, state.spans)
    if not offsets:
        return [line("  One word cannot be split.")]
    offset = offsets[min(state.position, len(offsets) - 1)]
    article, spans = state.card.article, state.spans
    first = words_at(article, [Span(a, min(b, offset)) for a, b in spans if a < offset])
    second = words_at(article, [Span(max(a, offset), b) for a, b in spans if b > offset])
    segments = [
        Segment("  "),
        Segment(f"[[{visible(first).rstrip()}]]", "claim"),
        Segment("  |  ", "gutter"),
        Segment(f"[[{visible(second).lstrip()}]]", "claim"),
    ]
    warning = "  ! a quotation mark stays open in the first part"
    open_mark = [line(Segment(warning, "bad"))] if _leaves_open(first) else []
    return [*wrap(segments, width), *open_mark]


def _leaves_open(words: str) -> bool:
    """Whether a quotation begins in words and does not end there."""
    return words.count('"') % 2 == 1 or words.count("“") > words.count("”")


def _merge(state: State, width: int) -> list[Line]:
    """This claim, and those that it may be merged with; who speaks in each."""
    if state.card is None or not state.hops:
        return []
    article, voice = state.card.article, state.hops[0]
    lines = [
        _merge_line("this", hop_name(voice, article, width // 3), _reported(state.card), width)
    ]
    for sign, other in zip(("n", "p"), state.neighbours, strict=True):
        if other is None or not other.hops:
            continue
        name = hop_name(other.hops[0], article, width // 3)
        lines.append(_merge_line(f"{sign}   ", name, _reported(other), width))
        lines += [
            line(Segment(f"       ! {text}", "bad")) for text in what_merging_says(state, other)
        ]
    return lines


def what_merging_says(state: State, other: Card) -> Iterator[str]:
    """What the words of another claim would become by a merger that the article does not say."""
    voice = state.hops[0]
    name = hop_name(voice, state.current_card.article, MENTION)
    if other.hops[0].source != voice.source:
        yield f"another speaker: the merged claim would be said by {name}"
    if _unlike_saying(state.hops) != _unlike_saying(other.hops):
        hop = next((hop for hop in state.hops[::-1] if hop.mode != Mode.SAYS), voice)
        name = hop_name(hop, state.current_card.article, MENTION)
        yield f"merged, these words too would be what {name} {hop.mode}"


def _unlike_saying(hops: Sequence[HopView]) -> set[tuple[UUID | None, str]]:
    """Who of a chain denies, asks, believes …: whoever else carried the words changes nothing."""
    return {(hop.source, hop.mode) for hop in hops if hop.mode != Mode.SAYS}


def _merge_line(sign: str, name: str, words: str, width: int) -> Line:
    return line(
        Segment(f"  {sign} ", "key"),
        Segment(f"{name}  ", "speaker"),
        Segment(cut(words, max(width - len(name) - 10, 10)), "claim"),
    )


def _added(state: State, width: int) -> list[Line]:
    """The beginning of the words that a claim would be added of, and who is likely to say them.

    The article has the words in full, with letters at others: the more lines it has, the better.
    """
    words = words_at(state.current_card.article, state.sentence)
    marked = line("  ", Segment(f"[[{cut(words, max(width - 6, 4))}]]", "claim"))
    return [marked, *_likely(state, width)]


def _likely(state: State, width: int) -> list[Line]:
    """Who is likely to say the words that a claim would be added of."""
    if state.said_by is not None:
        name = candidate_text(state.said_by, max(width // 2, 10))
        return [line(Segment("  =  ", "key"), f"{name}   ", Segment("likely says so", "quiet"))]
    if state.new_name:
        name = visible(cut(state.new_name, max(width // 2, 10)))
        return [
            line(Segment("  *  ", "key"), f"{name}   ", Segment(f"a new {state.new_kind}", "quiet"))
        ]
    return []


def _kinds(_state: State, _width: int) -> list[Line]:
    return [line(Segment(f"  {number}  ", "key"), kind) for number, kind in enumerate(KINDS, 1)]


def _marked(state: State, width: int) -> list[Line]:
    """The claims that are decided together, each with who says it."""
    return [
        line(
            Segment(f"  {number:>2}  {card.short_id}  ", "quiet"),
            Segment(f"{_speaker(card, width // 4)}  ", "speaker"),
            visible(_reported(card)),
        )
        for number, card in enumerate(state.marked_cards, 1)
    ]


def _speaker(card: Card, width: int) -> str:
    return hop_name(card.hops[0], card.article, width) if card.hops else "nobody known"


def _reported(card: Card) -> str:
    hops = [(hop_name(hop, card.article, MENTION), hop.mode) for hop in card.hops]
    return reported(card.state.text, hops)


def _paused(keymap: Keymap, width: int) -> list[Line]:
    why = "More keys that decide than a person types came within a second. Nothing more is decided"
    then = f"until you press esc; {keymap.key_of('undo')} undoes what was done."
    return wrap([Segment(f"{why} {then}", "bad")], width)


def _versions(stale: Card, current: Card, state: State) -> list[Line]:
    """Both versions of a card that somebody else changed, and what was typed on it."""
    lines = [line(Segment("  as you loaded it -> as it is now; your changes are kept:", "bad"))]
    before = changes_between(current.state, stale.state)
    for name, value in changes_between(stale.state, current.state).items():
        yours = f"   (yours: {_short(state.changes[name])})" if name in state.changes else ""
        lines.append(
            line(
                Segment(f"  {name:<9}", "label"),
                f"{_short(before[name])} -> {_short(value)}{yours}",
            )
        )
    if len(lines) == 1:
        lines.append(line("  its fields are the same; it is a decision later"))
    return lines


def _short(value: Json) -> str:
    return cut(str(value), 60)


def _returned(state: State, width: int) -> list[Line]:
    """How a claim that came back stands in the current version, with the words that changed."""
    card = state.card
    if card is None or card.returned is None:
        return []
    returned = card.returned
    changes = ", ".join(returned.changes)
    lines = [line(Segment(f"  {_what_became(returned)}{f': {changes}' if changes else ''}", "bad"))]
    if not returned.spans:
        return [*lines, line("  no words there stand for it")]
    sentence = sentence_of(returned.article, returned.spans)
    start, end = returned.spans[0].start, returned.spans[-1].end
    before = returned.article[min(sentence.start, start) : start]
    after = returned.article[end : max(sentence.end, end)]
    return [
        *lines,
        *wrap(
            [
                Segment("  "),
                Segment(visible(before), "quiet"),
                *marked_segments(mark_changes(card.state.text, returned.words)[1], "{+", "+}"),
                Segment(visible(after), "quiet"),
            ],
            width,
        ),
    ]


def _what_became(returned: ReturnedClaim) -> str:
    if returned.state != "ambiguous":
        return f"in version {returned.version} it is {returned.state}"
    runner_up = f"{score(returned.score)} and{score(returned.runner_up)}"
    return f"in version {returned.version} it is ambiguous ({runner_up.strip()}), the likeliest"


PANELS: dict[InputMode, Callable[[State, int], list[Line]]] = {
    InputMode.RETURNED: _returned,
    InputMode.REASON: _reasons,
    InputMode.SPEAKER: _candidates,
    InputMode.SPEAKER_THEN: _candidates,
    InputMode.SOURCE: _candidates,
    InputMode.CHAIN: _hops,
    InputMode.SPLIT: _split,
    InputMode.MERGE: _merge,
    InputMode.NEW_SOURCE: _kinds,
    InputMode.ADD: _added,
    InputMode.MARKED: _marked,
    InputMode.SURE: _marked,
}
