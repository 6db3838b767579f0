"""Authority files as FollowTheMoney entities, one JSON object a line.

Persons and bodies become sources; an Occupancy joins its holder to its post, a Position, as an
office of the holder. Entities of other schemas are ignored.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from claims.model.authority import AuthorityEntry
from claims.model.json import Json, JsonObject
from claims.model.kinds import SourceKind
from claims.model.problem import Problem, Reason
from claims.readers.authorities.record import bad_field, find_office_problem, make_entry
from claims.readers.authorities.tables import read_objects

KINDS = {
    "Person": SourceKind.PERSON,
    "Organization": SourceKind.ORGANISATION,
    "PublicBody": SourceKind.ORGANISATION,
    "Company": SourceKind.ORGANISATION,
    "LegalEntity": SourceKind.ORGANISATION,
}
ALIASES = ("alias", "weakAlias", "previousName", "abbreviation")
PROPERTIES = {
    "aliases": "alias", "wikidata": "wikidataId", "homepage": "website", "description": "summary",
    "organisation": "organization", "title": "name", "from": "startDate", "until": "endDate",
}  # fmt: skip
"""What FollowTheMoney calls the fields of our records."""

Record = TypeVar("Record", AuthorityEntry, Problem, AuthorityEntry | Problem)

REQUIRED: Mapping[str, type] = {"id": str, "schema": str, "properties": dict}
"""Keys of an entity that must have a value of this type."""


@dataclass(frozen=True, slots=True)
class _Entity:
    """An entity of the file.

    Attributes:
        line: Its line, from 1.
    """

    id: str
    schema: str
    properties: JsonObject
    line: int

    def values(self, name: str) -> Sequence[Json]:
        """The values of a property; empty if it has none."""
        values = self.properties.get(name) or []
        return values if isinstance(values, list) else [values]

    def first(self, name: str) -> Json:
        """The first value of a property, or the id of an entity given there in full."""
        value = next(iter(self.values(name)), None)
        return value.get("id") if isinstance(value, Mapping) else value


def read_ftm_authority(text: str, place: str) -> list[AuthorityEntry | Problem]:
    """Read an authority file from FollowTheMoney JSON lines; problems come last."""
    entities: list[_Entity] = []
    problems: list[AuthorityEntry | Problem] = []
    for line, raw in read_objects(text, place):
        entity = raw if isinstance(raw, Problem) else _read_entity(raw, place, line)
        if isinstance(entity, Problem):
            problems.append(entity)
        else:
            entities.append(entity)
    posts = {entity.id: entity for entity in entities if entity.schema == "Position"}
    holders = {entity.id for entity in entities if entity.schema in KINDS}
    offices: dict[str, list[Json]] = defaultdict(list)
    for entity in entities:
        if entity.schema == "Occupancy":
            held = _read_office(entity, holders, posts, place)
            if isinstance(held, Problem):
                problems.append(held)
            else:
                offices[held.holder].append(held.record)
    entries = [
        _in_their_words(one)
        for entity in entities
        if entity.schema in KINDS
        for one in make_entry(_as_record(entity, offices[entity.id]), place, entity.line)
    ]
    return entries + problems


@dataclass(frozen=True, slots=True)
class _Held:
    """An office and the id of who held it."""

    holder: str
    record: JsonObject


def _read_office(
    occupancy: _Entity, holders: Collection[str], posts: Mapping[str, _Entity], place: str
) -> _Held | Problem:
    holder, post = occupancy.first("holder"), occupancy.first("post")
    if not isinstance(holder, str) or holder not in holders:
        detail = "no person or body of this file has the id"
        return bad_field(place, occupancy.line, "holder", holder, detail=detail)
    if not isinstance(post, str) or post not in posts:
        detail = "no position of this file has the id"
        return bad_field(place, occupancy.line, "post", post, detail=detail)
    record = _office(occupancy, posts[post])
    problem = find_office_problem(record, place, occupancy.line)
    # A bad office costs the office, not its holder.
    return _in_their_words(problem) if problem else _Held(holder, record)


def _in_their_words(entry: Record) -> Record:
    """The same; a problem names its field as FollowTheMoney does."""
    if not isinstance(entry, Problem) or entry.field is None:
        return entry
    field, _, rest = entry.field.partition(".")
    return replace(entry, field=f"{PROPERTIES.get(field, field)}{'.' if rest else ''}{rest}")


def _read_entity(raw: JsonObject, place: str, line: int) -> _Entity | Problem:
    match raw:
        case {"id": str(id_), "schema": str(schema), "properties": dict(properties)} if (
            id_ and schema and properties
        ):
            return _Entity(id_, schema, properties, line)
    field = next(
        field
        for field, kind in REQUIRED.items()
        if not isinstance(raw.get(field), kind) or not raw[field]
    )
    detail = f"an entity needs {field}"
    return Problem(place, Reason.BAD_FIELD, detail, line, field, str(raw.get(field))[:200])


def _office(occupancy: _Entity, post: _Entity) -> JsonObject:
    return {
        "title": post.first("name") or "",
        "organisation": post.first("organization"),
        "from": occupancy.first("startDate"),
        "until": occupancy.first("endDate"),
    }


def _as_record(entity: _Entity, offices: Sequence[Json]) -> JsonObject:
    name, *others = entity.values("name") or [""]
    aliases = [value for alias in ALIASES for value in entity.values(alias)]
    country = entity.first("country") or entity.first("nationality")
    if isinstance(country, str):  # other codes than those of states are none of ours
        country = country.upper() if len(country) == 2 else None  # noqa: PLR2004 - an ISO code
    return {
        "id": entity.id,
        "kind": KINDS[entity.schema],
        "name": name,
        "aliases": [*others, *aliases],
        "wikidata": entity.first("wikidataId"),
        "country": country,
        "homepage": entity.first("website"),
        "description": entity.first("summary"),
        "roles": list(offices),
    }
