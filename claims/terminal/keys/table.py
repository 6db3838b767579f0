"""Every act of the queue: its name, where it can be done, its key, and what it is called."""

from dataclasses import dataclass
from enum import StrEnum


class InputMode(StrEnum):
    """What the keys mean now."""

    CARD = "card"
    REASON = "reason"
    SPEAKER = "speaker"
    SPEAKER_THEN = "speaker-then-accept"
    CHAIN = "chain"
    SOURCE = "source"
    SPLIT = "split"
    MERGE = "merge"
    MARKED = "marked"
    SURE = "sure"
    ARTICLE = "article"
    HELP = "help"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class KeyAct:
    """An act that a key does.

    Attributes:
        name: As keymap files and `--plain` know it.
        place: Where it can be done.
        key: What does it unless a keymap says otherwise.
        label: A word or three for the foot of the screen.
        about: One line for the list of all keys.
        rank: The lowest come first where the foot of the screen is short.
        decides: Whether it writes to the ledger: a key that must not be hit by accident.
    """

    name: str
    place: InputMode
    key: str
    label: str
    about: str
    rank: int = 5
    decides: bool = False


_CARD, _CHAIN, _MARKED = InputMode.CARD, InputMode.CHAIN, InputMode.MARKED

ACTS = (
    KeyAct("accept", _CARD, "a", "accept", "accept, with all that was changed", 1, decides=True),
    KeyAct("reject", _CARD, "x", "reject", "reject: not a claim", 1, decides=True),
    KeyAct("reject-because", _CARD, "X", "why", "reject for another reason: then 1 to 7", 3),
    KeyAct("later", _CARD, "space", "later", "put aside, to come back at the end", 1, decides=True),
    KeyAct("undo", _CARD, "u", "undo", "take your last act back, any depth, any day", 1,
           decides=True),
    KeyAct("redo", _CARD, "U", "redo", "take the last undo back", 4, decides=True),
    KeyAct("speaker", _CARD, "s", "speaker", "who said it: then 1 to 9, 0 nobody known, or type"
           " a name", 2),
    KeyAct("speaker-accept", _CARD, "S", "+accept", "the same with one digit, and accept", 4),
    KeyAct("same", _CARD, "=", "as last", "accept with the speaker and chain of the last accepted",
           3, decides=True),
    KeyAct("chain", _CARD, "h", "chain", "change the chain, hop by hop", 2),
    KeyAct("word-left", _CARD, "left", "edge", "move the edge of the words left by a word", 2),
    KeyAct("word-right", _CARD, "right", "edge", "move the edge of the words right by a word", 9),
    KeyAct("letter-left", _CARD, "shift+left", "", "the same by a character", 9),
    KeyAct("letter-right", _CARD, "shift+right", "", "the same by a character", 9),
    KeyAct("begin-earlier", _CARD, "[", "begin", "let the words begin a clause earlier", 2),
    KeyAct("begin-later", _CARD, "]", "begin", "let the words begin a clause later", 9),
    KeyAct("end-earlier", _CARD, "{", "end", "let the words end a clause earlier", 2),
    KeyAct("end-later", _CARD, "}", "end", "let the words end a clause later", 9),
    KeyAct("other-edge", _CARD, "b", "other edge", "move the other edge: beginning or end", 4),
    KeyAct("form", _CARD, "t", "form", "quote, mixed or paraphrase", 3),
    KeyAct("wording", _CARD, "w", "wording", "type the words as the article has them", 3),
    KeyAct("wording-editor", _CARD, "E", "", "the same in $EDITOR", 9),
    KeyAct("statement", _CARD, "W", "statement", "write the claim in words that stand alone", 4),
    KeyAct("split", _CARD, "p", "part", "part in two: then left, right, enter", 4),
    KeyAct("merge", _CARD, "m", "merge", "make one of it and the next or previous claim", 4),
    KeyAct("second-reader", _CARD, "z", "2nd reader", "flag it for a second reader", 4,
           decides=True),
    KeyAct("note", _CARD, "n", "note", "write a note into the ledger", 4),
    KeyAct("next", _CARD, "j", "next", "the next card, without deciding", 3),
    KeyAct("previous", _CARD, "k", "back", "the card before, without deciding", 3),
    KeyAct("goto", _CARD, "g", "go to", "a claim of this article by number, or any by its id", 5),
    KeyAct("filter", _CARD, "/", "filter", "only some: outlet:, speaker:, form:, since:, until:,"
           " words", 5),
    KeyAct("copy", _CARD, "y", "copy id", "copy the claim's id", 6),
    KeyAct("context", _CARD, "c", "context", "sentence, paragraph, 3 paragraphs, all", 3),
    KeyAct("article", _CARD, "v", "article", "the whole article, to scroll", 3),
    KeyAct("open", _CARD, "o", "source", "open the article's address", 6),
    KeyAct("mark", _CARD, "M", "mark", "mark this claim, to decide several at once", 5),
    KeyAct("help", _CARD, "?", "all keys", "this list", 0),
    KeyAct("quit", _CARD, "q", "quit", "leave; nothing is lost", 2),
    KeyAct("hop-source", _CHAIN, "s", "source", "who the hop is: type a name", 1),
    KeyAct("hop-cue", _CHAIN, "c", "cue", "the words that report, as printed", 1),
    KeyAct("hop-mention", _CHAIN, "w", "where named", "the words that name it, as printed", 2),
    KeyAct("hop-mode", _CHAIN, "m", "mode", "says, denies, expects, asks, promises", 2),
    KeyAct("hop-drop", _CHAIN, "d", "drop", "take the hop out", 1),
    KeyAct("hop-insert", _CHAIN, "i", "insert", "put a hop in after this one", 1),
    KeyAct("hop-inward", _CHAIN, "<", "inward", "move the hop towards the speaker", 2),
    KeyAct("hop-outward", _CHAIN, ">", "outward", "move the hop away from the speaker", 2),
    KeyAct("marked-accept", _MARKED, "a", "accept all", "accept all marked: then Y", 1),
    KeyAct("marked-reject", _MARKED, "x", "reject all", "reject all marked: then Y", 1),
    KeyAct("unmark", _MARKED, "M", "unmark", "take the mark off this claim", 1),
    KeyAct("marked-next", _MARKED, "j", "next", "keep the mark and go to the next card", 1),
)  # fmt: skip
"""In the order of the list of all keys."""

WITHOUT_CARD = frozenset({"undo", "redo", "filter", "goto", "previous", "next", "help", "quit"})
"""Acts that can be done where nothing waits."""

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

NOT_A_CLAIM = "not a claim"

FIXED = {
    InputMode.REASON: (("1-7", "reason"), ("esc", "back")),
    InputMode.SPEAKER: (
        ("1-9", "pick"),
        ("0", "nobody known"),
        ("letters", "search"),
        ("esc", "back"),
    ),
    InputMode.SPEAKER_THEN: (("1-9", "pick and accept"), ("0", "nobody known"), ("esc", "back")),
    InputMode.CHAIN: (("0-9", "go to hop"), ("enter", "done"), ("esc", "done")),
    InputMode.SOURCE: (
        ("1-9", "pick"),
        ("0", "nobody known"),
        ("letters", "search"),
        ("esc", "back"),
    ),
    InputMode.SPLIT: (("left right", "move"), ("enter", "part here"), ("esc", "back")),
    InputMode.MERGE: (("n", "with the next"), ("p", "with the previous"), ("esc", "back")),
    InputMode.MARKED: (("esc", "back"),),
    InputMode.SURE: (("Y", "decide on all"), ("esc", "back")),
    InputMode.ARTICLE: (("up down", "scroll"), ("space pgup pgdn", "page"), ("esc", "back")),
    InputMode.HELP: (("up down", "scroll"), ("esc", "back")),
    InputMode.PAUSED: (("esc", "go on"),),
}
"""Keys that no keymap changes: digits, and those that every program has."""
