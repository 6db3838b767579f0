"""What a person can settle about sources: each act as a decision, with what it changes.

A decision's `before` and `after` have the same keys: a field of the source with its old and its
new value, or a list (`names`, `roles`, `ratings`, `identifiers`, `distinct`) with the rows taken
away and the rows added. That is enough to replay a source's history, and to take any decision back.
"""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from claims.model.decision import Decision, Signature
from claims.model.identity import derived_id
from claims.model.kinds import BODIES, SourceKind
from claims.sources.errors import MergeRefusedError, SourceRefusedError

Row = Mapping[str, object]

RATINGS = ("A", "B", "C", "D", "E", "F")
"""A reliable to E unreliable; F cannot be judged."""

NAME_KINDS = ("alias", "former", "transliteration")

FIELDS = ("description", "wikidata", "country", "homepage")
"""Fields of a source beside its kind and name."""

_CHECKS = {
    "wikidata": (re.compile("Q[1-9][0-9]*"), "a Wikidata item is Q and a number"),
    "country": (re.compile("[A-Z]{2}"), "a country is two capitals, as in ISO 3166-1"),
    "homepage": (re.compile(r"https?://[^\s/]+\.[^\s/]+\S*"), "an address begins with https://"),
}


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """Where a source stands: what a decision needs to know of it.

    Attributes:
        source: Its id.
        kind: What it is.
        name: The name it is shown by.
        revision: How many decisions were made on it.
        merged_into: The source it was found to be, if it was merged.
        root: The source it is shown as; itself where it is not merged.
        fields: Its other fields by name.
    """

    source: uuid.UUID
    kind: SourceKind
    name: str
    revision: int
    merged_into: uuid.UUID | None
    root: uuid.UUID
    fields: Mapping[str, str | None]

    @property
    def place(self) -> str:
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
    """Add a source that no article named yet.

    Args:
        kind: What it is.
        name: The name it is shown by.
        fields: Of FIELDS those that are stated.
        signed: Who decides.
        source: Its id, where it follows from a register or a name; else one made of the decision's.

    Raises:
        SourceRefusedError: The name is empty or a field is malformed.
    """
    if not name:
        raise SourceRefusedError("sources add", "a name cannot be empty")
    stated = {field: value for field, value in fields.items() if value}
    _check(f"source {name}", stated)
    # Hashed: ids of acts begin with the time, and people type beginnings.
    id_ = source or derived_id("source", "added", str(signed.id))
    new = SourceStanding(id_, kind, name, 0, None, id_, {})
    canonical = {"name": name, "kind": "canonical", "language": None}
    after = {"kind": kind.value, "name": name, **stated, "names": [canonical]}
    before = dict.fromkeys(after) | {"names": []}
    return decision_on(new, "add", before, after=after, signed=signed)


def with_rows(adding: Decision, rows: Mapping[str, Sequence[object]], *, action: str) -> Decision:
    """The addition of a source together with rows of other lists."""
    added = {name: list(new) for name, new in rows.items() if new}
    before = {**adding.before, **{name: [] for name in added}}
    return replace(adding, action=action, before=before, after={**adding.after, **added})


def with_names(adding: Decision, names: Sequence[str]) -> Decision:
    """The addition of a source together with its other names."""
    canonical = adding.after["name"]
    aliases = [
        {"name": name, "kind": "alias", "language": None}
        for name in dict.fromkeys(names)
        if name and name != canonical
    ]
    listed = adding.after["names"]
    assert isinstance(listed, list), "an addition lists its names"  # noqa: S101
    return replace(adding, after={**adding.after, "names": [*listed, *aliases]})


def rename(
    standing: SourceStanding, stored: Row | None, wanted: Row | None, signed: Signature
) -> Decision | None:
    """Add a name, change its kind, or take it away.

    Args:
        standing: Whose name it is.
        stored: The name as it is stored; None if it is not.
        wanted: The name as it shall be; None takes it away.
        signed: Who decides.

    Raises:
        SourceRefusedError: The name is empty, or it is the one the source is shown by.
    """
    if wanted is not None and not wanted["name"]:
        raise SourceRefusedError(standing.place, "a name cannot be empty")
    if stored and stored["kind"] == "canonical":
        if wanted is not None:
            return None
        raise SourceRefusedError(standing.place, "the name it is shown by stays")
    if stored == wanted:
        return None
    rows = {"names": ([stored] if stored else [], [wanted] if wanted else [])}
    return change_rows(standing, "alias", rows, signed)


def change_office(
    standing: SourceStanding, row: Row, signed: Signature, *, known: bool, remove: bool
) -> Decision | None:
    """Add an office or take it away; None where it stands so already.

    Raises:
        SourceRefusedError: The title is empty, or the days end before they begin.
    """
    if not row["title"]:
        raise SourceRefusedError(standing.place, "an office needs a title")
    if row["first"] and row["last"] and str(row["last"]) < str(row["first"]):
        raise SourceRefusedError(standing.place, "the last day lies before the first")
    if known is not remove:
        return None
    rows = {"roles": ([row], []) if remove else ([], [row])}
    return change_rows(standing, "role", rows, signed)


def undistinct(
    one: SourceStanding, other: SourceStanding, signed: Signature, *, known: bool
) -> Decision | None:
    """Take back that two sources are not the same; None if nobody said so."""
    if not known:
        return None
    subject, second = sorted((one, other), key=lambda standing: standing.source)
    rows = {"distinct": ((str(second.source),), ())}
    return change_rows(subject, "undistinct", rows, signed)


def describe(
    standing: SourceStanding,
    fields: Mapping[str, str | None],
    signed: Signature,
    action: str = "edit",
) -> Decision | None:
    """Set fields; None where they are set so already.

    Raises:
        SourceRefusedError: A field is malformed.
    """
    changed = {name: value for name, value in fields.items() if standing.fields.get(name) != value}
    _check(standing.place, {name: value for name, value in changed.items() if value})
    if not changed:
        return None
    before = {name: standing.fields.get(name) for name in changed}
    return decision_on(standing, action, before, after=changed, signed=signed)


def change_rows(
    standing: SourceStanding,
    action: str,
    rows: Mapping[str, tuple[Sequence[object], Sequence[object]]],
    signed: Signature,
) -> Decision | None:
    """Take rows of lists away and add others; None where nothing would change.

    Args:
        standing: The source they belong to.
        action: What is done.
        rows: For each list the rows taken away and the rows added.
        signed: Who decides.
    """
    changed = {name: pair for name, pair in rows.items() if list(pair[0]) != list(pair[1])}
    if not changed:
        return None
    before = {name: list(pair[0]) for name, pair in changed.items()}
    after = {name: list(pair[1]) for name, pair in changed.items()}
    return decision_on(standing, action, before, after=after, signed=signed)


def merge(one: SourceStanding, into: SourceStanding, signed: Signature) -> Decision | None:
    """Find that a source is another: a pointer to it; None where it points there already.

    Raises:
        MergeRefusedError: It is merged into something else, the other is merged into it, or the
            kinds do not fit: a group is never merged into a person.
    """
    if one.merged_into == into.source:
        return None
    pair = f"{one.place} into {into.place}"
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


def unmerge(one: SourceStanding, signed: Signature) -> Decision | None:
    """Take a merge back; None if there is none. What was merged into the source stays with it."""
    if one.merged_into is None:
        return None
    before, after = {"merged_into": str(one.merged_into)}, {"merged_into": None}
    return decision_on(one, "unmerge", before, after=after, signed=signed)


def distinct(
    one: SourceStanding, other: SourceStanding, signed: Signature, *, known: bool
) -> Decision | None:
    """Find that two sources are not the same, so that nobody suggests it again.

    Args:
        one: A source.
        other: Another.
        signed: Who decides.
        known: Whether it was found before.

    Raises:
        MergeRefusedError: They are merged: the merge is taken back first.
        SourceRefusedError: They are one and the same record.
    """
    if one.source == other.source:
        raise SourceRefusedError(one.place, "name two different sources")
    if one.root == other.root:
        raise MergeRefusedError(
            f"{one.place} and {other.place}", "they are merged; unmerge them first"
        )
    if known:
        return None
    subject, second = sorted((one, other), key=lambda standing: standing.source)
    rows = {"distinct": ((), (str(second.source),))}
    return change_rows(subject, "distinct", rows, signed)


def rate(
    outlet: SourceStanding, rating: str, day: date, *, why: str, signed: Signature
) -> Decision | None:
    """Rate an outlet from a day on, with the reasons.

    Raises:
        SourceRefusedError: It is no outlet, or no reasons are given.
    """
    if outlet.kind is not SourceKind.OUTLET:
        raise SourceRefusedError(outlet.place, f"only an outlet is rated; this is a {outlet.kind}")
    if not why:
        raise SourceRefusedError(outlet.place, "a rating needs its reasons")
    row = {"rating": rating, "rated_on": str(day), "rated_by": str(signed.reviewer), "why": why}
    return change_rows(outlet, "rate", {"ratings": ((), (row,))}, signed)


def _check(place: str, fields: Mapping[str, str | None]) -> None:
    for name, (shape, remedy) in _CHECKS.items():
        value = fields.get(name)
        if value and not shape.fullmatch(value):
            raise SourceRefusedError(place, f"{name} {value}: {remedy}")


def decision_on(
    standing: SourceStanding,
    action: str,
    before: Mapping[str, object],
    *,
    after: Mapping[str, object],
    signed: Signature,
) -> Decision:
    """A decision on a source that moves its revision by one."""
    return Decision(
        id=signed.id,
        reviewer=signed.reviewer,
        action=action,
        subject_kind="source",
        subject=standing.source,
        revision=standing.revision + 1,
        before=before,
        after=after,
        tool_version=signed.tool_version,
        reason=signed.said,
    )
