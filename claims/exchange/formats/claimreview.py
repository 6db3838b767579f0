"""Claims in the words of schema.org, as JSON-LD: an object a line.

A claim is a `Claim`. It becomes the `itemReviewed` of a `ClaimReview` only where an editor gave a
verdict on its content: a credibility of 1 to 5. A credibility of 6, "cannot be judged", is none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO, Any

import orjson

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
        name: As it is shown; None where nobody said.
        site: Address below which each claim has a page of its own; None for no such site.
    """

    name: str | None = None
    site: str | None = None

    def address(self, claim: str) -> str:
        """Where a claim is to be found; without a site, its id as a URN."""
        return f"{self.site.rstrip('/')}/{claim}" if self.site else f"urn:uuid:{claim}"


def write_claimreview(lines: Iterable[bytes], out: IO[bytes], publisher: Publisher) -> int:
    """Write a Claim, or a ClaimReview, a line; returns how many."""
    count = 0
    for line in lines:
        made = review_of(orjson.loads(line), publisher)
        out.write(orjson.dumps(made, option=orjson.OPT_APPEND_NEWLINE))
        count += 1
    return count


def review_of(record: Mapping[str, Any], publisher: Publisher) -> dict[str, Any]:
    """A claim as schema.org describes it; a review of it where there is a verdict."""
    claim = claim_of(record, publisher)
    verdict = VERDICTS.get(record["credibility"])
    if verdict is None:
        return {"@context": CONTEXT, **claim}
    review = {
        "@context": CONTEXT,
        "@type": "ClaimReview",
        "@id": f"{claim['@id']}#review",
        "url": claim["@id"],
        "claimReviewed": record["statement"] or record["content"],
        "itemReviewed": claim,
        "author": {"@type": "Organization", "name": publisher.name} if publisher.name else None,
        "reviewRating": {
            "@type": "Rating",
            "alternateName": verdict,
            "ratingValue": 6 - record["credibility"],
            "bestRating": 5,
            "worstRating": 1,
        },
    }
    return _known(review)


def claim_of(record: Mapping[str, Any], publisher: Publisher) -> dict[str, Any]:
    """A bare Claim: who said what, when, and where it was printed."""
    said = record["said_on"]
    author = {
        "@type": KINDS[record["speaker_kind"]],
        "@id": f"urn:uuid:{record['speaker_id']}",
        "name": record["speaker"],
        "jobTitle": record["capacity"] if record["speaker_kind"] == "person" else None,
    }
    printed = {
        "@type": "NewsArticle",
        "@id": f"urn:uuid:{record['document']}",
        "url": record["url"],
        "headline": record["title"],
        "datePublished": record["published_at"],
        "publisher": {"@type": "NewsMediaOrganization", "name": record["outlet"]}
        if record["outlet"]
        else None,
        "creativeWorkStatus": _standing(record["document_status"]),
    }
    return _known(
        {
            "@type": "Claim",
            "@id": publisher.address(record["claim"]),
            "identifier": record["claim"],
            "text": record["statement"] or record["content"],
            "author": _known(author) if record["speaker"] else None,
            # A day only where it is known to be that one.
            "datePublished": said[0] if said and said[0] == said[1] else None,
            "appearance": _known(printed),
        }
    )


def _standing(status: str) -> str | None:
    return None if status == "usable" else status.title()


def _known(made: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in made.items() if value is not None}
