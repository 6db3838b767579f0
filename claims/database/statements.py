"""Files of SQL statements, each statement under a name."""

import re
from importlib.resources import files

_NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)


def read_statements(room: str, file: str) -> dict[str, str]:
    """The statements of a file by name, in the order of the file.

    Args:
        room: The package that the file stands in, such as `claims.ledger`.
        file: The file's name.

    Raises:
        FileNotFoundError: The room has no such file.
    """
    text = files(room).joinpath(file).read_text("utf-8")
    _, *parts = _NAME.split(text)
    return {name: sql.strip() for name, sql in zip(parts[::2], parts[1::2], strict=True)}
