"""Where a page of a list ends, as opaque text: the key of its last row, for this list alone."""

import base64
import hashlib
from binascii import Error as Base64Error
from collections.abc import Sequence

import orjson

from claims.api.errors import BadCursorError
from claims.published.errors import BadValueError
from claims.published.relations import Relation, Scalar, read_value


def write_cursor(request: str, key: Sequence[Scalar]) -> str:
    """The cursor after a row.

    Args:
        request: What the list is of: its name and all parameters but the cursor and the limit.
        key: The row's values of the relation's key.
    """
    parts = [_mark(request), *(str(value) for value in key)]
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


def read_cursor(request: str, relation: Relation, text: str) -> tuple[Scalar, ...]:
    """The key that a cursor was written of.

    Raises:
        BadCursorError: It is not ours, or of another list.
    """
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        parts = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        mark, *values = parts
        columns = [(name, relation.columns[name]) for name in relation.key]
        key = tuple(
            read_value(name, kind, value)
            for (name, kind), value in zip(columns, values, strict=True)
        )
    except (ValueError, TypeError, AttributeError, Base64Error, BadValueError):
        raise BadCursorError("after") from None
    if mark != _mark(request):
        raise BadCursorError("after", "the other parameters are not those it was made with")
    return key


def _mark(request: str) -> str:
    """What a request is told from others by; nobody gains by finding a second with the same."""
    return hashlib.sha256(request.encode("utf-8", "surrogatepass")).hexdigest()[:12]
