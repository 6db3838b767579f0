"""How a claim is cited: a line of text, BibTeX, CSL-JSON."""

import re

from claims.catalogue.card import ClaimCard
from claims.model.json import Json
from claims.text.display import visible

SPECIAL = re.compile(r"[\\{}$&#^_~%]")
"""Characters that TeX reads as commands."""

OPENING = frozenset('"“„«')

ESCAPED = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


def cite_as_text(card: ClaimCard, address: str) -> str:
    """One line: who said what, where it was printed, and where the claim is."""
    day = f"{card.published_at:%d %B %Y}".lstrip("0") if card.published_at else None
    printed = ", ".join(filter(None, (card.outlet, card.title and f"“{card.title}”", day)))
    parts = (
        _in_words(card),
        printed,
        card.url,
        f"Claim {card.id}, revision {card.revision}",
        address,
    )
    return visible(". ".join(part for part in parts if part) + ".")


def cite_as_bibtex(card: ClaimCard, address: str) -> str:
    """An entry of BibTeX; what is not known is left out."""
    fields = {
        "author": f"{{{_tex(card.speaker)}}}",
        "title": _tex(card.reported),
        "howpublished": _tex(", ".join(filter(None, (card.outlet, card.title)))),
        "year": str(card.published_at.year) if card.published_at else "",
        "month": str(card.published_at.month) if card.published_at else "",
        "url": _tex(address),
        "note": _tex(f"Claim {card.id}, revision {card.revision}"),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@misc{{claim-{card.short_id},\n{''.join(lines)}}}\n"


def cite_as_csl(card: ClaimCard, address: str) -> dict[str, Json]:
    """An item of CSL-JSON: the article, with what was said in its note."""
    day = card.published_at
    values: dict[str, Json] = {
        "id": f"claim-{card.short_id}",
        "type": "article-newspaper",
        "title": card.title or card.reported,
        "container-title": card.outlet,
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "URL": address,
        "note": f"{_in_words(card)}. Claim {card.id}, revision {card.revision}",
    }
    return {name: value for name, value in values.items() if value is not None}


def _in_words(card: ClaimCard) -> str:
    through = f" (through {', '.join(card.carriers)})" if card.carriers else ""
    # Words that are quoted already need no second pair of marks.
    words = card.reported if card.reported[:1] in OPENING else f"“{card.reported}”"
    return f"{card.speaker}{through}: {words}"


def _tex(text: str) -> str:
    shown = visible(text)
    return SPECIAL.sub(lambda sign: ESCAPED.get(sign[0], f"\\{sign[0]}"), shown)
