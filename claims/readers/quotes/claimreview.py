"""A newsroom's fact-checks as schema.org describes them: ClaimReview in JSON-LD, one or a feed.

A file is JSON lines, one object, an array, a graph, a DataFeed, or a page with such in it. What was
claimed becomes the quotation; the verdict stays in the kept bytes, because a credibility is an
editor's decision.
"""

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from claims.model.json import Json, JsonObject
from claims.model.kinds import Form, SourceKind
from claims.model.problem import Problem, Reason
from claims.model.quotation import ListedQuotation
from claims.readers.days import read_day_cell
from claims.readers.encoding import decode_page
from claims.readers.html_tree import parse_page
from claims.readers.jsonl import parse_json
from claims.readers.quotes.record import SHOWN, QuoteRecord, bad, make_quoted
from claims.readers.structured import json_ld_of

READER = "claimreview/1"
LARGEST = 64 << 20
"""Bytes of a document, or of a line."""

DEEPEST = 5
"""Lists, graphs and feeds within each other."""

HOLDERS = ("@graph", "dataFeedElement", "item", "itemListElement", "mainEntity", "review")
"""Where objects hold fact-checks."""

KINDS: Mapping[str, SourceKind] = {
    "Organization": SourceKind.ORGANISATION,
    "GovernmentOrganization": SourceKind.ORGANISATION,
    "Corporation": SourceKind.ORGANISATION,
    "PoliticalParty": SourceKind.ORGANISATION,
    "NewsMediaOrganization": SourceKind.OUTLET,
}
"""Kinds of authors; all others are persons."""

NAMES = {
    "published": "datePublished",
    "quote": "claimReviewed",
    "speaker": "author",
    "url": "appearance",
    "id": "@id",
}
"""What schema.org calls the fields of a quotation."""

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class _Review:
    """A review or a claim in a document.

    Attributes:
        path: Where it stands, such as `dataFeedElement.3.item.0`; empty for the document itself.
    """

    value: JsonObject
    path: str


def read_claimreview(
    stream: io.BufferedReader, location: str
) -> Iterator[ListedQuotation | Problem]:
    """The claim of each fact-check in a file."""
    number = 1
    first = stream.readline(LARGEST + 1)
    if not _is_whole(first):
        yield from _read_text(first + stream.read(LARGEST + 1 - len(first)), f"{location}:1")
        return
    while first:
        if first.strip():
            yield from _read_text(first, f"{location}:{number}")
        first, number = stream.readline(LARGEST + 1), number + 1


def _is_whole(line: bytes) -> bool:
    """Whether a line is an object or an array, so that the file is JSON lines."""
    try:
        return isinstance(parse_json(line.decode("utf-8-sig")), Mapping | list)
    except ValueError:
        return False


def _read_text(raw: bytes, location: str) -> Iterator[ListedQuotation | Problem]:
    if len(raw) > LARGEST:
        detail = f"it is longer than {LARGEST >> 20} MiB; JSON lines may be longer"
        yield bad(location, Reason.TOO_LARGE, detail)
        return
    document = _page(raw, location) if raw.lstrip().startswith(b"<") else _parsed(raw, location)
    if isinstance(document, Problem):
        yield document
        return
    reviews = list(_find_reviews(document))
    if not reviews:
        detail = "there is no ClaimReview and no Claim in it"
        yield bad(location, Reason.MISSING_FIELD, detail, field="@type")
    for review in reviews:
        own = raw if len(reviews) == 1 else json.dumps(review.value).encode()
        yield from _read_review(review, location, own)


def _parsed(raw: bytes, location: str) -> "Json | Problem":
    try:
        return parse_json(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return bad(location, Reason.BAD_ENCODING, "it is not in UTF-8")
    except ValueError as error:
        shown = raw[:SHOWN].decode(errors="replace")
        return bad(location, Reason.BAD_JSON, str(error)[:SHOWN], value=shown)


def _page(raw: bytes, location: str) -> "Json | Problem":
    """The blocks of JSON-LD in a page."""
    decoded = decode_page(location, raw)
    if isinstance(decoded, Problem):
        return bad(location, decoded.reason, decoded.detail)
    root = parse_page(decoded.text)
    return [] if root is None else list(json_ld_of(root))


def _find_reviews(value: Json, path: str = "", depth: int = 0) -> Iterator[_Review]:
    """The reviews, and the claims outside of reviews, in their order."""
    if isinstance(value, list) and depth <= DEEPEST:
        for number, one in enumerate(value):
            yield from _find_reviews(one, _joined(path, str(number)), depth + 1)
    elif isinstance(value, Mapping):
        if _types(value) & {"ClaimReview", "Claim"}:
            yield _Review(value, path)
            return
        for name in HOLDERS:
            if name in value and depth <= DEEPEST:
                yield from _find_reviews(value[name], _joined(path, name), depth + 1)


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _types(value: JsonObject) -> set[str]:
    """The types of an object, without the vocabulary before them."""
    kinds = value.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return {re.split(r"[/:#]", kind)[-1] for kind in listed if isinstance(kind, str)}


def _read_review(review: _Review, location: str, raw: bytes) -> Iterator[ListedQuotation | Problem]:
    fields = _Fields(review.path, location)
    is_review = "ClaimReview" in _types(review.value)
    claim = fields.object(review.value, "itemReviewed") if is_review else review.value
    words = (
        _text(review.value.get("claimReviewed"))
        or _text(claim.get("text"))
        or _text(claim.get("name"))
    )
    seen = fields.object(claim, "appearance", "firstAppearance")
    language = fields.text(review.value, "inLanguage") or ""
    record = QuoteRecord(
        quote=words or "",
        speaker=fields.text(claim, "author", "it has no name"),
        id=fields.text(claim, "identifier") or fields.text(claim, "@id"),
        url=fields.text(seen, "url") or _address(claim.get("appearance")),
        outlet=fields.text(seen, "publisher"),
        title=fields.text(seen, "headline") or fields.text(seen, "name"),
        published=fields.date(seen) or fields.date(claim),
        language=language if LANGUAGE.fullmatch(language) else "und",
        kind=_kind(claim.get("author")),
        form=Form.PARAPHRASE,
    )
    yield from fields.problems
    names = {field: _joined(review.path, name) for field, name in NAMES.items()}
    yield from make_quoted(record, READER, location, raw, names=names)


class _Fields:
    """Fields of a fact-check; one that cannot be read costs itself and is told.

    Attributes:
        problems: Of the fields that were asked for so far.
    """

    def __init__(self, path: str, location: str) -> None:
        self._path, self._location = path, location
        self.problems: list[Problem] = []

    def text(self, holder: JsonObject, name: str, detail: str = "it is no text") -> str | None:
        """A field's text; None if there is none, or nothing that is one."""
        value = holder.get(name)
        text = _text(value)
        if text is None and not _is_empty(value):
            self._tell(name, detail, value)
        return text

    def object(self, holder: JsonObject, *names: str) -> JsonObject:
        """The first of some fields that holds something, as an object; else an empty one."""
        for name in names:
            value = holder.get(name)
            if _is_empty(value):
                continue
            first = _first_object(value)
            if not first and _address(value) is None:
                self._tell(name, "it is no object", value)
            return first
        return {}

    def date(self, holder: JsonObject) -> datetime | None:
        """When it was printed or said, if that is a day that can be read."""
        printed = self.text(holder, "datePublished")
        try:
            return read_day_cell(printed) if printed else None
        except (ValueError, OverflowError):
            self._tell("datePublished", "it is no day that can be read", printed)
            return None

    def _tell(self, name: str, detail: str, value: Json) -> None:
        self.problems.append(
            bad(
                self._location,
                Reason.BAD_FIELD,
                f"{detail}; the claim was read without it",
                field=_joined(self._path, name),
                value=value,
            )
        )


def _is_empty(value: Json) -> bool:
    """Whether a field says nothing, as templates leave it; a zero is a value."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _first_object(value: Json) -> JsonObject:
    """An object, or the first one of a list; an empty one if there is none."""
    listed = value if isinstance(value, list) else [value]
    return next((one for one in listed if isinstance(one, Mapping)), {})


def _text(value: Json) -> str | None:
    """A text, the name of an object, or the first of a list that has one."""
    listed = value if isinstance(value, list) else [value]
    for one in listed:
        text = one.get("name") if isinstance(one, Mapping) else one
        if isinstance(text, str) and text.strip():
            return text
    return None


def _address(value: Json) -> str | None:
    """An appearance that is nothing but its address."""
    text = _text(value)
    return text if text and text.startswith(("http://", "https://")) else None


def _kind(author: Json) -> SourceKind:
    kinds = _types(_first_object(author))
    return next((KINDS[kind] for kind in sorted(kinds) if kind in KINDS), SourceKind.PERSON)
