"""Claims as FollowTheMoney statements: sources, articles, and a Note for each claim.

FollowTheMoney has no schema for a claim or a quotation, so much is lost: the Note has the words,
who said them, when, and the article as its proof; the chain beyond the speaker, and how far it
went, are text. An article that is printed from another has that one as its proof.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import IO

import orjson

from claims.exchange.records import (
    ClaimRecord,
    DocumentRecord,
    SourceRecord,
    named_modes,
    reach_of,
)
from claims.model.reported import labels, reported_by

DATASET = "claims"
COLUMNS = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin",
    "lang", "original_value", "external", "first_seen", "last_seen", "id",
)  # fmt: skip

SCHEMATA = {
    "person": "Person", "organisation": "Organization", "outlet": "Company", "group": "LegalEntity",
}  # fmt: skip

TYPES = {
    "name": "name", "summary": "text", "wikidataId": "identifier", "country": "country",
    "website": "url", "title": "string", "sourceUrl": "url", "publishedAt": "date",
    "publisher": "string", "author": "string", "language": "language", "description": "text",
    "entity": "entity", "proof": "entity", "id": "checksum",
}  # fmt: skip

Statement = dict[str, str]


def statement(entity: str, schema: str, prop: str, value: str) -> Statement:
    """One statement, with the id that FollowTheMoney gives it."""
    key = f"{DATASET}.{entity}.{prop}.{value}"
    return {
        "canonical_id": entity,
        "entity_id": entity,
        "prop": prop,
        "schema": schema,
        "value": value,
        "dataset": DATASET,
        "id": hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest(),
    }


def entity_statements(
    entity: str, schema: str, properties: Mapping[str, str | Sequence[str] | None]
) -> Iterator[Statement]:
    """An entity's statements, after the one that sums them up: the checksum of their ids."""
    statements = [
        statement(entity, schema, prop, value)
        for prop, values in properties.items()
        for value in ([values] if isinstance(values, str) else values or ())
        if value
    ]
    total = hashlib.sha1(usedforsecurity=False)
    for key in sorted(one["id"] for one in statements):
        total.update(key.encode())
    yield statement(entity, schema, "id", total.hexdigest())
    yield from statements


def source_entity(source: SourceRecord) -> Iterator[Statement]:
    """A source as a person or body; that it was merged is lost."""
    properties = {
        "name": source["name"],
        "summary": source["description"],
        "wikidataId": source["wikidata"],
        "country": source["country"].lower() if source["country"] else None,
        "website": source["homepage"],
    }
    return entity_statements(source["source"], SCHEMATA[source["kind"]], properties)


def article_entity(document: DocumentRecord) -> Iterator[Statement]:
    """A document as an Article; a copy is proved by what it is printed from."""
    origin = document["article_origin"]
    properties: dict[str, str | Sequence[str] | None] = {
        "title": document["title"],
        "author": document["byline"],
        "publishedAt": _moment(document["published_at"]),
        "sourceUrl": document["url"],
        "publisher": document["outlet"],
        "language": _three_letters(document["language"]),
        "summary": f"origin of the text: {origin}" if origin else None,
        "proof": document["copy_of"].split(", ") if document["copy_of"] else None,
    }
    return entity_statements(document["document"], "Article", properties)


def note_entity(record: ClaimRecord) -> Iterator[Statement]:
    """A claim as a Note on its speaker, proved by its article."""
    days = " to ".join(dict.fromkeys(record["said_on"] or ()))
    hops = named_modes(record)
    through = " < ".join(labels(hops))
    summary = (record["form"], record["status"], days, through, reach_of(record))
    properties = {
        "description": reported_by(record["statement"] or record["content"], hops),
        "summary": ", ".join(filter(None, summary)),
        "entity": record["speaker_id"],
        "proof": record["document"],
        "sourceUrl": record["url"],
        "publisher": record["outlet"],
    }
    return entity_statements(record["claim"], "Note", properties)


def _moment(value: str | None) -> str | None:
    """A moment as FollowTheMoney writes it, without a zone; they are in UTC."""
    return value[:19] if value else None


def _three_letters(language: str) -> str | None:
    """FollowTheMoney writes languages in three letters; None for those not listed here."""
    codes = {"en": "eng", "de": "deu", "fr": "fra", "es": "spa", "ru": "rus", "ar": "ara"}
    return codes.get(language.partition("-")[0])


def write_ftm(
    entities: Iterable[Iterable[Statement]], out: IO[bytes], *, as_csv: bool, origin: str
) -> int:
    """Write statements as CSV or JSON lines; returns how many."""
    row_of: Callable[[Statement], bytes] = _csv_row if as_csv else _json_row
    if as_csv:
        out.write(_cells(COLUMNS))
    count = 0
    for entity in entities:
        for one in entity:
            out.write(row_of(one | {"origin": origin}))
            count += 1
    return count


def _json_row(one: Statement) -> bytes:
    columns = {name: one.get(name) for name in COLUMNS if name != "prop_type"}
    return orjson.dumps({**columns, "external": False}, option=orjson.OPT_APPEND_NEWLINE)


def _csv_row(one: Statement) -> bytes:
    row = one | {"prop_type": TYPES[one["prop"]], "external": "f"}
    return _cells(row.get(name) for name in COLUMNS)


def _cells(cells: Iterable[str | None]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow("" if cell is None else cell for cell in cells)
    return out.getvalue().encode()
