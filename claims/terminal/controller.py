"""One reviewer at the queue: keys in, states out; drafts, leases and stray keys."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from claims.errors.base import ClaimsError
from claims.ledger.errors import ChangedMeanwhileError
from claims.review.leases import LEASE
from claims.review.session import ReviewSession
from claims.terminal import choosing, deciding
from claims.terminal.bindings import ACTIONS
from claims.terminal.keys import line_editor
from claims.terminal.keys.debounce import Debounce, Verdict
from claims.terminal.keys.keymap import Keymap
from claims.terminal.keys.table import InputMode, KeyBinding, KeyClass
from claims.terminal.navigation import write_filter
from claims.terminal.state import Message, SavedDecision, State, report, report_error

PAUSE = 1.0
"""Seconds without a key after which what was typed is saved in the database."""

RENEW = 20.0
"""Seconds between two renewals of a lease, at least: a key must not cost a transaction."""

RATE_PERIOD = 600.0
"""Seconds over which decisions a minute are counted."""


@dataclass(slots=True)
class ReviewController:
    """One reviewer at the queue; a screen or plain lines are around it.

    Every call may wait for the database. Times are seconds of one clock that never goes back.

    Args:
        session: Through which all is done.
        keymap: Which key does what.
        size: Columns and lines of the screen, for scrolling.
        decisions_shown: How many last decisions are loaded: as many as the largest screen shows.
    """

    session: ReviewSession
    keymap: Keymap
    size: tuple[int, int] = (80, 24)
    decisions_shown: int = 20
    state: State = field(default_factory=State)
    debounce: Debounce = field(default_factory=Debounce)
    changed_at: float | None = None
    renewed_at: float = 0.0
    last_key_at: float = 0.0
    needs_refresh: bool = True
    reported: SavedDecision | None = None
    decision_times: deque[float] = field(default_factory=lambda: deque(maxlen=1000))

    def start(self, at: float) -> None:
        """Load the first card."""
        self.state = replace(
            self.state,
            name=self.session.name,
            order=self.session.order.value,
            filter_text=write_filter(self.session.filters),
        )
        self._run(lambda: deciding.advance(self.session, self.state), at)
        self.state = replace(self.state, ready=True)
        self.refresh()

    def press(self, key: str, at: float, argument: str = "", *, debounced: bool = True) -> None:
        """Do what a key means now.

        Args:
            key: As keymaps name it.
            at: When it came.
            argument: What was typed after it, in plain lines.
            debounced: Whether it may be a key that nobody meant.
        """
        self.last_key_at = at
        mode = self.state.active_mode
        binding = self.keymap.binding_for(mode, key)
        if binding is None:
            if mode not in {InputMode.PAUSED, InputMode.TYPING}:
                self.state = report_error(self.state, f"{key} does nothing here")
            return
        if self.state.card is None and binding.needs_card:
            self.state = report_error(self.state, "nothing waits here")
            return
        decides = binding.decides or (binding.argued and bool(argument))
        if debounced and decides and not self._counts(at):
            return
        if mode is InputMode.PAUSED:
            self.debounce.calm()
        saved = self.state.last_saved
        self._run(lambda: self._act(binding, key, argument), at)
        if binding.action == "undo" and self.state.last_saved is not saved:
            # What is undone is not done: neither the undo nor its decision counts for the pace.
            for _ in range(min(2, len(self.decision_times))):
                self.decision_times.pop()

    def _act(self, binding: KeyBinding, key: str, argument: str) -> State:
        if isinstance(binding.key, KeyClass):
            argument = f"{key} {argument}" if argument else key
        return ACTIONS[binding.action](self.session, self.state, argument)

    def type(self, text: str, at: float) -> None:
        """Put text into the line being typed, if one is; else it is ignored, as a paste is."""
        self.last_key_at = at
        self.state = self.state if self.state.field else choosing.open_for_paste(self.state)
        if self.state.field is None:
            text = "pasted text is no command; nothing was done"
            self.state = report_error(self.state, text)
            return
        self.state = replace(self.state, field=line_editor.insert_text(self.state.field, text))
        self.changed_at = at

    def submit(self, text: str, at: float) -> None:
        """Type a whole line, as plain lines do."""
        if self.state.field is not None:
            line = replace(self.state.field, text=text, cursor=len(text))
            self.state = replace(self.state, field=line)
            self._run(lambda: ACTIONS["submit-line"](self.session, self.state, ""), at)
            if self.state.message.is_error:
                # The next line of a pipe is meant for something else.
                self.state = replace(self.state, field=None)

    def screen_shown(self, at: float) -> None:
        """Say that the state is on the screen: from now on its card can be decided."""
        if self.debounce.shown_at == float("inf"):
            self.debounce.shown_at = at

    def screen_hidden(self) -> None:
        """Say that nobody sees the screen: keys of that time were meant for something else."""
        self.debounce.shown_at = float("inf")

    def burst(self, text: str, at: float) -> None:
        """Take keys that came closer together than a person types them as a paste.

        Where a name is asked for they are its letters, however slow the line is that they came
        over; else they are dropped, and it is said.
        """
        self.debounce.key_times.append(at)
        opened = choosing.open_for_paste(self.state)
        if text.strip() and opened.field is not None and opened.mode in choosing.NAMING:
            self.type(text, at)
            return
        text = "several keys at once are taken for a paste: nothing done"
        self.state = report_error(self.state, text)

    def tick(self, at: float) -> None:
        """Do what is due: save the draft, renew the lease, count anew."""
        card = self.state.card
        if self.changed_at is not None and at - self.changed_at >= PAUSE:
            self.save_draft()
        if card and card.lease_until and self.last_key_at > self.renewed_at + RENEW:
            self.renewed_at = at
            self._attempt(self._renew_lease)
        if self.needs_refresh:
            self.refresh()
        while self.decision_times and at - self.decision_times[0] > RATE_PERIOD:
            self.decision_times.popleft()
        lease = LEASE.total_seconds() - (at - self.renewed_at)
        self.state = replace(
            self.state,
            lease=lease if card and card.lease_until else None,
            rate=self._rate(at),
        )

    def refresh(self) -> None:
        """Load what is shown around the card: how many wait, the last decisions."""
        self.needs_refresh = False

        def refreshed() -> State:
            limit = self.decisions_shown
            decisions = tuple(self.session.recent_decisions(limit)) if limit else ()
            return replace(self.state, counts=self.session.counts(), last_decisions=decisions)

        self._attempt(refreshed)

    def save_draft(self) -> None:
        """Save what was typed now."""
        self.changed_at = None
        self._attempt(lambda: deciding.remember_draft(self.session, self.state))

    def close(self) -> None:
        """Save what was typed and free the card, however the program ends."""
        self.save_draft()
        self._attempt(self._leave)

    def use_edited_words(self, text: str, at: float) -> None:
        """Use the words that came out of $EDITOR."""
        words = " ".join(text.split())
        if words and words != self.state.claim.text:
            self._run(lambda: ACTIONS["wording"](self.session, self.state, words), at)

    def _leave(self) -> State:
        self.session.leave()
        return self.state

    def _renew_lease(self) -> State:
        if self.state.card is None or self.session.renew(self.state.card.claim):
            return self.state
        key = self.keymap.key_of("next")
        text = f"somebody else has this card by now, or you elsewhere; {key} goes to the next"
        return report_error(self.state, text)

    def _counts(self, at: float) -> bool:
        verdict = self.debounce.judge(at)
        if verdict is Verdict.TOO_MANY:
            self.state = replace(self.state, mode=InputMode.PAUSED, message=Message(""))
        elif verdict is Verdict.TOO_SOON:
            text = "too quick after the card or key before: not taken"
            self.state = report(self.state, text)
        return verdict is Verdict.COUNTS

    def _run(self, action: Callable[[], State], at: float) -> None:
        """Do an action; what goes wrong is reported, and the card stays."""
        before = replace(self.state, message=Message(""), size=self.size)
        self.state = before
        try:
            self.state = action()
        except ChangedMeanwhileError as error:
            why = str(error)
            self._attempt(lambda: deciding.changed_meanwhile(self.session, before, why))
        except ClaimsError as error:
            stays = before.field is not None or before.mode in STAYING
            mode = before.mode if stays else InputMode.CARD
            self.state = report_error(replace(before, mode=mode), str(error))
        self._follow(before, at)

    def _follow(self, before: State, at: float) -> None:
        """Note when what changed: a decision, a draft, the card."""
        after = self.state = _with_left_line(before, self.state)
        if after.last_saved is not before.last_saved:
            self.needs_refresh = True
            self.decision_times.append(at)
        if after.steps is not before.steps or after.field != before.field:
            self.changed_at = at
        if after.card is not before.card:
            self.renewed_at = at
            self.debounce.shown_at = float("inf")
        self.state = replace(after, rate=self._rate(at))
        if after.filter_text != before.filter_text:
            # The first picture with another filter already says how many wait.
            self.refresh()

    def _attempt(self, action: Callable[[], State]) -> None:
        try:
            self.state = action()
        except ClaimsError as error:
            self.state = report_error(self.state, str(error))

    def _rate(self, at: float) -> float:
        if len(self.decision_times) < 2:  # noqa: PLR2004 - one decision is no rate
            return 0.0
        return 60 * (len(self.decision_times) - 1) / max(at - self.decision_times[0], 1.0)


def _with_left_line(before: State, after: State) -> State:
    """The state with the line that was left, if it is opened again."""
    opened, left = after.field, after.left
    if before.field is not None or opened is None or left is None or opened.action != left.action:
        return after
    return replace(after, field=replace(left, cursor=len(left.text)), left=None)


STAYING = frozenset({InputMode.CHAIN, InputMode.SOURCE, InputMode.SPEAKER, InputMode.MARKED})
"""Modes that are not left because something in them was refused."""
