"""JSON Feed: its items in the form in which feedparser gives those of other feeds."""

from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from claims.model.article import ReaderRecord
from claims.model.json import Json, JsonObject
from claims.model.problem import Problem, Reason
from claims.readers.checked import check_fields
from claims.readers.feed_entries import SHOWN, Feed, Fields, read_entry
from claims.readers.jsonl import bad_json, moment_of, parse_json
from claims.readers.options import ReadOptions
from claims.readers.outlets import outlet_of
from claims.readers.plain import decode
from claims.text.clean import clean_line

READER = "jsonfeed/1"


class Entry(BaseModel):
    """An item as it comes from outside, but for its authors."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    id: str | None = None
    url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    language: str | None = None


def read_json_feed(location: str, raw: bytes, options: ReadOptions) -> Iterator[ReaderRecord]:
    """The articles and addresses of a feed, and its problems."""
    text = decode(location, raw)
    if isinstance(text, Problem):
        yield text
        return
    try:
        fields = parse_json(text.removeprefix("\ufeff"))
    except ValueError as error:
        yield bad_json(location, error, 1, text)
        return
    entries = fields.get("items") if isinstance(fields, Mapping) else None
    if not isinstance(fields, Mapping) or not isinstance(entries, list):
        yield Problem(location, Reason.NO_FEED, "it has no list of items", field="items")
        return
    if not entries:
        yield Problem(location, Reason.EMPTY, "the feed has no items")
    feed = _make_feed(location, raw, fields, options)
    for number, entry in enumerate(entries, 1):
        yield from _read_entry(feed, number, entry)


def _make_feed(location: str, raw: bytes, fields: JsonObject, options: ReadOptions) -> Feed:
    return Feed(
        location=location,
        raw=raw,
        reader=READER,
        media_type="application/feed+json",
        outlet=options.outlet or outlet_of(_line(fields, "title"), _line(fields, "home_page_url")),
        language=_line(fields, "language"),
        has_content=True,
        only_date_is_published=False,
        published_at=options.published_at,
    )


def _line(fields: JsonObject, name: str) -> str | None:
    value = fields.get(name)
    return (clean_line(value) or None) if isinstance(value, str) else None


def _read_entry(feed: Feed, number: int, fields: Json) -> Iterator[ReaderRecord]:
    checked = check_fields(Entry, fields)
    for bad_field in checked.bad_fields:
        detail = f"item {number}: {clean_line(bad_field.detail)[:SHOWN]}"
        yield Problem(feed.location, Reason.BAD_FIELD, detail, field=bad_field.field)
    if checked.record is not None:
        yield from read_entry(feed, number, _as_fields(checked.record, _authors(fields)))


def _as_fields(entry: Entry, authors: Sequence[Json]) -> Fields:
    content = {"text/html": entry.content_html, "text/plain": entry.content_text}
    fields: dict[str, Json | Sequence[int]] = {
        "id": entry.id or entry.url,
        "link": entry.url,
        "title_detail": {"type": "text/plain", "value": entry.title},
        "authors": authors,
        "content": [
            {"type": form, "value": value, "language": entry.language}
            for form, value in content.items()
            if value
        ],
    }
    for name, value in (("published", entry.date_published), ("updated", entry.date_modified)):
        if value:
            fields |= {name: value, f"{name}_parsed": _parsed(value)}
    return fields


def _authors(fields: Json) -> list[Json]:
    """The authors with a name; version 1 has `author`. One without costs the item nothing."""
    if not isinstance(fields, Mapping):
        return []
    authors = fields.get("authors")
    every = authors if isinstance(authors, list) else [fields.get("author")]
    return [
        {"name": author["name"]}
        for author in every
        if isinstance(author, Mapping) and isinstance(author.get("name"), str)
    ]


def _parsed(value: str) -> Sequence[int] | None:
    try:
        return moment_of(value).utctimetuple()
    except (ValueError, OverflowError):
        return None
