"""Files of SQL statements, each under a name."""

import re
from importlib.resources import files

_NAMED = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)


def read_statements(folder: str, name: str) -> dict[str, bytes]:
    """The statements of a file beside this one, by name, in their order."""
    text = files("claims.exchange.archive").joinpath(folder, f"{name}.sql").read_text("utf-8")
    _, *parts = _NAMED.split(text)
    return {parts[place]: parts[place + 1].encode() for place in range(0, len(parts), 2)}
