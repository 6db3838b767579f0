"""claims extract: --all, --explain, and texts that nothing is looked for in."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from claims.cli import cli
from tests.cli.conftest import Claims


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "article.txt"
    path.write_text(
        "Ada Quill believes the bridge is safe. Bob Stone said it was not safe.", "utf-8"
    )
    return str(path)


def test_all_adds_beliefs(article: str) -> None:
    plain, everything = (
        json.loads(CliRunner().invoke(cli, ["extract", article, *more]).stdout)["attributions"]
        for more in ([], ["--all"])
    )
    assert [one["speaker"] for one in plain] == ["Bob Stone"]
    assert [one["speaker"] for one in everything] == ["Ada Quill", "Bob Stone"]
    assert {"mode", "venue", "score", "rule"} <= plain[0].keys()


def test_explain_is_for_people(article: str) -> None:
    result = CliRunner().invoke(cli, ["extract", article, "--explain"])
    assert "voice   Bob Stone (person)" in result.stdout
    assert result.exit_code == 0


def test_another_language_is_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "artikel.txt"
    path.write_text("Der Minister hat am Donnerstag gesagt, dass die Brücke sicher sei.", "utf-8")
    result = CliRunner().invoke(cli, ["extract", str(path)])
    assert json.loads(result.stdout)["attributions"] == []
    assert "nothing extracted: not English" in result.stderr
    assert result.exit_code == 0


def test_on_a_terminal_nothing_in_an_article_moves_the_cursor(
    claims: Claims, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "in.txt"
    path.write_text('Ada Quill said: "The \u202ebridge\u202c is safe \x1b[2J today."\n', "utf-8")
    raw = claims("extract", str(path), "--explain").out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    shown = claims("extract", str(path), "--explain").out
    for output in (raw, shown):
        assert "⟨U+202E⟩bridge" in output
        assert "\u202e" not in output
        assert "\x1b" not in output


RAW = (
    "\ufeff“The dam is old,” said Rene\u0301e Moss.\r\n\r\n"
    "She said the wall\x00 was\r\nbuilt in 1931.\r\n"
)


def test_offsets_count_the_text_as_it_came(claims: Claims, tmp_path: Path) -> None:
    lines, plain = tmp_path / "in.jsonl", tmp_path / "in.txt"
    lines.write_text(json.dumps({"doc_id": "dam", "text": RAW}) + "\n", "utf-8")
    plain.write_bytes(RAW.encode())
    for path in (lines, plain):
        first, second = json.loads(claims("extract", str(path)).out)["attributions"]
        assert words(RAW, first["content"]) == ["“The dam is old,”"]
        assert words(RAW, first["source"]) == ["Rene\u0301e Moss"]
        assert words(RAW, first["chain"][0]["cue"]) == ["said"]
        assert words(RAW, second["content"]) == ["the wall\x00 was\r\nbuilt in 1931"]


def test_cleaned_gives_the_text_that_the_offsets_count(claims: Claims, tmp_path: Path) -> None:
    path = tmp_path / "in.html"
    path.write_text(f"<html><body><article><p>{RAW}</p></article></body></html>", "utf-8")
    line = json.loads(claims("extract", str(path), "--cleaned").out)
    assert words(line["text"], line["attributions"][0]["source"]) == ["Renée Moss"]
    refused = claims("extract", str(path), "--cleaned", "--explain")
    assert refused.code == 2
    assert "leave --cleaned away" in refused.err


def words(text: str, spans: list[list[int]]) -> list[str]:
    """The words at the ranges of a line."""
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize("more", [[], ["--all"]])
def test_several_processes_print_the_lines_of_one(tmp_path: Path, more: list[str]) -> None:
    path = tmp_path / "articles.jsonl"
    text = "Ada Quill believes the bridge is safe. Bob Stone said it was not safe."
    lines = [json.dumps({"doc_id": str(n), "text": text}) for n in range(20)]
    path.write_text("\n".join(lines), "utf-8")
    one, two = (
        CliRunner().invoke(cli, ["extract", str(path), "--workers", count, *more]).stdout
        for count in ("1", "2")
    )
    assert len(one.splitlines()) == 20
    assert two == one


@pytest.mark.parametrize(
    ("options", "remedy"),
    [
        (["--address", "10.0.0.1:6379"], "--engine ray"),
        (["--explain", "--workers", "2"], "leave --workers"),
    ],
)
def test_options_of_engines_that_say_nothing_are_refused(
    article: str, options: list[str], remedy: str
) -> None:
    result = CliRunner().invoke(cli, ["extract", article, *options])
    assert (result.exit_code, remedy in result.output) == (2, True)
