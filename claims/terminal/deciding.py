"""Decisions, each through the sitting; after one the state has the next card and what was saved."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from claims.model.kinds import PUBLISHED, WAITING, ClaimStatus
from claims.review.card import Card, Outcome
from claims.review.session import ReviewSession
from claims.review.transitions import Action
from claims.terminal.editing import like, pick
from claims.terminal.keys import line_editor
from claims.terminal.keys.line_editor import opened
from claims.terminal.keys.table import NOT_A_CLAIM, REASONS, InputMode
from claims.terminal.state import (
    ChainTemplate,
    Changes,
    Message,
    PickedSource,
    SavedDecision,
    State,
    refused,
    told,
)
from claims.terminal.words import split_places

if TYPE_CHECKING:
    from collections.abc import Mapping


def accept(sitting: ReviewSession, state: State, _argument: str) -> State:
    """Accept with all that was changed; what is published already is corrected."""
    card = _card(state)
    published = ClaimStatus(str(card.fields["status"])) in PUBLISHED
    action = Action.CORRECT if published and state.changes else Action.ACCEPT
    chain: Any = state.fields["chain"]
    now = _decided(sitting, state, action)
    return replace(now, model=ChainTemplate(card.version_id, tuple(chain)))


def reject(sitting: ReviewSession, state: State, argument: str) -> State:
    """Reject: not a claim, or the reason in words."""
    return _decided(sitting, state, Action.REJECT, argument or NOT_A_CLAIM, keep=False)


def reject_because(sitting: ReviewSession, state: State, argument: str) -> State:
    """Reject for a reason by its number, the last one with words."""
    number, _, words = argument.partition(" ")
    if not number.isdecimal() or not 1 <= int(number) <= len(REASONS):
        place = replace(state, place=InputMode.REASON, told=Message(""))
        return refused(place, f"reasons are 1 to {len(REASONS)}") if argument else place
    if int(number) == len(REASONS) and not words.strip():
        return replace(state, field=opened("reject-because", "reason"), told=Message(""))
    reason = f"{REASONS[int(number) - 1]}: {words}" if words.strip() else REASONS[int(number) - 1]
    return reject(sitting, state, reason)


def later(sitting: ReviewSession, state: State, _argument: str) -> State:
    """Put aside; what cannot be put aside is passed over."""
    card = _card(state)
    outcome = sitting.decide(card, Action.LATER, {})
    if outcome.number is None:
        return after(sitting, replace(state, passed=card.claim), outcome)
    return after(sitting, state, outcome)


def second_reader(sitting: ReviewSession, state: State, _argument: str) -> State:
    """Flag for a second reader; the card comes back for the reading of whoever flags it."""
    now = _decided(sitting, state, Action.FLAG, keep=False)
    return told(now, "two will read it; what you find with a or x is one of the two readings")


def note(sitting: ReviewSession, state: State, argument: str) -> State:
    """Write a note into the ledger; the card stays, with what was changed on it."""
    if not argument.strip():
        return replace(state, field=opened("note", "note for the ledger"), told=Message(""))
    card = _card(state)
    outcome = sitting.decide(card, Action.NOTE, {}, argument)
    return _saved(replace(state, card=sitting.card(card.claim)), outcome)


def same(sitting: ReviewSession, state: State, _argument: str) -> State:
    """Accept with the sources of the chain that was accepted last, in an earlier sitting too."""
    model = state.model or _last_model(sitting)
    if model is None:
        return refused(state, "you have accepted nothing yet")
    changes = {**state.changes, **like(state, model)}
    return accept(sitting, replace(state, steps=(*state.steps, changes)), "")


def _last_model(sitting: ReviewSession) -> ChainTemplate | None:
    accepted = (
        act
        for act in sitting.last_acts(50)
        if act.action in {"accept", "correct"} and not act.undone
    )
    act = next(accepted, None)
    if act is None:
        return None
    card = sitting.card(act.claim)
    chain: Any = card.fields["chain"]
    return ChainTemplate(card.version_id, tuple(chain))


def speaker_then(sitting: ReviewSession, state: State, argument: str) -> State:
    """Pick the speaker by number, and accept."""
    picked = pick(state, argument, position=1)
    return picked if picked.told.bad else accept(sitting, picked, "")


def undo(sitting: ReviewSession, state: State, _argument: str) -> State:
    """Take the last act back, and show what it was done on."""
    state = remember_draft(sitting, state)
    return _turned(sitting, state, sitting.undo())


def redo(sitting: ReviewSession, state: State, _argument: str) -> State:
    """Take the last undo back."""
    state = remember_draft(sitting, state)
    return _turned(sitting, state, sitting.redo())


def _turned(sitting: ReviewSession, state: State, outcome: Outcome) -> State:
    """Show what was turned if it waits again; what is decided is not put under the next key."""
    card = sitting.card(outcome.claim)
    if ClaimStatus(str(card.fields["status"])) in WAITING:
        return _saved(shown(state, card), outcome)
    return after(sitting, state, outcome)


def split(sitting: ReviewSession, state: State, _argument: str) -> State:
    """Part the claim where the cut stands."""
    card = _card(state)
    place = split_places(card.article, state.spans)[state.at]
    return after(sitting, state, sitting.split(card, place))


def merge(sitting: ReviewSession, state: State, argument: str) -> State:
    """Make one of it and the next (n) or the previous (p) claim of the article."""
    card = _card(state)
    if state.steps:
        return refused(state, "decide on what you changed first, or drop it with esc")
    if argument not in {"n", "p"}:
        return replace(state, place=InputMode.MERGE, told=Message(""))
    other = sitting.neighbour(card, 1 if argument == "n" else -1)
    if other is None:
        return refused(replace(state, place=InputMode.CARD), "the article has no claim there")
    outcome = sitting.merge(card, other)
    return _saved(shown(state, sitting.card(outcome.claim)), outcome)


def decide_all(sitting: ReviewSession, state: State, _argument: str) -> State:
    """Decide on all marked claims as one act."""
    action = Action(state.pending)
    reason = NOT_A_CLAIM if action is Action.REJECT else None
    outcome = sitting.decide_all(state.marked, action, reason)
    now = replace(state, marked=(), pending="", place=InputMode.CARD)
    return after(sitting, now, outcome)


def _decided(
    sitting: ReviewSession,
    state: State,
    action: Action,
    reason: str | None = None,
    *,
    keep: bool = True,
) -> State:
    card = _card(state)
    outcome = sitting.decide(card, action, state.changes if keep else {}, reason)
    return after(sitting, state, outcome)


def after(sitting: ReviewSession, state: State, outcome: Outcome) -> State:
    """The state once something was decided: the next card, and what was saved."""
    return _saved(advance(sitting, state), outcome)


def advance(sitting: ReviewSession, state: State) -> State:
    """The next card: after what was passed over, else the first, else what was put aside."""
    card = sitting.next_card(after=state.passed) if state.passed else None
    passed = state.passed if card else None
    if card is not None:
        return shown(replace(state, passed=passed), card)
    for aside in (False, True):
        sitting.look_for(sitting.filters, put_aside=aside)
        card = sitting.next_card()
        if card is not None:
            break
    if card is None:
        sitting.look_for(sitting.filters)
    now = told(state, "only what was put aside is left") if sitting.put_aside else state
    return shown(replace(now, passed=passed), card)


def shown(state: State, card: Card | None) -> State:
    """The state with another card, and what was typed on it earlier."""
    seen = state.seen
    if state.card is not None and card is not None and state.card.claim != card.claim:
        seen = (*(claim for claim in seen if claim != state.card.claim), state.card.claim)[-1000:]
    now = replace(
        state,
        card=card,
        seen=seen,
        steps=(),
        kept=card.draft if card else {},
        place=InputMode.CARD,
        hop=1,
        at=0,
        end=True,
        found=(),
        field=None,
        loaded=None,
    )
    return with_draft(now)


def with_draft(state: State) -> State:
    """The state with what was typed on its card before the program ended."""
    card = state.card
    if card is None:
        return state
    waits = ClaimStatus(str(card.fields["status"])) in WAITING
    if waits and card.lease_until is None:
        state = told(state, "somebody else has it before them: look, but they decide")
    if not card.draft:
        return state
    draft: Mapping[str, Any] = card.draft
    changes = {name: value for name, value in draft.items() if name in card.fields}
    known = {key: PickedSource(*value) for key, value in draft.get("known", {}).items()}
    typed = draft.get("typed")
    return replace(
        state,
        steps=(changes,) if changes else (),
        known={**state.known, **known},
        field=line_editor.opened(*typed[:3]) if typed else None,
        hop=typed[3] if typed else 1,
        place=InputMode(typed[4]) if typed else state.place,
        told=Message("what you typed earlier is here again; esc drops it"),
    )


KEPT = frozenset({"note", "reject-because", "wording", "statement", "hop-cue", "hop-mention"})
"""Lines being typed that are kept; a search or a number is typed again sooner than read."""


def draft_of(state: State) -> Changes:
    """What is kept of a card not decided: changes, names of sources, the line being typed."""
    draft: dict[str, object] = dict(state.changes)
    chain: Any = state.changes.get("chain", ())
    picked = {hop["source"] for hop in chain} & set(state.known)
    if picked:
        known = {key: state.known[key] for key in sorted(picked)}
        draft["known"] = {k: [v.name, v.kind, v.description] for k, v in known.items()}
    if state.field is not None and state.field.act in KEPT:
        field = state.field
        draft["typed"] = [field.act, field.prompt, field.text, state.hop, state.place.value]
    return draft


def remember_draft(sitting: ReviewSession, state: State) -> State:
    """Keep what was changed on a card that is not decided, if that is not kept already."""
    draft = draft_of(state)
    if state.card is None or draft == state.kept:
        return state
    sitting.keep_draft(state.card, draft)
    return replace(state, kept=draft)


def changed_meanwhile(sitting: ReviewSession, state: State, why: str) -> State:
    """The card as it is now, beside the one that was loaded; what was typed is kept."""
    card = _card(state)
    fresh = sitting.card(card.claim)
    loaded = card if fresh.revision != card.revision else state.loaded
    return refused(replace(state, card=fresh, loaded=loaded, place=InputMode.CARD), why)


def _card(state: State) -> Card:
    assert state.card is not None, "decisions are on cards"  # noqa: S101
    return state.card


def _saved(state: State, outcome: Outcome) -> State:
    if outcome.number is None:
        return told(state, outcome.said)
    saved = SavedDecision(outcome.number, outcome.at, outcome.said)
    keep = state.told if state.told.text and not state.told.bad else Message("")
    return replace(state, saved=saved, told=keep)
