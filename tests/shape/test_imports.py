"""The import table of docs/architecture.md holds, and pure rooms stay pure."""

import re

import pytest

from tests.shape.tree import ROOT, Module, imports, modules

PURE = {"text", "model", "readers", "extraction"}
IMPURE = re.compile(
    r"^(sqlalchemy|psycopg|alembic|socket|urllib\.request|http|requests|ssl|random|secrets|uuid\.uuid[147]"
    r"|time)(\.|$)"
)
SQLALCHEMY = re.compile(r"^(sqlalchemy|alembic|psycopg)(\.|$)")


def columns() -> dict[str, int]:
    """Each unit's column in the table."""
    lines = (ROOT / "docs/architecture.md").read_text("utf-8").splitlines()
    header = next(n for n, line in enumerate(lines) if re.match(r"\| 0 \| 1 \|", line))
    cells = lines[header + 2].strip("|").split("|")
    return {unit.strip(): n for n, cell in enumerate(cells) for unit in cell.split(",")}


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_imports_go_left(module: Module) -> None:
    table = columns()
    if module.unit == "claims":
        return
    assert module.unit in table, f"{module.unit} is not in the table"
    for name, line, _ in imports(module):
        parts = name.split(".")
        if parts[0] != "claims" or len(parts) < 3 or parts[1] == module.unit:
            continue
        assert table[parts[1]] < table[module.unit], f"{module.path}:{line} imports {name}"


def test_no_module_imports_itself_through_others() -> None:
    known = {module.name for module in modules()}
    graph = {
        module.name: {
            target
            for name, _, late in imports(module)
            if not late
            for target in (name, name.rpartition(".")[0])
            if target in known and target != module.name
        }
        for module in modules()
    }
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path, name))
        if name not in done:
            for target in sorted(graph[name]):
                visit(target, (*path, name))
            done.add(name)

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_late_imports_stand_in_cli_or_give_a_reason(module: Module) -> None:
    source = module.path.read_text("utf-8").splitlines()
    for name, line, late in imports(module):
        if late and module.unit not in {"cli", "claims"}:
            assert "noqa: PLC0415" in source[line - 1], f"{module.path}:{line} imports {name} late"


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_only_stores_tables_and_the_database_room_know_sqlalchemy(module: Module) -> None:
    allowed = module.unit in {"schema", "database"} or module.path.name == "store.py"
    for name, line, _ in imports(module):
        if SQLALCHEMY.match(name):
            assert allowed, f"{module.path}:{line} imports {name}"


@pytest.mark.parametrize(
    "module", [m for m in modules() if m.unit in PURE], ids=lambda module: module.name
)
def test_pure_rooms_know_no_database_network_clock_or_chance(module: Module) -> None:
    for name, line, _ in imports(module):
        assert not IMPURE.match(name), f"{module.path}:{line} imports {name}"
    source = module.path.read_text("utf-8")
    assert not re.search(r"\b(datetime\.now|date\.today|time\.time|uuid4)\(", source)
