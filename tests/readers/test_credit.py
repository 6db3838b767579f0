"""Whom a publisher's own fields name as where it has a text from: read, stored, shown as origin."""

import json

import pytest
from sqlalchemy import text

from claims.database.engine import Database
from claims.model.article import Article
from claims.readers.credit import credit_of
from tests.copies.stories import compare, save, story
from tests.makers import article as make_article
from tests.readers.test_html import article_of, json_ld, page
from tests.readers.wires import article, newsml, ninjs, nitf, read


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], None),
        (["", None, "  "], None),
        (["The Pier"], None),
        (["the  PIER", "Sea Wire"], "Sea Wire"),
        ([None, " Sea\nWire ", "Harbour Agency"], "Sea Wire"),
    ],
)
def test_the_first_name_that_is_not_the_outlets_counts(
    names: list[str | None], expected: str | None
) -> None:
    assert credit_of(names, "The Pier") == expected


def jsonl(**fields: str) -> Article:
    record = {"text": "One line.", "outlet": "The Pier", **fields}
    return article(read(json.dumps(record).encode() + b"\n", "a.jsonl"))


def test_each_reader_reads_the_field_of_its_format() -> None:
    about = "<creditline>Sea Wire/The Pier</creditline>"
    head = '<pubdata name="The Pier"/>'
    source = (
        '{"@type": "NewsArticle", "headline": "Safe", "datePublished": "2026-05-04",'
        ' "publisher": {"name": "The Pier"}, "sourceOrganization": {"name": "Sea Wire"}}'
    )
    assert jsonl(credit="Sea Wire").credit == "Sea Wire"
    assert jsonl().credit is jsonl(credit="The Pier").credit is None
    assert article(read(ninjs(creditline="Sea Wire"))).credit == "Sea Wire"
    assert article(read(newsml(about=about).encode())).credit == "Sea Wire/The Pier"
    assert article(read(newsml().encode())).credit is None
    assert article(read(nitf(head=head))).credit is None
    assert article_of(page(json_ld(source))).credit == "Sea Wire"
    assert article_of(page()).credit is None


@pytest.mark.parametrize(
    ("fields", "origin"),
    [
        ({"credit": "AP"}, ("The Associated Press", "field", "“AP”")),
        ({"credit": "Sea Wire"}, ("Sea Wire", "field", "“Sea Wire”")),
        ({"last": "Reporting by Reuters"}, ("Reuters", "credit-line", "“Reporting by Reuters”")),
        ({"last": "(Reporting by the Associated Press)"},
         ("The Associated Press", "credit-line", "by the Associated Press")),
        ({"last": "Source: AP"}, ("The Associated Press", "credit-line", "“Source: AP”")),
        # A colleague, and help with a text of one's own, are no origin.
        ({"last": "Reporting by Ada Quill; editing by Tom Reed"}, ("The Pier", "own", "")),
        ({"last": "Additional reporting by Reuters"}, ("The Pier", "own", "")),
    ],
)  # fmt: skip
def test_the_credit_is_the_origin_and_says_by_which_rule(
    database: Database, fields: dict[str, str], origin: tuple[str, str, str]
) -> None:
    last = f"{fields['last']}\n" if "last" in fields else ""
    save(
        database,
        make_article(story("a") + last, outlet="The Pier", credit=fields.get("credit")),
    )
    compare(database)
    with database.reader() as session:
        query = text("SELECT origin, rule, reason FROM claims_v1.origins")
        [(name, rule, reason)] = session.execute(query)
    assert (name, rule) == origin[:2]
    assert origin[2] in reason
