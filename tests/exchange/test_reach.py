"""Exports say how far each utterance went and whom articles have their text from."""

import csv
import io
import json
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest
from sqlalchemy import URL, text

from claims.catalogue.card import Filters
from claims.copies.due import compare_due
from claims.database.engine import Database
from claims.exchange.formats.ftm import statement
from claims.exchange.selection import ARTICLE, REACH, Selection
from claims.model.kinds import Form, SourceKind
from claims.model.proposal import Hop, Proposal
from claims.utterances.compare import compare_all_due
from tests.conftest import cloned
from tests.copies.stories import story
from tests.exchange.test_formats import export
from tests.makers import NOW, settle, spans_of, store

WORDS = "the old bridge is as safe today as it was on its first day"


def print_words(
    database: Database,
    outlet: str,
    hours: int,
    *,
    body: str,
    words: str = WORDS,
    carrier: str | None = None,
) -> uuid.UUID:
    """A claim of Ada Quill's in an article of an outlet, published some hours after noon."""
    reported = f", {carrier} reported" if carrier else ""
    printed = f'{body}\nAda Quill said "{words}"{reported}.\n'
    chain = [Hop("Ada Quill", SourceKind.PERSON, spans_of(printed, "Ada Quill"),
                 spans_of(printed, "said"))]  # fmt: skip
    if carrier:
        chain.append(Hop(carrier, SourceKind.OUTLET, spans_of(printed, carrier),
                         spans_of(printed, "reported")))  # fmt: skip
    quote = Proposal(
        content=spans_of(printed, f'"{words}"'), form=Form.QUOTE, chain=tuple(chain), score=0.9,
        rule="verb",
    )  # fmt: skip
    address = f"https://{outlet.lower()}.example/{hours}"
    [claim] = store(database, quote, text=printed, outlet=outlet, url=address,
                    published_at=NOW + timedelta(hours=hours))  # fmt: skip
    return claim


@pytest.fixture(scope="module")
def printed(server: URL, template: str) -> Iterator[tuple[Database, dict[str, str]]]:
    """One utterance, printed by an agency, by a copy of it, through it, and by a paper by itself.

    A fifth printing waits for review, and a claim of other words stands alone.
    """
    with cloned(server, template) as database:
        ids = {
            "agency": print_words(database, "Wire", 0, body=story("wire")),
            "copy": print_words(database, "Pier", 1, body=story("wire")),
            "through": print_words(database, "Daily", 2, body=story("daily"), carrier="Wire"),
            "own": print_words(database, "Herald", 3, body=story("herald")),
            "waiting": print_words(database, "Post", 4, body=story("post")),
            "alone": print_words(
                database, "Post", 5, body=story("alone"), words="no boat has left here"
            ),
        }
        list(compare_due(database))
        with database.writer() as session:
            compare_all_due(session)
        for name, claim in ids.items():
            if name != "waiting":
                settle(database, claim)
        yield database, {name: str(claim) for name, claim in ids.items()}


def lines(database: Database, form: str, selection: Selection | None = None) -> list[Any]:
    raw = export(database, form, selection or Selection())
    return [json.loads(line) for line in raw.splitlines()]


def test_the_counts_are_those_of_the_published_view(
    printed: tuple[Database, dict[str, str]],
) -> None:
    database, ids = printed
    records = {one["claim"]: one for one in lines(database, "jsonl")}
    counts = ", ".join(REACH)
    with database.reader() as session:
        query = f"SELECT row_to_json(x) FROM (SELECT claim, {counts} FROM corroboration) AS x"
        session.execute(text("SET LOCAL search_path = claims_v1"))
        rows = session.scalars(text(query)).all()
        wide = session.execute(
            text(
                "SELECT w.claim, w.printings = c.printings, w.outlets = c.outlets,"
                " w.heard_by = c.heard_by FROM who_said_what AS w"
                " JOIN corroboration AS c USING (claim)"
            )
        ).all()
    assert {row["claim"]: row for row in rows} == {
        claim: {name: one[name] for name in ("claim", *REACH)} for claim, one in records.items()
    }
    assert {tuple(row)[1:] for row in wide} == {(True, True, True)}
    assert len(wide) == len(records)
    agency = records[ids["agency"]]
    assert [agency[name] for name in ("printings", "outlets", "heard_by", "origins")] == [
        4, 4, 2, "Herald, Wire",
    ]  # fmt: skip
    assert {one["utterance"] for name, one in records.items() if name != ids["alone"]} == {
        agency["utterance"]
    }
    assert records[ids["own"]]["first_printing"] == ids["agency"]
    assert [records[ids["alone"]][name] for name in ("utterance", "printings")] == [ids["alone"], 1]


def test_a_copy_names_its_original_and_its_origin(
    printed: tuple[Database, dict[str, str]],
) -> None:
    database, ids = printed
    records = {one["claim"]: one for one in lines(database, "jsonl")}
    copy, agency = records[ids["copy"]], records[ids["agency"]]
    assert (copy["copy_of"], copy["article_origin"]) == (agency["document"], "Wire")
    assert (agency["copy_of"], agency["article_origin"]) == (None, "Wire")
    assert records[ids["own"]]["article_origin"] == "Herald"
    # What waits has an article too, but nothing of it is counted.
    [waiting] = lines(database, "jsonl", Selection("proposed"))
    assert waiting["article_origin"] == "Post"
    assert set(REACH).isdisjoint(waiting)


def test_one_claim_is_counted_with_all_its_printings(
    printed: tuple[Database, dict[str, str]],
) -> None:
    database, ids = printed
    [one] = lines(database, "jsonl", Selection(filters=Filters(outlet="Herald")))
    assert (one["claim"], one["printings"]) == (ids["own"], 4)
    fields = ("origins", "copy_of", "content")
    [few] = lines(database, "jsonl", Selection(filters=Filters(outlet="Herald"), fields=fields))
    assert list(few) == list(fields)
    assert few["origins"] == "Herald, Wire"


def test_rows_of_cells_have_types(printed: tuple[Database, dict[str, str]]) -> None:
    database, ids = printed
    reader = csv.DictReader(io.StringIO(export(database, "csv", Selection()).decode(), newline=""))
    rows = {row["claim"]: row for row in reader}
    assert rows[ids["copy"]]["printings"] == "4"
    assert rows[ids["copy"]]["copy_of"]
    assert not rows[ids["own"]]["copy_of"]
    table = pyarrow.parquet.read_table(io.BytesIO(export(database, "parquet", Selection())))
    assert str(table.schema.field("heard_by").type) == "int32"
    assert str(table.schema.field("first_printed_at").type) == "timestamp[us, tz=UTC]"
    assert sorted(table["printings"].to_pylist()) == [1, 4, 4, 4, 4]
    book = openpyxl.load_workbook(io.BytesIO(export(database, "xlsx", Selection())))
    header, *cells = book["claims"].iter_rows(values_only=True)
    sheet = [dict(zip(header, row, strict=True)) for row in cells]
    assert {row["printings"] for row in sheet} == {1, 4}
    assert all(isinstance(row["first_printed_at"], datetime) for row in sheet)
    assert set(ARTICLE) <= set(map(str, header))


def test_a_fact_check_names_every_article_that_printed_it(
    printed: tuple[Database, dict[str, str]],
) -> None:
    database, ids = printed
    reviews = {one["identifier"]: one for one in lines(database, "claimreview")}
    own = reviews[ids["own"]]
    assert [one["publisher"]["name"] for one in own["appearance"]] == [
        "Wire", "Pier", "Daily", "Herald",
    ]  # fmt: skip
    assert own["firstAppearance"] == own["appearance"][0]
    assert own["firstAppearance"]["url"] == "https://wire.example/0"
    alone = reviews[ids["alone"]]
    assert alone["appearance"] == alone["firstAppearance"]


def test_an_annotation_links_to_the_other_printings(
    printed: tuple[Database, dict[str, str]],
) -> None:
    database, ids = printed
    notes = {one["id"].removeprefix("urn:uuid:"): one for one in lines(database, "webannotation")}
    bodies = notes[ids["copy"]]["body"]
    assert [body["source"] for body in bodies if body["purpose"] == "linking"] == [
        "https://wire.example/0", "https://daily.example/2", "https://herald.example/3",
    ]  # fmt: skip
    assert [body["value"] for body in bodies if body["purpose"] == "describing"] == [
        "4 printings, 4 outlets, 2 origins (Herald, Wire)", "origin of the article: Wire",
    ]  # fmt: skip


def test_followthemoney_proves_a_copy_by_its_original(
    printed: tuple[Database, dict[str, str]],
) -> None:
    database, ids = printed
    statements = lines(database, "ftm")
    article = {
        one["value"]: one["entity_id"] for one in statements if one["prop"] == "sourceUrl"
        and one["schema"] == "Article"
    }  # fmt: skip
    copy, agency = article["https://pier.example/1"], article["https://wire.example/0"]
    proofs = {
        (one["entity_id"], one["value"]) for one in statements
        if (one["schema"], one["prop"]) == ("Article", "proof")
    }  # fmt: skip
    assert proofs == {(copy, agency)}
    [summary] = [
        one for one in statements if (one["entity_id"], one["prop"]) == (ids["own"], "summary")
    ]
    assert summary["value"].endswith("4 printings, 4 outlets, 2 origins (Herald, Wire)")
    assert all(
        one["id"] == statement(one["entity_id"], one["schema"], one["prop"], one["value"])["id"]
        for one in statements
    )


def test_lists_of_printings_end_somewhere(
    printed: tuple[Database, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The earliest printings and the own article, or a much-printed utterance would fill a disk."""
    monkeypatch.setattr("claims.exchange.reach.MOST_PRINTINGS", 2)
    database, ids = printed
    reviews = {one["identifier"]: one for one in lines(database, "claimreview")}
    assert [one["publisher"]["name"] for one in reviews[ids["own"]]["appearance"]] == [
        "Herald", "Wire", "Pier",
    ]  # fmt: skip
    notes = {one["id"].removeprefix("urn:uuid:"): one for one in lines(database, "webannotation")}
    linked = [body for body in notes[ids["copy"]]["body"] if body["purpose"] == "linking"]
    assert [body["source"] for body in linked] == ["https://wire.example/0"]
