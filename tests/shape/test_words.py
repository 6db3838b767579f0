"""Names use the words of the field; docs/glossary.md lists those that were retired."""

import ast
import re
from collections.abc import Iterator

from tests.shape.tree import ROOT, Module, modules


def retired(opening: str) -> frozenset[str]:
    """The words that a paragraph of the glossary lists, found by how it begins."""
    glossary = (ROOT / "docs/glossary.md").read_text("utf-8")
    [paragraph] = [part for part in glossary.split("\n\n") if part.startswith(opening)]
    return frozenset(re.findall(r"`(\w+)`", paragraph))


PARTS = retired("Retired as part of a name")
WHOLE = retired("Retired as a whole name")


def words_of(name: str) -> list[str]:
    """The words of a name: `SourceStanding` and `_source_standing` have two."""
    return [
        word for word in re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower().split("_") if word
    ]


def bound_names(module: Module) -> Iterator[tuple[str, int]]:
    """The names that a module gives: of itself, classes, functions, parameters and variables."""
    yield module.name.rpartition(".")[2], 1
    for node in ast.walk(module.tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name, node.lineno
            case ast.arg():
                yield node.arg, node.lineno
            case ast.Name(ctx=ast.Store()):
                yield node.id, node.lineno
            case ast.Attribute(ctx=ast.Store()):
                yield node.attr, node.lineno
            case ast.alias(asname=str(name)):
                yield name, node.lineno
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                yield name, node.lineno
            case _:
                pass


def is_retired(name: str) -> bool:
    """Whether a name has a retired part, or is nothing but a retired word."""
    words = words_of(name)
    return not PARTS.isdisjoint(words) or (len(words) == 1 and words[0] in WHOLE)


def test_no_name_uses_a_retired_word() -> None:
    breaches = [
        f"{module.path}:{line} {name}"
        for module in modules()
        for name, line in bound_names(module)
        if is_retired(name)
    ]
    assert breaches == []


def test_what_counts_as_retired() -> None:
    assert is_retired("_told") and is_retired("SourceStanding") and is_retired("found")  # noqa: PT018 - of one kind
    # Columns, and words that only look alike.
    assert not any(map(is_retired, ("said_on", "names_found", "understanding", "indoors")))
