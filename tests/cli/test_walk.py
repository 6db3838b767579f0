"""Every command that prints, in each of its formats: a denial never reads as an assertion."""

import csv
import io
import json
import re
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pyarrow import parquet
from sqlalchemy import text

from claims.catalogue.card import Filters
from claims.cli import main
from claims.contract.views import CLAIMS_V1
from claims.database.engine import Database
from claims.exchange.export import FORMATS
from claims.model.json import Json
from claims.review.session import ReviewSession
from claims.terminal.controller import ReviewController
from claims.terminal.keys.keymap import DEFAULT_KEYMAP
from claims.terminal.screen.layout import draw_screen
from claims.terminal.screen.segments import words_in
from tests.cli.conftest import Claims
from tests.cli.walk import call, printing

ROOT = Path(__file__).parents[2]
ARTICLE = (
    "Ada Quill denied that the letter was lost. The council met on Monday.\n\n"
    "Ben Strand denied that Ada Quill had said the bridge was safe.\n"
)
EDITED = ARTICLE.replace("was lost", "was lost at sea")
DENIED = re.compile(r"letter was lost|bridge was safe")
TOLD = re.compile(r"denies|denied")


EMPTY = {("review", "agreement"), ("sources", "relink"), ("links", "list")}
"""Commands that have nothing to print here."""


def differences(name: str, printed: Json) -> list[str]:
    """How what a command prints differs from its schema, in days and ids too."""
    schema = json.loads((ROOT / "docs/json" / f"{name}.schema.json").read_text("utf-8"))
    checked = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in checked.iter_errors(printed)]


@pytest.fixture(scope="module")
def desk(shared_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Two denials, published, released and edited by their publisher; how each is called."""
    folder = tmp_path_factory.mktemp("walk")
    url = shared_database.url.render_as_string(hide_password=False)

    def run(*arguments: str) -> str:
        out = io.TextIOWrapper(io.BytesIO(), "utf-8")
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out):
            patch.setenv("DATABASE_URL", url)
            patch.setenv("CLAIMS_REVIEWER", "Ann")
            patch.setattr(sys, "argv", ["claims", *arguments])
            with redirect_stderr(io.StringIO()), pytest.raises(SystemExit):
                main()
        out.seek(0)
        return out.read()

    def read(body: str, outlet: str = "The Pier") -> None:
        path = folder / "in.jsonl"
        article = {"doc_id": "1", "text": body, "outlet": outlet, "title": "A letter"}
        path.write_text(f"{json.dumps(article)}\n{{broken\n")
        run("ingest", str(path))

    read(ARTICLE)
    run("release", "create", "before")
    run("tokens", "add", "dashboard")
    run("users", "add", "Cleo", "--no-password")
    run("feeds", "add", "https://pier.example/feed.xml", "--no-check")
    lost, _, safe = [row["claim"] for row in json.loads(run("list", "--format", "json"))]
    run("review", "accept", lost, safe)
    run("review", "correct", lost, "--link", f"contradicts:{safe}")
    run("review", "correct", safe, "--link", f"contradicts:{lost}")
    read(EDITED)
    waiting, *_ = json.loads(run("list", "--status", "proposed", "--format", "json"))
    [problem] = json.loads(run("problems", "list", "--format", "json"))
    [document] = json.loads(run("documents", "list", "--format", "json"))
    corrected = {
        "doc_id": "2", "outlet": "The Pier", "title": "Lamps",
        "text": "The lamps are lit.\n\nCorrection: An earlier version gave the wrong day.",
    }  # fmt: skip
    (folder / "corrected.jsonl").write_text(json.dumps(corrected))
    run("ingest", str(folder / "corrected.jsonl"))
    [notice] = json.loads(run("notices", "list", "--format", "json"))
    return {
        "claim": lost, "other": safe, "waiting": waiting["claim"], "document": document["document"],
        "subject": lost, "problem": problem["id"], "notice": notice["id"],
        "a": "before", "name": "before",
        "source": "Ada Quill", "topic": "letter", "words": "letter OR bridge",
    }  # fmt: skip


@pytest.fixture
def database(shared_database: Database) -> Database:
    """The same for all: nothing here decides anything."""
    return shared_database


def misleading(output: str, output_format: str) -> list[str]:
    """What shows a denied claim's words and not that they were denied.

    A record is a line, of JSON the innermost object, of facts about one thing all of them.
    """
    if output_format == "json":
        records = [json.dumps(one, ensure_ascii=False) for one in _objects(json.loads(output))]
    else:
        records = output.splitlines() if output_format in {"table", "csv"} else _paragraphs(output)
    return [one for one in records if DENIED.search(one) and not TOLD.search(one)]


def _paragraphs(output: str) -> list[str]:
    """Plain rows have tabs; plain facts are one record."""
    return output.splitlines() if "\t" in output else [output]


def _objects(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, list):
        for one in value:
            yield from _objects(one)
    if isinstance(value, dict):
        nested = [one for one in value.values() if isinstance(one, dict | list)]
        plain = {name: one for name, one in value.items() if not isinstance(one, dict | list)}
        if any(DENIED.search(str(one)) for one in plain.values()):
            yield value
        for one in nested:
            yield from _objects(one)


@pytest.mark.parametrize(
    ("path", "output_format"),
    [pytest.param(*one, id=" ".join((*one[0], one[1]))) for one in printing()],
)
def test_no_command_shows_a_denial_as_an_assertion(
    claims: Claims, desk: Mapping[str, str], path: tuple[str, ...], output_format: str
) -> None:
    ended = claims(*call(path, desk), "--format", output_format)
    assert ended.code == 0, ended.err
    assert misleading(ended.out, output_format) == []
    if path in {("list",), ("show",), ("search",), ("who",), ("documents", "show")}:
        assert DENIED.search(ended.out)


@pytest.mark.parametrize("path", [path for path, one in printing() if one == "json"], ids=" ".join)
def test_what_a_command_prints_as_json_is_what_its_schema_says(
    claims: Claims, desk: Mapping[str, str], path: tuple[str, ...]
) -> None:
    printed = json.loads(claims(*call(path, desk), "--format", "json").out)
    assert differences("-".join(path), printed) == []
    if path not in EMPTY:
        assert printed


@pytest.mark.usefixtures("desk")
def test_lines_of_json_are_what_their_schemas_say(claims: Claims, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, "utf-8")
    for arguments in (("extract", str(path), "--published", "2026-05-04"), ("export",)):
        lines = claims(*arguments).out.splitlines()
        assert lines
        for line in lines:
            assert differences(arguments[0], json.loads(line)) == []


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (("trace", "claim"), True),
        (("trace", "other"), True),
        (("show", "other"), True),
        (("show", "waiting"), True),
        (("review", "next"), True),
        (("review", "altered", "list"), True),
        (("release", "diff", "before", "now"), True),
    ],
)
def test_nor_does_one_that_prints_lines(
    claims: Claims, desk: Mapping[str, str], arguments: tuple[str, ...], *, shown: bool
) -> None:
    ended = claims(*(desk.get(part, part) if part != "before" else part for part in arguments))
    assert ended.code == 0, ended.err
    assert bool(DENIED.search(ended.out)) is shown
    lines = [line for line in ended.out.splitlines() if DENIED.search(line)]
    if arguments[0] in {"trace", "release"} or "altered" in arguments:
        assert [line for line in lines if not TOLD.search(line)] == []
    assert misleading(ended.out, "plain") == []


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("export_format", [one for one in FORMATS if one != "archive"])
def test_no_export_shows_a_denial_as_an_assertion(
    claims: Claims, tmp_path: Path, export_format: str
) -> None:
    path = tmp_path / f"out.{export_format}"
    assert claims("export", "--format", export_format, "-o", str(path)).code == 0
    if export_format == "xlsx":
        rows = openpyxl.load_workbook(path)["claims"].iter_rows(values_only=True)
        records = [json.dumps(row, default=str) for row in rows]
    elif export_format == "parquet":
        records = [json.dumps(row, default=str) for row in parquet.read_table(path).to_pylist()]
    elif export_format.endswith("csv"):
        with path.open(newline="") as file:
            records = [" | ".join(row) for row in csv.reader(file)]
    else:
        records = path.read_text().splitlines()
    shown = [one for one in records if DENIED.search(one)]
    assert len(shown) == 2
    assert [one for one in shown if "denies" not in one] == []


def test_no_view_shows_a_denial_as_an_assertion(
    database: Database, desk: Mapping[str, str]
) -> None:
    speaker = "(SELECT speaker_id FROM claims_v1.claims WHERE claim = :other)"
    sources = [
        *CLAIMS_V1, "claims_as_of(now())", "claims_as_of(now(), :other)", f"timeline({speaker})",
        "search('bridge OR letter')",
    ]  # fmt: skip
    with database.reader() as session:
        ids = {"other": uuid.UUID(desk["other"])}
        rows = [
            (one, dict(row))
            for one in sources
            for row in session.execute(text(f"SELECT * FROM claims_v1.{one}"), ids).mappings()
            if DENIED.search(str(dict(row)))
        ]
    assert {one for one, row in rows if "denies" in (row.get("mode"), row.get("carrier_mode"))} >= {
        "claims", "proposals", "who_said_what", "evidence", "anchors", *sources[len(CLAIMS_V1) :],
    }  # fmt: skip
    told = [
        TOLD.search(str(row)) and "denies" in (row.get("mode", "denies"), row.get("carrier_mode"))
        for _, row in rows
    ]
    assert all(told), rows


@pytest.mark.usefixtures("desk")
def test_fields_without_the_mode_are_told(claims: Claims) -> None:
    note = "the chosen fields do not say who denies"
    assert note in claims("export", "--fields", "speaker,content").err
    assert note in claims("export", "--fields", "speaker,mode,content").err
    assert note not in claims("export", "--fields", "mode,carrier_mode,content").err
    assert note not in claims("export", "--fields", "content,chain").err
    assert note not in claims("export", "--fields", "speaker,claim").err


@pytest.mark.usefixtures("desk")
def test_the_queue_says_denied_in_its_card_its_last_acts_and_its_marked(
    database: Database,
) -> None:
    with database.reader() as session:
        reviewer = session.scalar(text("SELECT id FROM claims.reviewer"))
    ann = ReviewSession(database, uuid.UUID(str(reviewer)), "Ann", "0", uuid.uuid4, Filters())
    shown = [one.words for one in ann.recent_decisions(9)]
    assert {"denies: the letter was lost", "Ben Strand denies: the bridge was safe"} <= {*shown}
    controller = ReviewController(ann, DEFAULT_KEYMAP)
    controller.start(0.0)
    controller.screen_shown(0.0)
    for key in ("M", "?"):
        for width, height in ((60, 16), (80, 24), (120, 40)):
            screen = draw_screen(controller.state, DEFAULT_KEYMAP, width, height)
            words = " ".join(words_in(line) for line in screen)
            assert TOLD.search(words) or not DENIED.search(words), (key, width)
        controller.press(key, 10.0)
    controller.close()
