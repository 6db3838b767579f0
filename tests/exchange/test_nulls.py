"""Whatever is not known of a claim, every format writes the rest."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from typing import Any, get_type_hints

import openpyxl
import pyarrow.parquet
import pytest

from claims.exchange.formats.claimreview import Publisher, write_claimreview
from claims.exchange.formats.csv import write_csv
from claims.exchange.formats.ftm import article_entity, note_entity, source_entity, write_ftm
from claims.exchange.formats.jsonl import write_jsonl
from claims.exchange.formats.parquet import write_parquet
from claims.exchange.formats.webannotation import write_webannotation
from claims.exchange.formats.xlsx import write_xlsx
from claims.exchange.records import ClaimRecord, DocumentRecord, SourceRecord

HOP = {"position": 1, "source": "Ada Quill", "source_kind": "person", "mention": "Quill",
       "cue": "said", "capacity": "mayor", "mode": "says"}  # fmt: skip
CLAIM: dict[str, Any] = {
    "claim": "c1", "speaker": "Ada Quill", "speaker_kind": "person", "speaker_id": "s1",
    "capacity": "mayor", "mode": "says", "form": "quote", "content": "it is safe",
    "statement": "The bridge is safe.", "said_on": ["2026-05-04", "2026-05-04"],
    "said_on_text": "on Monday", "venue": "on state TV", "outlet": "The Pier", "title": "Bridge",
    "url": "https://e.org/a", "published_at": "2026-05-04T12:00:00+00:00",
    "document_status": "usable", "document": "d1", "version": "v1", "extractor_score": 0.5,
    "attribution_confidence": 0.9, "credibility": 2, "status": "accepted", "revision": 1,
    "said_from": "2026-05-04", "said_to": "2026-05-04", "day": "2026-05-04", "office": "mayor",
    "outlet_rating": "B", "outlet_id": "o1", "utterance": "c1", "printings": 3, "outlets": 2,
    "heard_by": 1, "origins": "The Pier", "first_printing": "c1",
    "first_printed_at": "2026-05-04T12:00:00+00:00", "copy_of": "d2", "article_origin": "The Pier",
    "chain": [HOP],
    "printed": [
        {"claim": "c1", "document": "d1", "outlet": "The Pier", "title": "Bridge",
         "url": "https://e.org/a", "published_at": "2026-05-04T12:00:00+00:00",
         "document_status": "usable"},
        {"claim": "c2", "document": "d2", "outlet": None, "title": None, "url": None,
         "published_at": None, "document_status": "usable"},
    ],
    "evidence": {"exact": "it is safe", "before": "a ", "after": " b",
                 "retrieved_at": "2026-05-04T12:00:00+00:00", "content_spans": "{[2,12)}"},
}  # fmt: skip
SOURCE = {
    "source": "s1", "kind": "person", "name": "Ada Quill", "description": "mayor",
    "wikidata": "Q7", "country": "RU", "homepage": "https://e.org", "merged_into": "s2",
    "revision": 1, "shown_as": "s2",
}  # fmt: skip
DOCUMENT = {
    "document": "d1", "outlet": "The Pier", "url": "https://e.org/a", "external_id": "a",
    "title": "Bridge", "byline": "Bo Reed", "published_at": "2026-05-04T12:00:00+00:00",
    "language": "en", "status": "usable", "versions": 1, "published_on": "2026-05-04",
    "outlet_id": "o1", "revision": 0, "copy_of": "d2", "article_origin": "The Pier",
}  # fmt: skip
TOGETHER = ("speaker", "speaker_kind", "speaker_id")
"""They are unknown together, if nobody is known to have said it."""

FIELDS = tuple(name for name in CLAIM if name not in {"said_on", "chain", "evidence", "printed"})


def optional(record: type) -> list[str]:
    """The fields that may be null, by the types themselves: a new one cannot be forgotten."""
    kinds = get_type_hints(record)
    return [name for name, kind in kinds.items() if type(None) in getattr(kind, "__args__", ())]


def without(record: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: None if name in names else value for name, value in record.items()}


def line(record: Mapping[str, Any]) -> bytes:
    return json.dumps(record).encode() + b"\n"


def as_objects(write: Callable[..., Any], *options: Any) -> Callable[[dict[str, Any]], Any]:  # noqa: ANN401 - a writer of any format
    def written(record: dict[str, Any]) -> dict[str, Any]:
        out = io.BytesIO()
        write([line(record)], out, *options)
        [one] = out.getvalue().splitlines()
        value: dict[str, Any] = json.loads(one)
        return value

    return written


def as_csv(record: dict[str, Any]) -> list[bytes]:
    """A header and a row as PostgreSQL prints them: nothing is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([FIELDS, [record[name] for name in FIELDS]])
    return [one + b"\n" for one in out.getvalue().encode().split(b"\n")[:-1]]


def by_csv(record: dict[str, Any]) -> dict[str, Any]:
    out = io.BytesIO()
    assert write_csv(as_csv(record), out) == 1
    [row] = csv.DictReader(io.StringIO(out.getvalue().decode(), newline=""))
    return {name: cell or None for name, cell in row.items()}


def by_parquet(record: dict[str, Any]) -> dict[str, Any]:
    out = io.BytesIO()
    assert write_parquet(as_csv(record), out, FIELDS) == 1
    [row] = pyarrow.parquet.read_table(out).to_pylist()
    value: dict[str, Any] = row
    return value


def by_xlsx(record: dict[str, Any]) -> dict[str, Any]:
    out = io.BytesIO()
    assert write_xlsx([line(record)], [line(SOURCE)], out, FIELDS).claims == 1
    sheet = openpyxl.load_workbook(out)["claims"]
    header, row = sheet.iter_rows(values_only=True)
    return dict(zip(map(str, header), row, strict=True))


def by_ftm(record: dict[str, Any]) -> dict[str, Any]:
    out = io.BytesIO()
    write_ftm([note_entity(ClaimRecord(**record))], out, as_csv=True, origin="claims")  # type: ignore[typeddict-item]
    rows = csv.DictReader(io.StringIO(out.getvalue().decode(), newline=""))
    return {row["prop"]: row["value"] for row in rows if row["prop"] != "id"}


WRITERS: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "jsonl": as_objects(write_jsonl),
    "csv": by_csv,
    "xlsx": by_xlsx,
    "parquet": by_parquet,
    "claimreview": as_objects(write_claimreview, Publisher()),
    "webannotation": as_objects(write_webannotation),
    "ftm": by_ftm,
}


@pytest.mark.parametrize("form", WRITERS)
def test_each_format_writes_what_is_known(form: str) -> None:
    write, full = WRITERS[form], {name for name, value in WRITERS[form](CLAIM).items() if value}
    assert len(full) >= 6
    for name in optional(ClaimRecord):
        record = without(CLAIM, *(TOGETHER if name in TOGETHER else (name,)))
        if record["chain"]:
            record["chain"] = [HOP | {"source": None, "source_kind": None, "capacity": None}]
        written = write(record)
        lost = full - {key for key, value in written.items() if value}
        # Only what is unknown is missing, and nothing is written as "None".
        most = 3 if name in TOGETHER else 4 if (form, name) == ("claimreview", "credibility") else 1
        assert len(lost) <= most, (name, lost)
        assert '"None"' not in json.dumps(written, default=str), name
    assert write(without(CLAIM, *optional(ClaimRecord)))


def test_a_claim_that_nobody_is_known_to_have_said_has_no_author() -> None:
    out = io.BytesIO()
    written = write_claimreview([line(CLAIM), line(without(CLAIM, *TOGETHER))], out, Publisher())
    assert (written.claims, written.unknown) == (2, 1)
    known, unknown = (json.loads(one)["itemReviewed"] for one in out.getvalue().splitlines())
    assert known["author"]["name"] == "Ada Quill"
    assert "author" not in unknown


@pytest.mark.parametrize(
    ("record", "sample", "entity"),
    [(SourceRecord, SOURCE, source_entity), (DocumentRecord, DOCUMENT, article_entity)],
)
def test_sources_and_articles_are_written_without_what_is_unknown(
    record: type, sample: dict[str, Any], entity: Callable[..., Any]
) -> None:
    full = {one["prop"] for one in entity(sample)}
    for name in optional(record):
        assert len(full - {one["prop"] for one in entity(without(sample, name))}) <= 1
    assert {one["prop"] for one in entity(without(sample, *optional(record)))} >= {"id"}
