"""The descriptor of a folder of CSV as a Frictionless Data Package, version 2."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.exchange.columns import Column
from claims.exchange.formats.json_schema import VALUES
from claims.model.json import Json, JsonObject

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE_PROFILE = "https://datapackage.org/profiles/2.0/dataresource.json"
DIALECT: JsonObject = {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True}
TYPES: Mapping[str, JsonObject] = {
    "uuid": {"type": "string", "format": "uuid"},
    "date": {"type": "date"},
    # As PostgreSQL prints it: 2026-05-04 12:00:00+00.
    "timestamp with time zone": {"type": "datetime", "format": "any"},
    "integer": {"type": "integer"},
    "smallint": {"type": "integer"},
    "bigint": {"type": "integer"},
    "double precision": {"type": "number"},
    "boolean": {"type": "boolean"},
}


@dataclass(frozen=True, slots=True)
class Resource:
    """A file of the package.

    Attributes:
        path: Its name in the folder, without `.csv` the name of the resource.
        columns: Its columns in order.
        key: The columns that no two rows have in common.
        points_to: For a column of another file's keys: that file and column.
        rows: How many it has, without its header.
    """

    path: str
    columns: Sequence[Column]
    key: tuple[str, ...]
    rows: int
    size: int
    sha256: str
    points_to: Mapping[str, tuple[str, str]]

    @property
    def name(self) -> str:
        """The name of the resource."""
        return self.path.removesuffix(".csv")


def descriptor(
    resources: Sequence[Resource], *, title: str, version: str, licence: str | None
) -> JsonObject:
    """The descriptor of a package.

    Args:
        resources: Its files.
        title: What it holds, for people.
        version: Of the program and the state.
        licence: The licence's name, such as CC-BY-4.0; None if nobody said.
    """
    licences: JsonObject = {"licenses": [{"name": licence}]} if licence else {}
    return {
        "$schema": PROFILE,
        "name": "claims",
        "title": title,
        "version": version,
        **licences,
        "resources": [_resource(one) for one in resources],
    }


def _resource(resource: Resource) -> JsonObject:
    return {
        "$schema": RESOURCE_PROFILE,
        "name": resource.name,
        "path": resource.path,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": resource.size,
        "hash": f"sha256:{resource.sha256}",
        "dialect": DIALECT,
        "schema": {
            "fields": [_field(column) for column in resource.columns],
            "missingValues": [""],
            "primaryKey": list(resource.key),
            "foreignKeys": [
                {"fields": [column], "reference": {"resource": other, "fields": [key]}}
                for column, (other, key) in resource.points_to.items()
            ],
        },
    }


def _field(column: Column) -> JsonObject:
    constraints: dict[str, Json] = {}
    if not column.optional and column.kind != "text":
        # An empty text and nothing look the same to those who read CSV without its marks.
        constraints["required"] = True
    if column.name in VALUES:
        constraints["enum"] = list(VALUES[column.name])
    return {
        "name": column.name,
        **TYPES.get(column.kind, {"type": "string"}),
        "description": column.meaning,
        **({"constraints": constraints} if constraints else {}),
    }
