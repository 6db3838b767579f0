"""Numbers as articles print them: in digits, in words, with money, per cent and scale."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {word: Decimal(value) for value, word in enumerate(_SMALL.split())} | {
    word: Decimal(10 * value) for value, word in enumerate(_TENS.split(), 2)
}
_SCALES = {
    "hundred": Decimal(100),
    "dozen": Decimal(12),
    "thousand": Decimal(1_000),
    "k": Decimal(1_000),
    "million": Decimal(1_000_000),
    "mn": Decimal(1_000_000),
    "m": Decimal(1_000_000),
    "billion": Decimal(1_000_000_000),
    "bn": Decimal(1_000_000_000),
    "b": Decimal(1_000_000_000),
    "trillion": Decimal(1_000_000_000_000),
    "tn": Decimal(1_000_000_000_000),
}
_ABBREVIATED = frozenset({"k", "m", "b", "bn", "mn", "tn"})
CURRENCIES = {
    "$": "dollar",
    "dollar": "dollar",
    "dollars": "dollar",
    "€": "euro",
    "euro": "euro",
    "euros": "euro",
    "£": "pound",
    "pound": "pound",
    "pounds": "pound",
    "¥": "yen",
    "yen": "yen",
    "₹": "rupee",
    "rupee": "rupee",
    "rupees": "rupee",
}
_SIGNS = frozenset("$€£¥₹")
_PER_CENT = (("%",), ("percent",), ("pct",), ("per", "cent"))
_DIGITS = re.compile(r"(\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)([a-z]*)")
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number.

    Attributes:
        value: Its value; None if it is a date or a time in digits.
        unit: Its currency, `%`, `th` of a rank, or nothing; for what has no value, as printed.
    """

    value: Decimal | None
    unit: str

    @property
    def folded(self) -> str:
        """One form for numbers that are equal, however they are written."""
        return self.unit if self.value is None else f"{self.value.normalize():f}{self.unit}"

    @property
    def is_year(self) -> bool:
        """Whether it may be a year."""
        return self.value is not None and self.value % 1 == 0 and int(self.value) in _YEARS


def read_quantity(forms: Sequence[str]) -> tuple[Quantity, int] | None:
    """The number that folded words begin with, and of how many words it is made; None if none."""
    at, unit = 0, ""
    if forms and forms[0] in _SIGNS:
        at, unit = 1, CURRENCIES[forms[0]]
    value, end, suffix = _read_value(forms, at)
    if end == at:
        return None
    if value is None:
        return Quantity(None, forms[at]), end
    if suffix in _ORDINALS:
        return Quantity(value, "th"), end
    if not unit:
        unit, end = _read_unit(forms, end)
    return Quantity(value, unit), end


def _read_value(forms: Sequence[str], at: int) -> tuple[Decimal | None, int, str]:
    """Value, where it ends, and letters that stand at its digits."""
    if at < len(forms) and forms[at][:1].isdigit():
        match = _DIGITS.fullmatch(forms[at])
        if match is None:
            return None, at + 1, ""
        value, suffix = Decimal(match[1].replace(",", "")), match[2]
        if suffix in _SCALES:
            return value * _SCALES[suffix], at + 1, ""
        if suffix:
            return (value if suffix in _ORDINALS else None), at + 1, suffix
        return (*_scaled(forms, at + 1, value), "")
    return (*_read_words(forms, at), "")


def _scaled(forms: Sequence[str], at: int, value: Decimal) -> tuple[Decimal, int]:
    while at < len(forms) and forms[at] in _SCALES:
        value, at = value * _SCALES[forms[at]], at + 1
    return value, at


def _read_words(forms: Sequence[str], at: int) -> tuple[Decimal, int]:
    total, part, first = Decimal(0), Decimal(0), at
    while at < len(forms):
        form = forms[at]
        if form in _VALUES:
            tens = part % 100
            if part and not (tens == 0 or (tens % 10 == 0 and 0 < _VALUES[form] < 10)):  # noqa: PLR2004 - of ten
                break
            part += _VALUES[form]
        elif form in _SCALES and form not in _ABBREVIATED:
            scale = _SCALES[form]
            part = (part or Decimal(1)) * scale
            if scale >= _SCALES["thousand"]:
                total, part = total + part, Decimal(0)
        elif not (form == "and" and part and part % 100 == 0 and _follows(forms, at)):
            break
        at += 1
    return total + part, max(first, at)


def _follows(forms: Sequence[str], at: int) -> bool:
    return at + 1 < len(forms) and forms[at + 1] in _VALUES


def _read_unit(forms: Sequence[str], at: int) -> tuple[str, int]:
    for words in _PER_CENT:
        if tuple(forms[at : at + len(words)]) == words:
            return "%", at + len(words)
    if at < len(forms) and forms[at] in CURRENCIES and forms[at] not in _SIGNS:
        return CURRENCIES[forms[at]], at + 1
    if tuple(forms[at : at + 2]) == ("us", "dollars"):
        return "dollar", at + 2
    return "", at
