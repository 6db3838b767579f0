"""Decisions, made through the review session; each leads to the next card."""

from dataclasses import replace

from claims.model.kinds import PUBLISHED, WAITING
from claims.review.card import Candidate, Card, Outcome
from claims.review.leases import Leasing
from claims.review.session import ReviewSession
from claims.review.transitions import Action
from claims.terminal.draft import draft_of, with_draft, with_settled_speaker
from claims.terminal.editing import like, pick
from claims.terminal.keys.line_editor import open_field
from claims.terminal.keys.table import EDITED_AWAY, NOT_A_CLAIM, REASONS, InputMode
from claims.terminal.state import (
    ChainTemplate,
    Message,
    SavedDecision,
    State,
    report,
    report_error,
    with_fresh_card,
)
from claims.terminal.words import split_offsets


def accept(session: ReviewSession, state: State, _argument: str) -> State:
    """Accept with all that was changed; what is published already is corrected."""
    card = state.current_card
    published = card.state.status in PUBLISHED
    action = Action.CORRECT if published and state.changes else Action.ACCEPT
    now = _decided(session, state, action)
    return replace(now, template=_template(card, state))


def reject(session: ReviewSession, state: State, argument: str) -> State:
    """Reject: not a claim, or the reason in words."""
    return _decided(session, state, Action.REJECT, argument or NOT_A_CLAIM, keep=False)


def reject_because(session: ReviewSession, state: State, argument: str) -> State:
    """Reject for a reason by its number, the last one with words."""
    number, _, words = argument.partition(" ")
    if not number.isdecimal() or not 1 <= int(number) <= len(REASONS):
        asking = replace(state, mode=InputMode.REASON, message=Message(""))
        return report_error(asking, f"reasons are 1 to {len(REASONS)}") if argument else asking
    if int(number) == len(REASONS) and not words.strip():
        return replace(state, field=open_field("reject-because", "reason"), message=Message(""))
    return reject(session, state, reason_of(int(number), words))


def reason_of(number: int, words: str = "") -> str:
    """A reason of `REASONS` by its number from 1, with words after it if there are any."""
    reason = REASONS[number - 1]
    return f"{reason}: {words}" if words.strip() else reason


def later(session: ReviewSession, state: State, _argument: str) -> State:
    """Put aside; what cannot be put aside is passed over."""
    card = state.current_card
    outcome = session.decide(card, Action.LATER, {})
    if outcome.number is None:
        return after(session, replace(state, resume_after=card.claim), outcome)
    return after(session, state, outcome)


def second_reader(session: ReviewSession, state: State, _argument: str) -> State:
    """Flag for a second reader; the card comes back for the reading of whoever flags it."""
    now = _decided(session, state, Action.FLAG, keep=False)
    return report(now, "two will read it; what you decide now is one of the two readings")


def keep(session: ReviewSession, state: State, _argument: str) -> State:
    """Keep a claim as it is, though its article was edited."""
    return after(session, state, session.keep(state.current_card))


def take(session: ReviewSession, state: State, _argument: str) -> State:
    """Let a claim give way to the new words of its article."""
    return after(session, state, session.take(state.current_card))


def withdraw(session: ReviewSession, state: State, argument: str) -> State:
    """Withdraw a claim that its article no longer holds as it was."""
    return _decided(session, state, Action.WITHDRAW, argument or EDITED_AWAY, keep=False)


def note(session: ReviewSession, state: State, argument: str) -> State:
    """Write a note into the ledger; the card stays, with what was changed on it."""
    if not argument.strip():
        return replace(state, field=open_field("note", "note for the ledger"), message=Message(""))
    card = state.current_card
    outcome = session.decide(card, Action.NOTE, {}, argument)
    return save_outcome(with_fresh_card(state, session.card(card.claim)), outcome)


def same(session: ReviewSession, state: State, _argument: str) -> State:
    """Accept with the sources of the chain that was accepted last, in an earlier session too."""
    template = state.template or _last_template(session)
    if template is None:
        return report_error(state, "you have accepted nothing yet")
    alike = replace(state, steps=(*state.steps, like(state, template)))
    named = replace(alike, message=Message(f"as said by {', via '.join(template.names)}"))
    return replace(accept(session, named, ""), template=template)


def _template(card: Card, state: State) -> ChainTemplate:
    names = (hop.name or "nobody known" for hop in state.hops)
    return ChainTemplate(card.version_id, state.claim.chain, tuple(names))


def _last_template(session: ReviewSession) -> ChainTemplate | None:
    accepted = (
        act
        for act in session.recent_decisions(50)
        if act.action in {"accept", "correct"} and not act.undone
    )
    act = next(accepted, None)
    if act is None:
        return None
    card = session.card(act.claim)
    names = (hop.name or "nobody known" for hop in card.hops)
    return ChainTemplate(card.version_id, card.state.chain, tuple(names))


def speaker_then(session: ReviewSession, state: State, argument: str) -> State:
    """Pick the speaker by number, and accept."""
    picked = pick(state, argument, position=1)
    return picked if picked.message.is_error else accept(session, picked, "")


def undo(session: ReviewSession, state: State, _argument: str) -> State:
    """Undo the last decision, and show what it was made on."""
    state = remember_draft(session, state)
    return _reversed(session, state, session.undo())


def redo(session: ReviewSession, state: State, _argument: str) -> State:
    """Undo the last undo."""
    state = remember_draft(session, state)
    return _reversed(session, state, session.redo())


def _reversed(session: ReviewSession, state: State, outcome: Outcome) -> State:
    """Show the claim if it waits again; what is decided is not put under the next key."""
    card = session.card(outcome.claim)
    if card.state.status in WAITING or card.returned:
        return save_outcome(show_card(state, card), outcome)
    return after(session, state, outcome)


def split(session: ReviewSession, state: State, _argument: str) -> State:
    """Split the claim where the cut stands."""
    card = state.current_card
    offset = split_offsets(card.article, state.spans)[state.position]
    return after(session, state, session.split(card, offset))


def merge(session: ReviewSession, state: State, argument: str) -> State:
    """Merge it with the next (n) or the previous (p) claim of the article."""
    card = state.current_card
    if state.steps:
        return report_error(state, "decide on what you changed first, or drop it with esc")
    if argument not in {"n", "p"}:
        neighbours = session.neighbours(card)
        return replace(state, mode=InputMode.MERGE, neighbours=neighbours, message=Message(""))
    other = session.neighbour(card, 1 if argument == "n" else -1)
    if other is None:
        return report_error(replace(state, mode=InputMode.CARD), "the article has no claim there")
    outcome = session.merge(card, other)
    return save_outcome(show_card(state, session.card(outcome.claim)), outcome)


def decide_in_bulk(session: ReviewSession, state: State, _argument: str) -> State:
    """Decide on all marked claims as one batch."""
    action = Action(state.pending_action)
    reason = NOT_A_CLAIM if action is Action.REJECT else None
    outcome = session.decide_in_bulk(state.marked_cards, action, reason)
    now = replace(state, marked_cards=(), pending_action="", mode=InputMode.CARD)
    return after(session, now, outcome)


def _decided(
    session: ReviewSession,
    state: State,
    action: Action,
    reason: str | None = None,
    *,
    keep: bool = True,
) -> State:
    card = state.current_card
    outcome = session.decide(card, action, state.changes if keep else {}, reason)
    return after(session, state, outcome)


def after(session: ReviewSession, state: State, outcome: Outcome) -> State:
    """The state once something was decided: the next card, and what was saved."""
    return save_outcome(advance(session, state), outcome)


def advance(session: ReviewSession, state: State) -> State:
    """The next card: after what was passed over, else the first, else what was put aside."""
    onward = session.go_on(state.resume_after)
    began_anew = onward.after is None and session.put_aside
    now = report(state, "only what was put aside is left") if began_anew else state
    return show_card(replace(now, resume_after=onward.after), onward.card)


def show_card(state: State, card: Card | None) -> State:
    """The state with another card, and what was typed on it earlier."""
    history = state.history
    if state.card is not None and card is not None and state.card.claim != card.claim:
        others = (claim for claim in history if claim != state.card.claim)
        history = (*others, state.card.claim)[-1000:]
    if state.card is not None and card is not None and state.card.version_id == card.version_id:
        card = replace(card, candidates=_in_known_order(card, state.card))
    now = replace(
        state,
        card=card,
        history=history,
        steps=(),
        saved_draft=card.draft if card else {},
        mode=InputMode.CARD,
        hop=1,
        position=0,
        end=True,
        search_results=(),
        searched="",
        left=None,
        field=None,
        stale_card=None,
    )
    waits = card is not None and (card.state.status in WAITING or card.returned is not None)
    if card is not None and waits and card.lease_until is None:
        now = report(now, _why_not_leased(card))
    return with_draft(with_settled_speaker(now))


def _why_not_leased(card: Card) -> str:
    if card.article_status == "withdrawn":
        return "its article was withdrawn: it left the queue, and comes back with the article"
    if card.elsewhere:
        return "you have it in another tab or terminal: to decide here, press twice"
    return "somebody else has it before them: look, but they decide"


def _in_known_order(card: Card, before: Card) -> tuple[Candidate, ...]:
    """The candidates of a card; whoever had a number on the card before comes as there."""
    numbers = {one.source: number for number, one in enumerate(before.candidates)}
    return tuple(sorted(card.candidates, key=lambda one: numbers.get(one.source, len(numbers))))


def remember_draft(session: ReviewSession, state: State) -> State:
    """Save what was changed on a card that is not decided, if that is not saved already."""
    draft = draft_of(state)
    if state.card is None or draft == state.saved_draft:
        return state
    session.keep_draft(state.card, draft)
    return replace(state, saved_draft=draft)


def changed_meanwhile(session: ReviewSession, state: State, why: str) -> State:
    """The card as it is now, beside the one that was loaded; what was typed is kept.

    A card that the same person has elsewhere is theirs here from now on: the next key decides.
    """
    card = state.current_card
    fresh = session.card(card.claim, Leasing.TAKE_OVER)
    stale_card = card if fresh.revision != card.revision else state.stale_card
    now = replace(with_fresh_card(state, fresh), stale_card=stale_card, mode=InputMode.CARD)
    return report_error(now, why)


def save_outcome(state: State, outcome: Outcome) -> State:
    """The state, saying what was written."""
    if outcome.number is None:
        return report(state, outcome.summary)
    saved = SavedDecision(outcome.number, outcome.at, outcome.summary)
    keep = state.message if state.message.text and not state.message.is_error else Message("")
    return replace(state, last_saved=saved, message=keep)
