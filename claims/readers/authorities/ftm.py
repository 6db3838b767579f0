"""Authority files as FollowTheMoney entities, one JSON object a line.

Persons and bodies become sources; an Occupancy joins its holder to its post, a Position, as an
office of the holder. Entities of other schemas are ignored.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.model.authority import AuthorityEntry
from claims.model.json import Json, JsonObject
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

    def first_text(self, name: str) -> str | None:
        """The first value of a property if it is text."""
        value = self.first(name)
        return value if isinstance(value, str) else None


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
    names = {entity.id: entity.first("name") for entity in entities if entity.schema in KINDS}
    offices: dict[str, list[Json]] = defaultdict(list)
    for entity in entities:
        if entity.schema != "Occupancy":
            continue
        holder, post = entity.first("holder"), entity.first("post")
        if not isinstance(holder, str) or holder not in names:
            detail = "no person or body of this file has the id"
            problems.append(bad_field(place, entity.line, "holder", holder, detail=detail))
        elif not isinstance(post, str) or post not in posts:
            detail = "no position of this file has the id"
            problems.append(bad_field(place, entity.line, "post", post, detail=detail))
        else:
            offices[holder].append(_office(entity, posts[post], names))
    entries = [
        make_entry(_as_record(entity, offices[entity.id]), place, entity.line)
        for entity in entities
        if entity.schema in KINDS
    ]
    return entries + problems


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


def _office(occupancy: _Entity, post: _Entity, names: Mapping[str, Json]) -> JsonObject:
    organisation = post.first("organization")
    return {
        "title": post.first("name") or "",
        "organisation": names.get(organisation, organisation)
        if isinstance(organisation, str)
        else organisation,
        "from": occupancy.first("startDate"),
        "until": occupancy.first("endDate"),
    }


def _as_record(entity: _Entity, offices: Sequence[Json]) -> JsonObject:
    name, *others = entity.values("name") or [""]
    aliases = [value for alias in ALIASES for value in entity.values(alias)]
    country = entity.first_text("country") or entity.first_text("nationality")
    return {
        "id": entity.id,
        "kind": KINDS[entity.schema],
        "name": name,
        "aliases": [*others, *aliases],
        "wikidata": entity.first("wikidataId"),
        "country": country.upper() if country and len(country) == 2 else None,  # noqa: PLR2004 - an ISO code
        "homepage": entity.first("website"),
        "description": entity.first("summary"),
        "roles": list(offices),
    }
