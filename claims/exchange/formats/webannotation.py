"""Claims as W3C Web Annotations: who said it, on the words of the article. An object a line.

Positions count Unicode code points of the stored text from 0, end exclusive, as the recommendation
requires; browsers that count UTF-16 units must convert. A split quotation has one target for each
span. Other printings of the same utterance are linked to.
"""

import re
from collections.abc import Iterable
from typing import IO

import orjson

from claims.exchange.records import ClaimRecord, PrintingRecord, named_modes, reach_of
from claims.model.json import JsonObject
from claims.model.reported import labels

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
GAP = 3
"""Code points of the ellipsis between the spans of interrupted words."""

_SPAN = re.compile(r"\[(\d+),(\d+)\)")


def write_webannotation(lines: Iterable[bytes], out: IO[bytes]) -> int:
    """Write an annotation for each line; returns how many."""
    count = 0
    for line in lines:
        annotation = annotation_of(orjson.loads(line))
        out.write(orjson.dumps(annotation, option=orjson.OPT_APPEND_NEWLINE))
        count += 1
    return count


def annotation_of(record: ClaimRecord) -> JsonObject:
    """A claim, with its evidence, as an annotation."""
    targets = list(_targets(record))
    return {
        "@context": CONTEXT,
        "id": f"urn:uuid:{record['claim']}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": _bodies(record),
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _bodies(record: ClaimRecord) -> list[JsonObject]:
    texts = [
        ("identifying", " < ".join(labels(named_modes(record)))),
        ("classifying", record["form"]),
        ("tagging", record["status"]),
    ]
    if record["document_status"] != "usable":
        texts.append(("moderating", f"article {record['document_status']}"))
    if record["statement"]:
        texts.append(("describing", record["statement"]))
    texts += [("describing", line) for line in _origin(record)]
    bodies: list[JsonObject] = [
        {"type": "TextualBody", "purpose": purpose, "value": value}
        for purpose, value in texts
        if value
    ]
    bodies += [
        {"type": "SpecificResource", "purpose": "linking", "source": _address(printing)}
        for printing in record.get("printed") or ()
        if printing["claim"] != record["claim"]
    ]
    return bodies


def _origin(record: ClaimRecord) -> Iterable[str]:
    """How far it went, and whom its article's text comes from."""
    reach, origin = reach_of(record), record.get("article_origin")
    if reach:
        yield reach
    if origin:
        yield f"origin of the article: {origin}"


def _address(article: ClaimRecord | PrintingRecord) -> str:
    return article["url"] or f"urn:uuid:{article['document']}"


def _targets(record: ClaimRecord) -> Iterable[JsonObject]:
    evidence = record["evidence"]
    spans = [(int(one), int(other)) for one, other in _SPAN.findall(evidence["content_spans"])]
    offset = 0
    for number, (start, end) in enumerate(spans):
        exact = evidence["exact"][offset : offset + end - start]
        offset += end - start + GAP
        quote = {"type": "TextQuoteSelector", "exact": exact}
        if number == 0 and evidence["before"]:
            quote["prefix"] = evidence["before"]
        if number == len(spans) - 1 and evidence["after"]:
            quote["suffix"] = evidence["after"]
        yield {
            "type": "SpecificResource",
            "source": _address(record),
            "selector": [quote, {"type": "TextPositionSelector", "start": start, "end": end}],
            # Positions are valid for this version of the text alone.
            "state": {"type": "TimeState", "sourceDate": _utc(evidence["retrieved_at"])},
        }


def _utc(moment: str) -> str:
    """A moment as the recommendation requires it: in UTC, ending in Z."""
    return f"{moment[:19]}Z"
