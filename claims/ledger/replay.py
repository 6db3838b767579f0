"""State as a pure function of the ledger: fields before, and decisions, give fields after.

It relies on the form of `before` and `after` alone (docs/decisions/0005-review.md): a field has its
whole value, and a list of a source the rows taken away and the rows added. Nothing here knows
actions, so that an act that is invented later is replayed as well.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Fields = Mapping[str, Any]

LISTS: Mapping[str, tuple[str, ...]] = {
    "names": ("name", "kind"),
    "roles": ("title", "organisation", "first", "last"),
    "ratings": ("rated_on", "rated_by"),
    "identifiers": ("register", "value"),
    "distinct": (),
}
"""Lists of a source, with what makes a row of each the same row."""

WHOLE = {"claim": ("links", "parents"), "source": ("roles", "ratings", "identifiers", "distinct")}
"""Lists that nothing but decisions fills: what no decision put there is not there."""

BESIDE = frozenset({"readings"})
"""What stands in a decision beside the fields that it changes."""

LONGEST = 60
"""Characters of a value that a message repeats."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a replay needs to know of a decision."""

    revision: int
    before: Fields
    after: Fields


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that does not stand as its decisions say.

    Attributes:
        kind: claim, source or document.
        subject: Its id.
        field: Which of its fields; revision where a change or a decision is missing.
        stands: How it stands.
        said: How its decisions say it stands.
    """

    kind: str
    subject: str
    field: str
    stands: object
    said: object

    def __str__(self) -> str:
        """One line for people."""
        stands, said = _short(self.stands), _short(self.said)
        return f"{self.kind} {self.subject}: {self.field} is {stands}, its decisions say {said}"


def replay(fields: Fields, steps: Iterable[Step]) -> dict[str, Any]:
    """Fields after decisions, in the order of their revisions.

    Args:
        fields: As they were before; empty where only what decisions name is asked for.
        steps: The decisions. An undo is one of them, and names the values it puts back.
    """
    state = dict(fields)
    for step in steps:
        for name, value in step.after.items():
            if name in LISTS:
                state[name] = _changed(name, state.get(name, []), step)
            elif name not in BESIDE:
                state[name] = value
    return state


def _changed(name: str, rows: Sequence[Any], step: Step) -> list[Any]:
    gone = {_key(name, row) for row in step.before.get(name) or []}
    kept = [row for row in rows if _key(name, row) not in gone]
    return kept + list(step.after[name])


def _key(name: str, row: Any) -> tuple[Any, ...]:  # noqa: ANN401 - rows come as JSON
    return tuple(row[part] for part in LISTS[name]) if LISTS[name] else (row,)


def find_differences(
    kind: str, subject: str, steps: Sequence[Step], standing: Fields | None
) -> list[Difference]:
    """Where a subject stands otherwise than its decisions say.

    Args:
        kind: claim, source or document.
        subject: Its id.
        steps: All its decisions in the order of their revisions.
        standing: Its fields in the tables, `revision` among them; None if it is not there.
    """
    if standing is None:
        return [Difference(kind, subject, "revision", None, steps[-1].revision)]
    found = []
    revisions = [step.revision for step in steps]
    if revisions != list(range(1, standing["revision"] + 1)):
        found.append(Difference(kind, subject, "revision", standing["revision"], revisions))
    said = {name: [] for name in WHOLE.get(kind, ())} | replay({}, steps)
    for name, value in said.items():
        stands = standing.get(name)
        if not _agrees(name, value, stands, steps):
            found.append(Difference(kind, subject, name, stands, value))
    return found


def _agrees(name: str, said: Any, stands: Any, steps: Sequence[Step]) -> bool:  # noqa: ANN401
    if name == "names" and "kind" not in steps[0].after:
        # Articles gave the source its first names: of those no decision tells.
        there = {_key(name, row): row for row in stands}
        gone = {_key(name, row) for step in steps for row in step.before.get(name, [])}
        due = {_key(name, row): row for row in said}
        stay = all(there.get(key) == row for key, row in due.items())
        return stay and not (gone - set(due)) & set(there)
    if name == "chain" and isinstance(stands, list) and isinstance(said, list):
        pairs = zip(said, stands, strict=False)
        return len(said) == len(stands) and all(_same_hop(*pair) for pair in pairs)
    if isinstance(said, list) and isinstance(stands, list) and name != "said_on":
        return sorted(map(_text, said)) == sorted(map(_text, stands))
    return bool(said == stands)


def _same_hop(said: Fields, stands: Fields) -> bool:
    """Whether a hop stands as a decision says; spans that are none may be written either way."""
    return all((stands.get(name) or None) == (value or None) for name, value in said.items())


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=str)


def _short(value: object) -> str:
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return said if len(said) <= LONGEST else said[:LONGEST] + "…"
