"""Draw a claim's chain as a tree, from the words to the page they were printed on."""

from claims.catalogue.card import ClaimCard, HopCard
from claims.text.display import visible

DASH = "\N{EN DASH}"
KINDS = {"outlet": "news outlet", "organisation": "organisation", "group": "group", "person": ""}


def draw_trace(card: ClaimCard) -> list[str]:
    """The lines of a claim's trace (docs/how-to/trace.md explains the drawing)."""
    rows = [_columns(hop) for hop in card.hops]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    stance = visible(card.reported.removesuffix(card.text))
    review = f"{card.status}, revision {card.revision}"
    lines = [f"{stance}“{_bare(card.text)}”   {card.form}, {review}"]
    for depth, (name, role, cue) in enumerate(rows):
        indent = "   " * depth
        line = f"{indent}└─ {name:<{widths[0]}}   {role:<{widths[1]}}   {cue}"
        if depth == 0:
            offsets = ", ".join(f"{start}{DASH}{end}" for start, end in card.spans)
            line = f"{line}   ¶{card.paragraph}  {offsets}"
            lines.append(line.rstrip())
            lines.extend(f"   │  {note}" for note in _circumstances(card))
        else:
            lines.append(line.rstrip())
    indent = "   " * len(rows)
    if card.credit_note and len(card.hops) == 1:
        lines.append(f"{indent}└─ credited to  {visible(card.credit_note)}")
        indent += "   "
    lines.append(f"{indent}└─ printed by  {_printing(card)}")
    if card.copy_note:
        lines.append(f"{indent}   └─ printed from  {visible(card.copy_note)}")
    if card.document_note:
        lines.append(f"{indent}      {visible(card.document_note)}")
    if card.origin_note:
        lines.append(f"{indent}      {visible(card.origin_note)}")
    return lines


def _bare(text: str) -> str:
    """The words without the quotation marks around all of them, because the tree adds its own."""
    shown = visible(text)
    if len(shown) > 1 and shown[0] in '"“' and shown[-1] in '"”':
        inner = shown[1:-1].rstrip(",")
        return inner if not set(inner) & set('"“”') else shown
    return shown


def _columns(hop: HopCard) -> tuple[str, str, str]:
    name = hop.name or (f"[{hop.mention}]" if hop.mention else "[unknown]")
    role = hop.capacity or hop.description or KINDS.get(hop.kind or "", "")
    cue = f"“{hop.cue}”" if hop.cue else ""
    mode = "" if hop.mode == "says" else f" ({hop.mode})"
    return visible(name), visible(role), visible(cue) + mode


def _circumstances(card: ClaimCard) -> list[str]:
    when = card.said_on_text or ""
    if card.said_on:
        first, last = card.said_on
        when = f"{when} ({first})" if first == last else f"{when} ({first} to {last})"
    # "In an interview with state TV" says to whom.
    venue = card.venue or ""
    hearer = f"to {card.hearer}" if card.hearer and card.hearer not in venue else ""
    note = ", ".join(part for part in (hearer, venue, when) if part)
    return [visible(note)] if note else []


def _printing(card: ClaimCard) -> str:
    outlet = visible(card.outlet) if card.outlet else "an outlet the article does not name"
    day = f", {card.published_at.date()}" if card.published_at else ""
    return f"{outlet}{day}, version {card.version}{card.article_mark}"
