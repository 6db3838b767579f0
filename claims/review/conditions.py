"""Conditions that choose many claims to be decided together, as `--where` options state them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from claims.catalogue.card import Filters
from claims.errors.base import UsageError
from claims.model.kinds import Form

PATTERN = re.compile(r"(speaker|outlet|form|since|until|words|score)\s*(>=|=)\s*(.+)")


@dataclass(frozen=True, slots=True)
class Condition:
    """Which claims are meant.

    Attributes:
        filters: What must hold.
        score: The least extractor score, 0 to 1; None for any.
    """

    filters: Filters
    score: float | None = None


def read_conditions(options: Sequence[str]) -> Condition:
    """What `--where` options say together.

    Raises:
        UsageError: One is not FIELD=VALUE with a field that can be asked for.
    """
    values: dict[str, str] = {}
    condition = Condition(Filters())
    for option in options:
        match = PATTERN.fullmatch(option.strip())
        if match is None or (match[1] == "score") != (match[2] == ">="):
            detail = "write speaker=, outlet=, form=, since=, until=, words= or score>= and a value"
            raise UsageError(f"--where {option}", detail)
        values[match[1]] = match[3].strip()
        condition = _condition(values, option)
    return condition


def _condition(values: Mapping[str, str], option: str) -> Condition:
    """What values come to; messages name the option that was read last."""
    try:
        filters = Filters(
            speaker=values.get("speaker"),
            outlet=values.get("outlet"),
            form=Form(values["form"]) if "form" in values else None,
            since=date.fromisoformat(values["since"]) if "since" in values else None,
            until=date.fromisoformat(values["until"]) if "until" in values else None,
            words=values.get("words"),
        )
        return Condition(filters, float(values["score"]) if "score" in values else None)
    except ValueError as error:
        raise UsageError(f"--where {option}", str(error)) from error
