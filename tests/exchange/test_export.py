"""What is written can be read back, and is whole or not there."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from claims.database.engine import Database
from claims.errors import NotWrittenError
from claims.exchange.csv import write_csv
from claims.exchange.file import whole_file
from claims.exchange.jsonl import write_jsonl
from claims.exchange.store import load_claims
from claims.model.proposal import Proposal
from claims.model.span import Span
from tests.makers import proposal, settle, store

HOSTILE = ["=1+1", '+SUM("a")', "-2", "@x", 'a,"b"', "tab\there", "semi;colon", "😀é", "'"]


def test_only_accepted_claims_are_published(database: Database) -> None:
    accepted, _ = (store(database, external_id=name)[0] for name in "ab")
    settle(database, accepted)
    out = io.BytesIO()
    with database.reader() as session:
        assert write_jsonl(load_claims(session, "accepted"), out) == 1
    record = json.loads(out.getvalue())
    assert record["claim"] == str(accepted)
    assert record["content"] == '"the bridge is safe"'
    assert record["said_on"] == ["2026-05-04", "2026-05-04"]
    assert [hop["source"] for hop in record["chain"]] == ["Ada Quill", "Harbour Agency"]


@pytest.mark.parametrize("words", HOSTILE)
def test_csv_keeps_every_character(database: Database, words: str) -> None:
    printed = f"Ada Quill said {words} indeed."
    made = silent(Span(printed.index(words), printed.index(words) + len(words)))
    store(database, made, text=printed)
    out = io.BytesIO()
    with database.reader() as session:
        write_csv(load_claims(session, "proposed"), out)
    [row] = csv.DictReader(io.StringIO(out.getvalue().decode(), newline=""))
    assert (row["content"], row["speaker"], row["said_from"]) == (words, "Ada Quill", "2026-05-04")


def silent(content: Span) -> Proposal:
    """A claim whose voice the text only implies."""
    voice = replace(proposal().chain[0], mention=(), cue=())
    return replace(proposal(), content=(content,), chain=(voice,))


def test_more_claims_than_a_batch_all_come_once(database: Database) -> None:
    many = 1100
    store(database, *(silent(Span(2 * n, 2 * n + 1)) for n in range(many)), text="w " * many)
    with database.reader() as session:
        ids = [row["claim"] for row in load_claims(session, "proposed")]
    assert len(set(ids)) == len(ids) == many
    assert ids == sorted(ids)


def test_a_file_that_fails_half_way_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(b"before")

    def stop() -> Iterator[dict[str, object]]:
        yield {"a": 1}
        raise RuntimeError

    with pytest.raises(RuntimeError), whole_file(path) as out:
        write_jsonl(stop(), out)
    assert path.read_bytes() == b"before"
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_missing_folder_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(NotWrittenError), whole_file(tmp_path / "no" / "out.csv"):
        pass
