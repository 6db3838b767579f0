"""Moving about without deciding: next, back, to a number, filters, the article, marks."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from uuid import UUID

from claims.catalogue.card import Filters
from claims.catalogue.find import find_claim
from claims.errors.base import ClaimsError
from claims.model.kinds import ClaimClass, Form
from claims.review.session import ReviewSession
from claims.terminal.deciding import advance, remember_draft, show_card
from claims.terminal.draft import draft_of
from claims.terminal.keys.keymap import DEFAULT_KEYMAP
from claims.terminal.keys.line_editor import open_field
from claims.terminal.keys.table import InputMode
from claims.terminal.screen.article import Extent
from claims.terminal.screen.layout import claim_line, scrolling
from claims.terminal.state import Message, ProgramRequest, State, report, report_error

MOST_MARKED = 50
"""Claims that one key may decide: as many as a person can look over in a list."""

FAR = 1_000_000_000
"""More lines than anything that is scrolled has."""

LEAVING = "leave"
"""The pending action of a reviewer who was told that what they typed cannot be saved."""

PART = re.compile(
    r'(?<!\S)(?:(?P<name>[A-Za-z]+)[:=](?!//) *(?P<value>"[^"]*"|\S+)?|(?P<word>-?"[^"]*"|\S+))'
)
"""A condition of a filter, or a word or phrase of the claim. A space after the colon, and the sign
that commands have, are typed by habit."""

CONDITIONS = frozenset({"outlet", "speaker", "form", "class", "since", "until", "words"})


def next_card(session: ReviewSession, state: State, _argument: str) -> State:
    """The next card, this one undecided; after the last one the first again."""
    card = state.card
    if card is None:
        return advance(session, state)
    state = remember_draft(session, state)
    now = advance(session, replace(state, resume_after=card.claim, message=Message("")))
    if now.card is not None and now.card.claim == card.claim:
        return report(now, "this is the only one that waits for you")
    return now


def previous(session: ReviewSession, state: State, _argument: str) -> State:
    """The card shown before this one; at the beginning, the claim before it in the article."""
    state = remember_draft(session, state)
    quiet = replace(state, message=Message(""))
    if state.history:
        back = show_card(quiet, session.card(state.history[-1]))
        return replace(back, history=state.history[:-1])
    before = session.neighbour(state.card, -1) if state.card else None
    if before is None:
        return report_error(state, "nothing comes before it")
    return replace(show_card(quiet, session.card(before)), history=())


def goto(session: ReviewSession, state: State, argument: str) -> State:
    """A claim of this article by its number, or any by the start of its id."""
    text = argument.strip()
    if not text:
        field = open_field("goto", "number in this article, or start of an id")
        return replace(state, field=field)
    state = remember_draft(session, state)
    claim = _find_numbered(session, state, text)
    if claim is None:
        with session.database.reader() as reader:
            claim = find_claim(reader, text)
    return show_card(replace(state, message=Message("")), session.card(claim))


def _find_numbered(session: ReviewSession, state: State, text: str) -> UUID | None:
    """A claim of the article by walking from this one; None if there is no such number."""
    card = state.card
    if card is None or not text.isdecimal() or not 1 <= int(text) <= card.siblings:
        return None
    claim = card.claim
    while card.number != int(text):
        neighbour = session.neighbour(card, 1 if int(text) > card.number else -1)
        if neighbour is None:
            return None
        claim, card = neighbour, session.card(neighbour)
    return claim


def begin_filter(session: ReviewSession, state: State, argument: str) -> State:
    """Begin to type which cards are shown, or use what is given."""
    if argument:
        return set_filter(session, state, argument)
    prompt = "only outlet: speaker: form: class: since: until: words"
    return replace(state, field=open_field("filter", prompt, state.filter_text))


def set_filter(session: ReviewSession, state: State, argument: str) -> State:
    """Show only cards that pass; without conditions all are shown."""
    filters = read_filter(argument)
    if isinstance(filters, str):
        return report_error(state, filters)
    state = remember_draft(session, state)
    session.look_for(filters)
    text = write_filter(filters)
    return advance(
        session, replace(state, filter_text=text, resume_after=None, message=Message(""))
    )


def read_filter(text: str) -> Filters | str:
    """Conditions as a person types them: `outlet:Tribune form:quote oil ties`; or what is wrong."""
    values: dict[str, str] = {}
    words = []
    for part in PART.finditer(text):
        name, value, word = part.group("name", "value", "word")
        if word:
            words.append(word)
        elif name.lower() not in CONDITIONS or not value:
            # As words of a claim it would find nothing.
            return f"nothing is chosen by {name}: outlet, speaker, form, class, since, until"
        elif name.lower() == "words":
            words.append(value.strip('"'))
        else:
            values[name.lower()] = value.strip('"')
    try:
        return Filters(
            outlet=values.get("outlet"),
            speaker=values.get("speaker"),
            form=Form(values["form"]) if "form" in values else None,
            since=date.fromisoformat(values["since"]) if "since" in values else None,
            until=date.fromisoformat(values["until"]) if "until" in values else None,
            words=" ".join(words) or None,
            classes=_read_classes(values.get("class", "")),
        )
    except ValueError as error:
        return (
            f"{error}; days are 2026-05-01, forms quote, mixed, paraphrase,"
            " classes speech, request, label, finding, belief, all"
        )


def _read_classes(words: str) -> frozenset[ClaimClass]:
    """Classes separated by commas; `all` for all of them."""
    if words == "all":
        return frozenset(ClaimClass)
    return frozenset(ClaimClass(word) for word in words.split(",") if word)


def _write_classes(classes: frozenset[ClaimClass]) -> str:
    return "all" if classes == frozenset(ClaimClass) else ",".join(sorted(classes))


def write_filter(filters: Filters) -> str:
    """Conditions as a person would type them."""
    conditions = []
    for condition in fields(filters):
        value = getattr(filters, condition.name)
        if condition.name == "classes":
            conditions += [f"class:{_write_classes(value)}"] if value else []
        elif value is not None and condition.name != "words":
            text = f'"{value}"' if " " in str(value) else str(value)
            conditions.append(f"{condition.name}:{text}")
    return " ".join([*conditions, *filter(None, _write_words(filters.words or ""))])


def _write_words(words: str) -> Iterator[str]:
    for part in PART.finditer(words):
        before, quotation_mark, phrase = part[0].partition('"')
        if part["word"]:
            yield part["word"]
        else:
            yield f'words:"{before.rstrip() if quotation_mark else before}"'
            yield quotation_mark + phrase


def next_extent(_session: ReviewSession, state: State, _argument: str) -> State:
    """How much of the article is shown around the claim, in turn."""
    extents = list(Extent)
    extent = extents[(extents.index(state.extent) + 1) % len(extents)]
    return report(replace(state, extent=extent), f"the article around the claim: {extent.value}")


def copy(_session: ReviewSession, state: State, _argument: str) -> State:
    """Copy the claim's id."""
    claim = str(state.current_card.claim)
    return report(replace(state, request=ProgramRequest("copy", claim)), claim)


def open_address(_session: ReviewSession, state: State, _argument: str) -> State:
    """Open the article where it was published."""
    if not state.current_card.url:
        return report_error(state, "the article's address is not known")
    request = ProgramRequest("open", state.current_card.url)
    return report(replace(state, request=request), state.current_card.url)


def start_editor(_session: ReviewSession, state: State, _argument: str) -> State:
    """Edit the words in $EDITOR."""
    request = ProgramRequest("edit", state.claim.text)
    return replace(state, request=request, message=Message(""))


def leave(session: ReviewSession, state: State, _argument: str) -> State:
    """Quit: what was typed is saved, the card is free for others."""
    try:
        state = remember_draft(session, state)
        session.leave()
    except ClaimsError as error:
        # The lease ends by itself; only what is typed would be lost, and that is said first.
        if draft_of(state) != state.saved_draft and state.pending_action != LEAVING:
            text = f"what you typed is not saved; the same key again quits: {error}"
            return report_error(replace(state, pending_action=LEAVING), text)
    return replace(state, request=ProgramRequest("quit"))


def show_help(_session: ReviewSession, state: State, _argument: str) -> State:
    """All keys."""
    return replace(state, mode=InputMode.HELP, position=0, message=Message(""))


def show_article(_session: ReviewSession, state: State, _argument: str) -> State:
    """The whole article, scrolled to the claim."""
    position = max(claim_line(state, state.size[0]) - 3, 0)
    return replace(state, mode=InputMode.ARTICLE, position=position, message=Message(""))


def scroll(
    _session: ReviewSession, state: State, _argument: str, *, lines: int = 0, pages: int = 0
) -> State:
    """Move through a text that is longer than the screen, never beyond its ends."""
    width, height = state.size
    page = max(height - 4, 1)
    # Other keys in the list of all keys make it no longer or shorter.
    text, _ = scrolling(state, DEFAULT_KEYMAP, width)
    position = min(state.position + lines + pages * page, len(text) - page)
    return replace(state, position=max(position, 0))


def mark(_session: ReviewSession, state: State, _argument: str) -> State:
    """Mark the claim, and show what is marked."""
    card = state.current_card
    if state.steps:
        return report_error(state, "decide on what you changed first, or drop it with esc")
    others = tuple(one for one in state.marked_cards if one.claim != card.claim)
    if len(others) >= MOST_MARKED:
        return report_error(state, f"{MOST_MARKED} are marked; decide on them first")
    return replace(state, marked_cards=(*others, card), mode=InputMode.MARKED, message=Message(""))


def unmark(_session: ReviewSession, state: State, _argument: str) -> State:
    """Take the mark off the claim."""
    claim = state.card.claim if state.card else None
    others = tuple(one for one in state.marked_cards if one.claim != claim)
    message = Message("mark taken off")
    return replace(state, marked_cards=others, mode=InputMode.CARD, message=message)


def marked_next(session: ReviewSession, state: State, argument: str) -> State:
    """Go to the next card, marks kept."""
    return next_card(session, replace(state, mode=InputMode.CARD), argument)


def begin_bulk(_session: ReviewSession, state: State, _argument: str, *, action: str) -> State:
    """Ask before all marked claims are decided."""
    number = len(state.marked_cards)
    question = f"{action} all {number} marked? Y decides; one undo reverses it all"
    return report(replace(state, mode=InputMode.SURE, pending_action=action), question)
