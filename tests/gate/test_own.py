"""Articles that scores are fitted on keep the rules of the guide; none is the benchmark's."""

import json

import pytest

from bench.extraction.own import ARTICLES, read_own
from tests.gate.readings import load_texts, place
from tests.gate.test_readings import KEYS, VALUES, printed

NAMES = sorted(path.stem for path in ARTICLES.glob("*.txt"))


@pytest.mark.parametrize("name", NAMES)
def test_every_claim_has_every_key_and_its_words_stand_in_the_article(name: str) -> None:
    file = json.loads((ARTICLES / f"{name}.json").read_text("utf-8"))
    text = (ARTICLES / f"{name}.txt").read_text("utf-8")
    assert file["article"] == f"{name}.txt"
    assert all(one in text for own in file["names"].items() for one in (own[0], *own[1]))
    for number, one in enumerate(file["claims"]):
        assert set(one) == KEYS
        assert all(one[key] in allowed for key, allowed in VALUES.items())
        assert (one["speaker"] is None) == (one["speaker_kind"] == "unknown")
        assert one["nested_in"] is None or one["nested_in"] < number
        for words in one["words"]:
            start, end = place(text, words)
            assert text[start:end] == printed(words)


def test_none_of_them_is_an_article_of_the_benchmark() -> None:
    articles = read_own()
    texts = load_texts()
    assert [one["doc_id"] for one in articles] == NAMES
    assert not {one["text"] for one in articles} & set(texts.values())
    assert sum(len(one["attributions"]) for one in articles) == 567
