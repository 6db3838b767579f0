"""What is written about the program is what it does."""

import re
import subprocess
import sys

import pytest

from claims import __version__
from claims.contract.views import CLAIMS_V1, read_pinned
from tests.shape.references import REFERENCES
from tests.shape.tree import ROOT, tracked_files

TOPS = ("", "claims", "docs")
"""Folders that paths in documents begin in."""


@pytest.mark.parametrize("path", REFERENCES)
def test_the_generated_references_are_up_to_date(path: str) -> None:
    assert (ROOT / "docs" / path).read_text("utf-8") == REFERENCES[path]()


def test_the_source_of_dbt_has_every_column_of_the_contract() -> None:
    source = (ROOT / "docs/dbt/claims_v1.yml").read_text("utf-8")
    tables = re.split(r"^      - name: (\w+)$", source, flags=re.MULTILINE)[1:]
    columns = {
        table: re.findall(
            r"^          - name: (\w+)\n            data_type: (.+)$", part, re.MULTILINE
        )
        for table, part in zip(tables[::2], tables[1::2], strict=True)
    }
    pinned = read_pinned()
    assert columns == {view: [*pinned[view].columns] for view in CLAIMS_V1}


def test_every_link_between_documents_leads_somewhere() -> None:
    for path in tracked_files():
        if path.suffix == ".md":
            for target in re.findall(r"\]\(([^)#]+)\)", path.read_text("utf-8")):
                assert (path.parent / target).exists(), f"{path}: {target}"


def test_every_document_named_in_the_code_is_there() -> None:
    for path in tracked_files():
        if path.suffix in {".py", ".sql"}:
            for target in re.findall(r"\bdocs/[\w/-]+\.md\b", path.read_text("utf-8")):
                assert (ROOT / target).exists(), f"{path}: {target}"


def test_the_files_that_the_architecture_names_are_there() -> None:
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    named = re.findall(r"`([a-z0-9_/]+\.(?:py|sql|md|txt|csv|json))`", page)
    # A name alone is that of a room in the first column of the table of rooms.
    rooms = re.findall(r"^\| `(\w+/)` \|.*\| ([^|]*) \|$", page, re.MULTILINE)
    named += [
        f"{room}{name}" for room, names in rooms for name in re.findall(r"`(\w+\.py)`", names)
    ]
    paths = [name for name in named if "/" in name]
    assert len(paths) > 40
    assert [name for name in paths if not any((ROOT / top / name).exists() for top in TOPS)] == []


@pytest.mark.long
def test_the_walks_in_the_architecture_are_those_of_the_program() -> None:
    # In a process of its own: what other tests have loaded already would not run again.
    compare = (
        "import sys; from tests.shape.walks import DOCUMENT, updated;"
        " page = DOCUMENT.read_text('utf-8'); sys.exit(updated(page) != page)"
    )
    subprocess.run([sys.executable, "-c", compare], cwd=ROOT, check=True)


def test_the_changelog_knows_this_version() -> None:
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
