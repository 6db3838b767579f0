"""State as a pure function of the ledger: fields before, and decisions, give fields after.

It relies on the form of `before` and `after` alone (docs/decisions/0005-review.md): a field has its
whole value, and a list of a source the rows taken away and the rows added. Nothing here knows
actions, so that an action that is invented later is replayed as well.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from claims.model.decision import ADJUNCTS, REMARKS
from claims.model.json import Json, JsonObject

LISTS: Mapping[str, tuple[str, ...]] = {
    "names": ("name", "kind"),
    "roles": ("title", "organisation", "first", "last"),
    "ratings": ("rated_on", "rated_by"),
    "identifiers": ("register", "value"),
    "distinct": (),
}
"""Lists of a source, and which fields make a row of each the same row."""

WHOLE = {
    "claim": ("links", "refused_links", "disputed_links", "parents"),
    "source": ("roles", "ratings", "identifiers", "distinct"),
}
"""Lists that only decisions fill: a row that no decision added must not be there."""

UNTOLD: Mapping[str, JsonObject] = {
    "claim": {
        "status": "proposed",
        "statement": None,
        "attribution_confidence": None,
        "credibility": None,
    },
    "source": dict.fromkeys(("description", "wikidata", "country", "homepage", "merged_into")),
    "document": {
        "status": "usable",
        "kill_lifted": None,
        "embargo_lifted": None,
        "settled_notices": [],
    },
}
"""Fields that only decisions set, and what stands there before the first that names them."""

LONGEST = 60
"""Characters of a value that a message repeats."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a replay needs to know of a decision."""

    revision: int
    before: JsonObject
    after: JsonObject


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that the tables have otherwise than its decisions say.

    Attributes:
        kind: claim, source or document.
        subject: Its id.
        field: Which of its fields; revision if a change or a decision is missing.
        stored: What the tables have.
        decided: What the decisions say.
    """

    kind: str
    subject: str
    field: str
    stored: Json
    decided: Json

    def __str__(self) -> str:
        """One line for people."""
        stored, decided = _short(self.stored), _short(self.decided)
        return f"{self.kind} {self.subject}: {self.field} is {stored}, its decisions say {decided}"


def replay(fields: JsonObject, steps: Iterable[Step]) -> dict[str, Json]:
    """Fields after decisions, in the order of their revisions.

    Args:
        fields: As they were before; empty if only what decisions name is asked for.
        steps: The decisions. An undo is one of them, and names the values it puts back.
    """
    state = dict(fields)
    for step in steps:
        for name, value in step.after.items():
            if name in LISTS:
                state[name] = _changed(name, _rows(state.get(name)), step)
            elif name not in ADJUNCTS | REMARKS:
                state[name] = value
    return state


def _changed(name: str, rows: Sequence[Json], step: Step) -> list[Json]:
    removed = {_key(name, row) for row in _rows(step.before.get(name))}
    remaining = [row for row in rows if _key(name, row) not in removed]
    return remaining + list(_rows(step.after[name]))


def _rows(value: Json) -> Sequence[Json]:
    return value if isinstance(value, list) else ()


def _key(name: str, row: Json) -> tuple[Json, ...]:
    """What makes a row of a list the same row."""
    return tuple(row[part] for part in LISTS[name]) if isinstance(row, Mapping) else (row,)


def find_differences(
    kind: str,
    subject: str,
    steps: Sequence[Step],
    stored: JsonObject | None,
    *,
    register: Collection[tuple[str, str]] = (),
) -> list[Difference]:
    """Where the tables have a subject otherwise than its decisions say.

    Args:
        kind: claim, source or document.
        subject: Its id.
        steps: All its decisions in the order of their revisions.
        stored: Its fields in the tables, `revision` among them; None if it is not there.
        register: Names of outlets and their other names, which no decision gives them.
    """
    if stored is None:
        return [Difference(kind, subject, "revision", None, steps[-1].revision)]
    differences = []
    revisions = [step.revision for step in steps]
    if revisions != list(range(1, len(steps) + 1)) or stored["revision"] != len(steps):
        differences.append(Difference(kind, subject, "revision", stored["revision"], revisions))
    nothing: dict[str, Json] = {name: [] for name in WHOLE.get(kind, ())}
    nothing |= UNTOLD.get(kind, {})
    for name, decided in (nothing | replay({}, steps)).items():
        if not _agrees(name, decided, stored.get(name), steps):
            differences.append(Difference(kind, subject, name, stored.get(name), decided))
    differences += [
        Difference(kind, subject, "names", name, None)
        for name in _given_by_nobody(stored, steps, register)
    ]
    return differences


def _given_by_nobody(
    stored: JsonObject, steps: Sequence[Step], register: Collection[tuple[str, str]]
) -> list[Json]:
    """Names of a source that no decision names, and that no article gives.

    An article gives a source the name that it is shown by, and the register of outlets that comes
    with the program gives an outlet its other names.
    """
    names = {_key("names", row) for row in _rows(stored.get("names"))}
    canonical = {name for name, kind, *_ in names if kind == "canonical"}
    registered = {
        (other, "alias")
        for shown, other in register
        if stored.get("kind") == "outlet" and shown in canonical
    }
    decided = {
        _key("names", row)
        for step in steps
        for side in (step.before, step.after)
        for row in _rows(side.get("names"))
    }
    shown: tuple[Json, ...] = (stored.get("name"), "canonical")
    return [
        row["name"]
        for row in _rows(stored.get("names"))
        if isinstance(row, Mapping) and _key("names", row) not in decided | registered | {shown}
    ]


def _agrees(name: str, decided: Json, stored: Json, steps: Sequence[Step]) -> bool:
    if name == "names" and "kind" not in steps[0].after:
        return _names_agree(_rows(decided), _rows(stored), steps)
    if name == "chain":
        one, other = _rows(decided), _rows(stored)
        return len(one) == len(other) and all(map(_same_hop, one, other))
    if isinstance(decided, list) and isinstance(stored, list) and name != "said_on":
        return sorted(map(_text, decided)) == sorted(map(_text, stored))
    return decided == stored


def _names_agree(decided: Sequence[Json], stored: Sequence[Json], steps: Sequence[Step]) -> bool:
    """Whether names agree of a source that articles gave its first ones: no decision has those."""
    there = {_key("names", row): row for row in stored}
    expected = {_key("names", row): row for row in decided}
    removed = {_key("names", row) for step in steps for row in _rows(step.before.get("names"))}
    stay = all(there.get(key) == row for key, row in expected.items())
    return stay and not (removed - set(expected)) & set(there)


def _same_hop(decided: Json, stored: Json) -> bool:
    """Whether a hop is as a decision says; no spans may be written as null or as an empty list."""
    if not isinstance(decided, Mapping) or not isinstance(stored, Mapping):
        return decided == stored
    return all((stored.get(name) or None) == (value or None) for name, value in decided.items())


def _text(value: Json) -> str:
    return json.dumps(value, sort_keys=True, default=str)


def _short(value: Json) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
