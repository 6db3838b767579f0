"""How states differ, in words."""

import uuid
from dataclasses import replace
from datetime import date

import pytest

from claims.catalogue.card import ClaimCard, HopCard, SourceLink
from claims.model.span import Span
from claims.releases.changes import SourceFacts, compare_claims, compare_sources, summarise
from claims.releases.errors import ReleaseRefusedError
from claims.releases.release import read_name

ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
HOP = HopCard(
    1, ONE, "Ada Quill", "person", None, "Quill", "said", "Mayor", "says",
    SourceLink("name", 1.0, None, merged=False),
)  # fmt: skip
CARD = ClaimCard(
    id=ONE, form="quote", text='"safe"', statement=None, spans=(Span(0, 6),), paragraph=1,
    said_on=(date(2026, 5, 4), date(2026, 5, 4)), said_on_text=None, venue=None, status="accepted",
    revision=1, rule="verb", extractor_score=0.9, attribution_confidence=None, credibility=None,
    document=ONE, version=1, title=None, outlet=None, url=None, published_at=None,
    document_status="usable", hops=(HOP,),
)  # fmt: skip
SOURCE = SourceFacts(ONE, "Ada Quill", merged=False, shown_as="Ada Quill", others={"country": None})


def changed_fields(
    old: ClaimCard | None, new: ClaimCard | None
) -> list[tuple[str, str | None, str | None]]:
    return [(one.field or one.what, one.before, one.after) for one in compare_claims(old, new)]


def test_a_claim_that_only_one_state_publishes() -> None:
    assert changed_fields(None, CARD) == [("added", None, '"safe"')]
    assert changed_fields(CARD, None) == [("removed", '"safe"', None)]
    assert changed_fields(None, None) == changed_fields(CARD, CARD) == []


def test_a_changed_claim_is_compared_field_by_field() -> None:
    said = (date(2026, 5, 1), date(2026, 5, 4))
    new = replace(
        CARD, statement="It is safe.", said_on=said, credibility=2, document_status="withdrawn",
        hops=(replace(HOP, name=None, capacity=None, mode="denies"),),
    )  # fmt: skip
    assert changed_fields(CARD, new) == [
        ("statement", None, "It is safe."),
        ("speaker", "Ada Quill", "[Quill]"),
        ("chain", "Ada Quill, Mayor printed “Quill” “said”", "[Quill] “said” (denies)"),
        ("said", "2026-05-04", "2026-05-01 to 2026-05-04"),
        ("credibility", None, "2"),
        ("article", "usable", "withdrawn"),
    ]


def test_sources_that_were_renamed_merged_separated_or_described() -> None:
    named = replace(SOURCE, name="Ada Q.", shown_as="Ada Q.")
    merged = replace(SOURCE, merged=True, shown_as="A. Quill")
    described = replace(SOURCE, others={"country": "IR"})
    whats = [
        [(one.what, one.before, one.after) for one in compare_sources(*pair)]
        for pair in ((SOURCE, named), (SOURCE, merged), (merged, SOURCE), (SOURCE, described))
    ]
    assert whats == [
        [("renamed", "Ada Quill", "Ada Q.")],
        [("merged", "Ada Quill", "A. Quill")],
        [("separated", "A. Quill", "Ada Quill")],
        [("changed", None, "IR")],
    ]
    assert compare_sources(None, SOURCE) == compare_sources(SOURCE, None) == []


def test_the_counts_come_in_one_line() -> None:
    new = replace(CARD, statement="It is safe.", venue="here")
    other = replace(CARD, id=OTHER)
    changes = compare_claims(CARD, new) + compare_claims(None, other)
    changes += compare_sources(SOURCE, replace(SOURCE, name="Ada Q."))
    assert summarise(changes) == "1 claim added, 1 changed; 1 source renamed"
    assert summarise(compare_claims(other, None) * 2) == "1 claim removed"
    assert summarise([]) == "nothing differs"


@pytest.mark.parametrize("name", ["", "  ", "now", "-x"])
def test_names_that_no_release_can_have(name: str) -> None:
    with pytest.raises(ReleaseRefusedError):
        read_name(name)
