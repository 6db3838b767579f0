"""What is shown below a card while it is being changed: lists to choose from, both versions."""

from collections.abc import Callable, Iterable, Mapping

from claims.model.span import words_at
from claims.review.card import Card, HopView
from claims.terminal.acts import REASONS, Place
from claims.terminal.card_lines import hop_name, link_score, named
from claims.terminal.pieces import Line, Piece, cut, line, wrap
from claims.terminal.state import State, candidates
from claims.terminal.words import split_places
from claims.text.display import visible


def draw_panel(state: State, width: int) -> list[Line]:
    """The lines that a place needs beyond the card; none where the card is enough."""
    if state.loaded is not None and state.card is not None and state.place is Place.CARD:
        return _versions(state.loaded, state.card, state)
    draw = PANELS.get(state.place)
    return draw(state, width) if draw else []


def _reasons(_state: State, _width: int) -> list[Line]:
    return [line(Piece(f"  {n}  ", "key"), reason) for n, reason in enumerate(REASONS, 1)]


def _people(state: State, width: int) -> list[Line]:
    lines = []
    for number, candidate in enumerate(candidates(state), 1):
        told = "; ".join(filter(None, (candidate.description or candidate.kind, candidate.reason)))
        name = named(candidate, max(width // 2, 10))
        lines.append(
            line(Piece(f"  {number}  ", "key"), f"{name}   ", Piece(visible(told), "quiet"))
        )
    return [*lines, line(Piece("  0  ", "key"), "nobody known")]


def _hops(state: State, width: int) -> list[Line]:
    if state.card is None:
        return []
    lines = [_hop(hop, state.card, state.hop, width) for hop in state.hops]
    outlet = cut(state.card.outlet or "an outlet not named", width // 2)
    return [*lines, line(Piece(f"        printed by {outlet}", "quiet"))]


def _hop(hop: HopView, card: Card, chosen: int, width: int) -> Line:
    sign, tone = ("S", "speaker") if hop.position == 1 else (str(hop.position - 1), "carrier")
    mark = ">>" if hop.position == chosen else "  "
    cue = words_at(card.article, hop.cue)
    mention = words_at(card.article, hop.mention)
    name = hop_name(hop, card.article, width // 3)
    told = "; ".join(
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
        Piece(f"{mark} ", "gutter"), Piece(f"{sign}  {name}{link_score(hop)}", tone), f"   {told}"
    )


def _parts(state: State, width: int) -> list[Line]:
    if state.card is None:
        return []
    places = split_places(state.card.article, state.spans)
    if not places:
        return [line("  One word cannot be parted.")]
    place = places[min(state.at, len(places) - 1)]
    start, end = state.spans[0].start, state.spans[-1].end
    first, second = state.card.article[start:place], state.card.article[place:end]
    pieces = [
        Piece("  "),
        Piece(f"[[{visible(first).rstrip()}]]", "claim"),
        Piece("  |  ", "gutter"),
        Piece(f"[[{visible(second).lstrip()}]]", "claim"),
    ]
    return wrap(pieces, width)


def _merge(_state: State, _width: int) -> list[Line]:
    return [line("  One claim of this and the next (n) or the previous one (p) of the article.")]


def _marked(state: State, _width: int) -> list[Line]:
    return [
        line(Piece(f"  {number:>2}  {card.short_id}  ", "quiet"), visible(str(card.fields["text"])))
        for number, card in enumerate(state.marked, 1)
    ]


def _paused(_state: State, width: int) -> list[Line]:
    told = "More keys that decide than a person types came within a second. Nothing more is decided"
    return wrap([Piece(f"{told} until you press esc; u takes back what was done.", "bad")], width)


def _versions(loaded: Card, now: Card, state: State) -> list[Line]:
    """Both versions of a card that somebody else changed, and what was typed on it."""
    lines = [line(Piece("  as you loaded it -> as it is now; your changes are kept:", "bad"))]
    for name, before in _differences(loaded.fields, now.fields):
        kept = f"   (yours: {_short(state.changes[name])})" if name in state.changes else ""
        lines.append(
            line(Piece(f"  {name:<9}", "label"), f"{before} -> {_short(now.fields[name])}{kept}")
        )
    if len(lines) == 1:
        lines.append(line("  its fields are the same; it is a decision later"))
    return lines


def _differences(
    one: Mapping[str, object], other: Mapping[str, object]
) -> Iterable[tuple[str, str]]:
    return [(name, _short(one.get(name))) for name in other if one.get(name) != other[name]]


def _short(value: object) -> str:
    return cut(str(value), 60)


PANELS: dict[Place, Callable[[State, int], list[Line]]] = {
    Place.REASON: _reasons,
    Place.SPEAKER: _people,
    Place.SPEAKER_THEN: _people,
    Place.SOURCE: _people,
    Place.CHAIN: _hops,
    Place.SPLIT: _parts,
    Place.MERGE: _merge,
    Place.MARKED: _marked,
    Place.SURE: _marked,
    Place.PAUSED: _paused,
}
