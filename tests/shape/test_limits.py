"""Limits that keep the house readable."""

import ast
import re

import pytest

import claims.errors
from claims.errors import ClaimsError
from tests.shape.tree import ROOT, Module, functions, length, modules, tracked_files

LONGEST_FUNCTION, LONGEST_FILE, DEEPEST = 60, 400, 4
REFUSED = re.compile(
    r"(?:^|_)(managers?|services?|helpers?|utils?|handlers?|processors?|data|infos?|items?"
    r"|process|handle|common|core)(?:_|$)",
    re.IGNORECASE,
)
# PostgreSQL's and the operating system's own words: a data directory, a process.
ALLOWED = "claims.database.server"
NESTING = ast.If | ast.For | ast.While | ast.With | ast.Try
PLACES = re.compile(
    r"(?<![\w.])/(?:work|root|opt)/[\w.]|pypi\.org|pythonhosted\.org|registry\.npmjs", re.IGNORECASE
)


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_files_and_functions_are_short_and_say_their_purpose(module: Module) -> None:
    assert module.lines <= LONGEST_FILE
    assert ast.get_docstring(module.tree), "no purpose"
    for function in functions(module):
        assert length(function) <= LONGEST_FUNCTION, function.name
        assert depth(function) <= DEEPEST, function.name


def depth(node: ast.AST) -> int:
    inner = max((depth(child) for child in ast.iter_child_nodes(node)), default=0)
    elif_ = (
        isinstance(node, ast.If) and len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If)
    )
    return inner + (isinstance(node, NESTING) and not elif_)


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_names_say_what_they_are(module: Module) -> None:
    defined = [module.name.rpartition(".")[2]]
    defined += [n.name for n in ast.walk(module.tree) if isinstance(n, ast.ClassDef)]
    defined += [function.name for function in functions(module)]
    refused = [name for name in defined if REFUSED.search(name)]
    assert module.name.startswith(ALLOWED) or refused == []


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_no_sql_is_put_together_from_strings(module: Module) -> None:
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = ast.unparse(node.func).rpartition(".")[2]
        if called in {"text", "execute", "exec_driver_sql", "literal_column"}:
            built = isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
            assert not built, f"{module.path}:{node.lineno}: {ast.unparse(node)}"


def test_no_file_names_this_machine_or_a_registry() -> None:
    named = []
    for path in tracked_files():
        if path.suffix == ".png" or not path.is_file():
            continue
        found = PLACES.search(path.read_text("utf-8", "replace"))
        if found and path != ROOT / "tests/shape/test_limits.py":
            named.append(f"{path}: {found.group()}")
    assert named == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_its_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text("utf-8").strip())
    assert len(entries) > 50
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+(\[[a-z,_]+\])?==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_each_error_has_its_own_code_message_and_remedy() -> None:
    errors = [
        value
        for value in vars(claims.errors).values()
        if isinstance(value, type) and issubclass(value, ClaimsError)
    ]
    codes = [error.code for error in errors]
    assert len(set(codes)) == len(codes)
    for error in errors:
        assert re.fullmatch(r"[a-z][a-z-]*", error.code)
        line = str(error("a place", "a detail"))
        assert line.startswith(f"error[{error.code}] a place: ")
        assert "\n" not in line
        assert line.endswith(".")
        assert error.exit_code in {1, 2, 3}
