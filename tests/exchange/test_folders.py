"""Data sets for researchers: what is in the folder, and that others can read it as it says."""

import csv
import io
import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from jsonschema import Draft202012Validator

from claims.catalogue.card import Filters
from claims.database.engine import Database
from claims.errors.files import WouldReplaceError
from claims.exchange.errors import UnknownFieldError
from claims.exchange.export import FOLDERS, ExportRequest
from claims.exchange.file import whole_folder
from claims.exchange.folders import FolderContext, schema_of, write_folder
from claims.exchange.formats.splits import Bounds, find_bounds
from claims.exchange.manifest import Manifest
from claims.exchange.rows import copy_lines
from claims.exchange.selection import Selection
from claims.model.kinds import SourceKind
from claims.model.span import Span
from tests.makers import NOW, silent, store

PROPOSED = Selection("proposed")
DAYS = 20


@pytest.fixture(scope="module")
def filled(shared_database: Database) -> Database:
    """A claim a day, two on the last, one of an article without a day, said by nobody known."""
    quotation = silent(Span(0, 10))
    for number in range(DAYS):
        day = NOW + timedelta(days=number)
        store(shared_database, published_at=day, outlet="The Pier", external_id=str(number))
    store(shared_database, published_at=day, external_id="a", language="fr", title='"A",\n=1')
    nobody = replace(quotation.chain[0], name=None, kind=SourceKind.GROUP)
    unknown = replace(quotation, chain=(nobody,), said_on=None)
    store(shared_database, unknown, published_at=None, external_id="b")
    return shared_database


def write(database: Database, folder: Path, form: str, selection: Selection = PROPOSED) -> Manifest:
    folder.mkdir()
    request = ExportRequest(form, selection, licence="CC-BY-4.0")
    context = FolderContext(request, ("claims 0", "now"), lambda _what, _count: None)
    with database.reader() as session:
        return write_folder(session, folder, context)


def test_a_data_package_says_what_its_files_hold(filled: Database, tmp_path: Path) -> None:
    manifest = write(filled, tmp_path / "p", "datapackage")
    package = json.loads((tmp_path / "p/datapackage.json").read_bytes())
    assert package["licenses"] == [{"name": "CC-BY-4.0"}]
    assert manifest.counts == {"claims": 22, "hops": 43, "sources": 2}
    assert set(manifest.files) == {"claims.csv", "datapackage.json", "hops.csv", "sources.csv"}
    tables: dict[str, list[dict[str, str]]] = {}
    for resource in package["resources"]:
        raw = (tmp_path / "p" / resource["path"]).read_bytes()
        assert (len(raw), f"sha256:{manifest.files[resource['path']]}") == (
            resource["bytes"], resource["hash"],
        )  # fmt: skip
        rows = list(csv.DictReader(io.StringIO(raw.decode(), newline=""), strict=True))
        tables[resource["name"]] = rows
        schema = resource["schema"]
        assert [field["name"] for field in schema["fields"]] == list(rows[0])
        assert all(field["description"] for field in schema["fields"])
        keys = Counter(tuple(row[name] for name in schema["primaryKey"]) for row in rows)
        assert max(keys.values()) == 1
        for field in schema["fields"]:
            require_typed(field, [row[field["name"]] for row in rows])
        for key in schema["foreignKeys"]:
            [column], other = key["fields"], key["reference"]
            known = {row[other["fields"][0]] for row in tables.get(other["resource"], ())}
            assert not known or {row[column] for row in rows} - {""} <= known


PARSERS = {"integer": int, "number": float, "date": date.fromisoformat, "string": str,
           "datetime": pd.Timestamp, "boolean": bool}  # fmt: skip


def require_typed(field: dict[str, Any], cells: list[str]) -> None:
    constraints = field.get("constraints", {})
    assert not (constraints.get("required") and "" in cells), field
    for cell in filter(None, cells):
        PARSERS[field["type"]](cell)
        assert cell in constraints.get("enum", [cell])


def test_a_data_set_has_splits_by_day_and_a_card(filled: Database, tmp_path: Path) -> None:
    manifest = write(filled, tmp_path / "d", "huggingface")
    assert manifest.counts == {
        "claims": 22, "split train": 18, "split validation": 2, "split test": 2,
    }  # fmt: skip
    days: dict[str, set[str]] = {}
    for name in ("train", "validation", "test"):
        table = pd.read_parquet(tmp_path / f"d/data/{name}-00000-of-00001.parquet")
        assert len(table) == manifest.counts[f"split {name}"]
        days[name] = set(table["published_at"].dropna().astype(str).str[:10])
    assert max(days["train"]) < min(days["validation"])
    assert max(days["validation"]) < min(days["test"])
    card = (tmp_path / "d/README.md").read_text("utf-8")
    for line in (
        'license: "cc-by-4.0"', '- "en"', '- "fr"', "- n<1K", "  - split: test",
        "    path: data/test-00000-of-00001.parquet", "    num_examples: 18",
        '    dtype: "timestamp[us, tz=UTC]"', "| claims | 22 |", "| articles | 22 |",
        "| claims of form quote | 22 |", "| validation | 2 | 2026-05-21 | 2026-05-22 |",
        "- claims 0", "- now", "| `url` | Canonical address of the article. |",
    ):  # fmt: skip
        assert line in card.splitlines(), line
    assert set(manifest.files) == {"README.md"} | {
        f"data/{name}-00000-of-00001.parquet" for name in days
    }


@pytest.mark.parametrize(
    ("counts", "bounds"),
    [
        ([], Bounds()),
        ([1], Bounds()),
        ([9, 1], Bounds(None, date(2026, 5, 2))),
        ([8, 1, 1], Bounds(date(2026, 5, 2), date(2026, 5, 3))),
        ([1, 1, 98], Bounds()),
        ([100, 1, 1], Bounds(None, date(2026, 5, 2))),
        ([1] * 10, Bounds(date(2026, 5, 9), date(2026, 5, 10))),
    ],
)
def test_splits_are_cut_between_days(counts: list[int], bounds: Bounds) -> None:
    first = date(2026, 5, 1)
    days = [(first + timedelta(days=number), count) for number, count in enumerate(counts)]
    assert find_bounds(days) == bounds


@pytest.mark.parametrize("form", FOLDERS)
def test_an_empty_selection_is_an_empty_data_set(
    filled: Database, tmp_path: Path, form: str
) -> None:
    manifest = write(filled, tmp_path / "e", form, Selection("proposed", Filters(outlet="none")))
    assert manifest.counts["claims"] == 0
    with pytest.raises(UnknownFieldError):
        write(filled, tmp_path / "f", form, Selection(fields=("claim",)))


@pytest.mark.parametrize("fields", [(), ("speaker", "chain"), ("said_on", "published_at")])
def test_each_json_line_is_as_its_schema_says(filled: Database, fields: tuple[str, ...]) -> None:
    selection = Selection("proposed", fields=fields)
    schema = json.loads(schema_of(selection))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    with filled.reader() as session:
        lines = [json.loads(line) for line in copy_lines(session, selection)]
    assert len(lines) == 22
    for line in lines:
        validator.validate(line)
        assert list(line) == list(schema["properties"])
    assert not validator.is_valid(lines[0] | dict.fromkeys(line, 7))


def test_a_folder_is_whole_or_not_there_and_ours_alone_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "out"

    def fill(text: str, *, force: bool = False) -> None:
        with whole_folder(folder, "manifest.json", force=force) as inside:
            (inside / "manifest.json").write_text(text)
            if not text:
                raise RuntimeError

    with pytest.raises(RuntimeError):
        fill("")
    assert not list(tmp_path.iterdir())
    fill("one")
    with pytest.raises(WouldReplaceError):
        fill("two")
    fill("three", force=True)
    assert (folder / "manifest.json").read_text() == "three"
    (folder / "manifest.json").rename(folder / "theirs.txt")
    with pytest.raises(WouldReplaceError, match="without manifest"):
        fill("four", force=True)
    (folder / "theirs.txt").unlink()
    fill("five")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
