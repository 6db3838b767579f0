"""The source tree as the shape tests read it: modules, their imports, their functions."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One module of the package."""

    name: str
    path: Path
    tree: ast.Module
    lines: int

    @property
    def room(self) -> str:
        """The room it belongs to: the folder or file below claims/."""
        return self.name.split(".")[1] if "." in self.name else "claims"


@cache
def modules() -> tuple[Module, ...]:
    """All modules below claims/."""
    found = []
    for path in sorted((ROOT / "claims").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        source = path.read_text("utf-8")
        found.append(Module(name, path, ast.parse(source), len(source.splitlines())))
    return tuple(found)


def imports(module: Module) -> Iterator[tuple[str, int, bool]]:
    """Each import of a module: full name, line, and whether it stands inside a function."""
    late = {
        id(node)
        for function in functions(module)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno, id(node) in late
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno, id(node) in late


def functions(module: Module) -> Iterator[Function]:
    """All functions and methods of a module."""
    return (node for node in ast.walk(module.tree) if isinstance(node, Function))


def length(function: Function) -> int:
    """Lines from the first to the last, decorators not counted."""
    return (function.end_lineno or 0) - function.lineno + 1


def tracked_files() -> list[Path]:
    """Every file that git tracks."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - whatever git is on the path
        cwd=ROOT, capture_output=True, check=True,
    ).stdout  # fmt: skip
    return [ROOT / name for name in listed.decode().split("\0") if name]
