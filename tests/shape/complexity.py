"""How complex a function is: its branches as the linter counts them, all its decisions, nesting."""

import ast
import json
import re
import subprocess
import sys
from functools import cache

from tests.shape.tree import ROOT, Function

NESTING = ast.If | ast.For | ast.While | ast.With | ast.Try
COUNT = re.compile(r"`(?P<name>.+)` is too complex \((?P<branches>\d+) > 0\)")


@cache
def branches_by_function() -> dict[str, int]:
    """The cyclomatic complexity of each function below claims/, by "path:line name".

    The linter's own count (C901) without its settings and excuses: statements that branch. It does
    not count boolean operators and comprehensions; `decisions` does.
    """
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--ignore-noqa", "--exit-zero",
               "--target-version=py311", "--select=C901", "--config=lint.mccabe.max-complexity=0",
               "--output-format=json", "claims"]  # fmt: skip
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    counts = {}
    for breach in json.loads(listed):
        count = COUNT.match(breach["message"])
        assert count is not None, breach["message"]
        path = breach["filename"].removeprefix(f"{ROOT}/")
        counts[f"{path}:{breach['location']['row']} {count['name']}"] = int(count["branches"])
    return counts


def decisions(function: Function) -> int:
    """One more than the number of points at which a function can go two ways.

    Counts what the linter counts, and each boolean operator, conditional expression, comprehension
    with its conditions, lambda and assertion.
    """
    return 1 + sum(map(_decisions, ast.walk(function)))


def _decisions(node: ast.AST) -> int:
    points = 0
    match node:
        case ast.If() | ast.IfExp() | ast.Lambda() | ast.Assert():
            points = 1
        case ast.BoolOp():
            points = len(node.values) - 1
        case ast.comprehension():
            points = 1 + len(node.ifs)
        case ast.For() | ast.While():
            points = 1 + bool(node.orelse)
        case ast.Try():
            points = len(node.handlers) + bool(node.orelse)
        case ast.Match():
            points = len(node.cases)
    return points


def nesting(node: ast.AST) -> int:
    """How many blocks stand within each other at the deepest; an "elif" is no new one."""
    inner = max((nesting(child) for child in ast.iter_child_nodes(node)), default=0)
    elif_ = (
        isinstance(node, ast.If) and len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If)
    )
    return inner + (isinstance(node, NESTING) and not elif_)
