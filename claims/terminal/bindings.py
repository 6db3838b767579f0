"""The function of each action of `claims.terminal.keys.table`."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from claims.review.session import ReviewSession
from claims.terminal import adding, choosing, deciding, editing, navigation
from claims.terminal.keys.line_editor import EDITS, insert_text
from claims.terminal.keys.table import REASONS
from claims.terminal.state import Field, Message, State

Action = Callable[[ReviewSession, State, str], State]
"""Takes what was typed after the key; of a class of keys the key that was pressed comes first."""


def _pure(change: Callable[[State, str], State]) -> Action:
    """An action that asks nothing of the database."""
    return lambda _session, state, argument: change(state, argument)


def _fixed(action: Action, argument: str) -> Action:
    """An action whose argument the key says."""
    return lambda session, state, _argument: action(session, state, argument)


def _edit(edit: Callable[[Field], Field]) -> Action:
    """An action on the line being typed."""

    def action(_session: ReviewSession, state: State, _argument: str) -> State:
        return replace(state, field=edit(_field(state)))

    return action


def _type_text(_session: ReviewSession, state: State, key: str) -> State:
    text = " " if key == "space" else key
    return replace(state, field=insert_text(_field(state), text))


def _leave_line(_session: ReviewSession, state: State, _argument: str) -> State:
    left = _field(state)
    return replace(state, field=None, left=left if left.text.strip() else state.left)


def submit(session: ReviewSession, state: State, _argument: str) -> State:
    """Use a line that was typed to its end."""
    field, text = _field(state), _field(state).text.strip()
    closed = replace(state, field=None, message=Message(""))
    if field.action == "filter":
        now = navigation.set_filter(session, closed, text)
    elif not text:
        return closed
    elif field.action == "search":
        now = choosing.choose(session, closed, text)
    else:
        argument = f"{len(REASONS)} {text}" if field.action == "reject-because" else text
        now = ACTIONS[field.action](session, closed, argument)
    # What was refused stays in its line, to be mended.
    return replace(now, field=field) if now.message.is_error and now.field is None else now


def _field(state: State) -> Field:
    assert state.field is not None, "only the mode of typing has these keys"  # noqa: S101 - for the type checker
    return state.field


ACTIONS: dict[str, Action] = {
    "accept": deciding.accept,
    "reject": deciding.reject,
    "reject-because": deciding.reject_because,
    "later": deciding.later,
    "undo": deciding.undo,
    "redo": deciding.redo,
    "speaker": choosing.begin_speaker,
    "speaker-accept": partial(choosing.begin_speaker, then_accept=True),
    "said-by": deciding.speaker_then,
    "same": deciding.same,
    "keep": deciding.keep,
    "take": deciding.take,
    "withdraw": deciding.withdraw,
    "chain": choosing.begin_chain,
    "word-left": _pure(partial(editing.move_edge, words=-1)),
    "word-right": _pure(partial(editing.move_edge, words=1)),
    "letter-left": _pure(partial(editing.move_edge, characters=-1)),
    "letter-right": _pure(partial(editing.move_edge, characters=1)),
    "begin-earlier": _pure(partial(editing.to_clause, end=False, step=-1)),
    "begin-later": _pure(partial(editing.to_clause, end=False, step=1)),
    "end-earlier": _pure(partial(editing.to_clause, end=True, step=-1)),
    "end-later": _pure(partial(editing.to_clause, end=True, step=1)),
    "other-edge": _pure(editing.other_edge),
    "form": _pure(editing.next_form),
    "wording": _pure(editing.set_wording),
    "wording-editor": navigation.start_editor,
    "statement": _pure(editing.set_statement),
    "said-on": _pure(editing.set_said_on),
    "venue": _pure(editing.set_venue),
    "add": adding.begin,
    "sentence-before": partial(adding.move, step=-1),
    "sentence-after": partial(adding.move, step=1),
    "missed": adding.to_missed,
    "paragraph-before": partial(adding.move_paragraph, step=-1),
    "paragraph-after": partial(adding.move_paragraph, step=1),
    "next-part": adding.next_part,
    "mark-begin-earlier": partial(adding.to_clause, end=False, step=-1),
    "mark-begin-later": partial(adding.to_clause, end=False, step=1),
    "mark-end-earlier": partial(adding.to_clause, end=True, step=-1),
    "mark-end-later": partial(adding.to_clause, end=True, step=1),
    "mark-end-left": partial(adding.move_edge, end=True, words=-1),
    "mark-end-right": partial(adding.move_edge, end=True, words=1),
    "mark-begin-left": partial(adding.move_edge, end=False, words=-1),
    "mark-begin-right": partial(adding.move_edge, end=False, words=1),
    "add-said-by": adding.add_said_by,
    "add-said-by-likely": adding.add_said_by_likely,
    "add-said-by-new": adding.add_said_by_new,
    "accept-new": choosing.accept_new,
    "add-words": adding.add,
    "add-then-speaker": adding.add_then_speaker,
    "lettered-part": adding.to_letter,
    "type-words": adding.begin_words,
    "split": _pure(editing.begin_cut),
    "merge": deciding.merge,
    "second-reader": deciding.second_reader,
    "note": deciding.note,
    "next": navigation.next_card,
    "previous": navigation.previous,
    "goto": navigation.goto,
    "filter": navigation.begin_filter,
    "copy": navigation.copy,
    "context": navigation.next_extent,
    "article": navigation.show_article,
    "open": navigation.open_address,
    "mark": navigation.mark,
    "help": navigation.show_help,
    "quit": navigation.leave,
    "drop-change": choosing.drop_change,
    "hop-source": choosing.begin_source,
    "hop-cue": _pure(partial(editing.set_hop_words, name="cue")),
    "hop-mention": _pure(partial(editing.set_hop_words, name="mention")),
    "hop-capacity": _pure(partial(editing.set_hop_words, name="capacity")),
    "hop-mode": _pure(editing.next_mode),
    "hop-drop": _pure(editing.drop_hop),
    "hop-insert": partial(choosing.begin_source, pending_action="insert"),
    "hop-inward": _pure(partial(editing.move_hop, step=-1)),
    "hop-outward": _pure(partial(editing.move_hop, step=1)),
    "hop-number": choosing.to_hop,
    "marked-accept": partial(navigation.begin_bulk, action="accept"),
    "marked-reject": partial(navigation.begin_bulk, action="reject"),
    "unmark": navigation.unmark,
    "marked-next": navigation.marked_next,
    "back": choosing.back,
    "reason": choosing.choose_reason,
    "pick": choosing.choose,
    "search": choosing.begin_search,
    "new-source": choosing.begin_new,
    "new-person": choosing.add_person,
    "make-source": choosing.make_new,
    "cut-left": _fixed(_pure(editing.move_cut), "left"),
    "cut-right": _fixed(_pure(editing.move_cut), "right"),
    "split-here": deciding.split,
    "merge-next": _fixed(deciding.merge, "n"),
    "merge-previous": _fixed(deciding.merge, "p"),
    "decide-marked": deciding.decide_in_bulk,
    "scroll-up": partial(navigation.scroll, lines=-1),
    "scroll-down": partial(navigation.scroll, lines=1),
    "page-up": partial(navigation.scroll, pages=-1),
    "page-down": partial(navigation.scroll, pages=1),
    "scroll-home": partial(navigation.scroll, lines=-navigation.FAR),
    "scroll-end": partial(navigation.scroll, lines=navigation.FAR),
    "submit-line": submit,
    "leave-line": _leave_line,
    "line-text": _type_text,
    **{name: _edit(edit) for name, edit in EDITS.items()},
}
"""By name; the program's own keys, which hold in every mode, are those of `claims.terminal.app`."""
