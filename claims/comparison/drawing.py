"""Draws how an utterance spread: as text, as JSON, for Graphviz (dot), and as a picture (SVG).

All names and words come from articles: each format escapes them in its own way.
"""

import re
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

from claims.comparison.spread import Node
from claims.model.json import JsonObject
from claims.text.display import visible

ROW, STEP, MARGIN = 26, 28, 16
"""Pixels of the picture: the height of a line, the width of a level, the empty border."""
LETTER = 7.3
"""About the width of a letter at 13 pixels."""

_NO_XML = re.compile("[\ufffe\uffff]")


def as_text(root: Node) -> list[str]:
    """The lines of a tree: `├─ The Harbour Post   2026-05-04 09:30   +3 h   quote   1a2b3c4d`."""
    start = root.at
    rows = [(_branches(root)[number], node) for number, node in enumerate(_nodes(root))]
    width = max(len(branch) + len(visible(node.name)) for branch, node in rows)
    return [
        f"{branch}{visible(node.name):<{width - len(branch)}}   {_note(node, start)}".rstrip()
        for branch, node in rows
    ]


def _nodes(root: Node) -> list[Node]:
    return [node for node, _ in root.walk()]


def _branches(root: Node) -> list[str]:
    """What is drawn before each node, from the top."""
    lines = [""]

    def draw(node: Node, before: str) -> None:
        for child in node.children:
            last = child is node.children[-1]
            lines.append(before + ("└─ " if last else "├─ "))
            draw(child, before + ("   " if last else "│  "))

    draw(root, "")
    return lines


def _note(node: Node, start: datetime | None) -> str:
    printing = node.printing
    if printing is None:
        return ""
    status = "" if printing.document_status == "usable" else f"article {printing.document_status}"
    parts = [printing.printed_on, _later(node, start), printing.form, printing.short_id, status]
    return "   ".join(part for part in parts if part)


def _later(node: Node, start: datetime | None) -> str:
    if node.at is None or start is None or node.at <= start:
        return ""
    gap = node.at - start
    if gap < timedelta(hours=1):
        return f"+{gap // timedelta(minutes=1)} min"
    if gap < timedelta(days=2):
        return f"+{gap // timedelta(hours=1)} h"
    return f"+{gap // timedelta(days=1)} d"


def as_json(node: Node) -> JsonObject:
    """The tree as nested objects."""
    printing = node.printing
    return {
        "name": node.name,
        "claim": str(printing.claim) if printing else None,
        "document": str(printing.document) if printing and printing.document else None,
        "url": printing.url if printing else None,
        "form": printing.form if printing else None,
        "document_status": printing.document_status if printing else None,
        "at": node.at.astimezone(UTC).isoformat() if node.at else None,
        "children": [as_json(child) for child in node.children],
    }


def as_dot(root: Node) -> str:
    """The tree in Graphviz's language."""
    numbers = {id(node): number for number, node in enumerate(_nodes(root))}
    lines = ["digraph spread {", "  rankdir=LR;", '  node [shape=box, fontname="sans-serif"];']
    for node in _nodes(root):
        label = "\\n".join(_quoted(part) for part in (node.name, _note(node, root.at)) if part)
        shape = "" if node.printing else ", shape=ellipse"
        lines.append(f'  n{numbers[id(node)]} [label="{label}"{shape}];')
    lines += [
        f"  n{numbers[id(node)]} -> n{numbers[id(child)]};"
        for node in _nodes(root)
        for child in node.children
    ]
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text: str) -> str:
    return visible(text).replace("\\", "\\\\").replace('"', '\\"')


def as_svg(root: Node, title: str) -> str:
    """The tree as a picture, which needs no script and nothing from elsewhere."""
    rows = list(root.walk())
    labels = [_label(node, root.at) for node, _ in rows]
    longest = max(
        STEP * depth + LETTER * len(label) for label, (_, depth) in zip(labels, rows, strict=True)
    )
    width, height = (
        round(max(longest + STEP, LETTER * len(title))) + 2 * MARGIN,
        ROW * (len(rows) + 1) + 2 * MARGIN,
    )
    heading = _escaped(title)
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="sans-serif">',
        f"<title>{heading}</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text x="{MARGIN}" y="{MARGIN + 13}" font-size="13" font-weight="bold">{heading}</text>',
    ]
    places = {id(node): number for number, (node, _) in enumerate(rows, 1)}
    for number, (node, depth) in enumerate(rows, 1):
        x, y = MARGIN + STEP * depth, MARGIN + ROW * number + 9
        for child in node.children:
            below = MARGIN + ROW * places[id(child)] + 9
            lines.append(f'<path d="M{x + 4} {y}V{below}H{x + STEP}" fill="none" stroke="#888"/>')
        fill = "#333" if node.printing else "#fff"
        lines.append(f'<circle cx="{x + 4}" cy="{y}" r="4" fill="{fill}" stroke="#333"/>')
        label = _escaped(labels[number - 1])
        lines.append(f'<text x="{x + 14}" y="{y + 4}" font-size="13">{label}</text>')
    return "\n".join([*lines, "</svg>"]) + "\n"


def _label(node: Node, start: datetime | None) -> str:
    note = _note(node, start)
    return f"{node.name}   {note}" if note else node.name


def _escaped(text: str) -> str:
    """Text as XML may hold it: what controls a terminal is no character of XML either."""
    return escape(_NO_XML.sub("\ufffd", visible(text)), {'"': "&quot;"})
