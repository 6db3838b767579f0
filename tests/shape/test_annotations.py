"""Values have real types: `Any` and `object` are rare, and unknown to the rooms of decisions."""

import ast
from collections import Counter
from collections.abc import Iterator

from tests.shape.tree import Function, Module, modules

WIDE = {"Any", "object"}

MOST = 11
"""Annotations that may name one of them, in the whole package. It only ever goes down."""

TYPED = (
    "archive", "backup", "cli", "contract", "database", "errors", "extraction", "ledger", "model",
    "readers", "releases", "review", "schema", "settings", "sources", "text",
)  # fmt: skip
"""Rooms that have none."""


def annotations(module: Module) -> Iterator[ast.expr]:
    """Annotations of parameters, results and variables, and the aliases that stand for some."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            yield node.annotation
        elif isinstance(node, Function) and node.returns:
            yield node.returns
    for node in module.tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript | ast.BinOp):
            yield node.value


def is_wide(annotation: ast.expr) -> bool:
    """Whether `Any` or `object` stands somewhere in an annotation, quoted or not."""
    for node in ast.walk(annotation):
        if isinstance(node, ast.Name) and node.id in WIDE:
            return True
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            try:
                quoted = ast.parse(node.value, mode="eval").body
            except SyntaxError:  # words, as in Literal["in print"]
                continue
            if is_wide(quoted):
                return True
    return False


def wide_annotations() -> list[tuple[str, str]]:
    """Room and place of each annotation that is as wide as can be."""
    return [
        (module.room, f"{module.path}:{annotation.lineno} {ast.unparse(annotation)}")
        for module in modules()
        for annotation in annotations(module)
        if is_wide(annotation)
    ]


def test_rooms_of_decisions_know_the_types_of_their_values() -> None:
    assert [place for room, place in wide_annotations() if room in TYPED] == []


def test_few_annotations_are_as_wide_as_can_be() -> None:
    counted = Counter(room for room, _ in wide_annotations())
    assert counted.total() <= MOST, counted


def test_what_counts_as_wide() -> None:
    wide = ("Any", "Mapping[str, object]", "'Iterator[Any]'", "list['Any | None']")
    narrow = ("Json", "'Iterator[Article]'", "Literal['in print', 'any']", "Company", "objects.Any")
    assert all(is_wide(ast.parse(text, mode="eval").body) for text in wide)
    assert not any(is_wide(ast.parse(text, mode="eval").body) for text in narrow)
