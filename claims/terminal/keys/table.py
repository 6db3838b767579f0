"""Every key of the queue, in one table: mode, key, action, and what is said of it.

The dispatch, the foot of the screen, the list of all keys, keymap files, `--plain` and the tables
of docs/review.md are derived from it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from claims.model.kinds import SourceKind


class InputMode(StrEnum):
    """What the keys mean now."""

    CARD = "card"
    RETURNED = "returned"
    REASON = "reason"
    SPEAKER = "speaker"
    SPEAKER_THEN = "speaker-then-accept"
    CHAIN = "chain"
    SOURCE = "source"
    SPLIT = "split"
    MERGE = "merge"
    NEW_SOURCE = "new-source"
    ADD = "add"
    MARKED = "marked"
    SURE = "sure"
    ARTICLE = "article"
    HELP = "help"
    PAUSED = "paused"
    TYPING = "typing"


MODE_TITLES = {
    InputMode.CARD: "on a card",
    InputMode.RETURNED: "on a published claim whose article was edited",
    InputMode.REASON: "choosing a reason",
    InputMode.SPEAKER: "choosing the speaker",
    InputMode.SPEAKER_THEN: "choosing the speaker, to accept",
    InputMode.CHAIN: "in the chain",
    InputMode.SOURCE: "choosing the source of a hop",
    InputMode.SPLIT: "splitting",
    InputMode.MERGE: "merging",
    InputMode.NEW_SOURCE: "adding a source",
    InputMode.ADD: "adding a claim",
    InputMode.MARKED: "with marks",
    InputMode.SURE: "confirming for all marked",
    InputMode.ARTICLE: "reading the whole article",
    InputMode.HELP: "in the list of all keys",
    InputMode.PAUSED: "after too many keys",
    InputMode.TYPING: "typing a line",
}

REASONS = (
    "not said",
    "wrong speaker beyond repair",
    "duplicate",
    "outlet's own opinion",
    "garbled",
    "rumour",
    "other",
)
"""Of a rejection, by number; the last one asks for words."""

KINDS = tuple(kind.value for kind in SourceKind)
"""Of a source that is added, by number."""

NOT_A_CLAIM = "not a claim"
EDITED_AWAY = "its article was edited"

CANDIDATES = 9
"""Sources that can be picked by number: a card has no more, and there are no more digits."""


@dataclass(frozen=True, slots=True)
class KeyClass:
    """Keys that do the same; the action is told which of them was pressed.

    Attributes:
        name: As screens show it.
        matches: Whether a key is one of them.
    """

    name: str
    matches: Callable[[str], bool]


def digits(first: int, last: int) -> KeyClass:
    """The digits of a range, both ends included."""
    keys = frozenset(str(number) for number in range(first, last + 1))
    return KeyClass(f"{first}-{last}" if first < last else str(first), keys.__contains__)


LETTERS = KeyClass("letters", lambda key: len(key) == 1)
HINTS = KeyClass("a-Z", lambda key: len(key) == 1 and key.isascii() and key.isalpha())
TEXT = KeyClass("text", lambda key: len(key) == 1 or key == "space")
ANY_OTHER = KeyClass("any other key", lambda _: True)


@dataclass(frozen=True, slots=True)
class KeyBinding:
    """A key with what it does in a mode.

    Attributes:
        action: As keymap files and `--plain` know it; `claims.terminal.bindings` has its function.
        mode: Where the key does it; None for the program's own keys, which hold in every mode.
        key: What does it, unless a keymap says otherwise: a key by its name, or a class of keys.
        label: A word or three for the foot of the screen; empty for keys that are not shown there.
        help: One line for the list of all keys and the documentation.
        rank: The lowest come first where the foot of the screen is short.
        decides: Whether it writes to the ledger: a key that must not be hit by accident.
        fixed: Whether no keymap changes it: digits, and the keys that every program has.
        needs_card: Whether it does nothing where no card is shown.
        argued: Whether it writes to the ledger once something follows the key, in plain lines.
        needs_changes: Whether it is shown only where something was changed on the card.
        shown: What the foot of the screen calls the key, where that is not the key itself.
        paired: Whether the foot of the screen shows its key with that of the row before, as one.
    """

    action: str
    mode: InputMode | None
    key: str | KeyClass
    label: str
    help: str
    rank: int = 5
    decides: bool = False
    fixed: bool = False
    needs_card: bool = True
    argued: bool = False
    needs_changes: bool = False
    shown: str = ""
    paired: bool = False

    def matches(self, key: str) -> bool:
        """Whether a key is the one of the table, or in its class."""
        return self.key.matches(key) if isinstance(self.key, KeyClass) else self.key == key

    @property
    def key_name(self) -> str:
        """The key of the table, or the name of its class."""
        return self.key.name if isinstance(self.key, KeyClass) else self.key


def _fixed(  # noqa: PLR0913, PLR0917 - one row of the table
    action: str,
    mode: InputMode | None,
    key: str | KeyClass,
    label: str,
    about: str,
    shown: str = "",
    *,
    decides: bool = False,
    needs_changes: bool = False,
    paired: bool = False,
) -> KeyBinding:
    return KeyBinding(
        action, mode, key, label, about, rank=-1, decides=decides, fixed=True, needs_card=False,
        needs_changes=needs_changes, shown=shown, paired=paired,
    )  # fmt: skip


def _scrolling(mode: InputMode, page: str) -> tuple[KeyBinding, ...]:
    """The keys of a text that is longer than the screen; a page has a label where there is room."""
    return (
        _fixed("scroll-up", mode, "up", "scroll", "a line up"),
        _fixed("scroll-down", mode, "down", "scroll", "a line down", paired=True),
        _fixed("page-down", mode, "space", page, "a page down"),
        _fixed("page-up", mode, "pageup", page, "a page up", "pgup", paired=True),
        _fixed("page-down", mode, "pagedown", page, "a page down", "pgdn", paired=True),
        _fixed("scroll-home", mode, "home", "", "to the beginning"),
        _fixed("scroll-end", mode, "end", "", "to the end"),
        _fixed("back", mode, "esc", "back", "back to the card"),
        _fixed("back", mode, ANY_OTHER, "", "back to the card"),
    )


def _picking(mode: InputMode, pick: str, search: str, *, decides: bool) -> tuple[KeyBinding, ...]:
    """The keys of a list of candidates."""
    return (
        _fixed("pick", mode, digits(1, CANDIDATES), pick, "the candidate with this number",
               decides=decides),
        _fixed("pick", mode, digits(0, 0), "nobody known", "nobody knows who it is",
               decides=decides),
        _fixed("new-person", mode, "*", "new person", "add the person named, whom no source is",
               decides=True),
        _fixed("new-source", mode, "+", "new", "add a source of another kind, by its number"),
        _fixed("search", mode, LETTERS, search, "search for a source by name"),
        _fixed("back", mode, "esc", "back", "change nothing"),
    )  # fmt: skip


_CARD, _RETURNED, _CHAIN, _MARKED, _TYPING = (
    InputMode.CARD, InputMode.RETURNED, InputMode.CHAIN, InputMode.MARKED, InputMode.TYPING,
)  # fmt: skip

BINDINGS = (
    KeyBinding("accept", _CARD, "a", "accept", "accept, with all that was changed", 1,
               decides=True),
    KeyBinding("reject", _CARD, "x", "reject", f"reject: {NOT_A_CLAIM}", 1, decides=True),
    KeyBinding("reject-because", _CARD, "X", "why",
               f"reject for another reason: then 1 to {len(REASONS)}", 3, argued=True),
    KeyBinding("later", _CARD, "space", "later", "put aside, to come back at the end", 1,
               decides=True),
    KeyBinding("undo", _CARD, "u", "undo", "undo your last decision, any depth, any day", 1,
               decides=True, needs_card=False),
    KeyBinding("redo", _CARD, "U", "redo", "redo what was last undone", 4, decides=True,
               needs_card=False),
    KeyBinding("speaker", _CARD, "s", "speaker",
               f"who said it: then 1 to {CANDIDATES}, 0 nobody known, or type a name", 2),
    KeyBinding("speaker-accept", _CARD, "S", "", "the same with one digit, and accept", 4,
               argued=True),
    replace(
        _fixed("said-by", _CARD, digits(1, CANDIDATES), "said by",
               "accept, said by the candidate with this number", decides=True),
        rank=3, needs_card=True,
    ),
    KeyBinding("same", _CARD, "=", "as last",
               "accept with the speaker and chain of the last accepted", 3, decides=True),
    KeyBinding("accept-new", _CARD, "*", "new person",
               "accept, said by the person named, whom no source is", 5, decides=True),
    KeyBinding("chain", _CARD, "h", "chain", "change the chain, hop by hop", 2),
    KeyBinding("word-left", _CARD, "left", "edge", "move the edge of the words left by a word", 2),
    KeyBinding("word-right", _CARD, "right", "edge", "move the edge of the words right by a word",
               paired=True),
    KeyBinding("letter-left", _CARD, "shift+left", "", "the same by a character", 9),
    KeyBinding("letter-right", _CARD, "shift+right", "", "the same by a character", 9),
    KeyBinding("begin-earlier", _CARD, "[", "begin", "let the words begin a clause earlier", 2),
    KeyBinding("begin-later", _CARD, "]", "begin", "let the words begin a clause later",
               paired=True),
    KeyBinding("end-earlier", _CARD, "{", "end", "let the words end a clause earlier", 2),
    KeyBinding("end-later", _CARD, "}", "end", "let the words end a clause later",
               paired=True),
    KeyBinding("other-edge", _CARD, "b", "other", "move the other edge: beginning or end", 4),
    KeyBinding("form", _CARD, "t", "form", "quote, mixed or paraphrase", 3),
    KeyBinding("wording", _CARD, "w", "wording", "type the words as the article has them", 3),
    KeyBinding("wording-editor", _CARD, "E", "", "the same in $EDITOR", 9),
    KeyBinding("statement", _CARD, "W", "means", "write the claim in words that stand alone",
               4),
    KeyBinding("said-on", _CARD, "D", "day", "the day it was said on, or the first and the last",
               4),
    KeyBinding("venue", _CARD, "V", "venue", "where or how it was said", 4),
    KeyBinding("split", _CARD, "p", "split", "split in two: then left, right, enter", 4),
    KeyBinding("merge", _CARD, "m", "merge", "make one of it and the next or previous claim", 4,
               argued=True),
    KeyBinding("add", _CARD, "A", "add",
               "add a claim that was missed: mark its words, or type them", 4,
               argued=True),
    KeyBinding("second-reader", _CARD, "z", "2nd reader", "flag it for a second reader", 4,
               decides=True),
    KeyBinding("note", _CARD, "n", "note", "write a note into the ledger", 4, argued=True),
    KeyBinding("next", _CARD, "j", "next", "the next card, without deciding", 3,
               needs_card=False),
    KeyBinding("previous", _CARD, "k", "back", "the card before, without deciding", 3,
               needs_card=False),
    KeyBinding("goto", _CARD, "g", "go to", "a claim of this article by number, or any by its id",
               5, needs_card=False),
    KeyBinding("filter", _CARD, "/", "filter",
               "only some: outlet:, speaker:, form:, since:, until:, words", 5, needs_card=False),
    KeyBinding("copy", _CARD, "y", "copy id", "copy the claim's id", 6),
    KeyBinding("context", _CARD, "c", "context", "sentence, paragraph, 3 paragraphs, all", 3),
    KeyBinding("article", _CARD, "v", "article", "the whole article, to scroll", 3),
    KeyBinding("open", _CARD, "o", "source", "open the article's address", 6),
    KeyBinding("mark", _CARD, "M", "mark", "mark this claim, to decide several at once", 5),
    KeyBinding("help", _CARD, "?", "all keys", "this list", 0, needs_card=False),
    KeyBinding("quit", _CARD, "q", "quit", "leave; nothing is lost", 2, needs_card=False),
    _fixed("drop-change", _CARD, "esc", "drop last change",
           "leave a list or a field; drop the last change", needs_changes=True),

    KeyBinding("keep", _RETURNED, "k", "keep", "keep the claim as it is", 1, decides=True),
    KeyBinding("take", _RETURNED, "t", "take new words",
               "take the new words: the claim gives way to them, as a correction", 1, decides=True),
    KeyBinding("withdraw", _RETURNED, "w", "withdraw",
               "withdraw the claim from the published ones", 1, decides=True),
    KeyBinding("undo", _RETURNED, "u", "undo", "undo your last decision", 2, decides=True),
    KeyBinding("redo", _RETURNED, "U", "", "redo what was last undone", 4, decides=True),
    KeyBinding("next", _RETURNED, "j", "next", "the next card, without deciding", 2),
    KeyBinding("note", _RETURNED, "n", "note", "write a note into the ledger", 4),
    KeyBinding("goto", _RETURNED, "g", "", "a claim by its number or id", 5),
    KeyBinding("filter", _RETURNED, "/", "", "only some cards", 5),
    KeyBinding("copy", _RETURNED, "y", "", "copy the claim's id", 6),
    KeyBinding("context", _RETURNED, "c", "context", "sentence, paragraph, 3 paragraphs, all", 3),
    KeyBinding("article", _RETURNED, "v", "article", "the whole article, to scroll", 3),
    KeyBinding("open", _RETURNED, "o", "", "open the article's address", 6),
    KeyBinding("help", _RETURNED, "?", "all keys", "this list", 0),
    KeyBinding("quit", _RETURNED, "q", "quit", "leave; nothing is lost", 2),

    KeyBinding("hop-source", _CHAIN, "s", "source", "who the hop is: type a name", 1),
    KeyBinding("hop-cue", _CHAIN, "c", "cue", "the words that report, as printed", 1),
    KeyBinding("hop-mention", _CHAIN, "w", "where named", "the words that name it, as printed", 2),
    KeyBinding("hop-capacity", _CHAIN, "o", "office", "the office or role, as printed", 2),
    KeyBinding("hop-mode", _CHAIN, "m", "mode", "says, denies, expects, …", 2),
    KeyBinding("hop-drop", _CHAIN, "d", "drop", "take the hop out", 1),
    KeyBinding("hop-insert", _CHAIN, "i", "insert", "put a hop in after this one", 1),
    KeyBinding("hop-inward", _CHAIN, "<", "inward", "move the hop towards the speaker", 2),
    KeyBinding("hop-outward", _CHAIN, ">", "outward", "move the hop away from the speaker", 2),
    _fixed("hop-number", _CHAIN, digits(0, 9), "go to hop", "the number of a hop"),
    _fixed("back", _CHAIN, "enter", "done", "back to the card, changes kept"),
    _fixed("back", _CHAIN, "esc", "done", "back to the card, changes kept"),

    KeyBinding("marked-accept", _MARKED, "a", "accept all", "accept all marked: then Y", 1),
    KeyBinding("marked-reject", _MARKED, "x", "reject all", "reject all marked: then Y", 1),
    KeyBinding("unmark", _MARKED, "M", "unmark", "take the mark off this claim", 1),
    KeyBinding("marked-next", _MARKED, "j", "next", "keep the mark and go to the next card", 1),
    _fixed("back", _MARKED, "esc", "back", "back to the card, marks kept"),

    _fixed("reason", InputMode.REASON, digits(1, len(REASONS) - 1), "reason",
           "reject for the reason with this number", f"1-{len(REASONS)}", decides=True),
    _fixed("reason", InputMode.REASON, digits(len(REASONS), len(REASONS)), "",
           "reject for another reason, in words"),
    _fixed("back", InputMode.REASON, "esc", "back", "do not reject"),
    *_picking(InputMode.SPEAKER, "pick", "search", decides=False),
    *_picking(InputMode.SPEAKER_THEN, "pick and accept", "", decides=True),
    *_picking(InputMode.SOURCE, "pick", "search", decides=False),

    _fixed("cut-left", InputMode.SPLIT, "left", "move", "move the cut left by a word"),
    _fixed("cut-right", InputMode.SPLIT, "right", "move", "move the cut right by a word",
           paired=True),
    _fixed("split-here", InputMode.SPLIT, "enter", "split here", "split at the cut", decides=True),
    _fixed("back", InputMode.SPLIT, "esc", "back", "do not split"),
    _fixed("merge-next", InputMode.MERGE, "n", "with the next",
           "merge with the next claim of the article", decides=True),
    _fixed("merge-previous", InputMode.MERGE, "p", "with the previous",
           "merge with the previous claim of the article", decides=True),
    _fixed("back", InputMode.MERGE, "esc", "back", "do not merge"),
    _fixed("add-words", InputMode.ADD, "enter", "add it", "add a claim of the marked words",
           decides=True),
    _fixed("add-said-by-likely", InputMode.ADD, "=", "said by as shown",
           "add a claim said by whom the article seems to name, as shown, and accept it",
           decides=True),
    _fixed("add-said-by", InputMode.ADD, digits(1, CANDIDATES), "said by, and accept",
           "add a claim that the candidate with this number said, and accept it", decides=True),
    _fixed("add-said-by-new", InputMode.ADD, "*", "by somebody new",
           "add a claim said by whom the words name and no source is, and accept it",
           decides=True),
    _fixed("sentence-before", InputMode.ADD, "up", "sentence", "the sentence before"),
    _fixed("sentence-after", InputMode.ADD, "down", "sentence", "the sentence after", paired=True),
    _fixed("missed", InputMode.ADD, "space", "missed",
           "the next sentence in which somebody reports and no claim stands"),
    _fixed("paragraph-before", InputMode.ADD, "pageup", "paragraph",
           "the beginning of the paragraph, or the one before", "pgup"),
    _fixed("paragraph-after", InputMode.ADD, "pagedown", "paragraph", "the paragraph after", "pgdn",
           paired=True),
    _fixed("next-part", InputMode.ADD, "tab", "part", "another part of the sentence, or all of it"),
    _fixed("mark-begin-earlier", InputMode.ADD, "[", "begin", "begin a clause earlier"),
    _fixed("mark-begin-later", InputMode.ADD, "]", "begin", "begin a clause later", paired=True),
    _fixed("mark-end-earlier", InputMode.ADD, "{", "end", "end a clause earlier"),
    _fixed("mark-end-later", InputMode.ADD, "}", "end", "end a clause later", paired=True),
    _fixed("mark-end-left", InputMode.ADD, "left", "end", "end a word earlier"),
    _fixed("mark-end-right", InputMode.ADD, "right", "end", "end a word later", paired=True),
    _fixed("mark-begin-left", InputMode.ADD, "shift+left", "begin", "begin a word earlier"),
    _fixed("mark-begin-right", InputMode.ADD, "shift+right", "begin", "begin a word later",
           paired=True),
    _fixed("back", InputMode.ADD, "esc", "back", "add no claim"),
    _fixed("add-then-speaker", InputMode.ADD, "s", "say who",
           "add a claim of the marked words, then say who spoke: by number, or by name",
           decides=True),
    _fixed("type-words", InputMode.ADD, "w", "type words", "type the words of the claim instead"),
    _fixed("lettered-part", InputMode.ADD, HINTS, "mark what it stands at",
           "mark the words that begin at this letter in the article; again: to another end"),
    _fixed("make-source", InputMode.NEW_SOURCE, digits(1, len(KINDS)), "kind",
           "add the source, of the kind with this number", decides=True),
    _fixed("new-person", InputMode.NEW_SOURCE, "*", "new person", "add the source as a person",
           decides=True),
    _fixed("back", InputMode.NEW_SOURCE, "esc", "back", "add no source"),
    _fixed("decide-marked", InputMode.SURE, "Y", "decide on all", "decide on all marked claims",
           decides=True),
    _fixed("back", InputMode.SURE, "esc", "back", "decide nothing, marks kept"),

    *_scrolling(InputMode.ARTICLE, "page"),
    *_scrolling(InputMode.HELP, ""),
    _fixed("back", InputMode.PAUSED, "esc", "go on", "go on; keys decide again"),

    _fixed("submit-line", _TYPING, "enter", "done", "use the line"),
    _fixed("leave-line", _TYPING, "esc", "leave", "leave the line"),
    _fixed("line-clear", _TYPING, "ctrl+u", "empty", "delete all before the cursor"),
    _fixed("line-clear-end", _TYPING, "ctrl+k", "", "delete all after the cursor"),
    _fixed("line-delete-word", _TYPING, "ctrl+w", "", "delete the word before the cursor"),
    _fixed("line-backspace", _TYPING, "backspace", "", "delete the character before the cursor"),
    _fixed("line-delete", _TYPING, "delete", "", "delete the character after the cursor"),
    _fixed("line-left", _TYPING, "left", "", "a character to the left"),
    _fixed("line-right", _TYPING, "right", "", "a character to the right"),
    _fixed("line-home", _TYPING, "home", "", "to the beginning"),
    _fixed("line-home", _TYPING, "ctrl+a", "", "to the beginning"),
    _fixed("line-end", _TYPING, "end", "", "to the end"),
    _fixed("line-end", _TYPING, "ctrl+e", "", "to the end"),
    _fixed("line-text", _TYPING, TEXT, "", "is typed"),

    _fixed("quit-now", None, "ctrl+c", "quit", "quit; nothing is half decided"),
    _fixed("quit-now", None, "ctrl+q", "", "quit; nothing is half decided"),
    _fixed("suspend", None, "ctrl+z", "", "back to the shell for a while; `fg` goes on"),
)  # fmt: skip
"""In the order of the list of all keys; of the rows of a mode the first that matches counts."""

REMAPPABLE = dict(
    reversed({row.action: row for row in reversed(BINDINGS) if not row.fixed}.items())
)
"""The rows whose key a keymap may change, by action; of an action of two modes the first."""
