"""`python -m bench.extraction.benchmark`: what it prints, what it refuses, which floors it sets."""

import json
import sys
from pathlib import Path

import pytest

from bench.extraction import benchmark
from bench.extraction.benchmark import GATED, SCORES, SHARES, compare_with_gold, raised, value_of
from bench.extraction.intervals import intervals, total
from tests.gate.measures import count
from tests.gate.proposals import read_proposals
from tests.gate.readings import Reading, fingerprint, load_readings, load_texts
from tests.gate.scorer import Pairs, Tally, Words


def spans(reading: Reading, words: Words) -> Pairs:
    return [[*reading.words[number].span()] for number in sorted(words)]


def line_of(reading: Reading) -> str:
    """A reading in the format of `claims extract`."""
    proposals = [
        {
            "content": spans(reading, one.content),
            "source": spans(reading, one.source),
            "speaker": one.speaker,
            "chain": [
                {"name": one.speaker, "kind": one.kind},
                *({"name": n} for n in one.carriers),
            ],
            "to": {"spans": spans(reading, one.to)},
            **one.labels,
        }
        for one in reading.claims
    ]
    return json.dumps({"doc_id": f"somewhere/{reading.article}.txt", "attributions": proposals})


@pytest.fixture(scope="module")
def perfect() -> list[Tally]:
    lines = map(line_of, load_readings("gold"))
    return [count(one) for one in compare_with_gold(read_proposals(lines, load_texts()))]


@pytest.mark.parametrize("measure", [*SCORES, *SHARES])
def test_the_gold_itself_has_everything_right(perfect: list[Tally], measure: str) -> None:
    assert value_of(measure)(total(perfect)) == 100


def test_a_file_of_another_program_is_scored_by_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "proposals.jsonl"
    words = {"content": [[0, 41]], "speaker": "the transport ministry"}
    file.write_text(json.dumps({"doc_id": "01-wire", "attributions": [words]}), "utf-8")
    monkeypatch.setattr(sys, "argv", ["benchmark", str(file), "--kinds"])
    benchmark.main()
    printed = capsys.readouterr().out
    assert printed.startswith("24 articles, 621 claims, 1 proposed\n")
    rows = {line[:20].strip(): line[20:].split() for line in printed.splitlines()}
    # One of 621 is found, with its speaker, whom no words name.
    assert rows["words"][:2] == rows["e2e by name"][:2] == ["100.0", "0.2"]
    assert rows["e2e"][:2] == ["0.0", "0.0"]
    assert rows["chain"] == rows["mode"] == ["not", "given"]
    assert "recall of claims" in printed
    assert "claim not found: nothing there, paraphrase" in printed


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(b"{", "line 1"), (b"\xff\n", "decode"), (None, "No such file")],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, complaint: str
) -> None:
    file = tmp_path / "proposals.jsonl"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setattr(sys, "argv", ["benchmark", str(file)])
    with pytest.raises(SystemExit) as ended:
        benchmark.main()
    assert str(ended.value).startswith(f"{file}: ")
    assert complaint in str(ended.value)


def test_another_program_sets_no_floors(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["benchmark", "proposals.jsonl", "--raise-floors"])
    with pytest.raises(SystemExit):
        benchmark.main()
    assert "floors are our own extractor's" in capsys.readouterr().err


def test_a_floor_rises_to_the_lower_end_and_never_falls(perfect: list[Tally]) -> None:
    low, high = dict.fromkeys(GATED, 40.0), dict.fromkeys(GATED, 101.0)
    for kept, expected in ((low, 100.0), (high, 101.0)):
        floors = raised({"gold_sha256": fingerprint(), "floors": kept}, perfect)["floors"]
        assert floors == dict.fromkeys(GATED, expected)
    begun_anew = raised({"gold_sha256": "another gold", "floors": high}, perfect)
    assert begun_anew["floors"] == dict.fromkeys(GATED, 100.0)


def test_an_interval_is_over_whole_articles() -> None:
    """Of two articles, one all right and one all wrong, draws of two are 0, half or all right."""
    tallies = [Tally(), Tally()]
    for tally, right in zip(tallies, (1, 0), strict=True):
        tally.add("mode", 10 * right, 10)
    spreads = intervals(tallies, [value_of("mode"), value_of("class")])
    assert spreads == [(0, 100), None]
