"""Moving about without deciding: next, back, to a number, filters, the article, marks."""

import re
from dataclasses import fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from claims.catalogue.card import Filters
from claims.catalogue.find import find_claim
from claims.model.kinds import Form
from claims.review.session import ReviewSession
from claims.terminal.deciding import advance, remember_draft, shown
from claims.terminal.keys.line_editor import opened
from claims.terminal.keys.table import InputMode
from claims.terminal.screen.article import Extent
from claims.terminal.state import Message, ProgramRequest, State, refused, told

MOST_MARKED = 50
"""Claims that one key may decide: as many as a person can look over in a list."""

STATED = re.compile(r'(outlet|speaker|form|since|until):("[^"]*"|\S+)')


def next_card(sitting: ReviewSession, state: State, _argument: str) -> State:
    """The next card, this one undecided; after the last one the first again."""
    card = state.card
    if card is None:
        return advance(sitting, state)
    state = remember_draft(sitting, state)
    now = advance(sitting, replace(state, passed=card.claim, told=Message("")))
    if now.card is not None and now.card.claim == card.claim:
        return told(now, "this is the only one that waits for you")
    return now


def previous(sitting: ReviewSession, state: State, _argument: str) -> State:
    """The card shown before this one; at the beginning, the claim before it in the article."""
    state = remember_draft(sitting, state)
    seen = list(state.seen)
    if seen:
        back = shown(replace(state, told=Message("")), sitting.card(seen[-1]))
        return replace(back, seen=tuple(seen[:-1]))
    before = sitting.neighbour(state.card, -1) if state.card else None
    if before is None:
        return refused(state, "nothing comes before it")
    return replace(shown(replace(state, told=Message("")), sitting.card(before)), seen=())


def goto(sitting: ReviewSession, state: State, argument: str) -> State:
    """A claim of this article by its number, or any by the start of its id."""
    wanted = argument.strip()
    if not wanted:
        return replace(state, field=opened("goto", "number in this article, or start of an id"))
    state = remember_draft(sitting, state)
    claim = _numbered(sitting, state, wanted)
    if claim is None:
        with sitting.database.reader() as session:
            claim = find_claim(session, wanted)
    return shown(replace(state, told=Message("")), sitting.card(claim))


def _numbered(sitting: ReviewSession, state: State, wanted: str) -> UUID | None:
    """A claim of the article by walking from this one; None if there is no such number."""
    card = state.card
    if card is None or not wanted.isdecimal() or not 1 <= int(wanted) <= card.siblings:
        return None
    claim = card.claim
    while card.number != int(wanted):
        found = sitting.neighbour(card, 1 if int(wanted) > card.number else -1)
        if found is None:
            return None
        claim, card = found, sitting.card(found)
    return claim


def begin_filter(_sitting: ReviewSession, state: State, _argument: str) -> State:
    """Begin to type what cards shall pass."""
    asked = "only outlet: speaker: form: since: until: words (empty for all)"
    return replace(state, field=opened("filter", asked, state.filtered))


def set_filter(sitting: ReviewSession, state: State, argument: str) -> State:
    """Show only cards that pass; none stated shows all."""
    stated = read_filter(argument)
    if isinstance(stated, str):
        return refused(state, stated)
    state = remember_draft(sitting, state)
    sitting.look_for(stated)
    fresh = replace(state, filtered=written(stated), passed=None, told=Message(""))
    return advance(sitting, fresh)


def read_filter(text: str) -> Filters | str:
    """Conditions as a person types them: `outlet:Tribune form:quote oil ties`; or what is wrong."""
    stated: dict[str, Any] = {name: value.strip('"') for name, value in STATED.findall(text)}
    words = " ".join(STATED.sub(" ", text).split())
    try:
        for day in {"since", "until"} & set(stated):
            stated[day] = date.fromisoformat(stated[day])
        if "form" in stated:
            stated["form"] = Form(stated["form"])
    except ValueError as error:
        return f"{error}; days are 2026-05-01, forms quote, mixed, paraphrase"
    return Filters(**stated, words=words or None)


def written(filters: Filters) -> str:
    """Conditions as a person would type them."""
    stated = {f.name: getattr(filters, f.name) for f in fields(filters)}
    parts = []
    for name, value in stated.items():
        if value is not None and name != "words":
            shown_as = f'"{value}"' if " " in str(value) else str(value)
            parts.append(f"{name}:{shown_as}")
    return " ".join([*parts, filters.words or ""]).strip()


def next_extent(_sitting: ReviewSession, state: State, _argument: str) -> State:
    """How much of the article is shown around the claim, in turn."""
    extents = list(Extent)
    extent = extents[(extents.index(state.extent) + 1) % len(extents)]
    return told(replace(state, extent=extent), f"the article around the claim: {extent.value}")


def copy(_sitting: ReviewSession, state: State, _argument: str) -> State:
    """Copy the claim's id."""
    assert state.card is not None, "asked for on a card"  # noqa: S101
    return told(
        replace(state, wish=ProgramRequest("copy", str(state.card.claim))), str(state.card.claim)
    )


def open_address(_sitting: ReviewSession, state: State, _argument: str) -> State:
    """Open the article where it was published."""
    assert state.card is not None, "asked for on a card"  # noqa: S101
    if not state.card.url:
        return refused(state, "the article's address is not known")
    return told(replace(state, wish=ProgramRequest("open", state.card.url)), state.card.url)


def start_editor(_sitting: ReviewSession, state: State, _argument: str) -> State:
    """Edit the words in $EDITOR."""
    return replace(state, wish=ProgramRequest("edit", str(state.fields["text"])), told=Message(""))


def leave(sitting: ReviewSession, state: State, _argument: str) -> State:
    """Quit: what was typed is kept, the card is free for others."""
    state = remember_draft(sitting, state)
    sitting.leave()
    return replace(state, wish=ProgramRequest("quit"))


def show_help(_sitting: ReviewSession, state: State, _argument: str) -> State:
    """All keys."""
    return replace(state, place=InputMode.HELP, at=0, told=Message(""))


def mark(_sitting: ReviewSession, state: State, _argument: str) -> State:
    """Mark the claim, and show what is marked."""
    assert state.card is not None, "asked for on a card"  # noqa: S101
    card = state.card
    others = tuple(one for one in state.marked if one.claim != card.claim)
    if len(others) >= MOST_MARKED:
        return refused(state, f"{MOST_MARKED} are marked; decide on them first")
    return replace(state, marked=(*others, card), place=InputMode.MARKED, told=Message(""))


def unmark(_sitting: ReviewSession, state: State, _argument: str) -> State:
    """Take the mark off the claim."""
    claim = state.card.claim if state.card else None
    left = tuple(one for one in state.marked if one.claim != claim)
    return replace(state, marked=left, place=InputMode.CARD, told=Message("mark taken off"))


def marked_next(sitting: ReviewSession, state: State, argument: str) -> State:
    """Go to the next card, marks kept."""
    return next_card(sitting, replace(state, place=InputMode.CARD), argument)


def begin_all(_sitting: ReviewSession, state: State, _argument: str, *, action: str) -> State:
    """Ask before all marked are decided."""
    many = len(state.marked)
    asked = f"{action} all {many} marked? Y decides, as one act that one undo takes back"
    return told(replace(state, place=InputMode.SURE, pending=action), asked)
