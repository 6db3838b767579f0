"""Fact-checks as newsrooms publish them, and as we export them."""

import io
import json
from typing import Any

import pytest

from claims.exchange.formats.claimreview import Publisher, review_of
from claims.exchange.records import ClaimRecord
from claims.model.kinds import Form, SourceKind
from claims.model.problem import Problem
from claims.model.quotation import ListedQuotation
from claims.readers.quotes.claimreview import read_claimreview
from claims.readers.quotes.source import ImportFormat, detect
from tests.exchange.test_nulls import CLAIM

REVIEW: dict[str, Any] = {
    "@context": "https://schema.org", "@type": "ClaimReview", "url": "https://desk.example/1",
    "claimReviewed": "The bridge is safe", "datePublished": "2026-05-06",
    "author": {"@type": "Organization", "name": "The Desk"},
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "alternateName": "False"},
    "itemReviewed": {
        "@type": "Claim", "datePublished": "2026-05-04",
        "author": {"@type": "Person", "name": "Ada Quill"},
        "appearance": {"@type": "NewsArticle", "url": "https://e.org/a", "headline": "Bridge",
                       "publisher": {"@type": "NewsMediaOrganization", "name": "The Pier"}},
    },
}  # fmt: skip


def stream_of(raw: bytes) -> io.BufferedReader:
    return io.BufferedReader(io.BytesIO(raw))


def read(raw: bytes | str) -> list[ListedQuotation | Problem]:
    encoded = raw.encode() if isinstance(raw, str) else raw
    return list(read_claimreview(stream_of(encoded), "f.json"))


def changed(**claim: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    return REVIEW | {"itemReviewed": REVIEW["itemReviewed"] | claim}


def test_a_fact_check_becomes_what_it_checks() -> None:
    [made] = read(json.dumps(REVIEW))
    assert isinstance(made, ListedQuotation)
    article, hop = made.article, made.proposal.chain[0]
    assert (article.text, hop.name, hop.kind) == (
        "The bridge is safe", "Ada Quill", SourceKind.PERSON,
    )  # fmt: skip
    assert article.url == "https://e.org/a#:~:text=The%20bridge%20is%20safe"
    assert (article.outlet, article.title) == ("The Pier", "Bridge")
    assert str(article.published_at) == "2026-05-04 00:00:00+00:00"
    # It reports a claim, not words between quotation marks.
    assert made.proposal.form is Form.PARAPHRASE


SCHEMA = {"@context": "https://schema.org"}
ITEMS = [{"@type": "DataFeedItem", "item": [REVIEW, None]}, {"item": None}, {"item": REVIEW}]
FEED = SCHEMA | {"@type": "DataFeed", "dataFeedElement": ITEMS}
GRAPH = SCHEMA | {"@graph": [{"@type": "WebPage"}, REVIEW]}
PAGE = f"""<!DOCTYPE html><html><head><title>Checked</title>
<script type="application/ld+json">{json.dumps(REVIEW)}</script>
<script type="application/ld+json">{{"@type": "WebPage"}}</script></head><p>Text</p></html>"""
BARE = REVIEW["itemReviewed"] | {"text": "x"}


@pytest.mark.parametrize(
    ("raw", "count"),
    [
        (json.dumps(REVIEW), 1),
        (json.dumps(REVIEW, indent=2), 1),
        ("\ufeff" + json.dumps([REVIEW, REVIEW], indent=1), 2),
        (json.dumps(FEED), 2),
        (json.dumps(FEED, indent=1), 2),
        (json.dumps(GRAPH), 1),
        (PAGE, 1),
        ("\n".join([json.dumps(REVIEW), "", json.dumps(BARE)]), 2),
    ],
)  # fmt: skip
def test_one_or_a_feed(raw: str, count: int) -> None:
    if "schema.org" in raw[:4000]:
        assert detect(stream_of(raw.encode())) is ImportFormat.CLAIMREVIEW
    assert [type(one) for one in read(raw)] == [ListedQuotation] * count


def told(raw: str | bytes) -> list[tuple[int | None, str | None, str] | str | None]:
    return [
        (one.line, one.field, one.reason.value)
        if isinstance(one, Problem)
        else one.proposal.chain[0].name
        for one in read(raw)
    ]


def test_what_is_wrong_is_told_and_costs_no_more_than_it_must() -> None:
    broken = [
        REVIEW | {"claimReviewed": ""},
        changed(author={"@type": "Person"}),
        changed(author=[{"name": ""}, "Bo Reed"]),
        changed(datePublished="soon", appearance=["https://e.org/b"]),
        changed(appearance={"url": "https://[e.org/"}),
    ]
    lines = "\n".join([*map(json.dumps, broken), "{", '{"@type": "WebPage"}'])
    assert told(json.dumps(REVIEW) + "\n" + lines) == [
        "Ada Quill",
        (2, "claimReviewed", "missing-field"),
        (3, "author", "bad-field"), None,
        "Bo Reed",
        (5, "datePublished", "bad-field"), "Ada Quill",
        (6, "appearance", "bad-field"), "Ada Quill",
        (7, None, "bad-json"),
        (8, "@type", "missing-field"),
    ]  # fmt: skip
    feed = FEED | {"dataFeedElement": [{"item": [REVIEW, REVIEW | {"claimReviewed": 7}]}]}
    assert told(json.dumps(feed)) == [
        "Ada Quill", (1, "dataFeedElement.0.item.1.claimReviewed", "missing-field"),
    ]  # fmt: skip
    assert told("<html><p>Text</p></html>") == [(1, "@type", "missing-field")]
    assert told(b"\xff{}")[0] == (1, None, "bad-encoding")


FULL = changed(**{"@id": "urn:1"}) | {"inLanguage": "en"}
APPEARANCE = ("itemReviewed", "appearance")
COSTS = {
    ("inLanguage",): {"language"},
    ("itemReviewed",): {"speaker", "url", "outlet", "title", "published", "id"},
    ("itemReviewed", "author"): {"speaker"},
    ("itemReviewed", "datePublished"): {"published"},
    ("itemReviewed", "@id"): {"id"},
    APPEARANCE: {"url", "outlet", "title"},
    (*APPEARANCE, "url"): {"url"},
    (*APPEARANCE, "publisher"): {"outlet"},
    (*APPEARANCE, "headline"): {"title"},
    # The day on which it was said is known still.
    (*APPEARANCE, "datePublished"): set(),
}
"""What a quotation is read without if a field is of a wrong type."""


def facts_of(made: ListedQuotation) -> dict[str, object]:
    article = made.article
    return {
        "words": article.text, "speaker": made.proposal.chain[0].name, "url": article.url,
        "outlet": article.outlet, "title": article.title, "published": article.published_at,
        "language": article.language, "id": article.external_id,
    }  # fmt: skip


def replaced(value: dict[str, Any], path: tuple[str, ...], other: object) -> dict[str, Any]:
    name, *rest = path
    return value | {name: replaced(value[name], tuple(rest), other) if rest else other}


@pytest.mark.parametrize("wrong", [7, 0, False, [None], [[]], [7]])
@pytest.mark.parametrize(("path", "costs"), COSTS.items(), ids=map(".".join, COSTS))
def test_a_field_of_a_wrong_type_costs_itself_alone(
    path: tuple[str, ...], costs: set[str], wrong: object
) -> None:
    [good] = read(json.dumps(FULL))
    problem, made = read(json.dumps(replaced(FULL, path, wrong)))
    assert isinstance(good, ListedQuotation)
    assert isinstance(made, ListedQuotation)
    before, after = facts_of(good), facts_of(made)
    assert {name for name in before if before[name] != after[name]} == costs
    assert isinstance(problem, Problem)
    assert (problem.line, problem.field, problem.reason.value) == (1, path[-1], "bad-field")
    assert problem.detail.endswith("; the claim was read without it")


@pytest.mark.parametrize("nothing", [None, "", " ", []])
def test_a_field_that_says_nothing_is_no_problem(nothing: object) -> None:
    for path in COSTS:
        assert [type(one) for one in read(json.dumps(replaced(FULL, path, nothing)))] == [
            ListedQuotation
        ]


@pytest.mark.parametrize("credibility", [None, 2])
def test_what_we_export_is_what_we_read(credibility: int | None) -> None:
    record = ClaimRecord(**(CLAIM | {"credibility": credibility}))  # type: ignore[typeddict-item]
    [made] = read(json.dumps(review_of(record, Publisher("The Desk"))))
    assert isinstance(made, ListedQuotation)
    article = made.article
    assert (article.text, made.proposal.chain[0].name) == ("The bridge is safe.", "Ada Quill")
    assert (article.outlet, article.title, article.external_id) == (
        "The Pier", "Bridge", "claimreview:c1",
    )  # fmt: skip
    assert str(article.published_at) == "2026-05-04 12:00:00+00:00"
