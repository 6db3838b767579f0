"""The decisions that a person can make on a source, each with the changes that it makes.

A decision's `before` and `after` have the same keys: a field of the source with its old and its
new value, or one of the source's lists with the entries removed and the entries added. That is
enough to replay a source's history, and to undo any decision.
"""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from claims.model.decision import Decision, Signature
from claims.model.identity import derived_id
from claims.model.json import Json, JsonObject
from claims.model.kinds import BODIES, SourceKind
from claims.sources.errors import MergeRefusedError, SourceRefusedError
from claims.sources.lists import (
    CANONICAL,
    NameEntry,
    OfficeEntry,
    RatingEntry,
    entries_of,
)

FIELDS = ("description", "wikidata", "country", "homepage")
"""Fields of a source besides its kind and name."""

_CHECKS = {
    "wikidata": (re.compile("Q[1-9][0-9]*"), "a Wikidata item is Q and a number"),
    "country": (re.compile("[A-Z]{2}"), "a country is two capitals, as in ISO 3166-1"),
    "homepage": (re.compile(r"https?://[^\s/]+\.[^\s/]+\S*"), "an address begins with https://"),
}


@dataclass(frozen=True, slots=True)
class SourceState:
    """The state of a source: what a decision needs to know of it.

    Attributes:
        source: Its id.
        kind: What it is.
        name: The name it is shown by.
        revision: How many decisions were made on it.
        merged_into: The source that it was merged into, if it was.
        root: The source it is shown as; itself if it is not merged.
        fields: The values of `FIELDS` by name.
    """

    source: uuid.UUID
    kind: SourceKind
    name: str
    revision: int
    merged_into: uuid.UUID | None
    root: uuid.UUID
    fields: Mapping[str, str | None]

    @property
    def label(self) -> str:
        """How messages name it."""
        return f"source {str(self.source)[:8]} ({self.name})"


def add(
    kind: SourceKind,
    name: str,
    fields: Mapping[str, str | None],
    signed: Signature,
    *,
    source: uuid.UUID | None = None,
) -> Decision:
    """Add a source that no article has named yet.

    Args:
        kind: What it is.
        name: The name it is shown by.
        fields: Values of `FIELDS`; None and missing ones stay empty.
        signed: Who decides.
        source: Its id if it follows from an authority file or a name; else one is made from the
            decision's id.

    Raises:
        SourceRefusedError: The name is empty or a field is malformed.
    """
    if not name:
        raise SourceRefusedError("sources add", "a name cannot be empty")
    values = {field: value for field, value in fields.items() if value}
    _check(f"source {name}", values)
    # Hashed, because ids of decisions begin with the time, and people type beginnings.
    id_ = source or derived_id("source", "added", str(signed.id))
    new = SourceState(id_, kind, name, 0, None, id_, {})
    names: list[Json] = [NameEntry(name, CANONICAL).to_json()]
    after: JsonObject = {"kind": kind.value, "name": name, **values, "names": names}
    before: JsonObject = {**dict.fromkeys(after), "names": []}
    return decision_on(new, "add", before, after=after, signed=signed)


def with_names(addition: Decision, names: Sequence[str]) -> Decision:
    """The addition of a source together with its other names."""
    after = addition.after
    aliases = [NameEntry(name).to_json() for name in dict.fromkeys(names) if name]
    listed = entries_of(after, "names")
    new = [alias for alias in aliases if alias["name"] != after["name"]]
    return replace(addition, after={**after, "names": [*listed, *new]})


def with_entries(
    addition: Decision, lists: Mapping[str, Sequence[JsonObject]], *, action: str
) -> Decision:
    """The addition of a source together with entries of other lists."""
    added: JsonObject = {name: list(entries) for name, entries in lists.items() if entries}
    before, after = addition.before, addition.after
    return replace(
        addition,
        action=action,
        before={**before, **{name: [] for name in added}},
        after={**after, **added},
    )


def rename(
    state: SourceState, stored: NameEntry | None, name: NameEntry | None, signed: Signature
) -> Decision | None:
    """Add a name, change its kind or language, or remove it; None if nothing would change.

    Args:
        state: The source.
        stored: The name as it is stored; None if it is not.
        name: The name as it shall be; None removes it.
        signed: Who decides.

    Raises:
        SourceRefusedError: The name is empty, or it is the one that the source is shown by.
    """
    if name is not None and not name.name:
        raise SourceRefusedError(state.label, "a name cannot be empty")
    if stored and stored.kind == CANONICAL:
        if name is not None:
            return None
        raise SourceRefusedError(state.label, "the name it is shown by stays")
    if stored == name:
        return None
    removed, added = ([one.to_json()] if one else [] for one in (stored, name))
    return change_lists(state, "alias", {"names": (removed, added)}, signed)


def change_office(
    state: SourceState, office: OfficeEntry, signed: Signature, *, stored: bool, remove: bool
) -> Decision | None:
    """Add an office or remove it; None if nothing would change.

    Args:
        state: The source.
        office: The office.
        signed: Who decides.
        stored: Whether the source has the office already.
        remove: Whether to remove it.

    Raises:
        SourceRefusedError: The title is empty, or the last day lies before the first.
    """
    if not office.title:
        raise SourceRefusedError(state.label, "an office needs a title")
    if office.first and office.last and office.last < office.first:
        raise SourceRefusedError(state.label, "the last day lies before the first")
    if stored is not remove:
        return None
    entries = [office.to_json()]
    change = (entries, []) if remove else ([], entries)
    return change_lists(state, "role", {"roles": change}, signed)


def set_fields(
    state: SourceState,
    fields: Mapping[str, str | None],
    signed: Signature,
    action: str = "edit",
) -> Decision | None:
    """Set fields; None if they have these values already.

    Raises:
        SourceRefusedError: A field is malformed.
    """
    changed = {name: value for name, value in fields.items() if state.fields.get(name) != value}
    _check(state.label, changed)
    if not changed:
        return None
    before = {name: state.fields.get(name) for name in changed}
    return decision_on(state, action, before, after=changed, signed=signed)


def change_lists(
    state: SourceState,
    action: str,
    lists: Mapping[str, tuple[Sequence[Json], Sequence[Json]]],
    signed: Signature,
) -> Decision | None:
    """Remove entries from lists and add others; None if nothing would change.

    Args:
        state: The source they belong to.
        action: The decision's action.
        lists: For each list the entries to remove and the entries to add.
        signed: Who decides.
    """
    changed = {
        name: (list(removed), list(added))
        for name, (removed, added) in lists.items()
        if list(removed) != list(added)
    }
    if not changed:
        return None
    before: JsonObject = {name: removed for name, (removed, _) in changed.items()}
    after: JsonObject = {name: added for name, (_, added) in changed.items()}
    return decision_on(state, action, before, after=after, signed=signed)


def merge(one: SourceState, into: SourceState, signed: Signature) -> Decision | None:
    """Merge a source into another by a pointer to it; None if it is merged into it already.

    Raises:
        MergeRefusedError: It is merged into something else, the other is merged into it, or the
            kinds do not fit: a group is never merged into a person.
    """
    if one.merged_into == into.source:
        return None
    pair = f"{one.label} into {into.label}"
    if one.merged_into is not None:
        detail = (
            f"the first is merged into {str(one.merged_into)[:8]}: merge that, or unmerge first"
        )
        raise MergeRefusedError(pair, detail)
    if into.root == one.source:
        detail = (
            "they are the same"
            if one.source == into.source
            else "the second is merged into the first"
        )
        raise MergeRefusedError(pair, detail)
    if one.kind is not into.kind and not {one.kind, into.kind} <= BODIES:
        raise MergeRefusedError(pair, f"{one.kind} and {into.kind} are never one")
    before, after = {"merged_into": None}, {"merged_into": str(into.source)}
    return decision_on(one, "merge", before, after=after, signed=signed)


def unmerge(one: SourceState, signed: Signature) -> Decision | None:
    """Undo a merge; None if there is none. What was merged into the source stays with it."""
    if one.merged_into is None:
        return None
    before, after = {"merged_into": str(one.merged_into)}, {"merged_into": None}
    return decision_on(one, "unmerge", before, after=after, signed=signed)


def distinct(
    one: SourceState, other: SourceState, signed: Signature, *, recorded: bool
) -> Decision | None:
    """Record that two sources are not the same, so that the pair is not suggested again.

    Args:
        one: A source.
        other: Another.
        signed: Who decides.
        recorded: Whether this is recorded already; then the answer is None.

    Raises:
        MergeRefusedError: They are merged; they have to be unmerged first.
        SourceRefusedError: They are the same record.
    """
    if one.source == other.source:
        raise SourceRefusedError(one.label, "name two different sources")
    if one.root == other.root:
        raise MergeRefusedError(
            f"{one.label} and {other.label}", "they are merged; unmerge them first"
        )
    if recorded:
        return None
    first, second = sorted((one, other), key=lambda state: state.source)
    return change_lists(first, "distinct", {"distinct": ((), (str(second.source),))}, signed)


def undistinct(
    one: SourceState, other: SourceState, signed: Signature, *, recorded: bool
) -> Decision | None:
    """Undo `distinct`; None if it is not recorded."""
    if not recorded:
        return None
    first, second = sorted((one, other), key=lambda state: state.source)
    return change_lists(first, "undistinct", {"distinct": ((str(second.source),), ())}, signed)


def rate(
    outlet: SourceState, rating: str, day: date, *, why: str, signed: Signature
) -> Decision | None:
    """Rate an outlet from a day on, with the reasons.

    Args:
        outlet: The outlet.
        rating: A (reliable) to E (unreliable); F cannot be judged.
        day: The day from which it holds.
        why: The reasons.
        signed: Who rates it.

    Raises:
        SourceRefusedError: It is not an outlet, or the reasons are empty.
    """
    if outlet.kind is not SourceKind.OUTLET:
        raise SourceRefusedError(outlet.label, f"only an outlet is rated; this is a {outlet.kind}")
    if not why:
        raise SourceRefusedError(outlet.label, "a rating needs its reasons")
    entry = RatingEntry(rating, day, signed.reviewer, why).to_json()
    return change_lists(outlet, "rate", {"ratings": ((), (entry,))}, signed)


def _check(location: str, fields: Mapping[str, str | None]) -> None:
    for name, (pattern, remedy) in _CHECKS.items():
        value = fields.get(name)
        if value and not pattern.fullmatch(value):
            raise SourceRefusedError(location, f"{name} {value}: {remedy}")


def decision_on(
    state: SourceState,
    action: str,
    before: JsonObject,
    *,
    after: JsonObject,
    signed: Signature,
) -> Decision:
    """A decision on a source that moves its revision by one."""
    return Decision(
        id=signed.id,
        reviewer=signed.reviewer,
        action=action,
        subject_kind="source",
        subject=state.source,
        revision=state.revision + 1,
        before=before,
        after=after,
        tool_version=signed.tool_version,
        reason=signed.reason_line,
    )
