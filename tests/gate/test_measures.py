"""What the benchmark's scorer counts as right, on one made-up article."""

import json
from dataclasses import replace

import pytest

from tests.gate.measures import compare, count
from tests.gate.misses import find_misses
from tests.gate.proposals import BadProposals, read_proposals, reading_of
from tests.gate.readings import Claim, Reading, place
from tests.gate.scorer import WORD, Tally, words_inside

TEXT = (
    "Dr Ada Quill told the council the bridge was safe, the Post reported. “It sways,” "
    "said her brother, Tom Quill. A clerk at the port said both had asked for more money."
)
ARTICLE = "01-wire"


def span(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def claim(words: str, source: str, speaker: str) -> Claim:
    numbers = list(WORD.finditer(TEXT))
    return Claim(
        content=words_inside(numbers, [span(words)]),
        source=words_inside(numbers, [span(source)]),
        speaker=speaker,
        kind="person",
        named=True,
        carriers=(),
        to=frozenset(),
        labels={"form": "paraphrase", "mode": "asserts", "class": "speech"},
    )


GOLD = Reading(
    ARTICLE,
    TEXT,
    list(WORD.finditer(TEXT)),
    {"Ada Quill": frozenset({"Quill"}), "Tom Quill": frozenset({"Quill"}), "Post": frozenset()},
    (
        replace(claim("the bridge was safe", "Ada Quill", "Ada Quill"), carriers=("Post",)),
        claim("It sways", "Tom Quill", "Tom Quill"),
        replace(claim("both had asked", "A clerk at the port", "clerk at the port"), named=False),
    ),
)
PROPOSED: tuple[dict[str, object], ...] = (
    {
        "content": [span("the bridge was safe")],
        "source": [span("Ada Quill")],
        "speaker": "Dr Ada Quill",
        "chain": [{"name": "Dr Ada Quill", "kind": "person"}, {"name": "the Post"}],
        "mode": "says",
        "form": "paraphrase",
    },
    {"content": [span("It sways")], "source": [span("Tom Quill")], "speaker": "Tom Quill"},
    {"content": [span("both had asked for more money")], "source": [span("A clerk")]},
)


def scored(*proposals: dict[str, object]) -> Tally:
    line = json.dumps({"doc_id": f"articles/{ARTICLE}.txt", "attributions": proposals})
    [other] = read_proposals([line], {ARTICLE: TEXT})
    return count(compare(GOLD, other))


def named(number: int, speaker: str) -> float:
    return scored(PROPOSED[number] | {"speaker": speaker}).share("name P")


def test_a_claim_is_right_in_words_mention_speaker_and_chain_each_by_itself() -> None:
    tally = scored(*PROPOSED)
    assert tally.share("words R") == tally.share("words P") == 100
    assert tally.share("e2e R") == 100
    assert tally.share("e2e by name R") == pytest.approx(200 / 3)
    assert tally.f1("chain") == tally.share("mode") == tally.share("form") == 100
    assert "class" not in tally.asked


def test_what_nobody_proposes_lowers_recall_and_what_is_none_precision() -> None:
    tally = scored(PROPOSED[0], {"content": [span("more money")]})
    assert tally.share("words R") == pytest.approx(100 / 3)
    assert tally.share("words P") == 50


@pytest.mark.parametrize(
    ("number", "speaker", "right"),
    [
        (0, "Ada Quill", True),
        (0, "the engineer Ada Quill", True),
        (0, "Quill", False),  # two bear it
        (0, "Tom Quill", False),
        (0, "a friend of Ada Quill", False),
        (1, "Tom Quill’s", True),
        (2, "A clerk", True),
        (2, "port", False),
    ],
)
def test_a_name_is_right_if_it_is_of_the_speaker_and_of_nobody_else(
    number: int, speaker: str, right: object
) -> None:
    assert named(number, speaker) == (100 if right else 0)


def test_readers_are_held_to_the_whole_description() -> None:
    other = reading_of(ARTICLE, TEXT, [])
    part = compare(GOLD, other), compare(GOLD, other, strict=True)
    assert [one.same_name("clerk at the port", "A clerk") for one in part] == [True, False]
    assert all(one.same_name("Ada Quill", "Dr Ada Quill") for one in part)


def test_each_difference_has_a_kind() -> None:
    other = reading_of(ARTICLE, TEXT, [])
    assert (
        sorted(find_misses(compare(GOLD, other)))
        == ["claim not found: nothing there, paraphrase"] * 3
    )
    wrong = scored_kinds(PROPOSED[0] | {"speaker": "Tom Quill", "chain": []})
    assert wrong == {
        "speaker: another name, where a name is right",
        "chain: no carrier, where there is one",
    }


def scored_kinds(proposal: dict[str, object]) -> set[str]:
    line = json.dumps({"doc_id": ARTICLE, "attributions": [proposal]})
    [other] = read_proposals([line], {ARTICLE: TEXT})
    return {kind for kind in find_misses(compare(GOLD, other)) if "not found" not in kind}


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "line 1: Invalid JSON"),
        ('{"doc_id": "01-wire", "attributions": [{}]}', "attributions.0.content"),
        ('{"doc_id": "99-none", "attributions": []}', "no article of the benchmark: 99-none"),
        (
            '{"doc_id": "01-wire", "attributions": [{"content": [[0, 5000]]}]}',
            "line 1 attributions.0.content: no range of 01-wire: [0, 5000]",
        ),
    ],
)
def test_a_line_that_cannot_be_scored_is_refused_with_its_place(line: str, complaint: str) -> None:
    with pytest.raises(BadProposals, match="line 1") as refused:
        read_proposals([line], {ARTICLE: TEXT})
    assert complaint in str(refused.value)


def test_a_mention_is_the_whole_word_nearest_to_the_claim_and_outside_it() -> None:
    text = "It sat. Kit said: it rained, and it said so."
    near = [(text.index("it rained"), text.index(", and"))]
    assert place(text, "it", near) == (33, 35)
    assert place(text, {"t": "it", "nth": 1}) == (9, 11)
    with pytest.raises(ValueError, match="does not stand"):
        place(text, {"t": "it", "nth": 9})
