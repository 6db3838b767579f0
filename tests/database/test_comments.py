"""What tables and columns mean is said once, and everywhere in the database."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import text

import claims
from claims.database.comments import STORED, apply_comments, view_meanings
from claims.database.engine import Database
from claims.database.revision import find_migrations

PACKAGE = Path(claims.__file__).parent
COMMENT = re.compile(r"\bCOMMENT ON [^']*? IS\s+'((?:[^']|'')*)';")


def stored(database: Database) -> dict[str, str | None]:
    with database.engine.connect() as connection:
        return {
            ".".join(filter(None, (schema, relation, column))): meaning
            for schema, relation, _, column, meaning in connection.execute(STORED)
            if relation != "alembic_version"
        }


def test_every_relation_and_column_has_a_comment(database: Database) -> None:
    comments = stored(database)
    assert len(comments) > 800
    assert [name for name, meaning in comments.items() if not (meaning or "").endswith(".")] == []


def comments_in(node: ast.AST) -> Iterator[str]:
    """The comments that a call or a dictionary of a table's class gives."""
    if isinstance(node, ast.Call):
        for keyword in node.keywords:
            if keyword.arg == "comment":
                yield ast.literal_eval(keyword.value)
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == "comment":
                yield ast.literal_eval(value)


def newest(files: Iterable[Path]) -> Iterable[Path]:
    """The files that hold: of a view's numbered files the last one."""
    return {re.sub(r"_\d\d\.sql$", "", str(path)): path for path in sorted(files)}.values()


def test_each_meaning_is_written_once() -> None:
    """In the tables' classes or in a file of SQL, in whatever words: no text stands twice.

    A way down says again what stood there before.
    """
    meanings = [
        meaning
        for path in (PACKAGE / "schema").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for meaning in comments_in(node)
    ]
    for folder in (PACKAGE, find_migrations()):
        for path in newest(folder.rglob("*.sql")):
            if path.name.endswith(".down.sql"):
                continue
            sql = path.read_text("utf-8")
            meanings += [text.replace("''", "'") for text in COMMENT.findall(sql)]
    assert len(meanings) > 200
    assert [meaning for meaning, times in Counter(meanings).items() if times > 1] == []


def test_a_column_of_a_view_means_what_its_own_file_or_the_named_relation_says() -> None:
    meanings = view_meanings()
    assert meanings["proposals"]["speaker"] == meanings["claims"]["speaker"]
    assert meanings["documents"]["status"] == (
        "usable, corrected or withdrawn, by people or by the kill of its wire."
    )
    assert meanings["claims"]["status"] == "Where the claim stands in review."
    assert meanings["claims"]["venue"] == "Where or how it was said, as printed."


def test_comments_that_were_changed_are_written_again_and_only_those(database: Database) -> None:
    before = stored(database)
    with database.engine.begin() as connection:
        for place in ("COLUMN claims.claim.venue", "COLUMN claims_v1_past.claims.speaker"):
            connection.execute(text(f"COMMENT ON {place} IS 'else'"))
        connection.execute(text("COMMENT ON TABLE claims.run IS NULL"))
        apply_comments(connection)
    assert stored(database) == before
