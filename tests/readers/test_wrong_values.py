"""Whatever stands in a field of a record, a reader gives what can be stored, or a problem."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any, get_origin

import openpyxl
import pytest
from pydantic import BaseModel, JsonValue
from pydantic.fields import FieldInfo

from claims.model.article import Article
from claims.model.authority import AuthorityEntry
from claims.model.problem import Problem
from claims.model.quotation import ListedQuotation
from claims.readers.authorities.record import NEEDED, SourceRecord
from claims.readers.authorities.source import read_authority_stream
from claims.readers.jsonfeed import Entry
from claims.readers.jsonl import Record
from claims.readers.limits import LONGEST_ADDRESS, LONGEST_NAME, is_storable_moment
from claims.readers.options import ReadOptions
from claims.readers.quotes.claimreview import read_claimreview
from claims.readers.quotes.jsonl import GraphArticle, Quotebank, read_gqg, read_quotebank
from claims.readers.quotes.sheet import FIELDS, open_sheet, read_sheet
from claims.readers.source import read_stream
from tests.readers.archives import Archive, page
from tests.readers.samples import SAMPLES

WORDS = (
    "", " ", "x" * 3000, "é" * 1500, "a\0b", "\ud800", "\u202e", "http://[", "https://e.org:99999/",
    "9999-12-31", "9999-12-31T23:59:59-05:00", "0001-01-01T00:00:00+05:00", "0000-00-00",
    "Fri, 31 Dec 9999 23:59:59 -0500", "99999999999999999999", "-1", "1e999", "nan", "null", "{}",
)  # fmt: skip
"""What no field expects, as text."""

OTHERS: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**63, 10**400, 1.5, float("inf"), float("nan"), [], {}, [[]], [{}],
    [None], [1], {"value": 1}, {"id": [1]}, {"@value": "x"}, [["a", "b"]],
)  # fmt: skip
"""What no field expects, as JSON."""

QUOTEBANK = {
    "quoteID": "2015-01-01-000001", "quotation": "the harbour is deep", "speaker": "Ada Quill",
    "date": "2015-01-01 10:00:00", "urls": ["http://x.org/1"],
    "probas": [["Ada Quill", "0.8"], {"proba": 0.1}],
}  # fmt: skip
GQG = {
    "date": "20200101001600", "url": "http://g.org/1", "title": "T", "lang": "GERMAN",
    "quotes": [{"pre": "he said ", "quote": "never again", "post": " and left"}],
}  # fmt: skip
REVIEW = {
    "@context": "https://schema.org", "@type": "ClaimReview", "claimReviewed": "it is safe",
    "inLanguage": "en", "itemReviewed": {
        "@type": "Claim", "@id": "urn:1", "datePublished": "2026-05-04",
        "author": {"@type": "Person", "name": "Ada Quill"},
        "appearance": {"url": "https://e.org/a", "headline": "Bridge", "publisher": {"name": "P"},
                       "datePublished": "2026-05-04"}},
}  # fmt: skip
AUTHORITY: dict[str, Any] = {
    "id": "7", "kind": "person", "name": "Ada Quill", "aliases": ["A. Quill"], "wikidata": "Q7",
    "country": "RU", "homepage": "https://e.org", "description": "mayor",
    "roles": [{"title": "mayor", "organisation": "Port", "from": "2012", "until": "2013-05"}],
}  # fmt: skip
FTM = [
    {"id": "b", "schema": "PublicBody", "properties": {"name": ["Port"], "website": ["https://e.org"]}},
    {"id": "p", "schema": "Person", "properties":
        {"name": ["Ada"], "alias": ["A."], "wikidataId": ["Q7"], "nationality": ["ru"]}},
    {"id": "q", "schema": "Position", "properties": {"name": ["mayor"], "organization": ["b"]}},
    {"id": "o", "schema": "Occupancy", "properties":
        {"holder": ["p"], "post": ["q"], "startDate": ["2012"], "endDate": ["2013"]}},
]  # fmt: skip


def changed(value: Any) -> Iterator[Any]:  # noqa: ANN401 - any JSON
    """A JSON value with each of its parts replaced by each of the others, one at a time."""
    yield from (*WORDS, *OTHERS)
    parts = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, part in parts:
        for other in changed(part):
            copy = value.copy()
            copy[key] = other
            yield copy
        if isinstance(value, dict):
            yield {name: one for name, one in value.items() if name != key}


def stream(raw: bytes) -> io.BufferedReader:
    return io.BufferedReader(io.BytesIO(raw))


def lines_of(records: Any) -> bytes:  # noqa: ANN401 - any JSON
    return b"".join(json.dumps(one).encode() + b"\n" for one in records)


def texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a record holds
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            # The text before it was cleaned is never stored.
            if field.name != "raw_text":
                yield from texts(getattr(value, field.name))


def require_storable(record: Any) -> None:  # noqa: ANN401 - whatever a reader gave
    """Fail if the database would refuse some of it."""
    if isinstance(record, Problem):
        return  # its text is cleaned when it is saved
    joined = "".join(texts(record))
    assert not re.search("[\0\ud800-\udfff]", joined)
    if isinstance(record, AuthorityEntry):
        days = [day for office in record.offices for day in (office.first, office.last) if day]
        assert all(day.year < 9999 for day in days)
    article = record.article if isinstance(record, ListedQuotation) else record
    if isinstance(article, Article):
        assert len((article.url or "").encode()) <= LONGEST_ADDRESS + 1300
        for name in (article.external_id, article.outlet, *article.other_ids, article.evolved_from):
            assert len((name or "").encode()) <= LONGEST_NAME + 20
        retrieved = article.capture.retrieved_at if article.capture else None
        for moment in (article.published_at, article.publisher_time, article.seen_at, retrieved):
            assert moment is None or is_storable_moment(moment)
        assert abs(article.publisher_version or 0) < 2**63


@pytest.mark.parametrize("name", ["a.jsonl", "ninjs.json", "feed.json"])
def test_no_value_in_json_breaks_a_reader_of_articles(name: str) -> None:
    first = json.loads(SAMPLES[name].splitlines()[0] if name == "a.jsonl" else SAMPLES[name])
    for value in changed(first):
        raw = json.dumps(value).encode()
        for record in read_stream(name, stream(raw + b"\n"), None, ReadOptions()):
            require_storable(record)


def test_no_value_in_json_breaks_a_reader_of_lists() -> None:
    samples: tuple[tuple[Any, Any], ...] = (
        (QUOTEBANK, read_quotebank), (GQG, read_gqg), (REVIEW, read_claimreview)
    )  # fmt: skip
    for sample, read in samples:
        raw = lines_of([sample, *changed(sample)])
        records = list(read(stream(raw), "f"))
        for record in records:
            require_storable(record)
        assert sum(isinstance(one, ListedQuotation) for one in records) > 20
        assert {one.line for one in records if isinstance(one, Problem)} <= {
            *range(1, raw.count(b"\n") + 1)
        }


def test_no_value_in_json_breaks_a_reader_of_authorities() -> None:
    for value in changed(AUTHORITY):
        for entry in read_authority_stream("a.jsonl", stream(lines_of([value])), None):
            require_storable(entry)
    for value in changed(FTM):
        if isinstance(value, list):
            for entry in read_authority_stream("a.json", stream(lines_of(value)), None):
                require_storable(entry)


@pytest.mark.parametrize(
    "name",
    ["rss.xml", "atom.xml", "sitemap.xml", "newsml.xml", "a.nitf", "a.eml", "a.html", "a.warc"],
)
def test_no_text_breaks_a_reader_of_documents(name: str) -> None:
    archive = Archive(packed=False).add("https://pier.example/a", page("Yes")).raw
    sample = {**SAMPLES, "a.warc": archive}[name].decode()
    # Between tags, in attributes, and after the colon of a header.
    patterns = (r">([^<>]+)<", r'="([^"]*)"')
    places = [one.span(1) for pattern in patterns for one in re.finditer(pattern, sample)]
    places += [one.span(1) for one in re.finditer(r"(?m)^[A-Z][\w-]+: ([^\r\n]*)", sample)]
    for start, end in places:
        for word in WORDS:
            raw = (sample[:start] + word + sample[end:]).encode(errors="surrogatepass")
            for record in read_stream(name, stream(raw), None, ReadOptions()):
                require_storable(record)


def test_no_cell_breaks_a_reader_of_sheets() -> None:
    good = dict.fromkeys(FIELDS, "x") | {"date": "2024-05-03", "kind": "person"}
    rows = [list((good | {field: word}).values()) for field in FIELDS for word in WORDS]
    out = io.StringIO()
    csv.writer(out).writerows([FIELDS, *rows])
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(FIELDS)
    typed = (None, True, 0, -1.5, 1e300, datetime(9999, 12, 31), date(1900, 1, 1), "=1/0", "#REF!")  # noqa: DTZ001 - a workbook has no zones
    for field in FIELDS:
        for cell in typed:
            sheet.append([*(good | {field: cell}).values()])
    packed = io.BytesIO()
    book.save(packed)
    for raw in (out.getvalue().encode(errors="surrogatepass"), packed.getvalue()):
        table = open_sheet(stream(raw), "s")
        for record in read_sheet(table, "s", {field: field for field in FIELDS}):
            require_storable(record)


def test_no_cell_breaks_a_reader_of_authorities() -> None:
    columns = ("id", "name", "kind", "aliases", "wikidata", "country", "homepage", "description",
               "role", "organisation", "from", "until")  # fmt: skip
    good = dict.fromkeys(columns, "") | {"name": "Ada", "role": "mayor"}
    out = io.StringIO()
    csv.writer(out).writerows(
        [columns, *(list((good | {one: word}).values()) for one in columns for word in WORDS)]
    )
    raw = out.getvalue().encode(errors="surrogatepass")
    for entry in read_authority_stream("a.csv", stream(raw), None):
        require_storable(entry)
    for word in WORDS:
        header = f"name,{word}\nAda,x\n".encode(errors="surrogatepass")
        assert read_authority_stream("a.csv", stream(header), None)


ARTICLE = json.loads(SAMPLES["a.jsonl"].splitlines()[0])
ENTRY = json.loads(SAMPLES["feed.json"])["items"][0] | {"content_text": "Yes."}


def read_articles(record: Any) -> list[Any]:  # noqa: ANN401 - any JSON
    raw = json.dumps(record).encode()
    return list(read_stream("a.jsonl", stream(raw + b"\n"), None, ReadOptions()))


def read_feed(record: Any) -> list[Any]:  # noqa: ANN401 - any JSON
    raw = json.dumps({**json.loads(SAMPLES["feed.json"]), "items": [record]}).encode()
    return list(read_stream("feed.json", stream(raw), None, ReadOptions()))


@dataclass(frozen=True)
class RecordCase:
    """A reader of records: the class of one, a good one, how it is read, what it becomes."""

    model: type[BaseModel]
    good: dict[str, Any]
    read: Callable[[Any], list[Any]]
    becomes: type[Any]


RECORDS = {
    "article lines": RecordCase(Record, ARTICLE, read_articles, Article),
    "feed": RecordCase(Entry, ENTRY, read_feed, Article),
    "Quotebank": RecordCase(
        Quotebank, QUOTEBANK, lambda one: [*read_quotebank(stream(lines_of([one])), "f")],
        ListedQuotation,
    ),
    "register": RecordCase(
        SourceRecord, AUTHORITY,
        lambda one: read_authority_stream("a.jsonl", stream(lines_of([one])), None), AuthorityEntry,
    ),
    "quotation graph": RecordCase(
        GraphArticle, GQG, lambda one: [*read_gqg(stream(lines_of([one])), "f")], ListedQuotation
    ),
}  # fmt: skip


ANY_VALUE: Any = JsonValue
WRONG: tuple[Any, ...] = ({"value": 1}, [{}], [None], {})
NO_RECORDS: tuple[Any, ...] = (None, 1, "x", [], True)


def is_list(about: FieldInfo) -> bool:
    """Whether a field of a register has several values."""
    return get_origin(about.annotation) is tuple and about.default == ()


@pytest.mark.parametrize("case", RECORDS.values(), ids=RECORDS)
def test_a_field_of_a_wrong_type_costs_itself_alone(case: RecordCase) -> None:
    """For every field of every record that may be missing, and every type that it is not."""
    tried = 0
    for field, about in case.model.model_fields.items():
        called = about.alias or field
        if about.is_required() or about.annotation == ANY_VALUE or called in NEEDED:
            continue
        for value in WRONG:
            if isinstance(value, list) and is_list(about):
                continue  # of a list a value costs itself
            records = case.read({**case.good, called: value})
            problems = [one for one in records if isinstance(one, Problem)]
            assert case.becomes in map(type, records), (called, value, records)
            assert [(one.field or "").partition(".")[0] for one in problems] == [called]
            assert "instance" not in problems[0].detail
            assert problems[0].detail.endswith("; it was read without it")
            tried += 1
    assert tried >= 4


@pytest.mark.parametrize("case", RECORDS.values(), ids=RECORDS)
def test_what_is_no_record_is_told_in_plain_words(case: RecordCase) -> None:
    for record in NO_RECORDS:
        (problem,) = (one for one in case.read(record) if isinstance(one, Problem))
        assert "instance" not in problem.detail
        assert "JSON object" in problem.detail


def test_of_a_list_in_a_register_a_wrong_value_costs_itself() -> None:
    office: dict[str, str] = AUTHORITY["roles"][0]
    wrong = {
        **AUTHORITY,
        "aliases": ["A. Quill", 5, None, "Q."],
        "roles": [
            office,
            {"title": "x", "from": 5},
            7,
            {"from": "2012"},
            {**office, "from": "2020"},
        ],
    }
    *problems, entry = read_authority_stream("a.jsonl", stream(lines_of([wrong])), None)
    assert isinstance(entry, AuthorityEntry)
    assert entry.aliases == ("A. Quill", "Q.")
    assert [one.title for one in entry.offices] == ["mayor"]
    fields = [one.field for one in problems if isinstance(one, Problem)]
    assert fields == ["aliases.1", "aliases.2", "from", "roles", "title", "until"]


REGISTER = {
    "id": "7", "name": "Ada Quill", "kind": "person", "aliases": "A. Quill", "wikidata": "Q7",
    "country": "RU", "homepage": "https://e.org", "description": "mayor", "role": "mayor",
    "organisation": "Port", "from": "2012", "until": "2013",
}  # fmt: skip
SHEET = {
    "speaker": "Ada Quill", "quote": "it is safe", "outlet": "The Pier", "date": "2026-05-04",
    "url": "https://e.org/a", "title": "Bridge", "id": "1", "kind": "person",
}  # fmt: skip
WRONG_CELLS = {
    "wikidata": "7", "country": "Russia", "homepage": "e", "description": "x" * 501,
    "role": "x" * 501, "organisation": "x" * 501, "from": "soon", "until": "2011",
    "aliases": "x" * 501, "outlet": "x" * 1001, "date": "soon", "url": "http://[",
    "title": "x" * 1001,
}  # fmt: skip
"""What no column that may be left out takes."""


def as_csv(row: dict[str, str]) -> bytes:
    out = io.StringIO()
    # As somebody calls the columns: problems name them so.
    csv.writer(out).writerows([[name.upper() for name in row], row.values()])
    return out.getvalue().encode(errors="surrogateescape")


def read_quotations(row: dict[str, str]) -> list[Any]:
    table = open_sheet(stream(as_csv(row)), "s")
    return list(read_sheet(table, "s", {name: name.upper() for name in row}))


@pytest.mark.parametrize(
    ("row", "needed", "read"),
    [(REGISTER, {"name", "kind", "id"},
      lambda row: read_authority_stream("a.csv", stream(as_csv(row)), None)),
     (SHEET, {"speaker", "quote", "id", "kind"}, read_quotations)],
    ids=["register", "quotations"],
)  # fmt: skip
def test_a_wrong_cell_costs_itself_alone_and_is_named_as_its_column(
    row: dict[str, str], needed: set[str], read: Callable[[dict[str, str]], list[Any]]
) -> None:
    assert [type(one) for one in read(row)] in ([AuthorityEntry], [ListedQuotation])
    for column in row.keys() - needed:
        for cell in (WRONG_CELLS[column], "\udcff\udcfe"):
            *problems, record = read({**row, column: cell})
            assert not isinstance(record, Problem), (column, cell, record)
            (problem,) = problems
            assert problem.field == ("UNTIL" if cell == "2011" else column.upper())
            assert "without it" in problem.detail
            assert "instance" not in problem.detail
