"""Damaged inputs of every format: never an exception, never nothing, never an empty article."""

import io
import random
from collections import Counter
from collections.abc import Callable

import orjson
import pytest

from claims.model.article import Article
from claims.model.article_address import ArticleAddress
from claims.model.problem import Problem
from claims.readers.detect import detect, detect_object
from claims.readers.foreign import Foreign
from claims.readers.formats import Format
from claims.readers.options import ReadOptions
from claims.readers.source import read_stream
from tests.readers.samples import SAMPLES

TOKENS = (
    b"<", b">", b"&", b"&x;", b"]]>", b"<![CDATA[", b"<!DOCTYPE x [<!ENTITY y 'z'>]>", b"\x00",
    b"\xff\xfe", b"\xed\xa0\x80", b'"', b"'", b"{", b"}", b"[", b"]", b"\\ud800", b"\r", b"\n\n",
    b"<?xml version='1.0' encoding='utf-7'?>", b"9" * 400, b"2099-13-45", b"</item>", b"\x1f\x8b",
    b": ", b"null", b"true", b"1e999", b"-", b"\xe2\x80\xa8", b"\xf4\x90\x80\x80",
)  # fmt: skip
"""What parsers stumble over."""


def damaged(raw: bytes, chance: random.Random) -> bytes:
    """The bytes with one to six changes."""
    for _ in range(chance.randint(1, 6)):
        first, last = sorted(chance.randrange(len(raw) + 1) for _ in range(2))
        last = min(last, first + chance.choice((1, 4, 40, len(raw))))
        match chance.randrange(6):
            case 0:
                raw = raw[:first] + raw[last:]
            case 1:
                raw = raw[:last] + raw[first:last] + raw[last:]
            case 2:
                raw = raw[:first] + chance.choice(TOKENS) + raw[first:]
            case 3:
                raw = raw[:first] + chance.randbytes(last - first) + raw[last:]
            case 4:
                raw = raw[:last]
            case _:
                raw = raw[first:last] + raw[:first] + raw[last:]
    return raw


def check(name: str, raw: bytes) -> Counter[str]:
    """Read an input; the kinds of its records."""
    stream: io.BufferedReader = io.BufferedReader(io.BytesIO(raw))
    records = list(read_stream(name, stream, None, ReadOptions()))
    assert records, (name, raw)
    for record in records:
        match record:
            case Article():
                assert record.text.strip(), (name, raw)
                record.text.encode()
                assert record.published_at is None or record.published_at.tzinfo
                assert record.archived
            case ArticleAddress():
                assert record.url.lower().startswith(("http://", "https://")), (name, raw)
            case Problem():
                assert "\n" not in record.detail, (name, raw)
            case _:
                pass
    return Counter(type(record).__name__ for record in records)


def form_of(name: str, raw: bytes) -> Format | Foreign | None:
    """The format that reads a sample; some JSON is told by its keys."""
    form = detect(name, raw)
    if form is not Format.JSON or not raw.startswith(b"{"):
        return form
    return detect_object(orjson.loads(raw)) or form


def test_there_is_a_sample_of_every_format() -> None:
    assert {form_of(name, raw) for name, raw in SAMPLES.items()} == set(Format)


@pytest.mark.parametrize("name", SAMPLES)
def test_whole_samples_have_no_problem(name: str) -> None:
    assert "Problem" not in check(name, SAMPLES[name])


def mutate(number: int, seed: int) -> Counter[str]:
    chance, kinds = random.Random(seed), Counter[str]()
    for _ in range(number):
        name = chance.choice(list(SAMPLES))
        kinds += check(name, damaged(SAMPLES[name], chance))
    return kinds


def test_damaged_inputs_give_records_and_no_exception() -> None:
    kinds = mutate(400, seed=1)
    assert min(kinds["Article"], kinds["Problem"]) > 30


@pytest.mark.long
def test_ten_thousand_damaged_inputs(figure: Callable[[str], None]) -> None:
    kinds = mutate(10_000, seed=2)
    figure(f"10,000 damaged inputs: {dict(kinds)}, no exception")
    assert min(kinds.values()) > 100


def test_each_line_of_damaged_json_lines_is_an_article_or_a_problem() -> None:
    """An article may come with problems: of fields that it was read without."""
    chance = random.Random(3)
    for _ in range(300):
        raw = damaged(SAMPLES["a.jsonl"], chance)
        if raw[:2] in {b"\x1f\x8b", b"\xff\xfe", b"\xfe\xff"} or raw[:1] in {b"<", b"\x00"}:
            continue
        lines = [line for line in raw.split(b"\n") if line.strip(b" \t\r\xef\xbb\xbf")]
        stream: io.BufferedReader = io.BufferedReader(io.BytesIO(raw))
        records = list(read_stream("a.jsonl", stream, None, ReadOptions()))
        numbers = {
            one.line if isinstance(one, Problem) else int(one.place.rpartition(":")[2])
            for one in records
            if isinstance(one, (Problem, Article))
        }
        assert len(numbers) == max(1, len(lines)), raw
