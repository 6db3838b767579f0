"""The benchmark's readings keep the rules of its guide, and the readers agree as docs/ says."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.gate.measures import compare, count
from tests.gate.readings import BENCHMARK, READINGS, Printed, load_readings, load_texts, place
from tests.gate.scorer import Tally

VALUES = {
    "form": {"quote", "mixed", "paraphrase"},
    "mode": {"asserts", "denies", "asks", "promises", "expects", "believes"},
    "class": {"speech", "request", "label", "finding", "belief"},
    "speaker_kind": {"person", "group", "organisation", "outlet", "document", "unknown"},
}
KEYS = {*VALUES, "words", "speaker", "named", "speaker_words", "carriers", "to", "nested_in",
        "continues"}  # fmt: skip
MARKS = '"“”„«»'

Row = dict[str, Any]


@pytest.fixture(params=sorted(load_texts()))
def article(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def read(reading: str, article: str) -> Row:
    """A file as it stands."""
    file: Row = json.loads((BENCHMARK / reading / f"{article}.json").read_text("utf-8"))
    return file


def printed(words: Printed) -> str:
    return words if isinstance(words, str) else words["t"]


def test_there_are_24_articles_of_newspaper_length_and_each_has_its_readings() -> None:
    texts = load_texts()
    assert len(texts) == 24
    assert all(200 <= len(text.split()) <= 500 for text in texts.values())
    for reading in READINGS:
        assert {path.stem for path in (BENCHMARK / reading).iterdir()} == texts.keys()


@pytest.mark.parametrize("reading", READINGS)
def test_every_claim_has_every_key_and_its_words_stand_in_the_article(
    reading: str, article: str
) -> None:
    file, text = read(reading, article), load_texts()[article]
    assert set(file) == {"article", "credit", "names", "claims"}
    for one in file["claims"]:
        assert set(one) == KEYS
        assert all(one[key] in allowed for key, allowed in VALUES.items())
        mentions = [one["speaker_words"], one["to"], *(hop["words"] for hop in one["carriers"])]
        for words in (*one["words"], *(mention for mention in mentions if mention)):
            start, end = place(text, words)
            assert text[start:end] == printed(words)


def test_a_reading_is_loaded_in_the_order_of_the_articles() -> None:
    assert [reading.article for reading in load_readings("gold")] == list(load_texts())


def test_claims_of_the_gold_stand_in_the_order_of_their_words(article: str) -> None:
    text = load_texts()[article]
    starts = [place(text, one["words"][0])[0] for one in read("gold", article)["claims"]]
    assert starts == sorted(starts)


def test_names_of_the_gold_are_printed_and_used(article: str) -> None:
    file, text = read("gold", article), load_texts()[article]
    claims = file["claims"]
    assert all(name in text for own in file["names"].items() for name in (own[0], *own[1]))
    used = {one["speaker"] for one in claims} | {
        c["name"] for one in claims for c in one["carriers"]
    }
    assert set(file["names"]) <= used
    for one in claims:
        assert (one["speaker"] is None) == (one["speaker_kind"] == "unknown")
        assert one["named"] == (one["speaker"] in file["names"])


def test_links_of_the_gold_lead_back_to_other_claims(article: str) -> None:
    claims = read("gold", article)["claims"]
    for number, one in enumerate(claims):
        assert all(one[key] is None or one[key] < number for key in ("nested_in", "continues"))
        if one["continues"] is not None:
            assert claims[one["continues"]]["speaker"] == one["speaker"]
        if one["nested_in"] is not None and (outer := claims[one["nested_in"]]["speaker"]):
            assert outer != one["speaker"]
            assert outer in [carrier["name"] for carrier in one["carriers"]]


def test_words_of_the_gold_end_as_the_guide_asks(article: str) -> None:
    assert list(_bad_edges(read("gold", article)["claims"])) == []


def _bad_edges(claims: list[Row]) -> Iterator[str]:
    for one in claims:
        for words in map(printed, one["words"]):
            inner = one["nested_in"] is not None or one["form"] == "quote"
            stop = words[-1] in ",;:" or (words[-1] == "." and one["form"] != "quote")
            if words != words.strip() or words[0] in MARKS or (words[-1] in MARKS and not inner):
                yield words
            if stop and not words.endswith("a.m."):
                yield words


def test_the_readers_agree_as_the_benchmark_says() -> None:
    """The two figures of docs/benchmark.md on which the others rest, to a point."""
    tally = Tally()
    for one, other in zip(load_readings("first"), load_readings("second"), strict=True):
        tally.merge(count(compare(one, other, strict=True)))
    assert tally.f1("words") == pytest.approx(98, abs=0.5)
    assert tally.f1("e2e by name") == pytest.approx(94.4, abs=0.5)
