"""Registers as FollowTheMoney entities, one JSON object a line.

Persons and bodies become sources; an Occupancy joins its holder to its post, a Position, as an
office of the holder. Everything else in the file is somebody else's business and passed over.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from claims.model.authority import AuthorityEntry
from claims.model.kinds import SourceKind
from claims.model.problem import Problem, Reason
from claims.readers.authorities.record import bad_field, make_entry
from claims.readers.authorities.tables import read_objects

KINDS = {
    "Person": SourceKind.PERSON,
    "Organization": SourceKind.ORGANISATION,
    "PublicBody": SourceKind.ORGANISATION,
    "Company": SourceKind.ORGANISATION,
    "LegalEntity": SourceKind.ORGANISATION,
}
ALIASES = ("alias", "weakAlias", "previousName", "abbreviation")

Entity = tuple[int, Mapping[str, Any]]
"""An entity with its line."""


def read_ftm_authority(text: str, place: str) -> list[AuthorityEntry | Problem]:
    """Read a register from FollowTheMoney JSON lines."""
    entities: list[Entity] = []
    problems: list[AuthorityEntry | Problem] = []
    for line, raw in read_objects(text, place):
        problem = raw if isinstance(raw, Problem) else _check(raw, place, line)
        if problem:
            problems.append(problem)
        else:
            assert not isinstance(raw, Problem)  # noqa: S101 - for the type checker
            entities.append((line, raw))
    posts = {raw["id"]: raw for _, raw in entities if raw["schema"] == "Position"}
    names = {raw["id"]: _one(raw, "name") for _, raw in entities if raw["schema"] in KINDS}
    held: dict[str, list[dict[str, Any]]] = {}
    for line, entity in entities:
        if entity["schema"] == "Occupancy":
            fault = _occupy(entity, posts, names, held)
            if fault:
                field, value, detail = fault
                problems.append(bad_field(place, line, field, value, detail=detail))
    entries = [
        make_entry(_as_record(entity, held.get(entity["id"], ())), place, line)
        for line, entity in entities
        if entity["schema"] in KINDS
    ]
    return entries + problems


def _check(raw: Mapping[str, Any], place: str, line: int) -> Problem | None:
    for field, kind in (("id", str), ("schema", str), ("properties", dict)):
        if not isinstance(raw.get(field), kind) or not raw.get(field):
            detail = f"an entity needs {field}"
            return Problem(place, Reason.BAD_FIELD, detail, line, field, str(raw.get(field))[:200])
    return None


def _occupy(
    raw: Mapping[str, Any],
    posts: Mapping[str, Mapping[str, Any]],
    names: Mapping[str, str | None],
    held: dict[str, list[dict[str, Any]]],
) -> tuple[str, str | None, str] | None:
    """Add an office to its holder's; the field at fault, its value and why, if it cannot be."""
    holder, post = _one(raw, "holder"), _one(raw, "post")
    if holder not in names or holder is None:
        return "holder", holder, "no person or body of this file has the id"
    if post not in posts or post is None:
        return "post", post, "no position of this file has the id"
    position = posts[post]
    body = _one(position, "organization")
    office = {
        "title": _one(position, "name") or "",
        "organisation": names.get(body or "", body),
        "from": _one(raw, "startDate"),
        "until": _one(raw, "endDate"),
    }
    held.setdefault(holder, []).append(office)
    return None


def _one(raw: Mapping[str, Any], name: str) -> str | None:
    """The first value of a property; values may be entities in full, then it is their id."""
    values = raw["properties"].get(name) or [None]
    first = values[0] if isinstance(values, list) else values
    return first.get("id") if isinstance(first, dict) else first


def _as_record(raw: Mapping[str, Any], offices: Sequence[dict[str, Any]]) -> dict[str, Any]:
    properties = raw["properties"]
    aliases = [value for name in ALIASES for value in properties.get(name) or ()]
    names = properties.get("name") or [""]
    country = _one(raw, "country") or _one(raw, "nationality")
    return {
        "id": raw["id"],
        "kind": KINDS[raw["schema"]],
        "name": names[0],
        "aliases": [*names[1:], *aliases],
        "wikidata": _one(raw, "wikidataId"),
        "country": country.upper() if country and len(country) == 2 else None,  # noqa: PLR2004
        "homepage": _one(raw, "website"),
        "description": _one(raw, "summary"),
        "roles": list(offices),
    }
