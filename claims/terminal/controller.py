"""A reviewer's seat: keys in, states out; drafts, leases and the guard of deciding keys."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from claims.errors.base import ClaimsError
from claims.ledger.errors import ChangedMeanwhileError
from claims.review.queue import LEASE
from claims.review.session import ReviewSession
from claims.terminal import deciding
from claims.terminal.keys import bindings, line_editor
from claims.terminal.keys.debounce import Debounce, Verdict
from claims.terminal.keys.keymap import Keymap
from claims.terminal.keys.table import WITHOUT_CARD, InputMode
from claims.terminal.navigation import written
from claims.terminal.screen.layout import claim_line, scrolling
from claims.terminal.state import Message, SavedDecision, State, refused, told

PAUSE = 1.0
"""Seconds without a key after which what was typed is kept in the database."""

RENEW = 20.0
"""Seconds between two renewals of a lease, at least: a key must not cost a transaction."""

RATED = 600.0
"""Seconds over which decisions a minute are counted."""


@dataclass(slots=True)
class ReviewController:
    """One reviewer at the queue; a screen or plain lines are around it.

    Every call may wait for the database. Times are seconds of one clock that never goes back.

    Args:
        sitting: Through which all is done.
        keymap: Which key does what.
        size: Of the screen, for scrolling.
        listed: How many last decisions are loaded: as many as the largest screen shows.
    """

    sitting: ReviewSession
    keymap: Keymap
    size: tuple[int, int] = (80, 24)
    listed: int = 20
    state: State = field(default_factory=State)
    guard: Debounce = field(default_factory=Debounce)
    changed_at: float | None = None
    renewed_at: float = 0.0
    pressed_at: float = 0.0
    behind: bool = True
    announced: SavedDecision | None = None
    decided: deque[float] = field(default_factory=lambda: deque(maxlen=1000))

    def start(self, at: float) -> None:
        """Take the first card."""
        self.state = replace(
            self.state,
            name=self.sitting.name,
            order=self.sitting.order.value,
            filtered=written(self.sitting.filters),
        )
        self._do(lambda: deciding.advance(self.sitting, self.state), at)
        self.state = replace(self.state, ready=True)
        self.catch_up()

    def press(self, key: str, at: float, argument: str = "", *, guarded: bool = True) -> None:
        """Do what a key means now.

        Args:
            key: As keymaps name it.
            at: When it came.
            argument: What was typed after it, in plain lines.
            guarded: Whether it may be a key that nobody meant.
        """
        self.pressed_at = at
        if self.state.field is not None:
            self._edit(key, at)
            return
        if self.state.place is InputMode.PAUSED and key != "esc":
            return
        act = self.keymap.act_for(self.state.place, key)
        if self.state.card is None and act and act.name not in WITHOUT_CARD:
            self.state = refused(self.state, "nothing waits here")
            return
        name = act.name if act else None
        if guarded and bindings.decides(self.state, name, key) and not self._counts(at):
            return
        if self.state.place is InputMode.PAUSED:
            self.guard.calm()
        self._do(lambda: self._meaning(name, key, argument), at)

    def _meaning(self, name: str | None, key: str, argument: str) -> State:
        if name is not None:
            done = bindings.BY_NAME[name](self.sitting, self.state, argument)
            return self._scrolled_to_claim(done)
        if self.state.place in {InputMode.ARTICLE, InputMode.HELP} and key != "esc":
            return self._scroll(key)
        if argument and self.state.place in {InputMode.REASON, *CHOOSING}:
            key = f"{key} {argument}"
            if self.state.place is InputMode.REASON:
                return deciding.reject_because(self.sitting, self.state, key)
            return bindings.choose(self.sitting, self.state, key)
        return bindings.fixed(self.sitting, self.state, key)

    def type(self, text: str, at: float) -> None:
        """Put text into the line being typed, if one is; else it is ignored, as a paste is."""
        self.pressed_at = at
        if self.state.field is None:
            self.state = refused(self.state, "pasted text is no command; nothing was done")
            return
        self.state = replace(self.state, field=line_editor.typed(self.state.field, text))
        self.changed_at = at

    def submit(self, text: str, at: float) -> None:
        """Type a whole line, as plain lines do."""
        if self.state.field is not None:
            field_ = replace(self.state.field, text=text, cursor=len(text))
            self.state = replace(self.state, field=field_)
            self._edit("enter", at)

    def painted(self, at: float) -> None:
        """Say that the state is on the screen: from now on its card can be decided."""
        if self.guard.shown_at == float("inf"):
            self.guard.shown_at = at

    def away(self) -> None:
        """Say that nobody sees the screen: keys of that time were meant for something else."""
        self.guard.shown_at = float("inf")

    def burst(self, at: float) -> None:
        """Say that keys came closer together than a person types them, and were let go."""
        self.guard.pressed.append(at)
        self.state = refused(self.state, "several keys at once are taken for a paste: nothing done")

    def tick(self, at: float) -> None:
        """Do what is due: keep the draft, renew the lease, count anew."""
        card = self.state.card
        if self.changed_at is not None and at - self.changed_at >= PAUSE:
            self.keep()
        if card and card.lease_until and self.pressed_at > self.renewed_at + RENEW:
            self.renewed_at = at
            self._quietly(self._renewed)
        if self.behind:
            self.catch_up()
        while self.decided and at - self.decided[0] > RATED:
            self.decided.popleft()
        lease = LEASE.total_seconds() - (at - self.renewed_at)
        self.state = replace(
            self.state,
            lease=lease if card and card.lease_until else None,
            rate=self._rate(at),
        )

    def catch_up(self) -> None:
        """Load what stands around the card: how many wait, the last decisions."""
        self.behind = False

        def counted() -> State:
            acts = tuple(self.sitting.last_acts(self.listed)) if self.listed else ()
            return replace(self.state, counts=self.sitting.counts(), acts=acts)

        self._quietly(counted)

    def keep(self) -> None:
        """Keep what was typed now."""
        self.changed_at = None
        self._quietly(lambda: deciding.remember_draft(self.sitting, self.state))

    def close(self) -> None:
        """Keep what was typed and let the card go, however the program ends."""
        self.keep()
        self._quietly(self._left)

    def edited(self, text: str, at: float) -> None:
        """Take the words that came out of $EDITOR."""
        words = " ".join(text.split())
        if words and words != self.state.fields.get("text"):
            self._do(lambda: bindings.BY_NAME["wording"](self.sitting, self.state, words), at)

    def _left(self) -> State:
        self.sitting.leave()
        return self.state

    def _renewed(self) -> State:
        if self.state.card is None or self.sitting.renew(self.state.card):
            return self.state
        return refused(self.state, "somebody else has this card by now; j goes to the next")

    def _counts(self, at: float) -> bool:
        verdict = self.guard.judge(at)
        if verdict is Verdict.TOO_MANY:
            self.state = replace(self.state, place=InputMode.PAUSED, told=Message(""))
        elif verdict is Verdict.TOO_SOON:
            self.state = told(self.state, "too quick after the card or key before: not taken")
        return verdict is Verdict.COUNTS

    def _edit(self, key: str, at: float) -> None:
        field_ = self.state.field
        assert field_ is not None, "keys go into a field only where one is open"  # noqa: S101
        if key == "enter":
            self._do(lambda: bindings.submitted(self.sitting, self.state), at)
        elif key == "esc":
            self.state = replace(self.state, field=None, told=Message(""))
            self.changed_at = at
        elif len(key) == 1 or key == "space":
            self.type(" " if key == "space" else key, at)
        else:
            self.state = replace(self.state, field=line_editor.edited(field_, key))
            self.changed_at = at

    def _do(self, act: Callable[[], State], at: float) -> None:
        """Do an act; what goes wrong is said, and the card stays."""
        self.state = before = replace(self.state, told=Message(""))
        try:
            self.state = act()
        except ChangedMeanwhileError as error:
            why = str(error)
            self._quietly(lambda: deciding.changed_meanwhile(self.sitting, before, why))
        except ClaimsError as error:
            place = before.place if before.place in STAYING else InputMode.CARD
            self.state = refused(replace(before, place=place, field=None), str(error))
        self._noticed(before, at)

    def _noticed(self, before: State, at: float) -> None:
        after = self.state
        if after.saved is not before.saved:
            self.behind = True
            self.decided.append(at)
        if after.steps is not before.steps or after.field != before.field:
            self.changed_at = at
        card, earlier = after.card, before.card
        if card is not earlier:
            self.renewed_at = at
            self.guard.shown_at = float("inf")
        self.state = replace(after, rate=self._rate(at))

    def _quietly(self, act: Callable[[], State]) -> None:
        try:
            self.state = act()
        except ClaimsError as error:
            self.state = refused(self.state, str(error))

    def _rate(self, at: float) -> float:
        if len(self.decided) < 2:  # noqa: PLR2004 - one decision is no rate
            return 0.0
        return 60 * (len(self.decided) - 1) / max(at - self.decided[0], 1.0)

    def _scrolled_to_claim(self, state: State) -> State:
        if state.place is InputMode.ARTICLE and state.at < 0:
            return replace(state, at=max(claim_line(state, self.size[0]) - 3, 0))
        return state

    def _scroll(self, key: str) -> State:
        page = max(self.size[1] - 4, 1)
        lines, _ = scrolling(self.state, self.keymap, self.size[0])
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "space": page,
                 "home": -len(lines), "end": len(lines)}  # fmt: skip
        if key not in steps:
            return bindings.fixed(self.sitting, self.state, "esc")
        at = max(0, min(self.state.at + steps[key], len(lines) - page))
        return replace(self.state, at=at)


CHOOSING = frozenset({InputMode.SPEAKER, InputMode.SPEAKER_THEN, InputMode.SOURCE})

STAYING = frozenset({InputMode.CHAIN, InputMode.SOURCE, InputMode.SPEAKER, InputMode.MARKED})
"""Places that are not left because something in them was refused."""
