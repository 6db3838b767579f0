"""What a form of a card's page does: the terminal's actions, each with what a form can say."""

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from starlette.datastructures import FormData

from claims.desk.errors import BadFormError
from claims.desk.forms import number_of, text_of
from claims.model.claim import ClaimState
from claims.model.json import JsonObject
from claims.model.kinds import PUBLISHED
from claims.model.span import Span
from claims.review import edits
from claims.review.card import Card
from claims.review.session import ReviewSession
from claims.review.transitions import Action
from claims.terminal import choosing
from claims.terminal.bindings import ACTIONS
from claims.terminal.deciding import reason_of
from claims.terminal.editing import NOTHING
from claims.terminal.keys.table import CANDIDATES, KINDS, NOT_A_CLAIM, REASONS, InputMode
from claims.terminal.state import Message, State, candidates, report_error, with_change
from claims.terminal.words import split_offsets

LONGEST_TEXT = 5_000
"""Characters of a statement or a note."""

LONGEST_NAME = 200
"""Characters of a name that is searched for or added."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form of a card's page says.

    Attributes:
        action: Which button was pressed.
        argument: What goes with it.
        act: The id that what is decided shall have.
        seen: The claim as the page showed it.
        revision: Its revision there.
        article_status: The status of its article there.
        version: The text that it stands in, whose other claims come first; None if it says none.
        held: Whether the card was this person's there.
        changes: What was changed on the card.
        searched: The name that sources were searched by.
        selection: The words that were selected in the article; None if none were.
    """

    action: str
    argument: str
    act: uuid.UUID
    seen: ClaimState
    revision: int
    article_status: str
    version: uuid.UUID | None
    held: bool
    changes: JsonObject
    searched: str
    selection: Span | None

    def applied_to(self, card: Card) -> State:
        """The card as it was seen, with what was changed on it.

        Raises:
            BadFormError: The changes do not fit a claim.
        """
        seen = replace(card, revision=self.revision, article_status=self.article_status)
        steps = self.steps_from(card.state)
        return State(card=seen, steps=steps, saved_draft=card.draft, searched=self.searched)

    def steps_from(self, state: ClaimState) -> tuple[ClaimState, ...]:
        """What was changed, as a step from a state of the claim; none if nothing was.

        Raises:
            BadFormError: The changes do not fit a claim.
        """
        try:
            return (state.with_changes(self.changes),) if self.changes else ()
        except ValueError as error:
            raise BadFormError("the changes", str(error)) from error


def read_sent(form: FormData) -> Sent:
    """What a form says.

    Raises:
        BadFormError: A field that every form has is missing, or is none of ours.
    """
    # A button may say both: `hop-drop 2`.
    action, _, rest = text_of(form, "do").partition(" ")
    argument = rest or " ".join(text_of(form, f"{action}-text").split())
    if action == "hop-words":
        number, _, part = rest.partition(" ")
        words = " ".join(text_of(form, f"hop-{part}-{number}").split())
        argument = f"{number} {part} {words}"
    try:
        seen = ClaimState.from_json(json.loads(text_of(form, "seen")))
        changes = json.loads(text_of(form, "changes") or "{}")
        act = uuid.UUID(text_of(form, "act"))
        version = uuid.UUID(text_of(form, "version")) if text_of(form, "version") else None
    except ValueError as error:
        raise BadFormError("the form", str(error)) from error
    searched = "who" if action == "search" else "searched"
    if not isinstance(changes, dict):
        raise BadFormError("the form", "its changes are none")
    return Sent(
        action=action,
        argument=argument[:LONGEST_TEXT],
        act=act,
        seen=seen,
        revision=number_of(form, "revision"),
        article_status=text_of(form, "article_status"),
        version=version,
        held=text_of(form, "held") == "yes",
        changes=changes,
        searched=" ".join(text_of(form, searched).split())[:LONGEST_NAME],
        selection=_selection(form),
    )


def _selection(form: FormData) -> Span | None:
    if not text_of(form, "from") or not text_of(form, "until"):
        return None
    start, end = number_of(form, "from"), number_of(form, "until")
    return Span(start, end) if 0 <= start < end else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision that needs nothing of the card but what the form says.

    Attributes:
        action: What is done with the claim.
        reason: Why; None if none is given.
        changes: What changes with it.
    """

    action: Action
    reason: str | None
    changes: JsonObject


def verdict_of(sent: Sent) -> Verdict | None:
    """What a form decides by itself; None if its button needs the card, or is not complete."""
    if sent.action == "accept":
        corrects = sent.seen.status in PUBLISHED and bool(sent.changes)
        return Verdict(Action.CORRECT if corrects else Action.ACCEPT, None, sent.changes)
    if sent.action in {"later", "second-reader"}:
        return Verdict(Action.LATER if sent.action == "later" else Action.FLAG, None, {})
    reason = _reason_of(sent)
    return Verdict(Action.REJECT, reason, {}) if reason else None


def _reason_of(sent: Sent) -> str | None:
    """Why a claim is rejected: for the reason with a number, 0 being that it is none; in words."""
    if sent.action == "reject-words" and sent.argument:
        return reason_of(len(REASONS), sent.argument)
    if sent.action != "reject" or not sent.argument.isdecimal():
        return None
    number = int(sent.argument[:4])
    if number == 0:
        return NOT_A_CLAIM
    return reason_of(number) if number < len(REASONS) else None


def perform(session: ReviewSession, state: State, sent: Sent) -> State:
    """The state after what a form says was done.

    Raises:
        BadFormError: No button says this.
        ClaimsError: As the action says.
    """
    perform_act = ACTS.get(sent.action)
    if perform_act is None:
        raise BadFormError("the form", f"no button does {sent.action[:40]!r}")
    return perform_act(session, state, sent)


Act = Callable[[ReviewSession, State, Sent], State]


def _plain(session: ReviewSession, state: State, sent: Sent) -> State:
    """An action that takes what was typed, or nothing."""
    return ACTIONS[sent.action](session, state, sent.argument)


def _typed(session: ReviewSession, state: State, sent: Sent) -> State:
    """An action on what was typed; an empty field means that nothing is known."""
    return ACTIONS[sent.action](session, state, sent.argument or NOTHING)


def _needed(session: ReviewSession, state: State, sent: Sent) -> State:
    """An action that needs words."""
    if not sent.argument:
        return report_error(state, "type the words first")
    return ACTIONS[sent.action](session, state, sent.argument)


def _statement(_session: ReviewSession, state: State, sent: Sent) -> State:
    return with_change(state, replace(state.claim, statement=sent.argument or None))


def _reject(session: ReviewSession, state: State, sent: Sent) -> State:
    """A rejection without a reason that is one: it says so."""
    return ACTIONS["reject-because"](session, state, sent.argument)


def _edge(session: ReviewSession, state: State, sent: Sent) -> State:
    """Move an edge: `end-left`, `begin-right`."""
    which, _, rest = sent.argument.partition("-")
    action = {"left": "word-left", "right": "word-right"}.get(rest)
    if action is None or which not in {"begin", "end"}:
        raise BadFormError("the form", "no button moves that edge")
    return ACTIONS[action](session, replace(state, end=which == "end"), "")


def _use_selection(_session: ReviewSession, state: State, sent: Sent) -> State:
    """Let the claim have the words that are selected in the article."""
    article = state.current_card.article
    if sent.selection is None or sent.selection.end > len(article):
        return report_error(state, "select words of the article first, or type them")
    return with_change(state, edits.set_content(article, state.claim, (sent.selection,)))


def _add(session: ReviewSession, state: State, sent: Sent) -> State:
    """Add a claim of the selected words, or of those typed."""
    if sent.argument:
        return ACTIONS["add"](session, state, sent.argument)
    if sent.selection is None or sent.selection.end > len(state.current_card.article):
        return report_error(state, "select words of the article first, or type them")
    return ACTIONS["add-words"](session, replace(state, sentence=(sent.selection,)), "")


def _reject_in_words(_session: ReviewSession, state: State, _sent: Sent) -> State:
    """A rejection in words that has none; with words it is a verdict."""
    return report_error(state, "say in words why it is rejected")


def _pick(session: ReviewSession, state: State, sent: Sent, *, mode: InputMode) -> State:
    """Choose a source by its id, among those that were listed; 0 for nobody known."""
    return _pick_from(session, replace(state, mode=mode), sent.argument)


def _pick_for_hop(session: ReviewSession, state: State, sent: Sent, *, pending: str = "") -> State:
    """The same for a hop: its number comes first."""
    number, _, source = sent.argument.partition(" ")
    begun = replace(_at_hop(state, number), mode=InputMode.SOURCE, pending_action=pending)
    return _pick_from(session, begun, source)


def _pick_from(session: ReviewSession, state: State, source: str) -> State:
    if source == "0":
        return choosing.choose(session, state, source)
    listed = [str(one.source) for one in candidates(state)[:CANDIDATES]]
    if source not in listed:
        return report_error(state, "it is not in the list any more: search for it by name")
    return choosing.choose(session, state, str(listed.index(source) + 1))


def _search(_session: ReviewSession, state: State, _sent: Sent) -> State:
    """Show the sources that were found by name; `state_of` has found them."""
    if not state.searched:
        return report_error(state, "type a name first")
    if not state.search_results:
        return replace(state, message=Message(f"no source is called {state.searched}"))
    return state


def _make_source(session: ReviewSession, state: State, sent: Sent) -> State:
    """Add a source of a kind and choose it."""
    place, _, kind = sent.argument.partition(" ")
    modes = {"speaker": InputMode.SPEAKER, "hop": InputMode.SOURCE, "insert": InputMode.SOURCE}
    if place not in modes or kind not in KINDS:
        raise BadFormError("the form", "no button adds that")
    pending = "insert" if place == "insert" else ""
    begun = replace(state, mode=modes[place], pending_action=pending)
    asked = choosing.begin_new(session, begun, "")
    number = str(KINDS.index(kind) + 1)
    return asked if asked.message.is_error else choosing.make_new(session, asked, number)


def _split(session: ReviewSession, state: State, sent: Sent) -> State:
    offsets = split_offsets(state.current_card.article, state.spans)
    if not sent.argument.isdecimal() or int(sent.argument) not in offsets:
        return report_error(state, "choose the word that the second part begins with")
    if state.steps:
        return report_error(state, "decide on what you changed first, or drop the changes")
    at = offsets.index(int(sent.argument))
    return ACTIONS["split-here"](session, replace(state, position=at), "")


def _drop(_session: ReviewSession, state: State, _sent: Sent) -> State:
    return replace(state, steps=())


def _hop(session: ReviewSession, state: State, sent: Sent) -> State:
    """An action on a hop: `hop-drop 2`, `hop-mode 2 denies`."""
    number, _, rest = sent.argument.partition(" ")
    return ACTIONS[sent.action](session, _at_hop(state, number), rest)


def _hop_words(session: ReviewSession, state: State, sent: Sent) -> State:
    """Say which words of the article name a hop, report, or are its office."""
    number, _, rest = sent.argument.partition(" ")
    part, _, words = rest.partition(" ")
    if part not in {"mention", "cue", "capacity"}:
        raise BadFormError("the form", "a hop has no such words")
    if not words and part != "capacity":
        return report_error(state, "type the words first")
    return ACTIONS[f"hop-{part}"](session, _at_hop(state, number), words or NOTHING)


def _at_hop(state: State, number: str) -> State:
    if not number.isdecimal() or not 1 <= int(number[:4]) <= len(state.hops):
        raise BadFormError("the form", "the chain has no such hop")
    return replace(state, hop=int(number[:4]))


_PLAIN = (
    "same", "keep", "take", "withdraw",
    "begin-earlier", "begin-later", "end-earlier", "end-later", "form",
)  # fmt: skip
_NEEDED = ("wording", "note")
_TYPED = ("said-on", "venue")

ACTS: Mapping[str, Act] = {
    **dict.fromkeys(_PLAIN, _plain),
    **dict.fromkeys(_NEEDED, _needed),
    **dict.fromkeys(_TYPED, _typed),
    **dict.fromkeys(("hop-drop", "hop-inward", "hop-outward", "hop-mode"), _hop),
    "merge": _plain,
    "merge-next": _plain,
    "merge-previous": _plain,
    "statement": _statement,
    "reject": _reject,
    "edge": _edge,
    "selection": _use_selection,
    "add": _add,
    "speaker": partial(_pick, mode=InputMode.SPEAKER),
    "speaker-accept": partial(_pick, mode=InputMode.SPEAKER_THEN),
    "hop-source-at": _pick_for_hop,
    "hop-insert-at": partial(_pick_for_hop, pending="insert"),
    "hop-words": _hop_words,
    "reject-words": _reject_in_words,
    "search": _search,
    "make-source": _make_source,
    "split": _split,
    "drop-changes": _drop,
}
"""By the word that a button sends."""
