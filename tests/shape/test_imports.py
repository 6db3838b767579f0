"""Who imports whom: the table of docs/architecture.md, and the line between pure and session."""

import re

from tests.shape.tree import ROOT, Module, imports, modules

PURE_ROOMS = {"text", "model", "readers", "extraction", "anchoring"}
IMPURE = re.compile(
    r"^(sqlalchemy|psycopg|alembic|socket|urllib\.request|http|requests|ssl|random|secrets|uuid\.uuid[147]"
    r"|time)(\.|$)"
)
CLOCK = re.compile(r"\b(datetime\.now|date\.today|time\.time|uuid4)\(")
SESSION = re.compile(
    r"^(sqlalchemy|alembic|psycopg|claims\.schema\.\w+Row$|claims\.database\.engine"
    r"|claims\.review\.session|claims\.terminal\.controller)(\.|$)"
)
"""What a module imports that opens a session, is handed one or something that holds one, or knows
the rows of tables."""

OPENING = {"cli", "desk", "api"}
"""Rooms that open sessions, and so stand outside the line between pure and session."""


def columns() -> dict[str, int]:
    """Each room's column in the table."""
    lines = (ROOT / "docs/architecture.md").read_text("utf-8").splitlines()
    header = next(n for n, line in enumerate(lines) if re.match(r"\| 0 \| 1 \|", line))
    cells = lines[header + 2].strip("|").split("|")
    return {room.strip(): n for n, cell in enumerate(cells) for room in cell.split(",")}


def test_a_room_imports_only_from_columns_to_its_left() -> None:
    table = columns()
    breaches = []
    for module in modules():
        for name, line, _ in imports(module):
            parts = name.split(".")
            if parts[0] != "claims" or len(parts) < 3 or parts[1] == module.room:
                continue
            if module.room != "claims" and table[parts[1]] >= table[module.room]:
                breaches.append(f"{module.path}:{line} imports {name}")
    assert breaches == []


def test_every_room_stands_in_the_table() -> None:
    assert {module.room for module in modules()} - {"claims"} == set(columns())


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


def test_late_imports_stand_in_cli_or_give_a_reason() -> None:
    breaches = []
    for module in modules():
        source = module.path.read_text("utf-8").splitlines()
        for name, line, late in imports(module):
            excused = module.room in {"cli", "claims"} or "noqa: PLC0415" in source[line - 1]
            if late and not excused:
                breaches.append(f"{module.path}:{line} imports {name} late")
    assert breaches == []


def session_modules() -> set[str]:
    """The modules that take a session; a package that offers one of them takes one too.

    The tables' own description (`schema/`) takes none.
    """
    found = {
        module.name
        for module in modules()
        if module.room != "schema" and any(SESSION.match(name) for name, _, _ in imports(module))
    }
    for module in modules():
        if module.path.name == "__init__.py":
            own = (name for name, _, _ in imports(module) if name.startswith(f"{module.name}."))
            if any(_module_of(name, found) for name in own):
                found.add(module.name)
    return found


def _module_of(name: str, among: set[str]) -> str | None:
    """The module that a full name is, or stands in."""
    return next((one for one in (name, name.rpartition(".")[0]) if one in among), None)


def test_a_module_that_takes_no_session_imports_none_that_does() -> None:
    session = session_modules()
    breaches = [
        f"{module.path}:{line} is pure and imports {name}"
        for module in modules()
        if module.name not in session and module.room not in OPENING
        for name, line, _ in imports(module)
        if _module_of(name, session)
    ]
    assert breaches == []


def test_the_line_between_pure_and_session_is_drawn_where_it_is_meant() -> None:
    # The test above could not fail if everything counted as one or the other.
    session = session_modules()
    assert {"claims.review.decide", "claims.ledger.append"} <= session
    pure = {"claims.review.transitions", "claims.ledger.replay", "claims.sources.match"}
    assert not session & pure


def is_pure_room(module: Module) -> bool:
    """Whether the room knows no database, network, clock or chance."""
    return module.room in PURE_ROOMS


def test_pure_rooms_know_no_database_network_clock_or_chance() -> None:
    breaches = []
    for module in filter(is_pure_room, modules()):
        breaches += [
            f"{module.path}:{line} imports {name}"
            for name, line, _ in imports(module)
            if IMPURE.match(name)
        ]
        if CLOCK.search(module.path.read_text("utf-8")):
            breaches.append(f"{module.path} reads the clock or draws by chance")
    assert breaches == []
