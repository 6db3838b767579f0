"""Claims in the words of schema.org, as JSON-LD: an object a line.

A claim is a `Claim`. It becomes the `itemReviewed` of a `ClaimReview` only where an editor gave a
verdict on its content: a credibility of 1 to 5. A credibility of 6, "cannot be judged", is none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

import orjson

from claims.exchange.records import ClaimRecord, PrintingRecord, named_modes
from claims.model.json import Json, JsonObject
from claims.model.reported import reported_by

CONTEXT = "https://schema.org"
VERDICTS = {
    1: "Confirmed by other sources",
    2: "Probably true",
    3: "Possibly true",
    4: "Doubtful",
    5: "Improbable",
}
"""The scale of the Admiralty code, best first; schema.org counts the other way round."""

KINDS = {
    "person": "Person", "organisation": "Organization", "outlet": "NewsMediaOrganization",
    "group": "Organization",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the reviews.

    Attributes:
        name: As it is shown; None if it is not known.
        site: Address below which each claim has a page of its own; None if there is none.
    """

    name: str | None = None
    site: str | None = None

    def address(self, claim: str) -> str:
        """The address of a claim; without a site, its id as a URN."""
        return f"{self.site.rstrip('/')}/{claim}" if self.site else f"urn:uuid:{claim}"


@dataclass(slots=True)
class ReviewCounts:
    """What was written.

    Attributes:
        claims: Claims and reviews.
        unknown: Those without an author, because nobody is known to have said it.
    """

    claims: int = 0
    unknown: int = 0


def write_claimreview(lines: Iterable[bytes], out: IO[bytes], publisher: Publisher) -> ReviewCounts:
    """Write a Claim or a ClaimReview for each line."""
    written = ReviewCounts()
    for line in lines:
        record: ClaimRecord = orjson.loads(line)
        review = review_of(record, publisher)
        out.write(orjson.dumps(review, option=orjson.OPT_APPEND_NEWLINE))
        written.claims += 1
        written.unknown += record["speaker_kind"] is None
    return written


def review_of(record: ClaimRecord, publisher: Publisher) -> dict[str, Json]:
    """A claim as schema.org describes it; a review of it if there is a verdict."""
    claim = claim_of(record, publisher)
    credibility = record["credibility"]
    if credibility not in VERDICTS:
        return {"@context": CONTEXT, **claim}
    review: JsonObject = {
        "@context": CONTEXT,
        "@type": "ClaimReview",
        "@id": f"{claim['@id']}#review",
        "url": claim["@id"],
        "claimReviewed": _text(record),
        "itemReviewed": claim,
        "author": {"@type": "Organization", "name": publisher.name} if publisher.name else None,
        "reviewRating": {
            "@type": "Rating",
            "alternateName": VERDICTS[credibility],
            "ratingValue": 6 - credibility,
            "bestRating": 5,
            "worstRating": 1,
        },
    }
    return _without_none(review)


def claim_of(record: ClaimRecord, publisher: Publisher) -> dict[str, Json]:
    """A bare Claim: who said what, when, and where it was printed."""
    days = record["said_on"]
    printed = record.get("printed") or ()
    own = _article(record)
    appearances = [
        own if one["document"] == record["document"] else _article(one) for one in printed
    ]
    if own not in appearances:
        appearances.insert(0, own)
    return _without_none(
        {
            "@type": "Claim",
            "@id": publisher.address(record["claim"]),
            "identifier": record["claim"],
            "text": _text(record),
            "author": _author(record),
            # A day only where it is known to be that one.
            "datePublished": days[0] if days and days[0] == days[1] else None,
            "appearance": own if len(appearances) == 1 else appearances,
            "firstAppearance": _article(printed[0]) if printed else None,
        }
    )


def _article(article: ClaimRecord | PrintingRecord) -> JsonObject:
    """An article that printed it."""
    outlet = article["outlet"]
    return _without_none(
        {
            "@type": "NewsArticle",
            "@id": f"urn:uuid:{article['document']}",
            "url": article["url"],
            "headline": article["title"],
            "datePublished": article["published_at"],
            "publisher": {"@type": "NewsMediaOrganization", "name": outlet} if outlet else None,
            "creativeWorkStatus": _work_status(article["document_status"]),
        }
    )


def _text(record: ClaimRecord) -> str:
    """What is claimed. A denial begins with who denies: schema.org has no other place for it."""
    return reported_by(record["statement"] or record["content"], named_modes(record))


def _author(record: ClaimRecord) -> JsonObject | None:
    """Whose words they are; None if nobody is known to have said them."""
    kind = record["speaker_kind"]
    if kind is None:
        return None
    author: JsonObject = {
        "@type": KINDS[kind],
        "@id": f"urn:uuid:{record['speaker_id']}",
        "name": record["speaker"],
        "jobTitle": record["capacity"] if kind == "person" else None,
    }
    return _without_none(author)


def _work_status(status: str) -> str | None:
    return None if status == "usable" else status.title()


def _without_none(values: JsonObject) -> dict[str, Json]:
    return {name: value for name, value in values.items() if value is not None}
