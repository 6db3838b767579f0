"""The draft of a card that is not decided, as JSON and back."""

from dataclasses import dataclass, field, replace
from typing import Annotated

from pydantic import Field, TypeAdapter

from claims.model.claim import FIELDS
from claims.model.json import Json, JsonObject
from claims.review.edits import set_source
from claims.terminal.keys.line_editor import open_field
from claims.terminal.keys.table import InputMode
from claims.terminal.state import Message, PickedSource, State

DRAFT_FIELDS = frozenset(
    {"note", "reject-because", "wording", "statement", "said-on", "venue", "add"}
    | {"hop-cue", "hop-mention", "hop-capacity"}
)
"""Lines being typed that a draft holds; a search or a number is typed again sooner than read."""


SOURCES = "known"
"""The key of picked sources in the JSON of drafts, which databases hold."""


@dataclass(frozen=True, slots=True)
class _Adjuncts:
    """What a draft holds beside changed fields of the claim.

    Attributes:
        sources: Name, kind and description of sources that were picked, by id.
        typed: The line being typed: action, prompt, text, the selected hop, the mode.
    """

    sources: Annotated[
        dict[str, tuple[str, str | None, str | None]], Field(validation_alias=SOURCES)
    ] = field(default_factory=dict)
    typed: tuple[str, str, str, int, InputMode] | None = None


_ADJUNCTS = TypeAdapter(_Adjuncts)


def draft_of(state: State) -> JsonObject:
    """What a draft holds of a card: changes, names of sources, the line being typed."""
    draft: dict[str, Json] = dict(state.changes)
    if "chain" in draft:
        ids = {str(hop.source) for hop in state.claim.chain}
        picked = {key: state.picked_sources[key] for key in sorted(ids & set(state.picked_sources))}
        if picked:
            draft[SOURCES] = {k: [v.name, v.kind, v.description] for k, v in picked.items()}
    if state.field is not None and state.field.action in DRAFT_FIELDS:
        line = state.field
        draft["typed"] = [line.action, line.prompt, line.text, state.hop, state.mode.value]
    return draft


def with_settled_speaker(state: State) -> State:
    """The state with whom people settled the card's speaker as elsewhere in the article.

    It is a change on the card like one of the reviewer's own, but nothing that a draft keeps.
    """
    card = state.card
    if card is None or card.draft or card.settled is None or card.lease_until is None:
        return state
    settled = card.settled
    picked = PickedSource(settled.name, settled.kind, settled.description)
    now = replace(
        state,
        steps=(set_source(card.state, 1, settled.source),),
        picked_sources={**state.picked_sources, str(settled.source): picked},
        message=Message(f"as elsewhere in this article it is {settled.name}; esc drops it"),
    )
    return replace(now, saved_draft=draft_of(now))


def with_draft(state: State) -> State:
    """The state with what was typed on its card before the program ended."""
    card = state.card
    if card is None or not card.draft:
        return state
    changes = {name: value for name, value in card.draft.items() if name in FIELDS}
    adjuncts = _ADJUNCTS.validate_python(card.draft)
    sources = {key: PickedSource(*value) for key, value in adjuncts.sources.items()}
    now = replace(
        state,
        steps=(card.state.with_changes(changes),) if changes else (),
        picked_sources={**state.picked_sources, **sources},
        field=None,
        hop=1,
        message=Message("what you typed earlier is here again; esc drops it"),
    )
    if adjuncts.typed is None:
        return now
    action, prompt, text, hop, mode = adjuncts.typed
    return replace(now, field=open_field(action, prompt, text), hop=hop, mode=mode)
