"""JSON as Python values, as ledger rows and files hold them."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
"""Any value of a JSON document."""

JsonObject: TypeAlias = Mapping[str, Json]
"""A JSON object."""
