"""Limits that keep the house readable."""

import ast
import importlib
import re
from collections.abc import Iterator

from claims.errors.base import ClaimsError
from tests.shape.complexity import branches_by_function, decisions, nesting
from tests.shape.tree import ROOT, functions, length, modules, tracked_files

LONGEST_FUNCTION, LONGEST_FILE, DEEPEST, MOST_BRANCHES = 60, 400, 4, 10
# One function follows the chain from top to bottom, to be read in one go (pyproject.toml).
READ_IN_ONE_GO = "claims/ledger/checker.py"
REFUSED = re.compile(
    r"(?:^|_)(managers?|services?|helpers?|utils?|handlers?|processors?|data|infos?|items?"
    r"|process|handle|common|core)(?:_|$)",
    re.IGNORECASE,
)
# PostgreSQL's and the operating system's own words: a data directory, a process.
ALLOWED = "claims.database.server"
PLACES = re.compile(
    r"(?<![\w.])/(?:work|root|opt)/[\w.]|pypi\.org|pythonhosted\.org|registry\.npmjs", re.IGNORECASE
)


def test_files_and_functions_are_short() -> None:
    breaches = [f"{m.path}: {m.lines} lines" for m in modules() if m.lines > LONGEST_FILE]
    breaches += [
        f"{module.path}:{function.lineno} {function.name}"
        for module in modules()
        for function in functions(module)
        if length(function) > LONGEST_FUNCTION or nesting(function) > DEEPEST
    ]
    assert breaches == []


def test_no_function_branches_too_often() -> None:
    """As the linter counts, but without its excuses: no `noqa` hides a function from this."""
    breaches = {
        function: branches
        for function, branches in branches_by_function().items()
        if branches > MOST_BRANCHES and not function.startswith(READ_IN_ONE_GO)
    }
    assert breaches == {}


def test_branches_are_counted_for_every_function() -> None:
    assert len(branches_by_function()) == sum(len(list(functions(m))) for m in modules())


def test_a_decision_is_whatever_can_go_two_ways() -> None:
    source = """
def f(a, b):
    if a and b or not a:
        return [x for x in a if x]
    try:
        return a if b else [lambda: a]
    except ValueError:
        return b
"""
    [function] = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    # One way, "if", "and", "or", the comprehension and its "if", "else", lambda, "except".
    assert decisions(function) == 9


def test_every_module_says_its_purpose() -> None:
    assert [str(m.path) for m in modules() if not ast.get_docstring(m.tree)] == []


def test_names_say_what_they_are() -> None:
    refused = []
    for module in modules():
        defined = [module.name.rpartition(".")[2]]
        defined += [n.name for n in ast.walk(module.tree) if isinstance(n, ast.ClassDef)]
        defined += [function.name for function in functions(module)]
        if not module.name.startswith(ALLOWED):
            refused += [f"{module.path}: {name}" for name in defined if REFUSED.search(name)]
    assert refused == []


def test_no_sql_is_put_together_from_strings() -> None:
    breaches = []
    for module in modules():
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = ast.unparse(node.func).rpartition(".")[2]
            if called in {"text", "execute", "exec_driver_sql", "literal_column"} and isinstance(
                node.args[0], ast.JoinedStr | ast.BinOp
            ):
                breaches.append(f"{module.path}:{node.lineno}: {ast.unparse(node)}")
    assert breaches == []


def test_no_file_names_this_machine_or_a_registry() -> None:
    named = []
    for path in tracked_files():
        if path.suffix == ".png" or not path.is_file():
            continue
        found = PLACES.search(path.read_text("utf-8", "replace"))
        if found and path != ROOT / "tests/shape/test_limits.py":
            named.append(f"{path}: {found.group()}")
    assert named == []


def test_every_locked_package_has_its_hashes() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text("utf-8").strip())
        assert len(entries) > 50
        for entry in entries:
            assert re.match(r"[a-z0-9._-]+(\[[a-z,_]+\])?==\S+", entry), entry
            assert "--hash=sha256:" in entry, entry


def subclasses(kind: type[ClaimsError]) -> Iterator[type[ClaimsError]]:
    """A kind of error and all kinds of it."""
    yield kind
    for one in kind.__subclasses__():
        yield from subclasses(one)


def test_each_error_has_its_own_code_message_and_remedy() -> None:
    for module in modules():
        if module.path.name == "errors.py":
            importlib.import_module(module.name)
    errors = list(subclasses(ClaimsError))
    assert len(errors) > 50
    codes = [error.code for error in errors]
    assert len(set(codes)) == len(codes)
    for error in errors:
        assert re.fullmatch(r"[a-z][a-z-]*", error.code)
        line = str(error("a place", "a detail"))
        assert line.startswith(f"error[{error.code}] a place: ")
        assert "\n" not in line
        assert line.endswith(".")
        assert error.exit_code in {1, 2, 3}
