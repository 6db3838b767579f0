"""Each format holds what it says, and those who made it would read it."""

import csv
import io
import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest
from jsonschema import Draft202012Validator
from rdflib import Graph

from claims.catalogue.card import Filters
from claims.contract.views import view_columns
from claims.database.engine import Database
from claims.exchange.errors import UnknownFieldError
from claims.exchange.export import FORMATS, ExportRequest, write_export
from claims.exchange.formats.claimreview import Publisher
from claims.exchange.formats.ftm import COLUMNS, statement
from claims.exchange.formats.xlsx import LONGEST, write_xlsx
from claims.exchange.records import (
    ClaimRecord,
    DocumentRecord,
    EvidenceRecord,
    HopRecord,
    SourceRecord,
)
from claims.exchange.rows import copy_lines
from claims.exchange.selection import ARTICLE, REACH, Selection
from claims.model.kinds import Form, SourceKind
from claims.model.span import Span
from tests.acts import edit_claim, edit_document
from tests.makers import TEXT, add_reviewer, proposal, settle, silent, store

BEGINNINGS = ("=", "+", "-", "@", "\t", "\n", "'", '"', "=cmd|' /C calc'!A0", '=HYPERLINK("x")',
              " =",
              "\u202e", "😀", "é", "%0A=", "|", ";", ",", "\ufffd", "0x", "1e5", "TRUE", "#REF!",
              "{=1+1}", "[x]", "&", "<b>", "]]>", "_x0041_", "\\N", "\\.", '""')  # fmt: skip


PROPOSED = Selection("proposed")


def hostile(count: int) -> list[str]:
    """Cells that spreadsheets take for something else, each different."""
    chance = random.Random(19)
    return [
        f"{chance.choice(BEGINNINGS)}{number}{chance.choice(BEGINNINGS)}x"
        for number in range(count)
    ]


@pytest.fixture
def cells(database: Database) -> list[str]:
    """A database with 500 hostile quotations, and what they are."""
    quotations, at, spans = hostile(500), 0, []
    for cell in quotations:
        spans.append(Span(at, at + len(cell)))
        at += len(cell) + 1
    store(database, *map(silent, spans), text="\0".join(quotations).replace("\0", "\n") + "\n")
    return sorted(quotations)


def export(database: Database, file_format: str, selection: Selection = PROPOSED) -> bytes:
    """An export of what waits, unless otherwise asked for."""
    out = io.BytesIO()
    with database.reader() as session:
        request = ExportRequest(
            file_format, selection, Publisher("The Desk", "https://desk.example/claims/")
        )
        write_export(session, request, out, lambda _what, _count: None)
    return out.getvalue()


def objects(raw: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in raw.decode().split("\n")[:-1]]


def rows(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode(), newline=""), strict=True))


def test_csv_and_json_lines_keep_hostile_cells_byte_for_byte(
    database: Database, cells: list[str]
) -> None:
    raw = export(database, "csv")
    assert sorted(row["content"] for row in rows(raw)) == cells
    assert sorted(one["content"] for one in objects(export(database, "jsonl"))) == cells
    assert re.search(rb"[^\r]\n\Z", raw) is None
    again = io.StringIO(newline="")
    writer = csv.writer(again)
    writer.writerows(csv.reader(io.StringIO(raw.decode(), newline="")))
    read_twice = list(csv.reader(io.StringIO(again.getvalue(), newline="")))
    assert read_twice == list(csv.reader(io.StringIO(raw.decode(), newline="")))


def test_no_cell_of_a_workbook_is_a_formula(database: Database, cells: list[str]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export(database, "xlsx")))
    assert book.sheetnames == ["claims", "hops", "sources"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
        assert kinds <= {"s", "n", "d", "inlineStr"}, sheet.title
        assert not [c for row in sheet.iter_rows() for c in row if c.hyperlink]
    header = [cell.value for cell in book["claims"][1]]
    column = header.index("content") + 1
    values = [
        str(row[0].value) for row in book["claims"].iter_rows(2, min_col=column, max_col=column)
    ]
    # A text that looks like Excel's own escape is escaped once more, which openpyxl does not undo.
    assert sorted(cell.replace("_x005F_", "_") for cell in values) == cells


def test_parquet_has_types_and_every_character(database: Database, cells: list[str]) -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(export(database, "parquet")))
    assert sorted(table["content"].to_pylist()) == cells
    assert str(table.schema.field("published_at").type) == "timestamp[us, tz=UTC]"
    assert set(table["said_from"].to_pylist()) == {date(2026, 5, 4)}
    assert set(table["statement"].to_pylist()) == {None}
    assert set(table["carriers"].to_pylist()) == {""}


def test_days_are_days_in_a_workbook(database: Database) -> None:
    store(database)
    book = openpyxl.load_workbook(
        io.BytesIO(
            export(database, "xlsx", Selection("proposed", fields=("said_from", "published_at")))
        )
    )
    values = [cell.value for cell in book["claims"][2]]
    assert all(isinstance(value, datetime) for value in values)
    assert list(map(str, values)) == ["2026-05-04 00:00:00", "2026-05-04 12:00:00"]


def test_what_a_spreadsheet_cannot_hold_is_cut_and_reported(database: Database) -> None:
    long = "😀" * LONGEST
    store(database, silent(Span(0, len(long))), text=long)
    out = io.BytesIO()
    with database.reader() as session:
        request = ExportRequest("xlsx", Selection("proposed"))
        manifest = write_export(session, request, out, lambda _what, _count: None)
    assert "1 cells were longer" in manifest.notes[0]
    assert str(openpyxl.load_workbook(out)["claims"]["H2"].value).endswith("😀…")


def test_a_full_sheet_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.exchange.formats.xlsx.MOST_ROWS", 3)
    line = b'{"claim":"c","said_on":null,"chain":[]}'
    written = write_xlsx([line] * 5, [], io.BytesIO(), ("claim",))
    assert {name: rows for name, rows in written.sheets.items() if "claims" in name} == {
        "claims": 2, "claims 2": 2, "claims 3": 1,
    }  # fmt: skip


FTM_ID = "66c6fd4297915f414f7941fb06c45228b0376e7a"

CLAIM = {
    "type": "object",
    "required": ["@type", "text", "appearance"],
    "properties": {"@type": {"const": "Claim"}, "text": {"minLength": 1}},
}
REVIEW = {
    "type": "object",
    "required": ["@context", "@type", "url", "reviewRating", "claimReviewed", "author"],
    "properties": {
        "@type": {"const": "ClaimReview"},
        "url": {"pattern": "^https://desk.example/claims/[0-9a-f-]{36}$"},
        "itemReviewed": CLAIM,
        "reviewRating": {
            "required": ["ratingValue", "bestRating", "worstRating", "alternateName"],
            "properties": {"ratingValue": {"minimum": 1, "maximum": 5}},
        },
    },
}


# rdflib's own reader of JSON-LD uses what rdflib itself deprecates.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("credibility", "kind"), [(None, "Claim"), (6, "Claim"), (2, "ClaimReview")]
)
def test_a_review_needs_a_verdict(database: Database, credibility: int | None, kind: str) -> None:
    claim = store(database)[0]
    settle(database, claim)
    with database.writer() as session:
        reviewer = add_reviewer(session)
    edit_claim(database, claim, reviewer, credibility=credibility)
    [review] = objects(export(database, "claimreview", Selection()))
    assert review["@type"] == kind
    Draft202012Validator(CLAIM if kind == "Claim" else REVIEW).validate(review)
    if kind == "ClaimReview":
        assert review["reviewRating"]["ratingValue"] == 4
    graph = Graph()
    graph.parse(data=json.dumps(review | {"@context": {"@vocab": "https://schema.org/"}}),
                          format="json-ld")  # fmt: skip
    assert len(graph) >= 10


def test_a_claim_of_nobody_known_has_no_author(database: Database) -> None:
    quotation = silent(Span(0, 10))
    nobody = replace(quotation.chain[0], name=None, kind=SourceKind.GROUP)
    store(database, replace(quotation, chain=(nobody,)))
    [claim] = objects(export(database, "claimreview"))
    assert claim["@type"] == "Claim"
    assert "author" not in claim


ANNOTATION = {
    "type": "object",
    "required": ["@context", "id", "type", "target"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "type": {"const": "Annotation"},
        "motivation": {"type": "string"},
    },
}


def targets(annotation: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Quote and position of each target."""
    target = annotation["target"]
    for one in target if isinstance(target, list) else [target]:
        quote, position = one["selector"]
        assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        yield quote, position


def test_annotations_select_code_points(database: Database) -> None:
    text = "😀 " + TEXT
    pieces = (Span(17, 23), Span(24, 30))
    store(database, replace(proposal(text), content=pieces, form=Form.MIXED), text=text)
    [annotation] = objects(export(database, "webannotation"))
    Draft202012Validator(ANNOTATION).validate(annotation)
    values = list(targets(annotation))
    assert len(values) == 2
    for quote, position in values:
        assert text[position["start"] : position["end"]] == quote["exact"]
    assert text.startswith(values[0][0]["prefix"] + values[0][0]["exact"])
    assert "suffix" not in values[0][0]


def test_followthemoney_would_give_the_same_ids(database: Database) -> None:
    store(database)
    statements = objects(export(database, "ftm"))
    assert {one["schema"] for one in statements} == {"Person", "Company", "Article", "Note"}
    for one in statements:
        assert (
            one["id"] == statement(one["entity_id"], one["schema"], one["prop"], one["value"])["id"]
        )
    # followthemoney.statement.Statement.make_key of 4.11.2 gives this.
    assert statement("a", "Person", "name", "Ada")["id"] == FTM_ID
    raw = export(database, "ftm-csv").decode()
    assert raw.splitlines()[0] == ",".join(COLUMNS)
    assert len(rows(raw.encode())) == len(statements)


@pytest.mark.parametrize(
    ("view", "record"),
    [("claims", ClaimRecord), ("proposals", ClaimRecord), ("sources", SourceRecord),
     ("documents", DocumentRecord)],
)  # fmt: skip
def test_records_have_the_columns_of_the_contract(view: str, record: type) -> None:
    others = {"chain", "evidence", "printed", *REACH, *ARTICLE}
    assert [name for name in record.__annotations__ if name not in others] == [*view_columns(view)]
    assert set(HopRecord.__annotations__) <= set(view_columns("attributions"))
    assert set(EvidenceRecord.__annotations__) <= set(view_columns("evidence"))


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "archive"])
def test_withdrawn_articles_are_left_out_and_listed(database: Database, form: str) -> None:
    claim = store(database)[0]
    with database.writer() as session:
        reviewer = add_reviewer(session)
    with database.reader() as session:
        [record] = [json.loads(one) for one in copy_lines(session, Selection("proposed"))]
    edit_document(database, record["document"], reviewer, status="withdrawn")
    out = io.BytesIO()
    with database.reader() as session:
        request = ExportRequest(form, Selection("proposed"))
        manifest = write_export(session, request, out, lambda _what, _count: None)
        all_of_it = ExportRequest(form, Selection("proposed", withdrawn=True))
        with_it = write_export(session, all_of_it, io.BytesIO(), lambda _what, _count: None)
    assert manifest.counts.get("claims", 0) == 0
    assert with_it.counts.get("claims", 1) == 1
    assert [omitted.claim for omitted in manifest.left_out] == [claim]
    assert manifest.left_out_count == 1


def test_filters_and_fields(database: Database) -> None:
    store(database, outlet="The Mole", external_id="a")
    store(database, outlet="The Quay", external_id="b")
    claims = objects(
        export(
            database,
            "jsonl",
            Selection("proposed", Filters(outlet="mole"), ("outlet", "chain")),
        )
    )
    assert [list(one) for one in claims] == [["outlet", "chain"]]
    assert claims[0]["outlet"] == "The Mole"
    assert [hop["position"] for hop in claims[0]["chain"]] == [1, 2]
    assert rows(
        export(database, "csv", Selection("proposed", Filters(words="bridge"), ("outlet",)))
    )[1:]
    for form, fields in (("jsonl", ("nothing",)), ("ftm", ("outlet",)), ("csv", ("chain",))):
        with pytest.raises(UnknownFieldError):
            export(database, form, Selection("proposed", fields=fields))
