"""Lists of quotations: what is read of them, and what is told of each bad row."""

import bz2
import gzip
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors.files import PathNotFoundError
from claims.model.problem import Problem
from claims.model.quotation import ListedQuotation
from claims.readers.errors import BadMappingError
from claims.readers.quotes.jsonl import read_gqg, read_quotebank
from claims.readers.quotes.sheet import guess_columns, read_header, read_sheet, require_columns
from claims.readers.quotes.source import ImportFormat, detect, open_packed

BANK = {
    "quoteID": "2015-01-01-000001", "quotation": "the harbour is deep", "speaker": "Ada Quill",
    "date": "2015-01-01 10:00:00", "urls": ["http://x.org/1#top"], "probas": [["Ada Quill", "0.8"]],
}  # fmt: skip
GRAPH = {
    "date": "2020-01-01T00:16:00Z", "url": "http://g.org/1", "title": "T", "lang": "GERMAN",
    "quotes": [{"pre": "he said ", "quote": "never again", "post": " and left"}, {"quote": "yes"}],
}  # fmt: skip


def sheet(raw: str, **mapping: str) -> list[ListedQuotation | Problem]:
    """What is read of a sheet."""
    stream = io.BytesIO(raw.encode("utf-8", "surrogateescape"))
    names, delimiter = read_header(stream)
    mapping = mapping or guess_columns(names)
    require_columns(mapping, names)
    return list(read_sheet(stream, "s.csv", names, delimiter=delimiter, mapping=mapping))


def test_a_row_becomes_a_stub_with_its_claim() -> None:
    [made] = sheet(
        'Who;Claim;Link;Date;Paper\nAda;"=1;\n ""x"" ";https://e.org/a#b;2024-01-02;Herald\n'
    )
    assert isinstance(made, ListedQuotation)
    article, [span] = made.article, made.proposal.content
    assert article.text[span.start : span.end] == article.text == '=1;\n "x"'
    assert article.url == "https://e.org/a#:~:text=%3D1%3B%0A%20%22x%22"
    assert (article.outlet, article.reader, article.place) == ("Herald", "sheet/1", "s.csv:2")
    assert str(article.published_at) == "2024-01-02 00:00:00+00:00"
    assert [hop.name for hop in made.proposal.chain] == ["Ada"]


def test_bad_rows_are_told_with_line_field_and_value_and_stop_nothing() -> None:
    read = sheet(
        "speaker,quote,date,kind\nA,one,,\nB,two,02/01/2024,\nC\nD,,,\nE,five,,robot\n"
        "F,six\udcff,,\n,seven,,\n"
    )
    told = [(one.line, one.field, one.reason.value) for one in read if isinstance(one, Problem)]
    assert told == [
        (3, "date", "bad-field"), (4, None, "bad-field"), (5, "quote", "missing-text"),
        (6, "kind", "bad-field"), (7, "quote", "bad-encoding"),
    ]  # fmt: skip
    kept = [one.proposal.chain[0].name for one in read if isinstance(one, ListedQuotation)]
    assert kept == ["A", None]


def test_a_field_that_no_index_takes_is_told() -> None:
    [made] = sheet(f"speaker,quote,url\nA,b,https://e.org/{'é' * 600}\n")
    assert isinstance(made, Problem)
    assert (made.field, made.reason.value) == ("url", "too-large")


def test_columns_that_nobody_knows_are_asked_for() -> None:
    for raw in ("a,b\n1,2\n", "", "speaker,claim,quote\n", "\xff\n"):
        with pytest.raises(BadMappingError):
            sheet(raw)
    with pytest.raises(BadMappingError):
        sheet("a,b\n1,2\n", speaker="a", quote="c")
    [made] = sheet("a,b\n1,2\n", speaker="a", quote="b")
    assert isinstance(made, ListedQuotation)


def lines(*records: object) -> io.BytesIO:
    """JSON lines."""
    return io.BytesIO(b"".join(json.dumps(one).encode() + b"\n" for one in records))


@pytest.mark.parametrize("probas", [[["Ada", "0.8"]], [{"speaker": "Ada", "proba": 0.8}]])
def test_quotebank_in_both_shapes(probas: object) -> None:
    [made] = read_quotebank(lines(BANK | {"probas": probas}), "q")
    assert isinstance(made, ListedQuotation)
    assert (made.proposal.score, made.article.external_id) == (0.8, "quotebank:2015-01-01-000001")
    assert made.article.url == "http://x.org/1#:~:text=the%20harbour%20is%20deep"


def test_the_graph_keeps_the_words_around_and_invents_none() -> None:
    first, second = read_gqg(lines(GRAPH), "g")
    assert isinstance(first, ListedQuotation)
    assert isinstance(second, ListedQuotation)
    [span] = first.proposal.content
    assert first.article.text == "he said\nnever again\nand left"
    assert first.article.text[span.start : span.end] == "never again"
    assert (first.article.language, second.article.text) == ("de", "yes")
    assert first.proposal.chain[0].name is None


def test_bad_lines_are_told(tmp_path: Path) -> None:
    records: tuple[object, ...] = (
        BANK,
        [],
        {**BANK, "quotation": 7},
        {**BANK, "date": "soon"},
        BANK,
    )
    read = list(read_quotebank(lines(*records), "q"))
    assert [(one.line, one.field) for one in read if isinstance(one, Problem)] == [
        (2, None), (3, "quotation"), (4, "date"),
    ]  # fmt: skip
    [odd] = read_gqg(io.BytesIO(b'{"url": 1, "quotes": []}\n'), "g")
    assert isinstance(odd, Problem)
    with pytest.raises(PathNotFoundError), open_packed(str(tmp_path / "none")):
        pass


@given(st.binary(max_size=300))
def test_no_bytes_break_a_reader(raw: bytes) -> None:
    for read in (read_quotebank, read_gqg):
        assert all(isinstance(one, ListedQuotation | Problem) for one in read(io.BytesIO(raw), "f"))
    stream = io.BytesIO(b"speaker,quote\n" + raw)
    names, delimiter = read_header(stream)
    mapping = {"speaker": "speaker", "quote": "quote"}
    for one in read_sheet(stream, "s", names, delimiter=delimiter, mapping=mapping):
        assert isinstance(one, ListedQuotation | Problem)


def test_packed_files_are_opened_and_told_apart(tmp_path: Path) -> None:
    raw = json.dumps(BANK).encode()
    for name, packed in (("a", raw), ("b", gzip.compress(raw)), ("c", bz2.compress(raw))):
        (tmp_path / name).write_bytes(packed)
        with open_packed(str(tmp_path / name)) as stream:
            assert detect(stream) is ImportFormat.QUOTEBANK
            assert stream.read() == raw
    for head, kind in (
        (b'{"archive":"claims"', ImportFormat.ARCHIVE), (b"a,b\n", ImportFormat.CSV),
        (json.dumps(GRAPH).encode(), ImportFormat.GQG),
    ):  # fmt: skip
        (tmp_path / "d").write_bytes(head)
        with open_packed(str(tmp_path / "d")) as stream:
            assert detect(stream) is kind
