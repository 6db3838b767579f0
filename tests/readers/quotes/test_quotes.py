"""Lists of quotations: what is read of them, and what is told of each bad row."""

import bz2
import gzip
import io
import json
import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors.files import DamagedFileError, PathNotFoundError, UnreadablePathError
from claims.exchange.formats.csv import write_csv
from claims.exchange.formats.xlsx import write_xlsx
from claims.model.problem import Problem
from claims.model.quotation import ListedQuotation
from claims.readers.days import DayOrder
from claims.readers.errors import BadMappingError, BadSheetError
from claims.readers.packed import open_packed
from claims.readers.quotes.jsonl import read_gqg, read_quotebank
from claims.readers.quotes.sheet import guess_columns, open_sheet, read_sheet, require_columns
from claims.readers.quotes.source import ImportFormat, detect
from tests.exchange.test_nulls import CLAIM, FIELDS, TOGETHER, as_csv, line, without

Pack = Callable[[bytes], bytes]

BANK = {
    "quoteID": "2015-01-01-000001", "quotation": "the harbour is deep", "speaker": "Ada Quill",
    "date": "2015-01-01 10:00:00", "urls": ["http://x.org/1#top"], "probas": [["Ada Quill", "0.8"]],
}  # fmt: skip
GRAPH = {
    "date": "2020-01-01T00:16:00Z", "url": "http://g.org/1", "title": "T", "lang": "GERMAN",
    "quotes": [{"pre": "he said ", "quote": "never again", "post": " and left"}, {"quote": "yes"}],
}  # fmt: skip


def stream_of(raw: str | bytes) -> io.BufferedReader:
    """A file that holds it."""
    encoded = raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else raw
    return io.BufferedReader(io.BytesIO(encoded))


def sheet(
    raw: str | bytes,
    order: DayOrder | None = None,
    encoding: str | None = None,
    **mapping: str,
) -> list[ListedQuotation | Problem]:
    """What is read of a sheet."""
    table = open_sheet(stream_of(raw), "s.csv", encoding=encoding)
    mapping = mapping or guess_columns(table.names)
    require_columns(mapping, table.names)
    return list(read_sheet(table, "s.csv", mapping, day_order=order))


def kept(read: list[ListedQuotation | Problem]) -> list[str | None]:
    """Whose quotations were read."""
    return [one.proposal.chain[0].name for one in read if isinstance(one, ListedQuotation)]


def told(read: list[ListedQuotation | Problem]) -> list[tuple[int | None, str | None, str]]:
    """Line, field and reason of each problem."""
    return [(one.line, one.field, one.reason.value) for one in read if isinstance(one, Problem)]


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


def test_bad_rows_are_told_with_the_column_and_stop_nothing() -> None:
    read = sheet(
        "Who,Claim,Date,kind\nA,one,,\nB,two,soon,\nC\nD,,,\nE,five,,robot\n"
        "F,six\udcff,,\n,seven,,\nunknown,eight,,\nG,nine,,,,\n"
    )
    assert told(read) == [
        (3, "Date", "bad-field"), (4, None, "bad-field"), (5, "Claim", "missing-field"),
        (6, "kind", "bad-field"), (7, "Claim", "bad-encoding"), (8, "Who", "missing-field"),
    ]  # fmt: skip
    # Who cannot be dated is kept, and so is who is said to be unknown.
    assert kept(read) == ["A", "B", None, "G"]


@pytest.mark.parametrize(
    "damaged",
    ['Bo,"never closed,2024-01-01\n', 'Bo,"he said \\"yes\\" to it",2024-01-01\n',
     'Bo,"never closed,2024-01-01\nand more\n'],
)  # fmt: skip
@pytest.mark.parametrize("good", ['Ada,"words ""{}""",2024-01-01\n', "Ada,words {},2024-01-01\n"])
def test_a_damaged_row_costs_no_other(damaged: str, good: str) -> None:
    rows = [good.format(number) for number in range(250)]
    read = sheet("speaker,quote,date\n" + "".join(rows[:60]) + damaged + "".join(rows))
    assert kept(read) == ["Ada"] * 310
    assert told(read)[0] == (62, None, "bad-csv")
    assert len(told(read)) == damaged.count("\n")


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("speaker;quote\nÄda;Ä\n", 2),
        ("\ufeffspeaker;quote\r\nÄda;Ä\r\n", 2),
        ("speaker;quote\rÄda;Ä\r", 2),
        ("sep=;\nspeaker;quote\nÄda;Ä\n", 3),
        ('"sep=;"\n\nspeaker;quote\nÄda;Ä\n', 4),
        ("speaker\tquote\r\nÄda\tÄ\r\n".encode("utf-16"), 2),
        ("speaker\tquote\r\nÄda\tÄ\r\n".encode("utf-16-be"), 2),
    ],
)
def test_sheets_are_read_as_spreadsheets_save_them(raw: str | bytes, line: int) -> None:
    [made] = sheet(raw)
    assert isinstance(made, ListedQuotation)
    assert (made.article.text, made.article.place) == ("Ä", f"s.csv:{line}")
    assert kept([made]) == ["Äda"]


@pytest.mark.parametrize(
    ("printed", "order", "day"),
    [
        ("2024-05-13", None, "2024-05-13 00:00"),
        ("2024/5/3", None, "2024-05-03 00:00"),
        ("13.05.2024", None, "2024-05-13 00:00"),
        ("05/13/2024 2:30 PM", None, "2024-05-13 14:30"),
        ("May 13, 2024", None, "2024-05-13 00:00"),
        ("Mon, 13 May 2024 10:00:00 +0200", None, "2024-05-13 10:00"),
        ("04/04/2024", None, "2024-04-04 00:00"),
        ("03/05/2024", DayOrder.DAY_FIRST, "2024-05-03 00:00"),
        ("03/05/2024", DayOrder.MONTH_FIRST, "2024-03-05 00:00"),
        ("03/05/2024", None, "unclear-date"),
        ("13.05.2024", DayOrder.MONTH_FIRST, "bad-field"),
        ("31/02/2024", None, "bad-field"),
        ("13.05.24", None, "bad-field"),
        ("0001-01-01", None, "bad-field"),
        ("9999-12-31T23:59:59-05:00", None, "bad-field"),
    ],
)
def test_days_are_read_if_they_can_only_be_one(
    printed: str, order: DayOrder | None, day: str
) -> None:
    *problems, made = sheet(f'speaker,quote,date\nA,b,"{printed}"\n', order)
    assert isinstance(made, ListedQuotation)
    moment = made.article.published_at
    assert [moment.strftime("%Y-%m-%d %H:%M")] if moment else ([] if problems else [day]) == []
    assert told(problems) == ([(2, "date", day)] if problems else [])


def test_the_same_row_is_the_same_quotation_when_its_day_is_understood() -> None:
    raw = "speaker,quote,date\nA,b,03/05/2024\n"
    ids = {
        one.article.external_id
        for order in (None, *DayOrder)
        for one in sheet(raw, order)
        if isinstance(one, ListedQuotation)
    }
    assert len(ids) == 1


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.create_sheet("Notes").append(["nothing"])
    for row in rows:
        book["Sheet"].append(row)
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_as_csv_is() -> None:
    raw = workbook(("Who", "Claim", "Date", "id"), ("Ada", "=1+1", date(2024, 5, 3), 7),
                   (None, "x", "03/05/2024", 8.5), (), ("Bo", "y"))  # fmt: skip
    read = sheet(raw)
    # A formula that was never computed has no words.
    assert told(read) == [(2, "Claim", "missing-field"), (3, "Who", "missing-field")]
    assert kept(read) == ["Bo"]
    [made] = sheet(workbook(("Who", "Claim", "Date", "id"), ("A", "b", datetime(2024, 5, 3), 7)))  # noqa: DTZ001 - a workbook has no zones
    assert isinstance(made, ListedQuotation)
    assert made.article.external_id == "sheet:7"
    assert str(made.article.published_at) == "2024-05-03 00:00:00+00:00"
    assert open_sheet(stream_of(raw), "s.xlsx", "Notes").names == ["nothing"]
    with pytest.raises(BadMappingError, match="Sheet, Notes"):
        open_sheet(stream_of(raw), "s.xlsx", "Claims")
    for damaged in (raw[:200], b"PK\x03\x04", raw[:-900] + raw[-800:]):
        with pytest.raises(BadMappingError):
            sheet(damaged)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_we_export_is_what_we_read(form: str) -> None:
    unknown = without(CLAIM, *TOGETHER) | {"claim": "c2"}
    out = io.BytesIO()
    if form == "xlsx":
        write_xlsx([line(CLAIM), line(unknown)], [], out, FIELDS)
    else:
        write_csv([*as_csv(CLAIM), as_csv(unknown)[1]], out)
    first, second = sheet(out.getvalue())
    assert kept([first, second]) == ["Ada Quill", None]
    assert isinstance(first, ListedQuotation)
    article = first.article
    assert (article.text, article.outlet, article.title) == ("it is safe", "The Pier", "Bridge")
    assert article.external_id == "sheet:c1"
    assert article.url == "https://e.org/a#:~:text=it%20is%20safe"
    assert str(article.published_at) == "2026-05-04 12:00:00+00:00"


def test_a_field_that_no_index_takes_is_left_out_and_told() -> None:
    for field in ("url", "outlet", "title"):
        problem, made = sheet(f"speaker,quote,{field}\nA,b,https://e.org/{'é' * 600}\n")
        assert told([problem]) == [(2, field, "too-large")]
        assert kept([made]) == ["A"]
    [problem] = sheet(f"speaker,quote,id\nA,b,{'é' * 600}\n")
    assert told([problem]) == [(2, "id", "too-large")]
    problem, made = sheet("speaker,quote,url\nA,b,https://[e.org/\n")
    assert (told([problem]), kept([made])) == ([(2, "url", "bad-field")], ["A"])


def test_columns_that_nobody_knows_are_asked_for() -> None:
    for raw in ("a,b\n1,2\n", "", "speaker,claim,quote\n", "\xff\n"):
        with pytest.raises(BadMappingError):
            sheet(raw)
    with pytest.raises(BadMappingError):
        sheet("a,b\n1,2\n", speaker="a", quote="c")
    [made] = sheet("a,b\n1,2\n", speaker="a", quote="b")
    assert isinstance(made, ListedQuotation)


@pytest.mark.parametrize(
    ("raw", "detail"),
    [
        (b"", "no line of column names"),
        (b'speaker,"quote\nA,b\n', "not CSV"),
        (b"In\xeas;x\n", "not in UTF-8"),
        (b"%PDF-1.7\n", "PDF"),
    ],
)
def test_what_is_no_sheet_is_told_as_such(raw: bytes, detail: str) -> None:
    with pytest.raises(BadSheetError, match=detail):
        sheet(raw)


def test_what_older_spreadsheets_save_is_read_by_the_name_of_its_encoding() -> None:
    raw = "speaker;quote\nInês Moß;it is “safe”\n".encode("cp1252")
    [problem] = sheet(raw)
    assert isinstance(problem, Problem)
    assert problem.detail == (
        "not in UTF-8; --encoding windows-1252 reads what older spreadsheets save"
    )
    [made] = sheet(raw, encoding="windows-1252")
    assert isinstance(made, ListedQuotation)
    assert made.proposal.chain[0].name == "Inês Moß"
    assert made.article.text == "it is “safe”"


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
    for one in sheet(b"speaker,quote\n" + raw, speaker="speaker", quote="quote"):
        assert isinstance(one, ListedQuotation | Problem)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
def test_what_unpacks_to_too_much_or_ends_early_is_told(tmp_path: Path, pack: Pack) -> None:
    for name, raw in (
        ("bomb", pack(b"speaker,quote\nA," + b"b" * (40 << 20) + b"\n")),
        ("cut", pack(os.urandom(100_000))[:-5000]),
    ):
        (tmp_path / name).write_bytes(raw)
        with pytest.raises(DamagedFileError), open_packed(str(tmp_path / name)) as stream:
            stream.read()


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadablePathError), open_packed(str(tmp_path / "pipe")):
        pass


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
